# What people have a say in: who takes an alert up, when it is quiet, what is sent at all.

repeat-danger = 🚨 <b>{ $label }: the dangerous right is still on the key</b>
repeat-critical = 🔴 <b>{ $label } still does not work</b>
repeat-lasts = For { $duration } now, since { $since }.
repeat-stop = I tell you again in { $next }. <b>Acknowledge</b> stops that; I keep watching, and tell you when it is over.
shared-repeat-stop = I tell you again in { $next }, and when it is over. <b>Mute</b>, under the first message, stops that for you.
alert-escalated = 📣 Nobody has acknowledged this so far, so I am telling you too.
alert-then = 📣 If nobody acknowledges it, I also tell { $who }.
alert-then-one = { $name } ({ $at })
alert-acked = 👀 Acknowledged by { $name }, { $at }. I am not repeating it.
alert-acked-by = 👀 Acknowledged{ $role ->
        [owner] {" "}by its owner,
        [operator] {" "}by an operator of it,
       *[none] {""}
    } { $at }. I am not repeating it.
alert-muted = 🔕 Muted until { $until }.
alert-muted-recovery = 🔕 Muted until it works again.

button-acknowledge = 👀 Acknowledge
button-mute = 🔕 Mute…
button-unmute = 🔔 Unmute
button-mute-hour = 🔕 1 h
button-mute-eight_hours = 🔕 8 h
button-mute-morning = 🔕 Until tomorrow 9:00
button-mute-recovery = 🔕 Until it works
button-mute-back = ‹ Don’t mute

toast-ack-acknowledged = 👀 Acknowledged. I will not repeat this one. I keep watching; trading stays as it is.
toast-ack-already = Acknowledged already.
toast-ack-over = Nothing to acknowledge: this is over.
toast-mute-how-long = For how long? Only this chat stops hearing of it; I go on checking.
toast-mute-not = Not muted.
toast-muted = 🔕 Muted until { $until }. Whatever is still wrong then, I tell you then.
toast-muted-recovery = 🔕 Muted until it works again. That I will tell you.
toast-mute-nothing = It works already, so there is nothing to mute.
toast-unmuted = 🔔 Alerts come through again.

alerts-title = 🔔 <b>Alerts of { $label }</b>
alerts-on = They come through.
alerts-muted = 🔕 Muted until { $until }. Whatever is still wrong then, I tell you then. Meanwhile I go on checking, and pausing.
alerts-muted-recovery = 🔕 Muted until it works again, which I will tell you. Meanwhile I go on checking, and pausing.
alerts-least = 🎚 I send: { $least }
alerts-least-chat = 🎚 I send: { $least }, as everywhere
alerts-unmute = 🔔 Unmute
alerts-mute-ask =
    🔕 <b>For how long?</b>
    Only you stop hearing of { $label }. I go on checking, and what is still wrong at the end I tell you then.
alerts-mute-choice = { $choice ->
        [hour] 1 hour: until { $until }
        [eight_hours] 8 hours: until { $until }
       *[morning] tomorrow: until { $until }
    }
alerts-mute-recovery = as long as it lasts: until it works again, which I tell you
alerts-button-mute = 🔕 Mute…
alerts-button-least = 🎚 What I send
alerts-button-chat = 🌙 Quiet hours, for everything
alerts-least-ask =
    🎚 <b>What shall I send of { $label }?</b>
    A trouble that I told you of I also tell you the end of.

chat-alerts-title = 🔔 <b>Your alerts</b>
chat-alerts-least = 🎚 I send: { $least }
chat-alerts-quiet-off = 🌙 Quiet hours: off
chat-alerts-quiet-on = 🌙 Quiet from { $from } to { $to }. What comes then I tell you at { $to }, if it is still so.
chat-alerts-critical-passes = 🚨 What is critical wakes you all the same: a dead key, a right to withdraw.
chat-alerts-critical-waits = 😴 What is critical waits too, even a right to withdraw.
chat-alerts-zone = 🕰 { $city }, where it is { $clock } now
chat-alerts-zone-none = 🕰 Time zone: not chosen; I count in UTC
chat-alerts-info = News for information, such as a recovery, never make a sound.

chat-button-least = 🎚 What I send
chat-button-quiet-on = 🌙 Quiet hours: switch on
chat-button-quiet-off = 🌙 Quiet hours: switch off
chat-button-from = From { $from }
chat-button-to = To { $to }
chat-button-zone = 🕰 Time zone
chat-button-critical-wait = 😴 Let critical ones wait too
chat-button-critical-pass = 🚨 Let critical ones through
chat-least-ask =
    🎚 <b>What shall I send?</b>
    A trouble that I told you of I also tell you the end of. A single connection may have a choice of its own, on its card.
chat-from-ask =
    🌙 <b>From when is it quiet?</b>
    Tap an hour, or type a time to the minute: 22:30. Both ends at once: 22:30-7:15.
chat-to-ask =
    🌙 <b>Until when is it quiet?</b>
    Tap an hour, or type a time to the minute: 7:15. Both ends at once: 22:30-7:15.
time-unreadable = 🤔 I could not read that as a time, so nothing has changed. Like this: 22:30, or 10:30 pm, or 22:30-7:15.
time-impossible = 🤔 No clock ever shows that time, so nothing has changed. A day goes from 0:00 to 23:59.
time-same = 🤔 From and to are the same time, so it would be quiet all day. Nothing has changed.
chat-zone-ask =
    🕰 <b>Where are you?</b>
    Tap a city whose clock shows the same as yours, or type the name of one.
chat-zone-found = Is it one of these?
chat-zone-unknown = I do not know that city. A bigger one in the same time zone will do.
chat-zone-choice = { $city } · { $clock }
toast-quiet-same = From and to are the same hour: that would be the whole day.

group-alerts-title = 🔔 <b>What I send to this group</b>
group-alerts-quiet-on = 🌙 Quiet from { $from } to { $to }. What comes then I tell you all at { $to }, if it is still so.
group-alerts-critical-passes = 🚨 What is critical comes all the same: a dead key, a right to withdraw.
group-alerts-who = <i>Administrators of this group change this: with the buttons, or with a command such as “/alerts 22:30-7:15” or “/alerts Mumbai”.</i>
group-least-ask =
    🎚 <b>What shall I send here?</b>
    A trouble that I told you of I also tell you the end of.
group-from-ask =
    🌙 <b>From when is it quiet?</b>
    Tap an hour. To the minute, both ends at once: “/alerts 22:30-7:15”.
group-to-ask =
    🌙 <b>Until when is it quiet?</b>
    Tap an hour. To the minute, both ends at once: “/alerts 22:30-7:15”.
group-zone-ask =
    🕰 <b>By whose clock?</b>
    Tap a city whose clock shows what the group’s does, or send the name of one: “/alerts Mumbai”.
group-zone-first = Quiet hours begin once I know the time zone.
group-zone-next = More cities ›
group-unreadable = 🤔 I could not read that, so nothing has changed. I understand two times, “/alerts 22:30-7:15”, and a city, “/alerts Mumbai”. A bigger city in the same time zone will do.
group-two-times = 🤔 Quiet hours have two ends, so nothing has changed. Like this: “/alerts 22:30-7:15”.
toast-group-hears-nothing = This group hears of no connection any more, so there is nothing to set.

least-info = everything
least-warning = warnings and what is critical
least-critical = only what is critical
least-chat = as for everything else
least-chosen = ✓ { $name }
