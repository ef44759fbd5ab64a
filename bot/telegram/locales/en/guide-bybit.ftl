### How to create a key at Bybit. An empty step is left out.

guide-bybit-1 = { $environment ->
    [testnet] Log in at <b>testnet.bybit.com</b> (an account of its own) and open <b>API</b> in the menu under your profile.
    [demo] At Bybit (bybit.com, not its testnet), switch to <b>Demo Trading</b> in the menu under your profile, then open <b>API</b> there.
   *[live] At Bybit, open <b>API</b> in the menu under your profile. Accounts younger than 48 hours cannot make keys yet.
}
guide-bybit-2 = Tap <b>Create New Key</b>, choose <b>System-generated API Keys</b>, then <b>API Transaction</b>, and name it (for example “Latchkey”).{ $environment ->
    [demo] {" "}Bybit does not say whether Demo Trading takes “Self-generated” keys, so I don’t offer to make one here.
   *[other] { "" }
}
guide-bybit-3 = { $purpose ->
    [watch] Choose { $boxes }. What is ticked below it can then only be read.
   *[trade] Tick { $boxes }. Leave everything else off, { $danger_boxes } above all.
}
guide-bybit-4 = { $environment ->
    [demo] { "" }
   *[other] { $ip_count ->
        [0] Under the IP settings, “No IP restriction” works too, but such a key ends after 90 days.
       *[other] Choose <b>Only IPs with permissions granted are allowed to access the OpenAPI</b> and paste the addresses below. Without addresses a key ends after 90 days.
    }
}
guide-bybit-5 = Tap <b>Submit</b> and confirm with your second factor.
guide-bybit-6 = Copy the <b>API Key</b> and the <b>API Secret</b>. Bybit shows the secret only this once.

## Where the pair is ours

guide-bybit-own-2 = Tap <b>Create New Key</b>, choose <b>Self-generated API Keys</b>, then <b>API Transaction</b>, name it (for example “Latchkey”) and paste the public key.
guide-bybit-own-6 = Copy the <b>API Key</b>. There is no secret this time.
