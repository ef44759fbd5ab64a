"""How a key is named to people once it is known: by its end, and never by more than a quarter of it."""

_SHOWN = 4


def mask_tail(api_key: str) -> str:
    """The last four characters after an ellipsis, such as ``…x7Qz``; fewer of a short key, none of a tiny one."""
    shown = min(_SHOWN, len(api_key) // 4)
    return "…" + api_key[len(api_key) - shown :]
