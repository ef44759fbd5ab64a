# What is said of messages with secrets, of absences, and to those who run the service.

removed-title-exchange_key = 🧹 <b>I deleted { $count ->
        [one] a message of yours
       *[other] { $count } messages of yours
    }: it looked like an exchange key.</b>
removed-title-private_key = 🧹 <b>I deleted { $count ->
        [one] a message of yours
       *[other] { $count } messages of yours
    }: it held a private key.</b>
removed-title-seed_phrase = 🚨 <b>I deleted { $count ->
        [one] a message of yours
       *[other] { $count } messages of yours
    }: it looked like a wallet's recovery phrase.</b>
removed-group = { $mention } looked like a secret, so I deleted it.
removed-mention = Your message
removed-mention-many = { $count ->
        [one] Your message
       *[other] Your { $count } messages
    }
removed-advice-exchange_key = I keep nothing of it. If anybody could have seen it, delete that key at the exchange and make a new one. To connect a key, use /connect in our private chat: there I ask for it.
removed-advice-private_key = I keep nothing of it. If anybody could have seen it, treat it as stolen: replace it, and move what it protects.
removed-advice-seed_phrase =
    <b>Nobody honest ever asks for it:</b> no support, no exchange, no bot, and neither do I. Whoever has these words has everything in that wallet.

    If anybody asked you for them, it was a thief. If anybody could have seen them, make a new wallet now and move everything there. I keep nothing of it.

delete-title = 🚨 <b>I could not delete a message with a secret in it. Please do it yourself, now.</b>
delete-title-replied = 🚨 <b>I could not delete this message with a secret in it. Please do it yourself, now.</b>
delete-group = { $mention }: please delete it yourself, now. It holds a secret, and I could not remove it.
delete-why-too_old = It is older than 48 hours, and Telegram lets me delete nothing older.
delete-why-no_rights = I am not allowed to delete messages here.
delete-why-unreachable = I cannot reach the chat it is in.
delete-why-moved = The group has become a supergroup; it is in the old one.
delete-why-beyond_reach = It is in a place where bots cannot delete.
delete-why-refused = Telegram refuses to delete it.
delete-steps-exchange_key =
    1. Press the message for a while, choose <b>Delete</b>, and for everybody.
    2. Then <b>rotate the key</b>: delete it at the exchange and make a new one. It has been readable here.
delete-steps-private_key =
    1. Press the message for a while, choose <b>Delete</b>, and for everybody.
    2. Then treat that private key as stolen: replace it, and move what it protects.
delete-steps-seed_phrase =
    1. Press the message for a while, choose <b>Delete</b>, and for everybody.
    2. Then make a new wallet and move everything there. Nobody honest ever asks for these words.

was-offline =
    ⚠️ <b>I was away for { $away }.</b> I was asking you for a key then, and Telegram keeps messages for me for one day only.

    If you sent a key meanwhile:
    1. Look above and <b>delete that message yourself</b>; I cannot see it any more.
    2. <b>Delete the key at the exchange</b> and make a new one: it lay here in the open.
    Then /connect again.

notice-too-fast = 🐢 That was faster than I can follow, so I left some of it out. Messages with secrets I delete all the same. Please go on more slowly.
notice-not-looked-into = ⚠️ <b>I could not look into this file.</b> If there is a key, a secret or a recovery phrase in it, delete the message yourself, and replace what it shows.
notice-stale-press = I was away for a moment, so the button you pressed did nothing. Here are fresh ones.
refuse-anonymous = I cannot see who you are: you write in the name of a group or channel. Whoever may do what depends on the person, so please write to me as yourself, in private.
group-private = I work in private: keys do not belong in a group. Write to me there. In here I keep watch (a key that somebody posts by mistake is deleted) and tell what the group was invited to hear.
group-open = Open our private chat
group-needs-right = 👋 I keep watch here: a key or a recovery phrase that somebody posts by mistake is deleted at once. For that I must be an <b>administrator with the right to delete messages</b>, and I am not. Everything else I do in private.
group-on-watch = 👋 I keep watch here: a key or a recovery phrase that somebody posts by mistake is deleted at once. Everything else I do in private.

operator-key_intake_closed_another_poller = 🚨 <b>Somebody else polls this bot's updates</b> (409 Conflict). Key intake is closed until it has been quiet for a minute. If you run no second instance, the token is stolen: /revoke it at @BotFather.
operator-key_intake_closed_foreign_webhook = 🚨 <b>A webhook that is not ours is set for this bot.</b> Key intake is closed. If you did not set it, the token is stolen: /revoke it at @BotFather.
operator-key_intake_open = ✅ Key intake is open again: nobody else takes this bot's updates.
operator-dead_letter = ⚠️ An update could not be handled and became a dead letter: <code>{ $update }</code> ({ $error }). Its content is destroyed.
operator-unreadable =
    🚨 <b>One connection cannot be read from the database</b> ({ $error }), so nobody watches its key: <code>{ $connection }</code>.
    That comes of a damaged file, half a restored backup, or an older version over newer data. All others are checked as always.
operator-message_given_up =
    🚨 <b>A message could not be delivered</b>: { $kind }, item <code>{ $item }</code> ({ $reason }).
    Its chat is there, so this is a fault of the service, and whoever it was for has not read it. An alert that still holds in a few minutes I tell once more. Please report it.
operator-other = ℹ️ { $event }
