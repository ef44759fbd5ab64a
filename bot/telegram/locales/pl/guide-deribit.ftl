### Jak utworzyć klucz na Deribit. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Deribit.

guide-deribit-1 = { $environment ->
    [testnet] Zaloguj się na <b>test.deribit.com</b> (to osobne konto). Otwórz panel konta w prawym górnym rogu i wejdź w <b>API</b>.
   *[live] Zaloguj się na <b>www.deribit.com</b>. Otwórz panel konta w prawym górnym rogu i wejdź w <b>API</b>.
}
guide-deribit-2 = Dotknij <b>Add new key</b> i wybierz <b>Deribit-generated key</b>. Kluczem <b>Self-generated key</b> nie umiem podpisywać.
guide-deribit-3 = W polu <b>Name</b> wpisz nazwę (na przykład „Latchkey”), a <b>Features</b> zostaw bez zmian.
guide-deribit-4 = Jako zakresy (scopes) wybierz { $boxes }. Wszystkie inne zostaw na <b>none</b>, przede wszystkim <b>wallet</b>. Odrzucę { $danger_boxes }: klucz, który może zmieniać klucze, mógłby sam nadać sobie prawo do wypłat.{ $environment ->
    [testnet] { "" }
   *[live] { " " }Przy „wallet:read” z odpowiedzi Deribit nie wynika, czy klucz może wypłacać, i trzeba by za to ręczyć.
}
guide-deribit-5 = { $ip_count ->
    [0] <b>IP Whitelisting</b> może zostać puste; taki klucz nie wygasa, ale działa z każdego miejsca.
   *[other] W <b>IP Whitelisting</b> wpisz adresy podane niżej. Bez nich klucz nie wygasa, ale działa z każdego miejsca.
}
guide-deribit-6 = Zapisz i potwierdź drugim składnikiem. Potem skopiuj <b>Client ID</b> (to klucz API) i <b>Client Secret</b> (to sekret){ $environment ->
    [testnet] . Klucz utworzony na www.deribit.com nie jest tu znany.
   *[live] . Klucz utworzony na test.deribit.com nie jest tu znany.
}
