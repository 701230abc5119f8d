"""Calls of WhatsApp: whatever is posted and signed is taken apart, and what is in it can be stored."""

import json
from collections.abc import Iterable
from pathlib import Path

from bot.channels.posted import json_object
from bot.channels.whatsapp.parsing import parse
from fuzz.stored import check_storable, check_text

_PAYLOADS = Path(__file__).parent.parent / "tests" / "bot" / "whatsapp" / "payloads"
PHONE_ID, BUSINESS_ID = "1", "2"
"""Short, so that they are found."""


def check(data: bytes) -> None:
    """The body as it is posted, signature and size apart: first as a whole call, then as what one may hold."""
    body = json_object(data)
    if body is None:
        return
    for posted in (body, _call(body)):
        call = parse(posted, PHONE_ID, BUSINESS_ID)
        for arrival in call.arrivals:
            check_storable(arrival)
        for change in call.changes:
            check_text(change.old)
            check_text(change.new)
        for kind in call.ignored:
            check_text(kind)


def _call(value: object) -> dict[str, object]:
    held = {**value, "metadata": {"phone_number_id": PHONE_ID}} if isinstance(value, dict) else value
    return {"entry": [{"id": BUSINESS_ID, "changes": [{"field": "messages", "value": held}]}]}


def seeds() -> Iterable[bytes]:
    """What every kind of call that the tests know holds."""
    for path in sorted(_PAYLOADS.glob("*.json")):
        body = json.loads(path.read_text(encoding="utf-8"))
        yield json.dumps(body).encode()
        for entry in body.get("entry", ()):
            for change in entry.get("changes", ()):
                yield json.dumps(change["value"]).encode()
