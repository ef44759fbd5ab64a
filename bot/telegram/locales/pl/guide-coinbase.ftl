### Jak utworzyć klucz na Coinbase. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim Coinbase.

guide-coinbase-1 = W Coinbase Developer Platform (<b>portal.cdp.coinbase.com</b>, logujesz się tak jak do Coinbase) wejdź w <b>API Keys</b> › <b>Secret API Keys</b> i dotknij <b>Create API key</b>. Klucz z zakładki Client API Keys ani z Coinbase Exchange czy Prime tu nie zadziała.
guide-coinbase-2 = Nadaj mu nazwę (na przykład „Latchkey”) i otwórz <b>API restrictions</b>. Jako <b>portfolio</b> wybierz to, na którym handlujesz; do kontraktów bezterminowych – portfolio perpetuals.
guide-coinbase-3 = W uprawnieniach zaznacz { $boxes }. { $danger_boxes } zostaw wyłączone: to naraz wypłaty i przelewy, a taki klucz odrzucę. Receive nie szkodzi, ale do niczego mi się nie przyda.
guide-coinbase-4 = { $ip_count ->
    [0] Pole <b>IP allowlist</b> może zostać puste; o tym niżej.
   *[other] Wklej adresy podane niżej w polu <b>IP allowlist</b>. Coinbase nigdy mi nie mówi, czy klucz ma taką listę: sprawdź dwa razy.
}
guide-coinbase-5 = Otwórz <b>Advanced Settings</b> i jako algorytm podpisu wybierz <b>ECDSA</b>. Coinbase proponuje Ed25519, ale nie wszędzie on działa.
guide-coinbase-6 = Utwórz klucz. Skopiuj <b>API key name</b> („organizations/…/apiKeys/…” albo samo id) i cały <b>private key</b>, od BEGIN do END: Coinbase pokazuje go tylko ten jeden raz. Jeśli masz zamiast tego pobrany plik, otwórz go i skopiuj wszystko, co w nim jest. Plików nie czytam, tylko tekst.
guide-coinbase-7 = O złym kluczu Coinbase mówi tylko „Unauthorized”, a przez jakiś czas bywa, że i o całkiem nowym: wtedy odczekaj chwilę i dotknij „Sprawdź ponownie”.
