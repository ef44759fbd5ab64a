### How to create a key at Hyperliquid, and what is said in other words there. An empty step is left out.

guide-hyperliquid-1 = { $environment ->
    [testnet] At <b>app.hyperliquid-testnet.xyz</b>, connect your wallet and open <b>More</b> › <b>API</b>. API wallets of the live exchange are not known there.
   *[live] At <b>app.hyperliquid.xyz</b>, connect your wallet and open <b>More</b> › <b>API</b>.
}
guide-hyperliquid-2 = Give the API wallet a name that none of yours has yet (for example “Latchkey”): one of the same name would be replaced. Only of one with a name can I see when it ends.
guide-hyperliquid-3 = Tap <b>Generate</b> and copy the <b>private key of the API wallet</b>: you will not see it again.
guide-hyperliquid-4 = Tap { $boxes }, choose how long it is to be valid (180 days at most) and sign with your wallet. { $purpose ->
    [watch] There is no kind that only reads: it may trade, in every market. It cannot withdraw.
   *[trade] It may trade, in every market, and cannot withdraw.
}
guide-hyperliquid-5 = Copy the <b>address of your account</b> (0x and 40 digits; for a sub-account its own), not that of the API wallet. Never give anybody the private key or the recovery phrase of your own wallet, me included.

## Where the pair is ours

guide-hyperliquid-own-3 = Don’t tap <b>Generate</b>: paste the <b>address of the API wallet</b> from above into the field for it.

## The question for the key

field-api_key-at-hyperliquid = address of your account
field-secret-at-hyperliquid = private key of the API wallet
key-ask-api_key-at-hyperliquid =
    👛 <b>Send me the address of your account</b>

    0x and 40 digits: the wallet or sub-account that the money is in, not the API wallet. Or the address and the API wallet’s private key in one message.
key-ask-secret-at-hyperliquid =
    🔑 <b>Now the private key of the API wallet</b>

    The one Hyperliquid showed when you tapped “Generate”. Never that of your own wallet.
key-have-at-hyperliquid = ✅ Account <code>{ $tail }</code>
key-have-secret-at-hyperliquid = ✅ Private key of the API wallet
paste-looks_like_secret_not_key-at-hyperliquid = 🤔 That looks like a private key. Send the <b>address of your account</b> first; the private key of the API wallet comes next.
paste-looks_like_key_not_secret-at-hyperliquid = 🤔 That looks like an address again. Send the <b>private key of the API wallet</b>: { $exchange } shows it only once, when it is generated.
paste-key_equals_secret-at-hyperliquid = 🤔 That’s the same value again. The address and the private key of the API wallet are two different things: send the one that is missing.
paste-pem_where_hmac_expected-at-hyperliquid = 🤔 That’s an RSA or Ed25519 key file. What I need is the private key of an API wallet: a row of hexadecimal digits.
paste-url-at-hyperliquid = 🤔 That’s a link, not the { $field }. Copy the { $field } itself: a row of hexadecimal digits.

## Instead of boxes

connect-purpose-at-hyperliquid =
    What should the key be able to do?

    An API wallet of Hyperliquid always may trade, in every market, and never withdraw. There is nothing to tick, so what you choose here is what I expect of it.

    The private key of <b>your own wallet</b> is another matter: whoever has it can take everything. I refuse it.
guidance-boxes-at-hyperliquid =
    <b>Boxes</b>
    There are none: an API wallet may trade in every market and cannot withdraw. The private key of your own wallet can take everything, and I refuse it.
guidance-mistake-place-at-hyperliquid = <b>The usual mistakes:</b> the address of the API wallet instead of that of the account; a second API wallet of the same name, which takes away the first; an account without funds, which loses its API wallets.

## What is wrong with a key

failure-invalid_key-at-hyperliquid = Hyperliquid does not know this API wallet as one of your account. It was removed, has ended, was replaced by another of the same name, or belongs to the other environment. An account without funds loses its API wallets too.
remedy-invalid_key-at-hyperliquid =
    1. Open <b>More</b> › <b>API</b> at Hyperliquid and look for it; see that the account has funds.
    2. If it is gone, you need a new one with a new key. Best let me make it: then you approve an address, and no private key is sent.
    3. If it is gone and that was not you, somebody else can sign with your wallet: move what is in it to a new one.
failure-bad_signature-at-hyperliquid = The API wallet and the address do not belong together.
remedy-bad_signature-at-hyperliquid =
    1. Send the address of the account that approved the API wallet, or of a sub-account of it; not the address of the API wallet.
    2. If you are not sure which that was, connect the right wallet at Hyperliquid and make a new API wallet.
failure-key_expired-at-hyperliquid = The API wallet has expired.
remedy-key_expired-at-hyperliquid =
    1. Make a new one at Hyperliquid: <b>More</b> › <b>API</b>, 180 days at most.
    2. Best let me make its key: then you approve an address, and no private key is sent. The old one is not to be used again.
failure-ambiguous_auth-at-hyperliquid = Hyperliquid turns me away and does not say why.
remedy-ambiguous_auth-at-hyperliquid =
    1. Is the API wallet still under <b>More</b> › <b>API</b> at Hyperliquid, and not at its end?
    2. If it is, whoever runs me has to look why my server is turned away.
failure-malformed_credential-at-hyperliquid = What I hold is not an address and a private key of Hyperliquid.
remedy-malformed_credential-at-hyperliquid =
    1. Send the address of your account (0x and 40 hexadecimal digits) and the private key of an API wallet (64 of them).
    2. Copy both with the page’s copy button.
failure-withdraw_enabled-at-hyperliquid = 🚨 <b>This is the private key of a wallet itself, not of an API wallet.</b> Whoever has it can take everything that is in that wallet.
remedy-withdraw_enabled-at-hyperliquid =
    1. It was typed into a chat, so treat it as leaked, although I deleted the message and kept nothing: make a new wallet and <b>move everything there now</b>, on every chain, not only at Hyperliquid.
    2. Never give that key to any bot or person. What I take is the private key of an API wallet, made under <b>More</b> › <b>API</b>: it can trade and cannot withdraw.
    3. Only if the address you sent is that of the API wallet, nothing has happened: send the address of your account instead.

## What to be careful of

caution-no_ip_whitelist-at-hyperliquid = ⚠️ <b>Hyperliquid has no IP lists.</b> Whoever gets hold of the private key of an API wallet can trade with it from anywhere until you remove it. Nothing is left undone on your side.
caution-transfers_with_trading-at-hyperliquid = ⚠️ <b>An API wallet cannot withdraw or send money to others</b>, says Hyperliquid. Whether it may move money between your own sub-accounts or into vaults, it does not say clearly, so I take it that it may. It cannot be switched off.
caution-more_than_needed-at-hyperliquid = ⚠️ There is no API wallet that only reads: this one may trade. What it is there for is your decision.
finding-line-inseparable-at-hyperliquid = ⚠️ { $permission }: none to others; perhaps between your sub-accounts and into vaults, and that cannot be switched off
connect-key-at-hyperliquid = Account <code>{ $tail }</code> · { $purpose }
card-key-at-hyperliquid = Account <code>{ $tail }</code> · { $purpose }
card-ips-none-at-hyperliquid = 🌐 Hyperliquid has no IP lists: whoever gets hold of the key can trade with it from anywhere.

## A new key: two API wallets of one account end in the same address

rotate-guide-at-hyperliquid =
    🔁 <b>A new API wallet for { $label }</b>

    The old one goes on working until the new one has proved itself, so don’t remove it yet, and <b>give the new one another name</b>. Only if somebody else may have the old key: remove it at once, and rotate then.
rotate-guide-yourself-at-hyperliquid = <b>Create the new one yourself instead</b>, for the same account:
rotate-done-at-hyperliquid = ✅ <b>{ $label }</b> now runs on the new API wallet of the account <code>{ $tail }</code>
rotate-done-unproven-at-hyperliquid = ⏳ Hyperliquid did not answer the first live check, so I still keep the old key as a way back. Remove the old API wallet only after I have written that the new one works.
rotated-at-hyperliquid =
    ✅ <b>{ $label }: the new API wallet has proved itself</b>
    { $place } · account <code>{ $tail }</code>

    I have destroyed my copy of the old key. Now remove the old API wallet at Hyperliquid (<b>More</b> › <b>API</b>): as long as it is there, it can be used.
rotation-failed-at-hyperliquid =
    ↩️ <b>{ $label }: the new API wallet failed, the old one is back</b>
    { $place } · account <code>{ $tail }</code>

    { $cause }
    Nothing was interrupted: the old one is in use, the key of the new one is destroyed here. Remove the new one at Hyperliquid, then rotate again.
