### How to create a key at KuCoin. An empty step is left out.

guide-kucoin-1 = At KuCoin, open <b>API Management</b> and tap <b>Create API</b>.
guide-kucoin-2 = Choose <b>API Trading</b>, not <b>Link Third-Party Applications</b>, and name it (for example “Latchkey”).
guide-kucoin-3 = Choose a <b>Passphrase</b> and keep it: I ask for it, and KuCoin cannot show it again. It is neither your login password nor your trading password.
guide-kucoin-4 = Tick { $boxes } and nothing else, above all not { $danger_boxes }.
guide-kucoin-5 = { $ip_count ->
    [0] The IP list may be left empty; see below. { $purpose ->
        [watch] { "" }
       *[trade] Without one KuCoin deletes a key that may trade, or takes its trading right away, after 30 days without use.
    }
   *[other] Restrict the key to the addresses below. { $purpose ->
        [watch] { "" }
       *[trade] Without them KuCoin deletes a key that may trade, or takes its trading right away, after 30 days without use.
    }
}
guide-kucoin-6 = Confirm, then copy the <b>API Key</b> and the <b>API Secret</b>. KuCoin shows the secret only this once.
