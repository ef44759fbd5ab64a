/**
 * Moments inside a message, which newer apps write by the reader's own clock and language: `dt` as a date and a time,
 * `r` as how long ago, counting on by itself (Bot API, MessageEntity of type date_time).
 */

import { el } from "./dom.js";
import { person } from "./store.js";

const EVERY_MS = 1000;
const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];
const PARTS = {
  w: { weekday: "long" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
};

/** @param written what an app shows that does not know such moments */
export function moment(unix, format, written) {
  const seconds = Number(unix);
  if (!Number.isFinite(seconds)) return written;
  const element = el("time", { class: "moment", "data-unix": seconds, "data-format": format ?? "", title: written });
  show(element);
  return element;
}

function show(element) {
  const words = told(Number(element.dataset.unix), element.dataset.format);
  const said = words ?? element.title;
  if (element.textContent !== said) element.textContent = said;
}

function told(unix, format) {
  const code = person()?.language;
  const language = !code || code === "en" ? "en-GB" : code;
  if (format === "r") return relative(unix - Date.now() / 1000, language);
  const options = [...format].map((letter) => PARTS[letter]);
  if (!options.length || options.includes(undefined)) return null;
  const { weekday, ...styles } = Object.assign({}, ...options, { hour12: false });
  const day = weekday ? new Intl.DateTimeFormat(language, { weekday }).format(unix * 1000) : null;
  const rest = styles.dateStyle || styles.timeStyle ? new Intl.DateTimeFormat(language, styles) : null;
  return [day, rest?.format(unix * 1000)].filter(Boolean).join(", ");
}

function relative(seconds, language) {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

setInterval(() => document.querySelectorAll("time.moment").forEach(show), EVERY_MS);
