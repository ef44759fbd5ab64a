# For each failure: its cause (failure-…) and what to do (remedy-…). Both a refused key and a later alert are told with
# these, so they say nothing of where they stand. Variables: $exchange, $boxes (tick boxes in the exchange's words),
# $ips (our addresses), $seen_ip (our address as the exchange saw it) and $whose (whether that is one of ours: ours, foreign);
# all but the first are “none” where unknown.

failure-invalid_key = { $exchange } does not know this key. It was deleted or revoked there, or never existed in this environment.
remedy-invalid_key =
    1. Open the key page at { $exchange } and look for the key.
    2. If it is gone, make a new one and give it to me.
    3. If it is gone and that was not you, change your { $exchange } password and look through the account's devices.

failure-bad_signature = { $exchange } knows the key, but the secret does not belong to it.
remedy-bad_signature =
    1. Take key and secret from the same line of the key page: the secret is shown only once, when the key is made.
    2. If you no longer have it, make a new key and give me both.

failure-wrong_passphrase = The passphrase does not belong to this key.
remedy-wrong_passphrase =
    1. Use the passphrase you chose when you made this very key. It is not your login password.
    2. If you no longer know it, make a new key: { $exchange } cannot show it again.

failure-key_expired = The key has expired.
remedy-key_expired =
    1. Make a new key at { $exchange }, or extend this one if the key page offers it.
    2. Keys with an IP whitelist usually do not expire.

failure-ip_not_allowed = { $exchange } refuses my address: the key's IP whitelist does not list it.{ $seen_ip ->
        [none] {""}
       *[other] {" "}It saw me as <code>{ $seen_ip }</code>{ $whose ->
            [ours] , which is one of my addresses.
            [foreign] , which is none of the addresses I was given as mine. Tell whoever runs me before you add it anywhere.
           *[none] .
        }
    }
remedy-ip_not_allowed =
    1. Open the key at { $exchange } and edit its IP restriction.
    2. { $ips ->
        [none] Add the address of the server I run on.
       *[other] Add exactly: <code>{ $ips }</code>
    }
    3. Save and confirm with your second factor. It takes effect within a minute.

failure-no_read_permission = The key may not read the account.
remedy-no_read_permission =
    1. Open the key at { $exchange } and choose to edit its restrictions.
    2. Tick <b>{ $boxes }</b> and save.

failure-no_trade_permission = The key may not trade.
remedy-no_trade_permission =
    1. Open the key at { $exchange } and choose to edit its restrictions.
    2. Tick <b>{ $boxes }</b> and save. { $exchange } may ask for an IP whitelist first.

failure-wrong_market = The key may trade, but not in this market.
remedy-wrong_market =
    1. Open the key at { $exchange } and choose to edit its restrictions.
    2. Tick <b>{ $boxes }</b> and save.
    3. If the box cannot be ticked, open that kind of account at { $exchange } first, then make a new key.

failure-withdraw_enabled = Withdrawal enabled — please disable. With this key, money can leave your account.
remedy-withdraw_enabled =
    1. Open the key at { $exchange } right now and choose to edit its restrictions.
    2. Untick <b>{ $boxes }</b> and save.
    3. If it was not you who ticked it, delete the key, change your password and look at the withdrawal history.

failure-transfer_enabled = Transfers enabled — please disable. With this key, money can be moved to other accounts.
remedy-transfer_enabled =
    1. Open the key at { $exchange } right now and choose to edit its restrictions.
    2. Untick <b>{ $boxes }</b> and save.
    3. If it was not you who ticked it, delete the key, change your password and look at the transfer history.

failure-permissions_unknown = { $exchange } does not say whether this key may withdraw or transfer.
remedy-permissions_unknown =
    1. Look at the key at { $exchange }: everything about withdrawals and transfers must be off.
    2. Only you can see that. I never take “unknown” for “off”.

failure-ambiguous_auth = { $exchange } refuses the key and does not say why. It is one of three things.
remedy-ambiguous_auth =
    Look in this order:
    1. Does the key still exist on the key page at { $exchange }?
    2. { $ips ->
        [none] Is the address of the server I run on in the key's IP whitelist?
       *[other] Is <code>{ $ips }</code> in the key's IP whitelist?
    }
    3. Are the boxes for reading and for this market ticked?

failure-account_suspended = { $exchange } has suspended the account or this key.
remedy-account_suspended =
    1. Log in at { $exchange } and read what it wants of you. Often it is an identity check.
    2. Only { $exchange } can lift this; its support answers faster from inside the app.

failure-clock_skew = { $exchange } finds the time of my request wrong.
remedy-clock_skew = You need not do anything: it is the clock on my side or theirs, and I keep trying.

failure-rate_limited = { $exchange } asks me to slow down.
remedy-rate_limited = You need not do anything: I wait and go on by myself.

failure-banned = { $exchange } has shut out my address for a while because of too many requests.
remedy-banned = You need not do anything: I stay away until it is over, then go on by myself.

failure-region_blocked = { $exchange } does not serve the country my server is in.
remedy-region_blocked =
    Your key is fine; the server's location is not. Whoever runs me has to move it to a country that { $exchange } serves.

failure-exchange_unavailable = { $exchange } does not answer properly.
remedy-exchange_unavailable = You need not do anything: your key is not to blame, and I keep trying.

failure-maintenance = { $exchange } is down for maintenance.
remedy-maintenance = You need not do anything: I keep trying and tell you when it is back.

failure-network_down = My own connection to the internet is down.
remedy-network_down = You need not do anything: it says nothing about your key, and I keep trying.

failure-malformed_credential = What I hold does not have the form of a { $exchange } key.
remedy-malformed_credential =
    1. Make a new key at { $exchange }, of the system-generated kind.
    2. Copy it with the page's copy button and give it to me.

failure-unexpected = { $exchange } gave an answer I do not understand.
remedy-unexpected = You need not do anything: I keep trying. If it lasts, whoever runs me finds the code in the logs.
