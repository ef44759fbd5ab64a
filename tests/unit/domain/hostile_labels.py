"""Labels that try to hide something, pass for another label or break a message: five hundred, drawn from a seed."""

# ruff: noqa: RUF001  -- look-alike letters are the point

import random
from collections.abc import Iterator

LOOK_ALIKES = {
    "a": "аα", "c": "сϲ", "e": "еҽ", "i": "іι", "o": "оο", "p": "рρ", "s": "ѕ", "x": "хχ", "y": "у", "j": "ј",
    "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "H": "НΗ", "I": "ІΙ", "K": "КΚ", "M": "МΜ", "O": "ОΟ", "P": "РΡ",
    "S": "Ѕ", "T": "ТΤ", "X": "ХΧ", "n": "ո", "u": "ս",
}  # fmt: skip
"""Latin letters and the Cyrillic, Greek and Armenian ones that look the same."""

HIDDEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066"
    "\u2067\u2068\u2069\ufeff\u00ad\u034f\u180e\u3164\u2800\ufe0f\U000e0041"
)
WORDS = ("Binance", "Futures", "Main", "Coinbase", "Savings", "Sub", "Spot", "Phemex", "Kraken", "Bot")


def mixed() -> Iterator[str]:
    """One letter of a word replaced by its double from another alphabet."""
    draw = random.Random(31)  # noqa: S311  -- nothing rests on it
    for _ in range(200):
        words = draw.sample(WORDS, 2)
        at = draw.choice([place for place, letter in enumerate(words[0]) if letter in LOOK_ALIKES])
        double = draw.choice(LOOK_ALIKES[words[0][at]])
        yield f"{words[0][:at]}{double}{words[0][at + 1 :]} {words[1]}"


def hidden() -> Iterator[tuple[str, str]]:
    """A label with characters nobody sees put in, and what is seen."""
    draw = random.Random(32)  # noqa: S311  -- nothing rests on it
    for _ in range(200):
        seen = " ".join(draw.sample(WORDS, 2))
        written = "".join(letter + draw.choice(["", draw.choice(HIDDEN)]) for letter in seen)
        yield draw.choice(HIDDEN) + written, seen


def broken() -> Iterator[str]:
    """Line breaks, markup, stacked marks, endless length."""
    draw = random.Random(33)  # noqa: S311  -- nothing rests on it
    for _ in range(100):
        word = draw.choice(WORDS)
        yield draw.choice(
            [
                f"{word}\n\n\n{word}",
                f"<b>{word}</b> & <a href='tg://user?id=1'>x</a>"[:32],
                word[:4] + "".join(draw.choices("\u0300\u0301\u0315\u0335\u0489\u20dd", k=40)),
                f"{word}\u2028{word}\u2029",
                f"\t{word}\r\n{word}\v",
                f"{word}\u3000\u00a0\u2003{word}",
                f"😀{word}👨\u200d👩\u200d👧🇵🇱",
                word * 40,
            ]
        )
