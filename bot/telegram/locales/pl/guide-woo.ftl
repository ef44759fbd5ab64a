### Jak utworzyć klucz na WOO X. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim WOO X.

guide-woo-1 = { $environment ->
    [testnet] Staging to na WOO X osobny świat: zaloguj się tam <b>kontem staging</b>. Czy WOO X jeszcze je zakłada, wie jego pomoc techniczna. Klucz z woox.io tu nie zadziała.
   *[live] Zaloguj się na <b>woox.io</b> na komputerze i wejdź w <b>Account</b> › <b>Subaccounts and API</b>. Klucz z WOO X Pro (wooxpro.com) tu nie zadziała: to inna platforma.
}
guide-woo-2 = { $environment ->
    [testnet] Wejdź w <b>Account</b> › <b>Subaccounts and API</b>, dotknij <b>Create API</b> przy wybranym koncie i potwierdź kodem 2FA.
   *[live] Dotknij <b>Create API</b> przy wybranym koncie i potwierdź kodem 2FA. Uprawnienia klucza konta głównego WOO X mi podaje; o kluczu subkonta może milczeć.
}
guide-woo-3 = Zaznacz { $boxes } i nic więcej, przede wszystkim nie { $danger_boxes }. { $purpose ->
    [watch] { "" }
   *[trade] Pole handlu może się nazywać <b>Enable trade</b>; jest jedno dla spot i futures.
}
guide-woo-4 = { $ip_count ->
    [0] Lista zaufanych adresów IP może zostać pusta; o tym niżej.
   *[other] Powiąż klucz z adresami podanymi niżej, ze wszystkimi: gdy któregoś brakuje, WOO X mówi to samo co przy złym kluczu.
}
guide-woo-5 = Potwierdź, a potem skopiuj <b>API Key</b>, razem z <b>==</b> na końcu, i <b>API Secret</b>. Miej sekret pod ręką, dopóki go nie dostanę: nie licz na to, że zobaczysz go drugi raz.
