"""``python -m bot``: see ``--help``."""

from bot.observability.collector import pace_collector

pace_collector()  # before the imports: they make a few hundred thousand objects, and all of them stay

from bot.commands import cli  # noqa: E402

if __name__ == "__main__":
    cli()
