"""The chat page on a phone, in a real Chromium, against a real sandbox and a small echo bot."""

import re

import pytest
from playwright.async_api import expect

from bot.domain.key_pairs import PairKind
from bot.sandbox.world import Sandbox
from bot.vault import KeyPairMaker
from tests.acceptance.phone import CHROMIUM, DESKTOP, EGRESS_IP, a_phone, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (Debian: apt-get install chromium)"),
]


async def test_what_is_said_is_answered_and_a_button_answers_with_a_toast_or_an_alert() -> None:
    async with a_phone() as phone:
        await phone.says("first line\nsecond line")
        await expect(phone.bubble("You said").locator("b")).to_have_text("first line\nsecond line")
        await phone.taps("Pause")
        await expect(phone.page.locator(".toast")).to_have_text("Already paused")
        await phone.taps("Explain")
        alert = phone.page.get_by_role("dialog")
        await expect(alert).to_contain_text("Already paused")
        await alert.get_by_role("button", name="OK").tap()
        await expect(alert).to_be_hidden()


async def test_the_hint_begins_the_conversation_and_the_slash_menu_offers_the_bots_commands() -> None:
    async with a_phone() as phone:
        await phone.page.get_by_role("button", name="/connect").tap()
        await expect(phone.bubble("You said /connect")).to_be_visible()
        await phone.composer.fill("/co")
        await phone.page.get_by_role("option", name="/connect Connect an exchange account").tap()
        await expect(phone.bubble("You said /connect")).to_have_count(2)


async def test_a_copy_button_fills_the_clipboard_and_a_link_leads_to_its_address() -> None:
    async with a_phone() as phone:
        await phone.says("hello")
        await phone.taps(EGRESS_IP)
        await expect(phone.page.locator(".toast")).to_have_text("Copied")
        assert await phone.clipboard() == EGRESS_IP
        link = phone.conversation.get_by_role("link", name="Key page")
        await expect(link).to_have_attribute("href", "https://www.binance.com/en/my/settings/api-management")


async def test_a_message_the_bot_deletes_leaves_a_ghost_that_does_not_hold_its_words() -> None:
    async with a_phone() as phone:
        await phone.says("secret hunter2")
        await expect(phone.conversation.get_by_text("deleted by the bot after")).to_be_visible()
        assert "hunter2" not in await phone.page.content()


async def test_edits_by_the_bot_and_by_the_person_are_marked_and_a_person_deletes_a_message() -> None:
    async with a_phone() as phone:
        await phone.says("hello")
        await phone.taps("Correct yourself")
        await expect(phone.bubble("I take it back")).to_contain_text("edited")
        await phone.chooses(phone.conversation.locator(".own").first, "Edit")
        await expect(phone.composer).to_have_value("hello")
        await phone.says("good evening")
        await expect(phone.bubble("good evening")).to_contain_text("edited")
        await phone.chooses(phone.bubble("good evening"), "Delete")
        await expect(phone.conversation.get_by_text("deleted by you after")).to_be_visible()


async def test_a_reply_quotes_its_message_and_a_file_arrives_with_its_name() -> None:
    async with a_phone() as phone:
        await phone.says("hello")
        await phone.chooses(phone.bubble("You said hello"), "Reply")
        await phone.says("thanks")
        await expect(phone.conversation.locator(".own .quoted")).to_contain_text("You said hello")
        file = {"name": "keys.txt", "mimeType": "text/plain", "buffer": b"no key at all"}
        await phone.page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
        await phone.page.get_by_role("button", name="Send").tap()
        await expect(phone.bubble("A file named keys.txt")).to_be_visible()


async def test_a_switch_in_the_panel_changes_the_account_and_the_account_moves_the_switch() -> None:
    async with a_phone() as phone:
        account = phone.sandbox.exchanges["binance"].account("k1")
        panel = await phone.opens_panel()
        withdrawals = panel.get_by_role("switch", name="Enable Withdrawals")
        await expect(withdrawals).not_to_be_checked()
        await withdrawals.tap()
        await expect(withdrawals).to_be_checked()
        assert account.permissions["enableWithdrawals"]
        account.forbid("enableWithdrawals")
        await expect(withdrawals).not_to_be_checked()
        await panel.get_by_role("button", name="Revoke").tap()
        await expect(panel.get_by_text("key revoked")).to_be_visible()
        assert account.revoked


async def test_a_key_goes_from_the_panel_into_the_composer_in_two_lines() -> None:
    async with a_phone() as phone:
        account = phone.sandbox.exchanges["binance"].account("k1")
        panel = await phone.opens_panel()
        await panel.get_by_role("button", name="Copy the Secret").tap()
        assert await phone.clipboard() == account.secret
        await panel.get_by_role("button", name="Paste both into the chat").tap()
        await expect(phone.composer).to_have_value(f"{account.api_key}\n{account.secret}")
        await expect(panel).not_to_be_in_viewport()


async def test_faults_of_the_exchange_and_of_telegram_are_armed_and_cleared_and_the_clock_moves() -> None:
    async with a_phone() as phone:
        faults = phone.sandbox.exchanges["binance"].faults
        panel = await phone.opens_panel()
        await panel.get_by_text("Server down (5xx)").tap()
        await panel.locator("details[open]").get_by_role("button", name="Start").tap()
        await expect(panel.locator(".active-faults")).to_contain_text("Server down")
        assert faults.names() == ["down"]
        await panel.get_by_role("button", name="Clear all").tap()
        await expect(panel.locator(".active-faults")).to_have_count(0)
        assert faults.names() == []
        await panel.get_by_role("tab", name="Telegram").tap()
        before = phone.sandbox.clock.now()
        await panel.get_by_role("button", name="Advance by 49 h").tap()
        await expect(phone.page.get_by_text("49 h later")).to_be_visible()
        assert phone.sandbox.clock.now() - before >= 49 * 3600
        await panel.get_by_role("tab", name="Calls").tap()
        await expect(panel.locator(".call").filter(has_text="setMyCommands")).to_be_visible()


async def test_somebody_else_has_a_chat_of_their_own_and_shares_the_group() -> None:
    async with a_phone() as phone:
        alice, bob = phone.sandbox.person("Alice"), phone.sandbox.person("Bob")
        desk = phone.sandbox.group("Desk", owner=alice)
        desk.add(bob)
        await phone.says("for my eyes only")
        await expect(phone.bubble("You said")).to_be_visible()
        people = phone.page.get_by_role("navigation", name="People and chats")
        await phone.page.get_by_role("button", name="You are Alice").tap()
        await people.get_by_role("button", name="Bob").tap()
        await expect(phone.bubble("for my eyes only")).to_have_count(0)
        await phone.page.get_by_role("button", name="You are Bob").tap()
        await people.get_by_role("button", name="Desk").tap()
        await alice.says("welcome, Bob", group=desk)
        await expect(phone.bubble("welcome, Bob")).to_contain_text("Alice")


async def test_one_person_plays_the_owner_who_invites_and_the_one_who_is_invited() -> None:
    async with a_phone() as phone:
        bob = phone.sandbox.person("Bob")
        await phone.says("choose somebody")
        await phone.page.get_by_role("group", name="Keyboard of the bot").get_by_role("button").tap()
        await phone.page.get_by_role("dialog").get_by_role("button", name="Bob").tap()
        await expect(phone.conversation.get_by_text("You chose Bob")).to_be_visible()
        await expect(phone.bubble(f"shared {bob.id}")).to_be_visible()
        await phone.says(f"https://t.me/{phone.sandbox.bot.username}?start=i_abc")
        await phone.conversation.get_by_role("link", name="?start=i_abc").last.tap()
        await phone.page.get_by_role("dialog").get_by_role("button", name="Bob").tap()
        await expect(phone.page.get_by_role("button", name="You are Bob")).to_be_visible()
        await expect(phone.bubble("You said /start i_abc")).to_be_visible()


async def test_what_is_pinned_stands_on_top_of_the_chat_follows_its_edits_and_leads_to_its_message() -> None:
    async with a_phone() as phone:
        bar = phone.page.get_by_role("region", name="Pinned")
        await expect(bar).to_be_hidden()
        await phone.says("pin all is well")
        await expect(bar).to_have_text("Pinned messageall is well")
        await expect(phone.conversation.get_by_text("pinned a message")).to_be_visible()
        await phone.taps("Correct yourself")
        await expect(bar).to_have_text("Pinned messageI take it back")
        for word in ("one", "two", "three"):
            await phone.says(f"{word}\n" * 12)
            await expect(phone.bubble(f"You said {word}")).to_be_visible()
        await expect(phone.bubble("I take it back")).not_to_be_in_viewport()
        await bar.get_by_role("button", name="Pinned message").tap()
        await expect(phone.bubble("I take it back")).to_be_in_viewport()
        await bar.get_by_role("button", name="Unpin").tap()
        await expect(bar).to_be_hidden()
        await expect(phone.bubble("I take it back")).to_be_visible()


async def test_of_several_pins_the_newest_is_on_top_and_each_tap_leads_to_the_one_before() -> None:
    async with a_phone() as phone:
        bar = phone.page.get_by_role("region", name="Pinned")
        for word in ("first", "second"):
            await phone.says(f"pin {word} card")
            await expect(bar).to_have_text(f"Pinned message{word} card")
        await bar.get_by_role("button", name="Pinned message").tap()
        await expect(bar).to_have_text("Pinned message #1first card")
        await bar.get_by_role("button", name="Pinned message").tap()
        await expect(bar).to_have_text("Pinned messagesecond card")
        await phone.chooses(phone.bubble("second card").last, "Delete")
        await expect(bar).to_have_text("Pinned messagefirst card")
        await phone.chooses(phone.bubble("first card").last, "Unpin")
        await expect(bar).to_be_hidden()


async def test_a_group_has_pins_of_its_own_which_only_an_administrator_takes_down() -> None:
    async with a_phone() as phone:
        alice, bob = phone.sandbox.person("Alice"), phone.sandbox.person("Bob")
        desk = phone.sandbox.group("Desk", owner=alice)
        desk.add(bob)
        desk.add(phone.sandbox.bot, status="administrator", rights={"can_pin_messages": True})
        await alice.says("pin the desk", group=desk)
        bar = phone.page.get_by_role("region", name="Pinned")
        people = phone.page.get_by_role("navigation", name="People and chats")
        await phone.page.get_by_role("button", name="You are Alice").tap()
        await people.get_by_role("button", name="Desk").tap()
        await expect(bar).to_have_text("Pinned messagethe desk")
        await expect(bar.get_by_role("button", name="Unpin")).to_be_visible()
        await phone.page.get_by_role("button", name="You are Alice").tap()
        await people.get_by_role("button", name="Bob").tap()
        await expect(bar).to_be_hidden()
        await phone.page.get_by_role("button", name="You are Bob").tap()
        await people.get_by_role("button", name="Desk").tap()
        await expect(bar).to_have_text("Pinned messagethe desk")
        await expect(bar.get_by_role("button", name="Unpin")).to_have_count(0)


async def test_markup_is_rebuilt_from_an_allow_list() -> None:
    hostile = (
        "<b>bold</b> <a href='javascript:alert(1)'>bad</a> <a href='https://example.org/'>good</a>"
        "<script>alert(1)</script><img src='x'><form><input></form> <code>tap</code> /connect"
    )
    async with a_phone() as phone:
        rebuilt = await phone.page.evaluate(
            """async (html) => {
                const { rich } = await import("/sanitize.js");
                const box = document.createElement("div");
                box.append(rich(html, () => {}));
                return { text: box.textContent, tags: [...box.querySelectorAll("*")].map((one) => one.localName),
                         links: [...box.querySelectorAll("a")].map((one) => one.href) };
            }""",
            hostile,
        )
    assert rebuilt == {
        "text": "bold bad good tap /connect",
        "tags": ["b", "a", "code", "button"],
        "links": ["https://example.org/"],
    }


async def test_moments_are_told_by_the_readers_clock_and_in_their_language_and_what_is_unknown_stays_as_written() -> (
    None
):
    async with a_phone() as phone:
        told = await phone.page.evaluate(
            """async () => {
                const { rich } = await import("/sanitize.js");
                const now = Math.floor(Date.now() / 1000);
                const shown = (unix, format) => {
                    const box = document.createElement("div");
                    box.append(rich(`<tg-time unix="${unix}" format="${format}">as written</tg-time>`, () => {}));
                    return box.textContent;
                };
                const moments = [[now - 185, "r"], [now + 7205, "r"], [now, "dt"], [now, "x"]];
                return moments.map(([unix, format]) => shown(unix, format));
            }"""
        )
    assert told[:2] == ["3 minutes ago", "in 2 hours"]
    assert re.fullmatch(r"\d\d/\d\d/\d{4}, \d\d:\d\d", told[2])
    assert told[3] == "as written"


async def test_on_a_desktop_the_chat_stands_between_people_and_panel() -> None:
    async with a_phone() as phone:
        await phone.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        await expect(phone.page.get_by_role("navigation", name="People and chats")).to_be_in_viewport(ratio=0.9)
        await expect(phone.page.get_by_role("complementary", name="Sandbox panel")).to_be_in_viewport(ratio=0.9)
        await expect(phone.page.get_by_role("button", name="Panel", exact=True)).to_be_hidden()
        await phone.composer.press_sequentially("typed")
        await phone.composer.press("Shift+Enter")
        await phone.composer.press_sequentially("in two lines")
        await phone.page.get_by_role("button", name="Send").click()
        await expect(phone.bubble("You said").locator("b")).to_have_text("typed\nin two lines")


async def test_the_page_finds_its_way_back_when_the_sandbox_starts_again() -> None:
    async with chromium() as browser:
        page = await browser.new_page()
        async with Sandbox() as first:
            first.person("Alice")
            await page.goto(first.page_url)
            await expect(page.get_by_text("Nothing here is real")).to_be_visible()
        await expect(page.get_by_text("Reconnecting to the sandbox")).to_be_visible()
        async with Sandbox(page_port=int(first.page_url.rpartition(":")[2])) as second:
            await second.person("Zoe").says("back again")
            await expect(page.get_by_text("back again")).to_be_visible(timeout=15_000)


async def test_another_exchange_is_chosen_and_its_three_fields_go_into_the_composer() -> None:
    async with a_phone() as phone:
        okx = phone.sandbox.exchanges["okx"].account("o1")
        panel = await phone.opens_panel()
        await panel.get_by_label("Which exchange").select_option("OKX")
        await panel.get_by_role("button", name="Paste all three into the chat").tap()
        await expect(phone.composer).to_have_value(f"{okx.api_key}\n{okx.secret}\n{okx.passphrase}")


async def test_maintenance_is_announced_moved_and_called_off_from_the_panel() -> None:
    async with a_phone() as phone:
        panel = await phone.opens_panel()
        await panel.get_by_label("Which exchange").select_option("OKX")
        announced = panel.get_by_role("region", name="Announced maintenance")
        await announced.get_by_text("Announce maintenance").tap()
        await announced.get_by_label("Begins in, minutes").fill("5")
        await announced.get_by_label("Lasts, minutes").fill("30")
        await announced.get_by_role("button", name="Announce", exact=True).tap()
        await expect(announced.get_by_role("listitem")).to_contain_text("live, scheduled")
        [one] = phone.sandbox.exchanges["okx"].announcements
        begin = one.begin_ms
        assert one.end_ms - begin == 30 * 60_000

        await announced.get_by_role("button", name="An hour later").tap()
        await expect(phone.page.locator(".toast")).to_have_count(0, timeout=15_000)
        assert one.begin_ms == begin + 3_600_000
        await announced.get_by_role("button", name="Call off").tap()
        await expect(announced.get_by_role("listitem")).to_have_count(0)
        assert one.called_off
        await panel.get_by_label("Which exchange").select_option("Binance")
        await expect(announced).to_have_count(0)


async def test_a_key_that_ends_can_be_ended_and_renewed_from_the_panel() -> None:
    async with a_phone() as phone:
        panel = await phone.opens_panel()
        await panel.get_by_role("button", name="Expire").tap()
        await expect(panel.get_by_text("expired")).to_be_visible()
        assert phone.sandbox.exchanges["binance"].account("k1").expires_ms is not None
        await panel.get_by_role("button", name="Renew").tap()
        await expect(panel.get_by_text("expired")).to_have_count(0)


async def test_the_address_of_an_api_wallet_is_approved_in_the_panel() -> None:
    async with a_phone() as phone:
        hyperliquid = phone.sandbox.exchanges["hyperliquid"]
        account, address = hyperliquid.account("h1"), "0x2C7536E3605D9C16a7a3D7b1898e529396a65c23"
        panel = await phone.opens_panel()
        await panel.get_by_label("Which exchange").select_option("Hyperliquid")
        await panel.get_by_text("Approve an API wallet").tap()
        await panel.get_by_label("Address of an API wallet of h1").fill(address)
        await panel.get_by_role("button", name="Authorize API Wallet").tap()
        made = panel.get_by_role("article", name="Account h1-2")
        await expect(made).to_contain_text("the exchange knows no key of it")
        assert address.lower() == hyperliquid.accounts.named("h1-2").public_key
        await made.get_by_role("button", name="Paste it into the chat").tap()
        await expect(phone.composer).to_have_value(account.api_key)


async def test_a_public_key_goes_into_the_panel_and_an_api_key_comes_out() -> None:
    async with a_phone() as phone:
        panel = await phone.opens_panel()
        await panel.get_by_text("New self-generated key").tap()
        await panel.get_by_label("Public key for a new key of k1").fill(KeyPairMaker().make(PairKind.ED25519).public)
        await panel.get_by_role("button", name="Register the public key").tap()
        made = panel.get_by_role("article", name="Account k1-2")
        await expect(made).to_contain_text("the exchange knows the public half only")
        await made.get_by_role("button", name="Paste it into the chat").tap()
        await expect(phone.composer).to_have_value(phone.sandbox.binance.accounts.named("k1-2").api_key)
