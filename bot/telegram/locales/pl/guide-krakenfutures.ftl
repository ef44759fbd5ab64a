### Jak utworzyć klucz na Kraken Futures. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Kraken Futures.

guide-krakenfutures-1 = { $environment ->
    [demo] Zaloguj się na <b>demo-futures.kraken.com</b> (to osobne konto), dotknij swojej nazwy i wybierz <b>Settings</b>.
   *[live] Zaloguj się na <b>futures.kraken.com</b>, dotknij swojej nazwy i wybierz <b>Settings</b>. Klucz samego Krakena, utworzony na kraken.com, tu nie zadziała.
}
guide-krakenfutures-2 = W panelu <b>API</b> wybierz zakładkę <b>Create Key</b> i nadaj nazwę (na przykład „Latchkey”).
guide-krakenfutures-3 = Wybierz { $boxes }. W <b>Withdrawal API</b> zostaw <b>No Access</b>: klucz z { $danger_boxes } odrzucę.
guide-krakenfutures-4 = { $ip_count ->
    [0] { "" }
   *[other] Jeśli pyta o adresy, z których wolno używać klucza, wpisz te podane niżej; gdzie chce zakresu, dopisz za adresem <b>/32</b>.
}
guide-krakenfutures-5 = Dotknij <b>Create Key</b>, a potem skopiuj <b>Public key</b> (to klucz API) i <b>Private key</b> (to sekret), którego więcej nie zobaczysz.
