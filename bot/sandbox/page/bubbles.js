/** One row of the conversation, and the menu of a message. */

import { post } from "./api.js";
import { copy } from "./clipboard.js";
import { el, icon } from "./dom.js";
import { duration, size, timeOf } from "./format.js";
import { keyboardOf } from "./keyboard.js";
import { attempt, openMenu } from "./notices.js";
import { rich } from "./sanitize.js";
import { isPrivate, mayPin, store } from "./store.js";

const LONG_PRESS_MS = 450;

/**
 * Builds what conversation.js lists: a day line, the hint, a service line, a ghost or a bubble.
 * @param actions { sendCommand(text), reply(message), edit(message), openPanel() }
 */
export function buildRow(row, actions) {
  if (row.kind === "day") return el("div", { class: "day" }, el("span", {}, row.label));
  if (row.kind === "hint") return hint(actions);
  if (row.message.deleted) return ghost(row);
  if (row.message.service) return el("div", { class: "day" }, el("span", {}, row.message.service));
  return bubble(row, actions);
}

function hint(actions) {
  const connect = el(
    "button",
    { type: "button", class: "hint-step", "data-keep": "hint-connect", onclick: () => actions.sendCommand("/connect") },
    el("span", { class: "hint-number" }, "1"),
    el("span", {}, "Tap ", el("code", {}, "/connect"), " to begin"),
  );
  const keys = el(
    "button",
    { type: "button", class: "hint-step", "data-keep": "hint-panel", onclick: actions.openPanel },
    el("span", { class: "hint-number" }, "2"),
    el("span", {}, "Toy keys wait in the panel"),
    icon("key"),
  );
  const afterwards = el(
    "p",
    {},
    "Then break it there (tick withdrawals, revoke the key, take the exchange down) and watch what the bot says.",
  );
  const others = el(
    "p",
    {},
    "Be somebody else, too: share a connection with them or with a group, and see what they hear.",
  );
  return el(
    "section",
    { class: "hint", "aria-label": "First steps" },
    el("h2", {}, "Nothing here is real. Try everything."),
    connect,
    keys,
    afterwards,
    others,
  );
}

/** What remains to be seen of a deleted message: that it was, who took it away, and how fast. Never its text. */
function ghost({ message, own, named, last }) {
  const person = own || isPrivate() ? "you" : (message.from?.name ?? "its author");
  const by = message.deleted.by === "bot" ? "the bot" : person;
  const whose = named && !own ? `${message.from?.name ?? ""}’s message, ` : "";
  const words = `${whose}deleted by ${by} after ${duration(message.deleted.after_ms)}`;
  const classes = `message ghost ${own ? "own" : "theirs"} ${last ? "last" : ""}`;
  return el("article", { class: classes }, el("div", { class: "bubble" }, icon("trash"), el("span", {}, words)));
}

function bubble({ message, own, named, last, quoted }, actions) {
  const more = el(
    "button",
    { type: "button", class: "more", "aria-label": "Message menu", "aria-haspopup": "menu", "data-keep": "more" },
    icon("more"),
  );
  const meta = el(
    "span",
    { class: "meta" },
    message.edited ? el("span", { class: "edited" }, "edited") : null,
    el("time", {}, timeOf(message.date)),
  );
  const text = el("div", { class: "text" }, rich(message.html ?? "", actions.sendCommand), meta);
  const body = el(
    "div",
    { class: "bubble" },
    named && !own ? el("div", { class: "author" }, message.from?.name ?? "") : null,
    quoted ? el("div", { class: "quoted" }, el("b", {}, quoted.name), el("span", {}, quoted.text)) : null,
    message.photo ? photo(message.photo) : null,
    message.document ? documentRow(message.document) : null,
    text,
    reactionsOf(message),
    more,
  );
  const keyboard = message.buttons?.length ? keyboardOf(message) : null;
  const classes = `message ${own ? "own" : "theirs"} ${last ? "last" : ""} ${keyboard ? "with-keyboard" : ""}`;
  const article = el(
    "article",
    { class: classes, "aria-label": `${own ? "You" : (message.from?.name ?? "")}, ${timeOf(message.date)}` },
    body,
    keyboard,
  );
  attachMenu(body, more, () => menuEntries(message, own, actions));
  return article;
}

function reactionsOf({ reactions }) {
  if (!reactions?.length) return null;
  return el(
    "div",
    { class: "reactions", "aria-label": "Reactions" },
    reactions.map((one) => el("span", {}, one)),
  );
}

function photo(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return el("div", { class: "document" }, "A photo from elsewhere, not shown.");
  return el("img", { class: "photo", src: url.href, alt: "Photo" });
}

function documentRow({ name, size: bytes, url }) {
  const link = url && new URL(url, location.href).origin === location.origin ? { href: url, download: name } : {};
  return el(
    link.href ? "a" : "div",
    { class: "document", ...link },
    el("span", { class: "document-icon" }, icon("file")),
    el("span", { class: "document-name" }, el("b", {}, name), el("small", {}, size(bytes))),
  );
}

function attachMenu(body, more, entries) {
  const open = (x, y) => openMenu(x, y, entries(), more);
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

function menuEntries(message, own, actions) {
  const target = { as: store.me, message_id: message.id };
  const entries = [{ label: "Reply", icon: "reply", run: () => actions.reply(message) }];
  if (message.text) entries.push({ label: "Copy text", icon: "copy", run: () => copy(message.text) });
  if (own && message.text) entries.push({ label: "Edit", icon: "edit", run: () => actions.edit(message) });
  if (mayPin()) {
    const turn = () => attempt(() => post(`/api/chats/${store.chat}/pin`, { ...target, pinned: !message.pinned }));
    entries.push({ label: message.pinned ? "Unpin" : "Pin", icon: "pin", run: turn });
  }
  const remove = () => attempt(() => post(`/api/chats/${store.chat}/delete`, target));
  // In a private chat a person may take the bot's messages away too, as in Telegram.
  if (own || isPrivate()) entries.push({ label: "Delete", icon: "trash", tone: "danger", run: remove });
  return entries;
}
