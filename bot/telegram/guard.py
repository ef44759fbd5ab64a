"""The guard: looks at every update before anything else does, and says which messages must vanish and why.

It decides; it does not act. Deletions are carried out in a lane of their own (``deletions``), so that nothing a
handler does can delay them. It errs towards deleting: a message lost is an annoyance, a key left in a chat is a loss.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.secrets import SecretKind, find_secrets
from bot.telegram.drips import Drips
from bot.telegram.files_of_secrets import Suspect, is_key_file, to_look_into
from bot.telegram.pastes import Pastes
from bot.telegram.questions import OpenQuestions
from bot.telegram.update_texts import Anatomy, Found, take_apart
from bot.usecases.ports import Clock, Deletion
from bot.usecases.storage import Transaction

ALBUMS = "guard.albums"
"""The fact of the deployment that names the albums of late with a secret in them: ids, nothing of theirs."""
ANSWER = "answer"
"""Why a message vanishes that was asked for."""

_FROM_A_PERSON = frozenset({"message", "edited_message"})
_WITH_FILES = frozenset({"message", "edited_message", "channel_post", "edited_channel_post"})
_NOT_OURS_TO_DELETE = frozenset({"business_message", "edited_business_message", "guest_message"})
"""Their ids count in somebody else's chats: deleteMessage with them could hit another message of ours."""
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w{1,64})?$", re.ASCII)
_BY_GRAVITY = (SecretKind.SEED_PHRASE, SecretKind.PRIVATE_KEY, SecretKind.EXCHANGE_KEY)


class NotAnUpdate(ValueError):  # noqa: N818 - it says what the thing is
    """Something came that has no update id. Carries nothing of it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the guard saw in one update.

    Attributes:
        kind: the update's field: ``message``, ``callback_query`` and so on.
        chat_id, user_id, message_id: what the update is about, as far as it says. A press has no message of its own.
        sent_at: epoch seconds of the message; of the update's arrival, if it is none.
        language: Telegram's language code of whoever caused it.
        deletions: the messages that must vanish.
        beyond_reach: secret messages that a bot cannot delete (of a business account, ephemeral): people must.
        secret: it may not be kept, not even boxed: ids only.
        answer: it answers an open question for a secret; handlers get it from memory.
        to_scan: messages with a small text file, which may hold a secret and has to be looked into.
    """

    update_id: int
    kind: str
    chat_id: int | None = None
    user_id: int | None = None
    message_id: int | None = None
    sent_at: float = 0.0
    private: bool = False
    language: str | None = None
    deletions: tuple[Deletion, ...] = ()
    beyond_reach: tuple[Deletion, ...] = ()
    secret: bool = False
    answer: bool = False
    to_scan: tuple[Suspect, ...] = ()

    @property
    def is_press(self) -> bool:
        """A button was pressed."""
        return self.kind == "callback_query"

    @property
    def withheld(self) -> bool:
        """A secret nobody asked for. No handler sees it: one that keeps what it is told would keep it too."""
        return bool(self.deletions or self.beyond_reach) and not self.answer


class Guard:
    """Examines updates. One per bot; it remembers the albums, long pastes and words of phrases of late."""

    def __init__(self, bot_id: int, questions: OpenQuestions, clock: Clock, commands: Collection[str]) -> None:
        """``commands``: those the bot knows, without the slash. A passphrase may well begin with one."""
        self._bot_id = bot_id
        self._questions = questions
        self._clock = clock
        self._commands = frozenset(commands)
        self.pastes = Pastes()
        self._drips = Drips()

    def examine(self, update: Any) -> Sighting:
        """Looks at one raw update. Calls nobody and waits for nothing.

        Raises:
            NotAnUpdate: it has no update id.
        """
        if not isinstance(update, Mapping) or type(update.get("update_id")) is not int:
            raise NotAnUpdate
        anatomy, now = take_apart(update), self._clock.now()
        outermost = anatomy.messages[0] if anatomy.messages and anatomy.messages[0].outermost else None
        answer = outermost is not None and anatomy.kind in _FROM_A_PERSON and self._is_answer(outermost)
        doomed: dict[tuple[int, int], Deletion] = {}
        for message in anatomy.messages:
            for deletion in self._judge(message, anatomy, answer=answer and message.outermost):
                doomed.setdefault((deletion.chat_id, deletion.message_id), deletion)
        out_of_reach = anatomy.kind in _NOT_OURS_TO_DELETE
        deletions = tuple(d for d in doomed.values() if d.message_id and not out_of_reach)
        beyond_reach = tuple(d for d in doomed.values() if not d.message_id or out_of_reach)
        ours = self._buttons_of_ours(anatomy)
        secret = bool(doomed) or bool(find_secrets([text for text in anatomy.loose if text not in ours]))
        sender, chat = _who(anatomy), _where(anatomy)
        return Sighting(
            update_id=update["update_id"],
            kind=anatomy.kind,
            chat_id=chat.get("id"),
            user_id=sender.get("id"),
            message_id=outermost.message_id if outermost else None,
            sent_at=outermost.sent_at(now) if outermost else now,
            private=chat.get("type") == "private",
            language=sender.get("language_code"),
            deletions=deletions,
            beyond_reach=beyond_reach,
            secret=secret,
            answer=answer,
            to_scan=tuple(self._suspects(anatomy, doomed)),
        )

    def _buttons_of_ours(self, anatomy: Anatomy) -> frozenset[str]:
        """What the buttons carry under the message of ours that was pressed: an id of ours may look like a key.

        A press that is taken for a secret is not kept, and a crash before it is handled would undo it.
        """
        message = anatomy.messages[0] if anatomy.kind == "callback_query" and anatomy.messages else None
        if message is None or message.sender_id != self._bot_id:
            return frozenset()
        return frozenset(message.button_data())

    def found_in_file(self, suspect: Suspect, kinds: Collection[SecretKind]) -> tuple[Deletion, ...]:
        """What must vanish because of what is in a message's file: the message, and the album it is in."""
        deletion = replace(suspect.message, why=gravest(kinds), seen_at=self._clock.now())
        return self.pastes.add(deletion, secret=True, album=suspect.album, length=0)

    def _suspects(self, anatomy: Anatomy, doomed: Collection[tuple[int, int]]) -> Iterator[Suspect]:
        """Messages with a file to look into, a replied one among them: it may be older than our being here."""
        if anatomy.kind not in _WITH_FILES:
            return
        now = self._clock.now()
        for message in anatomy.messages:
            file, spot = to_look_into(message.body), (message.chat_id, message.message_id)
            if file is None or not all(spot) or spot in doomed or message.sender_id == self._bot_id:
                continue
            deletion = Deletion(
                *spot, message.sender_id, "", message.sent_at(now), now, private=message.is_private, asked=False
            )
            yield Suspect(file, deletion, message.body.get("media_group_id"))

    def _judge(self, message: Found, anatomy: Anatomy, *, answer: bool) -> tuple[Deletion, ...]:
        """What must vanish because of this message."""
        if message.sender_id == self._bot_id or not message.chat_id:
            return ()  # our own words: a message replied to or pressed under
        kinds = find_secrets(message.texts)
        if is_key_file(message.body):
            kinds |= {SecretKind.PRIVATE_KEY}
        now = self._clock.now()
        deletion = Deletion(
            message.chat_id,
            message.message_id,
            message.sender_id,
            ANSWER if answer else gravest(kinds) if kinds else "",
            message.sent_at(now),
            now,
            private=message.is_private,
            asked=answer,
        )
        is_secret = bool(kinds) or answer
        if not message.outermost or not message.message_id:
            return (deletion,) if is_secret else ()
        found = self.pastes.add(
            deletion,
            secret=is_secret,
            album=message.body.get("media_group_id"),
            length=len(message.body.get("text") or ""),
        )
        if not found:
            found = self._drips.add(deletion, str(message.body.get("text") or message.body.get("caption") or ""))
        return found + self._quoted(message, anatomy)

    def _quoted(self, message: Found, anatomy: Anatomy) -> tuple[Deletion, ...]:
        """The message a secret is quoted from: it may come without its text."""
        quote = message.body.get("quote")
        kinds = find_secrets([str(quote.get("text", ""))]) if isinstance(quote, Mapping) else frozenset()
        source = next((m for m in anatomy.messages if m.body is message.body.get("reply_to_message")), None)
        if not kinds or source is None or source.sender_id == self._bot_id:
            return ()
        now = self._clock.now()
        return (
            Deletion(
                source.chat_id,
                source.message_id,
                source.sender_id,
                gravest(kinds),
                source.sent_at(now),
                now,
                private=source.is_private,
            ),
        )

    def _is_answer(self, message: Found) -> bool:
        """Whether it comes from somebody who was asked for a secret, and is no plain command.

        A command with anything after it counts as an answer: it may be a passphrase that begins with a slash.
        """
        if message.sender_id is None or message.sender_id == self._bot_id:
            return False
        if not self._questions.awaits(message.chat_id, message.sender_id, message.said_at(self._clock.now())):
            return False
        command = _COMMAND.match(str(message.body.get("text") or "").strip())
        return command is None or command[1].lower() not in self._commands


async def note_albums(tx: Transaction, guard: Guard) -> int:
    """With the deletions: which albums vanish. Their later parts may come to another process than this.

    Returns what ``pastes.noted`` is to hear after the commit.
    """
    changes, lost = guard.pastes.changes, guard.pastes.lost()
    if lost is not None:
        await tx.meta.put(ALBUMS, lost)
    return changes


def gravest(kinds: Collection[SecretKind]) -> str:
    """The kind to warn of, if several were found in one message."""
    return next(kind.value for kind in _BY_GRAVITY if kind in kinds)


def _who(anatomy: Anatomy) -> Mapping[str, Any]:
    for name in ("from", "user"):
        person = anatomy.event.get(name)
        if isinstance(person, Mapping) and isinstance(person.get("id"), int):
            return person
    return {}


def _where(anatomy: Anatomy) -> Mapping[str, Any]:
    chat = anatomy.event.get("chat")
    if chat is None and isinstance(message := anatomy.event.get("message"), Mapping):
        chat = message.get("chat")  # a press happens where its message is
    return chat if isinstance(chat, Mapping) and isinstance(chat.get("id"), int) else {}
