### Jak utworzyć klucz na OKX. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim OKX.

guide-okx-1 = { $environment ->
    [demo] Na OKX wejdź w <b>Trade</b> › <b>Demo Trading</b>, potem w <b>Personal Center</b> › <b>Demo Trading API</b>.
   *[live] Na OKX wejdź w <b>Profile</b> › <b>API and connections</b>.
}
guide-okx-2 = Dotknij <b>Create API key</b> i nadaj nazwę (na przykład „Latchkey”). { $environment ->
    [demo] { "" }
   *[live] Jako <b>Purpose</b> wybierz API trading.
}
guide-okx-3 = W <b>Permissions</b> zaznacz { $boxes } i nic więcej, przede wszystkim nie { $danger_boxes }.
guide-okx-4 = { $environment ->
    [demo] { "" }
   *[live] { $ip_count ->
        [0] Pole <b>IP allowlist</b> może zostać puste; o tym niżej.
       *[other] Wklej adresy podane niżej w polu <b>IP allowlist</b>. Bez nich OKX usuwa klucze z prawem handlu po 14 dniach bez użycia; ten jest w użyciu dzięki moim sprawdzeniom.
    }
}
guide-okx-5 = Wymyśl <b>Passphrase</b> i zachowaj ją: zapytam o nią, a OKX już jej nie pokaże. To nie jest hasło logowania.
guide-okx-6 = Potwierdź, a potem skopiuj <b>API key</b> i <b>Secret key</b>. Konta z eea.okx.com ani us.okx.com nie są tu znane: to jest www.okx.com.
