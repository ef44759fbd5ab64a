/** On a narrow screen the people and the panel are drawers over the chat; on a wide one they are columns. */

import { el, icon } from "./dom.js";

const narrow = matchMedia("(max-width: 1079px)");
const main = document.getElementById("chat");
const backdrop = document.getElementById("backdrop");
const drawers = ["people", "panel"].map((name) => ({
  name,
  element: document.getElementById(name),
  opener: document.getElementById(`${name}-open`),
  closer: document.getElementById(`${name}-close`),
}));

let open = null;

export function startDrawers() {
  document.getElementById("panel-open").append(icon("key"), el("span", {}, "Panel"));
  for (const { name, opener, closer } of drawers) {
    closer.append(icon("close"));
    opener.addEventListener("click", () => openDrawer(name));
    closer.addEventListener("click", () => closeDrawers());
  }
  backdrop.addEventListener("click", () => closeDrawers());
  document.addEventListener("keydown", (event) => event.key === "Escape" && open && closeDrawers());
  narrow.addEventListener("change", apply);
  apply();
}

export function openDrawer(name) {
  const drawer = drawers.find((one) => one.name === name);
  if (!narrow.matches) return drawer.element.querySelector("[role=tab], button")?.focus();
  open = name;
  apply();
  return drawer.closer.focus({ preventScroll: true });
}

export function closeDrawers() {
  if (!open) return;
  const { opener } = drawers.find((one) => one.name === open);
  open = null;
  apply();
  opener.focus({ preventScroll: true });
}

/** A closed drawer is inert, and so is the chat behind an open one: neither the keyboard nor a reader strays there. */
function apply() {
  if (!narrow.matches) open = null;
  for (const { name, element, opener } of drawers) {
    element.classList.toggle("open", open === name);
    element.inert = narrow.matches && open !== name;
    opener.setAttribute("aria-expanded", String(open === name));
  }
  main.inert = open !== null;
  backdrop.hidden = open === null;
}
