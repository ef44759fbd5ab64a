"""A container asks for its health every half minute: that must not cost seconds of imports each time."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_command_line_is_read_without_loading_the_service() -> None:
    program = (
        "import sys, bot.commands, bot.commands.health;"
        "print(*sorted({'aiogram', 'aiohttp', 'sqlalchemy', 'ccxt'} & set(sys.modules)))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )

    assert "" == ended.stdout.strip()
