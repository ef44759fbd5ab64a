"""Commands, languages, groups, and what happens when something goes wrong on our side."""

import pytest

from bot.sandbox.control.person import Person
from bot.telegram.commands import COMMANDS
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning, until


async def test_the_menus_of_private_chats_and_of_groups_are_there_in_both_languages(
    service: Service, alice: Person
) -> None:
    calls = service.sandbox.telegram.calls
    await until(lambda: len(calls.of("setMyCommands")) == 4)
    sent = [call.params for call in calls.of("setMyCommands")]
    menus = {menu.get("language_code", ""): menu for menu in sent if "all_private_chats" in str(menu)}
    groups = {menu.get("language_code", ""): menu for menu in sent if "all_group_chats" in str(menu)}
    assert {"", "pl"} == set(groups)
    assert "status" in str(groups[""])
    assert "connect" not in str(groups[""]).replace("connections", "").replace("connection", "")
    assert {"", "pl"} == set(menus)
    assert "all_private_chats" in str(menus[""])
    assert "Połącz giełdę" in str(menus["pl"])
    assert all(f"'{name}'" in str(menus[""]) or f'"{name}"' in str(menus[""]) for name in COMMANDS)


async def test_help_says_what_is_promised_and_what_cannot_be(service: Service, alice: Person) -> None:
    await alice.says("/help")
    text = (await alice.sees("How this works")).text
    assert "What I cannot promise" in text


async def test_cancel_with_nothing_to_cancel(service: Service, alice: Person) -> None:
    await alice.says("/cancel")
    await alice.sees("nothing to cancel")


async def test_idle_talk_gets_an_answer(service: Service, alice: Person) -> None:
    await alice.says("how are you?")
    await alice.sees("did not understand")


async def test_the_language_follows_telegram_until_another_is_chosen(service: Service) -> None:
    ola = service.person("Ola", "pl")
    await ola.says("/start")
    await ola.sees("Pilnuję Twoich kluczy")
    await ola.says("/language")
    await ola.taps("English")
    await ola.sees("I follow your Telegram setting")
    await ola.says("/start")
    await ola.sees("I watch your exchange keys")
    await ola.says("/language")
    await ola.taps("Follow Telegram")
    await ola.sees("Trzymam się ustawień Telegrama")


async def test_a_language_nobody_speaks_here_is_answered_in_english(service: Service) -> None:
    yuki = service.person("Yuki", "ja")
    await yuki.says("/start")
    await yuki.sees("I watch your exchange keys")


async def test_a_chosen_language_outlives_a_restart(service: Service, alice: Person) -> None:
    await alice.says("/language")
    await alice.taps("Polski")
    await alice.sees("Trzymam się")
    await service.stop()
    await service.start()
    await alice.says("/help")
    await alice.sees("Jak to działa")


# -------------------------------------------------------------------------------------------------------------- groups


async def test_in_a_group_it_says_that_it_works_in_private_and_only_to_commands(
    service: Service, alice: Person
) -> None:
    group = service.sandbox.group("Desk", owner=alice)
    group.add(service.sandbox.bot)
    await alice.sees("must be an administrator with the right to delete messages", group=group)
    await alice.says("good morning all", group=group)
    await alice.says("/connections", group=group)
    answer = await alice.sees("I work in private", group=group)
    ((link,),) = answer.buttons
    assert str(link.url).startswith("https://t.me/")
    assert [message for message in group.messages() if "did not understand" in message.text] == []


async def test_a_group_learns_when_it_is_really_watched(service: Service, alice: Person) -> None:
    group = service.sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(service.sandbox.bot)
    first = await alice.sees("and I am not", group=group)
    group.promote(service.sandbox.bot, rights={"can_delete_messages": True})
    watching = await alice.sees("I keep watch here", group=group, after=first)
    assert "and I am not" not in watching.text


@pytest.mark.parametrize("speaks_as", ["anonymous", "channel"])
async def test_whoever_hides_behind_a_group_or_channel_is_refused_with_a_reason(
    service: Service, alice: Person, speaks_as: str
) -> None:
    group = service.sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(service.sandbox.bot)
    if speaks_as == "anonymous":
        await alice.says("/connections", group=group, anonymous=True)
    else:
        await alice.says("/connections", group=group, as_channel="News")
    await alice.sees("cannot see who you are", group=group)


# ------------------------------------------------------------------------------------------------------------- mishaps


async def test_a_fault_of_ours_is_owned_up_to_and_told_to_operators(service: Service, alice: Person) -> None:
    await owning(service, alice)
    boss = service.person("Boss")
    await boss.says("/start")
    await service.stop()
    await service.start(operators=(boss.id,))
    await alice.says("/connections")
    home = await alice.sees("Your connections")
    object.__setattr__(service.app.services, "profiles", None)  # whatever: something breaks in a handler
    await alice.taps_on(home, "Main")
    toast = await alice.sees_toast("Something went wrong on my side")
    assert toast.is_alert
    told = await boss.sees("became a dead letter")
    assert "TypeError" in told.text or "AttributeError" in told.text


async def test_a_press_from_before_an_absence_gets_fresh_buttons(service: Service, alice: Person) -> None:
    await alice.says("/start")
    welcome = await alice.sees("I watch your exchange keys")
    await service.app.front.notices.stale_press(alice.id, alice.id)
    await alice.sees("the button you pressed did nothing")
    await alice.sees("I watch your exchange keys", after=welcome)


async def test_whoever_blocks_the_bot_and_comes_back_is_reachable_again(service: Service, alice: Person) -> None:
    await alice.says("/start")
    await alice.sees("I watch your exchange keys")
    await alice.blocks_bot()
    await until_reachable(service, alice, reachable=False)
    await alice.unblocks_bot()
    await alice.says("/start")
    await until_reachable(service, alice, reachable=True)


async def until_reachable(service: Service, person: Person, *, reachable: bool) -> None:
    for _ in range(200):
        async with service.app.store.transaction() as tx:
            known = await tx.people.get(person.id)
        if known is not None and known.reachable is reachable:
            return
        await service.clock.sleep(0.02)
    raise AssertionError(f"{person.name} is not {'reachable' if reachable else 'unreachable'}")
