"""A new key whose pair the bot made, while the old one goes on working."""

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from tests.acceptance.conftest import Service
from tests.acceptance.test_own_pair import pairs, whole_way
from tests.acceptance.walk import connects, lets_it_make_the_key, public_half, registers


async def to_the_pair_for_a_rotation(person: Person) -> Message:
    asked = await person.says("/connections")
    for tap in ("🟢", "Rotate", "Let me make the key"):
        await person.taps(tap)
    return await person.sees("Then send me the API key", after=asked)


async def test_a_pasted_key_is_replaced_by_one_of_ours(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    shown = await to_the_pair_for_a_rotation(alice)
    (connection,) = await service.app.services.manage.of(alice.id)
    assert (1, f"…{old.api_key[-4:]}") == (connection.revision, connection.key_tail)
    new = registers(service.binance, old, public_half(shown))
    await alice.says(new.api_key)
    await alice.sees("now runs on the key", timeout=10)
    await alice.sees("has proved itself", timeout=10)
    (connection,) = await service.app.services.manage.of(alice.id)
    assert (2, False, f"…{new.api_key[-4:]}") == (connection.revision, connection.rotating, connection.key_tail)
    assert [] == await pairs(service)


async def test_one_pair_of_ours_is_replaced_by_another(service: Service, alice: Person) -> None:
    old = await whole_way(service, alice)
    shown = await to_the_pair_for_a_rotation(alice)
    new = registers(service.binance, old, public_half(shown))
    assert new.public_key != old.public_key
    await alice.says(new.api_key)
    await alice.sees("has proved itself", timeout=10)


async def test_the_old_key_works_on_until_the_new_pair_is_proven(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    shown = await to_the_pair_for_a_rotation(alice)
    new = registers(service.binance, old, public_half(shown))
    new.allow("enableWithdrawals")
    await alice.says(new.api_key)
    await alice.sees("The old one stays in use")
    (connection,) = await service.app.services.manage.of(alice.id)
    assert 1 == connection.revision
    new.forbid("enableWithdrawals")
    await alice.taps("Check again")
    await alice.sees("now runs on the key", timeout=10)


async def test_the_id_of_the_key_in_use_leaves_the_pair_waiting(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    pem = public_half(await to_the_pair_for_a_rotation(alice))
    await alice.says(old.api_key)
    await alice.sees("That is the key in use already")
    await alice.taps("Enter another key")
    shown = await alice.sees("Then send me the API key")
    assert pem == public_half(shown)
    await alice.says(registers(service.binance, old, pem).api_key)
    await alice.sees("now runs on the key", timeout=10)


async def test_a_pair_registered_at_another_account_is_destroyed(service: Service, alice: Person) -> None:
    await connects(alice, service.key("k1"))
    shown = await to_the_pair_for_a_rotation(alice)
    await alice.says(registers(service.binance, service.binance.account("k2"), public_half(shown)).api_key)
    told = await alice.sees("belongs to another Binance account", timeout=10)
    assert "The key pair I had made is destroyed" in told.text
    await alice.taps("Enter another key")
    await alice.sees("Best: let me make the key")


async def test_a_rotation_has_a_pair_of_its_own_and_cancel_keeps_the_old_key(service: Service, alice: Person) -> None:
    left = await lets_it_make_the_key(alice)
    waiting = public_half(left)
    await alice.says("/connections")
    await alice.sees("", after=left)
    await connects(alice, service.key())
    shown = await to_the_pair_for_a_rotation(alice)
    assert waiting != public_half(shown)
    await alice.taps("Cancel")
    told = await alice.sees("The old key stays in use")
    assert "The key pair I had made is destroyed" in told.text
    assert [waiting] == [pair.public_half for pair in await pairs(service)]


async def test_a_connection_that_is_disconnected_takes_its_pair_along(service: Service, alice: Person) -> None:
    await connects(alice, service.key())
    await to_the_pair_for_a_rotation(alice)
    (connection,) = await service.app.services.manage.of(alice.id)
    await service.app.services.manage.disconnect(alice.id, connection.id)
    assert [] == await pairs(service)
