was-blind =
    🙈 <b>I did not watch your keys from { $since } to { $until }</b> ({ $duration }).
    Every one of them has been looked at again since. What is wrong now I tell as always; what came and went meanwhile I cannot know.

operator-alerts_late =
    { $count ->
        [one] 🚨 <b>An urgent message has been waiting for { $age }</b> and does not get out.
       *[other] 🚨 <b>{ $count } urgent messages do not get out.</b> The oldest has been waiting for { $age }.
    }
    You read this, so Telegram works for some chats. Look at the log and at <code>latchkey_outbox_age_seconds</code>; I tell you when it is over.
operator-alerts_in_time = ✅ Urgent messages get out in time again. The delay lasted { $age }.
