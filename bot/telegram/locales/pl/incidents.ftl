# Awarie, o których każdy czat dowiaduje się raz: jedna wiadomość, zmieniana, póki trwa, i ciche słowo na koniec.
# $exchange to giełda ze znaczkiem, $where to rynek, jeśli nie działa tylko jeden („none”, gdy wszystkie).

incident-exchange = 🌩 <b>{ $exchange } nie działa</b>
incident-address = 🌩 <b>{ $exchange } mnie odsyła</b>
incident-clock = 🌩 <b>{ $exchange } odrzuca mój zegar</b>
incident-keys = 🌩 <b>{ $exchange } odrzuca naraz wiele kluczy</b>
incident-place = { $where ->
    [none] Wszystkie rynki
   *[other] Tylko { $where }
}
incident-since-again = Od { $since }, po raz { $times }. z rzędu.
incident-announced = 📣 Giełda zapowiedziała prace do { $until }.
incident-count = { $count ->
    [one] Dotyczy to jednego Twojego połączenia: { $labels }.
    [few] Dotyczy to { $count } Twoich połączeń: { $labels }.
    [many] Dotyczy to { $count } Twoich połączeń: { $labels }.
   *[other] Dotyczy to { $count } Twoich połączeń: { $labels }.
}
incident-count-more = { $labels } i jeszcze { $more }
incident-paused = ⏸ Handel przez { $count ->
    [one] to połączenie
   *[other] te połączenia
} jest wstrzymany i ruszy sam. Co jest otwarte na giełdzie, zostaje otwarte; co nie może czekać, zamknij tam ręcznie.
incident-blame-none = { $count ->
    [one] Twój klucz nie jest niczemu winien
   *[other] Twoje klucze nie są niczemu winne
} i nie musisz nic robić. Sprawdzam dalej i zmieniam tę wiadomość na bieżąco.
incident-blame-keys = Klucze różnych osób nie psują się naraz, więc na razie żadnego nie winię. Jeśli Twój nie zadziała, gdy to minie, albo za kwadrans, powiem o tym.

incident-again = 🌩 <b>{ $exchange } znów nie działa</b>, po raz { $times }. od { $since }. Czego to dotyczy, jest w wiadomości powyżej.
incident-over = ✅ <b>{ $exchange } znów działa</b>
incident-over-lasted = Trwało to { $duration }, od { $since } do { $until }, i dotyczyło { $most ->
    [one] jednego Twojego połączenia
   *[other] { $most } Twoich połączeń
}.
incident-over-after = Trwało to { $duration }.
incident-over-gate = ▶️ Handel idzie dalej, o ile nie jest wstrzymany przez Ciebie.

operator-incident = 🌩 <b>Awaria: { $exchange }</b> ({ $environment }{ $market ->
    [none] {""}
   *[other] , { $market }
}): { $failure }{ $error ->
    [none] {""}
   *[other] {" "}<code>{ $error }</code>
}. Każdy, kogo to dotyczy, dowiaduje się raz.

unsteady =
    〰️ <b>{ $label }: niestabilne</b>
    { $place }

    Raz działa, raz nie: zmian w ostatniej godzinie: { $changes }, od { $since }. Nie mówię już o każdej z osobna, liczę je tutaj; gdy przez pół godziny nic się nie zmieni, dam znać.
steady-well =
    ✅ <b>{ $label } jest znów stabilne</b> i działa
    { $place }
steady-bad =
    〰️ <b>{ $label } jest znów stabilne</b>, ale nie działa
    { $place }
