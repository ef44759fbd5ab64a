### Pytanie o klucz i wszystko, co może być nie tak z tym, co ktoś wkleił.

field-api_key = klucz API
field-secret = sekret
field-passphrase = passphrase

key-ask-api_key =
    🔑 <b>Wyślij mi klucz API</b>

    Możesz też wysłać klucz i sekret w jednej wiadomości, tak jak pokazuje je { $exchange }.
key-ask-secret = 🔑 <b>Teraz sekret</b> (Secret Key)
key-ask-private-key =
    🔑 <b>Teraz klucz prywatny</b>

    W całości, od BEGIN do END. Plików nie czytam: jeśli masz pobrany plik, otwórz go, skopiuj wszystko, co w nim jest, i wyślij jako wiadomość.
key-ask-key-and-private-key =
    🔑 <b>Wyślij mi klucz API</b>

    Możesz też wysłać klucz API i klucz prywatny w jednej wiadomości albo wszystko, co jest w pliku pobranym z { $exchange }. Wyślij to jako tekst: pliki usuwam bez czytania.
key-ask-passphrase =
    🔑 <b>Teraz passphrase</b>

    Ta wybrana przy tworzeniu klucza.
key-have = ✅ Klucz API <code>{ $tail }</code>
key-have-secret = ✅ Sekret
key-promise = 🗑 Każdą wiadomość, którą teraz wyślesz, usuwam w chwili, gdy przyjdzie, i nic nie zachowuję, dopóki klucz nie przejdzie sprawdzenia.
key-changed-mind = /cancel w każdej chwili wymazuje wszystko.

## Dlaczego pytam jeszcze raz

key-notice-restarted = 🔄 <b>Zostałem zrestartowany.</b> To, co było już podane, istniało tylko w pamięci, więc przepadło. Twoja wiadomość jest usunięta. Wyślij klucz jeszcze raz.
key-notice-silence = ⏳ <b>Dziesięć minut ciszy:</b> dla bezpieczeństwa wymazałem to, co zostało podane. Wyślij klucz ponownie, kiedy zechcesz.
key-notice-vanished = 🔄 To, co zostało podane, jest wymazane i nic z tego nie zachowałem. Wyślij klucz jeszcze raz.
key-notice-back = ↩️ Wymazałem to, co zostało podane. Wyślij klucz jeszcze raz.
key-notice-another = 🔑 Poprzedni wpis jest wymazany. Wyślij drugi klucz.

## Kluczy teraz nie przyjmuję

key-intake-closed = Teraz nie przyjmuję kluczy: wygląda na to, że ktoś jeszcze czyta wiadomości do tego bota i klucz mógłby trafić także do niego. Kto mnie prowadzi, już wie. Spróbuj później.
key-intake-closed-message =
    ⛔️ <b>Teraz nie przyjmuję kluczy</b>

    Wygląda na to, że ktoś jeszcze czyta to, co przychodzi do tego bota, i klucz mógłby trafić także do niego. Kto mnie prowadzi, już o tym wie.

    Jeśli w ostatnich minutach wysłałeś klucz, usuń go na { $exchange } i utwórz nowy. Twoje połączenia są dalej pilnowane.

## Co jest nie tak z tym, co przyszło

paste-empty = 🤔 W tej wiadomości nie było nic do odczytania. Skopiuj { $field } przyciskiem kopiowania na { $exchange } i wyślij jako tekst.
paste-url = 🤔 To jest link, a potrzebny jest { $field }: długi ciąg liter i cyfr. Skopiuj właśnie jego.
paste-seed_phrase =
    ⛔️ <b>To wygląda na frazę seed portfela.</b>

    Nikt uczciwy nigdy o nią nie prosi i ja też nie. Wiadomość usunąłem, ale uznaj frazę za podejrzaną: przenieś to, co jest w tym portfelu, do nowego.
paste-pem_where_hmac_expected = 🤔 To plik klucza RSA albo Ed25519. Potrzebny jest rodzaj, który { $exchange } nazywa „System generated”: klucz API i sekret, oba jako ciąg liter i cyfr.{ $own_pairs ->
    [yes] { " " }Możesz też wrócić i pozwolić, żebym to ja utworzył klucz: wtedy nie ma sekretu do wysłania.
   *[no] { "" }
}
paste-pem_of_another_kind = 🤔 To klucz prywatny, ale nie takiego rodzaju, jakiego mogę użyć na { $exchange }: potrzebny jest { $kinds }. Utwórz tam nowy klucz, jako <b>algorytm podpisu</b> wybierz { $kinds }, a ten usuń.
paste-pem_not_whole = 🤔 W tym kluczu prywatnym czegoś brakuje albo coś się zmieniło. Skopiuj go jeszcze raz w całości, od BEGIN do END, przyciskiem kopiowania.
paste-pem_goes_on = ✂️ Mam początek klucza prywatnego. Wyślij resztę, aż do linii END, albo jeszcze raz całość.
paste-no_pem = 🤔 To nie jest klucz prywatny albo nie jest cały. { $exchange } pokazuje go jako blok kilku linii: wyślij wszystko, od BEGIN do END.
paste-looks_like_secret_not_key = 🤔 To wygląda na sekret. Najpierw wyślij <b>klucz API</b>; sekret będzie następny.
paste-looks_like_key_not_secret = 🤔 To znowu wygląda na klucz API. Wyślij <b>sekret</b>: { $exchange } pokazuje go tylko raz, zaraz po utworzeniu klucza.
paste-key_equals_secret = 🤔 Dwa razy to samo. Klucz API i sekret to dwie różne rzeczy: skopiuj jedną po drugiej.
paste-too_short = 🤔 Za krótko: { $field } ma tu { $got } z { $expected } znaków. Kawałka brakuje: skopiuj jeszcze raz przyciskiem kopiowania.
paste-too_long = 🤔 Za długo: { $field } ma tu { $got } znaków zamiast { $expected }. Coś się przykleiło: skopiuj go osobno.
paste-wrong_characters = 🤔 Tak nie wygląda { $field }: są tu znaki, których { $exchange } nigdy nie używa. Skopiuj jeszcze raz przyciskiem kopiowania.
paste-looks_like_label_only = 🤔 Widzę opis, ale nie ma przy nim wartości. Potrzebny jest sam { $field }.
paste-looks_like_command = 🤔 Nie znam takiego polecenia. Teraz potrzebny jest { $field } albo /cancel.
paste-several_candidates = 🤔 Jest tu kilka wartości, a zgadywać nie będę. Potrzebny jest tylko { $field }.
paste-telegram_token = ⛔️ To token bota Telegrama. Usunąłem go, ale i tak go wymień: @BotFather, /revoke. Potrzebny jest { $field }.
paste-wallet_address = 🤔 To adres portfela, a potrzebny jest { $field }.
paste-refused_kind = { $exchange ->
    [Gemini] ⛔️ To <b>klucz główny (master)</b>: sięga do wszystkich Twoich kont naraz, więc takich nie biorę. Utwórz klucz, którego <b>Scope</b> to <b>Primary</b> albo jedno inne konto: zaczyna się od <code>account-</code>. Klucz główny potem usuń, bo był już w czacie.
   *[other] ⛔️ Kluczy tego rodzaju z { $exchange } nigdy nie biorę. Utwórz nowy tak, jak mówi /guide, a wysłany usuń.
}
paste-not-text = 🤔 Tu umiem czytać tylko tekst. Potrzebny jest { $field } w zwykłej wiadomości; plik czy obrazek właśnie usuwam.
