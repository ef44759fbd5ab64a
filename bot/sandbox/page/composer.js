/** Writing: several lines, replies, edits, files, and the bot's commands after a slash. */

import { post, upload } from "./api.js";
import { el, icon } from "./dom.js";
import { size } from "./format.js";
import { attempt } from "./notices.js";
import { on, store } from "./store.js";

const form = document.getElementById("composer");
const area = document.getElementById("text");
const note = document.getElementById("composer-note");
const fileInput = document.getElementById("file");
const commandList = document.getElementById("commands");
const commandButton = document.getElementById("command-button");
const TALLEST_PX = 180;

/** What sending means now: null, { reply: message } or { edit: message }. */
let intent = null;
let files = [];
let picked = 0;

export function startComposer() {
  commandButton.append(icon("slash"));
  document.getElementById("attach").append(icon("attach"));
  document.getElementById("send").append(icon("send"));
  document.getElementById("attach").addEventListener("click", () => fileInput.click());
  fileInput.addEventListener("change", () => attach(fileInput.files));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  area.addEventListener("input", () => {
    grow();
    offerCommands();
  });
  area.addEventListener("keydown", onKey);
  area.addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length) {
      event.preventDefault();
      attach(event.clipboardData.files);
    }
  });
  commandButton.addEventListener("click", () => {
    if (commandList.hidden) showCommands(commands());
    else hideCommands();
    area.focus();
  });
  on(["state"], forgetIntentOfAnotherChat);
}

let intentChat = null;

function forgetIntentOfAnotherChat() {
  if (intentChat === store.chat) return;
  intentChat = store.chat;
  files = [];
  setIntent(null);
}

export const reply = (message) => setIntent({ reply: message });

export function edit(message) {
  setIntent({ edit: message });
  area.value = message.text;
  grow();
}

/** Puts text where the caret is, as a paste would: how a toy key gets from the panel into the chat. */
export function insert(text) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input"));
  area.focus();
}

/** Sends a text at once, as tapping a command does. */
export async function send(text) {
  hideCommands();
  await attempt(() => post(`/api/chats/${store.chat}/send`, { as: store.me, text }));
}

async function submit() {
  const text = area.value;
  if (!text.trim() && files.length === 0) return;
  const done = await attempt(async () => {
    if (files.length) await sendFiles(text);
    else await sendText(text);
    return true;
  });
  if (!done) return;
  area.value = "";
  files = [];
  setIntent(null);
  grow();
  hideCommands();
}

function sendText(text) {
  const chat = `/api/chats/${store.chat}`;
  if (intent?.edit) return post(`${chat}/edit`, { as: store.me, message_id: intent.edit.id, text });
  const body = { as: store.me, text };
  if (intent?.reply) body.reply_to = intent.reply.id;
  return post(`${chat}/send`, body);
}

async function sendFiles(caption) {
  for (const [index, file] of files.entries()) {
    const body = new FormData();
    body.append("as", store.me);
    body.append("caption", index === 0 ? caption : "");
    body.append("file", file, file.name);
    await upload(`/api/chats/${store.chat}/upload`, body);
  }
}

function attach(chosen) {
  files = [...files, ...chosen];
  fileInput.value = "";
  showNote();
  area.focus();
}

function setIntent(next) {
  const wasEditing = intent?.edit;
  intent = next;
  if (wasEditing && !next) {
    area.value = "";
    grow();
  }
  showNote();
  if (next) area.focus();
}

function showNote() {
  const drop = (label, run) =>
    el("button", { type: "button", class: "icon-button", "aria-label": label, onclick: run }, icon("close"));
  const lines = [];
  const subject = intent?.reply ?? intent?.edit;
  if (subject) {
    const words = intent.edit ? "Editing" : `Reply to ${subject.from?.name ?? ""}`;
    const text = subject.text || subject.document?.name || "photo";
    lines.push(
      el(
        "div",
        { class: "note-line" },
        icon(intent.edit ? "edit" : "reply"),
        el("span", { class: "note-text" }, el("b", {}, words), el("span", {}, text)),
        drop("Cancel", () => setIntent(null)),
      ),
    );
  }
  for (const file of files) {
    const without = () => {
      files = files.filter((one) => one !== file);
      showNote();
    };
    lines.push(
      el(
        "div",
        { class: "note-line" },
        icon("file"),
        el("span", { class: "note-text" }, el("b", {}, file.name), el("span", {}, size(file.size))),
        drop(`Remove ${file.name}`, without),
      ),
    );
  }
  note.replaceChildren(...lines);
  note.hidden = lines.length === 0;
}

function grow() {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, TALLEST_PX)}px`;
  area.classList.toggle("scrolls", area.scrollHeight > TALLEST_PX);
}

function onKey(event) {
  if (!commandList.hidden && steerCommands(event)) return;
  if (event.key === "Escape" && intent) setIntent(null);
  // On a touch keyboard Enter makes a new line, as in Telegram: a key and its secret are two lines.
  const touch = matchMedia("(pointer: coarse)").matches;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch) return;
  event.preventDefault();
  void submit();
}

// ---------------------------------------------------------------------------------------------------------- commands

const commands = () => store.state?.bot?.commands ?? [];

function offerCommands() {
  const typed = /^\/(\S*)$/.exec(area.value);
  const fitting = typed ? commands().filter(({ command }) => command.startsWith(typed[1])) : [];
  if (fitting.length) showCommands(fitting);
  else hideCommands();
}

function showCommands(entries) {
  picked = 0;
  const lines = entries.map(({ command, description }, index) => {
    const run = () => {
      area.value = "";
      grow();
      void send(`/${command}`);
    };
    const properties = {
      type: "button",
      role: "option",
      id: `command-${index}`,
      class: "command",
      tabindex: "-1",
      onclick: run,
    };
    return el("button", properties, el("b", {}, `/${command}`), el("span", {}, description));
  });
  commandList.replaceChildren(
    ...(lines.length ? lines : [el("p", { class: "command" }, "The bot has set no commands yet.")]),
  );
  commandList.hidden = false;
  commandButton.setAttribute("aria-expanded", "true");
  markPicked();
}

function hideCommands() {
  commandList.hidden = true;
  commandButton.setAttribute("aria-expanded", "false");
  area.removeAttribute("aria-activedescendant");
}

function markPicked() {
  [...commandList.querySelectorAll("button")].forEach((line, index) => {
    line.setAttribute("aria-selected", String(index === picked));
    if (index === picked) {
      area.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    }
  });
}

function steerCommands(event) {
  const lines = commandList.querySelectorAll("button");
  if (event.key === "ArrowDown") picked = (picked + 1) % lines.length;
  else if (event.key === "ArrowUp") picked = (picked - 1 + lines.length) % lines.length;
  else if (event.key === "Enter" && lines[picked]) lines[picked].click();
  else if (event.key === "Escape") hideCommands();
  else return false;
  event.preventDefault();
  if (!commandList.hidden) markPicked();
  return true;
}
