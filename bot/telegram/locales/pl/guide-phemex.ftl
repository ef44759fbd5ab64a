### Jak utworzyć klucz na Phemex. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Phemex.

guide-phemex-1 = { $environment ->
    [testnet] Zaloguj się na <b>testnet.phemex.com</b> (to osobne konto) i wejdź w <b>Account</b> › <b>API Management</b>. Klucz z prawdziwego Phemex nie jest tam znany.
   *[live] Na Phemex wejdź w <b>Account</b> › <b>API Management</b>.
}
guide-phemex-2 = Dotknij <b>Create</b> i nadaj kluczowi nazwę (na przykład „Latchkey”). Jeśli jest do wyboru kilka wejść, weź <b>Default API entry</b>.
guide-phemex-3 = { $environment ->
    [testnet] Jako uprawnienie wybierz { $boxes }, nigdy { $danger_boxes }.
   *[live] Jako uprawnienie wybierz { $boxes }, nigdy { $danger_boxes }. Phemex nie mówi mi, co wolno kluczowi: sprawdź dwa razy, poproszę cię o potwierdzenie.
}
guide-phemex-4 = { $ip_count ->
    [0] W ustawieniach IP może zostać <b>Don’t Bind</b>; klucza strzeże wtedy tylko sekret.
   *[other] Powiąż klucz z adresami podanymi niżej. Jeśli któregoś zabraknie, Phemex odpowie „Request IP mismatch”.
}
guide-phemex-5 = Potwierdź, a potem skopiuj <b>API key</b> (czyli <b>ID</b>, w pięciu grupach) i <b>secret</b>. Sekret skopiuj od razu i w całości: jest długi i możesz go już więcej nie zobaczyć.
