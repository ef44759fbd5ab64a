### Jak utworzyć klucz na HTX. Puste kroki są pomijane. Nazwy przycisków są takie jak w angielskim HTX.

guide-htx-1 = Na HTX dotknij ikony profilu i wejdź w <b>API Management</b>. Klucz konta głównego zdradza mi swoje uprawnienia; klucz subkonta może tego nie robić.
guide-htx-2 = Utwórz klucz i nadaj mu nazwę (na przykład „Latchkey”).
guide-htx-3 = W uprawnieniach wybierz { $boxes } i nic więcej, przede wszystkim nie { $danger_boxes }. <b>Read</b> jest zawsze włączone.
guide-htx-4 = { $ip_count ->
    [0] Lista IP może zostać pusta; o tym niżej. { $purpose ->
        [watch] { "" }
       *[trade] HTX wyłącza wtedy klucz z prawem handlu po 90 dniach bez użycia; ten jest w użyciu dzięki moim sprawdzeniom.
    }
   *[other] Powiąż klucz z adresami podanymi niżej. { $purpose ->
        [watch] { "" }
       *[trade] Bez nich HTX wyłącza klucz z prawem handlu po 90 dniach bez użycia.
    }
}
guide-htx-5 = Potwierdź, a potem skopiuj <b>Access Key</b> i <b>Secret Key</b>, w tej kolejności: wyglądają podobnie. HTX pokazuje sekret tylko ten jeden raz.
