### How to create a key at Phemex. An empty step is left out.

guide-phemex-1 = { $environment ->
    [testnet] Log in at <b>testnet.phemex.com</b> (an account of its own) and open <b>Account</b> › <b>API Management</b>. A key of the real Phemex is not known there.
   *[live] At Phemex, open <b>Account</b> › <b>API Management</b>.
}
guide-phemex-2 = Tap <b>Create</b> and name the key (for example “Latchkey”). If it offers several entries, take the <b>Default API entry</b>.
guide-phemex-3 = { $environment ->
    [testnet] As permission, choose { $boxes }, never { $danger_boxes }.
   *[live] As permission, choose { $boxes }, never { $danger_boxes }. Phemex tells me nothing of what a key may do: look twice, I ask you to vouch for it.
}
guide-phemex-4 = { $ip_count ->
    [0] Under the IP settings, <b>Don’t Bind</b> works too; then nothing but the secret guards the key.
   *[other] Bind the key to the addresses below. If one is missing, Phemex answers “Request IP mismatch”.
}
guide-phemex-5 = Confirm, then copy the <b>API key</b> (its <b>ID</b>, in five groups) and the <b>secret</b>. Copy the secret right away and whole: it is long, and you may not see it again.
