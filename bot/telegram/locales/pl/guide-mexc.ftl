### Jak utworzyć klucz na MEXC. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim MEXC.

guide-mexc-1 = Na MEXC dotknij ikony profilu i wejdź w <b>API Management</b>.
guide-mexc-2 = Zaznacz { $boxes } (do kontraktów także „Futures: Read”) i nic więcej, przede wszystkim nie { $danger_boxes }. Kontraktami przez API handlują na MEXC tylko konta zweryfikowane.
guide-mexc-3 = W polu <b>Notes</b> nazwij klucz (na przykład „Latchkey”).
guide-mexc-4 = { $ip_count ->
    [0] Pole <b>Link IP Address</b> może zostać puste; wtedy klucz na MEXC wygasa po 90 dniach.
   *[other] Wklej adresy podane niżej w polu <b>Link IP Address</b>, rozdzielone przecinkami. Klucz bez adresów wygasa po 90 dniach.
}
guide-mexc-5 = Dotknij <b>Create</b>, potwierdź i skopiuj <b>Access Key</b> oraz <b>Secret Key</b>. MEXC pokazuje sekret tylko ten jeden raz.
