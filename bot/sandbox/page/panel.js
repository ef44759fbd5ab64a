/** The panel's frame: three tabs, a column on a desktop and a drawer on a phone. */

import { startCalls } from "./panel-calls.js";
import { startExchange } from "./panel-exchange.js";
import { startTelegram } from "./panel-telegram.js";

const tabs = [...document.querySelectorAll("#panel [role=tab]")];

/** @param wiring { insert(text): puts text into the composer } */
export function startPanel(wiring) {
  startExchange(document.getElementById("pane-exchange"), wiring);
  startTelegram(document.getElementById("pane-telegram"));
  startCalls(document.getElementById("pane-calls"));
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", onKey);
  }
}

function choose(chosen) {
  for (const tab of tabs) {
    const selected = tab === chosen;
    tab.setAttribute("aria-selected", String(selected));
    tab.tabIndex = selected ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !selected;
  }
}

function onKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length];
  choose(next);
  next.focus();
}
