"""The ways that many tests go: to the question for the key, and to a connection."""

from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.venue import Venue
from bot.sandbox.telegram.messages import Message


async def to_the_question(
    person: Person, *, market: str = "Spot", world: str = "Live", purpose: str = "Trade", command: str = "/connect"
) -> None:
    """From nothing to the question for the API key, at Binance."""
    await person.says(command)
    await person.taps("Binance")
    await person.taps(market)
    await person.taps(world)
    await person.taps(purpose)
    await person.taps("I have the key")
    await person.sees("Send me the API key")


async def gives(person: Person, key: Account) -> None:
    """Key and secret in one message."""
    await person.says(f"{key.api_key}\n{key.secret}")


async def to_the_label(person: Person, key: Account, **choices: str) -> None:
    await to_the_question(person, **choices)
    await gives(person, key)
    await person.sees("What shall we call")


async def connects(person: Person, key: Account, **choices: str) -> None:
    """Connects a key that is fit, under the first suggested label."""
    await to_the_label(person, key, **choices)
    await person.taps("Main" if choices.get("world", "Live") == "Live" else "Testnet")
    await person.sees("is connected")


async def is_refused(person: Person, key: Account, **choices: str) -> None:
    """Enters a key that is not fit."""
    await to_the_label(person, key, **choices)
    await person.taps("Main")
    await person.sees("Check again")


# --------------------------------------------------------------------------------------------- a pair that the bot made


async def lets_it_make_the_key(
    person: Person, *, exchange: str = "Binance", market: str = "Spot", world: str = "Live", purpose: str = "Trade"
) -> Message:
    """From nothing to the public half and the question for the API key."""
    asked = await person.says("/connect")
    await person.sees("Which one?", after=asked)
    for tap in (exchange, market, world, purpose, "Let me make the key"):
        await person.taps(tap)
    return await person.sees("Then send me the API key", after=asked)


def public_half(message: Message) -> str:
    """What a person copies from the window, by hand."""
    begin, end = "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"
    return message.text[message.text.index(begin) : message.text.index(end) + len(end)]


def registers(exchange: Venue, holder: Account, pem: str) -> Account:
    """What a person does on the exchange's key page: the public key goes in, a new API key comes out."""
    key = holder.self_generated_key(pem)
    key.restrict_ips([exchange.caller_ip])
    return key
