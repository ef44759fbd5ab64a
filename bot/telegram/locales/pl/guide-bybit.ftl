### Jak utworzyć klucz na Bybit. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Bybit.

guide-bybit-1 = { $environment ->
    [testnet] Zaloguj się na <b>testnet.bybit.com</b> (to osobne konto) i w menu pod swoim profilem wejdź w <b>API</b>.
    [demo] Na Bybit (bybit.com, nie jego testnet) przełącz się w menu pod swoim profilem na <b>Demo Trading</b> i tam wejdź w <b>API</b>.
   *[live] Na Bybit w menu pod swoim profilem wejdź w <b>API</b>. Konta młodsze niż 48 godzin nie mogą jeszcze tworzyć kluczy.
}
guide-bybit-2 = Dotknij <b>Create New Key</b>, wybierz <b>System-generated API Keys</b>, potem <b>API Transaction</b>, i nadaj nazwę (na przykład „Latchkey”).{ $environment ->
    [demo] {" "}Bybit nie podaje, czy Demo Trading przyjmuje klucze „Self-generated”, więc nie proponuję tu utworzenia klucza za Ciebie.
   *[other] { "" }
}
guide-bybit-3 = { $purpose ->
    [watch] Wybierz { $boxes }. To, co zaznaczone niżej, da się wtedy tylko odczytać.
   *[trade] Zaznacz { $boxes }. Całą resztę zostaw wyłączoną, przede wszystkim { $danger_boxes }.
}
guide-bybit-4 = { $environment ->
    [demo] { "" }
   *[other] { $ip_count ->
        [0] W ustawieniach IP może zostać „No IP restriction”, ale taki klucz wygasa po 90 dniach.
       *[other] Wybierz <b>Only IPs with permissions granted are allowed to access the OpenAPI</b> i wklej adresy podane niżej. Klucz bez adresów wygasa po 90 dniach.
    }
}
guide-bybit-5 = Dotknij <b>Submit</b> i potwierdź drugim składnikiem.
guide-bybit-6 = Skopiuj <b>API Key</b> i <b>API Secret</b>. Bybit pokazuje sekret tylko ten jeden raz.

## Gdy parę tworzymy my

guide-bybit-own-2 = Dotknij <b>Create New Key</b>, wybierz <b>Self-generated API Keys</b>, potem <b>API Transaction</b>, nadaj nazwę (na przykład „Latchkey”) i wklej klucz publiczny.
guide-bybit-own-6 = Skopiuj <b>API Key</b>. Sekretu tym razem nie ma.
