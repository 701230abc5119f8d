"""Updates of Telegram: whatever is posted is an arrival that every database stores, nothing, or one known error."""

import json
from collections.abc import Iterable
from pathlib import Path

from bot.channels.posted import json_object
from bot.channels.telegram.groups import addressee
from bot.channels.telegram.parsing import MalformedUpdate, blocked_address, parse, tap_id
from fuzz.stored import check_storable

_PAYLOADS = Path(__file__).parent.parent / "tests" / "bot" / "telegram" / "payloads"


def check(data: bytes) -> None:
    """The body as it is posted, secret and size apart."""
    update = json_object(data)
    if update is None:
        return
    try:
        arrival = parse(update)
    except MalformedUpdate:
        arrival = None
    if arrival is not None:
        check_storable(arrival)
        addressee(arrival.said)
    for said in (blocked_address(update), tap_id(update)):
        assert said is None or isinstance(said, str), said


def seeds() -> Iterable[bytes]:
    """Every kind of update that the tests know."""
    for path in sorted(_PAYLOADS.glob("*.json")):
        yield json.dumps(json.loads(path.read_text(encoding="utf-8"))).encode()
