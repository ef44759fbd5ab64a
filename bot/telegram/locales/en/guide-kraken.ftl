### How to create a key at Kraken. An empty step is left out.

guide-kraken-1 = At Kraken, open <b>Settings</b> › <b>API</b>. Keys made under <b>Futures</b> are keys of Kraken Futures, another exchange to me.
guide-kraken-2 = Tap <b>Create API key</b> and name it (for example “Latchkey”). Make a key for me alone: a key that another program uses too may be refused as “Invalid nonce”.
guide-kraken-3 = Tick { $boxes }, “Query open orders &amp; trades”{ $purpose ->
    [watch] {" "}and “Query closed orders &amp; trades”
   *[trade] , “Query closed orders &amp; trades” and “Cancel &amp; close orders”
}. Leave everything else off, { $danger_boxes } above all.
guide-kraken-4 = { $ip_count ->
    [0] <b>IP address restriction</b> may stay off; see below.
   *[other] Turn on <b>IP address restriction</b> and enter the addresses below.
}
guide-kraken-5 = Leave <b>Key expiration</b>, <b>Query start / end date</b> and <b>Nonce window</b> as they are, and add no second factor to the key itself: nobody could give it for you. Then save.
guide-kraken-6 = Copy the <b>API key</b> and the <b>Private key</b>. Kraken shows the private key only this once.
