### How to create a key at BingX. An empty step is left out.

guide-bingx-1 = At BingX, tap your profile icon, open <b>API Management</b> and tap <b>Create API</b>. { $environment ->
    [demo] Demo (VST) has no keys of its own: this key opens your <b>real account</b> too, so every box counts.
   *[live] { "" }
}
guide-bingx-2 = Name the key (for example “Latchkey”).
guide-bingx-3 = Under permissions, tick { $boxes } and nothing else, above all not { $danger_boxes } or anything about managing sub-accounts. <b>Read</b> is ticked from the start.
guide-bingx-4 = { $ip_count ->
    [0] The IP list may stay empty; see below. { $purpose ->
        [watch] { "" }
       *[trade] BingX then deletes a key that may trade after 14 days without use. My checks should count as use, though BingX does not promise it.
    }
   *[other] Paste the addresses below into the IP list, with commas between them; 20 is the most. { $purpose ->
        [watch] { "" }
       *[trade] Without them BingX deletes a key that may trade after 14 days without use.
    }
}
guide-bingx-5 = Confirm, then copy the <b>API Key</b> and the <b>Secret Key</b>, in this order: they look alike. BingX shows the secret only this once.
