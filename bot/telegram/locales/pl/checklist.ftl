### Lista sprawdzeń na żywo i powody odmowy.

check-title = 🔎 <b>Sprawdzam klucz { $tail }</b>
check-wait = To potrwa kilka sekund. Tylko czytam: niczego nie zlecam, nie przenoszę i nie zmieniam.
check-item-signature = Klucz i podpis
check-item-permissions = Uprawnienia
check-item-withdrawal_off = Wypłaty wyłączone
check-item-transfer_off = Transfery wyłączone
check-item-ip_whitelist = Biała lista IP
check-item-balance = Odczyt salda
check-item-clock = Zegar

check-stopped-store = ⚠️ <b>Nie mogę teraz niczego bezpiecznie zapisać</b>, więc nic nie połączyłem. Klucz nie przepadł: czeka zapieczętowany w pamięci. Spróbuj za minutę.
check-stopped-broke = ⚠️ <b>Coś się u mnie zepsuło</b>, a kto mnie prowadzi, już o tym wie. Nic nie zostało zachowane i to nie wina Twojego klucza. Spróbuj za minutę.
check-again = 🔄 Sprawdź ponownie

## Odmowa. Przyczyny i rady są w failures.ftl.

refused-title = ⛔️ <b>Nie połączyłem.</b> Takiego klucza <code>{ $tail }</code> nie mogę przyjąć.
refused-title-rotate = ⛔️ <b>Nowy klucz { $tail } nie może zastąpić starego.</b> Dalej działa stary.
refused-title-passing = ⏸ <b>Jeszcze nie połączyłem.</b> To nie przez klucz <code>{ $tail }</code>.
refused-title-passing-rotate = ⏸ <b>Jeszcze nie podmieniłem.</b> To nie przez nowy klucz <code>{ $tail }</code>; dalej działa stary.
refused-passing = Odczekaj chwilę i dotknij <b>Sprawdź ponownie</b>.
refused-retry-after = { $exchange } prosi, żebym odczekał: { $duration }.
refused-again-note = Na dysku nic nie zostało: klucz czeka tylko w pamięci, zapieczętowany. Po poprawce dotknij <b>Sprawdź ponownie</b>; nic nie trzeba wklejać drugi raz.
refused-vouch-note = Jeśli widzisz na własne oczy, że to wszystko jest wyłączone, możesz za to ręczyć. Karta już zawsze będzie o tym mówić.
refused-another = 🔑 Podam inny klucz
refused-vouch = Na pewno wyłączone

## Poręczenie za to, czego giełda nie umie powiedzieć

vouch-ask =
    ☝️ <b>Ręczysz, że wypłaty są wyłączone</b>

    { $exchange } nie umie mi tego powiedzieć. Jeśli jednak są włączone, kto zdobędzie klucz, zabierze Twoje pieniądze, a ja tego nie zauważę.

    Jeśli widzisz, że są wyłączone, wpisz nazwę giełdy: <b>{ $exchange }</b>
vouch-wrong = ⚠️ To nie jest „{ $exchange }”. Żeby poręczyć, wpisz dokładnie to albo wróć.
