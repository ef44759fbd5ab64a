"""The settings: whether each fits, and what is advised beside."""

import difflib
from collections.abc import Iterator

from bot.commands.checkup.finding import Finding, bad, caution, good
from bot.settings import PREFIX, BadSettings, Settings, unknown_names

_REMEDY = "Correct it in .env or in the environment; .env.example explains it."
_NEEDS_BOTFATHER = "Ask @BotFather for one (/newbot), and put it into .env, which begins as a copy of .env.example."


def misspelt() -> Iterator[Finding]:
    """Names that look like settings and are none: they change nothing, and nobody would notice."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in unknown_names():
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else "Remove it, or look it up in .env.example."
        yield caution(name, "is no setting and changes nothing", hint)


def unfit(problem: BadSettings) -> Iterator[Finding]:
    """A line for each setting that does not fit."""
    for line in problem.lines:
        name, _, says = line.partition(": ")
        yield bad(name, says, _NEEDS_BOTFATHER if name == f"{PREFIX}BOT_TOKEN" else _REMEDY)


def advised(settings: Settings) -> Iterator[Finding]:
    """What works without, but should be there."""
    yield good("settings", "every setting fits")
    if settings.egress_ips:
        yield good("egress IPs", " ".join(settings.egress_ips))
    else:
        yield caution(
            "egress IPs",
            "are not set: nobody can be told which addresses to put on a key's whitelist",
            f"Set {PREFIX}EGRESS_IPS to the addresses that exchanges see.",
        )
    if settings.operators:
        yield good("operators", f"{len(settings.operators)} will be told when something is wrong with the service")
    else:
        yield caution(
            "operators",
            "are not set: nobody is told when something is wrong with the service",
            f"Set {PREFIX}OPERATORS to your Telegram id.",
        )
    if settings.log_level == "DEBUG":
        yield caution(
            "log level", "is DEBUG, which is loud", f"Set {PREFIX}LOG_LEVEL=INFO unless you look for something."
        )
