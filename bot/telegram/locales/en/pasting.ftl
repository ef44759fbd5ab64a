### The question for the key, and everything that can be wrong with what is pasted.

field-api_key = API key
field-secret = secret key
field-passphrase = passphrase

key-ask-api_key =
    🔑 <b>Send me the API key</b>

    Or key and secret in one message, as { $exchange } shows them.
key-ask-secret = 🔑 <b>Now the secret key</b>
key-ask-private-key =
    🔑 <b>Now the private key</b>

    All of it, from BEGIN to END. I read no files: if you downloaded one, open it, copy everything in it, and send it as a message.
key-ask-key-and-private-key =
    🔑 <b>Send me the API key</b>

    Or key and private key in one message, or everything that is in the file { $exchange } let you download. Send it as text: files I delete unread.
key-ask-passphrase =
    🔑 <b>Now the passphrase</b>

    The one you chose when you created the key.
key-have = ✅ API key <code>{ $tail }</code>
key-have-secret = ✅ Secret key
key-promise = 🗑 I delete each message you send now the moment it arrives, and keep nothing until the key has passed its checks.
key-changed-mind = /cancel wipes everything at any time.

## Why it is asked again

key-notice-restarted = 🔄 <b>I was restarted.</b> What you had entered was only in memory, so it is gone. Your message with it is deleted. Please send the key once more.
key-notice-silence = ⏳ <b>Ten quiet minutes:</b> I have wiped what you had entered, to be safe. Send the key again whenever you’re ready.
key-notice-vanished = 🔄 What you had entered is wiped, and nothing of it was kept. Please send the key once more.
key-notice-back = ↩️ I have wiped what you had entered. Please send the key once more.
key-notice-another = 🔑 The old entry is wiped. Send the other key.

## Keys are not taken now

key-intake-closed = I’m not taking keys right now: somebody else seems to be reading this bot’s messages, and a key sent now might reach them too. Its operators know. Please try again later.
key-intake-closed-message =
    ⛔️ <b>I’m not taking keys right now</b>

    Somebody else seems to be reading what is sent to this bot, and a key sent now might reach them too. Its operators have been told.

    If you sent a key in the last minutes, delete it at { $exchange } and create a new one. Your connections go on being watched.

## What is wrong with a paste

paste-empty = 🤔 There was nothing in that message I could read. Copy the { $field } with the copy button at { $exchange } and send it as text.
paste-url = 🤔 That’s a link, not the { $field }. Copy the { $field } itself: a long row of letters and digits.
paste-seed_phrase =
    ⛔️ <b>That looks like a wallet’s seed phrase.</b>

    Nobody honest ever asks for it, and I never do. I have deleted the message, but treat the phrase as seen: move what is in that wallet to a new one.
paste-pem_where_hmac_expected = 🤔 That’s an RSA or Ed25519 key file. { $exchange } calls the kind I need “System generated”: it shows an API key and a secret key, both a row of letters and digits.{ $own_pairs ->
    [yes] { " " }Or go back and let me make the key: then there is no secret to send.
   *[no] { "" }
}
paste-pem_of_another_kind = 🤔 That’s a private key, but not of a kind I can use at { $exchange }: I need { $kinds }. Make a new key there, choose { $kinds } as its <b>signature algorithm</b>, and delete this one.
paste-pem_not_whole = 🤔 Part of that private key is missing or changed. Copy all of it again, from BEGIN to END, with the copy button.
paste-pem_goes_on = ✂️ I have the beginning of the private key. Send me the rest, up to its END line, or all of it once more.
paste-no_pem = 🤔 That’s not the private key, or not all of it. { $exchange } shows it as a block of several lines: send all of it, from BEGIN to END.
paste-looks_like_secret_not_key = 🤔 That looks like the secret key. Send the <b>API key</b> first; the secret comes next.
paste-looks_like_key_not_secret = 🤔 That looks like the API key again. Send the <b>secret key</b>: { $exchange } shows it only once, right after the key was created.
paste-key_equals_secret = 🤔 That’s the same value twice. API key and secret key are two different ones: copy them one after the other.
paste-too_short = 🤔 The { $field } is too short: { $got } of { $expected } characters. Part of it is missing: copy it again with the copy button.
paste-too_long = 🤔 The { $field } is too long: { $got } characters instead of { $expected }. Something else came along: copy it alone.
paste-wrong_characters = 🤔 That doesn’t look like the { $field }: it has characters in it that { $exchange } never uses. Copy it again with the copy button.
paste-looks_like_label_only = 🤔 I see the words, but no value next to them. Copy the { $field } itself.
paste-looks_like_command = 🤔 I don’t know that command. Send the { $field }, or /cancel.
paste-several_candidates = 🤔 There are several values in there and I won’t guess. Send the { $field } alone.
paste-telegram_token = ⛔️ That’s the token of a Telegram bot. I have deleted it, but have it replaced: @BotFather, /revoke. What I need is the { $field }.
paste-wallet_address = 🤔 That’s the address of a wallet, not the { $field }.
paste-refused_kind = { $exchange ->
    [Gemini] ⛔️ That’s a <b>master key</b>: it reaches all your accounts at once, so I never take one. Make a key whose <b>Scope</b> is <b>Primary</b>, or one other account: it begins with <code>account-</code>. Then delete the master key, since it has been in a chat.
   *[other] ⛔️ That’s a key of a kind that I never take from { $exchange }. Make one as /guide says, and delete the one you sent.
}
paste-not-text = 🤔 I can only read text here. Copy the { $field } and send it as a message; the file or picture is being deleted.
