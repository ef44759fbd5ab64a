"""``health``: one GET, for a container whose image has no curl."""

import urllib.request
from urllib.error import URLError

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - it is read, not bound
"""Where to ask who listens everywhere."""


def page_at(bind: str) -> str:
    """The health page of a service that listens at ``host:port``."""
    host, _, port = bind.rpartition(":")
    return f"http://{_EVERYWHERE.get(host, host)}:{port}/healthz"


def health(url: str) -> int:
    """0 if the service says it is ready."""
    if not url.startswith(("http://", "https://")):
        return 2
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - the scheme is checked above
            return 0 if answer.status == 200 else 1  # noqa: PLR2004 - HTTP OK
    except (URLError, TimeoutError, OSError):
        return 1
