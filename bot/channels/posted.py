"""What providers tell us, read carefully: as text that every database takes."""

import json
from typing import Any


def json_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object that a body holds; None for anything else, however deep it is nested."""
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None


def storable(raw: str) -> str:
    """Text that every database takes: JSON may carry a NUL, and half of a character pair."""
    return raw.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
