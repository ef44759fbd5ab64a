/** Maintenance that an exchange announces: what is announced, and a form to announce some. */

import { post } from "./api.js";
import { el, icon } from "./dom.js";
import { momentOf } from "./format.js";
import { attempt, toast } from "./notices.js";

const LATER = 60;

/**
 * @param path where announcements are posted
 * @param environments those of which the exchange announces any
 * @param announced [{ number, environment, begin_ms, end_ms, state }]
 */
export function announcements(path, environments, announced) {
  return el(
    "section",
    { class: "faults", "aria-label": "Announced maintenance" },
    el("div", { class: "section-head" }, el("h3", {}, "Announced maintenance")),
    announced.length ? el("ul", { class: "active-faults" }, announced.map((one) => row(path, one))) : null,
    form(path, environments),
  );
}

function row(path, { number, environment, begin_ms, end_ms, state }) {
  const act = (label, body) =>
    el(
      "button",
      {
        type: "button",
        class: "button small",
        "data-keep": `${path}-${number}-${body.action}`,
        onclick: () => attempt(() => post(`${path}/${number}`, body)),
      },
      label,
    );
  return el(
    "li",
    {},
    `${environment}, ${state}: ${momentOf(begin_ms / 1000)} – ${momentOf(end_ms / 1000)}`,
    el(
      "div",
      { class: "actions" },
      act("An hour later", { action: "move", by_minutes: LATER }),
      act("Call off", { action: "call_off" }),
    ),
  );
}

function form(path, environments) {
  const number = (name, label, value, least) =>
    el(
      "div",
      { class: "field field-inline" },
      el("label", { for: `${path}-${name}` }, label),
      el("input", {
        id: `${path}-${name}`,
        name,
        type: "number",
        min: least,
        step: 1,
        required: true,
        value,
        "data-keep": `${path}-${name}`,
      }),
    );
  const start = number("in_minutes", "Begins in, minutes", 0, 0);
  const length = number("minutes", "Lasts, minutes", 60, 1);
  const environment = el(
    "select",
    { "aria-label": "Environment that is announced of", "data-keep": `${path}-environment` },
    environments.map((one) => el("option", { value: one }, one)),
  );
  const announce = async (event) => {
    event.preventDefault();
    const fields = event.currentTarget.elements;
    const body = {
      in_minutes: Number(fields.namedItem("in_minutes").value),
      minutes: Number(fields.namedItem("minutes").value),
      environment: environment.value,
    };
    if ((await attempt(() => post(path, body))) !== undefined) toast("Maintenance announced");
  };
  return el(
    "details",
    { class: "fault-details", "data-keep": `${path}-details` },
    el("summary", {}, el("span", { class: "fault-label" }, "Announce maintenance"), icon("down")),
    el(
      "form",
      { class: "fields", onsubmit: announce },
      start,
      length,
      environment,
      el("button", { type: "submit", class: "button small", "data-keep": `${path}-go` }, "Announce"),
    ),
  );
}
