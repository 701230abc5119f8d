"""What Meta says of our token, our number and the account to which it belongs: for links, and to find what is wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels.whatsapp.errors import told_as_send_errors
from bot.channels.whatsapp.template_review import Review, review, templates_at_meta
from bot.channels.whatsapp.transport import API_URL, Transport

NEEDED_RIGHTS = frozenset({"whatsapp_business_messaging", "whatsapp_business_management"})
"""What the token must be allowed: to send and receive, and to read templates and the number."""
_ABOUT_NUMBER = "display_phone_number,verified_name,quality_rating,webhook_configuration"
_NEAREST_FIRST = ("phone_number", "whatsapp_business_account", "application")
"""Where the address of a webhook can be set; what is nearer to the number wins."""


@dataclass(frozen=True)
class TokenState:
    """What the token may do, and until when; `expires_at` is None for one that lasts."""

    is_valid: bool
    expires_at: datetime | None
    rights: frozenset[str]


@dataclass(frozen=True)
class Number:
    """Our number: as people write it, the name above the chat, Meta's judgement (`GREEN`, `YELLOW`, `RED`, `UNKNOWN`)
    and the address to which messages from it are posted, empty for none."""

    shown: str
    name: str
    quality: str
    webhook: str


class Account:
    """Asks Meta. Close it when done. Everything raises SendError where Meta refuses or cannot be reached."""

    def __init__(self, token: str, phone_id: str, business_id: str, api_url: str = API_URL) -> None:
        self._transport = Transport(token, phone_id, api_url)
        self._api = self._transport.whatsapp.api
        self._token = token
        self._phone_id = phone_id
        self._business_id = business_id

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def token_state(self) -> TokenState:
        """What the token is worth."""
        state = (await self._get("debug_token", input_token=self._token))["data"]
        until = int(state.get("expires_at") or 0)
        expires_at = datetime.fromtimestamp(until, UTC) if until else None
        return TokenState(bool(state.get("is_valid")), expires_at, frozenset(state.get("scopes", ())))

    async def number(self) -> Number:
        """What our number is, and where its messages go."""
        about = await self._get(self._phone_id, fields=_ABOUT_NUMBER)
        addresses = about.get("webhook_configuration", {})
        webhook = next((addresses[place] for place in _NEAREST_FIRST if addresses.get(place)), "")
        name, quality = about.get("verified_name", ""), about.get("quality_rating", "UNKNOWN")
        return Number(about["display_phone_number"], name, quality, webhook)

    async def is_subscribed(self) -> bool:
        """Whether an app gets what happens in our account at all."""
        return bool((await self._get(f"{self._business_id}/subscribed_apps"))["data"])

    async def reviews(self) -> list[Review]:
        """Our templates beside those that Meta has."""
        return review(await templates_at_meta(self._transport, self._business_id))

    async def _get(self, path: str, **asked: str) -> dict[str, Any]:
        with told_as_send_errors():
            return await self._api.send_raw_request("GET", f"/{path}", params=asked)
