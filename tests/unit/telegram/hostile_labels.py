"""Five hundred labels by somebody who wants an alert lost, or taken for another. The same ones every time."""

import random

PIECES = (
    *("<b>", "</b>", "<a href='tg://user?id=1'>", "</i>", "<", ">", "&", "&amp;", "&lt;", "&#60;", "&nbsp;", '"', "'"),
    *(
        "<tg-spoiler>",
        "<script>",
        "</code>",
        "<pre>",
        "`",
        "*",
        "_",
        "~",
        "[x](y)",
        "{ $label }",
        "{label}",
        "%s",
        "\\",
    ),
    *("\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\u05d0\u05d1\u05d2", "\u0639\u0631\u0628\u064a"),
    *("\u0412inance", "\uff46\uff55\uff4c\uff4c", "e" + "\u0301" * 4, "\U0001d56d", "\ufdfa"),
    *("\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f469\u200d\U0001f467", "\U0001f1f5\U0001f1f1", "W" * 30),
    *("\x1b[31m", "\n", "\r\n", "\t", "/start", "@admin", "https://evil.example"),
)


def hostile_labels(number: int = 500) -> list[str]:
    """Each is a handful of pieces."""
    dice = random.Random(20)  # noqa: S311 - repeatable, not secret
    return ["".join(dice.choices(PIECES, k=dice.randint(1, 12))) for _ in range(number)]
