"""``python -m bot doctor``: a line for each part, its remedy, and an exit status that says whether it will run."""

import base64
import json
import re
import secrets
import shutil
import socket
from pathlib import Path

import pytest

from bot.sandbox.world import Sandbox
from bot.vault import load_keyring, new_keyring, save_keyring
from tests.integration.commands.conftest import Ended, Operator, ready, running

EXAMPLE = Path(__file__).parents[3] / ".env.example"
FREE = ("swap",)
"""Of the machine that runs the tests, not of the configuration."""


def cautions(ended: Ended) -> list[str]:
    return [line for line in ended.marked("!") if not line[2:].startswith(FREE)]


async def test_all_is_well(operator: Operator) -> None:
    ended = await operator.runs("doctor")

    assert (0, [], []) == (ended.status, ended.marked("✗"), cautions(ended)), ended.screen
    assert "@latchkey_sandbox_bot" in ended.line("Telegram")
    assert "none is set" in ended.line("webhook")
    assert "agrees" in ended.line("clock")
    assert "agrees" in ended.line("Binance spot")
    assert "agrees" in ended.line("Binance linear")
    assert "one address carries 9,000 connections every 60 s; 0 are connected" in ended.line("Binance capacity")
    assert "the first start makes it" in ended.line("database")
    assert "no core dumps" in ended.line("memory")
    assert "by this user alone" in ended.line("data folder")
    assert "All is well" in ended.screen


async def test_it_looks_and_touches_nothing(operator: Operator, sandbox: Sandbox) -> None:
    before = sorted(operator.folder.rglob("*"))

    await operator.runs("doctor")

    assert before == sorted(path for path in operator.folder.rglob("*") if not path.name.startswith("screen"))
    assert {"getMe", "getWebhookInfo"} == {call.method for call in sandbox.telegram.calls}
    assert {"/api/v3/time", "/fapi/v1/time"} == {call.path for call in sandbox.exchanges["binance"].calls}


async def test_it_prints_no_secret(operator: Operator, sandbox: Sandbox) -> None:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    secret = secrets.token_hex(32)
    del operator.environment["LATCHKEY_MASTER_KEY_FILE"]
    operator.environment |= {
        "LATCHKEY_MASTER_KEY": key,
        "LATCHKEY_WEBHOOK_URL": "https://bot.example.org/telegram",
        "LATCHKEY_WEBHOOK_SECRET": secret,
        "LATCHKEY_LOG_LEVEL": "DEBUG",
    }

    ended = await operator.runs("doctor")

    assert 0 == ended.status, ended.screen
    assert not [each for each in (key, secret, sandbox.token, sandbox.token.partition(":")[2]) if each in ended.screen]
    assert "for development" in ended.line("master keys")
    assert "the next start sets it" in ended.line("webhook")


async def test_settings_that_do_not_fit_have_a_line_each(operator: Operator) -> None:
    operator.environment |= {"LATCHKEY_CHECK_INTERVAL": "often", "LATCHKEY_HTTP_BIND": "here", "LATCHKEY_OPERATER": "7"}

    ended = await operator.runs("doctor")

    assert 1 == ended.status
    assert ["✗ LATCHKEY_CHECK_INTERVAL", "✗ LATCHKEY_HTTP_BIND"] == [x.partition(":")[0] for x in ended.marked("✗")]
    assert "Did you mean LATCHKEY_OPERATORS?" in ended.line("LATCHKEY_OPERATER")
    assert "often" not in ended.screen


async def test_without_any_configuration_it_says_where_to_begin(newcomer: Operator) -> None:
    ended = await newcomer.runs("doctor")

    assert 1 == ended.status
    assert "is not set" in ended.line("LATCHKEY_BOT_TOKEN")
    assert "Ask @BotFather for one" in ended.line("LATCHKEY_BOT_TOKEN")
    assert ".env.example" in ended.line("LATCHKEY_BOT_TOKEN")


async def test_a_copy_of_the_example_lacks_a_token_and_a_key_file_and_both_are_told_at_once(newcomer: Operator) -> None:
    shutil.copy(EXAMPLE, newcomer.folder / ".env")

    ended = await newcomer.runs("doctor")

    assert ["✗ LATCHKEY_BOT_TOKEN", "✗ master keys"] == [line.partition(":")[0] for line in ended.marked("✗")]
    (told,) = re.findall(r"Run python -m bot (keys new --file \S+),", ended.line("master keys"))
    assert 0 == (await newcomer.runs(*told.split())).status
    again = await newcomer.runs("doctor")
    assert ["✗ LATCHKEY_BOT_TOKEN"] == [line.partition(":")[0] for line in again.marked("✗")]
    assert "the first start makes it" in again.line("database")


async def test_what_is_advised_and_not_set_is_a_caution(operator: Operator) -> None:
    for name in ("EGRESS_IPS", "OPERATORS", "HEARTBEAT_URL", "FALLBACK_URL", "BEACON_URL"):
        del operator.environment[f"LATCHKEY_{name}"]

    ended = await operator.runs("doctor")

    assert 0 == ended.status
    wanted = ["! egress IPs", "! operators", "! heartbeat", "! second channel", "! beacon"]
    assert wanted == [line.partition(":")[0] for line in cautions(ended)]


async def test_a_way_out_at_whose_end_nobody_answers(operator: Operator) -> None:
    operator.environment["LATCHKEY_HEARTBEAT_URL"] = "http://127.0.0.1:9/ping/a-token"

    ended = await operator.runs("doctor")

    assert (1, 1) == (ended.status, len(ended.marked("✗")))
    assert "nobody answers at 127.0.0.1" in ended.line("heartbeat")
    assert "somebody answers at 127.0.0.1" in ended.line("second channel")
    assert "a-token" not in ended.screen


async def test_a_beacon_at_which_nobody_answers(operator: Operator) -> None:
    operator.environment["LATCHKEY_BEACON_URL"] = "http://127.0.0.1:9/"

    ended = await operator.runs("doctor")

    assert (1, 1) == (ended.status, len(ended.marked("✗")))
    assert "nobody answers at 127.0.0.1" in ended.line("beacon")


async def test_a_wrong_token(operator: Operator, sandbox: Sandbox) -> None:
    operator.environment["LATCHKEY_BOT_TOKEN"] = "1000001:WRONG-token-of-the-bot-0123456789"

    ended = await operator.runs("doctor")

    assert 1 == ended.status
    assert 1 == len(ended.marked("✗"))
    assert "does not know this token. Ask @BotFather" in ended.line("Telegram")
    assert "WRONG" not in ended.screen


async def test_telegram_out_of_reach(operator: Operator) -> None:
    operator.environment["LATCHKEY_TELEGRAM_API_URL"] = "http://127.0.0.1:9"

    ended = await operator.runs("doctor")

    assert (1, 1) == (ended.status, len(ended.marked("✗")))
    assert "does not answer at http://127.0.0.1:9" in ended.line("Telegram")


async def test_privacy_mode_is_a_caution(operator: Operator, sandbox: Sandbox) -> None:
    sandbox.telegram.privacy_mode = True

    ended = await operator.runs("doctor")

    assert 0 == ended.status
    assert "/setprivacy" in ended.line("groups")


async def test_a_foreign_webhook(operator: Operator, sandbox: Sandbox) -> None:
    sandbox.telegram.webhook.set("https://thief.example.org/")

    ended = await operator.runs("doctor")

    assert 1 == ended.status
    assert "somebody else's" in ended.line("webhook")
    assert "Revoke the token" in ended.line("webhook")


async def test_a_missing_key_file(operator: Operator) -> None:
    operator.key_file.unlink()

    ended = await operator.runs("doctor")

    assert (1, 1) == (ended.status, len(ended.marked("✗")))
    assert "cannot be read (No such file or directory)" in ended.line("master keys")


async def test_a_key_file_that_everybody_can_read(operator: Operator) -> None:
    operator.key_file.chmod(0o644)

    ended = await operator.runs("doctor")

    assert (1, 1) == (ended.status, len(ended.marked("✗")))
    assert "open to other users (mode 0644)" in ended.line("master keys")
    assert f"Run `chmod 400 {operator.key_file}`" in ended.line("master keys")


async def test_a_key_file_beside_the_database(operator: Operator) -> None:
    beside = operator.data / "master-key.json"
    operator.key_file.rename(beside)
    operator.environment["LATCHKEY_MASTER_KEY_FILE"] = str(beside)

    ended = await operator.runs("doctor")

    assert 0 == ended.status
    assert "who copies the folder has both" in ended.line("master keys")


async def test_the_wrong_master_key(operator: Operator, sandbox: Sandbox) -> None:
    async with running(operator, sandbox):
        pass
    well = await operator.runs("doctor")
    save_keyring(operator.key_file, new_keyring())

    ended = await operator.runs("doctor")

    assert 0 == well.status, well.screen
    assert "belong together" in well.line("keys and database")
    assert 1 == ended.status
    assert 1 == len(ended.marked("✗"))
    assert "Put the original key file back, or restore its backup." in ended.line("keys and database")


async def test_two_master_keys(operator: Operator) -> None:
    assert 0 == (await operator.runs("keys", "add")).status
    ring = load_keyring(file=operator.key_file, credential_dir=None, inline=None)

    ended = await operator.runs("doctor")

    assert 0 == ended.status
    assert f"2 keys, of which {ring.primary:08x} seals" in ended.line("master keys")


async def test_an_exchange_that_is_down(operator: Operator, sandbox: Sandbox) -> None:
    urls = sandbox.exchange_urls | {"binance": "http://127.0.0.1:9"}
    operator.environment["LATCHKEY_EXCHANGE_URLS"] = json.dumps(urls)

    ended = await operator.runs("doctor")

    assert (1, 2) == (ended.status, len(ended.marked("✗")))
    assert "exchange unavailable (no connection)" in ended.line("Binance spot")
    assert "Look at the network" in ended.line("Binance linear")


async def test_an_exchange_that_there_is_none_of(operator: Operator) -> None:
    operator.environment["LATCHKEY_EXCHANGE_URLS"] = '{"binnance": "http://127.0.0.1:9"}'

    ended = await operator.runs("doctor")

    assert (1, 1) == (ended.status, len(ended.marked("✗")))
    assert "LATCHKEY_EXCHANGE_URLS" in ended.line("exchanges")


async def test_a_clock_that_is_off(operator: Operator, sandbox: Sandbox) -> None:
    sandbox.exchanges["binance"].faults.clock_skew(30)

    ended = await operator.runs("doctor")

    assert 0 == ended.status
    assert "s behind its own. Let the system keep time" in ended.line("Binance spot")


async def test_a_data_folder_that_cannot_be_made(operator: Operator) -> None:
    """Under a file, which holds for root as well."""
    blocked = operator.folder / "a-file"
    blocked.write_text("")
    operator.environment["LATCHKEY_DATA_DIR"] = str(blocked / "data")

    ended = await operator.runs("doctor")

    assert 1 == ended.status
    assert "cannot be made" in ended.line("data folder")


async def test_a_data_folder_that_is_no_folder(operator: Operator) -> None:
    operator.environment["LATCHKEY_DATA_DIR"] = str(operator.key_file)

    ended = await operator.runs("doctor")

    assert 1 == ended.status
    assert "is not a folder" in ended.line("data folder")


async def test_a_data_folder_that_others_can_read(operator: Operator) -> None:
    operator.data.chmod(0o755)

    ended = await operator.runs("doctor")

    assert 0 == ended.status
    assert f"(mode 0755). Run chmod 700 {operator.data}" in ended.line("data folder")


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be looked at" * 100, b"SQLite format 3\0" + b"x" * 5000]
)
async def test_a_database_that_is_none(operator: Operator, content: bytes) -> None:
    (operator.data / "latchkey.db").write_bytes(content)

    ended = await operator.runs("doctor")

    assert (1, 1) == (ended.status, len(ended.marked("✗"))), ended.screen
    assert ended.line("database").startswith("✗")


async def test_a_port_that_somebody_else_has(operator: Operator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        operator.environment["LATCHKEY_HTTP_BIND"] = f"127.0.0.1:{taken.getsockname()[1]}"

        ended = await operator.runs("doctor")

    assert (1, 1) == (ended.status, len(ended.marked("✗")))
    assert "address already in use" in ended.line("health page")


async def test_while_the_service_runs(operator: Operator, sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    operator.environment["LATCHKEY_HTTP_BIND"] = bind
    async with running(operator, sandbox):
        await ready(operator, bind)
        ended = await operator.runs("doctor")

    assert (0, []) == (ended.status, ended.marked("✗")), ended.screen
    assert "the service is running" in ended.line("database")
    assert f"running and ready at {bind}" in ended.line("health page")
