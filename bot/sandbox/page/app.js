/**
 * The chat page of the sandbox. It holds no truth of its own: it asks the control API what is, is told over server-sent
 * events what changed, and fetches that again.
 *
 *   store.js      what the page knows              conversation.js  the open chat as a list
 *   api.js        the control API                  bubbles.js       one message and its menu
 *   sanitize.js   Telegram's HTML, allow-listed    keyboard.js      the buttons under it
 *   moments.js    times as the reader's clock has them
 *   dom.js        elements without innerHTML       composer.js      writing
 *   notices.js    toasts, alerts, menus            people.js        personas and chats
 *   pinned.js     the bar with what is pinned
 *   chooser.js    the keyboard under the text field, the chooser, links that open the bot
 *   drawers.js    narrow screens                   panel*.js        the exchange, Telegram's faults, the calls
 */

import { listen } from "./api.js";
import { startChooser } from "./chooser.js";
import { edit, insert, reply, send, startComposer } from "./composer.js";
import { showMessage, startConversation } from "./conversation.js";
import { closeDrawers, openDrawer, startDrawers } from "./drawers.js";
import { attempt } from "./notices.js";
import { startPanel } from "./panel.js";
import { startPeople } from "./people.js";
import { startPinned } from "./pinned.js";
import { changed, chatOf, forgetCalls, refreshCalls, refreshMessages, refreshState, store } from "./store.js";

startDrawers();
startComposer();
startChooser();
startPeople(closeDrawers);
startPanel({
  insert(text) {
    closeDrawers();
    insert(text);
  },
});
startPinned(showMessage);
startConversation({ sendCommand: send, reply, edit, openPanel: () => openDrawer("panel") });

listen({
  onOpen() {
    store.connected = true;
    // Serials start again when the sandbox does.
    forgetCalls();
    changed("connection");
    void attempt(refreshEverything);
  },
  onEvent,
  onLost() {
    store.connected = false;
    changed("connection");
  },
});

async function refreshEverything() {
  await refreshState();
  await Promise.all([refreshMessages(), refreshCalls()]);
}

const IN_A_CHAT = new Set(["message", "edit", "delete", "pin"]);

function onEvent({ kind, chat_id: chatId }) {
  if (kind === "call") return void attempt(refreshCalls);
  if (kind === "state") return void attempt(refreshState);
  if (!IN_A_CHAT.has(kind)) return undefined;
  if (chatId === undefined || chatId === store.chat) return void attempt(refreshMessages);
  if (kind === "message") countUnread(chatId);
  return undefined;
}

function countUnread(chatId) {
  if (!chatOf(chatId)) return void attempt(refreshState);
  store.unread.set(chatId, (store.unread.get(chatId) ?? 0) + 1);
  changed("connection");
  return undefined;
}
