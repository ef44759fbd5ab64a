### Po wycieku: co robić, po kolei.

leaked-title = 🚨 <b>Klucz wyciekł albo mógł wyciec? Zrób to teraz, po kolei.</b>
leaked-steps =
    1. <b>Usuń klucz na giełdzie.</b> Nie czekaj na nowy: dopóki tam jest, może go użyć każdy, kto go ma. To, co przez niego handluje, staje; otwarte zlecenia i pozycje zostają, jakie są.
    2. <b>Przejrzyj konto:</b> otwarte zlecenia i pozycje, transakcje, wypłaty, inne klucze API, logowania. Zamknij, co nie Twoje. Jeśli ktoś był na samym koncie, zmień hasło i drugi składnik logowania i napisz do wsparcia giełdy.
    3. <b>Utwórz nowy klucz</b> z moimi adresami na liście IP (/ips; /guide pokaże jak) i podaj mi go przez <b>Wymień</b>. Połączenie zachowa nazwę, historię i ustawienia.
    4. <b>Zatkaj wyciek:</b> usuń wiadomość, plik albo kod, w którym był klucz. Każdy inny klucz, który tam leżał, też wyciekł.
leaked-which = <b>Nie wiesz, który to? W takim razie wszystkie, od góry.</b>
leaked-without =
    1. <b>Usuń klucz na giełdzie.</b> Dopóki tam jest, może go użyć każdy, kto go ma.
    2. <b>Przejrzyj konto:</b> otwarte zlecenia i pozycje, transakcje, wypłaty, inne klucze API, logowania. Zamknij, co nie Twoje. Jeśli ktoś był na samym koncie, zmień hasło i drugi składnik logowania i napisz do wsparcia giełdy.
    3. <b>Zatkaj wyciek:</b> usuń wiadomość, plik albo kod, w którym był klucz. Każdy inny klucz, który tam leżał, też wyciekł.

    Nie masz tu żadnego połączenia, więc nie ma czego wymieniać. Żeby połączyć nowy klucz: /connect
leaked-line =
    <b>{ $label }</b>
    { $place } · klucz <code>{ $tail }</code>
leaked-delete = 🗑 Usuń: { $label }
leaked-rotate = 🔁 Wymień: { $label }
