# What is told without being asked: alerts about a connection, and news of its key.

alert-danger = 🚨 <b>{ $label }: dangerous right on the key</b>
alert-critical = 🔴 <b>{ $label }: the key stopped working</b>
alert-warning = 🟠 <b>{ $label }: not working for a while now</b>
alert-info = ℹ️ <b>{ $label }</b>
alert-place = { $place } · key <code>{ $tail }</code>
alert-gate-paused = ⏸ <b>Trading through it is paused:</b> no new orders. What is open at { $exchange } stays open; close there by hand what cannot wait. Trading goes on by itself once this is over.
alert-gate-paused_by_person = ⏸ <b>Trading through it is paused by you</b>, and stays so until you resume it.
alert-gate-open = ▶️ Trading through it is open.
alert-remedy = <b>What to do</b>
alert-checked-still = 🔄 Checked { $at }: still so.
alert-checked-network = 🔄 { $at }: I could not check, my own connection is down.
alert-over = ✅ <b>{ $label } works</b>
alert-checked-well = 🔄 Checked { $at }: all is well.

recovered-title = ✅ <b>{ $label } works again</b>
recovered-lasted = It lasted { $duration }, until { $until }.
recovered-gate-open = ▶️ Trading through it goes on.
recovered-gate-paused = ⏸ Trading through it is still paused.
recovered-gate-paused_by_person = ⏸ Trading through it stays paused: that was you, so only you resume it.

rotated =
    ✅ <b>{ $label }: the new key { $tail } has proved itself</b>
    { $place }

    I have destroyed my copy of the old key. Now delete <code>{ $old_tail }</code> at { $exchange }: as long as it exists there, it can be used.
rotation-failed =
    ↩️ <b>{ $label }: the new key { $old_tail } failed, the old one is back</b>
    { $place } · key <code>{ $tail }</code>

    { $cause }
    Nothing was interrupted: the old key is in use, the new one is destroyed here. Mend or delete { $old_tail } at { $exchange }, then rotate again.
key-used-elsewhere =
    🚨 <b>{ $label }: somebody else holds this key</b>
    { $place } · key <code>{ $tail }</code>

    Somebody has just tried to connect this very key, with its secret, from another Telegram account. I refused and told them nothing. If that was not you:
    1. Delete the key at { $exchange } now.
    2. Make a new one and rotate it in here.
    3. Look through the account's open orders and login history.
key-ending =
    ⏳ <b>{ $label }: { $count ->
        [one] the key ends within a day
       *[other] the key ends within { $count } days
    }</b>
    { $place } · key <code>{ $tail }</code>

    { $exchange } ends it, or its right to trade, at { $at }. Rotate it before then; the old key goes on working until the new one has proved itself.
key-aged =
    🔁 <b>{ $label }: time for a fresh key</b>
    { $place } · key <code>{ $tail }</code>

    This key has been in use for { $age }. Nothing is wrong with it. But whoever may have got hold of a copy over time loses it with a new key, and rotating interrupts nothing.

button-details = Details

press-gone = This connection is no longer there: it was disconnected.
press-not-yours = This is not your connection, so nothing was done.
press-unknown = I do not know this button any more. /connections shows everything as it is.
press-anonymous = I cannot see who you are: you press in the name of a group or channel. Press as yourself.
press-in-private = This works in our private chat only.
