# Słowa wspólne dla wielu zdań.

duration-seconds = { $n } s
duration-minutes = { $n } min
duration-hours = { $h } godz. { $m } min
duration-days = { $d } d { $h } godz.
ago = { $duration } temu
just-now = przed chwilą

market-spot = Spot
market-linear = kontrakty USDT
market-inverse = kontrakty COIN
environment-testnet = TESTNET
environment-demo = DEMO
purpose-watch = podgląd
purpose-trade = handel

permission-read = Odczyt
permission-spot_trade = Handel spot
permission-futures_trade = Handel kontraktami
permission-margin = Margin
permission-transfer = Transfery
permission-withdraw = Wypłaty

button-back = ‹ Wstecz
button-cancel = Anuluj
button-all = Wszystkie połączenia
button-connect = ➕ Połącz giełdę
button-key-page = 🔗 Klucze na { $exchange }
button-copy-ip = 📋 { $ip }

sorry = Coś się u mnie zepsuło; osoby, które mnie prowadzą, już o tym wiedzą. Nic nie zostało zrobione do połowy. Spróbuj jeszcze raz.
stale-button = Ten przycisk jest ze starszej wiadomości. Poniżej masz świeżą.
stale-button-group = Ten przycisk jest ze starszej wiadomości.
exchange-answer = { $exchange } mówi: <i>{ $answer }</i>
