was-blind =
    🙈 <b>Od { $since } do { $until } nie pilnowałem Twoich kluczy</b> ({ $duration }).
    Potem sprawdziłem każdy od nowa. O tym, co jest nie tak teraz, piszę jak zawsze; o tym, co w tym czasie było i minęło, nie wiem.

operator-alerts_late =
    { $count ->
        [one] 🚨 <b>Pilna wiadomość czeka już { $age }</b> i nie może wyjść.
        [few] 🚨 <b>{ $count } pilne wiadomości nie mogą wyjść.</b> Najstarsza czeka już { $age }.
       *[other] 🚨 <b>{ $count } pilnych wiadomości nie może wyjść.</b> Najstarsza czeka już { $age }.
    }
    Ta wiadomość dotarła, więc do części czatów Telegram działa. Zajrzyj do logu i do <code>latchkey_outbox_age_seconds</code>; dam znać, gdy to minie.
operator-alerts_in_time = ✅ Pilne wiadomości znów wychodzą na czas. Opóźnienie trwało { $age }.
