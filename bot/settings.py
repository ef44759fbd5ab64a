"""Settings: everything an operator decides, from the environment or ``.env``, prefix ``LATCHKEY_``.

Nothing below ``app`` sees this module: it passes plain values. Secrets are ``SecretStr``, and a setting that does not
fit is reported by its name and the rule it breaks, never by its value.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "LATCHKEY_"


class BadSettings(Exception):  # noqa: N818 - it states the condition
    """The configuration does not fit; ``lines`` say what and what to do, and hold no value."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """All settings; ``.env.example`` explains each to the operator."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", hide_input_in_errors=True, frozen=True
    )

    bot_token: SecretStr
    telegram_api_url: str = "https://api.telegram.org"
    data_dir: Path = Path("data")
    database_url: str | None = None
    master_key_file: Path | None = None
    master_key: SecretStr | None = None
    exchange_urls: dict[str, str] = Field(default_factory=dict)
    check_interval: float = Field(default=60.0, ge=1, le=3600)
    egress_ips: Annotated[tuple[str, ...], NoDecode] = ()
    operators: Annotated[tuple[int, ...], NoDecode] = ()
    http_bind: str | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_bind: str = "127.0.0.1:8081"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "text"] = "json"

    @field_validator("egress_ips", "operators", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """A list as people write it: by commas or spaces, or as JSON."""
        if not isinstance(value, str):
            return value
        if value.lstrip().startswith("["):
            return json.loads(value)
        return value.replace(",", " ").split()

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("http_bind", "webhook_url", "master_key_file", "database_url", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("bot_token")
    @classmethod
    def _token_shape(cls, token: SecretStr) -> SecretStr:
        number, colon, rest = token.get_secret_value().partition(":")
        if not (number.isdigit() and colon and rest):
            raise ValueError("does not look like a bot token, such as 123456:ABC-DEF; @BotFather gives one")
        return token

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("LATCHKEY_WEBHOOK_URL needs LATCHKEY_WEBHOOK_SECRET: 32 or more random letters and digits")
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
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise BadSettings([_line(problem["loc"], problem["msg"]) for problem in error.errors()]) from None
    except (ValueError, TypeError):
        # pydantic-settings puts the raw value into the text of a JSON error
        raise BadSettings([f"{PREFIX}EXCHANGE_URLS: is not a JSON object of exchange id to origin"]) from None


def _line(loc: tuple[int | str, ...], message: str) -> str:
    if not loc:
        return message.removeprefix("Value error, ")
    return f"{PREFIX}{str(loc[0]).upper()}: {message.removeprefix('Value error, ')}"
