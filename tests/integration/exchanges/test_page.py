"""docs/exchanges.md says what is so."""

from pathlib import Path

from bot.exchanges.registry import ADAPTERS, adapter_of
from tests.integration.exchanges.page import PAGE, page


def test_the_page_is_what_would_be_written_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "it is stale: run `make docs`"


def test_every_exchange_has_its_part_and_the_readme_leads_there() -> None:
    written = PAGE.read_text(encoding="utf-8")
    readme = (Path(PAGE).parents[1] / "README.md").read_text(encoding="utf-8")

    assert "(docs/exchanges.md)" in readme
    for exchange in ADAPTERS:
        assert f"\n## {adapter_of(exchange).PROFILE.title}\n" in written
