### Jak utworzyć klucz na Crypto.com. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Crypto.com.

guide-cryptocom-1 = { $environment ->
    [testnet] Środowisko testowe UAT jest tylko <b>na zaproszenie</b>, dla kont instytucjonalnych. Jeśli je masz, otwórz w nim stronę kluczy.
   *[live] Zaloguj się na <b>crypto.com/exchange</b> (to giełda, nie aplikacja Crypto.com) i wejdź w <b>Settings</b> › <b>API Keys</b>.
}
guide-cryptocom-2 = Dotknij <b>Create a new API key</b>, nadaj nazwę (na przykład „Latchkey”) i potwierdź drugim składnikiem.
guide-cryptocom-3 = Od razu skopiuj <b>Secret Key</b>: zaczyna się od <b>cxakp_</b>, a Crypto.com pokazuje go tylko ten jeden raz.
guide-cryptocom-4 = Otwórz klucz do edycji: { $purpose ->
    [watch] zostaw { $boxes }, które ma każdy nowy klucz, i nie zaznaczaj nic więcej, przede wszystkim nie { $danger_boxes }.
   *[trade] wybierz { $boxes } i nic więcej, przede wszystkim nie { $danger_boxes }.
} { $environment ->
    [testnet] { "" }
   *[live] Crypto.com nie mówi mi, co wolno kluczowi: sprawdź dwa razy, poproszę cię o potwierdzenie.
}
guide-cryptocom-5 = { $ip_count ->
    [0] Lista IP może zostać pusta. Zapisz, a potem skopiuj <b>API Key</b>.
   *[other] Wpisz adresy podane niżej na listę IP klucza (<b>IP whitelist</b>). Zapisz, a potem skopiuj <b>API Key</b>.
}
