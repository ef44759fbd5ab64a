### The way without a secret where agents sign (“API wallets”): we make the key, its address is approved.

own-agent-offer =
    🔐 <b>Best: let me make the key</b>

    I make the key of an API wallet, you approve its address at { $exchange }, and you send me the address of your account, which anybody may know: no private key ever passes through this chat.
own-agent-make-another = 🔐 Make another key
own-agent-made =
    🔐 <b>I have made an API wallet for you.</b> Its private key is sealed here and stays here. This is its address, which is no secret:

    <code>{ $public }</code>

    It only signs for your account: never send money to it.
own-agent-another = 👛 Enter another address
own-agent-copy-public = 📋 Copy the address to approve
own-agent-steps = <b>Approve it at { $exchange }</b>
own-agent-ask =
    👛 <b>Then send me the address of your account</b>

    Only that: 0x and 40 digits, the wallet or sub-account that the money is in. There is no private key to send.
own-agent-promise = 🗑 The address of an account opens nothing; I delete your message all the same. Take your time at the exchange: I keep the key until { $until }, restarts or not. /cancel destroys it.
own-agent-notice-restarted = 🔄 <b>I was restarted.</b> The API wallet I made for you is safe, it is the same one. If you had sent the address of your account, please send it once more: your message is deleted.
own-agent-notice-silence = ⏳ <b>Ten quiet minutes:</b> I have wiped the address you had entered, to be safe. Send it again whenever you’re ready; the API wallet is still the same one.
own-agent-notice-vanished = 🔄 The address you had entered is wiped, and nothing of it was kept. Please send it once more.
own-agent-notice-another = 👛 The old entry is wiped. Send the other address.
own-agent-gone =
    ⏳ <b>The key of this API wallet is gone.</b> I keep one for 24 hours; then it is destroyed.

    If you have approved its address, remove that API wallet at { $exchange }: nobody can sign with it any more.
own-agent-destroyed = 🔐 The key of the API wallet I had made is destroyed. If you have approved its address, remove that API wallet at { $exchange }: nobody can sign with it any more.
own-agent-guidance = 🔐 <b>Without any private key:</b> in /connect I can make the API wallet for you. You approve its address at { $exchange }, and I get nothing but the address of your account.

## What can go wrong

own-agent-failure-invalid_key = { $exchange } does not know the API wallet I made for you: its address is not approved, or not yet.
own-agent-remedy-invalid_key =
    1. Approve its address at { $exchange }; the button below copies it. See that the account has funds, and that you are not in the other environment (live, testnet).
    2. Then tap <b>Check again</b>.
own-agent-failure-bad_signature = The API wallet I made for you is approved, but not by the account whose address you sent.
own-agent-remedy-bad_signature =
    1. Send the address of the account that approved it, or of a sub-account of it, and not that of an API wallet: <b>Enter another address</b>.
    2. If it was approved with the wrong wallet, remove it there, then /cancel and let me make a new one: an address is not to be approved twice.
own-agent-failure-withdraw_enabled = The address I made for you has an account of its own at { $exchange }: somebody has sent money to it.
own-agent-remedy-withdraw_enabled =
    1. It is not an API wallet any more, so I don’t take it. /cancel and let me make a new one; approve that address, and never send money to it.
    2. I never move money. If what was sent there matters, tell whoever runs me <b>before</b> you cancel: /cancel destroys the key.

own-agent-has-secret =
    ⛔️ <b>That’s a private key, and none is needed.</b> All I need is the address of your account.

    I have deleted the message and used nothing of it. If it is the key of your own wallet, treat it as leaked: move what is in that wallet to a new one. If it is the key of an API wallet, remove that one at { $exchange }.
own-agent-public-half = 🤔 That’s the address of the API wallet I made. It belongs on { $exchange }’s page; what I need is the <b>address of your account</b>, the one that approves it.
