"""The kinds of secret that the guard tells apart."""

from enum import StrEnum


class SecretKind(StrEnum):
    """What was found; it decides the warning that its author reads."""

    EXCHANGE_KEY = "exchange_key"
    """An exchange's API key or secret, or any other machine credential, such as a bot token."""
    PRIVATE_KEY = "private_key"
    """A PEM private key, or the private key of a wallet."""
    SEED_PHRASE = "seed_phrase"
    """A wallet's recovery words. Nobody honest asks for them; they are accepted nowhere."""
