"""What every database stores: text without a NUL or half of a pair, whole and of the right type."""

from dataclasses import asdict
from typing import Any

from bot.channels.base import Arrival
from handlers.messages import incoming_json


def check_storable(arrival: Arrival) -> None:
    """An arrival holds exactly one thing, goes through JSON unchanged and is text that every database takes."""
    assert (arrival.said is None) != (arrival.media is None), arrival
    if arrival.said is not None:
        assert incoming_json.validate_json(arrival.said.model_dump_json()) == arrival.said
        _check_words(arrival.said.model_dump())
    if arrival.media is not None:
        _check_words(asdict(arrival.media))
        assert isinstance(arrival.media.album, str | None), arrival.media.album
        assert isinstance(arrival.media.size, int | None), arrival.media.size
    for word in (arrival.address, arrival.external_id, arrival.message_id, arrival.sender_name, arrival.answers):
        check_text(word)
    assert arrival.sequence is None or abs(arrival.sequence) < 2**63, "no database takes that number"


def check_text(word: object) -> None:
    """Text without a NUL, that has an encoding."""
    assert isinstance(word, str), word
    assert "\0" not in word
    word.encode()


def _check_words(held: Any) -> None:
    match held:
        case str():
            check_text(held)
        case dict():
            for name, value in held.items():
                check_text(name)
                _check_words(value)
        case list() | tuple():
            for value in held:
                _check_words(value)
        case int() if not isinstance(held, bool):
            assert abs(held) < 2**63, "no database takes that number"
        case _:
            pass
