### Jak utworzyć klucz na Hyperliquid i co mówi się tam inaczej. Puste kroki są pomijane.

guide-hyperliquid-1 = { $environment ->
    [testnet] Na <b>app.hyperliquid-testnet.xyz</b> podłącz swój portfel i otwórz <b>More</b> › <b>API</b>. Portfeli API z prawdziwej giełdy tam nie znają.
   *[live] Na <b>app.hyperliquid.xyz</b> podłącz swój portfel i otwórz <b>More</b> › <b>API</b>.
}
guide-hyperliquid-2 = Nadaj portfelowi API nazwę, której nie ma jeszcze żaden z Twoich (na przykład „Latchkey”): inny o tej samej nazwie zostałby zastąpiony. Tylko przy portfelu z nazwą widzę, kiedy wygasa.
guide-hyperliquid-3 = Dotknij <b>Generate</b> i skopiuj <b>klucz prywatny portfela API</b>: drugi raz go nie zobaczysz.
guide-hyperliquid-4 = Dotknij { $boxes }, wybierz, jak długo ma być ważny (najwyżej 180 dni), i podpisz swoim portfelem. { $purpose ->
    [watch] Takiego, który tylko odczytuje, nie ma: może handlować na każdym rynku. Wypłacać nie może.
   *[trade] Może handlować na każdym rynku, a wypłacać nie może.
}
guide-hyperliquid-5 = Skopiuj <b>adres swojego konta</b> (0x i 40 cyfr; dla subkonta jego własny), nie adres portfela API. Klucza prywatnego ani frazy odzyskiwania własnego portfela nie dawaj nikomu, mnie też nie.

## Gdy parę tworzymy my

guide-hyperliquid-own-3 = Nie dotykaj <b>Generate</b>: wklej powyższy <b>adres portfela API</b> w przeznaczone na niego pole.

## Pytanie o klucz

field-api_key-at-hyperliquid = adres Twojego konta
field-secret-at-hyperliquid = klucz prywatny portfela API
key-ask-api_key-at-hyperliquid =
    👛 <b>Wyślij mi adres swojego konta</b>

    0x i 40 cyfr: portfel albo subkonto, na którym są pieniądze, a nie portfel API. Możesz też wysłać adres i klucz prywatny portfela API w jednej wiadomości.
key-ask-secret-at-hyperliquid =
    🔑 <b>Teraz klucz prywatny portfela API</b>

    Ten, który Hyperliquid pokazuje po dotknięciu „Generate”. Nigdy klucz Twojego własnego portfela.
key-have-at-hyperliquid = ✅ Konto <code>{ $tail }</code>
key-have-secret-at-hyperliquid = ✅ Klucz prywatny portfela API
paste-looks_like_secret_not_key-at-hyperliquid = 🤔 To wygląda na klucz prywatny. Najpierw wyślij <b>adres swojego konta</b>; o klucz prywatny portfela API zapytam zaraz potem.
paste-looks_like_key_not_secret-at-hyperliquid = 🤔 To znów wygląda na adres. Wyślij <b>klucz prywatny portfela API</b>: { $exchange } pokazuje go tylko raz, przy tworzeniu.
paste-key_equals_secret-at-hyperliquid = 🤔 To znów ta sama wartość. Adres konta i klucz prywatny portfela API to dwie różne rzeczy: podaj jeszcze tę drugą.
paste-pem_where_hmac_expected-at-hyperliquid = 🤔 To plik z kluczem RSA albo Ed25519. Potrzebny jest klucz prywatny portfela API: ciąg cyfr szesnastkowych.
paste-url-at-hyperliquid = 🤔 To link, a potrzebny jest { $field }: ciąg cyfr szesnastkowych. Skopiuj tylko jego.

## Zamiast pól wyboru

connect-purpose-at-hyperliquid =
    Do czego ma służyć ten klucz?

    Portfel API na Hyperliquid zawsze może handlować na każdym rynku i nigdy nie może wypłacać. Nie ma czego zaznaczać, więc Twój wybór mówi tylko, czego od niego oczekuję.

    Co innego klucz prywatny <b>Twojego własnego portfela</b>: kto go ma, może zabrać wszystko. Takiego nie przyjmę.
guidance-boxes-at-hyperliquid =
    <b>Pola</b>
    Nie ma żadnych: portfel API może handlować na każdym rynku, a wypłacać nie może. Kluczem prywatnym Twojego własnego portfela można zabrać wszystko i takiego nie przyjmę.
guidance-mistake-place-at-hyperliquid = <b>Najczęstsze błędy:</b> adres portfela API zamiast adresu konta; drugi portfel API o tej samej nazwie, który zastępuje pierwszy; konto bez środków, które traci swoje portfele API.

## Co jest nie tak z kluczem

failure-invalid_key-at-hyperliquid = Hyperliquid nie zna tego portfela API jako portfela Twojego konta. Został usunięty, wygasł, zastąpił go inny o tej samej nazwie albo jest z drugiego środowiska. Portfele API traci też konto bez środków.
remedy-invalid_key-at-hyperliquid =
    1. Otwórz na Hyperliquid <b>More</b> › <b>API</b>, poszukaj go i sprawdź, czy na koncie są środki.
    2. Jeśli go nie ma, potrzebny jest nowy, z nowym kluczem. Najlepiej pozwól mi go utworzyć: wtedy zatwierdzasz adres i żaden klucz prywatny nie jest wysyłany.
    3. Jeśli zniknął bez Twojej wiedzy, ktoś jeszcze może podpisywać Twoim portfelem: przenieś wszystko, co w nim jest, do nowego.
failure-bad_signature-at-hyperliquid = Portfel API i adres do siebie nie należą.
remedy-bad_signature-at-hyperliquid =
    1. Wyślij adres konta, które zatwierdziło ten portfel API, albo jego subkonta; nie adres portfela API.
    2. Jeśli nie masz pewności, które to było, podłącz na Hyperliquid właściwy portfel i utwórz nowy portfel API.
failure-key_expired-at-hyperliquid = Portfel API wygasł.
remedy-key_expired-at-hyperliquid =
    1. Utwórz na Hyperliquid nowy: <b>More</b> › <b>API</b>, najwyżej na 180 dni.
    2. Najlepiej pozwól mi utworzyć jego klucz: wtedy zatwierdzasz adres i żaden klucz prywatny nie jest wysyłany. Starego nie używaj ponownie.
failure-ambiguous_auth-at-hyperliquid = Hyperliquid mnie nie wpuszcza i nie mówi dlaczego.
remedy-ambiguous_auth-at-hyperliquid =
    1. Czy portfel API jest nadal na Hyperliquid w <b>More</b> › <b>API</b> i nie wygasł?
    2. Jeśli tak, to kto mnie prowadzi, musi sprawdzić, dlaczego mój serwer nie jest wpuszczany.
failure-malformed_credential-at-hyperliquid = To, co mam, to nie adres i klucz prywatny z Hyperliquid.
remedy-malformed_credential-at-hyperliquid =
    1. Wyślij adres swojego konta (0x i 40 cyfr szesnastkowych) i klucz prywatny portfela API (64 takie cyfry).
    2. Skopiuj jedno i drugie przyciskiem kopiowania.
failure-withdraw_enabled-at-hyperliquid = 🚨 <b>To klucz prywatny samego portfela, a nie portfela API.</b> Kto go ma, może zabrać wszystko, co w tym portfelu jest.
remedy-withdraw_enabled-at-hyperliquid =
    1. Trafił na czat, więc uznaj, że wyciekł, choć wiadomość usunąłem i nic nie zachowałem: utwórz nowy portfel i <b>przenieś tam teraz wszystko</b>, z każdego łańcucha, nie tylko z Hyperliquid.
    2. Nie dawaj tego klucza żadnemu botowi ani człowiekowi. Przyjmuję klucz prywatny portfela API, utworzonego w <b>More</b> › <b>API</b>: może handlować, a wypłacać nie może.
    3. Tylko jeśli wysłany adres jest adresem portfela API, nic się nie stało: wyślij zamiast niego adres swojego konta.

## Na co uważać

caution-no_ip_whitelist-at-hyperliquid = ⚠️ <b>Hyperliquid nie ma list IP.</b> Kto zdobędzie klucz prywatny portfela API, może nim handlować z dowolnego miejsca, dopóki go nie usuniesz. Po Twojej stronie nie ma tu nic do zrobienia.
caution-transfers_with_trading-at-hyperliquid = ⚠️ <b>Portfel API nie może wypłacać ani wysyłać pieniędzy innym</b>, tak mówi Hyperliquid. Czy może przenosić je między Twoimi subkontami albo do skarbców (vaults), nie mówi jasno, więc przyjmuję, że może. Nie da się tego wyłączyć.
caution-more_than_needed-at-hyperliquid = ⚠️ Portfela API, który tylko odczytuje, nie ma: ten może handlować. Do czego służy, decydujesz Ty.
finding-line-inseparable-at-hyperliquid = ⚠️ { $permission }: do innych nie; może między Twoimi subkontami i do skarbców (vaults), i tego nie da się wyłączyć
connect-key-at-hyperliquid = Konto <code>{ $tail }</code> · { $purpose }
card-key-at-hyperliquid = Konto <code>{ $tail }</code> · { $purpose }
card-ips-none-at-hyperliquid = 🌐 Hyperliquid nie ma list IP: kto zdobędzie ten klucz, może nim handlować z dowolnego miejsca.

## Nowy klucz: dwa portfele API jednego konta kończą się tym samym adresem

rotate-guide-at-hyperliquid =
    🔁 <b>Nowy portfel API dla { $label }</b>

    Starego używam, dopóki nowy się nie sprawdzi, więc jeszcze go nie usuwaj, a <b>nowemu nadaj inną nazwę</b>. Tylko jeśli stary klucz może mieć ktoś inny: usuń go od razu i dopiero potem wymień.
rotate-guide-yourself-at-hyperliquid = <b>Utwórz nowy samodzielnie</b>, na tym samym koncie:
rotate-done-at-hyperliquid = ✅ <b>{ $label }</b> działa teraz na nowym portfelu API konta <code>{ $tail }</code>
rotate-done-unproven-at-hyperliquid = ⏳ Hyperliquid nie odpowiada na pierwsze sprawdzenie na żywo, więc stary klucz trzymam jeszcze jako drogę powrotu. Usuń stary portfel API dopiero wtedy, gdy napiszę, że nowy działa.
rotated-at-hyperliquid =
    ✅ <b>{ $label }: nowy portfel API się sprawdził</b>
    { $place } · konto <code>{ $tail }</code>

    Swoją kopię starego klucza już zniszczyłem. Teraz usuń stary portfel API na Hyperliquid (<b>More</b> › <b>API</b>): dopóki tam jest, można go użyć.
rotation-failed-at-hyperliquid =
    ↩️ <b>{ $label }: nowy portfel API zawiódł, wrócił stary</b>
    { $place } · konto <code>{ $tail }</code>

    { $cause }
    Nic się nie przerwało: działa stary, a klucz nowego został tu zniszczony. Usuń nowy na Hyperliquid, potem wymień jeszcze raz.
