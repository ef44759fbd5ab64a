"""Every action under an alert, by everybody, in private and in the group: what they are is asked at the press."""

from collections.abc import Mapping

import pytest

from bot.sandbox.control.person import ANONYMOUS, Person
from bot.sandbox.telegram.messages import Message
from bot.telegram.alert_keyboard import MUTES, Action
from bot.usecases.audience import audience
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning, until
from tests.acceptance.sharing import Circle, a_circle, accepts, invites_by_link, opens_sharing

DONE: dict[Action, str] = {
    Action.PAUSE: "stays paused now",
    Action.RESUME: "as soon as it is",
    Action.CHECK: "Checking",
    Action.ACKNOWLEDGE: "Acknowledged",
    Action.MUTE: "For how long?",
    Action.MUTE_NOT: "Not muted",
    Action.MUTE_HOUR: "Muted until",
    Action.MUTE_EIGHT_HOURS: "Muted until",
    Action.MUTE_MORNING: "Muted until",
    Action.MUTE_RECOVERY: "Muted until it works again",
    Action.UNMUTE: "come through again",
    Action.LEAVE: "You hear no more of Main",
    Action.ROTATE: "Opening below",
    Action.DETAILS: "Opening below",
}
"""What whoever may do it sees."""
FOR_ONESELF = {action: DONE[action] for action in (Action.MUTE, Action.MUTE_NOT, *MUTES, Action.UNMUTE, Action.LEAVE)}
HEARS, NO_LONGER, NOBODY = "this only its owner can do", "no longer hear", "not your connection"
FACELESS, ELSEWHERE, NOT_HERE = "cannot see who you are", "private chat only", "s owner and its operators"

IN_PRIVATE: Mapping[str, Mapping[Action, str]] = {
    "owner": DONE | {Action.LEAVE: "your own connection"},
    "operator": DONE | {Action.ROTATE: HEARS, Action.DETAILS: HEARS},
    "subscriber": dict.fromkeys(Action, HEARS) | FOR_ONESELF,
    "former subscriber": dict.fromkeys(Action, NO_LONGER),
    "stranger": dict.fromkeys(Action, NOBODY),
    "anonymous admin": dict.fromkeys(Action, FACELESS),
}
BY_CONTROL = DONE | {Action.ROTATE: ELSEWHERE, Action.DETAILS: ELSEWHERE}
BY_OTHERS = dict.fromkeys(Action, NOT_HERE) | {Action.ROTATE: ELSEWHERE, Action.DETAILS: ELSEWHERE}
IN_THE_GROUP: Mapping[str, Mapping[Action, str]] = {
    "owner": BY_CONTROL,
    "operator": BY_CONTROL,
    "subscriber": BY_OTHERS,
    "former subscriber": BY_OTHERS,
    "stranger": BY_OTHERS,
    "anonymous admin": dict.fromkeys(Action, FACELESS),
}


async def everybody(service: Service, alice: Person) -> tuple[Circle, dict[str, Person]]:
    """A circle with everybody in it, and one who is no longer; the key has become dangerous, and all have heard."""
    circle = await a_circle(service, alice)
    fred, stranger = service.person("Fred"), service.person("Stan")
    await accepts(fred, await invites_by_link(alice))
    await circle.owned.alerted()
    await fred.sees("dangerous right", timeout=15)
    await opens_sharing(alice, "🔴 Main")
    await alice.taps("Remove Fred")
    await fred.sees("You no longer hear of Main")
    await stranger.says("/help")
    await stranger.sees("How this works")
    for person in (fred, stranger):
        circle.group.add(person)
    return circle, {
        "owner": alice,
        "operator": circle.operator,
        "subscriber": circle.subscriber,
        "former subscriber": fred,
        "stranger": stranger,
        "anonymous admin": Person(service.sandbox.telegram, ANONYMOUS),
    }


async def pressed(person: Person, message: Message, data: str) -> str:
    press = await person.presses_data(message, data)
    await until(lambda: press.answer is not None)
    assert press.answer is not None
    return press.answer.text


async def state_of(circle: Circle) -> tuple[object, ...]:
    """Everything that a press could change."""
    connection = await circle.owned.now()
    async with circle.service.app.store.transaction() as tx:
        hearers = await audience(tx, connection)
        mutes = [await tx.alerts.muted_until(connection.id, hearer.chat_id) for hearer in hearers]
        acked = [alert.acked_at for alert in await tx.alerts.open_of(connection.id)]
    health = connection.health
    return (health.gate, health.paused_by, connection.label, len(await circle.owned.flips()), hearers, mutes, acked)


def prefix_of(alert: Message) -> str:
    data = next(button.data for row in alert.buttons for button in row if button.data)
    return data.rpartition(":")[0]


ORDER = (
    Action.PAUSE,
    Action.RESUME,
    Action.CHECK,
    Action.ACKNOWLEDGE,
    Action.MUTE,
    Action.MUTE_NOT,
    *MUTES,
    Action.UNMUTE,
    Action.ROTATE,
    Action.DETAILS,
    Action.LEAVE,
)
assert set(ORDER) == set(Action)
"""What ends the actor's own hearing comes last."""


async def test_every_action_by_six_actors_in_private(service: Service, alice: Person) -> None:
    circle, actors = await everybody(service, alice)
    alerts = {name: None if name in {"stranger", "anonymous admin"} else who for name, who in actors.items()}
    for name, who in reversed(actors.items()):
        hears = alerts[name]
        # A stranger's forged client presses in the name of its own message, with what it got hold of: Alice's.
        alert = await (hears or alice).sees("dangerous right", timeout=15)
        message = alert if hears else (await actors["stranger"].sees("How this works"))
        prefix = prefix_of(alert) if alert.buttons else prefix_of(await alice.sees("dangerous right"))
        for action in ORDER:
            before = await state_of(circle)
            said = await pressed(who, message, f"{prefix}:{action}")
            assert IN_PRIVATE[name][action] in said, (name, action, said)
            if IN_PRIVATE[name][action] != DONE[action]:
                assert await state_of(circle) == before, (name, action)


async def test_every_action_by_six_actors_in_the_group(service: Service, alice: Person) -> None:
    circle, actors = await everybody(service, alice)
    alert = await alice.sees("dangerous right", group=circle.group, timeout=15)
    assert alert.button_texts == [["⏸ Keep paused", "🔄 Check now"], ["🔕 Mute…", "🚪 Leave"], ["👀 Acknowledge"]]
    prefix = prefix_of(alert)
    for name in ("anonymous admin", "stranger", "former subscriber", "subscriber", "operator", "owner"):
        for action in ORDER:
            if name == "operator" and action is Action.LEAVE:
                continue  # the group would hear no more, and the owner could show nothing
            before = await state_of(circle)
            said = await pressed(actors[name], alert, f"{prefix}:{action}")
            assert IN_THE_GROUP[name][action] in said, (name, action, said)
            if IN_THE_GROUP[name][action] != DONE[action]:
                assert await state_of(circle) == before, (name, action)
    tail = circle.owned.account.api_key[-4:]
    assert not any(tail in message.text for message in circle.group.messages())
    await alice.sees("Desk no longer hears of Main")


async def test_somebody_demoted_between_the_alert_and_the_press_is_refused(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await circle.owned.alerted()
    heard = await circle.operator.sees("dangerous right", timeout=15)
    prefix = prefix_of(heard)
    await accepts(circle.operator, await invites_by_link(alice, operator=False))
    assert HEARS in await pressed(circle.operator, heard, f"{prefix}:pause")
    assert HEARS in await pressed(circle.operator, heard, f"{prefix}:ack")
    assert "Muted until" in await pressed(circle.operator, heard, f"{prefix}:mute_hour")


async def test_an_alert_of_one_chat_is_of_no_use_in_another(service: Service, alice: Person) -> None:
    """Also for those who may: what is shown goes by where it was told."""
    circle = await a_circle(service, alice)
    alert = await circle.owned.alerted()
    in_group = await alice.sees("dangerous right", group=circle.group, timeout=15)
    before = await state_of(circle)
    assert ELSEWHERE in await pressed(alice, in_group, f"{prefix_of(alert)}:pause")
    assert NOBODY in await pressed(alice, alert, f"{prefix_of(in_group)}:pause")
    assert await state_of(circle) == before


@pytest.mark.parametrize("verb", ["heard", "sharing"])
async def test_conversations_ask_at_the_press_too(service: Service, alice: Person, verb: str) -> None:
    """What was opened while one might is of no use when one may no longer."""
    circle = await a_circle(service, alice)
    if verb == "heard":
        await circle.operator.says("/connections")
        await circle.operator.taps("Main")
        await circle.operator.sees("You are an operator of it")
        await service.app.services.share.remove(alice.id, (await circle.owned.now()).id, circle.operator.id)
        await circle.operator.taps("Pause")
        await circle.operator.sees_toast("no longer hear")
        await circle.operator.sees("This connection is not yours.")
        assert (await circle.owned.now()).health.gate.value == "open"
    else:
        home = await opens_sharing(alice)
        bob = service.person("Bob")
        await owning(service, bob, name="bobs", label="Bobs")
        await bob.says("/connections")
        screen = await bob.sees("Your connections")
        for row in home.buttons:
            for button in row:
                if button.data:
                    await bob.presses_data(screen, button.data)
        await bob.sees("Your connections")
        assert set(await circle.subscriptions()) == {"Oscar", "Sue", "Desk"}
