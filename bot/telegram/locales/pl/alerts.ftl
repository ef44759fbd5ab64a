# Co mówi się bez pytania: alerty o połączeniu i wieści o jego kluczu.

alert-danger = 🚨 <b>{ $label }: klucz ma niebezpieczne uprawnienie</b>
alert-critical = 🔴 <b>{ $label }: klucz przestał działać</b>
alert-warning = 🟠 <b>{ $label }: od dłuższej chwili nie działa</b>
alert-info = ℹ️ <b>{ $label }</b>
alert-place = { $place } · klucz <code>{ $tail }</code>
alert-gate-paused = ⏸ <b>Handel przez to połączenie jest wstrzymany:</b> żadnych nowych zleceń. Co jest otwarte na { $exchange }, zostaje otwarte; co nie może czekać, zamknij tam ręcznie. Handel ruszy sam, gdy to minie.
alert-gate-paused_by_person = ⏸ <b>Handel przez to połączenie jest wstrzymany przez Ciebie</b> i tak zostanie, dopóki go nie wznowisz.
alert-gate-open = ▶️ Handel przez to połączenie jest otwarty.
alert-remedy = <b>Co zrobić</b>
alert-checked-still = 🔄 Sprawdzone { $at }: bez zmian.
alert-checked-network = 🔄 { $at }: nie dało się sprawdzić, moje własne łącze nie działa.
alert-over = ✅ <b>{ $label } działa</b>
alert-checked-well = 🔄 Sprawdzone { $at }: wszystko w porządku.

recovered-title = ✅ <b>{ $label } znów działa</b>
recovered-lasted = Trwało to { $duration }, do { $until }.
recovered-gate-open = ▶️ Handel przez to połączenie znów jest otwarty.
recovered-gate-paused = ⏸ Handel przez to połączenie jest nadal wstrzymany.
recovered-gate-paused_by_person = ⏸ Handel przez to połączenie zostaje wstrzymany: to Twoja decyzja i tylko Ty go wznowisz.

rotated =
    ✅ <b>{ $label }: nowy klucz { $tail } się sprawdził</b>
    { $place }

    Swoją kopię starego klucza już zniszczyłem. Teraz usuń <code>{ $old_tail }</code> na { $exchange }: dopóki tam jest, można go użyć.
rotation-failed =
    ↩️ <b>{ $label }: nowy klucz { $old_tail } zawiódł, wrócił stary</b>
    { $place } · klucz <code>{ $tail }</code>

    { $cause }
    Nic się nie przerwało: działa stary klucz, nowy został tu zniszczony. Napraw lub usuń { $old_tail } na { $exchange }, potem wymień jeszcze raz.
key-used-elsewhere =
    🚨 <b>{ $label }: ktoś inny ma ten klucz</b>
    { $place } · klucz <code>{ $tail }</code>

    Ktoś właśnie próbował połączyć dokładnie ten klucz, razem z sekretem, z innego konta Telegrama. Odmówiłem i nic nie zdradziłem. Jeśli to nie Ty:
    1. Usuń klucz na { $exchange } teraz.
    2. Utwórz nowy i wymień go tutaj.
    3. Przejrzyj otwarte zlecenia i historię logowań na koncie.
key-ending =
    ⏳ <b>{ $label }: klucz kończy się { $count ->
        [one] w ciągu doby
        [few] w ciągu { $count } dni
        [many] w ciągu { $count } dni
       *[other] w ciągu { $count } dnia
    }</b>
    { $place } · klucz <code>{ $tail }</code>

    { $exchange } zakończy go albo jego prawo do handlu: { $at }. Wymień go wcześniej; stary klucz działa, dopóki nowy się nie sprawdzi.
key-aged =
    🔁 <b>{ $label }: pora na świeży klucz</b>
    { $place } · klucz <code>{ $tail }</code>

    Ten klucz jest w użyciu od { $age }. Nic mu nie jest. Ale jeśli ktoś z czasem zdobył jego kopię, nowy klucz mu ją odbierze, a wymiana niczego nie przerywa.

button-details = Szczegóły

press-gone = Tego połączenia już nie ma: zostało rozłączone.
press-not-yours = To nie jest Twoje połączenie, więc nic się nie stało.
press-unknown = Nie znam już tego przycisku. /connections pokaże wszystko tak, jak jest.
press-anonymous = Nie widzę, kim jesteś: naciskasz w imieniu grupy lub kanału. Naciśnij jako Ty.
press-in-private = To działa tylko w naszym czacie prywatnym.
