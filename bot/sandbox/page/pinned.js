/** The bar on top of a chat: what is pinned there, the newest pin first; a tap shows it and goes on to the one before. */

import { post } from "./api.js";
import { el, icon, swap } from "./dom.js";
import { attempt } from "./notices.js";
import { mayPin, on, store } from "./store.js";

const bar = document.getElementById("pinned");

let show = () => {};
/** The pin in the bar: its message, and of which chat and which newest pin that was. */
let at = { id: null, of: null };
let drawn = null;

/** @param showMessage scrolls to the message of an id */
export function startPinned(showMessage) {
  show = showMessage;
  on(["messages", "state"], render);
}

/** The newest pin first. */
const pins = () =>
  (store.messages ?? []).filter((message) => message.pinned).sort((one, other) => other.pinned - one.pinned);

function render() {
  const list = pins();
  const of = `${store.chat}/${list[0]?.id}`;
  if (at.of !== of || !list.some(({ id }) => id === at.id)) at = { id: list[0]?.id ?? null, of };
  const index = Math.max(0, list.findIndex(({ id }) => id === at.id));
  const message = list[index];
  const shown = message ? JSON.stringify([store.chat, index, list.length, firstLine(message), mayPin()]) : null;
  if (shown === drawn) return;
  drawn = shown;
  bar.hidden = !message;
  const next = el("div", { class: "pinned-row" }, message ? contents(message, index, list.length) : []);
  swap(bar.firstElementChild ?? bar.appendChild(el("div")), next);
}

function contents(message, index, count) {
  const marks = Array.from({ length: Math.min(count, 4) }, (_, mark) =>
    el("i", { class: mark === Math.min(count, 4) - 1 - (index % 4) ? "here" : null }),
  );
  const go = () => {
    show(message.id);
    const list = pins();
    at = { ...at, id: list[(index + 1) % list.length].id };
    render();
  };
  const open = el(
    "button",
    { type: "button", class: "pinned-open", "data-keep": "pinned", onclick: go },
    el("span", { class: "pinned-marks", "aria-hidden": "true" }, marks),
    el(
      "span",
      { class: "pinned-text" },
      el("b", {}, index ? `Pinned message #${count - index}` : "Pinned message"),
      el("span", {}, firstLine(message)),
    ),
  );
  if (!mayPin()) return [open];
  const body = { as: store.me, message_id: message.id, pinned: false };
  const unpin = () => attempt(() => post(`/api/chats/${store.chat}/pin`, body));
  const close = { type: "button", class: "icon-button", "aria-label": "Unpin", "data-keep": "unpin", onclick: unpin };
  return [open, el("button", close, icon("close"))];
}

function firstLine(message) {
  const line = (message.text ?? "").split("\n").find((one) => one.trim());
  return line?.trim() ?? message.document?.name ?? "Photo";
}
