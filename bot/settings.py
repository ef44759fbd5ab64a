"""Settings: everything an operator decides, from the environment or ``.env``, prefix ``LATCHKEY_``.

Nothing below ``app`` sees this module: it passes plain values. Secrets are ``SecretStr``, and a setting that does not
fit is reported by its name and the rule it breaks, never by its value.
"""

import json
import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, PositiveInt, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX: Final = "LATCHKEY_"
ENV_FILE: Final = Path(".env")

_TOKEN: Final = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
_WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{32,256}")
"""Telegram takes 1 to 256 of these characters (setWebhook, secret_token); fewer than 32 could be guessed."""
_BIND: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):(?P<port>\d{1,5})")
_HIGHEST_PORT: Final = 65_535


class BadSettings(Exception):  # noqa: N818 - it states the condition
    """The configuration does not fit; ``lines`` say what and what to do, and hold no value."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def _url(text: str) -> str:
    """An absolute web address. One with a password in it would be shown wherever the setting is."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is no web address, such as https://example.org")
    if "@" in parts.netloc:
        raise ValueError("must not hold a user name or a password")
    return text


def _secret_url(secret: SecretStr) -> SecretStr:
    """A web address with a token in its path."""
    _url(secret.get_secret_value())
    return secret


def _https(secret: SecretStr) -> SecretStr:
    """The same with nobody in between who could answer in its stead: over TLS, but for this machine itself."""
    parts = urlsplit(_secret_url(secret).get_secret_value())
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("must begin with https://: over http anybody on the way can answer")
    return secret


def _origin(text: str) -> str:
    parts = urlsplit(_url(text))
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("is no origin: give scheme and host only, such as http://127.0.0.1:9000; the path stays")
    return text.rstrip("/")


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        pass
    raise ValueError("is no IP address: list the addresses that exchanges see, separated by spaces")


def _bind(text: str) -> str:
    found = _BIND.fullmatch(text)
    if not found or int(found["port"]) > _HIGHEST_PORT:
        raise ValueError("is no host:port, such as 127.0.0.1:8080 or [::1]:8080")
    return text


Url = Annotated[str, AfterValidator(_url)]
SecretUrl = Annotated[SecretStr, AfterValidator(_secret_url)]
HttpsUrl = Annotated[SecretStr, AfterValidator(_https)]
Origin = Annotated[str, AfterValidator(_origin)]
Address = Annotated[str, AfterValidator(_address)]
Bind = Annotated[str, AfterValidator(_bind)]


class Settings(BaseSettings):
    """All settings; ``.env.example`` explains each to the operator. One that is empty is not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr
    telegram_api_url: Url = "https://api.telegram.org"
    data_dir: Path = Path("data")
    database_url: str | None = Field(default=None, repr=False)
    master_key_file: Path | None = None
    master_key: SecretStr | None = None
    exchange_urls: dict[str, Origin] = Field(default_factory=dict)
    check_interval: float = Field(default=60.0, ge=1, le=3600)
    egress_ips: Annotated[tuple[Address, ...], NoDecode] = ()
    operators: Annotated[tuple[PositiveInt, ...], NoDecode] = ()
    http_bind: Bind | None = None
    heartbeat_url: SecretUrl | None = None
    fallback_url: SecretUrl | None = None
    beacon_url: HttpsUrl | None = None
    webhook_url: Url | None = None
    webhook_secret: SecretStr | None = None
    webhook_bind: Bind = "127.0.0.1:8081"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "text"] = "json"

    @field_validator("egress_ips", "operators", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """A list as people write it: by commas or spaces, or as JSON."""
        if not isinstance(value, str):
            return value
        if not value.lstrip().startswith("["):
            return value.replace(",", " ").split()
        try:
            return json.loads(value)
        except ValueError:
            pass
        raise ValueError("is no list: separate its entries by spaces")

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("bot_token")
    @classmethod
    def _token_shape(cls, token: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("does not look like a bot token, such as 123456:ABC-DEF; @BotFather gives one")
        return token

    @field_validator("webhook_secret")
    @classmethod
    def _secret_shape(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("must be 32 to 256 random letters and digits, _ or -")
        return secret

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(f"{PREFIX}WEBHOOK_SECRET: is not set, and {PREFIX}WEBHOOK_URL needs it")
        return self

    @property
    def database(self) -> str:
        """The database's URL; SQLite in the data folder unless told otherwise."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'latchkey.db'}"


def load_settings(**overrides: Any) -> Settings:
    """Reads the settings.

    Raises:
        BadSettings: with one line for each setting that does not fit.
    """
    # Raised below and not in the handlers: pydantic's exceptions hold the values, and would hang on as the context.
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = [_line(problem) for problem in error.errors(include_input=False, include_url=False)]
    except UnicodeDecodeError:
        lines = [f"{ENV_FILE}: is not UTF-8 text"]
    except OSError as error:
        lines = [f"{ENV_FILE}: cannot be read ({error.strerror})"]
    except ValueError:
        # pydantic-settings puts the raw value into the text of a JSON error; one setting alone is JSON.
        lines = [f"{PREFIX}EXCHANGE_URLS: is not a JSON object of exchange id to origin"]
    raise BadSettings(lines)


def unknown_names() -> list[str]:
    """Names with our prefix, in the environment or ``.env``, that are no setting: spelling mistakes, as a rule."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    try:
        written = dotenv_values(ENV_FILE) if ENV_FILE.is_file() else {}
    except (OSError, UnicodeDecodeError):
        written = {}  # load_settings says so
    given = {name.upper() for name in (*os.environ, *written)}
    return sorted(name for name in given - known if name.startswith(PREFIX))


def _line(problem: ErrorDetails) -> str:
    message = problem["msg"].removeprefix("Value error, ")
    if not problem["loc"]:
        return message
    name = f"{PREFIX}{str(problem['loc'][0]).upper()}"
    if problem["type"] == "missing":
        return f"{name}: is not set"
    return f"{name}: {message[:1].lower()}{message[1:]}"
