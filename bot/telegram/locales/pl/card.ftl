# Jedno połączenie: jego karta i co można z nim zrobić.

card-title = { $sign } <b>{ $label }</b>
card-key = Klucz <code>{ $tail }</code> · { $purpose }
card-status-connected = 🟢 <b>Działa</b> od { $since }
card-status-error = 🟠 <b>Chwilowo nie działa</b>, od { $since }
card-status-reauth_needed = 🔴 <b>Czeka na Ciebie</b>, od { $since }
card-suspected = 🟡 Ostatnia odpowiedź była zła; pytam jeszcze raz, żeby mieć pewność.
card-gate-open = ▶️ Handel otwarty od { $since }
card-gate-paused-watch = ⏸ <b>Handel wstrzymany przeze mnie</b> od { $since }. Ruszy sam, gdy tylko klucz wydobrzeje.
card-gate-paused-person = ⏸ <b>Handel wstrzymany przez Ciebie</b> od { $since }. Tak zostanie, dopóki go nie wznowisz.
card-vouched = ⚠️ <b>Wypłat nie da się zweryfikować.</b> { $exchange } nie mówi, czy ten klucz może wypłacać; Ty ręczysz, że nie może.
withdrawal-unverified = ⚠️ wypłat nie da się sprawdzić
card-rotating = 🔁 Nowy klucz właśnie przejmuje pracę; stary trzymam, aż nowy się sprawdzi.
findings-title = <b>Co może ten klucz</b>
findings-title-sure = <b>Co może ten klucz</b> · <i>{ $certainty }</i>
card-not-verifiable = nie do sprawdzenia na { $environment }
card-ips-none = ⚠️ <b>Brak białej listy IP:</b> kto zdobędzie ten klucz, użyje go z dowolnego miejsca.
card-ips-some = 🌐 Biała lista IP: { $ips }
card-ip = <code>{ $ip }</code>
card-ips-more = i jeszcze { $n }
card-ips-hidden = 🌐 Biała lista IP: włączona; { $exchange } nie podaje adresów
card-ips-unknown = 🌐 Biała lista IP: { $exchange } tego nie mówi
card-expires = ⏳ Wygasa { $at }
card-expired = ⏳ Wygasł { $at }
card-checked = Sprawdzone { $ago } · { $latency }
card-not-checked = Jeszcze niesprawdzone
card-last-good = Ostatnio w porządku { $ago }
card-latency = { $ms } ms
card-latency-unknown = czas odpowiedzi nieznany
card-checking = ⏳ Sprawdzam…
card-muted = 🔕 Alerty wyciszone do { $until }
card-muted-recovery = 🔕 Alerty wyciszone, dopóki znów nie zadziała
card-changes = Ostatnie zmiany
card-change = { $at } · { $what }
flip-status-connected = 🟢 działa
flip-status-error = 🟠 nie działa
flip-status-reauth_needed = 🔴 czeka na Ciebie
flip-gate-open = ▶️ handel otwarty
flip-gate-paused = ⏸ handel wstrzymany
flip-by-you = przez Ciebie
card-gone = Tego połączenia już nie ma.
card-not-yours = To nie jest Twoje połączenie.

button-check = 🔄 Sprawdź teraz
button-pause = ⏸ Wstrzymaj
button-keep-paused = ⏸ Zostaw wstrzymane
button-resume = ▶️ Wznów
button-rotate = 🔁 Wymień klucz
button-rename = ✏️ Zmień nazwę
button-alerts = 🔔 Alerty
button-disconnect = 🗑 Rozłącz

toast-checking = Sprawdzam…
toast-checking-already = Już sprawdzam. Odpowiedź będzie za chwilę.
toast-paused = ⏸ Wstrzymane. Nic nowego nie przejdzie, dopóki nie wznowisz; otwarte pozycje i zlecenia zostają bez zmian.
toast-already-paused = Jest już wstrzymane przez Ciebie.
toast-kept-paused = ⏸ Zostaje wstrzymane, dopóki nie wznowisz, nawet gdy klucz wydobrzeje.
toast-resumed = ▶️ Handel znów otwarty.
toast-already-open = Już otwarte: nic nie było wstrzymane.
toast-waits-for-recovery = Z kluczem jest coś nie tak. Handel ruszy sam, gdy tylko wydobrzeje.

rename-ask =
    ✏️ <b>Nowa nazwa dla { $label }</b>
    Wpisz ją: do 32 znaków, po których odróżnisz to konto od innych, na przykład „Binance Futures Main”.

disconnect-ask =
    🗑 <b>Rozłączyć { $label }?</b>
    { $place } · <code>{ $tail }</code>

    Bezpowrotnie zniszczę klucz, jego historię i alerty, i przestanę pilnować. Na { $exchange } nic się nie zmieni: pozycje, zlecenia i sam klucz tam zostaną.
disconnect-yes = 🗑 Tak, rozłącz na dobre
disconnect-done =
    ✅ <b>Rozłączone.</b> Z klucza { $tail } nic tu nie zostało.

    Na { $exchange } jednak nadal istnieje. Jeśli nic innego go nie używa, usuń go tam teraz: nie da się ukraść klucza, którego nie ma.
toast-opening = Otwieram poniżej…
