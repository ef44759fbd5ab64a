"""Ways that tests of sharing go: a connection of Alice's, and people and groups who hear of it."""

import re
from dataclasses import dataclass

from bot.domain.connection import ConnectionId
from bot.sandbox.control.group import Group
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from bot.usecases.sharing_storage import Subscription
from tests.acceptance.conftest import Service
from tests.acceptance.owning import Owned, owning


async def opens_sharing(owner: Person, label: str = "Main") -> Message:
    """From the list of connections to who hears of one."""
    await owner.says("/connections")
    await owner.taps(label)
    await owner.sees("What the key may do")
    await owner.taps("Sharing")
    return await owner.sees("Who hears of")


async def invites_by_link(owner: Person, *, operator: bool = False) -> str:
    """A fresh link, as the owner would copy it."""
    before = await opens_sharing(owner)
    await owner.taps("Invite by link")
    await owner.sees("What may they do?")
    await owner.taps("Also operate" if operator else "Only hear")
    told = await owner.sees("An invitation to hear of", after=before)
    (link,) = told.copy_texts
    assert re.fullmatch(r"https://t\.me/\w+\?start=i_[a-z2-7]{24}", link)
    await owner.sees("Who hears of", after=told)
    return link


async def accepts(person: Person, link: str) -> Message:
    """Follows a link and says yes."""
    await person.follows(link)
    await person.sees("invites you to hear of")
    await person.taps("Accept")
    return await person.sees("You now hear of")


@dataclass
class Circle:
    """A connection and everybody around it."""

    service: Service
    owned: Owned
    owner: Person
    operator: Person
    subscriber: Person
    group: Group

    async def subscriptions(self) -> dict[str, Subscription]:
        """Those that last, by name."""
        async with self.service.app.store.transaction() as tx:
            found = await tx.subscriptions.of_connection(ConnectionId(self.owned.id))
        return {one.name: one for one in found}


async def a_circle(service: Service, owner: Person) -> Circle:
    """Alice owns; Oscar operates, Sue hears, and so does the group Desk, in which all of them are."""
    owned = await owning(service, owner)
    oscar, sue = service.person("Oscar"), service.person("Sue")
    await accepts(oscar, await invites_by_link(owner, operator=True))
    await accepts(sue, await invites_by_link(owner))
    group = service.sandbox.group("Desk", owner=owner)
    for member in (service.sandbox.bot, oscar, sue):
        group.add(member)
    await lets_in(owner, group)
    # A chat gets one message a second: what a story waits for must not stand in line behind news of its beginning.
    for name in ("Oscar", "Sue", "Desk"):
        await owner.sees(f"{name} now hears of Main", timeout=15)
    return Circle(service, owned, owner, oscar, sue, group)


async def lets_in(owner: Person, group: Group) -> Message:
    """The owner, who made the group, picks it and accepts in it."""
    before = owner.last(group)
    await opens_sharing(owner)
    await owner.taps("Pick a group")
    await owner.picks(group)
    await owner.sees("I have asked in")
    await owner.sees("invites this group to hear of", group=group, after=before)
    await owner.taps("Accept", group=group)
    return await owner.sees("This group now hears of", group=group, after=before)
