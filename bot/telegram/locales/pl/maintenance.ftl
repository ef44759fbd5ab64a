# Okna serwisowe: lista i planowanie.

command-maintenance = Godziny, w których spodziewasz się kłopotów
maintenance-title =
    🔧 <b>Okna serwisowe</b>
    Gdy któreś jest otwarte, nie mówię Ci o awariach ani o tym, co może samo przejść. O kluczu martwym albo groźnym mówię jak zawsze, dalej też sprawdzam i wstrzymuję. Co trwa jeszcze po zamknięciu okna, o tym mówię wtedy.
maintenance-none = Żadnego nie zaplanowano.
maintenance-line = 🔧 <b>{ $name }</b>
maintenance-line-all = 🔧 <b>Wszystko na { $name }</b>
maintenance-once = { $at }, przez { $length }
maintenance-weekly = { $day }, { $at } ({ $zone }), przez { $length }
maintenance-open = <b>Otwarte</b>, do { $until }
maintenance-next = Następne: { $at }
maintenance-announced =
    📣 <b>Zapowiedź: { $name }</b>
    { $where }
maintenance-announced-count = To, co zapowiadają giełdy, liczy się tu jak okno, najwyżej przez dobę.
maintenance-announced-ignored = To, co zapowiadają giełdy, nic tu nie zmienia: o awariach mówię Ci wtedy też.
maintenance-button-announced-on = 📣 Zapowiedzi giełd: liczą się
maintenance-button-announced-off = 📣 Zapowiedzi giełd: nie liczą się
toast-announced-on = Włączone: to, co zapowie giełda, liczy się jak okno.
toast-announced-off = Wyłączone. Co teraz nie działa, o tym teraz mówię.
maintenance-button-new = ➕ Nowe okno
maintenance-button-remove = 🗑 Usuń: { $name }
maintenance-button-all = Wszystko na { $exchange }
maintenance-button-now = Teraz, { $hours } h
maintenance-button-later = Później, raz
maintenance-button-weekly = Co tydzień
maintenance-button-hours = { $hours } h
maintenance-what = 🔧 <b>Czego ma dotyczyć?</b>
maintenance-when = 🔧 <b>Kiedy?</b>
maintenance-day = 🔧 <b>W który dzień, co tydzień?</b>
maintenance-type-moment =
    🔧 <b>Kiedy się zaczyna?</b>
    Napisz według czasu { $zone }: <code>02:30</code> oznacza najbliższą taką godzinę, a z dniem pisze się to tak: <code>2026-12-24 02:30</code>.
maintenance-type-time =
    🔧 <b>O której się zaczyna?</b>
    Napisz według czasu { $zone }, na przykład <code>02:30</code>.
maintenance-not-read = Nie potrafię tego odczytać albo to już minęło. Napisz tak jak w przykładzie.
maintenance-length = 🔧 <b>Na jak długo?</b>
toast-maintenance-planned = Zaplanowane.
toast-maintenance-removed = Usunięte. Co teraz nie działa, o tym teraz mówię.
toast-maintenance-gone = Tego już nie ma.
toast-maintenance-many = Masz ich już dwadzieścia. Najpierw usuń któreś.
toast-maintenance-nothing = Nie ma jeszcze czego planować: żadne połączenie nie jest Twoje ani Ci udostępnione.
weekday-0 = poniedziałek
weekday-1 = wtorek
weekday-2 = środa
weekday-3 = czwartek
weekday-4 = piątek
weekday-5 = sobota
weekday-6 = niedziela
