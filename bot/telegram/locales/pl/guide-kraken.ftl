### Jak utworzyć klucz na Kraken. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Krakenie.

guide-kraken-1 = Na Kraken wejdź w <b>Settings</b> › <b>API</b>. Klucze utworzone w części <b>Futures</b> to klucze Kraken Futures, dla mnie innej giełdy.
guide-kraken-2 = Dotknij <b>Create API key</b> i nadaj nazwę (na przykład „Latchkey”). Niech to będzie klucz tylko dla mnie: klucz, którego używa też inny program, może być odrzucany jako „Invalid nonce”.
guide-kraken-3 = Zaznacz { $boxes }, „Query open orders &amp; trades”{ $purpose ->
    [watch] {" "}i „Query closed orders &amp; trades”
   *[trade] , „Query closed orders &amp; trades” i „Cancel &amp; close orders”
}. Całą resztę zostaw wyłączoną, przede wszystkim { $danger_boxes }.
guide-kraken-4 = { $ip_count ->
    [0] <b>IP address restriction</b> może zostać wyłączone; o tym niżej.
   *[other] Włącz <b>IP address restriction</b> i wpisz adresy podane niżej.
}
guide-kraken-5 = Ustawień <b>Key expiration</b>, <b>Query start / end date</b> i <b>Nonce window</b> nie ruszaj i nie dodawaj do samego klucza drugiego składnika: nikt nie mógłby go za Ciebie podać. Potem zapisz.
guide-kraken-6 = Skopiuj <b>API key</b> i <b>Private key</b>. Kraken pokazuje klucz prywatny tylko ten jeden raz.
