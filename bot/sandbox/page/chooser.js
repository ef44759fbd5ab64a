/** The keyboard under the text field, Telegram's chooser of people and groups, and links that open the bot. */

import { post } from "./api.js";
import { send } from "./composer.js";
import { avatar, el } from "./dom.js";
import { attempt, closeDialog, openDialog } from "./notices.js";
import { become, chatOf, on, people, store } from "./store.js";

const place = document.getElementById("reply-keyboard");

export function startChooser() {
  on(["state"], render);
  document.getElementById("messages").addEventListener("click", followIfOurs);
}

// -------------------------------------------------------------------------------------------- under the text field

let shown = null;

function render() {
  const rows = chatOf()?.keyboard ?? [];
  const signature = JSON.stringify([store.me, store.chat, rows]);
  if (signature === shown) return;
  shown = signature;
  place.replaceChildren(
    ...rows.map((row, r) =>
      el(
        "div",
        { class: "keys" },
        row.map((key, c) => keyOf(key, r, c)),
      ),
    ),
  );
  place.hidden = rows.length === 0;
}

function keyOf(key, row, column) {
  const open = { person: choosePerson, group: chooseGroup, text: () => void send(key.text) }[key.kind];
  return el(
    "button",
    { type: "button", class: "key", disabled: !open, onclick: () => open(key, row, column) },
    el("span", {}, key.text),
  );
}

const choosePerson = (key, row, column) => choose("Choose a person", key, row, column);
const chooseGroup = (key, row, column) => choose("Choose a group", key, row, column);

function choose(title, key, row, column) {
  const pick = (target) => {
    closeDialog();
    const body = { as: store.me, row, column, target };
    void attempt(() => post(`/api/chats/${store.chat}/pick`, body));
  };
  const nobody = el("p", {}, "There is none to choose. A group has to have the bot as a member.");
  openDialog(title, [key.offers.length ? listOf(key.offers, pick) : nobody], [cancel()]);
}

// ----------------------------------------------------------------------------------------------------------- links

/** A link that opens the bot is opened here: as somebody, since it may have been passed on. */
function followIfOurs(event) {
  const link = event.target.closest?.("a[href]");
  const payload = link ? payloadOf(link.href) : null;
  if (payload === null) return;
  event.preventDefault();
  const open = async (personId) => {
    closeDialog();
    become(personId);
    await attempt(() => post(`/api/chats/${personId}/send`, { as: personId, text: `/start ${payload}`.trim() }));
  };
  openDialog("Who opens this link?", [listOf(people(), open)], [cancel()]);
}

/** What a deep link to the bot brings along, also one that is being shared; null for every other link. */
function payloadOf(address) {
  let url;
  try {
    url = new URL(address);
    if (url.host === "t.me" && url.pathname === "/share/url") url = new URL(url.searchParams.get("url"));
  } catch {
    return null;
  }
  const ours = url.host === "t.me" && url.pathname === `/${store.state?.bot?.username}`;
  return ours ? (url.searchParams.get("start") ?? "") : null;
}

// ---------------------------------------------------------------------------------------------------------- shared

function listOf(entries, onChoice) {
  const rows = entries.map(({ id, name }) =>
    el(
      "button",
      { type: "button", class: "row", onclick: () => void onChoice(id) },
      avatar(name, id),
      el("span", { class: "row-text" }, el("b", {}, name)),
    ),
  );
  return el("div", { class: "choices" }, rows);
}

const cancel = () => el("button", { type: "button", class: "button", onclick: closeDialog }, "Cancel");
