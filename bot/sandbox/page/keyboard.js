/** The inline keyboard under a message: presses for the bot, links, and texts to copy. */

import { post } from "./api.js";
import { copy } from "./clipboard.js";
import { el, icon } from "./dom.js";
import { alertFromBot, attempt, toast } from "./notices.js";
import { safeAddress } from "./sanitize.js";
import { botName, store } from "./store.js";

export function keyboardOf(message) {
  const rowsOfButtons = message.buttons.map((row, r) =>
    el(
      "div",
      { class: "keys" },
      row.map((button, c) => keyOf(message, button, r, c)),
    ),
  );
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, rowsOfButtons);
}

const STYLES = new Set(["danger", "success", "primary"]);

function keyOf(message, button, row, column) {
  const look = `key ${STYLES.has(button.style) ? button.style : ""}`;
  const common = { class: look, "data-keep": `key-${row}-${column}`, disabled: Boolean(button.disabled) };
  if (button.kind === "url" && !button.disabled) {
    const address = safeAddress(button.url);
    const link = {
      class: look,
      href: address,
      target: "_blank",
      rel: "noopener noreferrer",
      "data-keep": common["data-keep"],
    };
    return el("a", link, el("span", {}, button.text), icon("link"));
  }
  if (button.kind === "copy") {
    const properties = { ...common, type: "button", onclick: () => copy(button.copy) };
    return el("button", properties, el("span", {}, button.text), icon("copy"));
  }
  if (button.kind !== "callback") common.disabled = true;
  return el(
    "button",
    { ...common, type: "button", onclick: (event) => press(event.currentTarget, message, row, column) },
    el("span", {}, button.text),
  );
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
