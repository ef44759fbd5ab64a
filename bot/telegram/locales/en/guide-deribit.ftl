### How to create a key at Deribit. An empty step is left out.

guide-deribit-1 = { $environment ->
    [testnet] Log in at <b>test.deribit.com</b> (an account of its own). Open the account panel at the top right and choose <b>API</b>.
   *[live] Log in at <b>www.deribit.com</b>. Open the account panel at the top right and choose <b>API</b>.
}
guide-deribit-2 = Tap <b>Add new key</b> and choose <b>Deribit-generated key</b>. With a <b>Self-generated key</b> I cannot sign.
guide-deribit-3 = Name it under <b>Name</b> (for example “Latchkey”), and leave <b>Features</b> alone.
guide-deribit-4 = As scopes, choose { $boxes }. Leave all others at <b>none</b>, <b>wallet</b> above all. I refuse { $danger_boxes }: a key that may edit keys could give itself the right to withdraw.{ $environment ->
    [testnet] { "" }
   *[live] { " " }With “wallet:read” Deribit leaves open whether the key may withdraw, and you would have to vouch for it.
}
guide-deribit-5 = { $ip_count ->
    [0] <b>IP Whitelisting</b> may stay empty; such a key does not end, but it works from anywhere.
   *[other] Under <b>IP Whitelisting</b>, enter the addresses below. Without them a key does not end, but it works from anywhere.
}
guide-deribit-6 = Save and confirm with your second factor. Then copy the <b>Client ID</b> (that is the API key) and the <b>Client Secret</b> (that is the secret){ $environment ->
    [testnet] . A key made at www.deribit.com is not known here.
   *[live] . A key made at test.deribit.com is not known here.
}
