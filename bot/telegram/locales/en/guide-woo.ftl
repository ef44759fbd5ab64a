### How to create a key at WOO X. An empty step is left out.

guide-woo-1 = { $environment ->
    [testnet] Staging is a world of its own at WOO X: log in there with a <b>staging account</b>. Whether WOO X still gives them out, its support knows. A key of woox.io does not work here.
   *[live] Log in at <b>woox.io</b> on a computer and open <b>Account</b> › <b>Subaccounts and API</b>. A key of WOO X Pro (wooxpro.com) does not work here: that is another platform.
}
guide-woo-2 = { $environment ->
    [testnet] Open <b>Account</b> › <b>Subaccounts and API</b>, tap <b>Create API</b> at the account you want and confirm with 2FA.
   *[live] Tap <b>Create API</b> at the account you want and confirm with 2FA. WOO X tells me the rights of a main account’s key; a sub-account’s it may keep to itself.
}
guide-woo-3 = Tick { $boxes } and nothing else, above all not { $danger_boxes }. { $purpose ->
    [watch] { "" }
   *[trade] The box for trading may read <b>Enable trade</b>; it is one for spot and futures.
}
guide-woo-4 = { $ip_count ->
    [0] The list of trusted IP addresses may be left empty; see below.
   *[other] Bind the key to the addresses below, all of them: when one is missing, WOO X says the same as of a wrong key.
}
guide-woo-5 = Confirm, then copy the <b>API Key</b>, with <b>==</b> at its end, and the <b>API Secret</b>. Keep the secret at hand until I have it: do not count on seeing it again.
