"""What people are told about messages with secrets: that they are gone, or that they must delete them themselves."""

from collections.abc import Mapping
from typing import Any

from bot.telegram.texts import Html, Speaker

ANSWER = "answer"
"""Why a message had to vanish that was asked for: it held an exchange key."""


def removed_text(say: Speaker, args: Mapping[str, Any]) -> Html:
    """A secret that nobody asked for was deleted. In a group its author is spoken to, and nothing is quoted."""
    kind, count = _kind(args), int(args.get("count") or 1)
    title = say(f"removed-title-{kind}", count=count)
    if args.get("group"):
        title = say("removed-group", mention=_mention(args, say("removed-mention-many", count=count)))
    return Html(f"{title}\n\n{say(f'removed-advice-{kind}')}")


def delete_by_hand_text(say: Speaker, args: Mapping[str, Any]) -> Html:
    """A secret could not be deleted: as loud as words can be."""
    title = say("delete-title-replied" if args.get("message_id") else "delete-title")
    if args.get("group"):
        title = Html(f"🚨 <b>{say('delete-group', mention=_mention(args, say('removed-mention')))}</b>")
    why = say(f"delete-why-{args.get('reason', 'refused')}")
    return Html(f"{title}\n{why}\n\n{say(f'delete-steps-{_kind(args)}')}")


def _kind(args: Mapping[str, Any]) -> str:
    kind = str(args.get("kind") or ANSWER)
    return "exchange_key" if kind == ANSWER else kind


def _mention(args: Mapping[str, Any], words: Html) -> Html:
    """Words that reach the author, where it is known who that is."""
    user_id = args.get("user_id")
    return Html(f'<a href="tg://user?id={int(user_id)}">{words}</a>') if user_id else words
