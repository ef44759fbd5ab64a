# Podsumowanie ostatniego dnia albo tygodnia i to, czy ktoś je chce.

command-digest = Podsumowanie dnia albo tygodnia, jeśli chcesz
digest-title-daily = 📊 <b>Ostatnie 24 godziny</b>
digest-title-weekly = 📊 <b>Ostatnie 7 dni</b>
digest-picture-title = Twoje połączenia
digest-line = { $sign } <b>{ $label }</b>: { $what }
digest-share = { $share } czasu bez kłopotów
digest-unwatched = obserwowane zbyt krótko
digest-changes = { $count ->
    [one] 1 zmiana
    [few] { $count } zmiany
   *[many] { $count } zmian
}
digest-more = { $count ->
    [one] i jeszcze jedno
    [few] i jeszcze { $count }
   *[many] i jeszcze { $count }
}
digest-ending = ⏳ Klucz połączenia <b>{ $label }</b> traci ważność { $at }
digest-rotate = 🔁 Klucz połączenia <b>{ $label }</b> warto wymienić od { $at }
digest-rotate-now = 🔁 Klucz połączenia <b>{ $label }</b> ma już { $age }: pora na nowy
digest-nothing-ahead = W ciągu 30 dni żaden klucz nie straci ważności i żadnego nie trzeba wymieniać.
digest-settings =
    📊 <b>Podsumowanie</b>
    Jak miało się każde połączenie, co się zmieniło i które klucze stracą ważność w ciągu 30 dni: słowami i na jednym obrazku, bez dźwięku. Tygodniowe przychodzi w poniedziałki.
digest-next = Następne przyjdzie { $at }. Godziny poniżej są według czasu { $zone }.
digest-button-off = Wyłączone
digest-button-off-chosen = ✓ Wyłączone
digest-button-daily = Codziennie
digest-button-daily-chosen = ✓ Codziennie
digest-button-weekly = Co tydzień
digest-button-weekly-chosen = ✓ Co tydzień
