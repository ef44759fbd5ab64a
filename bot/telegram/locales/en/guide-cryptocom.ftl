### How to create a key at Crypto.com. An empty step is left out.

guide-cryptocom-1 = { $environment ->
    [testnet] The UAT sandbox is open <b>by invitation</b> to institutional accounts only. If you have one, open its key page.
   *[live] Log in at <b>crypto.com/exchange</b>, the Exchange and not the Crypto.com App, and open <b>Settings</b> › <b>API Keys</b>.
}
guide-cryptocom-2 = Tap <b>Create a new API key</b>, label it (for example “Latchkey”) and confirm with your second factor.
guide-cryptocom-3 = Copy the <b>Secret Key</b> at once: it begins with <b>cxakp_</b>, and Crypto.com shows it only this once.
guide-cryptocom-4 = Edit the key: { $purpose ->
    [watch] leave it at { $boxes }, which every new key has, and tick nothing else, above all not { $danger_boxes }.
   *[trade] choose { $boxes } and nothing else, above all not { $danger_boxes }.
} { $environment ->
    [testnet] { "" }
   *[live] Crypto.com tells me nothing of what a key may do: look twice, I ask you to vouch for it.
}
guide-cryptocom-5 = { $ip_count ->
    [0] The IP whitelist may stay empty. Save, then copy the <b>API Key</b>.
   *[other] Put the addresses below on the key’s <b>IP whitelist</b>. Save, then copy the <b>API Key</b>.
}
