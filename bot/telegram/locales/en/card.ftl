# One connection: its card, and what can be done with it.

card-title = { $sign } <b>{ $label }</b>
card-key = Key <code>{ $tail }</code> · { $purpose }
card-status-connected = 🟢 <b>Works</b> since { $since }
card-status-error = 🟠 <b>Not working right now</b>, since { $since }
card-status-reauth_needed = 🔴 <b>Needs you</b>, since { $since }
card-suspected = 🟡 The last answer was bad; I am asking again to be sure.
card-gate-open = ▶️ Trading open since { $since }
card-gate-paused-watch = ⏸ <b>Trading paused by me</b> since { $since }. It goes on by itself as soon as the key is well.
card-gate-paused-person = ⏸ <b>Trading paused by you</b> since { $since }. It stays so until you resume it.
card-vouched = ⚠️ <b>Withdrawal is not verifiable.</b> { $exchange } cannot tell whether this key may withdraw; you vouched that it is off.
withdrawal-unverified = ⚠️ withdrawal not verifiable
card-rotating = 🔁 A new key is taking over; I keep the old one until the new one has proved itself.
findings-title = <b>What the key may do</b>
findings-title-sure = <b>What the key may do</b> · <i>{ $certainty }</i>
card-not-verifiable = not verifiable on { $environment }
card-ips-none = ⚠️ <b>No IP whitelist:</b> whoever gets hold of this key can use it from anywhere.
card-ips-some = 🌐 IP whitelist: { $ips }
card-ip = <code>{ $ip }</code>
card-ips-more = and { $n } more
card-ips-hidden = 🌐 IP whitelist: on; { $exchange } does not list the addresses
card-ips-unknown = 🌐 IP whitelist: { $exchange } does not tell
card-expires = ⏳ Expires { $at }
card-expired = ⏳ Expired { $at }
card-checked = Checked { $ago } · { $latency }
card-not-checked = Not checked yet
card-last-good = Last good check { $ago }
card-latency = { $ms } ms
card-latency-unknown = latency unknown
card-checking = ⏳ Checking…
card-muted = 🔕 Alerts muted until { $until }
card-muted-recovery = 🔕 Alerts muted until it works again
card-changes = Last changes
card-change = { $at } · { $what }
flip-status-connected = 🟢 works
flip-status-error = 🟠 not working
flip-status-reauth_needed = 🔴 needs you
flip-gate-open = ▶️ trading open
flip-gate-paused = ⏸ trading paused
flip-by-you = by you
card-gone = This connection is no longer there.
card-not-yours = This connection is not yours.

button-check = 🔄 Check now
button-pause = ⏸ Pause
button-keep-paused = ⏸ Keep paused
button-resume = ▶️ Resume
button-rotate = 🔁 Rotate
button-rename = ✏️ Rename
button-alerts = 🔔 Alerts
button-disconnect = 🗑 Disconnect

toast-checking = Checking…
toast-checking-already = Already checking. The answer comes in a moment.
toast-paused = ⏸ Paused. Nothing new goes through until you resume; open positions and orders stay as they are.
toast-already-paused = Already paused by you.
toast-kept-paused = ⏸ It stays paused now until you resume it, even when the key is well again.
toast-resumed = ▶️ Trading goes on.
toast-already-open = Already open: nothing was paused.
toast-waits-for-recovery = The key is not well. Trading goes on by itself as soon as it is.

rename-ask =
    ✏️ <b>A new name for { $label }</b>
    Type it: up to 32 characters that tell this account from your others, such as “Binance Futures Main”.

disconnect-ask =
    🗑 <b>Disconnect { $label }?</b>
    { $place } · <code>{ $tail }</code>

    I destroy the key, its history and its alerts for good, and stop watching. Nothing changes at { $exchange }: positions, orders and the key itself stay there.
disconnect-yes = 🗑 Yes, disconnect for good
disconnect-done =
    ✅ <b>Disconnected.</b> Nothing of the key { $tail } is left here.

    It still exists at { $exchange }, though. If nothing else uses it, delete it there now: a key that does not exist cannot be stolen.
toast-opening = Opening below…
