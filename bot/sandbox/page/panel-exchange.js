/** The exchange's side: accounts with their keys, what each key may do, and what can go wrong there. */

import { post } from "./api.js";
import { copy } from "./clipboard.js";
import { el, icon, swap } from "./dom.js";
import { words } from "./format.js";
import { attempt, toast } from "./notices.js";
import { announcements } from "./panel-announcements.js";
import { faults } from "./panel-faults.js";
import { on, store } from "./store.js";

const PASTE = { 1: "Paste it into the chat", 2: "Paste both into the chat", 3: "Paste all three into the chat" };
const DANGEROUS = /withdraw|transfer/i;

let insert;
let shown = null;
let chosen = null;

export function startExchange(pane, wiring) {
  insert = wiring.insert;
  on(["state"], () => {
    const exchanges = store.state?.exchanges ?? {};
    const signature = JSON.stringify(exchanges);
    if (signature === shown) return;
    shown = signature;
    draw(pane, exchanges);
  });
}

/** One exchange at a time: nobody finds a key among eighteen. */
function draw(pane, exchanges) {
  const ids = Object.keys(exchanges);
  if (!(chosen in exchanges)) chosen = ids.find((id) => exchanges[id].accounts.length > 0) ?? ids[0];
  const next = el("div", {}, chooser(pane, exchanges), chosen ? exchangeBlock(chosen, exchanges[chosen]) : null);
  swap(pane.firstElementChild ?? pane.appendChild(el("div")), next);
}

function chooser(pane, exchanges) {
  const choose = (event) => {
    chosen = event.target.value;
    draw(pane, exchanges);
  };
  const options = Object.entries(exchanges).map(([id, { title, faults: active }]) =>
    el("option", { value: id, selected: id === chosen }, active?.length ? `${title ?? words(id)} ⚠` : (title ?? words(id))),
  );
  if (options.length < 2) return null;
  return el("select", { class: "exchange-choice", "aria-label": "Which exchange", onchange: choose }, options);
}

function exchangeBlock(id, exchange) {
  const path = `/api/exchanges/${id}`;
  return el(
    "section",
    { class: "exchange", "aria-label": exchange.title ?? words(id) },
    el("header", { class: "exchange-head" }, el("h2", {}, exchange.title ?? words(id)), el("small", {}, exchange.origin)),
    exchange.accounts.map((account) => accountCard(path, account)),
    addAccount(path, exchange),
    exchange.announces_of
      ? announcements(`${path}/announcements`, exchange.announces_of, exchange.announcements)
      : null,
    faults(`${path}/faults`, exchange.fault_menu ?? [], exchange.faults ?? [], `fault-${id}`),
  );
}

function accountCard(path, account) {
  const at = `${path}/accounts/${encodeURIComponent(account.name)}`;
  const keep = `${at}:`;
  const change = (body) => {
    // A control shows what was asked for before the exchange has agreed; the next state is drawn whatever it says.
    shown = null;
    return attempt(() => post(at, body));
  };
  const act = (action, label, tone) =>
    el(
      "button",
      {
        type: "button",
        class: `button small ${tone ?? ""}`,
        "data-keep": `${keep}${action}`,
        onclick: () => change({ action }),
      },
      label,
    );
  const all = [account.api_key, account.secret, account.passphrase].filter(Boolean);
  const expired = account.expires_ms !== null && account.expires_ms < Date.now();
  return el(
    "article",
    { class: `account ${account.revoked || account.suspended ? "dead" : ""}`, "aria-label": `Account ${account.name}` },
    el(
      "header",
      { class: "account-head" },
      el("h3", {}, account.name),
      el(
        "span",
        { class: `badge ${account.environment === "live" ? "badge-live" : "badge-test"}` },
        account.environment,
      ),
      account.revoked ? el("span", { class: "badge badge-danger" }, "key revoked") : null,
      account.suspended ? el("span", { class: "badge badge-danger" }, "suspended") : null,
      expired ? el("span", { class: "badge badge-danger" }, "expired") : null,
      el("small", { class: "uid" }, `uid ${account.uid}`),
    ),
    secretRow("API key", account.api_key, `${keep}key`),
    account.secret ? secretRow("Secret", account.secret, `${keep}secret`) : null,
    account.public_key ? el("small", { class: "uid" }, publicHalf(account).known) : null,
    account.passphrase ? secretRow("Passphrase", account.passphrase, `${keep}passphrase`) : null,
    el(
      "div",
      { class: "actions" },
      el(
        "button",
        { type: "button", class: "button small primary", "data-keep": `${keep}both`, onclick: () => insert(all.join("\n")) },
        icon("insert"),
        PASTE[all.length],
      ),
    ),
    switches(account, change, keep),
    ipList(account, change, keep),
    account.takes_public_key ? selfGenerated(account, at, keep) : null,
    el(
      "div",
      { class: "actions" },
      account.revoked ? act("restore", "Restore", "primary") : act("revoke", "Revoke", "danger"),
      account.suspended ? act("unsuspend", "Unsuspend") : act("suspend", "Suspend"),
      account.ends ? (expired ? act("renew", "Renew") : act("expire", "Expire")) : null,
      act("new_key", "New key"),
    ),
  );
}

function secretRow(label, value, keep) {
  const button = (name, symbol, run) =>
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": name,
        title: name,
        "data-keep": `${keep}-${symbol}`,
        onclick: run,
      },
      icon(symbol),
    );
  return el(
    "div",
    { class: "secret" },
    el("span", { class: "secret-label" }, label),
    el("code", { title: value }, value),
    button(`Copy the ${label}`, "copy", () => copy(value, `${label} copied`)),
    button(`Put the ${label} into the chat`, "insert", () => insert(value)),
  );
}

function switches(account, change, keep) {
  const names = Object.entries(account.switches);
  if (names.length === 0) return null;
  return el(
    "fieldset",
    { class: "switches" },
    el("legend", {}, "What this key may do"),
    names.map(([name, value]) => {
      const set = async (event) => {
        const wanted = event.target.checked;
        if ((await change({ set: { [name]: wanted } })) === undefined) event.target.checked = !wanted;
      };
      const input = el("input", {
        type: "checkbox",
        role: "switch",
        checked: value,
        "data-keep": `${keep}${name}`,
        onchange: set,
      });
      const label = account.labels?.[name] ?? words(name);
      return el(
        "label",
        { class: `switch ${DANGEROUS.test(name) ? "dangerous" : ""}`, title: name },
        el("span", {}, label),
        input,
      );
    }),
  );
}

function ipList(account, change, keep) {
  const input = el("input", {
    type: "text",
    value: (account.ips ?? []).join(", "),
    placeholder: "203.0.113.7, 203.0.113.8",
    autocomplete: "off",
    "aria-label": `IP addresses allowed for ${account.name}`,
    "data-keep": `${keep}ips`,
  });
  const save = async (event) => {
    event.preventDefault();
    const ips = input.value.split(/[\s,]+/).filter(Boolean);
    if (ips.length === 0) return toast("Give at least one address, or choose Unrestricted.", "danger");
    await change({ ips });
  };
  const lift = () => {
    input.value = input.defaultValue;
    void change({ ips: null });
  };
  const summary = account.ips ? `IP whitelist: ${account.ips.length}` : "IP access: unrestricted";
  return el(
    "details",
    { class: "ips", "data-keep": `${keep}ip-details` },
    el("summary", {}, summary, icon("down")),
    el(
      "form",
      { class: "fields", onsubmit: save },
      input,
      el(
        "div",
        { class: "actions" },
        el("button", { type: "submit", class: "button small" }, "Restrict to these"),
        account.ips ? el("button", { type: "button", class: "button small", onclick: lift }, "Unrestricted") : null,
      ),
    ),
  );
}

/** What an exchange takes of a pair that somebody else made: a public key, or the address of an agent. */
const publicHalf = (account) => (account.takes_address ? AN_ADDRESS : A_PUBLIC_KEY);

const A_PUBLIC_KEY = {
  known: "Self-generated: the exchange knows the public half only.",
  title: "New self-generated key",
  field: "Public key for a new key of",
  placeholder: "-----BEGIN PUBLIC KEY-----",
  rows: 4,
  button: "Register the public key",
  done: (made) => `Registered: the new key is ${made.name}`,
};

const AN_ADDRESS = {
  known: "Approved by its address: the exchange knows no key of it.",
  title: "Approve an API wallet",
  field: "Address of an API wallet of",
  placeholder: "0x…",
  rows: 2,
  button: "Authorize API Wallet",
  done: (made) => `Approved: the API wallet ${made.name}`,
};

/** What one does at the exchange with a public half: it goes into a field, and a key of the account is there. */
function selfGenerated(account, at, keep) {
  const words = publicHalf(account);
  const input = el("textarea", {
    rows: words.rows,
    required: true,
    spellcheck: false,
    placeholder: words.placeholder,
    "aria-label": `${words.field} ${account.name}`,
    "data-keep": `${keep}public-key`,
  });
  const register = async (event) => {
    event.preventDefault();
    const typed = input.value;
    input.value = ""; // at once: what is still typed when the new state is drawn is kept
    const made = await attempt(() => post(at, { public_key: typed }));
    if (made === undefined) {
      input.value = typed;
      return;
    }
    toast(words.done(made));
  };
  return el(
    "details",
    { class: "ips", "data-keep": `${keep}self-generated` },
    el("summary", {}, words.title, icon("down")),
    el(
      "form",
      { class: "fields", onsubmit: register },
      input,
      el("div", { class: "actions" }, el("button", { type: "submit", class: "button small" }, words.button)),
    ),
  );
}

function addAccount(path, exchange) {
  const name = el("input", {
    type: "text",
    required: true,
    maxlength: 32,
    pattern: "[A-Za-z0-9_\\-]+",
    placeholder: "k2",
    autocomplete: "off",
    "aria-label": "Name of the account",
    "data-keep": `${path}-new`,
  });
  const environments = exchange.environments ?? ["live", "testnet", "demo"];
  const environment = el(
    "select",
    { "aria-label": "Environment", "data-keep": `${path}-environment` },
    environments.map((one) => el("option", { value: one }, one)),
  );
  const add = async (event) => {
    event.preventDefault();
    const answer = await attempt(() => post(`${path}/accounts`, { name: name.value, environment: environment.value }));
    if (answer === undefined) return;
    name.value = "";
    toast("Account added");
  };
  return el(
    "details",
    { class: "add-account", "data-keep": `${path}-add` },
    el("summary", {}, icon("plus"), "Add an account"),
    el(
      "form",
      { class: "fields fields-row", onsubmit: add },
      name,
      environment,
      el("button", { type: "submit", class: "button small" }, "Add"),
    ),
  );
}
