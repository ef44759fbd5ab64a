"""Files that people and the bot sent, by id."""

import mimetypes
import secrets
from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.errors import bad_request

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes a bot may download (getFile)."""
PHOTO_SIDE = 320


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file's bytes, and how the Bot API names them."""

    file_id: str
    unique_id: str
    name: str
    path: str
    content: bytes

    @property
    def mime_type(self) -> str:
        """Guessed from its name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def as_document(self) -> dict[str, Any]:
        """The Bot API's Document."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": len(self.content),
        }

    def as_photo(self) -> list[dict[str, Any]]:
        """The Bot API's PhotoSize list: one size is enough here, and its sides are not measured."""
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": self.unique_id,
                "width": PHOTO_SIDE,
                "height": PHOTO_SIDE,
                "file_size": len(self.content),
            }
        ]

    def as_file(self) -> dict[str, Any]:
        """The Bot API's File, with the path to download it from."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }


class FileStore:
    """Every file of the sandbox, in memory."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, name: str, content: bytes, folder: str) -> StoredFile:
        """Keeps a file under a new id; `folder` is `documents` or `photos`, as in Telegram's paths."""
        suffix = "".join(character for character in name.rpartition(".")[2] if character.isalnum())
        number = len(self._by_id)
        file = StoredFile(
            file_id=f"BQACAgI{secrets.token_urlsafe(36)}",
            unique_id=f"AgAD{secrets.token_urlsafe(8)}",
            name=name,
            path=f"{folder}/file_{number}" + (f".{suffix}" if suffix and "." in name else ""),
            content=content,
        )
        self._by_id[file.file_id] = self._by_path[file.path] = file
        return file

    def get(self, file_id: str) -> StoredFile:
        """The file of this id.

        Raises:
            BotApiError: 400, if there is none.
        """
        try:
            return self._by_id[file_id]
        except KeyError:
            raise bad_request("wrong file_id or the file is temporarily unavailable") from None

    def at(self, path: str) -> StoredFile | None:
        """The file of a download path, if there is one."""
        return self._by_path.get(path)
