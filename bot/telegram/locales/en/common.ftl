# Words that many sentences share.

duration-seconds = { $n } s
duration-minutes = { $n } min
duration-hours = { $h } h { $m } min
duration-days = { $d } d { $h } h
ago = { $duration } ago
just-now = just now

market-spot = Spot
market-linear = USDT futures
market-inverse = coin futures
environment-testnet = TESTNET
environment-demo = DEMO
purpose-watch = watching
purpose-trade = trading

permission-read = Reading
permission-spot_trade = Spot trading
permission-futures_trade = Futures trading
permission-margin = Margin
permission-transfer = Transfers
permission-withdraw = Withdrawals

button-back = ‹ Back
button-cancel = Cancel
button-all = All connections
button-connect = ➕ Connect an exchange
button-key-page = 🔗 Key page at { $exchange }
button-copy-ip = 📋 { $ip }

sorry = Something went wrong on my side, and the people who run me know. Nothing was done half. Please try again.
stale-button = This button is from an older message. Here is the fresh one.
stale-button-group = This button is from an older message.
exchange-answer = { $exchange } says: <i>{ $answer }</i>
