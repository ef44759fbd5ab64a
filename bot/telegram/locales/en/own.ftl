### The way without a secret: we make the key pair, the exchange gets its public half.

own-offer =
    🔐 <b>Best: let me make the key</b>

    I make a key pair, { $exchange } gets its public half, and you send me the API key alone: no secret ever passes through this chat.
own-make = 🔐 Let me make the key ›
own-make-another = 🔐 Make another pair
own-ed25519-made =
    🔐 <b>I have made you a key pair</b> (Ed25519). The private half is sealed here and stays here. This is the public half, which is no secret:

    <pre>{ $public }</pre>
own-rsa-2048-made =
    🔐 <b>I have made you a key pair</b> (RSA). The private half is sealed here and stays here. This is the public half, which is no secret; the file above holds the same:

    <pre>{ $public }</pre>
own-file = 📄 The public half of your new key at { $exchange }, in case its page is easier to fill from a file.
own-copy-public = 📋 Copy the public key
own-steps = <b>Register it at { $exchange }</b>
own-ask =
    🔑 <b>Then send me the API key</b>

    Only that: with this kind of key there is no secret to send.
own-promise = 🗑 The API key opens nothing by itself, but it names your account, so I delete your message all the same. Take your time at the exchange: I keep the pair until { $until }, restarts or not. /cancel destroys it.
own-notice-restarted = 🔄 <b>I was restarted.</b> Your key pair is safe, it is the same one. If you had sent the API key, please send it once more: your message is deleted.
own-gone =
    ⏳ <b>This key pair is gone.</b> I keep one for 24 hours; then it is destroyed.

    If you have registered its public half, delete that key at { $exchange }: it opens nothing any more.
own-destroyed = 🔐 The key pair I had made is destroyed. If you have registered its public half, delete that key at { $exchange }: it opens nothing any more.

## What can go wrong

own-failure-bad_signature = { $exchange } knows this API key, but what is registered with it is not the public key I made for you.
own-remedy-bad_signature =
    1. See whether you sent the API key of the entry you have just made. If not: <b>Enter another key</b>.
    2. If so, delete that entry at { $exchange }. <b>Enter another key</b> shows you the public key once more: register all of it, from “BEGIN” to “END”.

own-has-secret = 🤔 That came with a secret key, so it is a “System generated” key and does not belong to the pair I made. I have deleted it and used nothing of it. Choose “Self-generated” at { $exchange }, or go back and hand me both.
own-public-half = 🤔 That’s a key file. It belongs on { $exchange }’s page; what I need is the <b>API key</b> that the page shows you in return.

## In the guide outside of the wizard

own-guidance = 🔐 <b>Without any secret:</b> in /connect I can make the key for you. { $exchange } then gets a public key, and I get nothing but the API key.
