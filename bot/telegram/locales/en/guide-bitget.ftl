### How to create a key at Bitget. An empty step is left out.

guide-bitget-1 = { $environment ->
    [demo] At Bitget, switch to <b>Demo</b> trading with your main account (sub-accounts have none), then tap your avatar › <b>API Keys</b>.
   *[live] At Bitget, tap your avatar › <b>API Keys</b>.
}
guide-bitget-2 = Tap <b>Create API</b>, choose <b>System-generated</b> (I cannot use <b>User-generated</b> keys here) and write a <b>Note</b>, for example “Latchkey”.
guide-bitget-3 = Choose a <b>Passphrase</b> of 8 to 32 letters and digits and keep it: I ask for it, and Bitget cannot show it again. It is not your login password.
guide-bitget-4 = { $purpose ->
    [watch] Choose { $boxes }. In a unified account, tick <b>Unified account management</b> too: with <b>Read-only</b> it moves nothing, and without it I cannot read the balance. Leave everything else off.
   *[trade] Choose and tick { $boxes }; a classic account has <b>Trade</b> in place of <b>Unified account trade</b>. Leave everything else off, { $danger_boxes } above all. That a unified account’s balance then cannot be read does no harm.
}
guide-bitget-5 = { $ip_count ->
    [0] The IP addresses may be left empty; see below.
   *[other] Enter the addresses below as the key’s IP addresses: up to 30, IPv4 only.
}
guide-bitget-6 = Confirm, then copy the <b>API Key</b> and the <b>Secret Key</b>. Bitget shows the secret only this once.{ $environment ->
    [demo] { "" } A demo key works in demo only.
   *[live] { "" } If Bitget moves your account from classic to unified, make a new key: the old one does not come along.
}
