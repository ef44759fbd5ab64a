# Słowa wspólne dla wielu zdań. Rynki, cele i uprawnienia mają nazwy w connect.ftl.

duration-seconds = { $n } s
duration-minutes = { $n } min
duration-hours = { $n } godz.
duration-days = { $count ->
    [one] 1 dzień
   *[other] { $count } dni
}
duration-and = { $longer } { $shorter }
# Po „co”.
interval-second = sekundę
interval-minute = minutę
since-lately = Od { $since }.
since-for = Od { $since } ({ $duration }).
ago = { $duration } temu
just-now = przed chwilą

badge-testnet = TESTNET
badge-demo = DEMO
exchange-answer = { $exchange } mówi: <i>{ $answer }</i>

quoted = „{ $words }”
button-all = ‹ Wszystkie połączenia
button-connect = ➕ Połącz giełdę

sorry = 😔 Coś się u mnie zepsuło, a kto mnie prowadzi, już o tym wie. Nic nie zostało zrobione do połowy. Spróbuj jeszcze raz.
cannot-keep = ⚠️ Nie mogę teraz niczego bezpiecznie zapisać: mój dysk jest pełny albo zajęty. Nic z tego, co przyszło, nie zostało zachowane. Nie wysyłaj klucza i spróbuj za kilka minut.
stale-button = Ten przycisk jest ze starszej wiadomości. Masz tu świeżą.
stale-button-elsewhere = Ten przycisk jest ze starszej wiadomości.
