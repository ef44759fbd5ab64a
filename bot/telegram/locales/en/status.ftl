# The pinned card that shows everything at a glance, and what is said about it.

status-well = 🟢 <b>All is well</b>: { $count ->
    [one] one connection
   *[other] { $count } connections
}
status-banner = 🔴 <b>{ $count ->
    [one] 1 of { $all } is not well
   *[other] { $count } of { $all } are not well
}</b>
status-outage = 🌩 <b>{ $exchange }</b>: { $why }, since { $since } ({ $count ->
    [one] 1 connection
   *[other] { $count } connections
})
status-reason = { $sign } <b>{ $label }</b>: { $why }
status-banner-more = and { $count } more, below
status-late = ⚠️ <b>My last complete round of checks ended { $at }.</b> What stands here may be older than it looks.
status-line = { $sign } <b>{ $label }</b> · { $place }
status-state-connected = works since { $since }
status-state-error = not working since { $since }
status-state-reauth_needed = <b>needs its owner</b> since { $since }
status-paused = ⏸ trading paused by me since { $since }
status-paused-person = ⏸ trading paused by hand since { $since }
status-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
status-empty = There is nothing left to watch here. /connect adds a connection.
status-swept = 👀 All keys checked { $at }
status-oldest = ⏱ Oldest check here: { $at }
status-unchecked = ⏱ Not all of these were checked yet
status-here = ⬆️ Here it is, up to date. I keep it that way.
status-cannot-pin = I may not pin messages here, so the card stays where it is. I keep it up to date all the same.
status-nothing = Nothing is watched here yet. /connect connects an exchange, and then /status keeps a card on top of this chat.
status-nothing-group = This group hears of no connection yet. A connection’s owner can share it under <b>Sharing</b> on its card.
status-failed = I could not show the card just now. Please ask again in a moment.
command-status = How everything is, on one pinned card
