"""Calls as Meta posts them: captured ones with invented people, and any number of messages and statuses in one."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PAYLOADS = Path(__file__).parent / "payloads"
PHONE_ID, BUSINESS_ID = "106540352242922", "102290129340398"
SARI, JOKO = "6281200000101", "6281200000102"

Json = dict[str, Any]


def payload(name: str) -> Json:
    """A call of `payloads/`."""
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def text_message(address: str, number: int, body: str) -> Json:
    """Words of a person; `number` makes the message one of its own."""
    return {
        "from": address,
        "id": f"wamid.{address}.{number}",
        "timestamp": "1648526400",
        "type": "text",
        "text": {"body": body},
    }


def status(provider_id: str, fate: str, at: int = 1648526400, code: int | None = None) -> Json:
    """What became of a message of ours, in seconds since 1970."""
    errors = {} if code is None else {"errors": [{"code": code, "title": "why"}]}
    return {"id": provider_id, "status": fate, "timestamp": str(at), "recipient_id": SARI, **errors}


def value(messages: Iterable[Json] = (), statuses: Iterable[Json] = ()) -> Json:
    """One change's value."""
    held = {"messages": list(messages), "statuses": list(statuses)}
    metadata = {"display_phone_number": "6281200000001", "phone_number_id": PHONE_ID}
    return {"messaging_product": "whatsapp", "metadata": metadata, **{key: of for key, of in held.items() if of}}


def call(*entries: Iterable[Json]) -> Json:
    """A call of several entries, each of several values."""
    return {
        "object": "whatsapp_business_account",
        "entry": [
            {"id": BUSINESS_ID, "changes": [{"value": one, "field": "messages"} for one in values]}
            for values in entries
        ],
    }
