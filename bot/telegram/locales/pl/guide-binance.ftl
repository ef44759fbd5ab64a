### Jak utworzyć klucz na Binance. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Binance.

market-linear-at-binance = Futures USDⓈ-M

guide-binance-1 = { $environment ->
    [testnet] Zaloguj się na <b>testnet.binance.vision</b> kontem GitHub.
    [demo] Na Binance wejdź w <b>Demo Trading</b>: <b>Profile</b> › <b>API Management</b>.
   *[live] Na Binance wejdź w <b>Profile</b> › <b>API Management</b>.
}
guide-binance-2 = { $environment ->
    [testnet] Dotknij <b>Generate HMAC-SHA-256 Key</b> i nadaj mu nazwę.
   *[other] Dotknij <b>Create API</b>, wybierz <b>System generated</b>, nadaj nazwę (na przykład „Latchkey”) i potwierdź.
}
guide-binance-3 = { $environment ->
    [testnet] Jeśli pyta o uprawnienia, zaznacz { $boxes } i nic więcej.
   *[other] Dotknij <b>Edit restrictions</b>. Zaznacz { $boxes }. Całą resztę zostaw wyłączoną, przede wszystkim { $danger_boxes }.
}
guide-binance-4 = { $environment ->
    [testnet] { "" }
    [demo] { "" }
   *[live] { $ip_count ->
        [0] W <b>IP access restrictions</b> może zostać „Unrestricted (Less Secure)”; o tym niżej.
       *[other] W <b>IP access restrictions</b> wybierz <b>Restrict access to trusted IPs only (Recommended)</b>, wklej adresy podane niżej i dotknij <b>Confirm</b>.
    }
}
guide-binance-5 = { $environment ->
    [testnet] { "" }
   *[other] Dotknij <b>Save</b> i potwierdź.
}
guide-binance-6 = Skopiuj <b>API Key</b> i <b>Secret Key</b>. Binance pokazuje sekret tylko ten jeden raz.

## Gdy parę tworzymy my

guide-binance-own-2 = { $environment ->
    [testnet] Wybierz rejestrację własnego klucza publicznego (<b>Register Public Key</b>), nadaj nazwę i wklej klucz publiczny.
    [demo] Dotknij <b>Create API</b>, wybierz <b>Self-generated</b>, wklej klucz publiczny, nadaj nazwę (na przykład „Latchkey”) i potwierdź. Gdyby Demo Trading tego nie proponowało, użyj /cancel i podaj mi klucz <b>System generated</b>.
   *[other] Dotknij <b>Create API</b>, wybierz <b>Self-generated</b>, wklej klucz publiczny, nadaj nazwę (na przykład „Latchkey”) i potwierdź.
}
guide-binance-own-6 = Skopiuj <b>API Key</b>. Sekretu tym razem nie ma.
