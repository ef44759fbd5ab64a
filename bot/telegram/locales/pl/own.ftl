### Droga bez sekretu: parę kluczy tworzymy my, a giełda dostaje jej publiczną połowę.

own-offer =
    🔐 <b>Najlepiej: ja utworzę klucz</b>

    Tworzę parę kluczy, { $exchange } dostaje jej publiczną połowę, a Ty wysyłasz mi sam klucz API: przez ten czat nie przechodzi żaden sekret.
own-make = 🔐 Utwórz klucz za mnie ›
own-make-another = 🔐 Utwórz nową parę
own-ed25519-made =
    🔐 <b>Mam dla Ciebie parę kluczy</b> (Ed25519). Prywatna połowa jest tu zapieczętowana i tu zostaje. To jest publiczna, żaden sekret:

    <pre>{ $public }</pre>
own-rsa-2048-made =
    🔐 <b>Mam dla Ciebie parę kluczy</b> (RSA). Prywatna połowa jest tu zapieczętowana i tu zostaje. To jest publiczna, żaden sekret; w pliku powyżej jest to samo:

    <pre>{ $public }</pre>
own-file = 📄 Publiczna połowa Twojego nowego klucza na { $exchange }, na wypadek gdyby łatwiej było wziąć ją z pliku.
own-copy-public = 📋 Kopiuj klucz publiczny
own-steps = <b>Zarejestruj ją na { $exchange }</b>
own-ask =
    🔑 <b>Potem wyślij mi klucz API</b>

    Tylko jego: przy takim kluczu nie ma sekretu do wysłania.
own-promise = 🗑 Sam klucz API niczego nie otwiera, ale wskazuje Twoje konto, więc i tak usuwam Twoją wiadomość. Na giełdzie nie musisz się spieszyć: parę trzymam do { $until }, restart jej nie szkodzi. /cancel ją niszczy.
own-notice-restarted = 🔄 <b>Zostałem zrestartowany.</b> Twoja para kluczy jest bezpieczna, to wciąż ta sama. Jeśli klucz API był już wysłany, wyślij go jeszcze raz: tamta wiadomość jest usunięta.
own-gone =
    ⏳ <b>Tej pary kluczy już nie ma.</b> Trzymam ją 24 godziny, potem ją niszczę.

    Jeśli jej publiczna połowa jest już zarejestrowana, usuń tamten klucz na { $exchange }: niczego już nie otwiera.
own-destroyed = 🔐 Para kluczy, którą utworzyłem, jest zniszczona. Jeśli jej publiczna połowa jest już zarejestrowana, usuń tamten klucz na { $exchange }: niczego już nie otwiera.

## Co może pójść nie tak

own-failure-bad_signature = { $exchange } zna ten klucz API, ale zarejestrowany jest z nim inny klucz publiczny niż ten, który dla Ciebie utworzyłem.
own-remedy-bad_signature =
    1. Sprawdź, czy to na pewno klucz API z pozycji utworzonej przed chwilą. Jeśli nie: <b>Podam inny klucz</b>.
    2. Jeśli tak, usuń tę pozycję na { $exchange }. <b>Podam inny klucz</b> pokaże klucz publiczny jeszcze raz: zarejestruj go w całości, od „BEGIN” do „END”.

own-has-secret = 🤔 Razem z nim przyszedł sekret, więc to klucz „System generated” i nie należy do pary, którą utworzyłem. Wiadomość usunąłem i niczego z niej nie użyłem. Wybierz na { $exchange } „Self-generated” albo wróć i podaj mi klucz razem z sekretem.
own-public-half = 🤔 To plik klucza. Jego miejsce jest na stronie { $exchange }; mnie potrzebny jest <b>klucz API</b>, który ta strona pokaże w zamian.

## W przewodniku poza kreatorem

own-guidance = 🔐 <b>Bez żadnego sekretu:</b> w /connect mogę utworzyć klucz za Ciebie. { $exchange } dostaje wtedy klucz publiczny, a ja tylko klucz API.
