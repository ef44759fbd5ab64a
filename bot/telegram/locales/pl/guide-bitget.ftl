### Jak utworzyć klucz na Bitget. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Bitget.

guide-bitget-1 = { $environment ->
    [demo] Na Bitget przełącz główne konto na handel <b>Demo</b> (subkonta go nie mają), a potem dotknij awatara › <b>API Keys</b>.
   *[live] Na Bitget dotknij awatara › <b>API Keys</b>.
}
guide-bitget-2 = Dotknij <b>Create API</b>, wybierz <b>System-generated</b> (kluczy <b>User-generated</b> nie mogę tu używać) i wpisz <b>Note</b>, na przykład „Latchkey”.
guide-bitget-3 = Wymyśl <b>Passphrase</b> z 8 do 32 liter i cyfr i zachowaj ją: zapytam o nią, a Bitget już jej nie pokaże. To nie jest hasło logowania.
guide-bitget-4 = { $purpose ->
    [watch] Wybierz { $boxes }. Na koncie zunifikowanym zaznacz też <b>Unified account management</b>: przy <b>Read-only</b> niczego nie przeniesie, a bez tego nie odczytam salda. Całą resztę zostaw wyłączoną.
   *[trade] Wybierz i zaznacz { $boxes }; na koncie klasycznym zamiast <b>Unified account trade</b> jest <b>Trade</b>. Całą resztę zostaw wyłączoną, przede wszystkim { $danger_boxes }. To, że salda konta zunifikowanego nie da się wtedy odczytać, w niczym nie przeszkadza.
}
guide-bitget-5 = { $ip_count ->
    [0] Adresy IP mogą zostać puste; o tym niżej.
   *[other] Wpisz adresy podane niżej jako adresy IP klucza: najwyżej 30, tylko IPv4.
}
guide-bitget-6 = Potwierdź, a potem skopiuj <b>API Key</b> i <b>Secret Key</b>. Bitget pokazuje sekret tylko ten jeden raz.{ $environment ->
    [demo] { "" } Klucz demo działa tylko w demo.
   *[live] { "" } Jeśli Bitget przeniesie konto z klasycznego na zunifikowane, utwórz nowy klucz: stary się nie przenosi.
}
