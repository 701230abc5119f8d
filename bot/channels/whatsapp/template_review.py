"""Our templates held against those that Meta has: which are approved, and what differs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp.errors import told_as_send_errors
from bot.channels.whatsapp.templates import CATALOGUE, CATEGORY, LANGUAGE, Template
from bot.channels.whatsapp.transport import Transport

Json = Mapping[str, Any]

APPROVED = "approved"
MISSING = "missing"
UNKNOWN = "unknown"
DIFFERS = "differs"
_FIELDS = "name,language,category,status,components"
_PAGE = "100"


@dataclass(frozen=True)
class Review:
    """One template of ours.

    `status` is Meta's in small letters, `missing`, or `unknown` before it was asked; `differing` names what Meta has
    otherwise than we: `body`, `buttons`, `picture`, `category`.
    """

    template: Template
    status: str
    differing: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether messages go as this template, and as we mean them."""
        return self.status == APPROVED and not self.differing

    @property
    def can_be_sent(self) -> str:
        """What to remember of it: its status, or that it differs where Meta would refuse ours for that."""
        return DIFFERS if self.status == APPROVED and set(self.differing) - {"category"} else self.status


async def templates_at_meta(transport: Transport, business_id: str) -> list[Json]:
    """Every template of the business account, as Meta's API has them. Raises SendError."""
    found: list[Json] = []
    asked = {"fields": _FIELDS, "limit": _PAGE}
    while True:
        with told_as_send_errors():
            page = await transport.whatsapp.api.send_raw_request(
                "GET", f"/{business_id}/message_templates", params=asked
            )
        found += page["data"]
        if "next" not in page.get("paging", {}):
            return found
        asked = {**asked, "after": page["paging"]["cursors"]["after"]}


def review(at_meta: Iterable[Json], catalogue: Iterable[Template] = CATALOGUE.values()) -> list[Review]:
    """Each template of ours beside Meta's of the same name and language."""
    known = {one["name"]: one for one in at_meta if one["language"] == LANGUAGE}
    return [_reviewed(template, known.get(template.name)) for template in catalogue]


def _reviewed(template: Template, known: Json | None) -> Review:
    if known is None:
        return Review(template, MISSING)
    ours, theirs = _looks(template.components()), _looks(known["components"])
    differing = [part for part in ours if ours[part] != theirs[part]]
    if known["category"] != CATEGORY:
        differing.append("category")
    return Review(template, str(known["status"]).lower(), tuple(differing))


def _looks(components: Sequence[Json]) -> dict[str, object]:
    """What people see of a template; anything that we never have makes it differ."""
    by_type = {str(one["type"]).upper(): one for one in components}
    buttons = by_type.get("BUTTONS", {}).get("buttons", ())
    return {
        "body": by_type.get("BODY", {}).get("text"),
        "buttons": [(button["type"], button["text"]) for button in buttons],
        "picture": [by_type.get("HEADER", {}).get("format"), "FOOTER" in by_type],
    }
