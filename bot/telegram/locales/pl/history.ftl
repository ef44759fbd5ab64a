# Historia połączenia: słowa na obrazku i pod nim. Na obrazku nie ma znaczników ani emoji.

button-history = 📈 Historia
history-button-day = 24 godz.
history-button-day-chosen = ✓ 24 godz.
history-button-quarter = 90 dni
history-button-quarter-chosen = ✓ 90 dni

history-title = 📈 <b>{ $label }</b> · { $span }
history-last-day = ostatnie 24 godziny
history-last-week = ostatnie 7 dni
history-last-quarter = ostatnie 90 dni
history-strip-day = Ostatnie 24 godziny
history-strip-week = Ostatnie 7 dni
history-strip-quarter = Ostatnie 90 dni
history-figure = tego czasu klucz działał
history-figure-none = jeszcze nic nie wiadomo
history-percent = { $share }%
history-decimal = { $whole },{ $part }
history-watched = pilnowane przez { $share }% czasu
history-watched-all = pilnowane bez przerwy
history-uptime = Klucz działał przez <b>{ $share }</b> czasu, w którym go pilnowałem, czyli { $watched }% całości.
history-uptime-all = Klucz działał przez <b>{ $share }</b> czasu, a pilnowałem go bez przerwy.
history-uptime-none = Pilnuję za krótko, żeby coś powiedzieć. Zajrzyj znów za kilka minut.
history-latency = Odpowiedź trwa zwykle { $usual }, najdłuższa trwała { $highest }.
history-latency-title = Czas odpowiedzi
history-latency-short = zwykle { $usual } · najdłużej { $highest }
history-ms = { $ms } ms
history-seconds = { $s } s
history-changes = Ostatnie zmiany
history-no-changes = W tym czasie nic się nie zmieniło.
history-change = { $at } · { $what }
history-change-plain = { $at } · { $what }
history-because = { $what }: { $why }
history-footer = { $at } · dni i godziny w UTC

history-state-up = działa
history-state-paused = wstrzymane
history-state-error = nie działa
history-state-reauth = czeka na Ciebie
history-state-unknown = niepilnowane
history-flip-status-connected = znów działa
history-flip-status-error = nie działa
history-flip-status-reauth_needed = czeka na Ciebie
history-flip-gate-open = handel otwarty
history-flip-gate-paused = handel wstrzymany

# Dni, najkrócej jak się da.
history-day = { $d } { $month }
history-moment = { $day }, { $time }
month-1 = sty
month-2 = lut
month-3 = mar
month-4 = kwi
month-5 = maj
month-6 = cze
month-7 = lip
month-8 = sie
month-9 = wrz
month-10 = paź
month-11 = lis
month-12 = gru

# Dlaczego, w kilku słowach: do jednej linijki historii albo karty, więc bez czasu. Całe zdania są w failures.ftl.
reason-invalid_key = giełda nie zna klucza
reason-bad_signature = sekret nie pasuje
reason-wrong_passphrase = hasło (passphrase) nie pasuje
reason-key_expired = klucz wygasł
reason-ip_not_allowed = mojego adresu nie ma na liście
reason-no_read_permission = nie wolno mu czytać
reason-no_trade_permission = nie wolno mu handlować
reason-wrong_market = jest na inny rynek
reason-withdraw_enabled = wypłaty włączone
reason-transfer_enabled = transfery włączone
reason-permissions_unknown = giełda nie podaje uprawnień
reason-ambiguous_auth = odmowa bez podania powodu
reason-account_suspended = konto zawieszone
reason-clock_skew = zegary się rozeszły
reason-rate_limited = prośba, żebym zwolnił
reason-banned = mój adres zablokowany
reason-region_blocked = kraj mojego serwera jest nieobsługiwany
reason-exchange_unavailable = brak poprawnej odpowiedzi
reason-maintenance = przerwa techniczna na giełdzie
reason-network_down = awaria mojej własnej sieci
reason-malformed_credential = to nie ma postaci klucza
reason-unexpected = niezrozumiała odpowiedź
