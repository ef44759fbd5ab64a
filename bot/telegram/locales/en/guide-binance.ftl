### How to create a key at Binance. An empty step is left out.

market-linear-at-binance = USDⓈ-M futures

guide-binance-1 = { $environment ->
    [testnet] Log in at <b>testnet.binance.vision</b> with your GitHub account.
    [demo] Open <b>Demo Trading</b> at Binance: <b>Profile</b> › <b>API Management</b>.
   *[live] At Binance, open <b>Profile</b> › <b>API Management</b>.
}
guide-binance-2 = { $environment ->
    [testnet] Tap <b>Generate HMAC-SHA-256 Key</b> and give it a name.
   *[other] Tap <b>Create API</b>, choose <b>System generated</b>, name it (for example “Latchkey”) and confirm.
}
guide-binance-3 = { $environment ->
    [testnet] If it asks for permissions, tick { $boxes } and nothing else.
   *[other] Tap <b>Edit restrictions</b>. Tick { $boxes }. Leave everything else off, { $danger_boxes } above all.
}
guide-binance-4 = { $environment ->
    [testnet] { "" }
    [demo] { "" }
   *[live] { $ip_count ->
        [0] Under <b>IP access restrictions</b>, “Unrestricted (Less Secure)” works too; see below.
       *[other] Under <b>IP access restrictions</b>, choose <b>Restrict access to trusted IPs only (Recommended)</b>, paste the addresses below and tap <b>Confirm</b>.
    }
}
guide-binance-5 = { $environment ->
    [testnet] { "" }
   *[other] Tap <b>Save</b> and confirm.
}
guide-binance-6 = Copy the <b>API Key</b> and the <b>Secret Key</b>. Binance shows the secret only this once.

## Where the pair is ours

guide-binance-own-2 = { $environment ->
    [testnet] Choose to register a public key of your own (<b>Register Public Key</b>), give it a name and paste the public key.
    [demo] Tap <b>Create API</b>, choose <b>Self-generated</b>, paste the public key, name it (for example “Latchkey”) and confirm. Should Demo Trading not offer that, /cancel and hand me a <b>System generated</b> key.
   *[other] Tap <b>Create API</b>, choose <b>Self-generated</b>, paste the public key, name it (for example “Latchkey”) and confirm.
}
guide-binance-own-6 = Copy the <b>API Key</b>. There is no secret key this time.
