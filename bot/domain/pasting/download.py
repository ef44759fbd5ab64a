"""The file that an exchange lets people download with a new key, pasted whole: a JSON object, with more in it."""

import json

from bot.domain.pasting.shape import CredentialShape

_STRAIGHT = str.maketrans(dict.fromkeys("“”„‟", '"'))


def unfolded(seen: str, shape: CredentialShape) -> str:
    """The key and the secret of such a file, a line break between them; anything else as it is."""
    if not shape.download or not seen.startswith("{"):
        return seen
    try:
        # Not strict: a line break within a value may have become a real one.
        told = json.loads(seen.translate(_STRAIGHT), strict=False)
    except (ValueError, RecursionError):
        return seen
    values = []
    for field, names in shape.download.items():
        said = [value for value in map(told.get, names) if isinstance(value, str) and value]
        values += [value for value in said if shape.of(field).fits(value)][:1] or said[:1]
    return "\n".join(values) if len(values) == len(shape.download) else seen
