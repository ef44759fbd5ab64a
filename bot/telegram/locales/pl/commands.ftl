# Co stoi obok polecenia w menu Telegrama i co mówią polecenia.

command-start = Czym jestem i Twoje połączenia
command-connections = Twoje połączenia
command-connect = Połącz giełdę
command-guide = Jak utworzyć klucz, dla każdej giełdy
command-ips = Moje adresy na listy IP Twoich kluczy
command-leaked = Klucz wyciekł? Co robić, po kolei
command-alerts = Co wysyłam i kiedy jest cicho
command-language = Wybierz język
command-help = Jak to działa
command-cancel = Przerwij wpisywanie

help =
    <b>Jak to działa</b>

    /connect: połącz konto giełdowe kluczem API, krok po kroku
    /connections: jak się mają Twoje klucze; wstrzymaj, wymień, zmień nazwę, udostępnij, rozłącz; i to, co udostępniono Tobie
    /status: karta na górze tego czatu, zawsze aktualna; także w grupach
    /guide: jak utworzyć klucz, dla każdej giełdy; „/guide okx” otwiera od razu tę jedną
    /ips: moje adresy na listy IP Twoich kluczy
    /leaked: klucz wyciekł albo mógł wyciec? Co robić, po kolei
    /alerts: co wysyłam, cisza nocna, Twoja strefa czasowa; w grupie: jej własne
    /maintenance: godziny, w których spodziewasz się kłopotów i chcesz słyszeć tylko o tym, co trzeba naprawić
    /digest: podsumowanie dnia albo tygodnia, jeśli chcesz
    /language: wybierz język
    /leave: nie słyszeć już o cudzych połączeniach
    /cancel: przerwij wpisywanie; klucz wpisany do połowy zostaje wymazany

    Każdy klucz sprawdzam co { $interval }. O awarii mówię, gdy się przeciąga; o kluczu, który padł albo nagle może wypłacać, od razu.
    <blockquote expandable><b>Co obiecuję</b>
    Wiadomość z kluczem znika, gdy tylko przyjdzie. Klucz, który może wypłacać lub przenosić środki, odrzucam. Klucze trzymam zaszyfrowane, a rozłączenie niszczy je na dobre. Sprawdzanie tylko czyta: nie składam zleceń i nie ruszam pieniędzy.
    <b>Czego nie mogę obiecać</b>
    Telegram i ten, kto prowadzi ten serwer, mogliby odczytać klucz, gdy przechodzi przez ten czat. Dawaj mi klucze z białą listą IP: gdzie indziej są bezwartościowe.</blockquote>
cancel-nothing = Nie było czego przerywać.
not-understood = Nie zrozumiałem. /connections pokaże Twoje połączenia, /help całą resztę.
about-short = Pilnuje Twoich giełdowych kluczy API i mówi, gdy któryś padnie albo stanie się groźny.
about-long = Co minutę sprawdzam klucze API Twoich kont giełdowych. Gdy któryś przestanie działać albo nagle będzie mógł wypłacać, dowiesz się tu od razu, z przyciskami: wstrzymaj, wymień, wycisz. Kluczy, które mogą wypłacać, nie przyjmuję.
