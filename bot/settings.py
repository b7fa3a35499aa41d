"""Everything that can be configured, read once from the environment and `.env`. Nothing else reads the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.weekly import Weekly, read_weekly
from knowledge.errors import SettingsInvalid


def _names(value: Any) -> Any:
    """Ids as Slack shows them, with commas or spaces between."""
    names = tuple(value.replace(",", " ").split()) if isinstance(value, str) else value
    for name in names:
        if not re.fullmatch(r"[A-Z0-9]{3,32}", str(name)):
            raise ValueError("give ids as Slack shows them (C0123456789, S0123456789), with commas between")
    return names


Names = Annotated[tuple[str, ...], BeforeValidator(_names)]


class Surface(StrEnum):
    """Where `desk run` answers."""

    TERMINAL = "terminal"
    SOCKET_MODE = "socket_mode"
    HTTP = "http"


class Settings(BaseSettings):
    """One frozen value, built by `load_settings`. Secrets print as asterisks."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    home: Path = Field(Path("var"), validation_alias=AliasChoices("home", "DESK_HOME"))
    today: date | None = Field(None, validation_alias=AliasChoices("today", "DESK_TODAY"))
    database_url: str = Field("", validation_alias=AliasChoices("database_url", "DESK_DATABASE_URL"))
    model: Path | None = Field(None, validation_alias=AliasChoices("model", "DESK_MODEL"))
    chat_model: str = Field("", validation_alias=AliasChoices("chat_model", "DESK_CHAT_MODEL"))
    answer_workers: int = Field(4, ge=1, le=64, validation_alias=AliasChoices("answer_workers", "DESK_ANSWER_WORKERS"))
    queue_limit: int = Field(200, ge=1, validation_alias=AliasChoices("queue_limit", "DESK_QUEUE_LIMIT"))
    grace_seconds: float = Field(20, ge=0, validation_alias=AliasChoices("grace_seconds", "DESK_GRACE_SECONDS"))
    fresh_minutes: float = Field(10, gt=0, validation_alias=AliasChoices("fresh_minutes", "DESK_FRESH_MINUTES"))
    questions_an_hour: int = Field(
        20, ge=1, validation_alias=AliasChoices("questions_an_hour", "DESK_QUESTIONS_AN_HOUR")
    )
    two_persons: bool = Field(False, validation_alias=AliasChoices("two_persons", "DESK_TWO_PERSONS"))
    keep_days: int = Field(365, ge=1, validation_alias=AliasChoices("keep_days", "DESK_KEEP_DAYS"))
    allowed_channels: Names = Field((), validation_alias=AliasChoices("allowed_channels", "DESK_ALLOWED_CHANNELS"))
    allowed_groups: Names = Field((), validation_alias=AliasChoices("allowed_groups", "DESK_ALLOWED_GROUPS"))
    supervisor_groups: Names = Field((), validation_alias=AliasChoices("supervisor_groups", "DESK_SUPERVISOR_GROUPS"))
    registrar_groups: Names = Field((), validation_alias=AliasChoices("registrar_groups", "DESK_REGISTRAR_GROUPS"))
    registrar_channel: str = Field("", validation_alias=AliasChoices("registrar_channel", "DESK_REGISTRAR_CHANNEL"))
    chase_hours: float = Field(24, gt=0, le=8_760, validation_alias=AliasChoices("chase_hours", "DESK_CHASE_HOURS"))
    weekly_report: Weekly | None = Field(
        Weekly(0, time(8)), validation_alias=AliasChoices("weekly_report", "DESK_WEEKLY_REPORT")
    )
    http_host: str = Field("127.0.0.1", validation_alias=AliasChoices("http_host", "DESK_HTTP_HOST"))
    http_port: int = Field(3000, ge=0, le=65535, validation_alias=AliasChoices("http_port", "DESK_HTTP_PORT"))
    log_level: str = Field("INFO", validation_alias=AliasChoices("log_level", "DESK_LOG_LEVEL"))
    audit_key: SecretStr = Field(SecretStr(""), validation_alias=AliasChoices("audit_key", "DESK_AUDIT_KEY"))
    slack_bot_token: SecretStr = Field(
        SecretStr(""), validation_alias=AliasChoices("slack_bot_token", "SLACK_BOT_TOKEN")
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""), validation_alias=AliasChoices("slack_app_token", "SLACK_APP_TOKEN")
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), validation_alias=AliasChoices("slack_signing_secret", "SLACK_SIGNING_SECRET")
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", validation_alias=AliasChoices("slack_api_url", "SLACK_API_URL")
    )

    @field_validator("today", "model", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: Any) -> Any:
        return None if value == "" else value

    @field_validator("registrar_channel")
    @classmethod
    def _channel_id(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Z0-9]{3,32}", value):
            raise ValueError("give the id of one channel, as Slack shows it (C0123456789)")
        return value

    @field_validator("weekly_report", mode="before")
    @classmethod
    def _day_and_time(cls, value: Any) -> Any:
        return read_weekly(value) if isinstance(value, str) else value

    @field_validator("slack_api_url")
    @classmethod
    def _slash(cls, value: str) -> str:
        value = value or "https://slack.com/api/"
        return value if value.endswith("/") else value + "/"

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the inbox and the records."""
        return self.database_url or f"sqlite:///{self.home / 'desk.sqlite3'}"

    @property
    def surface(self) -> Surface:
        """Slack when tokens are set, else the terminal. Raises SettingsInvalid when half of a pair is missing."""
        bot, app, signing = (
            bool(secret.get_secret_value())
            for secret in (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        )
        if bot and app:
            return Surface.SOCKET_MODE
        if bot and signing:
            return Surface.HTTP
        if bot:
            raise SettingsInvalid(
                "SLACK_APP_TOKEN is missing: create one with the scope connections:write on your Slack app's "
                "Basic Information page under App-Level Tokens (it begins xapp-), or set SLACK_SIGNING_SECRET for HTTP."
            )
        if app or signing:
            raise SettingsInvalid(
                "SLACK_BOT_TOKEN is missing: install your Slack app to the workspace and copy the Bot User OAuth "
                "Token from its OAuth & Permissions page (it begins xoxb-)."
            )
        return Surface.TERMINAL

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed in: `load_settings` says which environment is read, so that tests can pass their own."""
        return (init_settings,)


def load_settings(environ: Mapping[str, str], env_file: Path | None = Path(".env")) -> Settings:
    """Settings from a mapping, over those of `env_file` when it is there. Raises SettingsInvalid naming every fault."""
    from dotenv import dotenv_values

    values: dict[str, Any] = {}
    if env_file is not None and env_file.is_file():
        values.update({name: value for name, value in dotenv_values(env_file).items() if value})
    values.update({name: value for name, value in environ.items() if name.startswith(("DESK_", "SLACK_"))})
    # A variable set to nothing is unset, also where .env sets it: `SLACK_BOT_TOKEN= desk run` stays in the terminal.
    values = {name: value for name, value in values.items() if value.strip()}
    try:
        return Settings(**values)
    except ValidationError as fault:
        # The value itself is left out: it may be a secret pasted into the wrong line.
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        raise SettingsInvalid(f"These settings cannot be used: {faults}.") from None
