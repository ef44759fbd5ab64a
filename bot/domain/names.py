"""Names of people and groups, as others get to see them."""

from bot.domain.labels import CleanLabel, clean_label

NAMELESS = "?"
_LONGEST = 32


def shown_name(raw: str | None) -> str:
    """A name that fits into a line and hides nothing: cleaned as labels are, and cut. What is no name is ``?``."""
    for candidate in (raw or "", (raw or "")[:_LONGEST]):
        label = clean_label(candidate)
        if isinstance(label, CleanLabel):
            return label.text
    return NAMELESS
