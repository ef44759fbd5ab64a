/** Who is looking: the personas, their languages, and the chats each can open. */

import { post } from "./api.js";
import { avatar, el, icon, swap } from "./dom.js";
import { attempt, closeDialog, openDialog } from "./notices.js";
import { become, botName, chatOf, chatsOf, on, openChat, people, person, refreshState, store } from "./store.js";

const body = document.getElementById("people-body");
const LANGUAGES = {
  en: "English",
  pl: "Polski",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  tr: "Türkçe",
  uk: "Українська",
};

let afterChoice = () => {};
let shown = null;

/** @param onChoice called when a person or a chat was chosen, so that a drawer can close */
export function startPeople(onChoice) {
  afterChoice = onChoice;
  on(["state", "connection"], render);
}

function render() {
  const { state, me, chat, connected, unread } = store;
  const signature = JSON.stringify([state?.bot, state?.people, state?.chats, me, chat, connected, [...unread]]);
  if (!state || signature === shown) return;
  shown = signature;
  swap(body.firstElementChild ?? body.appendChild(el("div")), el("div", {}, personas(), chats()));
  showHeader();
}

function personas() {
  const rows = people().map((one) => {
    const chosen = one.id === store.me;
    const waiting = chatsOf(one.id).some((chat) => chat.type === "private" && store.unread.has(chat.id));
    const choose = () => {
      become(one.id);
      afterChoice();
    };
    const properties = {
      type: "button",
      class: "row",
      "aria-pressed": String(chosen),
      "data-keep": `person-${one.id}`,
      onclick: choose,
    };
    return el(
      "button",
      properties,
      avatar(one.name, one.id),
      el("span", { class: "row-text" }, el("b", {}, one.name), el("small", {}, about(one))),
      waiting && !chosen ? dot() : null,
    );
  });
  const add = el(
    "button",
    { type: "button", class: "row row-add", "data-keep": "add-person", onclick: askForPerson },
    el("span", { class: "avatar avatar-add" }, icon("plus")),
    el("span", { class: "row-text" }, "Add a person"),
  );
  return el("section", {}, el("h2", {}, "You are"), rows, add, person() ? languageOf(person()) : null);
}

const about = (one) =>
  [one.about, LANGUAGES[one.language] ?? one.language, one.blocked ? "has blocked the bot" : null]
    .filter(Boolean)
    .join(" · ");
const dot = (count) => el("span", { class: "unread", "aria-label": "New messages" }, count ? String(count) : "");

function languageOf(me) {
  const set = async (event) => {
    const select = event.target;
    if ((await attempt(() => post(`/api/people/${me.id}`, { language: select.value }))) === undefined)
      select.value = me.language;
  };
  const select = el(
    "select",
    { onchange: set, "data-keep": `language-${me.id}`, id: "language" },
    languageOptions(me.language),
  );
  return el("div", { class: "field field-inline" }, el("label", { for: "language" }, "Telegram language"), select);
}

function languageOptions(chosen) {
  const codes = Object.keys(LANGUAGES);
  if (!codes.includes(chosen)) codes.push(chosen);
  return codes.map((code) => el("option", { value: code, selected: code === chosen }, LANGUAGES[code] ?? code));
}

function chats() {
  const rows = chatsOf(store.me).map((chat) => {
    const choose = () => {
      openChat(chat.id);
      afterChoice();
    };
    const properties = {
      type: "button",
      class: "row",
      "aria-pressed": String(chat.id === store.chat),
      "data-keep": `chat-${chat.id}`,
      onclick: choose,
    };
    const unread = store.unread.get(chat.id);
    return el(
      "button",
      properties,
      chatAvatar(chat),
      el("span", { class: "row-text" }, el("b", {}, titleOf(chat)), el("small", {}, subtitleOf(chat))),
      unread ? dot(unread) : null,
    );
  });
  return el("section", {}, el("h2", {}, "Chats"), rows);
}

const titleOf = (chat) => (chat.type === "private" ? botName() : chat.title);
const chatAvatar = (chat) =>
  chat.type === "private" ? el("img", { class: "avatar", src: "/favicon.svg", alt: "" }) : avatar(chat.title, chat.id);

function subtitleOf(chat) {
  if (chat.type === "private") return "private chat with the bot";
  const present = chat.members.filter(({ status }) => status !== "left" && status !== "kicked").length;
  return `${chat.type === "channel" ? "channel" : "group"}, ${present} ${present === 1 ? "member" : "members"}`;
}

function showHeader() {
  const chat = chatOf();
  const me = person();
  document.getElementById("chat-name").textContent = chat ? titleOf(chat) : botName();
  const status = document.getElementById("chat-status");
  const said = store.connected
    ? me?.blocked
      ? "You have blocked this bot"
      : chat
        ? subtitleOf(chat)
        : ""
    : "Reconnecting to the sandbox…";
  if (status.textContent !== said) status.textContent = said;
  status.classList.toggle("lost", !store.connected);
  const button = document.getElementById("people-open");
  const elsewhere = [...store.unread.keys()].length > 0;
  button.setAttribute("aria-label", `You are ${me?.name ?? "nobody"}. Change person or chat`);
  button.replaceChildren(avatar(me?.name, me?.id), elsewhere ? dot() : "");
}

function askForPerson() {
  const name = el("input", {
    id: "new-name",
    required: true,
    maxlength: 64,
    autocomplete: "off",
    placeholder: "Carol",
  });
  const language = el("select", { id: "new-language" }, languageOptions("en"));
  const add = async (event) => {
    event.preventDefault();
    const made = await attempt(() => post("/api/people", { name: name.value.trim(), language: language.value }));
    if (!made) return;
    closeDialog();
    await refreshState();
    if (person(made.id)) become(made.id);
    afterChoice();
  };
  const form = el(
    "form",
    { id: "new-person", class: "fields", onsubmit: add },
    el("div", { class: "field" }, el("label", { for: "new-name" }, "Name"), name),
    el("div", { class: "field" }, el("label", { for: "new-language" }, "Telegram language"), language),
  );
  openDialog(
    "Add a person",
    [form],
    [
      el("button", { type: "button", class: "button", onclick: closeDialog }, "Cancel"),
      el("button", { type: "submit", class: "button primary", form: "new-person" }, "Add"),
    ],
  );
  name.focus();
}
