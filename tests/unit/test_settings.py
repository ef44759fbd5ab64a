"""Settings, as an operator writes them; and what is said of those that do not fit: never their value."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import PREFIX, BadSettings, Settings, load_settings, unknown_names
from tests import canaries

TOKEN = f"123456:{canaries.MARK}-abcdefghijklmnop"
SECRETS = {
    "LATCHKEY_BOT_TOKEN": TOKEN,
    "LATCHKEY_MASTER_KEY": canaries.secret("master key"),
    "LATCHKEY_WEBHOOK_SECRET": canaries.secret("webhook"),
    "LATCHKEY_HEARTBEAT_URL": f"https://hc.example.org/ping/{canaries.secret('ping')}",
    "LATCHKEY_FALLBACK_URL": f"https://ntfy.example.org/{canaries.secret('topic')}",
    "LATCHKEY_BEACON_URL": f"https://example.org/{canaries.secret('beacon')}",
    "LATCHKEY_DATABASE_URL": f"postgresql://latchkey:{canaries.passphrase()}@db/latchkey",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty environment and a folder of its own: the machine's settings are not the test's."""
    for name in list(os.environ):
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in ({"BOT_TOKEN": TOKEN} | values).items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)


def problems(monkeypatch: pytest.MonkeyPatch, **values: str) -> list[str]:
    given(monkeypatch, **values)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    return caught.value.lines


def test_a_token_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch)

    settings = load_settings()

    assert TOKEN == settings.bot_token.get_secret_value()
    assert "sqlite+aiosqlite:///data/latchkey.db" == settings.database
    assert ("INFO", "json", 60.0) == (settings.log_level, settings.log_format, settings.check_interval)
    assert (None, None, (), ()) == (settings.http_bind, settings.webhook_url, settings.operators, settings.egress_ips)


def test_without_a_token_it_says_which_setting_is_missing() -> None:
    with pytest.raises(BadSettings) as caught:
        load_settings()

    assert ["LATCHKEY_BOT_TOKEN: is not set"] == caught.value.lines


def test_a_setting_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **{name.upper(): "" for name in Settings.model_fields if name != "bot_token"})

    assert Settings(bot_token=SecretStr(TOKEN)) == load_settings()


def test_settings_come_from_the_env_file_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    token = "123456:" + "t" * 30
    Path(".env").write_text(f"LATCHKEY_BOT_TOKEN={token}\nLATCHKEY_LOG_LEVEL=DEBUG\nLATCHKEY_CHECK_INTERVAL=30\n")
    monkeypatch.setenv("LATCHKEY_CHECK_INTERVAL", "5")

    settings = load_settings()

    assert ("DEBUG", 5.0) == (settings.log_level, settings.check_interval)


@pytest.mark.parametrize("written", ["7 8", "7,8", " 7 , 8 ", "[7, 8]", "7\t8"])
def test_a_list_is_read_as_people_write_it(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    given(monkeypatch, OPERATORS=written)

    assert (7, 8) == load_settings().operators


def test_words_are_read_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, LOG_LEVEL="debug", LOG_FORMAT="TEXT")

    assert ("DEBUG", "text") == (load_settings().log_level, load_settings().log_format)


def test_values_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch,
        EXCHANGE_URLS='{"binance": "http://127.0.0.1:9000/"}',
        EGRESS_IPS="203.0.113.7 2001:db8::1",
        HTTP_BIND="[::1]:8080",
        WEBHOOK_URL="https://bot.example.org/telegram",
        WEBHOOK_SECRET="w" * 32,
        MASTER_KEY_FILE="/run/secrets/key",
    )

    settings = load_settings()

    assert {"binance": "http://127.0.0.1:9000"} == settings.exchange_urls
    assert ("203.0.113.7", "2001:db8::1") == settings.egress_ips
    assert Path("/run/secrets/key") == settings.master_key_file


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BOT_TOKEN", "hello", "does not look like a bot token"),
        ("BOT_TOKEN", "123456:abcdefghijklmnopqrst/x", "does not look like a bot token"),
        ("TELEGRAM_API_URL", "api.telegram.org", "is no web address"),
        ("TELEGRAM_API_URL", "ftp://api.telegram.org", "is no web address"),
        ("TELEGRAM_API_URL", "https://me:pass@api.telegram.org", "must not hold a user name or a password"),
        ("EXCHANGE_URLS", "binance=http://x", "is not a JSON object"),
        ("EXCHANGE_URLS", '["http://x"]', "input should be a valid dictionary"),
        ("EXCHANGE_URLS", '{"binance": "http://x/sapi"}', "is no origin"),
        ("CHECK_INTERVAL", "0", "input should be greater than or equal to 1"),
        ("CHECK_INTERVAL", "nan", "input should be"),
        ("CHECK_INTERVAL", "often", "input should be a valid number"),
        ("EGRESS_IPS", "203.0.113.7 example.org", "is no IP address"),
        ("OPERATORS", "me", "input should be a valid integer"),
        ("OPERATORS", "-7", "input should be greater than 0"),
        ("OPERATORS", "[7", "is no list"),
        ("BEACON_URL", "www.example.net", "is no web address"),
        ("BEACON_URL", "http://example.org", "must begin with https://"),
        ("BEACON_URL", "http://127.0.0.1.example.org", "must begin with https://"),
        ("HTTP_BIND", "9999", "is no host:port"),
        ("HTTP_BIND", "127.0.0.1:80800", "is no host:port"),
        ("HTTP_BIND", "::1:8080", "is no host:port"),
        ("WEBHOOK_BIND", "everywhere", "is no host:port"),
        ("WEBHOOK_URL", "bot.example.org", "is no web address"),
        ("WEBHOOK_URL", "https://bot.example.org", "LATCHKEY_WEBHOOK_SECRET: is not set"),
        ("WEBHOOK_SECRET", "short", "must be 32 to 256"),
        ("LOG_LEVEL", "LOUD", "input should be 'DEBUG'"),
        ("LOG_FORMAT", "xml", "input should be 'json'"),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    (line,) = problems(monkeypatch, **{name: value})

    assert line.startswith(PREFIX)
    assert says in line
    assert value not in line


def test_every_bad_setting_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = problems(monkeypatch, BOT_TOKEN="x", CHECK_INTERVAL="x", OPERATORS="x y")

    assert 4 == len(lines)


def test_an_env_file_that_is_no_text_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(b"\xff\xfe\x00")

    assert [".env: is not UTF-8 text"] == problems(monkeypatch)


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def carries(values: Mapping[str, object]) -> bool:
    watcher = canaries.Watcher()
    return any(watcher.found_in(f"{value} {value!r}".encode()) for value in values.values())


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_no_value_is_in_an_error_or_behind_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A secret pasted into the wrong line is a secret still."""
    given(monkeypatch, **{name: f"{canaries.secret('astray')} [\n"})

    if name in {"DATA_DIR", "DATABASE_URL", "MASTER_KEY_FILE", "MASTER_KEY"}:
        load_settings()  # any text will do, until it is used
        return
    with pytest.raises(BadSettings) as caught:
        load_settings()

    assert [caught.value] == list(chain_of(caught.value))
    assert not carries({"text": caught.value, **vars(caught.value)})


def test_no_secret_shows_in_the_settings_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)

    settings = load_settings()

    assert not carries(
        {"str": str(settings), "repr": repr(settings), "dump": settings.model_dump(exclude={"database_url"})}
    )
    assert SECRETS["LATCHKEY_DATABASE_URL"] == settings.database


def test_names_that_are_no_setting_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, OPERATOR="7")
    Path(".env").write_text("LATCHKEY_EGRES_IPS=1.2.3.4\nOTHER=x\nLATCHKEY_LOG_LEVEL=INFO\n")

    assert ["LATCHKEY_EGRES_IPS", "LATCHKEY_OPERATOR"] == unknown_names()
