# Words that many sentences share. Markets, purposes and permissions are named in connect.ftl.

duration-seconds = { $n } s
duration-minutes = { $n } min
duration-hours = { $n } h
duration-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
duration-and = { $longer } { $shorter }
# Behind “every”.
interval-second = second
interval-minute = minute
since-lately = Since { $since }.
since-for = Since { $since } ({ $duration }).
ago = { $duration } ago
just-now = just now

badge-testnet = TESTNET
badge-demo = DEMO
exchange-answer = { $exchange } says: <i>{ $answer }</i>

quoted = “{ $words }”
button-all = ‹ All connections
button-connect = ➕ Connect an exchange

sorry = 😔 Something went wrong on my side, and whoever runs me knows. Nothing was done half. Please try again.
cannot-keep = ⚠️ I can’t keep anything safe right now: my disk is full or busy. Nothing you sent was kept. Please don’t send a key, and try again in a few minutes.
stale-button = This button is from an older message. Here is a fresh one.
stale-button-elsewhere = This button is from an older message.
