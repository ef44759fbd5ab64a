"""The commands of ``python -m bot``, one file each. Imports inside them keep ``--help`` quick."""

from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.commands.keys import keys

cli = typer.Typer(
    help="Latchkey connects exchange accounts by API key, from a phone chat, and guards them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # tracebacks with local variables would print keys
)
cli.add_typer(keys, name="keys")


@cli.command()
def run() -> None:
    """Runs the service until SIGTERM."""
    from bot.commands.run import run as command  # noqa: PLC0415

    raise typer.Exit(command())


@cli.command()
def doctor() -> None:
    """Checks the configuration and everything it points to; each line comes with its remedy."""
    from bot.commands.doctor import doctor as command  # noqa: PLC0415

    raise typer.Exit(command())


@cli.command()
def demo(
    data_dir: Annotated[Path | None, typer.Option(help="Keep the data here instead of a throw-away folder.")] = None,
    port: Annotated[int, typer.Option(help="The chat page's port; a free one if 0.")] = 0,
    interval: Annotated[float, typer.Option(help="Seconds between two checks of a key.")] = 10.0,
) -> None:
    """Runs the service with the sandbox and prints the address of a chat page. No token, no account, no internet."""
    from bot.commands.demo import demo as command  # noqa: PLC0415

    raise typer.Exit(command(data_dir=data_dir, port=port, interval=interval))


@cli.command()
def tour(language: Annotated[str, typer.Option(help="en or pl")] = "en") -> None:
    """Plays the whole story in the terminal, in under a minute; exit status 0 only if each step was seen."""
    from bot.commands.tour import tour as command  # noqa: PLC0415

    raise typer.Exit(command(language))


@cli.command()
def health(
    url: Annotated[str, typer.Option(help="The service's /healthz; where HTTP_BIND says, unless given.")] = "",
    bind: Annotated[str, typer.Option(envvar="LATCHKEY_HTTP_BIND", hidden=True)] = "127.0.0.1:8080",
) -> None:
    """Asks a running service whether it is ready: for a container's health check."""
    from bot.commands.health import health as command  # noqa: PLC0415
    from bot.commands.health import page_at  # noqa: PLC0415

    raise typer.Exit(command(url or page_at(bind)))


@cli.command()
def version() -> None:
    """Prints the version."""
    typer.echo(__version__)
