/** Copying, with the answer people know from Telegram: a short "Copied". */

import { el } from "./dom.js";
import { toast } from "./notices.js";

export async function copy(text, said = "Copied") {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // The clipboard API wants a secure context and a focused page; the old way asks for neither.
    if (!copyBySelection(text)) return toast("The browser did not allow copying.", "danger");
  }
  toast(said);
}

function copyBySelection(text) {
  const area = el("textarea", { class: "visually-hidden", "aria-hidden": "true", tabindex: "-1" });
  area.value = text;
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before?.focus?.({ preventScroll: true });
  return copied;
}
