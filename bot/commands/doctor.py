"""``doctor``: looks at everything the service needs, and says of each what would mend it. Prints no secret."""

import asyncio
from collections.abc import AsyncIterator, Iterable

from rich.console import Console
from rich.text import Text

from bot.commands.checkup.capacity import capacity
from bot.commands.checkup.configuration import advised, misspelt, unfit
from bot.commands.checkup.exchanges import exchanges
from bot.commands.checkup.finding import Finding, Grade
from bot.commands.checkup.keys_and_data import Body, database, master_keys
from bot.commands.checkup.machine import addresses, data_folder, memory
from bot.commands.checkup.outbound import outbound
from bot.commands.checkup.telegram import telegram
from bot.observability.logs import configure
from bot.settings import BadSettings, Settings, load_settings

_STYLES = {Grade.GOOD: "green", Grade.CAUTION: "yellow", Grade.BAD: "bold red"}

_console = Console(highlight=False, soft_wrap=True)


def doctor() -> int:
    """0 if the service can run, 1 if anything would keep it from it."""
    configure("ERROR", "text")
    return asyncio.run(_examine())


async def _examine() -> int:
    grades: list[Grade] = []
    async for finding in _findings():
        _console.print(_line(finding))
        grades.append(finding.grade)
    failed, cautions = grades.count(Grade.BAD), grades.count(Grade.CAUTION)
    advice = f"; {cautions} to think about" if cautions else ""
    verdict = f"{failed} to mend{advice}" if failed else f"All is well{advice}"
    _console.print(Text(f"\n{verdict}.", style="bold"))
    return 1 if failed else 0


async def _findings() -> AsyncIterator[Finding]:
    for finding in misspelt():
        yield finding
    try:
        settings = load_settings()
    except BadSettings as problem:
        for finding in unfit(problem):
            yield finding
        if (rest := _but_for_the_token()) is not None:
            async for finding in _at_home(rest, Body()):
                yield finding
        return  # everything else is looked for where the settings say
    for finding in advised(settings):
        yield finding
    async for finding in _whole(settings):
        yield finding


def _but_for_the_token() -> Settings | None:
    """The settings, if nothing but the token does not fit: a newcomer is told at once what else is missing."""
    try:
        return load_settings(bot_token="000:" + "x" * 35)
    except BadSettings:
        return None


async def _at_home(settings: Settings, body: Body) -> AsyncIterator[Finding]:
    """What can be looked at without asking anybody else."""
    before: tuple[Iterable[Finding], ...] = (data_folder(settings), memory(), master_keys(settings, body))
    for look in before:
        for finding in look:
            yield finding
    async for finding in database(settings, body):
        yield finding


async def _whole(settings: Settings) -> AsyncIterator[Finding]:
    body = Body()
    async for finding in _at_home(settings, body):
        yield finding
    async for finding in addresses(settings, running=body.running):
        yield finding
    async for finding in telegram(settings, body):
        yield finding
    async for finding in outbound(settings):
        yield finding
    async for finding in exchanges(settings):
        yield finding
    for finding in capacity(settings, body.connected):
        yield finding


def _line(finding: Finding) -> Text:
    line = Text.assemble(
        (finding.grade.value, _STYLES[finding.grade]), f" {finding.about}: ", (finding.says, ""), style=""
    )
    if finding.remedy:
        line.append(f". {finding.remedy}")
    return line
