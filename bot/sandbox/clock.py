"""The sandbox's time: real, unless somebody moves it on."""

import time


class SandboxClock:
    """Epoch seconds that tests may advance instead of sleeping.

    It decides the age of messages, how long updates are kept and when a callback query expires. It runs on the
    monotonic clock, so that a change of the machine's wall clock never makes a message younger.
    """

    def __init__(self) -> None:
        self._epoch = time.time() - time.monotonic()
        self._ahead = 0.0

    def now(self) -> float:
        """Epoch seconds, including everything the clock was advanced by."""
        return self._epoch + time.monotonic() + self._ahead

    def advance(self, seconds: float) -> None:
        """Lets `seconds` pass at once.

        Raises:
            ValueError: for a negative number; sandbox time never runs back.
        """
        if seconds < 0:
            raise ValueError("time in the sandbox only moves forward")
        self._ahead += seconds
