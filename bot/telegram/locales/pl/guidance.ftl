### Przewodnik poza kreatorem i nasze adresy.

guidance-exchange =
    📖 <b>Jak utworzyć klucz</b>

    Na której giełdzie? Dotknij jej albo wpisz kilka liter nazwy.
guidance-title = 📖 <b>Klucz na { $exchange }</b>
guidance-boxes =
    <b>Pola</b>
    ☑️ Zaznacz: { $boxes }
    ⬜️ Zostaw puste: { $danger_boxes ->
        [none] całą resztę.
       *[other] całą resztę, przede wszystkim { $danger_boxes }. Klucza, którym da się wyprowadzić pieniądze, nie przyjmę.
    }
guidance-limit = { $exchange }: najwyżej { $max } na klucz, { $separator ->
    [comma] po przecinku.
    [newline] każdy w osobnym wierszu.
   *[space] rozdzielone spacjami.
}
guidance-mistake-market =
    <b>Najczęstszy błąd: klucz do innego rynku.</b> Na rynku „{ $market }” potrzebne jest { $boxes }. Z samym { $other_boxes } klucz wygląda dobrze, a każde zlecenie wraca odrzucone.
guidance-mistake-place = <b>Najczęstszy błąd: klucz utworzony nie tam.</b> Klucza z testnetu, z konta demo albo z innego serwisu tej firmy { $exchange } tutaj nie zna i odpowiada tak, jakby był błędny.
guidance-chosen = ✓ { $name }
guidance-other = 📖 Inna giełda

ips-title = { $count ->
    [one] 🌐 <b>Mój adres</b>

    Z niego łączę się z giełdami. Wpisz go na listę IP swojego klucza, a skradziony klucz nikomu nigdzie się nie przyda.
   *[other] 🌐 <b>Moje adresy</b>

    Łączę się z giełdami z dowolnego z nich. Wpisz wszystkie na listę IP swojego klucza, a skradziony klucz nikomu nigdzie się nie przyda.
}
ips-limits = <b>Ile przyjmuje każda giełda na klucz</b>
ips-limit = { $separator ->
    [comma] Po przecinku:
    [newline] Każdy w osobnym wierszu:
   *[space] Rozdzielone spacjami:
} { $exchanges }.
ips-none = ℹ️ Ten, kto prowadzi tego bota, nie podał jego adresów, więc na listę IP klucza nie ma czego wpisać. Zapytaj o nie: klucz, który działa zewsząd, warto ukraść.
ips-copy-for = 📋 Dla { $exchange }
