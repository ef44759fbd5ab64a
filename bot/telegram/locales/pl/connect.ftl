### Łączenie giełdy: od wyboru giełdy do karty z wynikiem.

## Miejsca

market-spot = Spot
# $settled to waluty, w których rozliczane są kontrakty („USDT/USDC”); „none”, gdy każdy w swojej monecie.
market-linear = { $settled ->
    [none] Futures liniowe
   *[other] Futures { $settled }
}
market-inverse = { $settled ->
    [none] Futures Coin-M
   *[other] Futures rozliczane w { $settled }
}

environment-live = Prawdziwe konto
environment-testnet = Testnet
environment-demo = Demo

purpose-watch = Tylko podgląd
purpose-trade = Handel

## Uprawnienia

finding-read = Odczyt
finding-spot_trade = Handel spot
finding-futures_trade = Handel futures
finding-margin = Margin
finding-transfer = Transfery
finding-withdraw = Wypłaty

finding-line-granted = ✅ { $permission }: wł.
finding-line-granted-danger = ❌ { $permission }: wł.
finding-line-denied = ▫️ { $permission }: wył.
finding-line-denied-danger = 🔒 { $permission }: wył.
finding-line-unknown = ❔ { $permission }: nie wiadomo
finding-certainty-stated = tak mówi { $exchange }
finding-certainty-inferred = wynika z odpowiedzi { $exchange }
finding-certainty-unknowable = { $exchange } nie umie tego powiedzieć

## Przyciski każdego kreatora

button-back = ‹ Wstecz
button-cancel = ✖️ Anuluj
button-key-page = 🔗 Otwórz stronę kluczy { $exchange }
button-copy-ip = 📋 { $ip }
button-copy-all-ips = { $count ->
    [one] 📋 Kopiuj adres
    [few] 📋 Kopiuj wszystkie { $count } adresy
    [many] 📋 Kopiuj wszystkie { $count } adresów
   *[other] 📋 Kopiuj wszystkie { $count } adresu
}

## Giełda

connect-exchange =
    🔑 <b>Połącz giełdę</b>

    Którą? Dotknij jej albo wpisz kilka liter nazwy.
connect-exchange-found = To pasuje do Twojego wyszukiwania:
connect-exchange-none = Tej giełdy jeszcze nie znam. Oto wszystkie, które znam:
connect-exchange-closed =
    🚫 <b>{ $exchange }: zamknięta na dobre { $date }</b>, więc żaden jej klucz już nie działa. Jeśli zostały Ci tam środki, pytaj o nie samą giełdę, a nie kogoś, kto pierwszy do Ciebie napisze.

    Najbardziej podobne są:

## Rynek, środowisko, cel

connect-market = Czym będziesz handlować tym kluczem?
connect-environment =
    Z którego świata jest ten klucz?

    Na testnecie i koncie demo handluje się pieniędzmi na niby, przeważnie osobnymi kluczami.
connect-environment-live = 💰 Prawdziwe pieniądze
connect-environment-testnet = 🧪 Testnet
connect-environment-demo = 🧪 Demo
connect-purpose =
    Do czego ma służyć ten klucz?

    👁 <b>Tylko podgląd</b>: wystarczy { $watch_boxes }.
    📈 <b>Handel</b>: potrzebne { $trade_boxes }.

    Daj mu tylko tyle, ile trzeba. { $danger_boxes }: to musi zostać <b>wyłączone</b>, inaczej klucza nie przyjmę, bo kto by go ukradł, mógłby zabrać Twoje pieniądze.
connect-purpose-watch = 👁 Tylko podgląd
connect-purpose-trade = 📈 Handel

## Przewodnik

connect-guide = <b>Utwórz klucz</b>
connect-guide-yourself = <b>Utwórz klucz samodzielnie</b>
connect-guide-ips =
    <b>Adresy do wpisania na listę</b>
    Łączę się z { $exchange } { $count ->
        [one] z tego adresu. Gdy jest na liście klucza, skradziony klucz nikomu nigdzie indziej się nie przyda.
       *[other] z tych adresów. Gdy wszystkie są na liście klucza, skradziony klucz nikomu nigdzie indziej się nie przyda.
    }
connect-guide-ips-all = Wszystkie naraz, tak jak przyjmuje je { $exchange }: <code>{ $ips }</code>
connect-guide-no-ips = ℹ️ Kto prowadzi tego bota, nie podał jego adresów, więc zostaw listę IP pustą. Klucz zadziała i bez niej, ale kto go zdobędzie, użyje go z dowolnego miejsca.
connect-guide-no-list = ℹ️ { $exchange } nie ma list IP, więc nie ma czego na nie wpisywać: kto zdobędzie klucz, użyje go z dowolnego miejsca. Niech ma go tylko ten bot.
connect-guide-ready = Gotowe? To przekaż mi klucz. Wiadomości z sekretami usuwam sam, od razu po tym, jak przyjdą.
connect-guide-next = Mam klucz ›

## Nazwa

connect-label =
    ✅ <b>Mam klucz { $tail }</b>, cały i zapieczętowany.

    Jak nazwiemy to połączenie? Dotknij nazwy albo wpisz własną.

    Najlepiej nazwij konto i to, do czego służy („Binance Futures Main”): wtedy alert o trzeciej w nocy od razu powie Ci, o które chodzi. Żadnych haseł ani kwot.
connect-label-empty = ⚠️ W tej nazwie nie ma nic do przeczytania. Wpisz litery albo cyfry.
connect-label-too_long = ⚠️ To { $length } znaków; w alercie mieszczą się najwyżej 32.
connect-label-looks_like_secret = ⚠️ To wygląda na klucz, a nie na nazwę. W nazwie nie może być nic tajnego: widać ją w alertach.
connect-label-not-text = ⚠️ Wpisz nazwę zwykłym tekstem.
connect-label-too-soon = 🗑 Ostatnią wiadomość też usunąłem: przyszła tak szybko po kluczu, że mogła być jego częścią. Jeśli to była nazwa, wyślij ją jeszcze raz.
connect-label-mixed = ⚠️ Ta nazwa miesza alfabety o podobnych literach, więc łatwo ją pomylić z inną. Jeśli tak ma być, wyślij ją jeszcze raz.

## Wynik

connect-done =
    ✅ <b>{ $label }</b>: połączone
connect-key = Klucz <code>{ $tail }</code> · { $purpose }
connect-next = 👁 Od teraz sprawdzam ten klucz co { $interval } i napiszę do Ciebie, gdy tylko coś będzie z nim nie tak.
connect-open-card = Otwórz kartę
connect-another = ➕ Połącz kolejną

caution-no_ip_whitelist = ⚠️ <b>Brak białej listy IP.</b> Kto zdobędzie ten klucz, użyje go z dowolnego miejsca. { $exchange } uważa takie klucze za mniej bezpieczne i może im ograniczyć handel albo po pewnym czasie go odebrać. Gdy będziesz mieć chwilę, dopisz adresy tego bota do listy klucza.
caution-no_ip_whitelist-no-ips = ⚠️ <b>Brak białej listy IP.</b> Kto zdobędzie ten klucz, użyje go z dowolnego miejsca. { $exchange } uważa takie klucze za mniej bezpieczne i może im ograniczyć handel albo po pewnym czasie go odebrać. O adresy zapytaj tego, kto prowadzi tego bota.
caution-ip_whitelist_unknown = ⚠️ { $exchange } nie mówi, czy klucz jest ograniczony do wybranych adresów. Sprawdź jego listę IP samodzielnie.
caution-withdrawal_unverified = ⚠️ <b>Wypłaty niesprawdzone.</b> { $exchange } nie umie tego powiedzieć; to Ty ręczysz, że są wyłączone. Karta będzie o tym przypominać.
caution-transfer_unverified = ⚠️ { $exchange } nie umie powiedzieć, czy transfery są wyłączone. Sprawdź to samodzielnie.
caution-not_verifiable_here = 🧪 { $environment }: tu nie da się sprawdzić prawa do wypłat i transferów. Prawdziwych pieniędzy tu nie ma.
caution-more_than_needed = ⚠️ Klucz może więcej, niż potrzebujesz. Wyłącz to, co zbędne: { $boxes }.

## Zakończenia bez połączenia

connect-cancelled = ✖️ <b>Anulowane.</b> To, co zostało podane, jest wymazane; nic nie zostało zachowane.
connect-already-yours = ☝️ Ten klucz jest już połączony: <b>{ $label }</b>. Jeden klucz to jedno połączenie, więc drugiego nie tworzę.
connect-not-possible =
    🚫 <b>Tego klucza nie da się tu połączyć.</b>

    Nic nie zostało zachowane. Utwórz na { $exchange } świeży klucz tylko dla tego bota i połącz właśnie ten.
connect-too-many =
    ✋ <b>Masz już tyle połączeń, ile może mieć jedna osoba.</b>

    Z klucza nic nie zostało zachowane. Rozłącz połączenie, którego już nie potrzebujesz, i połącz to nowe.
connect-show-existing = Otwórz { $label }
connect-again = 🔑 Zacznij od nowa
connect-home = 🏠 Moje połączenia
