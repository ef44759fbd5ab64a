### Droga bez sekretu tam, gdzie podpisują agenci („portfele API”): klucz tworzymy my, a zatwierdza się jego adres.

own-agent-offer =
    🔐 <b>Najlepiej: ja utworzę klucz</b>

    Tworzę klucz portfela API, Ty zatwierdzasz jego adres na { $exchange } i wysyłasz mi adres swojego konta, który może znać każdy: przez ten czat nie przechodzi żaden klucz prywatny.
own-agent-make-another = 🔐 Utwórz nowy klucz
own-agent-made =
    🔐 <b>Mam dla Ciebie portfel API.</b> Jego klucz prywatny jest tu zapieczętowany i tu zostaje. To jest jego adres, żaden sekret:

    <code>{ $public }</code>

    Tylko podpisuje za Twoje konto: nigdy nie wysyłaj na niego pieniędzy.
own-agent-another = 👛 Podam inny adres
own-agent-copy-public = 📋 Kopiuj adres do zatwierdzenia
own-agent-steps = <b>Zatwierdź go na { $exchange }</b>
own-agent-ask =
    👛 <b>Potem wyślij mi adres swojego konta</b>

    Tylko jego: 0x i 40 cyfr, portfel albo subkonto, na którym są pieniądze. Żadnego klucza prywatnego wysyłać nie trzeba.
own-agent-promise = 🗑 Adres konta niczego nie otwiera, ale i tak usuwam Twoją wiadomość. Na giełdzie nie musisz się spieszyć: klucz trzymam do { $until }, restart mu nie szkodzi. /cancel go niszczy.
own-agent-notice-restarted = 🔄 <b>Zostałem zrestartowany.</b> Twój portfel API jest bezpieczny, to wciąż ten sam. Jeśli adres konta był już wysłany, wyślij go jeszcze raz: tamta wiadomość jest usunięta.
own-agent-notice-silence = ⏳ <b>Dziesięć minut ciszy:</b> dla bezpieczeństwa wymazałem podany adres. Wyślij go jeszcze raz, kiedy zechcesz; portfel API jest wciąż ten sam.
own-agent-notice-vanished = 🔄 Podany adres jest wymazany i nic z niego nie zostało. Wyślij go jeszcze raz.
own-agent-notice-another = 👛 Poprzedni wpis jest wymazany. Wyślij inny adres.
own-agent-gone =
    ⏳ <b>Klucza tego portfela API już nie ma.</b> Trzymam go 24 godziny, potem go niszczę.

    Jeśli jego adres jest już zatwierdzony, usuń ten portfel API na { $exchange }: nikt już nim nie podpisze.
own-agent-destroyed = 🔐 Klucz portfela API, który utworzyłem, jest zniszczony. Jeśli jego adres jest już zatwierdzony, usuń ten portfel API na { $exchange }: nikt już nim nie podpisze.
own-agent-guidance = 🔐 <b>Bez żadnego klucza prywatnego:</b> w /connect mogę utworzyć portfel API za Ciebie. Zatwierdzasz jego adres na { $exchange }, a ja dostaję tylko adres Twojego konta.

## Co może pójść nie tak

own-agent-failure-invalid_key = { $exchange } nie zna portfela API, który dla Ciebie utworzyłem: jego adres nie jest zatwierdzony albo jeszcze nie jest.
own-agent-remedy-invalid_key =
    1. Zatwierdź jego adres na { $exchange }; skopiujesz go przyciskiem poniżej. Sprawdź, czy na koncie są środki i czy to nie jest drugie środowisko (prawdziwe pieniądze, testnet).
    2. Potem dotknij <b>Sprawdź ponownie</b>.
own-agent-failure-bad_signature = Portfel API, który dla Ciebie utworzyłem, jest zatwierdzony, ale nie przez konto, którego adres mam od Ciebie.
own-agent-remedy-bad_signature =
    1. Wyślij adres konta, które go zatwierdziło, albo jego subkonta, a nie adres portfela API: <b>Podam inny adres</b>.
    2. Jeśli zatwierdził go niewłaściwy portfel, usuń go tam, wyślij /cancel i pozwól mi utworzyć nowy: jednego adresu nie należy zatwierdzać dwa razy.
own-agent-failure-withdraw_enabled = Adres, który dla Ciebie utworzyłem, ma na { $exchange } własne konto: ktoś wysłał na niego pieniądze.
own-agent-remedy-withdraw_enabled =
    1. To już nie jest portfel API, więc go nie przyjmę. Wyślij /cancel i pozwól mi utworzyć nowy; zatwierdź tamten adres i nigdy nie wysyłaj na niego pieniędzy.
    2. Ja nigdy nie ruszam pieniędzy. Jeśli to, co tam trafiło, jest ważne, powiedz o tym temu, kto mnie prowadzi, <b>zanim</b> wyślesz /cancel: /cancel niszczy klucz.

own-agent-has-secret =
    ⛔️ <b>To klucz prywatny, a żaden nie jest potrzebny.</b> Wystarczy mi adres Twojego konta.

    Wiadomość usunąłem i niczego z niej nie użyłem. Jeśli to klucz Twojego własnego portfela, uznaj, że wyciekł: przenieś wszystko z tego portfela do nowego. Jeśli to klucz portfela API, usuń ten portfel na { $exchange }.
own-agent-public-half = 🤔 To adres portfela API, który utworzyłem. Jego miejsce jest na stronie { $exchange }; mnie potrzebny jest <b>adres Twojego konta</b>, tego, które go zatwierdza.
