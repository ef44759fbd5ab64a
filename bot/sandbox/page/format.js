/** Times, sizes and names as people read them. */

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: "medium", hour12: false });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium", hour12: false });

export const timeOf = (epochSeconds) => clock.format(epochSeconds * 1000);
export const secondOf = (epochSeconds) => clockWithSeconds.format(epochSeconds * 1000);
export const dayOf = (epochSeconds) => day.format(epochSeconds * 1000);
export const momentOf = (epochSeconds) => moment.format(epochSeconds * 1000);

export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** enableSpotAndMarginTrading → Enable spot and margin trading; enableFixApiTrade → Enable FIX API trade */
export function words(identifier) {
  const spaced = identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/_/g, " ")
    .toLowerCase()
    .replace(/\b(api|fix|ip)\b/g, (acronym) => acronym.toUpperCase());
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
