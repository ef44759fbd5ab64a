# What people have a say in: who takes an alert up, when it is quiet, what is sent at all.

repeat-danger = 🚨 <b>{ $label }: the dangerous right is still on the key</b>
repeat-critical = 🔴 <b>{ $label } still does not work</b>
repeat-lasts = For { $duration } now, since { $since }.
repeat-stop = I tell you again in { $next }. <b>Acknowledge</b> stops that; I keep watching, and tell you when it is over.
shared-repeat-stop = I tell you again in { $next }, and when it is over. <b>Mute</b>, under the first message, stops that for you.
alert-escalated = 📣 Nobody has acknowledged this so far, so I am telling you too.
alert-acked = 👀 Acknowledged by { $name }, { $at }. I am not repeating it.
alert-acked-nobody = 👀 Acknowledged { $at }. I am not repeating it.
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
chat-from-ask = 🌙 <b>From when is it quiet?</b>
chat-to-ask = 🌙 <b>Until when is it quiet?</b>
chat-zone-ask =
    🕰 <b>Where are you?</b>
    Tap a city whose clock shows the same as yours, or type the name of one.
chat-zone-found = Is it one of these?
chat-zone-unknown = I do not know that city. A bigger one in the same time zone will do.
chat-zone-choice = { $city } · { $clock }
toast-quiet-same = From and to are the same hour: that would be the whole day.

least-info = everything
least-warning = warnings and what is critical
least-critical = only what is critical
least-chat = as for everything else
least-chosen = ✓ { $name }
