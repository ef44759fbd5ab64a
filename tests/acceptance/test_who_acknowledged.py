"""Who has taken an alert up: everybody who hears sees that somebody has, and as much of who as is their business."""

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from tests.acceptance.conftest import Service
from tests.acceptance.owning import until
from tests.acceptance.sharing import Circle, a_circle, invites_by_link
from tests.acceptance.test_control_of_alerts import SOON


async def told_everywhere(circle: Circle) -> list[Message]:
    """The alert as the owner, the operator, the subscriber, and the group have it; known to be there."""
    people = (circle.owner, circle.operator, circle.subscriber)
    await circle.owned.alerted()
    alerts = [await person.sees("dangerous right", timeout=SOON) for person in people]
    alerts.insert(3, await circle.owner.sees("dangerous right", group=circle.group, timeout=SOON))
    depth = 1
    while depth:
        async with circle.service.app.store.transaction() as tx:
            depth, _ = await tx.outbox.waiting(circle.service.clock.now())
        await circle.service.clock.sleep(0.05)
    return alerts


async def test_those_who_act_learn_the_name_and_the_others_the_role(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    olga = service.person("Olga", "pl")
    await olga.follows(await invites_by_link(alice, operator=True))
    await olga.taps("Zgoda")
    await olga.sees("Od teraz słyszysz o")
    owners, operators, subscribers, groups = await told_everywhere(circle)
    second = await olga.sees("niebezpieczne", timeout=SOON)
    await circle.operator.taps_on(operators, "Acknowledge")
    await until(lambda: "Acknowledged by Oscar, 20" in operators.text)
    await until(lambda: "Acknowledged by Oscar, 20" in owners.text)
    await until(lambda: "Zajmuje się tym Oscar, od 20" in second.text)
    for alert in (subscribers, groups):
        await until(lambda alert=alert: "Acknowledged by an operator of it, 20" in alert.text)  # type: ignore[misc]
        assert "Oscar" not in alert.text
    for alert in (owners, operators, groups, second):
        assert not any("👀" in text for row in alert.button_texts for text in row), "there is nothing left to take up"
    await circle.subscriber.taps_on(subscribers, "Mute…")
    await until(lambda: ["🔕 Until it works"] in subscribers.button_texts)
    await circle.subscriber.taps_on(subscribers, "1 h")
    await until(lambda: "🔕 Muted until" in subscribers.text)
    assert "Acknowledged by an operator of it" in subscribers.text
    assert "Oscar" not in subscribers.text


async def test_an_owner_is_called_the_owner_by_whoever_only_hears(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    owners, operators, subscribers, groups = await told_everywhere(circle)
    await alice.taps_on(owners, "Acknowledge")
    await until(lambda: "Acknowledged by Alice, 20" in operators.text)
    for alert in (subscribers, groups):
        await until(lambda alert=alert: "Acknowledged by its owner, 20" in alert.text)  # type: ignore[misc]
        assert "Alice" not in alert.text


async def test_who_acknowledges_in_a_group_does_so_before_its_eyes(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    owners, _operators, subscribers, groups = await told_everywhere(circle)
    await circle.operator.taps_on(groups, "Acknowledge")
    await until(lambda: "Acknowledged by Oscar, 20" in groups.text)
    await until(lambda: "Acknowledged by Oscar, 20" in owners.text)
    await until(lambda: "Acknowledged by an operator of it" in subscribers.text)
    await alice.taps_on(groups, "Mute…")
    await until(lambda: ["🔕 Until it works"] in groups.button_texts)
    await alice.taps_on(groups, "1 h")
    await until(lambda: "🔕 Muted until" in groups.text)
    lines = groups.text.splitlines()
    assert lines[-2].startswith("👀 Acknowledged by Oscar"), "whoever changes it next"
    assert lines[-1].startswith("🔕 Muted until")


async def test_who_is_no_operator_any_more_is_nobody_in_particular(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    _owners, operators, subscribers, _groups = await told_everywhere(circle)
    await circle.operator.taps_on(operators, "Acknowledge")
    await until(lambda: "Acknowledged by an operator" in subscribers.text)
    await service.app.services.share.remove(alice.id, (await circle.owned.now()).id, circle.operator.id)
    await circle.subscriber.taps_on(subscribers, "Mute…")
    await until(lambda: "tomorrow: until" in subscribers.text)
    assert "👀 Acknowledged 20" in subscribers.text
