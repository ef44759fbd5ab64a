### Jak utworzyć klucz na BingX. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim BingX.

guide-bingx-1 = Na BingX dotknij ikony profilu, wejdź w <b>API Management</b> i dotknij <b>Create API</b>. { $environment ->
    [demo] Demo (VST) nie ma własnych kluczy: ten otwiera też Twoje <b>prawdziwe konto</b>, więc liczy się każde pole.
   *[live] { "" }
}
guide-bingx-2 = Nadaj kluczowi nazwę (na przykład „Latchkey”).
guide-bingx-3 = W uprawnieniach zaznacz { $boxes } i nic więcej, przede wszystkim nie { $danger_boxes } ani niczego o zarządzaniu subkontami. <b>Read</b> jest zaznaczone od początku.
guide-bingx-4 = { $ip_count ->
    [0] Lista IP może zostać pusta; o tym niżej. { $purpose ->
        [watch] { "" }
       *[trade] BingX usuwa wtedy klucz z prawem handlu po 14 dniach bez użycia. Moje sprawdzenia powinny liczyć się jako użycie, choć BingX tego nie obiecuje.
    }
   *[other] Wklej adresy podane niżej na listę IP, rozdzielone przecinkami; mieści się ich najwyżej 20. { $purpose ->
        [watch] { "" }
       *[trade] Bez nich BingX usuwa klucz z prawem handlu po 14 dniach bez użycia.
    }
}
guide-bingx-5 = Potwierdź, a potem skopiuj <b>API Key</b> i <b>Secret Key</b>, w tej kolejności: wyglądają podobnie. BingX pokazuje sekret tylko ten jeden raz.
