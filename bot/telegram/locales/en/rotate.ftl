### Rotate: a new key for the same connection.

rotate-guide =
    🔁 <b>A new key for { $label }</b>

    The old key <code>{ $tail }</code> goes on working until the new one has proved itself, so don’t delete it yet. Only if somebody else may have it: delete it at once, and rotate then.
rotate-guide-steps = <b>Create the new key</b> on the same account:
rotate-guide-yourself = <b>Create the new key yourself instead</b>, on the same account:
rotate-guide-next = I have the new key ›
rotate-done = ✅ <b>{ $label }</b> now runs on the key <code>{ $tail }</code>
rotate-done-unproven = ⏳ { $exchange } did not answer the first live check, so I still keep the old key <code>{ $old_tail }</code> as a way back. Delete it at { $exchange } only after I have written that the new one works.
rotate-account-unknown = ℹ️ { $exchange } does not tell to which account a key belongs. See for yourself that it is the same one.
rotate-fell-back =
    ↩️ <b>Back on the old key.</b> The new one passed its checks, but failed its first live one. <b>{ $label }</b> runs on the old key as before, and the new one is forgotten.
rotate-same-key =
    ☝️ <b>That is the key in use already.</b>

    Create a <b>new</b> one at { $exchange } and send that. Nothing has changed.
rotate-other-account =
    ⛔️ <b>The new key belongs to another { $exchange } account.</b>

    <b>{ $label }</b> stays on its account and on its old key. To watch the other account too, connect it as a new connection.
rotate-already-yours = ☝️ That key is in use by another of your connections, <b>{ $label }</b>. Each connection needs one of its own; nothing has changed.
rotate-not-possible =
    🚫 <b>This key cannot be used here.</b>

    The old one stays in use. Create a fresh key at { $exchange } for this bot alone.
rotate-gone = 🤷 This connection is no longer there: it was disconnected. Nothing was kept of the key.
rotate-not-yours = 🚫 This connection is not yours, so you cannot change its key.
rotate-cancelled = ✖️ <b>Cancelled.</b> The old key stays in use; what you had entered is wiped.
rotate-another = 🔑 Enter another key
rotate-open-card = Open the card
