# Lista połączeń, powitanie i język.

home-welcome =
    👋 <b>Pilnuję Twoich kluczy giełdowych.</b>
    Połącz konto giełdowe kluczem API, a będę sprawdzać ten klucz co { $interval }: jeśli padnie albo nagle będzie mógł wypłacać, dowiesz się o tym tutaj, razem z tym, co zrobić.

    🔐 Nie przyjmuję kluczy, które mogą wypłacać lub przenosić środki, Twoją wiadomość z kluczem usuwam od razu, a sam klucz trzymam tylko zaszyfrowany.
    Warto wiedzieć: Telegram i ten, kto prowadzi ten serwer, mogliby odczytać klucz, gdy przechodzi przez ten czat.
home-title = <b>Twoje połączenia</b>
home-line =
    { $sign } <b>{ $label }</b>
    { $place }{ $paused ->
        [yes] {" "}· ⏸ wstrzymane
       *[no] {""}
    } · { $checked }
home-checked = sprawdzone { $ago }
home-not-checked = jeszcze niesprawdzone
home-page = { $page } / { $pages }
page-before = ‹
page-after = ›
home-language = 🌐 Język

language-title =
    🌐 <b>Język</b>
    Trzymam się ustawień Telegrama, chyba że wybierzesz tu inny.
language-en = English
language-pl = Polski
language-follow = Jak w Telegramie
language-chosen = ✓ { $name }
