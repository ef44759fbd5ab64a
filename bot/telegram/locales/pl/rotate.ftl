### Wymiana: nowy klucz do tego samego połączenia.

rotate-guide =
    🔁 <b>Nowy klucz dla { $label }</b>

    Starego klucza <code>{ $tail }</code> używam, dopóki nowy się nie sprawdzi, więc jeszcze go nie usuwaj. Tylko jeśli może go mieć ktoś inny: usuń go od razu i dopiero potem wymień.
rotate-guide-steps = <b>Utwórz nowy klucz</b> na tym samym koncie:
rotate-guide-yourself = <b>Utwórz nowy klucz samodzielnie</b>, na tym samym koncie:
rotate-guide-next = Mam nowy klucz ›
rotate-done = ✅ <b>{ $label }</b> działa teraz na kluczu <code>{ $tail }</code>
rotate-done-unproven = ⏳ { $exchange } nie odpowiada na pierwsze sprawdzenie na żywo, więc stary klucz <code>{ $old_tail }</code> trzymam jeszcze jako drogę powrotu. Usuń go na { $exchange } dopiero wtedy, gdy napiszę, że nowy działa.
rotate-account-unknown = ℹ️ { $exchange } nie mówi, do którego konta należy klucz. Upewnij się, że to to samo konto.
rotate-fell-back =
    ↩️ <b>Wracam do starego klucza.</b> Nowy przeszedł sprawdzenie, ale zawiódł przy pierwszym użyciu. <b>{ $label }</b> działa jak przedtem na starym, a nowy jest zapomniany.
rotate-same-key =
    ☝️ <b>To klucz, który działa już teraz.</b>

    Utwórz na { $exchange } <b>nowy</b> i wyślij właśnie ten. Nic się nie zmieniło.
rotate-other-account =
    ⛔️ <b>Nowy klucz należy do innego konta na { $exchange }.</b>

    <b>{ $label }</b> zostaje na swoim koncie i na starym kluczu. Jeśli chcesz pilnować też tamtego konta, połącz je jako nowe.
rotate-already-yours = ☝️ Tego klucza używa już inne Twoje połączenie, <b>{ $label }</b>. Każde potrzebuje własnego; nic się nie zmieniło.
rotate-not-possible =
    🚫 <b>Tego klucza nie da się tu użyć.</b>

    Dalej działa stary. Utwórz na { $exchange } świeży klucz tylko dla tego bota.
rotate-gone = 🤷 Tego połączenia już nie ma: zostało rozłączone. Z klucza nic nie zostało zachowane.
rotate-not-yours = 🚫 To połączenie nie jest Twoje, więc nie możesz zmienić jego klucza.
rotate-cancelled = ✖️ <b>Anulowane.</b> Dalej działa stary klucz; to, co zostało podane, jest wymazane.
rotate-another = 🔑 Podam inny klucz
rotate-open-card = Otwórz kartę
