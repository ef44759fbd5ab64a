"""Looks into small text files for secrets. A file is read into memory, and nothing of it is kept."""

from aiogram import Bot
from aiogram.methods import GetFile

from bot.domain.secrets import SecretKind, find_secrets
from bot.telegram.files_of_secrets import LARGEST_SCAN, SmallFile

PIECE = 4096
"""Characters looked at together, as long as a message: the detector is made for such texts."""
OVERLAP = 1024
"""Characters seen twice, so that nothing hides on a seam: a seed phrase of 24 words is shorter."""


async def secrets_in_file(bot: Bot, file: SmallFile) -> frozenset[SecretKind]:
    """The kinds of secret in a file.

    Raises:
        TelegramAPIError: Telegram did not tell where the file is.
        DownloadFailed: it could not be fetched.
    """
    where = await bot(GetFile(file_id=file.file_id))
    if not where.file_path:
        return frozenset()
    content = bytearray()
    url = bot.session.api.file_url(bot.token, where.file_path)
    async for chunk in bot.session.stream_content(url):
        content += chunk
        if len(content) > LARGEST_SCAN:  # larger than announced: what is here is looked at
            break
    return _look(_decode(bytes(content)))


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def _look(text: str) -> frozenset[SecretKind]:
    found: frozenset[SecretKind] = frozenset()
    for start in range(0, max(len(text), 1), PIECE - OVERLAP):
        found |= find_secrets([text[start : start + PIECE]])
    return found
