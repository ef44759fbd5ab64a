### The guide outside of the wizard, and our addresses.

guidance-exchange =
    📖 <b>How to create a key</b>

    At which exchange? Tap it, or type a few letters of its name.
guidance-title = 📖 <b>A key at { $exchange }</b>
guidance-boxes =
    <b>Boxes</b>
    ☑️ Tick: { $boxes }
    ⬜️ Leave off: { $danger_boxes ->
        [none] everything else.
       *[other] everything else, { $danger_boxes } above all. I refuse a key that can take money away.
    }
guidance-limit = { $exchange }: up to { $max } for a key, { $separator ->
    [comma] separated by commas.
    [newline] one on each line.
   *[space] separated by spaces.
}
guidance-mistake-market =
    <b>The usual mistake: a key made for another market.</b> For { $market } it needs { $boxes }. With { $other_boxes } alone it looks fine, and every order is refused.
guidance-mistake-place = <b>The usual mistake: a key made in another place.</b> A key of a testnet, of a demo account or of another site of the company is unknown to { $exchange } here: it answers as if the key were wrong.
guidance-chosen = ✓ { $name }
guidance-other = 📖 Another exchange

ips-title = { $count ->
    [one] 🌐 <b>My address</b>

    I call the exchanges from this one. Put it on your key’s IP list, and a stolen key is of no use anywhere else.
   *[other] 🌐 <b>My addresses</b>

    I call the exchanges from any of these. Put all of them on your key’s IP list, and a stolen key is of no use anywhere else.
}
ips-limits = <b>How many each exchange takes for a key</b>
ips-limit = { $separator ->
    [comma] Separated by commas:
    [newline] One on each line:
   *[space] Separated by spaces:
} { $exchanges }.
ips-none = ℹ️ Whoever runs this bot has not named its addresses, so there is nothing to put on a key’s IP list. Ask them: a key that works from anywhere is worth stealing.
ips-copy-for = 📋 For { $exchange }
