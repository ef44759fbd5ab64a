### Connecting an exchange: from the choice of the exchange to the result card.

## Places

market-spot = Spot
# $settled are the currencies that the futures settle in (“USDT/USDC”); “none” for each one's own coin.
market-linear = { $settled ->
    [none] Linear futures
   *[other] { $settled } futures
}
market-inverse = { $settled ->
    [none] Coin futures
   *[other] { $settled }-settled futures
}

environment-live = Live
environment-testnet = Testnet
environment-demo = Demo

purpose-watch = Watch only
purpose-trade = Trade

## Permissions

finding-read = Reading
finding-spot_trade = Spot trading
finding-futures_trade = Futures trading
finding-margin = Margin
finding-transfer = Transfers
finding-withdraw = Withdrawals

finding-line-granted = ✅ { $permission }: on
finding-line-granted-danger = ❌ { $permission }: on
finding-line-denied = ▫️ { $permission }: off
finding-line-denied-danger = 🔒 { $permission }: off
finding-line-unknown = ❔ { $permission }: not known
finding-certainty-stated = says { $exchange }
finding-certainty-inferred = concluded from { $exchange }’s answers
finding-certainty-unknowable = { $exchange } has no way to tell

## Buttons of every wizard

button-back = ‹ Back
button-cancel = ✖️ Cancel
button-key-page = 🔗 Open { $exchange }’s key page
button-copy-ip = 📋 { $ip }
button-copy-all-ips = { $count ->
    [one] 📋 Copy the address
    [2] 📋 Copy both addresses
   *[other] 📋 Copy all { $count } addresses
}

## The exchange

connect-exchange =
    🔑 <b>Connect an exchange</b>

    Which one? Tap it, or type a few letters of its name.
connect-exchange-found = Matching your search:
connect-exchange-none = I don’t know that exchange yet. Here is every one I do:
connect-exchange-closed =
    🚫 <b>{ $exchange } closed for good on { $date }</b>, so none of its keys works any more. If you still have money there, ask { $exchange } itself about it, and nobody who writes to you first.

    What comes nearest to it:

## The market, the environment, the purpose

connect-market = What do you trade with this key?
connect-environment =
    Which world does the key belong to?

    Testnet and demo trade with play money, mostly with keys of their own.
connect-environment-live = 💰 Live: real money
connect-environment-testnet = 🧪 Testnet
connect-environment-demo = 🧪 Demo
connect-purpose =
    What should the key be able to do?

    👁 <b>Watch only</b> needs { $watch_boxes }.
    📈 <b>Trade</b> needs { $trade_boxes }.

    Give it the least it needs. { $danger_boxes } must stay <b>off</b>: otherwise I refuse the key, because whoever steals it could take your money.
connect-purpose-watch = 👁 Watch only
connect-purpose-trade = 📈 Trade

## The guide

connect-guide = <b>Create the key</b>
connect-guide-yourself = <b>Create the key yourself instead</b>
connect-guide-ips =
    <b>Addresses to allow</b>
    I call { $exchange } from { $count ->
        [one] this address. With it on the key’s list, a stolen key is of no use anywhere else.
       *[other] these addresses. With all of them on the key’s list, a stolen key is of no use anywhere else.
    }
connect-guide-ips-all = All of them, as { $exchange } takes them: <code>{ $ips }</code>
connect-guide-no-ips = ℹ️ Whoever runs this bot has not named its addresses, so leave the IP list out. The key works without one, but then anybody who gets hold of it can use it from anywhere.
connect-guide-no-list = ℹ️ { $exchange } has no IP lists, so there are no addresses to allow: whoever gets hold of a key can use it from anywhere. Keep it to this bot alone.
connect-guide-ready = Done? Then hand me the key. I delete the messages with secrets myself, the moment they arrive.
connect-guide-next = I have the key ›

## The label

connect-label =
    ✅ <b>Got the key { $tail }</b>, complete and sealed.

    What shall we call this connection? Tap a name, or type your own.

    Name the account and what it is for (“Binance Futures Main”), so that an alert at 3 a.m. tells you at once which one it is about. No passwords, no amounts.
connect-label-empty = ⚠️ That name has nothing to read in it. Letters or digits, please.
connect-label-too_long = ⚠️ That’s { $length } characters; 32 is the most that fits an alert.
connect-label-looks_like_secret = ⚠️ That looks like a key, not like a name. Nothing secret belongs into a label: alerts show it.
connect-label-not-text = ⚠️ Please type the name as text.
connect-label-too-soon = 🗑 I deleted your last message too: it came so soon after the key that it might have been part of it. If it was the name, send it again.
connect-label-mixed = ⚠️ The name mixes alphabets with look-alike letters, so it can be mistaken for another. If you mean it, send it once more.

## The result

connect-done =
    ✅ <b>{ $label }</b> is connected
connect-key = Key <code>{ $tail }</code> · { $purpose }
connect-next = 👁 From now on I check this key every { $interval } and write to you the moment something is wrong with it.
connect-open-card = Open the card
connect-another = ➕ Connect another

caution-no_ip_whitelist = ⚠️ <b>No IP whitelist.</b> Anybody who gets hold of this key can use it from anywhere. { $exchange } treats such keys as less secure and may limit or expire their trading right. Put the addresses of this bot on its list when you can.
caution-no_ip_whitelist-no-ips = ⚠️ <b>No IP whitelist.</b> Anybody who gets hold of this key can use it from anywhere. { $exchange } treats such keys as less secure and may limit or expire their trading right. Ask whoever runs this bot for its addresses.
caution-ip_whitelist_unknown = ⚠️ { $exchange } does not tell whether the key is limited to certain addresses. Check its IP list yourself.
caution-withdrawal_unverified = ⚠️ <b>Withdrawal is not verified.</b> { $exchange } cannot tell; you vouched that it is off. The card will keep saying so.
caution-transfer_unverified = ⚠️ { $exchange } cannot tell whether transfers are off. Check that yourself.
caution-not_verifiable_here = 🧪 Withdrawal and transfer rights are not verifiable on { $environment }. No real money is at stake there.
caution-more_than_needed = ⚠️ The key may do more than you want of it. Turn off what you don’t need: { $boxes }.

## Endings without a connection

connect-cancelled = ✖️ <b>Cancelled.</b> Whatever you had entered is wiped; nothing was kept.
connect-already-yours = ☝️ This key is connected already: <b>{ $label }</b>. One key, one connection, so I made no second one.
connect-not-possible =
    🚫 <b>This key cannot be connected here.</b>

    Nothing was kept. Create a fresh key at { $exchange } for this bot alone and connect that one.
connect-too-many =
    ✋ <b>You have as many connections as one person may have here.</b>

    Nothing was kept of the key. Disconnect a connection you no longer need, then connect this one.
connect-show-existing = Open { $label }
connect-again = 🔑 Start again
connect-home = 🏠 My connections
