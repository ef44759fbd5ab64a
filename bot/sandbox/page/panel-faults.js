/** A fault menu: what can be made to go wrong, with its fields, and what is going wrong now. */

import { post } from "./api.js";
import { el, icon } from "./dom.js";
import { words } from "./format.js";
import { attempt, toast } from "./notices.js";

/**
 * @param path where faults are posted
 * @param menu [{ name, label, fields: ["seconds" | { name, label?, type?, default?, options? }] }]
 * @param active what is on, as names or as objects with a name
 */
export function faults(path, menu, active, keep) {
  const clear = () => attempt(() => post(path, { clear: true }));
  const header = el(
    "div",
    { class: "section-head" },
    el("h3", {}, "Make it fail"),
    active.length
      ? el(
          "button",
          { type: "button", class: "button small", "data-keep": `${keep}-clear`, onclick: clear },
          "Clear all",
        )
      : null,
  );
  const now = active.length
    ? el(
        "ul",
        { class: "active-faults" },
        active.map((one) => el("li", {}, describe(one, menu))),
      )
    : null;
  return el(
    "section",
    { class: "faults" },
    header,
    now,
    menu.map((entry) => faultRow(path, entry, keep)),
  );
}

function describe(one, menu) {
  const name = typeof one === "string" ? one : one.name;
  const label = menu.find((entry) => entry.name === name)?.label ?? (/^\w+$/.test(name) ? words(name) : name);
  const details =
    typeof one === "string"
      ? []
      : Object.entries(one).filter(
          ([key, value]) => key !== "name" && value !== null && value !== "" && value !== false,
        );
  return [label, ...details.map(([key, value]) => `${words(key).toLowerCase()} ${value}`)].join(", ");
}

function faultRow(path, entry, keep) {
  const fields = (entry.fields ?? []).map(normal);
  const name = `${keep}-${entry.name}`;
  const start = async (event) => {
    event.preventDefault();
    const body = { name: entry.name, ...valuesOf(event.currentTarget, fields) };
    const answer = await attempt(() => post(path, body));
    if (answer !== undefined) toast(`${entry.label ?? words(entry.name)}: on`);
  };
  const button = (type, run) =>
    el("button", { type, class: "button small", "data-keep": `${name}-go`, onclick: run }, "Start");
  if (fields.length === 0) {
    return el(
      "form",
      { class: "fault", onsubmit: start },
      el("span", { class: "fault-label" }, entry.label ?? words(entry.name)),
      button("submit"),
    );
  }
  return el(
    "details",
    { class: "fault-details", "data-keep": name },
    el("summary", {}, el("span", { class: "fault-label" }, entry.label ?? words(entry.name)), icon("down")),
    el(
      "form",
      { class: "fields", onsubmit: start },
      fields.map((field) => fieldRow(field, name)),
      button("submit"),
    ),
  );
}

const normal = (field) => (typeof field === "string" ? { name: field } : field);

function fieldRow(field, keep) {
  const id = `${keep}-${field.name}`.replace(/\W/g, "-");
  const common = { id, name: field.name, "data-keep": id };
  const label = el("label", { for: id }, field.label ?? words(field.name));
  if (field.type === "bool" || field.type === "boolean") {
    return el(
      "div",
      { class: "field field-inline" },
      label,
      el("input", { ...common, type: "checkbox", checked: Boolean(field.default) }),
    );
  }
  const options = field.options ?? field.choices;
  if (options) {
    const list = options.map((one) =>
      el("option", { value: String(one), selected: one === field.default }, String(one)),
    );
    return el("div", { class: "field field-inline" }, label, el("select", common, list));
  }
  const isNumber = ["number", "int", "integer", "float"].includes(field.type) || typeof field.default === "number";
  const kind = isNumber ? { type: "number", step: "any", inputmode: "decimal" } : { type: "text", autocomplete: "off" };
  const input = el("input", {
    ...common,
    ...kind,
    value: field.default ?? null,
    placeholder: field.placeholder ?? null,
  });
  return el("div", { class: "field field-inline" }, label, input);
}

/** The fields that were filled in; an empty one is left to the sandbox's default. */
function valuesOf(form, fields) {
  const values = {};
  for (const { name } of fields) {
    const input = form.elements.namedItem(name);
    if (input.type === "checkbox") values[name] = input.checked;
    else if (input.value !== "") values[name] = input.type === "number" ? Number(input.value) : input.value;
  }
  return values;
}
