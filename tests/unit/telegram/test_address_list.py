"""Our addresses on buttons, in the form in which each exchange wants them pasted."""

from dataclasses import replace

import pytest

from bot.exchanges.binance import PROFILE
from bot.telegram.address_list import addresses_keyboard, addresses_text
from bot.telegram.texts import Texts

IPS = ("203.0.113.7", "203.0.113.8", "203.0.113.9")
SAY = Texts().of("en")


@pytest.mark.parametrize(
    ("separator", "copied", "words"),
    [
        (" ", "203.0.113.7 203.0.113.8", "Separated by spaces"),
        (",", "203.0.113.7,203.0.113.8", "Separated by commas"),
        ("\n", "203.0.113.7\n203.0.113.8", "One on each line"),
    ],
)
def test_as_many_as_an_exchange_takes_in_its_own_form(separator: str, copied: str, words: str) -> None:
    profiles = {PROFILE.id: replace(PROFILE, ip_separator=separator, max_ips=2)}
    keyboard = addresses_keyboard(SAY, profiles, IPS)
    assert keyboard is not None
    forms = {b.text: b.copy_text.text for row in keyboard.inline_keyboard for b in row if b.copy_text}

    assert forms["📋 For Binance"] == copied
    assert set(IPS) <= set(forms.values())
    assert f"{words}: Binance\u00a02." in addresses_text(SAY, profiles, IPS)


def test_an_exchange_whose_keys_have_no_lists_has_no_button() -> None:
    keyboard = addresses_keyboard(SAY, {PROFILE.id: replace(PROFILE, max_ips=0)}, IPS)
    assert keyboard is not None
    assert "Binance" not in str(keyboard)
