"""What was last found of each key, for exchanges where the question that finds it out is too dear for every probe.

In memory only, so after a start everything is asked once. No credential is in it: keys are told by a keyed digest.
"""

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.connection import Credential
from bot.domain.failures import Trouble
from bot.usecases.ports import Clock

_MOST: Final = 20_000
"""Keys remembered; the one that was looked at longest ago is forgotten first."""
_CONFIRMED: Final = 2


@dataclass(frozen=True, slots=True)
class Recollection:
    """One finding.

    Attributes:
        found: what the adapter found, or the trouble it ended in.
        age: seconds since then.
        times: how often in a row it was found.
    """

    found: Any
    age: float
    times: int

    def holds(self, seconds: float) -> bool:
        """Whether it can stand for a new look: young enough, and a trouble confirmed by a second look."""
        return self.age < seconds and (self.times >= _CONFIRMED or not isinstance(self.found, Trouble))


class Memory:
    """Of one place."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pepper = secrets.token_bytes(32)
        self._found: OrderedDict[bytes, tuple[Any, float, int]] = OrderedDict()

    def keep(self, credential: Credential, found: Any) -> None:
        """Remembers a finding."""
        key = self._key(credential)
        before = self._found.pop(key, None)
        times = before[2] + 1 if before is not None and before[0] == found else 1
        self._found[key] = (found, self._clock.monotonic(), times)
        if len(self._found) > _MOST:
            self._found.popitem(last=False)

    def recall(self, credential: Credential) -> Recollection | None:
        """The last finding, however old."""
        known = self._found.get(self._key(credential))
        if known is None:
            return None
        found, at, times = known
        return Recollection(found, self._clock.monotonic() - at, times)

    def _key(self, credential: Credential) -> bytes:
        parts = (credential.api_key, credential.secret, credential.passphrase or "")
        digest = hashlib.blake2b(key=self._pepper, digest_size=32)
        for part in parts:
            raw = part.encode(errors="surrogatepass")
            digest.update(len(raw).to_bytes(4, "big") + raw)
        return digest.digest()
