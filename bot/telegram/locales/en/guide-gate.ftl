### How to create a key at Gate. An empty step is left out.

guide-gate-1 = At Gate, open your profile icon › <b>API Management</b> and tap <b>Create API Key</b>.
guide-gate-2 = Choose the type <b>API v4 Key</b> and the account type { $environment ->
    [testnet] <b>TestNet</b>.
   *[live] that you trade with: <b>Classic</b> or <b>Unified</b>, never TestNet.
}
guide-gate-3 = Under <b>API Key Remarks</b>, name the key (for example “Latchkey”).
guide-gate-4 = Under <b>Permissions</b>, choose { $boxes } and nothing else, above all not { $danger_boxes }. Gate never tells me of withdrawals: look twice that they are off.
guide-gate-5 = { $environment ->
    [testnet] { "" }
   *[live] { $ip_count ->
        [0] <b>IP permissions</b> may stay unbound; Gate then ends the key after 90 days.
       *[other] Paste the addresses below under <b>IP permissions</b>. An unbound key ends after 90 days.
    }
}
guide-gate-6 = Tap <b>Submit</b>, confirm, and copy the <b>API Key</b> and the <b>Secret Key</b>. Changes take up to 5 minutes at Gate.
