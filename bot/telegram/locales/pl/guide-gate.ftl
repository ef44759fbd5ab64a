### Jak utworzyć klucz na Gate. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Gate.

guide-gate-1 = Na Gate dotknij ikony profilu, wejdź w <b>API Management</b> i dotknij <b>Create API Key</b>.
guide-gate-2 = Wybierz typ <b>API v4 Key</b>, a jako rodzaj konta { $environment ->
    [testnet] <b>TestNet</b>.
   *[live] to, na którym handlujesz: <b>Classic</b> albo <b>Unified</b>, nigdy TestNet.
}
guide-gate-3 = W polu <b>API Key Remarks</b> nazwij klucz (na przykład „Latchkey”).
guide-gate-4 = W <b>Permissions</b> wybierz { $boxes } i nic więcej, przede wszystkim nie { $danger_boxes }. Gate nigdy nie mówi mi o wypłatach: sprawdź dwa razy, że są wyłączone.
guide-gate-5 = { $environment ->
    [testnet] { "" }
   *[live] { $ip_count ->
        [0] W <b>IP permissions</b> klucz może zostać bez adresów; Gate wyłączy go wtedy po 90 dniach.
       *[other] Wklej adresy podane niżej w <b>IP permissions</b>. Klucz bez adresów wygasa po 90 dniach.
    }
}
guide-gate-6 = Dotknij <b>Submit</b>, potwierdź i skopiuj <b>API Key</b> oraz <b>Secret Key</b>. Zmiany na Gate działają najpóźniej po 5 minutach.
