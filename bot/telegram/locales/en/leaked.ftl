### After a leak: what to do, in order.

leaked-title = 🚨 <b>A key leaked, or might have? Do this now, in this order.</b>
leaked-steps =
    1. <b>Delete the key at the exchange.</b> Don’t wait for the new one: until it is deleted, whoever has it can use it. What trades through it stops; open orders and positions stay as they are.
    2. <b>Look through the account:</b> open orders and positions, trades, withdrawals, other API keys, logins. Close what is not yours. If somebody was in the account itself, change its password and second factor, and write to the exchange’s support.
    3. <b>Make a new key</b> with my addresses on its IP list (/ips; /guide shows how) and hand it to me with <b>Rotate</b>. The connection keeps its name, its history and its settings.
    4. <b>Close the leak:</b> remove the message, file or code that the key was in. Every other key that lay there has leaked too.
leaked-which = <b>Not sure which one? Then all of these, from the top.</b>
leaked-without =
    1. <b>Delete the key at the exchange.</b> Until it is deleted, whoever has it can use it.
    2. <b>Look through the account:</b> open orders and positions, trades, withdrawals, other API keys, logins. Close what is not yours. If somebody was in the account itself, change its password and second factor, and write to the exchange’s support.
    3. <b>Close the leak:</b> remove the message, file or code that the key was in. Every other key that lay there has leaked too.

    You have no connection here, so there is nothing to rotate. To connect a new key: /connect
leaked-line =
    <b>{ $label }</b>
    { $place } · key <code>{ $tail }</code>
leaked-delete = 🗑 Delete: { $label }
leaked-rotate = 🔁 Rotate: { $label }
