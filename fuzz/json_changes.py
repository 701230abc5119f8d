"""What providers post, with another value somewhere in it: bytes changed at random are mostly no JSON at all."""

import json
from random import Random
from typing import Any

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**62, 2**70, 1.5, float("nan"), "", "\0", "\ud800", "\u202e", "x" * 300, "private",
    "group", "text", "photo", "document", "contact", "kicked", "left", "member", [], {}, [[]], {"": {}},
)  # fmt: skip
_REPLACED = 0.15
"""How likely a value is replaced rather than one within it."""


def changed(posted: bytes, longest: int, seed: int) -> bytes:
    """The same body with another value somewhere; as it is where it is no JSON, or would become too long."""
    random = Random(seed)
    try:
        body = json.loads(posted)
    except (ValueError, RecursionError):
        return posted[:longest]
    made = json.dumps(with_odd(body, random.choice(_ODD), random)).encode()
    return made if len(made) <= longest else posted[:longest]


def with_odd(body: Any, odd: Any, random: Random) -> Any:
    """A value with an odd one in some place of it, sometimes under the name of another field."""
    if not isinstance(body, dict | list) or not body or random.random() < _REPLACED:
        return odd
    if isinstance(body, dict):
        key = random.choice(sorted(body))
        to = random.choice(sorted(body)) if random.random() < _REPLACED else key
        return {**body, to: with_odd(body[key], odd, random)}
    at = random.randrange(len(body))
    return [*body[:at], with_odd(body[at], odd, random), *body[at + 1 :]]
