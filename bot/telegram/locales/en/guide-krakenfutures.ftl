### How to create a key at Kraken Futures. An empty step is left out.

guide-krakenfutures-1 = { $environment ->
    [demo] Log in at <b>demo-futures.kraken.com</b> (an account of its own), tap your name and choose <b>Settings</b>.
   *[live] Log in at <b>futures.kraken.com</b>, tap your name and choose <b>Settings</b>. A key of Kraken itself, made at kraken.com, does not work here.
}
guide-krakenfutures-2 = In the <b>API</b> panel, choose the tab <b>Create Key</b> and name it (for example “Latchkey”).
guide-krakenfutures-3 = Choose { $boxes }. Under <b>Withdrawal API</b>, leave <b>No Access</b>: { $danger_boxes } is refused.
guide-krakenfutures-4 = { $ip_count ->
    [0] { "" }
   *[other] If it asks for addresses that may use the key, enter those below, one with <b>/32</b> behind it where a range is wanted.
}
guide-krakenfutures-5 = Tap <b>Create Key</b>, then copy the <b>Public key</b> (that is the API key) and the <b>Private key</b> (that is the secret), which you will not see again.
