### How to create a key at HTX. An empty step is left out.

guide-htx-1 = At HTX, tap your profile icon and open <b>API Management</b>. A key of the main account tells me its rights; a sub-account's key may not.
guide-htx-2 = Create a key and name it (for example “Latchkey”).
guide-htx-3 = Under permissions, choose { $boxes } and nothing else, above all not { $danger_boxes }. <b>Read</b> is always on.
guide-htx-4 = { $ip_count ->
    [0] The IP list may be left empty; see below. { $purpose ->
        [watch] { "" }
       *[trade] HTX then switches a key that may trade off after 90 days without use; my checks keep this one in use.
    }
   *[other] Bind the key to the addresses below. { $purpose ->
        [watch] { "" }
       *[trade] Without them HTX switches a key that may trade off after 90 days without use.
    }
}
guide-htx-5 = Confirm, then copy the <b>Access Key</b> and the <b>Secret Key</b>, in this order: they look alike. HTX shows the secret only this once.
