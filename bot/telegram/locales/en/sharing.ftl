# Who hears of a connection beside its owner: inviting, accepting, what they are told, and leaving.

button-sharing = 👥 Sharing
button-leave = 🚪 Leave

sharing-title = 👥 <b>Who hears of { $label }</b>
sharing-nobody = Only you, so far.
sharing-hearer = { $kind ->
        [operator] 🎛
        [group] 👥
       *[subscriber] 🔔
    } <b>{ $name }</b> · { $kind ->
        [operator] operator
        [group] group
       *[subscriber] hears
    } · since { $since }
sharing-invited = <b>Invited</b>
sharing-pending = ⏳ { $name } · { $role ->
        [operator] operator
       *[subscriber] hears
    } · until { $until }
sharing-by-link = by link
sharing-what-they-see = <i>They see label, exchange, status and alerts. Nobody but you sees anything of the key.</i>
sharing-remove = ✖️ Remove { $name }
sharing-revoke = ✖️ Take back: { $name }
sharing-link = 🔗 Invite by link
sharing-person = 👤 Pick a person
sharing-group = 👥 Pick a group
sharing-role =
    <b>What may they do?</b>

    🔔 <b>Hear:</b> alerts and status, nothing else.
    🎛 <b>Operate:</b> also pause and resume trading, and check now. You are told when they do.
sharing-role-subscriber = 🔔 Only hear
sharing-role-operator = 🎛 Also operate
sharing-picking = 👇 Choose with the button under the text field.
sharing-picked-nobody = Nobody was picked.
sharing-picked-late = That choice came from an earlier question, so nothing was done. On the card of your connection, Sharing asks anew.
sharing-picked-self = That is you: you hear of it anyway.
sharing-picked-already = { $name } hears of it already.
sharing-too-many = There are too many who hear or are invited. Remove or take back some first.
sharing-asked = ✅ I have asked { $name }. Nothing else is sent there before they accept; you hear what they say.
sharing-asked-group = ✅ I have asked in { $name }. An administrator of the group has to accept; until then nothing else is sent there.
sharing-not-in-group = I cannot write in { $name }: add me to the group, let me write there, and pick it again. Nobody was invited.
sharing-not-started = { $name } has not started me yet, or has blocked me, and Telegram lets no bot write first. Pass on the link below: it works for { $name } alone.
sharing-not-reached = I cannot reach { $name } right now. Pass on the link below: it works for { $name } alone.
sharing-link-ready =
    🔗 <b>An invitation to hear of { $label }</b>{ $role ->
        [operator] {" "}as its operator
       *[subscriber] {""}
    }
    { $link }

    { $name ->
        [none] Whoever opens it first and accepts is in, so send it to one person only.
       *[other] It works for { $name } alone.
    } It works once, until { $until }. I cannot show it again, but Sharing can take it back.
sharing-copy-link = 📋 Copy the link
sharing-send-link = ↗️ Send it to somebody
sharing-send-words = You are invited to hear of “{ $label }”.

chooser-person = Whom shall I ask?
chooser-group = In which group shall I ask? It has to be one that I am in.
chooser-person-button = 👤 Choose a person
chooser-group-button = 👥 Choose a group

toast-removed = { $name } no longer hears of it, and I am telling them so.
toast-removed-already = They did not hear of it any more.
toast-revoked = Taken back: that link no longer works.
toast-revoked-already = It did not work any more anyway.
toast-too-many = There are too many who hear or are invited. Remove or take back some first.
toast-left = You hear no more of { $label }.
toast-already-paused-by-hand = It has been paused by hand already.

invitation =
    👋 <b>{ $inviter } invites you to hear of { $label }</b>
    { $place }

    I watch an exchange key of theirs. If you accept, I tell you here when it stops working or becomes dangerous, and when all is well again. { $role ->
        [operator] You may also pause and resume trading through it, and have it checked; { $inviter } is told when you do.
       *[subscriber] You control nothing.
    } You can mute it or leave at any time.
invitation-group =
    👋 <b>{ $inviter } invites this group to hear of { $label }</b>
    { $place }

    I watch an exchange key of theirs. If an administrator of this group accepts, I tell you all here when it stops working or becomes dangerous, and when all is well again. /leave ends it.
invitation-accept = ✅ Accept
invitation-decline = Decline
invitation-accepted =
    ✅ <b>You now hear of { $label }</b>
    { $place }
    { $sign } It { $status }.

    { $role ->
        [operator] You may pause, resume and check it: /connections shows it, with its buttons.
       *[subscriber] /connections shows how it is. There you can also mute it, or leave.
    }
invitation-accepted-group =
    ✅ <b>This group now hears of { $label }</b>
    { $place }
    { $sign } It { $status }.

    The buttons under alerts work for the connection’s owner and its operators. /alerts sets what I send here and when it is quiet, /leave ends it: both are for administrators of the group.
invitation-declined = Declined. You hear nothing of { $label }.

invite-unknown = This invitation does not exist, or has been over for long. Ask whoever sent it for a new one.
invite-used = This invitation has been used: each works once. Ask for a new one.
invite-expired = This invitation came to its end: they last two days. Ask for a new one.
invite-revoked = This invitation was taken back.
invite-not-for-you = This invitation is for somebody else, so it does nothing here.
invite-own = This is your own connection: you hear of it anyway.
invite-already = You hear of this connection already. /connections shows it.
invite-full = As many hear of this connection as may. Ask its owner.
invite-not-for-groups = This invitation is for a person, not for a group.
press-invite-unknown = This invitation does not exist, or has been over for long.
press-invite-used = This invitation has been used: each works once.
press-invite-expired = This invitation came to its end: they last two days. Ask for a new one.
press-invite-revoked = This invitation was taken back.
press-invite-not-for-you = This invitation is for somebody else.
press-invite-own = This is your own connection: you hear of it anyway.
press-invite-already = This chat hears of it already.
press-invite-full = As many hear of this connection as may. Ask its owner.
press-invite-not-for-groups = This invitation is for a person, not for a group.
press-group-admins = An administrator of this group has to decide that, in their own name.

press-no-longer = You no longer hear of this connection, so nothing was done.
press-only-hears = You hear of this connection; this only its owner can do, or an operator of it.
press-only-operators = Here this works only for the connection’s owner and its operators.
press-own-cannot-leave = This is your own connection. Disconnect, on its card, ends it.

shared-status-connected = works
shared-status-error = not working right now
shared-status-reauth_needed = needs its owner
shared-gate-open = ▶️ Trading through it is open.
shared-gate-paused = ⏸ <b>Trading through it is paused</b> until it is well.
shared-gate-paused_by_person = ⏸ <b>Trading through it is paused by hand</b>, until somebody resumes it.
shared-owner-knows = Its owner has been told too, with what to do.
shared-recovered-gate-open = ▶️ Trading through it goes on.
shared-recovered-gate-paused = ⏸ Trading through it is still paused.
shared-recovered-gate-paused_by_person = ⏸ Trading through it stays paused: somebody paused it by hand.

card-gate-paused-operator = ⏸ <b>Trading paused by an operator of yours</b> since { $since }. It stays so until one of you resumes it.
flip-by-operator = by an operator of yours

sharing-told-accepted =
    👥 <b>{ $name } now hears of { $label }</b>
    { $place }
sharing-told-declined =
    👥 <b>{ $name } declined to hear of { $label }</b>
    { $place }
sharing-told-left =
    👥 <b>{ $name } no longer hears of { $label }</b>
    { $place }

    That was their own choice. To have them back, invite them anew.
sharing-told-blocked =
    👥 <b>{ $name } no longer hears of { $label }</b>
    { $place }

    They have blocked me. To have them back, invite them anew.
sharing-told-kicked =
    👥 <b>{ $name } no longer hears of { $label }</b>
    { $place }

    I am no longer in that group. To have it back, add me there and pick it anew.
sharing-told-unreachable =
    👥 <b>{ $name } no longer hears of { $label }</b>
    { $place }

    Telegram says that I can send nothing there any more.
sharing-told-paused =
    ⏸ <b>{ $name } paused { $label }</b>
    { $place }

    Nothing new goes through it until you or an operator of it resumes it.
sharing-told-resumed =
    ▶️ <b>{ $name } resumed { $label }</b>
    { $place }
sharing-told-removed =
    👋 <b>You no longer hear of { $label }</b>
    { $place }

    Its owner ended it. Thank you for keeping an eye on it.
sharing-told-disconnected =
    👋 <b>You no longer hear of { $label }</b>
    { $place }

    Its owner has disconnected it, so there is nothing left to watch.

home-heard-title = <b>Shared with you</b>
home-heard = { $name } · 👥
heard-role = { $role ->
        [operator] 🎛 You are an operator of it: you may pause, resume and check.
       *[subscriber] 🔔 You hear of it.
    }
heard-later = ⏱ I tell you only of what is critical, if nobody has acknowledged it for { $after }.
heard-checked = Checked { $ago }
heard-status = It { $status }, since { $since }.
heard-leave-ask =
    🚪 <b>Hear no more of { $label }?</b>
    Its owner is told. To come back you need a new invitation.
heard-leave-yes = 🚪 Yes, leave

leave-done = { $count ->
        [one] 🚪 You hear no more of one connection.
       *[other] 🚪 You hear no more of { $count } connections.
    } Your own are not touched.
leave-group-done = { $count ->
        [one] 🚪 This group hears no more of one connection.
       *[other] 🚪 This group hears no more of { $count } connections.
    }
leave-nothing = Nobody shares a connection with this chat.
leave-group-admins = An administrator of this group has to decide that, in their own name.
command-leave = Hear no more of others’ connections

sharing-later = ⏱ When { $name } hears
sharing-hears-later = ⏱ Only of what is critical, and if nobody has acknowledged it for { $after }.
sharing-hears-now = At once, of everything
sharing-ladder-none = 📣 Everybody here is told of an alert at once. With <b>When … hears</b> you make somebody the next in line: told only of what is critical, and only if nobody acknowledges it in time.
sharing-ladder = 📣 A critical alert that nobody acknowledges I hand on: { $steps }. All others are told at once.
sharing-ladder-step = to { $name } after { $after }
sharing-later-ask =
    ⏱ <b>When shall { $name } hear?</b>
    At once, of everything; or only of what is critical, if nobody has acknowledged it for so long.
