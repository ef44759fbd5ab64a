/** Building and replacing elements. Strings become text nodes, so nothing untrusted is ever parsed as markup here. */

/**
 * Makes an element: el("button", { class: "x", onclick: f, "aria-label": "Close" }, child, "text").
 * A property that is null, undefined or false is left out; true makes a bare attribute.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const STROKES = {
  attach: "M20 11.5 12 19.4a5 5 0 0 1-7.1-7.1l8.3-8.2a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.1a1.7 1.7 0 0 1-2.4-2.4l7.4-7.3",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  down: "M6 9.5l6 6 6-6",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  insert: "M20 5v6a4 4 0 0 1-4 4H5M9 11l-4 4 4 4",
  key: "M4.5 16.5a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M10.5 14L20 4.5M16.5 8l2.5 2.5",
  link: "M9 15L19 5M12 5h7v7",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  pin: "M12 16v5M8 4h8M9 4v6l-3 4v2h12v-2l-3-4V4",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6l-6 6 6 6M4 12h9a7 7 0 0 1 7 7",
  send: "M12 20V5M5.5 11L12 4.5 18.5 11",
  slash: "M15 5L9 19M3.5 3.5h17v17h-17z",
  sliders: "M4 8h9M19 8h1M4 16h1M11 16h9M13 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0M5 16a3 3 0 1 0 6 0 3 3 0 1 0-6 0",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
};

/** A decorative line icon; the control that holds it carries the label. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}

export function avatar(name, id) {
  const hue = Math.abs(Number(id) || 0) % 6;
  return el(
    "span",
    { class: `avatar avatar-${hue}`, "aria-hidden": "true" },
    [...String(name || "?")][0].toUpperCase(),
  );
}

/**
 * Replaces a node by a newer rendering of the same thing without taking anything from the reader's hands:
 * the focus, what is half typed and which details are open are found again by their data-keep name.
 */
export function swap(old, next) {
  const kept = new Map([...next.querySelectorAll("[data-keep]")].map((node) => [node.dataset.keep, node]));
  for (const before of old.querySelectorAll("[data-keep]")) {
    const after = kept.get(before.dataset.keep);
    if (!after) continue;
    if (before instanceof HTMLDetailsElement) after.open = before.open;
    else if (isTyping(before)) after.value = before.value;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.keep : undefined;
  old.replaceWith(next);
  if (focused !== undefined) kept.get(focused)?.focus({ preventScroll: true });
}

function isTyping(node) {
  if (node instanceof HTMLSelectElement) return [...node.options].some((one) => one.selected !== one.defaultSelected);
  const typed = node instanceof HTMLTextAreaElement || (node instanceof HTMLInputElement && node.type !== "checkbox");
  return typed && node.value !== node.defaultValue;
}

/**
 * Brings a parent's children in line with `items`, in order. A child is rebuilt only when what it shows has changed,
 * so that a live update neither flickers nor loses the focus.
 */
export function reconcile(parent, items, { key, build }) {
  const present = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    const shown = JSON.stringify(item);
    let node = present.get(name);
    present.delete(name);
    if (!node || node.shown !== shown) {
      const next = build(item);
      next.dataset.key = name;
      next.shown = shown;
      if (node) {
        if (node === cursor) cursor = next;
        next.classList.add("replaced");
        swap(node, next);
      } else {
        parent.insertBefore(next, cursor);
      }
      node = next;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
  for (const gone of present.values()) gone.remove();
}
