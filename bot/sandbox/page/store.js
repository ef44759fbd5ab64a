/** What the page knows: the sandbox's state, who is looking, and at which chat. */

import { coalesced, get } from "./api.js";
import { attempt } from "./notices.js";

const REMEMBERED = "latchkey-sandbox-persona";

export const store = {
  /** GET /api/state, or null until the first answer */
  state: null,
  me: null,
  chat: null,
  /** of the open chat, or null until they have come */
  messages: null,
  calls: [],
  connected: false,
  /** chat id → number of messages that came while another chat was open */
  unread: new Map(),
};

const listeners = new Map();

/** Calls `listener` whenever one of `topics` ("state", "messages", "calls", "connection") has changed. */
export function on(topics, listener) {
  for (const topic of topics) {
    if (!listeners.has(topic)) listeners.set(topic, []);
    listeners.get(topic).push(listener);
  }
}

export function changed(topic) {
  for (const listener of listeners.get(topic) ?? []) listener();
}

export const people = () => store.state?.people ?? [];
export const person = (id = store.me) => people().find((one) => one.id === id);
export const chatOf = (id = store.chat) => store.state?.chats.find((one) => one.id === id);
/** Whether the open chat is one with the bot alone; its id is then the person's. */
export const isPrivate = () => store.chat === store.me;
/** In a group that takes an administrator; who lacks the right is refused by the sandbox. */
export const mayPin = () =>
  isPrivate() || ["creator", "administrator"].includes(chatOf()?.members.find(({ id }) => id === store.me)?.status);
export const botName = () => store.state?.bot?.first_name ?? store.state?.bot?.name ?? "Latchkey";

/** The chats a person can open: the private one with the bot, then the groups that have them as a member. */
export function chatsOf(personId) {
  const groups = (store.state?.chats ?? []).filter((chat) => chat.type !== "private" && isMember(chat, personId));
  return [chatOf(personId) ?? { id: personId, type: "private", title: null, members: [] }, ...groups];
}

const GONE = new Set(["left", "kicked"]);

function isMember(chat, personId) {
  return chat.members.some((member) => member.id === personId && !GONE.has(member.status));
}

export function become(personId) {
  store.me = personId;
  try {
    sessionStorage.setItem(REMEMBERED, person(personId)?.name ?? "");
  } catch {
    // Storage may be switched off; the page then starts with the first person.
  }
  openChat(personId);
  void attempt(refreshState);
}

export function openChat(chatId) {
  store.chat = chatId;
  store.messages = null;
  store.unread.delete(chatId);
  changed("state");
  changed("messages");
  void attempt(refreshMessages);
}

export const refreshState = coalesced(async () => {
  store.state = await stateAsSeen();
  if (!person() && people().length) become((remembered() ?? people()[0]).id);
  else if (store.me !== null && !chatsOf(store.me).some((chat) => chat.id === store.chat)) become(store.me);
  else changed("state");
});

/** The bot's commands differ by person and language, so the state is asked for as somebody. */
async function stateAsSeen() {
  if (store.me === null) return get("/api/state");
  try {
    return await get(`/api/state?as=${store.me}`);
  } catch {
    // A sandbox that was started anew knows other people.
    return get("/api/state");
  }
}

function remembered() {
  try {
    return people().find((one) => one.name === sessionStorage.getItem(REMEMBERED));
  } catch {
    return undefined;
  }
}

export const refreshMessages = coalesced(async () => {
  const { chat, me } = store;
  if (chat === null || me === null) return;
  const messages = await get(`/api/chats/${chat}/messages?as=${me}`);
  if (chat !== store.chat || me !== store.me) return void attempt(refreshMessages);
  store.messages = messages;
  changed("messages");
});

const CALLS_KEPT = 400;

export const refreshCalls = coalesced(async () => {
  const last = store.calls.at(-1)?.serial ?? 0;
  const fresh = await get(`/api/calls?after=${last}`);
  store.calls = [...store.calls, ...fresh].slice(-CALLS_KEPT);
  changed("calls");
});

export function forgetCalls() {
  store.calls = [];
}
