# Outages, told once in each chat: one message that is edited while it lasts, and a silent word when it is over.
# $exchange is the exchange with its badge, $where the market where only one is out (“none” for all of them).

incident-exchange = 🌩 <b>{ $exchange } is down</b>
incident-address = 🌩 <b>{ $exchange } turns me away</b>
incident-clock = 🌩 <b>{ $exchange } refuses my clock</b>
incident-keys = 🌩 <b>{ $exchange } refuses many keys at once</b>
incident-place = { $where ->
    [none] All markets
   *[other] { $where } only
}
incident-since-again = Since { $since }, for the { $times ->
    [2] second
    [3] third
    [4] fourth
   *[other] { $times }th
} time in a row.
incident-announced = 📣 It announced maintenance until { $until }.
incident-count = { $count ->
    [one] One of your connections is affected: { $labels }.
   *[other] { $count } of your connections are affected: { $labels }.
}
incident-count-more = { $labels } and { $more } more
incident-paused = ⏸ Trading through { $count ->
    [one] it
   *[other] them
} is paused, and goes on by itself. What is open at the exchange stays open; close there by hand what cannot wait.
incident-blame-none = Your { $count ->
    [one] key is
   *[other] keys are
} not to blame: there is nothing for you to do. I go on looking, and change this message as things go.
incident-blame-keys = Keys of different people do not die at once, so I blame none of them yet. If yours still fails when this is over, or in a quarter of an hour, I say so.

incident-again = 🌩 <b>{ $exchange } is out again</b>, for the { $times ->
    [2] second
    [3] third
    [4] fourth
   *[other] { $times }th
} time since { $since }. What is affected is in the message above.
incident-over = ✅ <b>{ $exchange } is back</b>
incident-over-lasted = It lasted { $duration }, from { $since } to { $until }, and concerned { $most ->
    [one] one of your connections
   *[other] { $most } of your connections
}.
incident-over-after = It lasted { $duration }.
incident-over-gate = ▶️ Trading goes on, where you have not paused it yourself.

operator-incident = 🌩 <b>Incident at { $exchange }</b> ({ $environment }{ $market ->
    [none] {""}
   *[other] , { $market }
}): { $failure }{ $error ->
    [none] {""}
   *[other] {" "}<code>{ $error }</code>
}. Everybody concerned is told once.

unsteady =
    〰️ <b>{ $label }: unsteady</b>
    { $place }

    It comes and goes: { $changes } changes in the last hour, since { $since }. I stop telling each of them and count here instead; once it has been steady for half an hour, I say so.
steady-well =
    ✅ <b>{ $label } is steady again</b>, and works
    { $place }
steady-bad =
    〰️ <b>{ $label } is steady again</b>, but does not work
    { $place }
