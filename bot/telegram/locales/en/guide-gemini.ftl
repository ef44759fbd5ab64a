### How to create a key at Gemini. An empty step is left out.

market-linear-at-gemini = { $settled } perpetuals

guide-gemini-1 = { $environment ->
    [testnet] At <b>exchange.sandbox.gemini.com</b>, with an account of its own, open <b>Account</b> › <b>Settings</b> › <b>API</b>
   *[live] At Gemini, open <b>Account</b> › <b>Settings</b> › <b>API</b>
} and tap <b>Create API key</b>.
guide-gemini-2 = As <b>Scope</b>, choose <b>Primary</b>, or the one account you mean (for perpetuals, the one that trades them). Never <b>Master</b>: such a key reaches all your accounts. A right one begins with <code>account-</code>.
guide-gemini-3 = Name it (for example “Latchkey”) and tick { $boxes } and nothing else, above all not { $danger_boxes }.{ $purpose ->
    [watch] {" "}Trading is ticked from the start: take it off.
   *[trade] { "" }
}
guide-gemini-4 = { $purpose ->
    [watch] Leave <b>Requires Heartbeat</b> off.
   *[trade] Leave <b>Requires Heartbeat</b> off. Such a key’s orders are cancelled after 30 silent seconds, and my checks count as a sign of life: they could keep a dead program’s orders alive.
} “Uses a time based nonce” may be on or off. Make the key for me alone: with another program on it, one of us may be refused as “InvalidNonce”.
guide-gemini-5 = { $ip_count ->
    [0] Under <b>IP Allowlist</b>, choose <b>Unrestricted</b>; see below. Gemini may block a trading key for which nothing is chosen there.
   *[other] Under <b>IP Allowlist</b>, choose <b>Trusted IPs only</b> and enter the addresses below. Gemini may block a trading key for which neither that nor <b>Unrestricted</b> is chosen.
}
guide-gemini-6 = Copy the <b>API key</b> and the <b>API secret</b>, confirm that you have kept the secret, and create the key. Gemini shows the secret only this once.

remark-gemini = 💓 <b>If “Requires Heartbeat” is ticked on this key,</b> make one without it. { $exchange } does not tell me, and my checks count as a sign of life: were your program to die, its orders could stay open.
