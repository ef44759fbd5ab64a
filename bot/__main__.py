"""``python -m bot``: see ``--help``."""

from bot.commands import cli

if __name__ == "__main__":
    cli()
