### The live checklist, and why a key is refused.

check-title = 🔎 <b>Checking the key { $tail }</b>
check-wait = This takes a few seconds. I only read: nothing is ordered, moved or changed.
check-item-signature = Key and signature
check-item-permissions = Permissions
check-item-withdrawal_off = Withdrawal off
check-item-transfer_off = Transfers off
check-item-ip_whitelist = IP whitelist
check-item-balance = Balance readable
check-item-clock = Clock

check-stopped-store = ⚠️ <b>I can’t keep anything safe right now</b>, so I connected nothing. The key is not lost: it waits, sealed, in memory. Try again in a minute.
check-stopped-broke = ⚠️ <b>Something went wrong on my side</b>, and whoever runs me knows. Nothing was kept, and your key is not to blame. Try again in a minute.
check-again = 🔄 Check again

## Refused. Causes and remedies are in failures.ftl.

refused-title = ⛔️ <b>Not connected.</b> I can’t take the key <code>{ $tail }</code> as it is.
refused-title-rotate = ⛔️ <b>The new key { $tail } can’t take over.</b> The old one stays in use.
refused-title-passing = ⏸ <b>Not connected yet.</b> It is not about the key <code>{ $tail }</code>.
refused-title-passing-rotate = ⏸ <b>Not swapped yet.</b> It is not about the new key <code>{ $tail }</code>; the old one stays in use.
refused-passing = Wait a little and tap <b>Check again</b>.
refused-retry-after = { $exchange } asks me to stay away for { $duration }.
refused-again-note = Nothing was kept on disk: the key waits in memory only, sealed. Once that is put right, tap <b>Check again</b>; there is nothing to paste twice.
refused-vouch-note = If you have looked and all of that is off, you can vouch for it. The card will always say that you did.
refused-another = 🔑 Enter another key
refused-vouch = I looked: it is off

## To vouch for what the exchange cannot say

vouch-ask =
    ☝️ <b>You vouch that withdrawal is off</b>

    { $exchange } cannot tell me. If it is on after all, whoever gets the key can take your money, and I will not notice.

    If you have looked and it is off, type the exchange’s name: <b>{ $exchange }</b>
vouch-wrong = ⚠️ That’s not “{ $exchange }”. Type exactly that to vouch, or go back.
