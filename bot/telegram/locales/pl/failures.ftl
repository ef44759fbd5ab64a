# Dla każdej usterki: przyczyna (failure-…) i co zrobić (remedy-…). Te same zdania mówią o odrzuconym kluczu i o
# późniejszym alercie. Zmienne: $exchange, $boxes (pola wyboru słowami giełdy), $ips (nasze adresy), $seen_ip (nasz
# adres tak, jak widziała go giełda) i $whose (czy to jeden z naszych: ours, foreign); poza pierwszą to „none”, gdy nie
# wiemy.

failure-invalid_key = { $exchange } nie zna tego klucza. Został tam usunięty albo unieważniony, albo nigdy nie istniał w tym środowisku.
remedy-invalid_key =
    1. Wejdź na stronę kluczy { $exchange } i poszukaj tego klucza.
    2. Jeśli go nie ma, utwórz nowy i podaj mi go.
    3. Jeśli zniknął bez Twojej wiedzy, zmień hasło do { $exchange } i przejrzyj urządzenia zalogowane na koncie.

failure-bad_signature = { $exchange } zna klucz, ale sekret do niego nie pasuje.
remedy-bad_signature =
    1. Weź klucz i sekret z tego samego wiersza strony kluczy: sekret widać tylko raz, przy tworzeniu.
    2. Jeśli już go nie masz, utwórz nowy klucz i podaj mi oba.

failure-wrong_passphrase = Hasło (passphrase) nie należy do tego klucza.
remedy-wrong_passphrase =
    1. Podaj passphrase wymyśloną przy tworzeniu właśnie tego klucza. To nie jest hasło logowania.
    2. Jeśli jej nie pamiętasz, utwórz nowy klucz: { $exchange } nie pokaże jej drugi raz.

failure-key_expired = Klucz wygasł.
remedy-key_expired =
    1. Utwórz nowy klucz na { $exchange } albo przedłuż ten, jeśli strona na to pozwala.
    2. Klucze z białą listą IP zwykle nie wygasają.

failure-ip_not_allowed = { $exchange } odrzuca mój adres: nie ma go na białej liście IP klucza.{ $seen_ip ->
        [none] {""}
       *[other] {" "}Widzi mnie jako <code>{ $seen_ip }</code>{ $whose ->
            [ours] , a to jeden z moich adresów.
            [foreign] , a tego adresu nie ma wśród tych, które mi podano jako moje. Zanim dodasz go gdziekolwiek, daj znać temu, kto mnie prowadzi.
           *[none] .
        }
    }
remedy-ip_not_allowed =
    1. Otwórz klucz na { $exchange } i edytuj jego ograniczenie IP.
    2. { $ips ->
        [none] Dodaj adres serwera, na którym działam.
       *[other] Dodaj dokładnie: <code>{ $ips }</code>
    }
    3. Zapisz i potwierdź drugim składnikiem. Zadziała w ciągu minuty.

failure-no_read_permission = Klucz nie może czytać konta.
remedy-no_read_permission =
    1. Otwórz klucz na { $exchange } i wybierz edycję ograniczeń.
    2. Zaznacz <b>{ $boxes }</b> i zapisz.

failure-no_trade_permission = Klucz nie może handlować.
remedy-no_trade_permission =
    1. Otwórz klucz na { $exchange } i wybierz edycję ograniczeń.
    2. Zaznacz <b>{ $boxes }</b> i zapisz. { $exchange } może najpierw zażądać białej listy IP.

failure-wrong_market = Klucz może handlować, ale nie na tym rynku.
remedy-wrong_market =
    1. Otwórz klucz na { $exchange } i wybierz edycję ograniczeń.
    2. Zaznacz <b>{ $boxes }</b> i zapisz.
    3. Jeśli pola nie da się zaznaczyć, najpierw otwórz taki rachunek na { $exchange }, potem utwórz nowy klucz.

failure-withdraw_enabled = Wypłaty włączone — wyłącz je. Z tym kluczem pieniądze mogą opuścić Twoje konto.
remedy-withdraw_enabled =
    1. Otwórz klucz na { $exchange } teraz, od razu, i wybierz edycję ograniczeń.
    2. Odznacz <b>{ $boxes }</b> i zapisz.
    3. Jeśli to nie była Twoja zmiana, usuń klucz, zmień hasło i sprawdź historię wypłat.

failure-transfer_enabled = Transfery włączone — wyłącz je. Z tym kluczem można przenieść pieniądze na inne konta.
remedy-transfer_enabled =
    1. Otwórz klucz na { $exchange } teraz, od razu, i wybierz edycję ograniczeń.
    2. Odznacz <b>{ $boxes }</b> i zapisz.
    3. Jeśli to nie była Twoja zmiana, usuń klucz, zmień hasło i sprawdź historię transferów.

failure-permissions_unknown = { $exchange } nie mówi, czy ten klucz może wypłacać lub przenosić środki.
remedy-permissions_unknown =
    1. Zajrzyj do klucza na { $exchange }: wszystko, co dotyczy wypłat i transferów, musi być wyłączone.
    2. Widzisz to tylko Ty. „Nie wiadomo” nigdy nie znaczy u mnie „wyłączone”.

failure-ambiguous_auth = { $exchange } odrzuca klucz i nie mówi dlaczego. To jedna z trzech rzeczy.
remedy-ambiguous_auth =
    Sprawdź po kolei:
    1. Czy klucz nadal jest na stronie kluczy { $exchange }?
    2. { $ips ->
        [none] Czy adres serwera, na którym działam, jest na białej liście IP klucza?
       *[other] Czy <code>{ $ips }</code> jest na białej liście IP klucza?
    }
    3. Czy pola odczytu i tego rynku są zaznaczone?

failure-account_suspended = { $exchange } zawiesiła konto albo ten klucz.
remedy-account_suspended =
    1. Zaloguj się na { $exchange } i przeczytaj, czego od Ciebie chce. Często chodzi o weryfikację tożsamości.
    2. Odwiesić może tylko { $exchange }; jej pomoc szybciej odpowiada z aplikacji.

failure-clock_skew = Według { $exchange } czas mojego zapytania się nie zgadza.
remedy-clock_skew = Nie musisz nic robić: to zegar po mojej lub ich stronie, próbuję dalej.

failure-rate_limited = { $exchange } prosi, żebym zwolnił.
remedy-rate_limited = Nie musisz nic robić: czekam i ruszę dalej sam.

failure-banned = { $exchange } zablokowała na jakiś czas mój adres z powodu zbyt wielu zapytań.
remedy-banned = Nie musisz nic robić: trzymam się z daleka, aż minie, i ruszę dalej sam.

failure-region_blocked = { $exchange } nie obsługuje kraju, w którym stoi mój serwer.
remedy-region_blocked =
    Z Twoim kluczem wszystko w porządku, kłopotem jest położenie serwera. Kto mnie prowadzi, musi go przenieść do kraju obsługiwanego przez { $exchange }.

failure-exchange_unavailable = { $exchange } nie odpowiada jak trzeba.
remedy-exchange_unavailable = Nie musisz nic robić: to nie wina Twojego klucza, próbuję dalej.

failure-maintenance = { $exchange } ma przerwę techniczną.
remedy-maintenance = Nie musisz nic robić: próbuję dalej i powiem Ci, gdy wróci.

failure-network_down = Moje własne połączenie z internetem nie działa.
remedy-network_down = Nie musisz nic robić: o Twoim kluczu nic to nie mówi, próbuję dalej.

failure-malformed_credential = To, co mam, nie wygląda jak klucz { $exchange }.
remedy-malformed_credential =
    1. Utwórz na { $exchange } nowy klucz, ten generowany przez system.
    2. Skopiuj go przyciskiem na stronie i podaj mi go.

failure-unexpected = { $exchange } odpowiedziała w sposób, którego nie rozumiem.
remedy-unexpected = Nie musisz nic robić: próbuję dalej. Jeśli to potrwa, kto mnie prowadzi, znajdzie kod w logach.
