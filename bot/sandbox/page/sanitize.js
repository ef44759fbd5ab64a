/**
 * Telegram's HTML, rebuilt from an allow-list.
 *
 * The markup is parsed into an inert document and never inserted: each allowed tag is made anew with attributes of our
 * own, each text is a text node, and anything else is dropped while its text stays. A link keeps only an http(s), tg or
 * mailto address.
 */

import { copy } from "./clipboard.js";
import { el } from "./dom.js";
import { moment } from "./moments.js";

const PLAIN = { b: "b", strong: "b", i: "i", em: "i", u: "u", ins: "u", s: "s", strike: "s", del: "s" };
const LINK_SCHEMES = new Set(["http:", "https:", "tg:", "mailto:"]);
const COMMAND = /(^|[\s(])(\/[a-z][a-z0-9_]{0,31})(?![\w/.])/g;
const DROPPED_WHOLE = new Set(["script", "style", "template", "iframe", "object", "svg", "math", "title", "textarea"]);

/** @param onCommand called with "/connect" when a command inside the text is tapped */
export function rich(html, onCommand) {
  const parsed = new DOMParser().parseFromString(`<body><div>${html}</div>`, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...convertAll(parsed.body.childNodes, { onCommand, literal: false }));
  return fragment;
}

const convertAll = (nodes, context) => [...nodes].flatMap((node) => convert(afterBlock(node), context));

/** The line break behind a quote only ends its last line; a block of the page has ended it already. */
function afterBlock(node) {
  if (node.nodeType !== Node.TEXT_NODE || node.previousSibling?.localName !== "blockquote") return node;
  return document.createTextNode(node.data.replace(/^\n/, ""));
}

function convert(node, context) {
  if (node.nodeType === Node.TEXT_NODE) return context.literal ? [node.data] : withCommands(node.data, context);
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const tag = node.localName;
  if (DROPPED_WHOLE.has(tag)) return [];
  if (tag === "br") return ["\n"];
  if (tag in PLAIN) return [el(PLAIN[tag], {}, convertAll(node.childNodes, context))];
  if (tag === "code" || tag === "pre") return [tapToCopy(tag, node.textContent)];
  if (tag === "a") return link(node, context);
  if (tag === "blockquote") return [quote(node, context)];
  if (tag === "tg-spoiler" || (tag === "span" && node.className === "tg-spoiler")) return [spoiler(node, context)];
  if (tag === "tg-time") return [moment(node.getAttribute("unix"), node.getAttribute("format"), node.textContent)];
  return convertAll(node.childNodes, context);
}

function withCommands(text, { onCommand }) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(COMMAND)) {
    const command = match[2];
    const start = match.index + match[1].length;
    parts.push(text.slice(end, start));
    parts.push(el("button", { type: "button", class: "text-command", onclick: () => onCommand(command) }, command));
    end = start + command.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

function tapToCopy(tag, text) {
  const onKey = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    void copy(text);
  };
  const properties = {
    role: "button",
    tabindex: "0",
    title: "Tap to copy",
    onclick: () => copy(text),
    onkeydown: onKey,
  };
  return el(tag, properties, text);
}

function link(node, context) {
  const children = convertAll(node.childNodes, { ...context, literal: true });
  const address = safeAddress(node.getAttribute("href"));
  if (!address) return children;
  return [el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address }, children)];
}

/** The address if a reader may be sent there, else null. */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return LINK_SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function quote(node, context) {
  const block = el("blockquote", {}, convertAll(node.childNodes, context));
  if (!node.hasAttribute("expandable")) return block;
  const more = el("button", { type: "button", class: "quote-more", "aria-expanded": "false" }, "Show more");
  const wrapped = el("div", { class: "expandable" }, block, more);
  more.addEventListener("click", () => {
    const open = wrapped.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? "Show less" : "Show more";
  });
  return wrapped;
}

function spoiler(node, context) {
  const content = el("span", { class: "spoiler-text", "aria-hidden": "true" }, convertAll(node.childNodes, context));
  const cover = el(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, tap to show" },
    content,
  );
  const reveal = () => {
    cover.classList.add("open");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
    content.removeAttribute("aria-hidden");
  };
  cover.addEventListener("click", reveal, { once: true });
  cover.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && reveal());
  return cover;
}
