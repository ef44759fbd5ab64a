"""Finds secrets in what people write, before anything else looks at it.

One detector stands in front of every handler. It errs towards deleting, since a message lost is an annoyance and a key
left in a chat is a loss, but it must not eat ordinary talk: traders paste transaction hashes, addresses and explorer
links all day. The order of reading is ``detector`` → ``tokens`` → ``shapes`` and ``context``; ``seed_phrases`` stands
apart.

Time is linear in the text: no pattern backtracks over more than a bounded window.
"""

from bot.domain.secrets.detector import SecretKind, find_secrets

__all__ = ["SecretKind", "find_secrets"]
