/** The open chat: its bubbles, keyboards, day lines and the hint a newcomer sees first. */

import { post } from "./api.js";
import { copy } from "./clipboard.js";
import { el, icon, reconcile } from "./dom.js";
import { dayOf, duration, size, timeOf } from "./format.js";
import { alertFromBot, attempt, openMenu, toast } from "./notices.js";
import { rich, safeAddress } from "./sanitize.js";
import { botName, isPrivate, on, store } from "./store.js";

const list = document.getElementById("messages");
const scroller = document.getElementById("scroller");
const toBottom = document.getElementById("to-bottom");
const LONG_PRESS_MS = 450;
const NEAR_BOTTOM_PX = 80;

let actions;
let shownChat = null;

/** @param wiring { sendCommand(text), reply(message), edit(message), openPanel() } */
export function startConversation(wiring) {
  actions = wiring;
  toBottom.append(icon("down"));
  toBottom.addEventListener("click", () => scrollToBottom("smooth"));
  scroller.addEventListener("scroll", () => (toBottom.hidden = isNearBottom()), { passive: true });
  // The keyboard of a phone, or a growing composer, must not hide the newest message.
  new ResizeObserver(() => pinned && scrollToBottom()).observe(scroller);
  scroller.addEventListener("scroll", () => (pinned = isNearBottom()), { passive: true });
  on(["messages"], render);
}

let pinned = true;
const isNearBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM_PX;

function scrollToBottom(behavior = "auto") {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: calm ? "auto" : behavior });
  pinned = true;
}

function render() {
  const switched = shownChat !== `${store.chat}/${store.me}`;
  if (switched) list.replaceChildren();
  const follow = switched || pinned;
  list.classList.toggle("live", !switched && list.childElementCount > 0);
  reconcile(list, store.messages ? rows(store.messages) : [], { key: (row) => row.key, build: buildRow });
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
      named: isGroup && !(previous && !previous.service && previous.from?.id === message.from?.id),
      last: !next || next.from?.id !== message.from?.id || Boolean(next.deleted) !== Boolean(message.deleted),
      quoted: message.reply_to ? excerpt(messages.find((one) => one.id === message.reply_to)) : null,
    });
  });
  return result;
}

function excerpt(message) {
  if (!message) return { name: "", text: "an earlier message" };
  if (message.deleted) return { name: message.from?.name ?? "", text: "deleted message" };
  const text = message.text || message.document?.name || "photo";
  return { name: message.from?.name ?? "", text: text.length > 80 ? `${text.slice(0, 80)}…` : text };
}

function buildRow(row) {
  if (row.kind === "day") return el("div", { class: "day" }, el("span", {}, row.label));
  if (row.kind === "hint") return hint();
  if (row.message.deleted) return ghost(row);
  if (row.message.service) return el("div", { class: "day" }, el("span", {}, row.message.service));
  return bubble(row);
}

function hint() {
  const connect = el("button", { type: "button", class: "hint-step", "data-keep": "hint-connect", onclick: () => actions.sendCommand("/connect") },
    el("span", { class: "hint-number" }, "1"), el("span", {}, "Tap ", el("code", {}, "/connect"), " to begin"));
  const keys = el("button", { type: "button", class: "hint-step", "data-keep": "hint-panel", onclick: actions.openPanel },
    el("span", { class: "hint-number" }, "2"), el("span", {}, "A toy Binance key waits in the panel"), icon("key"));
  const break_ = el("p", {}, "Then break it there (tick withdrawals, revoke the key, take the exchange down) and watch what the bot says.");
  return el("section", { class: "hint", "aria-label": "First steps" }, el("h2", {}, "Nothing here is real. Try everything."), connect, keys, break_);
}

/** What remains to be seen of a deleted message: that it was, who took it away, and how fast. Never its text. */
function ghost({ message, own, named, last }) {
  const by = message.deleted.by === "bot" ? "the bot" : own ? "you" : (message.from?.name ?? "its author");
  const whose = named && !own ? `${message.from?.name ?? ""}’s message, ` : "";
  const words = `${whose}deleted by ${by} after ${duration(message.deleted.after_ms)}`;
  const classes = `message ghost ${own ? "own" : "theirs"} ${last ? "last" : ""}`;
  return el("article", { class: classes }, el("div", { class: "bubble" }, icon("trash"), el("span", {}, words)));
}

function bubble({ message, own, named, last, quoted }) {
  const more = el("button", { type: "button", class: "more", "aria-label": "Message menu", "aria-haspopup": "menu", "data-keep": "more" }, icon("more"));
  const meta = el("span", { class: "meta" }, message.edited ? el("span", { class: "edited" }, "edited") : null, el("time", {}, timeOf(message.date)));
  const text = el("div", { class: "text" }, rich(message.html ?? "", actions.sendCommand), meta);
  const body = el("div", { class: "bubble" },
    named && !own ? el("div", { class: "author" }, message.from?.name ?? "") : null,
    quoted ? el("div", { class: "quoted" }, el("b", {}, quoted.name), el("span", {}, quoted.text)) : null,
    message.photo ? photo(message.photo) : null,
    message.document ? documentRow(message.document) : null,
    text, reactionsOf(message), more);
  const keyboard = message.buttons?.length ? keyboardOf(message) : null;
  const classes = `message ${own ? "own" : "theirs"} ${last ? "last" : ""} ${keyboard ? "with-keyboard" : ""}`;
  const article = el("article", { class: classes, "aria-label": `${own ? "You" : (message.from?.name ?? "")}, ${timeOf(message.date)}` }, body, keyboard);
  attachMenu(body, more, message, own);
  return article;
}

function reactionsOf({ reactions }) {
  if (!reactions?.length) return null;
  return el("div", { class: "reactions", "aria-label": "Reactions" }, reactions.map((one) => el("span", {}, one)));
}

function photo(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return el("div", { class: "document" }, "A photo from elsewhere, not shown.");
  return el("img", { class: "photo", src: url.href, alt: "Photo" });
}

function documentRow({ name, size: bytes, url }) {
  const link = url && new URL(url, location.href).origin === location.origin ? { href: url, download: name } : {};
  return el(link.href ? "a" : "div", { class: "document", ...link }, el("span", { class: "document-icon" }, icon("file")),
    el("span", { class: "document-name" }, el("b", {}, name), el("small", {}, size(bytes))));
}

function keyboardOf(message) {
  const rowsOfButtons = message.buttons.map((row, r) => el("div", { class: "keys" }, row.map((button, c) => keyOf(message, button, r, c))));
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, rowsOfButtons);
}

const STYLES = new Set(["danger", "success", "primary"]);

function keyOf(message, button, row, column) {
  const look = `key ${STYLES.has(button.style) ? button.style : ""}`;
  const common = { class: look, "data-keep": `key-${row}-${column}`, disabled: Boolean(button.disabled) };
  if (button.kind === "url" && !button.disabled) {
    const address = safeAddress(button.url);
    const link = { class: look, href: address, target: "_blank", rel: "noopener noreferrer", "data-keep": common["data-keep"] };
    return el("a", link, el("span", {}, button.text), icon("link"));
  }
  if (button.kind === "copy") {
    const properties = { ...common, type: "button", onclick: () => copy(button.copy) };
    return el("button", properties, el("span", {}, button.text), icon("copy"));
  }
  if (button.kind !== "callback") common.disabled = true;
  return el("button", { ...common, type: "button", onclick: (event) => press(event.currentTarget, message, row, column) }, el("span", {}, button.text));
}

async function press(key, message, row, column) {
  if (key.getAttribute("aria-busy") === "true") return;
  key.setAttribute("aria-busy", "true");
  const body = { as: store.me, message_id: message.id, row, column };
  const answer = await attempt(() => post(`/api/chats/${store.chat}/press`, body));
  key.removeAttribute("aria-busy");
  const said = answer?.toast;
  if (!said?.text) return;
  if (said.alert) alertFromBot(botName(), said.text);
  else toast(said.text);
}

function attachMenu(body, more, message, own) {
  const open = (x, y) => openMenu(x, y, menuEntries(message, own), more);
  more.addEventListener("click", () => {
    const { left, bottom } = more.getBoundingClientRect();
    open(left, bottom);
  });
  body.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    open(event.clientX, event.clientY);
  });
  let timer = null;
  const forget = () => clearTimeout(timer);
  body.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    timer = setTimeout(() => open(event.clientX, event.clientY), LONG_PRESS_MS);
  });
  for (const end of ["pointerup", "pointercancel", "pointermove"]) body.addEventListener(end, forget);
}

function menuEntries(message, own) {
  const target = { as: store.me, message_id: message.id };
  const entries = [{ label: "Reply", icon: "reply", run: () => actions.reply(message) }];
  if (message.text) entries.push({ label: "Copy text", icon: "copy", run: () => copy(message.text) });
  if (own && message.text) entries.push({ label: "Edit", icon: "edit", run: () => actions.edit(message) });
  const remove = () => attempt(() => post(`/api/chats/${store.chat}/delete`, target));
  // In a private chat a person may take the bot's messages away too, as in Telegram.
  if (own || isPrivate()) entries.push({ label: "Delete", icon: "trash", tone: "danger", run: remove });
  return entries;
}
