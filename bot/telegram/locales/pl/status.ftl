# Przypięta karta, która pokazuje wszystko na pierwszy rzut oka, i co się o niej mówi.

status-well = 🟢 <b>Wszystko w porządku</b>: { $count ->
    [one] jedno połączenie
    [few] { $count } połączenia
   *[many] { $count } połączeń
}
status-banner = 🔴 <b>{ $count ->
    [one] Jedno z { $all } nie działa, jak powinno
    [few] { $count } z { $all } nie działają, jak powinny
   *[many] { $count } z { $all } nie działa, jak powinno
}</b>
status-outage = 🌩 <b>{ $exchange }</b>: { $why }, od { $since } ({ $count ->
    [one] 1 połączenie
    [few] { $count } połączenia
   *[many] { $count } połączeń
})
status-reason = { $sign } <b>{ $label }</b>: { $why }
status-banner-more = i jeszcze { $count }, poniżej
status-late = ⚠️ <b>Ostatnia pełna runda sprawdzania skończyła się { $at }.</b> To, co tu stoi, może być starsze, niż wygląda.
status-line = { $sign } <b>{ $label }</b> · { $place }
status-state-connected = działa od { $since }
status-state-error = nie działa od { $since }
status-state-reauth_needed = <b>czeka na właściciela</b> od { $since }
status-paused = ⏸ handel wstrzymany przeze mnie od { $since }
status-paused-person = ⏸ handel wstrzymany ręcznie od { $since }
status-more = { $count ->
    [one] i jeszcze jedno
    [few] i jeszcze { $count }
   *[many] i jeszcze { $count }
}
status-empty = Nie ma tu już czego pilnować. /connect dodaje połączenie.
status-swept = 👀 Wszystkie klucze sprawdzone { $at }
status-oldest = ⏱ Tutaj najdawniej: { $at }
status-unchecked = ⏱ Nie wszystkie z nich były już sprawdzone
status-here = ⬆️ Oto ona, aktualna. Dbam o to, żeby taka została.
status-cannot-pin = Nie wolno mi tu przypinać wiadomości, więc karta zostaje tam, gdzie jest. I tak dbam o to, żeby była aktualna.
status-nothing = Niczego tu jeszcze nie pilnuję. /connect łączy giełdę, a potem /status trzyma kartę na górze tego czatu.
status-nothing-group = Ta grupa nie słyszy jeszcze o żadnym połączeniu. Właściciel połączenia może je udostępnić: <b>Udostępnianie</b> na jego karcie.
status-failed = Nie udało mi się teraz pokazać karty. Zapytaj za chwilę jeszcze raz.
command-status = Jak się wszystko ma, na jednej przypiętej karcie
