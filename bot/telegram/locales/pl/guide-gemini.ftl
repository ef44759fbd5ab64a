### Jak utworzyć klucz na Gemini. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Gemini.

market-linear-at-gemini = Bezterminowe { $settled }

guide-gemini-1 = { $environment ->
    [testnet] Na <b>exchange.sandbox.gemini.com</b>, gdzie potrzebne jest osobne konto, wejdź w <b>Account</b> › <b>Settings</b> › <b>API</b>
   *[live] Na Gemini wejdź w <b>Account</b> › <b>Settings</b> › <b>API</b>
} i dotknij <b>Create API key</b>.
guide-gemini-2 = Jako <b>Scope</b> wybierz <b>Primary</b> albo to jedno konto, o które chodzi (przy kontraktach bezterminowych to, które nimi handluje). Nigdy <b>Master</b>: taki klucz sięga do wszystkich Twoich kont. Właściwy zaczyna się od <code>account-</code>.
guide-gemini-3 = Nadaj nazwę (na przykład „Latchkey”) i zaznacz { $boxes } i nic więcej, przede wszystkim nie { $danger_boxes }.{ $purpose ->
    [watch] {" "}Trading jest zaznaczone od początku: odznacz je.
   *[trade] { "" }
}
guide-gemini-4 = { $purpose ->
    [watch] <b>Requires Heartbeat</b> zostaw wyłączone.
   *[trade] <b>Requires Heartbeat</b> zostaw wyłączone. Zlecenia takiego klucza są anulowane po 30 sekundach ciszy, a moje sprawdzenia liczą się jako znak życia: mogłyby podtrzymywać zlecenia programu, który już nie działa.
} „Uses a time based nonce” może być włączone albo nie. Niech to będzie klucz tylko dla mnie: gdy używa go też inny program, któryś z nas może być odrzucany jako „InvalidNonce”.
guide-gemini-5 = { $ip_count ->
    [0] W <b>IP Allowlist</b> wybierz <b>Unrestricted</b>; o tym niżej. Klucz z prawem handlu, dla którego nic tu nie wybrano, Gemini może zablokować.
   *[other] W <b>IP Allowlist</b> wybierz <b>Trusted IPs only</b> i wpisz adresy podane niżej. Klucz z prawem handlu, dla którego nie wybrano ani tego, ani <b>Unrestricted</b>, Gemini może zablokować.
}
guide-gemini-6 = Skopiuj <b>API key</b> i <b>API secret</b>, potwierdź, że sekret masz zapisany, i utwórz klucz. Gemini pokazuje sekret tylko ten jeden raz.

remark-gemini = 💓 <b>Jeśli przy tym kluczu jest zaznaczone „Requires Heartbeat”,</b> utwórz inny, bez tego. { $exchange } mi tego nie mówi, a moje sprawdzenia liczą się jako znak życia: gdyby Twój program przestał działać, jego zlecenia mogłyby zostać otwarte.
