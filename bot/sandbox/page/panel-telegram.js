/** Telegram's side: what it can refuse, who blocks the bot, and the clock that ages messages. */

import { post } from "./api.js";
import { el, swap } from "./dom.js";
import { momentOf } from "./format.js";
import { attempt, toast } from "./notices.js";
import { faults } from "./panel-faults.js";
import { on, person, store } from "./store.js";

const STEPS = [
  ["1 min", 60],
  ["3 min", 180],
  ["10 min", 600],
  ["1 h", 3600],
  ["24 h", 86_400],
  ["49 h", 176_400],
];

let shown = null;
/** The sandbox's clock less the page's, in seconds: state comes seldom, and time goes on meanwhile. */
let ahead = 0;

const tick = (time) => (time.textContent = momentOf(Date.now() / 1000 + ahead));

export function startTelegram(pane) {
  on(["state"], () => {
    const signature = JSON.stringify([store.state?.telegram, store.state?.now, person()]);
    if (!store.state || signature === shown) return;
    shown = signature;
    const { telegram, now } = store.state;
    ahead = now - Date.now() / 1000;
    const next = el(
      "div",
      {},
      clockBlock(),
      blockedBlock(),
      faults("/api/telegram/faults", telegram?.fault_menu ?? [], telegram?.faults ?? [], "fault-telegram"),
    );
    swap(pane.firstElementChild ?? pane.appendChild(el("div")), next);
  });
  setInterval(() => {
    const time = document.getElementById("clock");
    if (time && !pane.hidden) tick(time);
  }, 1000);
}

function clockBlock() {
  const advance = async (label, seconds) => {
    const answer = await attempt(() => post("/api/clock", { advance: seconds }));
    if (answer !== undefined) toast(`Telegram’s clock: ${label} later`);
  };
  const time = el("time", { id: "clock" });
  tick(time);
  const steps = STEPS.map(([label, seconds]) =>
    el(
      "button",
      {
        type: "button",
        class: "button small",
        "data-keep": `clock-${seconds}`,
        "aria-label": `Advance by ${label}`,
        onclick: () => advance(label, seconds),
      },
      `+${label}`,
    ),
  );
  return el(
    "section",
    { class: "block" },
    el("h3", {}, "Clock"),
    el(
      "p",
      { class: "note" },
      "It is ",
      time,
      " in this Telegram. A button press is good for 150 s, deleting for 48 h, an unread update for 24 h.",
    ),
    el("div", { class: "actions" }, steps),
  );
}

function blockedBlock() {
  const me = person();
  if (!me) return null;
  const set = (event) => attempt(() => post(`/api/people/${me.id}`, { blocked: event.target.checked }));
  const input = el("input", {
    type: "checkbox",
    role: "switch",
    checked: me.blocked,
    "data-keep": "blocked",
    onchange: set,
  });
  return el(
    "section",
    { class: "block" },
    el("h3", {}, "People"),
    el("label", { class: "switch" }, el("span", {}, `${me.name} has blocked the bot`), input),
  );
}
