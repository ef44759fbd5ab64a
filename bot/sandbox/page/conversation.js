/** The open chat as a list: which rows there are, which changed, and where it is scrolled to. */

import { buildRow } from "./bubbles.js";
import { icon, reconcile } from "./dom.js";
import { dayOf } from "./format.js";
import { isPrivate, on, store } from "./store.js";

const list = document.getElementById("messages");
const scroller = document.getElementById("scroller");
const toBottom = document.getElementById("to-bottom");
const NEAR_BOTTOM_PX = 80;

let actions;
let shownChat = null;

/** @param wiring { sendCommand(text), reply(message), edit(message), openPanel() } */
export function startConversation(wiring) {
  actions = wiring;
  toBottom.append(icon("down"));
  toBottom.addEventListener("click", () => scrollToBottom("smooth"));
  scroller.addEventListener("scroll", () => (toBottom.hidden = isNearBottom()), { passive: true });
  // The keyboard of a phone, a growing composer, a picture that has only just come must not hide the newest message.
  const follower = new ResizeObserver(() => pinned && scrollToBottom());
  for (const box of [scroller, list]) follower.observe(box);
  scroller.addEventListener("scroll", noteWhere, { passive: true });
  on(["messages"], render);
}

let pinned = true;
let lastTop = 0;

/** Only a reader goes up: what grows below them while they look at the end must not let go of it. */
function noteWhere() {
  const { scrollTop } = scroller;
  if (isNearBottom()) pinned = true;
  else if (scrollTop < lastTop) pinned = false;
  lastTop = scrollTop;
}

const isNearBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM_PX;

function scrollToBottom(behavior = "auto") {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: calm ? "auto" : behavior });
  pinned = true;
  lastTop = scroller.scrollTop;
}

/** Scrolls to a message and lets it light up for a moment. */
export function showMessage(id) {
  const row = list.querySelector(`[data-key="m${id}"]`);
  if (!row) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  row.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  row.classList.remove("found");
  void row.offsetWidth; // so that the animation begins anew
  row.classList.add("found");
}

function render() {
  const switched = shownChat !== `${store.chat}/${store.me}`;
  if (switched) list.replaceChildren();
  const follow = switched || pinned;
  list.classList.toggle("live", !switched && list.childElementCount > 0);
  reconcile(list, store.messages ? rows(store.messages) : [], {
    key: (row) => row.key,
    build: (row) => buildRow(row, actions),
  });
  shownChat = `${store.chat}/${store.me}`;
  if (follow) scrollToBottom();
  toBottom.hidden = isNearBottom();
}

/** The messages with day lines between them, and what each bubble needs to know of its neighbours. */
function rows(messages) {
  const result = [];
  if (messages.length < 3 && isPrivate()) result.push({ key: "hint", kind: "hint" });
  const isGroup = !isPrivate();
  let lastDay = null;
  messages.forEach((message, index) => {
    const today = dayOf(message.date);
    if (today !== lastDay) result.push({ key: `day-${today}`, kind: "day", label: today });
    lastDay = today;
    const next = messages[index + 1];
    const previous = messages[index - 1];
    result.push({
      key: `m${message.id}`,
      kind: "message",
      message,
      own: message.from?.id === store.me,
      named: isGroup && !follows(previous, message),
      last: !next || next.from?.id !== message.from?.id || Boolean(next.deleted) !== Boolean(message.deleted),
      quoted: message.reply_to ? excerpt(messages.find((one) => one.id === message.reply_to)) : null,
    });
  });
  return result;
}

/** Whether a message continues the one above it, so that its author need not be named again. */
function follows(previous, message) {
  const apart = !previous || previous.service || previous.deleted || message.deleted;
  return !apart && previous.from?.id === message.from?.id;
}

function excerpt(message) {
  if (!message) return { name: "", text: "an earlier message" };
  if (message.deleted) return { name: message.from?.name ?? "", text: "deleted message" };
  const text = message.text || message.document?.name || "photo";
  return { name: message.from?.name ?? "", text: text.length > 80 ? `${text.slice(0, 80)}…` : text };
}
