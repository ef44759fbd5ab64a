# Kto słyszy o połączeniu oprócz właściciela: zapraszanie, przyjmowanie, co mówi się tym osobom, i odchodzenie.

button-sharing = 👥 Udostępnianie
button-leave = 🚪 Odejdź

sharing-title = 👥 <b>Kto słyszy o { $label }</b>
sharing-nobody = Na razie tylko Ty.
sharing-hearer = { $kind ->
        [operator] 🎛
        [group] 👥
       *[subscriber] 🔔
    } <b>{ $name }</b> · { $kind ->
        [operator] operator
        [group] grupa
       *[subscriber] słyszy
    } · od { $since }
sharing-invited = <b>Zaproszenia</b>
sharing-pending = ⏳ { $name } · { $role ->
        [operator] operator
       *[subscriber] będzie słyszeć
    } · do { $until }
sharing-by-link = przez link
sharing-what-they-see = <i>Widać im nazwę, giełdę, stan i alerty. Z klucza nikt poza Tobą nie widzi niczego.</i>
sharing-remove = ✖️ Usuń: { $name }
sharing-revoke = ✖️ Cofnij: { $name }
sharing-link = 🔗 Zaproś linkiem
sharing-person = 👤 Wybierz osobę
sharing-group = 👥 Wybierz grupę
sharing-role =
    <b>Na co pozwalasz?</b>

    🔔 <b>Słyszeć:</b> alerty i stan, nic więcej.
    🎛 <b>Obsługiwać:</b> także wstrzymywać i wznawiać handel oraz sprawdzać od razu. Za każdym razem się o tym dowiesz.
sharing-role-subscriber = 🔔 Tylko słyszeć
sharing-role-operator = 🎛 Także obsługiwać
sharing-picking = 👇 Wybierz przyciskiem pod polem tekstowym.
sharing-picked-nobody = Nikt nie został wybrany.
sharing-picked-late = Ten wybór dotyczył wcześniejszego pytania, więc nic się nie stało. Zapytam od nowa, gdy na karcie połączenia naciśniesz „Udostępnianie”.
sharing-picked-self = To Ty: i tak o nim słyszysz.
sharing-picked-already = { $name } już o nim słyszy.
sharing-too-many = Za dużo osób słyszy lub ma zaproszenie. Najpierw kogoś usuń albo cofnij zaproszenie.
sharing-asked = ✅ Pytanie wysłane: { $name }. Dopóki nie będzie zgody, nic więcej tam nie wyślę; o odpowiedzi dam Ci znać.
sharing-asked-group = ✅ Zapytałem w grupie { $name }. Zgodzić się musi jej administrator; do tego czasu nic więcej tam nie wyślę.
sharing-not-in-group = Nie mogę pisać w { $name }: dodaj mnie do grupy, pozwól mi tam pisać i wybierz ją jeszcze raz. Nikt nie został zaproszony.
sharing-not-started = { $name }: ta osoba jeszcze mnie nie uruchomiła albo mnie zablokowała, a bot w Telegramie nie może napisać pierwszy. Przekaż poniższy link: działa tylko dla niej.
sharing-not-reached = { $name }: nie mogę się teraz dostać do tej osoby. Przekaż poniższy link: działa tylko dla niej.
sharing-link-ready =
    🔗 <b>Zaproszenie, by słyszeć o { $label }</b>{ $role ->
        [operator] {" "}jako operator
       *[subscriber] {""}
    }
    { $link }

    { $name ->
        [none] Kto pierwszy go otworzy i się zgodzi, ten słyszy, więc wyślij go tylko jednej osobie.
       *[other] Działa tylko dla jednej osoby: { $name }.
    } Działa raz, do { $until }. Drugi raz go nie pokażę, ale można go cofnąć w „Udostępnianiu”.
sharing-copy-link = 📋 Skopiuj link
sharing-send-link = ↗️ Wyślij komuś
sharing-send-words = Masz zaproszenie, by słyszeć o „{ $label }”.

chooser-person = Kogo mam zapytać?
chooser-group = W której grupie mam zapytać? Muszę do niej należeć.
chooser-person-button = 👤 Wybierz osobę
chooser-group-button = 👥 Wybierz grupę

toast-removed = { $name }: już nie słyszy o tym połączeniu i właśnie o tym mówię.
toast-removed-already = To już wcześniej było nieaktualne.
toast-revoked = Cofnięte: ten link już nie działa.
toast-revoked-already = I tak już nie działało.
toast-too-many = Za dużo osób słyszy lub ma zaproszenie. Najpierw kogoś usuń albo cofnij zaproszenie.
toast-left = Nie słyszysz już o { $label }.
toast-already-paused-by-hand = Jest już wstrzymane ręcznie.

invitation =
    👋 <b>{ $inviter } zaprasza Cię, by słyszeć o { $label }</b>
    { $place }

    Pilnuję klucza giełdowego tej osoby. Jeśli się zgodzisz, powiem Ci tutaj, gdy przestanie działać albo stanie się groźny, i gdy znów wszystko będzie dobrze. { $role ->
        [operator] Możesz też wstrzymywać i wznawiać handel oraz zlecać sprawdzenie; { $inviter } za każdym razem się o tym dowie.
       *[subscriber] Niczym nie sterujesz.
    } W każdej chwili możesz wyciszyć albo odejść.
invitation-group =
    👋 <b>{ $inviter } zaprasza tę grupę, by słyszeć o { $label }</b>
    { $place }

    Pilnuję klucza giełdowego tej osoby. Jeśli administrator grupy się zgodzi, powiem Wam tutaj, gdy przestanie działać albo stanie się groźny, i gdy znów wszystko będzie dobrze. Kończy to /leave.
invitation-accept = ✅ Zgoda
invitation-decline = Nie, dziękuję
invitation-accepted =
    ✅ <b>Od teraz słyszysz o { $label }</b>
    { $place }
    { $sign } Połączenie { $status }.

    { $role ->
        [operator] Możesz wstrzymywać, wznawiać i sprawdzać: przyciski są w /connections.
       *[subscriber] W /connections widać, jak się ma. Tam też można wyciszyć albo odejść.
    }
invitation-accepted-group =
    ✅ <b>Od teraz ta grupa słyszy o { $label }</b>
    { $place }
    { $sign } Połączenie { $status }.

    Przyciski pod alertami działają dla właściciela połączenia i jego operatorów. /alerts ustawia, co tu wysyłam i kiedy jest cicho, /leave to kończy: oba są dla administratorów grupy.
invitation-declined = Odmowa przyjęta. O { $label } nic tu nie powiem.

invite-unknown = Takiego zaproszenia nie ma albo dawno minęło. Poproś o nowe.
invite-used = To zaproszenie zostało wykorzystane: każde działa raz. Poproś o nowe.
invite-expired = To zaproszenie minęło: są ważne dwa dni. Poproś o nowe.
invite-revoked = To zaproszenie zostało cofnięte.
invite-not-for-you = To zaproszenie jest dla kogoś innego, więc tutaj nic nie robi.
invite-own = To Twoje własne połączenie: i tak o nim słyszysz.
invite-already = O tym połączeniu już słyszysz. Jest w /connections.
invite-full = O tym połączeniu słyszy już tyle osób, ile może. Zapytaj właściciela.
invite-not-for-groups = To zaproszenie jest dla osoby, nie dla grupy.
press-invite-unknown = Takiego zaproszenia nie ma albo dawno minęło.
press-invite-used = To zaproszenie zostało wykorzystane: każde działa raz.
press-invite-expired = To zaproszenie minęło: są ważne dwa dni. Poproś o nowe.
press-invite-revoked = To zaproszenie zostało cofnięte.
press-invite-not-for-you = To zaproszenie jest dla kogoś innego.
press-invite-own = To Twoje własne połączenie: i tak o nim słyszysz.
press-invite-already = Ten czat już o nim słyszy.
press-invite-full = O tym połączeniu słyszy już tyle osób, ile może. Zapytaj właściciela.
press-invite-not-for-groups = To zaproszenie jest dla osoby, nie dla grupy.
press-group-admins = O tym musi zdecydować administrator tej grupy, we własnym imieniu.

press-no-longer = Nie słyszysz już o tym połączeniu, więc nic się nie stało.
press-only-hears = Słyszysz o tym połączeniu; to może zrobić tylko właściciel albo operator.
press-only-operators = Tutaj to działa tylko dla właściciela połączenia i jego operatorów.
press-own-cannot-leave = To Twoje własne połączenie. Kończy je „Rozłącz” na karcie.

shared-status-connected = działa
shared-status-error = chwilowo nie działa
shared-status-reauth_needed = czeka na właściciela
shared-gate-open = ▶️ Handel przez nie jest otwarty.
shared-gate-paused = ⏸ <b>Handel przez nie jest wstrzymany</b>, aż wydobrzeje.
shared-gate-paused_by_person = ⏸ <b>Handel przez nie jest wstrzymany ręcznie</b>, aż ktoś go wznowi.
shared-owner-knows = Właściciel też już wie, razem z tym, co zrobić.
shared-recovered-gate-open = ▶️ Handel przez nie znów idzie.
shared-recovered-gate-paused = ⏸ Handel przez nie jest nadal wstrzymany.
shared-recovered-gate-paused_by_person = ⏸ Handel przez nie zostaje wstrzymany: ktoś wstrzymał go ręcznie.

card-gate-paused-operator = ⏸ <b>Handel wstrzymany przez operatora tego połączenia</b> od { $since }. Tak zostanie, dopóki któreś z Was go nie wznowi.
flip-by-operator = przez operatora

sharing-told-accepted =
    👥 <b>{ $name }: od teraz słyszy o { $label }</b>
    { $place }
sharing-told-declined =
    👥 <b>{ $name }: odmowa, nie będzie słyszeć o { $label }</b>
    { $place }
sharing-told-left =
    👥 <b>{ $name }: już nie słyszy o { $label }</b>
    { $place }

    To był własny wybór tej osoby lub grupy. Jeśli ma wrócić, zaproś od nowa.
sharing-told-blocked =
    👥 <b>{ $name }: już nie słyszy o { $label }</b>
    { $place }

    Ta osoba mnie zablokowała. Jeśli ma wrócić, zaproś ją od nowa.
sharing-told-kicked =
    👥 <b>{ $name }: już nie słyszy o { $label }</b>
    { $place }

    Nie ma mnie już w tej grupie. Jeśli ma wrócić, dodaj mnie tam i wybierz ją od nowa.
sharing-told-unreachable =
    👥 <b>{ $name }: już nie słyszy o { $label }</b>
    { $place }

    Telegram mówi, że nic już tam nie wyślę.
sharing-told-paused =
    ⏸ <b>{ $name }: wstrzymane połączenie { $label }</b>
    { $place }

    Nic nowego przez nie nie przejdzie, dopóki Ty albo operator go nie wznowi.
sharing-told-resumed =
    ▶️ <b>{ $name }: wznowione połączenie { $label }</b>
    { $place }
sharing-told-removed =
    👋 <b>Nie słyszysz już o { $label }</b>
    { $place }

    Tak zdecydował właściciel. Dziękuję za czuwanie.
sharing-told-disconnected =
    👋 <b>Nie słyszysz już o { $label }</b>
    { $place }

    Właściciel je rozłączył, więc nie ma już czego pilnować.

home-heard-title = <b>Udostępnione Tobie</b>
home-heard = { $name } · 👥
heard-role = { $role ->
        [operator] 🎛 Obsługujesz je: możesz wstrzymywać, wznawiać i sprawdzać.
       *[subscriber] 🔔 Słyszysz o nim.
    }
heard-later = ⏱ Mówię Ci tylko o tym, co krytyczne, gdy nikt tego nie przyjmie przez { $after }.
heard-checked = Sprawdzone { $ago }
heard-status = Stan: { $status }, od { $since }.
heard-leave-ask =
    🚪 <b>Nie słyszeć już o { $label }?</b>
    Właściciel się dowie. Żeby wrócić, potrzebne będzie nowe zaproszenie.
heard-leave-yes = 🚪 Tak, odejdź

leave-done = { $count ->
        [one] 🚪 Nie słyszysz już o jednym połączeniu.
       *[other] 🚪 Nie słyszysz już o { $count } połączeniach.
    } Twoje własne zostają bez zmian.
leave-group-done = { $count ->
        [one] 🚪 Ta grupa nie słyszy już o jednym połączeniu.
       *[other] 🚪 Ta grupa nie słyszy już o { $count } połączeniach.
    }
leave-nothing = Nikt nie udostępnia temu czatowi żadnego połączenia.
leave-group-admins = O tym musi zdecydować administrator tej grupy, we własnym imieniu.
command-leave = Nie słyszeć już o cudzych połączeniach

sharing-later = ⏱ Kiedy słyszy { $name }
sharing-hears-later = ⏱ Tylko o tym, co krytyczne, i tylko gdy nikt tego nie przyjmie przez { $after }.
sharing-hears-now = Od razu, o wszystkim
sharing-ladder-none = 📣 O alercie wszyscy tutaj dowiadują się od razu. Przyciskiem <b>Kiedy słyszy …</b> możesz ustawić kogoś w drugiej kolejności: powiem mu tylko o tym, co krytyczne, i tylko gdy nikt tego w porę nie przyjmie.
sharing-ladder = 📣 Krytyczny alert, którego nikt nie przyjmie, przekazuję dalej: { $steps }. Pozostali dowiadują się od razu.
sharing-ladder-step = { $name } po { $after }
sharing-later-ask =
    ⏱ <b>Kiedy ma o tym usłyszeć { $name }?</b>
    Od razu i o wszystkim albo tylko o tym, co krytyczne, gdy nikt tego nie przyjmie przez tyle czasu.
