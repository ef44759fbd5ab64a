/** The Bot API call log, live. The token is never part of it. */

import { el, reconcile } from "./dom.js";
import { secondOf } from "./format.js";
import { on, store } from "./store.js";

let polling = false;

export function startCalls(pane) {
  const hide = el("input", { type: "checkbox", id: "show-polling" });
  const list = el("ol", { class: "calls" });
  const empty = el("p", { class: "note" }, "No call yet. Write to the bot and watch what it does.");
  pane.append(
    el(
      "div",
      { class: "section-head" },
      el("h3", {}, "Bot API calls"),
      el("label", { class: "check", for: "show-polling" }, hide, "show getUpdates"),
    ),
    empty,
    list,
  );
  const render = () => {
    const visible = store.calls
      .filter(({ method }) => polling || method !== "getUpdates")
      .slice()
      .reverse();
    empty.hidden = visible.length > 0;
    reconcile(list, visible, { key: (call) => call.serial, build: callRow });
  };
  hide.addEventListener("change", () => {
    polling = hide.checked;
    render();
  });
  on(["calls"], render);
}

function callRow({ method, chat, summary, status, ms, when }) {
  const failed = status !== 200;
  return el(
    "li",
    { class: `call ${failed ? "failed" : ""}` },
    el(
      "span",
      { class: "call-head" },
      el("b", {}, method),
      el("span", { class: "call-status" }, String(status ?? "…")),
      el(
        "small",
        {},
        [typeof ms === "number" ? `${Math.round(ms)} ms` : null, when ? secondOf(when) : null].filter(Boolean).join(" · "),
      ),
    ),
    summary || chat
      ? el("span", { class: "call-summary" }, [chat ? `chat ${chat}` : null, summary].filter(Boolean).join(" · "))
      : null,
  );
}
