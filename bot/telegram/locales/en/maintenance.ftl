# Maintenance windows: the list, and planning one.

command-maintenance = Hours in which you expect trouble
maintenance-title =
    🔧 <b>Maintenance windows</b>
    While one is open, I don’t tell you of outages, nor of what may pass by itself. Of a dead or dangerous key I tell you as always, and I go on checking and pausing. What still lasts at the end, I tell you then.
maintenance-none = None is planned.
maintenance-line = 🔧 <b>{ $name }</b>
maintenance-line-all = 🔧 <b>Everything at { $name }</b>
maintenance-once = { $at }, for { $length }
maintenance-weekly = { $day } at { $at } ({ $zone }), for { $length }
maintenance-open = <b>Open now</b>, until { $until }
maintenance-next = Next: { $at }
maintenance-announced =
    📣 <b>Announced by { $name }</b>
    { $where }
maintenance-announced-count = What exchanges announce counts as a window here, for a day at most.
maintenance-announced-ignored = What exchanges announce changes nothing here: outages I tell you then too.
maintenance-button-announced-on = 📣 Go by announcements: on
maintenance-button-announced-off = 📣 Go by announcements: off
toast-announced-on = On: what an exchange announces counts as a window.
toast-announced-off = Off. What is wrong now, I tell you now.
maintenance-button-new = ➕ New window
maintenance-button-remove = 🗑 Remove: { $name }
maintenance-button-all = Everything at { $exchange }
maintenance-button-now = Now, { $hours } h
maintenance-button-later = Later, once
maintenance-button-weekly = Every week
maintenance-button-hours = { $hours } h
maintenance-what = 🔧 <b>What is it about?</b>
maintenance-when = 🔧 <b>When?</b>
maintenance-day = 🔧 <b>On which day, every week?</b>
maintenance-type-moment =
    🔧 <b>When does it begin?</b>
    Type it in { $zone } time: <code>02:30</code> for the next time it is that late, or with a day, as in <code>2026-12-24 02:30</code>.
maintenance-type-time =
    🔧 <b>At what time does it begin?</b>
    Type it in { $zone } time, as in <code>02:30</code>.
maintenance-not-read = I cannot read that, or it is past. Please type it as in the example.
maintenance-length = 🔧 <b>How long?</b>
toast-maintenance-planned = Planned.
toast-maintenance-removed = Removed. What is wrong now, I tell you now.
toast-maintenance-gone = That is no longer there.
toast-maintenance-many = You have twenty of them already. Remove one first.
toast-maintenance-nothing = There is nothing to plan for yet: no connection is yours or shared with you.
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
