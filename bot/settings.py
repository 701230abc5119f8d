"""Settings from the environment or `.env`, read once at start. Each is explained in `.env.example`."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsUnusable(Exception):
    """A setting is missing or cannot be read; the message names it and says what is allowed."""


class Settings(BaseSettings):
    """Everything the program is told from outside. Secrets are never shown."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    database_url: str = "sqlite:///data/renaksi.sqlite3"
    evidence_url: str = "data/evidence"
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=1, le=65535)
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @model_validator(mode="after")
    def _webhook_has_its_secret(self) -> Self:
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            raise ValueError("TELEGRAM_WEBHOOK_SECRET wajib diisi bila TELEGRAM_WEBHOOK_URL dipakai")
        return self

    @property
    def evidence_folder(self) -> Path:
        """Where pictures and files are kept."""
        return Path(self.evidence_url.removeprefix("file://"))


def read_settings() -> Settings:
    """Read the settings. Raises SettingsUnusable naming every setting that is wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        told = "; ".join(f"{'.'.join(map(str, e['loc'])).upper() or 'Pengaturan'}: {e['msg']}" for e in wrong.errors())
        raise SettingsUnusable(f"Periksa pengaturan di .env. {told}") from wrong
