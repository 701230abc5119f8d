"""Settings from the environment or `.env`, read once at start. Each is explained in `.env.example`."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError, model_validator

from bot.refused import Refused

_HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+")]
_HttpsUrl = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+")]
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes as secret token."""
_WHATSAPP = (
    "whatsapp_token",
    "whatsapp_phone_id",
    "whatsapp_business_id",
    "whatsapp_app_secret",
    "whatsapp_verify_token",
)
"""What WhatsApp needs: all of it or nothing."""


NO_BACKUPS = frozenset({"tidak", "-"})
"""Words in the place of a folder that switch nightly backups off."""


class SettingsUnusable(Refused):
    """A setting is missing or cannot be read; the message names it and says what is allowed."""


class Settings(BaseModel):
    """Everything the program is told from outside. Secrets are never shown.

    A description says what is allowed, in the words that a person reads when the value is not.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    database_url: str = "sqlite:///data/renaksi.sqlite3"
    evidence_url: str = Field(
        default="data/evidence",
        pattern=r"^([a-z][a-z0-9+:]+://\S+|[A-Za-z]:[^/]|[^:]*$)",
        description="nama folder, atau alamat seperti s3://ember/folder",
    )
    evidence_key: str | None = None
    evidence_secret: SecretStr | None = None
    evidence_endpoint: _HttpUrl | None = Field(default=None, description="alamat http:// atau https://")
    telegram_token: SecretStr | None = None
    telegram_api_url: _HttpUrl = Field(default="https://api.telegram.org", description="alamat http:// atau https://")
    telegram_webhook_url: _HttpsUrl | None = Field(default=None, description="alamat https://")
    telegram_webhook_secret: SecretStr | None = None
    whatsapp_token: SecretStr | None = None
    whatsapp_phone_id: str | None = Field(default=None, pattern=r"^\d+$", description="angka")
    whatsapp_business_id: str | None = Field(default=None, pattern=r"^\d+$", description="angka")
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_verify_token: SecretStr | None = None
    whatsapp_api_url: _HttpUrl = Field(default="https://graph.facebook.com", description="alamat http:// atau https://")
    backup_folder: str = "data/cadangan"
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=1, le=65535, description="angka 1 sampai 65535")
    log_level: str = Field(
        default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING atau ERROR"
    )

    @model_validator(mode="after")
    def _webhook_has_its_secret(self) -> Self:
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            raise ValueError("TELEGRAM_WEBHOOK_SECRET wajib diisi bila TELEGRAM_WEBHOOK_URL dipakai")
        secret = self.telegram_webhook_secret
        if secret and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("TELEGRAM_WEBHOOK_SECRET harus berisi 1 sampai 256 huruf, angka, _ atau -")
        return self

    @model_validator(mode="after")
    def _whatsapp_is_whole(self) -> Self:
        missing = [name.upper() for name in _WHATSAPP if getattr(self, name) is None]
        if missing and len(missing) < len(_WHATSAPP):
            raise ValueError(f"{' dan '.join(missing)} wajib diisi bila WhatsApp dipakai")
        return self

    @property
    def has_whatsapp(self) -> bool:
        """Whether WhatsApp is set up."""
        return self.whatsapp_token is not None

    @property
    def has_webhook(self) -> bool:
        """Whether something is posted to us."""
        return self.telegram_webhook_url is not None or self.has_whatsapp

    @property
    def polls(self) -> bool:
        """Whether Telegram is asked for messages."""
        return self.telegram_token is not None and self.telegram_webhook_url is None

    @property
    def nightly_backups(self) -> Path | None:
        """The folder of nightly backups; None where none are made."""
        return None if self.backup_folder.strip().casefold() in NO_BACKUPS else Path(self.backup_folder)

    @property
    def evidence_folder(self) -> Path | None:
        """Where pictures and files are kept; None where that is not on this machine."""
        url = self.evidence_url
        return None if "://" in url and not url.startswith("file://") else Path(url.removeprefix("file://"))

    @property
    def evidence_access(self) -> dict[str, str]:
        """What of key, secret and endpoint is set for the store of evidence."""
        secret = None if self.evidence_secret is None else self.evidence_secret.get_secret_value()
        wanted = {"key": self.evidence_key, "secret": secret, "endpoint": self.evidence_endpoint}
        return {name: value for name, value in wanted.items() if value is not None}


def read_settings() -> Settings:
    """The settings of the environment, else of `.env`. Raises SettingsUnusable naming every setting that is wrong."""
    try:
        return Settings.model_validate(_filled_in(dotenv_values(".env")) | _filled_in(os.environ))
    except ValidationError as wrong:
        told = "; ".join(_told(error["loc"], error["msg"]) for error in wrong.errors())
        raise SettingsUnusable(f"Periksa pengaturan di .env. {told}.") from wrong
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SettingsUnusable("Berkas .env tidak dapat dibaca; simpan ulang sebagai teks UTF-8.") from unreadable


def _filled_in(told: Mapping[str, str | None]) -> dict[str, str]:
    return {name.lower(): value for name, value in told.items() if value}


def _told(place: tuple[int | str, ...], message: str) -> str:
    if not place:
        return message.removeprefix("Value error, ")
    name = str(place[0])
    return f"{name.upper()} harus berisi {Settings.model_fields[name].description or 'teks'}"
