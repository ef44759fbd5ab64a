/** Toasts, alerts and the menu of one message: everything that lies over the page for a moment. */

import { el, icon } from "./dom.js";

const TOAST_MS = 3200;

export function toast(text, tone = "plain") {
  const line = el("div", { class: `toast toast-${tone}` }, text);
  const stack = document.getElementById("toasts");
  stack.append(line);
  // The top layer keeps its order of arrival: a toast must lie above a dialog that was opened before it.
  stack.hidePopover();
  stack.showPopover();
  // A newer one takes the place of the older, as in the apps.
  while (stack.children.length > 1) stack.firstElementChild.remove();
  setTimeout(() => line.remove(), TOAST_MS + text.length * 25);
}

/** Runs what a control does and says so when the sandbox refuses it. Answers undefined then. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message, "danger");
    return undefined;
  }
}

document.getElementById("dialog").addEventListener("click", (event) => {
  // The backdrop's clicks have the dialog itself as their target; everything in it lies on .dialog-body.
  if (event.target === event.currentTarget) closeDialog();
});

/** Opens the page's one dialog. `body` are nodes, `actions` are buttons. */
export function openDialog(title, body, actions) {
  const dialog = document.getElementById("dialog");
  const heading = el("h2", { id: "dialog-title" }, title);
  dialog.replaceChildren(
    el("div", { class: "dialog-body" }, heading, body, el("div", { class: "dialog-actions" }, actions)),
  );
  dialog.showModal();
  return dialog;
}

export function closeDialog() {
  document.getElementById("dialog").close();
}

/** The modal form of answerCallbackQuery(show_alert=True). */
export function alertFromBot(name, text) {
  const ok = el("button", { type: "button", class: "button primary", onclick: closeDialog, autofocus: true }, "OK");
  openDialog(name, [el("p", { class: "alert-text" }, text)], [ok]);
}

let closeMenu = () => {};

/**
 * A menu at a point of the screen, driven by pointer or arrow keys.
 * @param entries [{ label, icon, tone, run }]
 */
export function openMenu(x, y, entries, returnFocusTo) {
  closeMenu();
  const menu = el("div", { class: "menu", role: "menu" });
  const close = (refocus) => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    closeMenu = () => {};
    if (refocus) returnFocusTo?.focus?.({ preventScroll: true });
  };
  const outside = (event) => menu.contains(event.target) || close(false);
  for (const entry of entries) {
    const run = () => {
      close(true);
      entry.run();
    };
    const look = `menu-entry ${entry.tone ?? ""}`;
    menu.append(
      el("button", { type: "button", role: "menuitem", class: look, onclick: run }, icon(entry.icon), entry.label),
    );
  }
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(at - 1 + items.length) % items.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(menu);
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", close);
  closeMenu = close;
  menu.firstElementChild.focus({ preventScroll: true });
}
