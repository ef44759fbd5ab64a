# O czym decydują ludzie: kto zajmuje się alertem, kiedy jest cicho i co w ogóle przychodzi.

repeat-danger = 🚨 <b>{ $label }: klucz nadal ma niebezpieczne uprawnienie</b>
repeat-critical = 🔴 <b>{ $label } nadal nie działa</b>
repeat-lasts = Trwa to już { $duration }, od { $since }.
repeat-stop = Przypomnę za { $next }. <b>Przyjmuję</b> to zatrzyma; pilnuję dalej i powiem, gdy to minie.
shared-repeat-stop = Przypomnę za { $next } i powiem, gdy to minie. <b>Wycisz</b> pod pierwszą wiadomością zatrzyma to dla Ciebie.
alert-escalated = 📣 Nikt tego dotąd nie przyjął, więc mówię też Tobie.
alert-then = 📣 Jeśli nikt tego nie przyjmie, powiem też: { $who }.
alert-then-one = { $name } ({ $at })
alert-acked = 👀 Zajmuje się tym { $name }, od { $at }. Nie powtarzam.
alert-acked-by = 👀 { $role ->
        [owner] Zajmuje się tym właściciel, od
        [operator] Zajmuje się tym operator, od
       *[none] Przyjęte
    } { $at }. Nie powtarzam.
alert-muted = 🔕 Wyciszone do { $until }.
alert-muted-recovery = 🔕 Wyciszone, dopóki znów nie zadziała.

button-acknowledge = 👀 Przyjmuję
button-mute = 🔕 Wycisz…
button-unmute = 🔔 Włącz z powrotem
button-mute-hour = 🔕 1 godz.
button-mute-eight_hours = 🔕 8 godz.
button-mute-morning = 🔕 Do jutra do 9:00
button-mute-recovery = 🔕 Aż zadziała
button-mute-back = ‹ Nie wyciszaj

toast-ack-acknowledged = 👀 Przyjęte. Tego już nie powtórzę. Pilnuję dalej, a z handlem zostaje tak, jak jest.
toast-ack-already = Już przyjęte.
toast-ack-over = Nie ma czego przyjmować: to już minęło.
toast-mute-how-long = Na jak długo? Cichnie tylko ten czat; ja sprawdzam dalej.
toast-mute-not = Nie wyciszone.
toast-muted = 🔕 Wyciszone do { $until }. O tym, co nadal będzie nie tak, powiem Ci wtedy.
toast-muted-recovery = 🔕 Wyciszone, dopóki znów nie zadziała. O tym powiem.
toast-mute-nothing = To już działa, więc nie ma czego wyciszać.
toast-unmuted = 🔔 Alerty znów przychodzą.

alerts-title = 🔔 <b>Alerty: { $label }</b>
alerts-on = Przychodzą.
alerts-muted = 🔕 Wyciszone do { $until }. O tym, co nadal będzie nie tak, powiem Ci wtedy. Do tego czasu sprawdzam i wstrzymuję jak zwykle.
alerts-muted-recovery = 🔕 Wyciszone, dopóki znów nie zadziała, o czym powiem. Do tego czasu sprawdzam i wstrzymuję jak zwykle.
alerts-least = 🎚 Wysyłam: { $least }
alerts-least-chat = 🎚 Wysyłam: { $least }, jak wszędzie
alerts-unmute = 🔔 Włącz z powrotem
alerts-mute-ask =
    🔕 <b>Na jak długo?</b>
    Tylko Ty przestaniesz słyszeć o { $label }. Ja sprawdzam dalej, a o tym, co na koniec nadal będzie nie tak, powiem Ci wtedy.
alerts-mute-choice = { $choice ->
        [hour] 1 godzina: do { $until }
        [eight_hours] 8 godzin: do { $until }
       *[morning] jutro: do { $until }
    }
alerts-mute-recovery = tak długo, jak potrwa: aż znów zadziała, o czym powiem
alerts-button-mute = 🔕 Wycisz…
alerts-button-least = 🎚 Co wysyłam
alerts-button-chat = 🌙 Cisza nocna, dla wszystkiego
alerts-least-ask =
    🎚 <b>Co mam wysyłać o { $label }?</b>
    Jeśli powiem o kłopocie, powiem też o jego końcu.

chat-alerts-title = 🔔 <b>Twoje alerty</b>
chat-alerts-least = 🎚 Wysyłam: { $least }
chat-alerts-quiet-off = 🌙 Cisza nocna: wyłączona
chat-alerts-quiet-on = 🌙 Cicho od { $from } do { $to }. O tym, co wtedy przyjdzie, powiem o { $to }, jeśli nadal będzie aktualne.
chat-alerts-critical-passes = 🚨 To, co krytyczne, i tak Cię obudzi: martwy klucz, prawo do wypłat.
chat-alerts-critical-waits = 😴 To, co krytyczne, też czeka, nawet prawo do wypłat.
chat-alerts-zone = 🕰 { $city }, teraz jest tam { $clock }
chat-alerts-zone-none = 🕰 Strefa czasowa: nie wybrano; liczę według UTC
chat-alerts-info = Wieści tylko do wiadomości, na przykład że coś znów działa, nigdy nie wydają dźwięku.

chat-button-least = 🎚 Co wysyłam
chat-button-quiet-on = 🌙 Cisza nocna: włącz
chat-button-quiet-off = 🌙 Cisza nocna: wyłącz
chat-button-from = Od { $from }
chat-button-to = Do { $to }
chat-button-zone = 🕰 Strefa czasowa
chat-button-critical-wait = 😴 Krytyczne też niech czekają
chat-button-critical-pass = 🚨 Krytyczne przepuszczaj
chat-least-ask =
    🎚 <b>Co mam wysyłać?</b>
    Jeśli powiem o kłopocie, powiem też o jego końcu. Pojedyncze połączenie może mieć własny wybór, na swojej karcie.
chat-from-ask =
    🌙 <b>Od kiedy ma być cicho?</b>
    Dotknij godziny albo wpisz czas co do minuty: 22:30. Oba końce naraz: 22:30-7:15.
chat-to-ask =
    🌙 <b>Do kiedy ma być cicho?</b>
    Dotknij godziny albo wpisz czas co do minuty: 7:15. Oba końce naraz: 22:30-7:15.
time-unreadable = 🤔 Nie odczytałem z tego godziny, więc nic się nie zmieniło. Na przykład tak: 22:30 albo 22:30-7:15.
time-impossible = 🤔 Takiej godziny nie pokaże żaden zegar, więc nic się nie zmieniło. Doba trwa od 0:00 do 23:59.
time-same = 🤔 „Od” i „do” to ta sama godzina, więc byłoby cicho całą dobę. Nic się nie zmieniło.
chat-zone-ask =
    🕰 <b>Gdzie jesteś?</b>
    Dotknij miasta, w którym zegar pokazuje to samo co Twój, albo wpisz nazwę jakiegoś miasta.
chat-zone-found = Czy to jedno z nich?
chat-zone-unknown = Nie znam tego miasta. Wystarczy większe, w tej samej strefie czasowej.
chat-zone-choice = { $city } · { $clock }
toast-quiet-same = „Od” i „do” to ta sama godzina: byłoby cicho całą dobę.

group-alerts-title = 🔔 <b>Co wysyłam do tej grupy</b>
group-alerts-quiet-on = 🌙 Cicho od { $from } do { $to }. O tym, co wtedy przyjdzie, powiem Wam o { $to }, jeśli nadal będzie aktualne.
group-alerts-critical-passes = 🚨 To, co krytyczne, i tak przyjdzie: martwy klucz, prawo do wypłat.
group-alerts-who = <i>Zmieniają to administratorzy tej grupy: przyciskami albo poleceniem, na przykład „/alerts 22:30-7:15” lub „/alerts Mumbai”.</i>
group-least-ask =
    🎚 <b>Co mam tu wysyłać?</b>
    Jeśli powiem o kłopocie, powiem też o jego końcu.
group-from-ask =
    🌙 <b>Od kiedy ma być cicho?</b>
    Dotknij godziny. Co do minuty, oba końce naraz: „/alerts 22:30-7:15”.
group-to-ask =
    🌙 <b>Do kiedy ma być cicho?</b>
    Dotknij godziny. Co do minuty, oba końce naraz: „/alerts 22:30-7:15”.
group-zone-ask =
    🕰 <b>Według czyjego zegara?</b>
    Dotknij miasta, w którym zegar pokazuje to samo co zegar grupy, albo wyślij nazwę miasta: „/alerts Mumbai”.
group-zone-first = Cisza nocna zacznie się, gdy poznam strefę czasową.
group-zone-next = Więcej miast ›
group-unreadable = 🤔 Nie odczytałem tego, więc nic się nie zmieniło. Rozumiem dwie godziny, „/alerts 22:30-7:15”, i miasto, „/alerts Mumbai”. Wystarczy większe, w tej samej strefie czasowej.
group-two-times = 🤔 Cisza nocna ma dwa końce, więc nic się nie zmieniło. Na przykład tak: „/alerts 22:30-7:15”.
toast-group-hears-nothing = Ta grupa nie słyszy już o żadnym połączeniu, więc nie ma czego ustawiać.

least-info = wszystko
least-warning = ostrzeżenia i to, co krytyczne
least-critical = tylko to, co krytyczne
least-chat = tak jak dla wszystkiego innego
least-chosen = ✓ { $name }
