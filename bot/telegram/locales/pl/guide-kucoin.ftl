### Jak utworzyć klucz na KuCoin. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim KuCoin.

guide-kucoin-1 = Na KuCoin wejdź w <b>API Management</b> i dotknij <b>Create API</b>.
guide-kucoin-2 = Wybierz <b>API Trading</b>, a nie <b>Link Third-Party Applications</b>, i nadaj nazwę (na przykład „Latchkey”).
guide-kucoin-3 = Wymyśl <b>Passphrase</b> i zachowaj ją: zapytam o nią, a KuCoin już jej nie pokaże. To nie jest hasło logowania ani hasło do handlu.
guide-kucoin-4 = Zaznacz { $boxes } i nic więcej, przede wszystkim nie { $danger_boxes }.
guide-kucoin-5 = { $ip_count ->
    [0] Lista IP może zostać pusta; o tym niżej. { $purpose ->
        [watch] { "" }
       *[trade] Bez niej KuCoin usuwa klucz z prawem handlu albo odbiera mu to prawo po 30 dniach bez użycia.
    }
   *[other] Ogranicz klucz do adresów podanych niżej. { $purpose ->
        [watch] { "" }
       *[trade] Bez nich KuCoin usuwa klucz z prawem handlu albo odbiera mu to prawo po 30 dniach bez użycia.
    }
}
guide-kucoin-6 = Potwierdź, a potem skopiuj <b>API Key</b> i <b>API Secret</b>. KuCoin pokazuje sekret tylko ten jeden raz.
