### How to create a key at Coinbase. An empty step is left out.

guide-coinbase-1 = In the Coinbase Developer Platform (<b>portal.cdp.coinbase.com</b>, with your usual Coinbase login), open <b>API Keys</b> › <b>Secret API Keys</b> and tap <b>Create API key</b>. A key made under Client API Keys, or at Coinbase Exchange or Prime, does not work here.
guide-coinbase-2 = Give it a nickname (for example “Latchkey”) and open <b>API restrictions</b>. As <b>portfolio</b>, choose the one you trade with; for perpetual futures, the perpetuals portfolio.
guide-coinbase-3 = As permissions, tick { $boxes }. Leave { $danger_boxes } off: it is for withdrawals and transfers alike, and I refuse it. Receive does no harm, but I have no use for it.
guide-coinbase-4 = { $ip_count ->
    [0] The <b>IP allowlist</b> may stay empty; see below.
   *[other] Paste the addresses below into the <b>IP allowlist</b>. Coinbase never tells me whether a key has one: look twice.
}
guide-coinbase-5 = Open <b>Advanced Settings</b> and, as signature algorithm, choose <b>ECDSA</b>. Ed25519 is what Coinbase suggests, but it does not work everywhere.
guide-coinbase-6 = Create the key. Copy the <b>API key name</b> (“organizations/…/apiKeys/…”, or just an id) and the whole <b>private key</b>, from BEGIN to END: Coinbase shows it only this once. If you downloaded the file instead, open it and copy everything in it. I do not read files, only text.
guide-coinbase-7 = To a wrong key Coinbase says just “Unauthorized”, and sometimes to a brand-new one for a while, too: then wait a little and tap Check again.
