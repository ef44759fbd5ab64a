# Co mówi się o wiadomościach z sekretami, o nieobecności i tym, którzy prowadzą usługę.

removed-title-exchange_key = 🧹 <b>{ $count ->
        [one] Usunąłem Twoją wiadomość: wyglądała
        [few] Usunąłem { $count } Twoje wiadomości: wyglądały
       *[other] Usunąłem { $count } Twoich wiadomości: wyglądały
    } na klucz giełdowy.</b>
removed-title-private_key = 🧹 <b>{ $count ->
        [one] Usunąłem Twoją wiadomość: zawierała
        [few] Usunąłem { $count } Twoje wiadomości: zawierały
       *[other] Usunąłem { $count } Twoich wiadomości: zawierały
    } klucz prywatny.</b>
removed-title-seed_phrase = 🚨 <b>{ $count ->
        [one] Usunąłem Twoją wiadomość: wyglądała
        [few] Usunąłem { $count } Twoje wiadomości: wyglądały
       *[other] Usunąłem { $count } Twoich wiadomości: wyglądały
    } na frazę odzyskiwania portfela.</b>
removed-group = { $mention }: to wyglądało na sekret, więc usunąłem.
removed-mention = Twoja wiadomość
removed-mention-many = { $count ->
        [one] Twoja wiadomość
        [few] { $count } Twoje wiadomości
       *[other] { $count } Twoich wiadomości
    }
removed-advice-exchange_key = Niczego z niej nie zachowałem. Jeśli ktokolwiek mógł ją zobaczyć, usuń ten klucz na giełdzie i utwórz nowy. Klucz połączysz przez /connect w naszym czacie prywatnym: tam o niego zapytam.
removed-advice-private_key = Niczego z niej nie zachowałem. Jeśli ktokolwiek mógł ją zobaczyć, uznaj klucz za skradziony: wymień go i przenieś to, co chroni.
removed-advice-seed_phrase =
    <b>Nikt uczciwy nigdy o nią nie prosi:</b> ani pomoc techniczna, ani giełda, ani bot, ja też nie. Kto ma te słowa, ma wszystko, co jest w portfelu.

    Jeśli ktoś Cię o nie prosił, to był złodziej. Jeśli ktokolwiek mógł je zobaczyć, załóż teraz nowy portfel i przenieś tam wszystko. Niczego z niej nie zachowałem.

delete-title = 🚨 <b>Nie udało mi się usunąć wiadomości z sekretem. Usuń ją, proszę, teraz własnoręcznie.</b>
delete-title-replied = 🚨 <b>Nie udało mi się usunąć tej wiadomości z sekretem. Usuń ją, proszę, teraz własnoręcznie.</b>
delete-group = { $mention }: usuń ją, proszę, teraz własnoręcznie. Jest w niej sekret, a mnie się to nie udało.
delete-why-too_old = Ma ponad 48 godzin, a starszych Telegram nie pozwala mi usuwać.
delete-why-no_rights = Nie mam tu prawa usuwać wiadomości.
delete-why-unreachable = Nie mam dostępu do czatu, w którym jest.
delete-why-moved = Grupa stała się supergrupą; wiadomość jest w starej.
delete-why-beyond_reach = Jest w miejscu, w którym boty nie mogą usuwać.
delete-why-refused = Telegram odmawia jej usunięcia.
delete-steps-exchange_key =
    1. Przytrzymaj wiadomość, wybierz <b>Usuń</b>, i to dla wszystkich.
    2. Potem <b>wymień klucz</b>: usuń go na giełdzie i utwórz nowy. Tutaj dało się go przeczytać.
delete-steps-private_key =
    1. Przytrzymaj wiadomość, wybierz <b>Usuń</b>, i to dla wszystkich.
    2. Potem uznaj ten klucz prywatny za skradziony: wymień go i przenieś to, co chroni.
delete-steps-seed_phrase =
    1. Przytrzymaj wiadomość, wybierz <b>Usuń</b>, i to dla wszystkich.
    2. Potem załóż nowy portfel i przenieś tam wszystko. Nikt uczciwy nigdy nie prosi o te słowa.

was-offline =
    ⚠️ <b>Nie było mnie przez { $away }.</b> Pytałem Cię wtedy o klucz, a Telegram przechowuje dla mnie wiadomości tylko przez dobę.

    Jeśli w tym czasie klucz został wysłany:
    1. Znajdź wyżej tę wiadomość i <b>usuń ją własnoręcznie</b>; ja jej już nie widzę.
    2. <b>Usuń klucz na giełdzie</b> i utwórz nowy: leżał tu na widoku.
    Potem jeszcze raz /connect.

notice-too-fast = 🐢 Za tym tempem nie nadążam, więc część pominąłem. Wiadomości z sekretami usuwam mimo to. Trochę wolniej, proszę.
notice-not-looked-into = ⚠️ <b>Nie udało mi się zajrzeć do tego pliku.</b> Jeśli jest w nim klucz, sekret albo fraza odzyskiwania, usuń tę wiadomość samodzielnie i wymień to, co ujawnia.
notice-stale-press = Na chwilę mnie nie było, więc naciśnięty przycisk nic nie zrobił. Masz tu świeże.
refuse-anonymous = Nie widzę, kim jesteś: piszesz w imieniu grupy lub kanału. Kto co może, zależy od osoby, więc napisz do mnie jako Ty, prywatnie.
group-private = Działam prywatnie: klucze nie są dla grupy. Napisz do mnie tam. Tutaj czuwam (klucz wrzucony przez pomyłkę zostanie usunięty) i mówię o tym, o czym grupa zgodziła się słyszeć.
group-open = Otwórz nasz czat prywatny
group-needs-right = 👋 Czuwam tutaj: klucz lub fraza odzyskiwania wrzucone przez pomyłkę znikają od razu. Do tego muszę być <b>administratorem z prawem usuwania wiadomości</b>, a nie jestem. Całą resztę robię prywatnie.
group-on-watch = 👋 Czuwam tutaj: klucz lub fraza odzyskiwania wrzucone przez pomyłkę znikają od razu. Całą resztę robię prywatnie.

operator-key_intake_closed_another_poller = 🚨 <b>Ktoś inny odbiera aktualizacje tego bota</b> (409 Conflict). Przyjmowanie kluczy jest zamknięte, aż przez minutę będzie spokój. Jeśli nie działa druga instancja, token skradziono: /revoke u @BotFather.
operator-key_intake_closed_foreign_webhook = 🚨 <b>Ten bot ma ustawiony webhook, który nie jest nasz.</b> Przyjmowanie kluczy jest zamknięte. Jeśli to nie Wy go ustawiliście, token skradziono: /revoke u @BotFather.
operator-key_intake_open = ✅ Przyjmowanie kluczy znów otwarte: nikt inny nie odbiera aktualizacji tego bota.
operator-dead_letter = ⚠️ Aktualizacji nie dało się obsłużyć, trafiła do martwych listów: <code>{ $update }</code> ({ $error }). Jej treść jest zniszczona.
operator-unreadable =
    🚨 <b>Jednego połączenia nie da się odczytać z bazy</b> ({ $error }), więc nikt nie sprawdza jego klucza: <code>{ $connection }</code>.
    Tak bywa, gdy plik jest uszkodzony, kopia przywrócona do połowy albo starsza wersja pracuje na nowszych danych. Pozostałe sprawdzam jak zawsze.
operator-message_given_up =
    🚨 <b>Wiadomości nie udało się doręczyć</b>: { $kind }, pozycja <code>{ $item }</code> ({ $reason }).
    Jej czat istnieje, więc to błąd usługi, a adresat jej nie przeczytał. Alert, który za kilka minut będzie nadal aktualny, wyślę jeszcze raz. Proszę, zgłoś to.
operator-other = ℹ️ { $event }
