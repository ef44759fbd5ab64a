### How to create a key at OKX. An empty step is left out.

guide-okx-1 = { $environment ->
    [demo] At OKX, open <b>Trade</b> › <b>Demo Trading</b>, then <b>Personal Center</b> › <b>Demo Trading API</b>.
   *[live] At OKX, open <b>Profile</b> › <b>API and connections</b>.
}
guide-okx-2 = Tap <b>Create API key</b> and name it (for example “Latchkey”). { $environment ->
    [demo] { "" }
   *[live] As <b>Purpose</b>, choose API trading.
}
guide-okx-3 = Under <b>Permissions</b>, tick { $boxes } and nothing else, above all not { $danger_boxes }.
guide-okx-4 = { $environment ->
    [demo] { "" }
   *[live] { $ip_count ->
        [0] The <b>IP allowlist</b> may stay empty; see below.
       *[other] Paste the addresses below under <b>IP allowlist</b>. Without them OKX deletes keys that may trade after 14 idle days; my checks keep this one in use.
    }
}
guide-okx-5 = Choose a <b>Passphrase</b> and keep it: I ask for it, and OKX cannot show it again. It is not your login password.
guide-okx-6 = Confirm, then copy the <b>API key</b> and the <b>Secret key</b>. An account of eea.okx.com or us.okx.com will not be known here: this is www.okx.com.
