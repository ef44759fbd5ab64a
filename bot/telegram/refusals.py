"""Why a press had no effect, as a toast says it."""

from bot.usecases.access import Gone, NoLonger, NotYours, OnlyHears


def refusal_of(error: Gone | NotYours) -> str:
    """The message's id."""
    if isinstance(error, Gone):
        return "press-gone"
    if isinstance(error, NoLonger):
        return "press-no-longer"
    return "press-only-hears" if isinstance(error, OnlyHears) else "press-not-yours"
