# A digest of the last day or week, and whether somebody wants one.

command-digest = A digest of each day or week, if you want one
digest-title-daily = 📊 <b>The last 24 hours</b>
digest-title-weekly = 📊 <b>The last 7 days</b>
digest-picture-title = Your connections
digest-line = { $sign } <b>{ $label }</b>: { $what }
digest-share = worked { $share } of the time
digest-unwatched = not watched long enough
digest-changes = { $count ->
    [one] 1 change
   *[other] { $count } changes
}
digest-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
digest-ending = ⏳ The key of <b>{ $label }</b> ends { $at }
digest-rotate = 🔁 The key of <b>{ $label }</b> should be replaced from { $at } on
digest-rotate-now = 🔁 The key of <b>{ $label }</b> is { $age } old: time for a new one
digest-nothing-ahead = No key ends in the next 30 days, and none has to be replaced.
digest-settings =
    📊 <b>Digest</b>
    How each connection did, what changed, and which keys end in the next 30 days: in words and one picture, without a sound. Weekly ones come on Mondays.
digest-next = The next one comes { $at }. The hours below are { $zone } time.
digest-button-off = Off
digest-button-off-chosen = ✓ Off
digest-button-daily = Daily
digest-button-daily-chosen = ✓ Daily
digest-button-weekly = Weekly
digest-button-weekly-chosen = ✓ Weekly
