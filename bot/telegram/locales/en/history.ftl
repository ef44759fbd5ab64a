# What became of a connection: the words in the picture and those under it. In the picture there is no markup and no emoji.

button-history = 📈 History
history-button-day = 24 h
history-button-day-chosen = ✓ 24 h
history-button-quarter = 90 days
history-button-quarter-chosen = ✓ 90 days

history-title = 📈 <b>{ $label }</b> · { $span }
history-last-day = last 24 hours
history-last-week = last 7 days
history-last-quarter = last 90 days
history-strip-day = Last 24 hours
history-strip-week = Last 7 days
history-strip-quarter = Last 90 days
history-figure = of that time the key worked
history-figure-none = nothing watched yet
history-percent = { $share } %
history-decimal = { $whole }.{ $part }
history-watched = watched { $share } % of it
history-watched-all = watched throughout
history-uptime = The key worked <b>{ $share }</b> of the time I watched, which was { $watched } % of it all.
history-uptime-all = The key worked <b>{ $share }</b> of the time, and I watched throughout.
history-uptime-none = I have not watched long enough to say anything. Look again in a few minutes.
history-latency = Answers usually take { $usual }, the slowest took { $highest }.
history-latency-title = Answer time
history-latency-short = usually { $usual } · slowest { $highest }
history-ms = { $ms } ms
history-seconds = { $s } s
history-changes = Last changes
history-no-changes = Nothing has changed in this time.
history-change = { $at } · { $what }
history-change-plain = { $at } · { $what }
history-because = { $what }: { $why }
history-footer = { $at } · days and hours are UTC

history-state-up = works
history-state-paused = paused
history-state-error = not working
history-state-reauth = needs you
history-state-unknown = not watched
history-flip-status-connected = works again
history-flip-status-error = not working
history-flip-status-reauth_needed = needs you
history-flip-gate-open = trading open
history-flip-gate-paused = trading paused

# Days, as short as they go.
history-day = { $d } { $month }
history-moment = { $day }, { $time }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

# Why, in a few words: for a line of a history or of a status card, so in no tense. The whole sentences are in failures.ftl.
reason-invalid_key = the exchange does not know the key
reason-bad_signature = the secret does not fit
reason-wrong_passphrase = the passphrase does not fit
reason-key_expired = the key has expired
reason-ip_not_allowed = my address is not on its list
reason-no_read_permission = it may not read
reason-no_trade_permission = it may not trade
reason-wrong_market = made for another market
reason-withdraw_enabled = withdrawals on
reason-transfer_enabled = transfers on
reason-permissions_unknown = the exchange does not tell its rights
reason-ambiguous_auth = refused without a reason
reason-account_suspended = account suspended
reason-clock_skew = our clocks differ
reason-rate_limited = asked to slow down
reason-banned = my address shut out
reason-region_blocked = my server’s country is not served
reason-exchange_unavailable = no proper answer
reason-maintenance = maintenance at the exchange
reason-network_down = my own network down
reason-malformed_credential = not the form of a key
reason-unexpected = an answer I do not understand
