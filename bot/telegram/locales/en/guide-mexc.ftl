### How to create a key at MEXC. An empty step is left out.

guide-mexc-1 = At MEXC, open your profile icon › <b>API Management</b>.
guide-mexc-2 = Tick { $boxes } (for futures also “Futures: Read”) and nothing else, above all not { $danger_boxes }. MEXC lets only verified accounts trade futures by API.
guide-mexc-3 = Under <b>Notes</b>, name the key (for example “Latchkey”).
guide-mexc-4 = { $ip_count ->
    [0] <b>Link IP Address</b> may stay empty; MEXC then ends the key after 90 days.
   *[other] Paste the addresses below under <b>Link IP Address</b>, with commas between them. A key without addresses ends after 90 days.
}
guide-mexc-5 = Tap <b>Create</b>, confirm, and copy the <b>Access Key</b> and the <b>Secret Key</b>. MEXC shows the secret only this once.
