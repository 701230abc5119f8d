"""A plan as JSON, between its reading and its loading: frozen dataclasses by field, but for what has its default."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from domain.periods import Period
from domain.plan import IndicatorRow, OfficePlan, OpenQuestion


def plan_to_json(plan: OfficePlan) -> dict[str, Any]:
    """Every field of a plan; decimals, days and periods as strings."""
    return _plain(plan)


def plan_from_json(plain: Mapping[str, Any]) -> OfficePlan:
    """What `plan_to_json` wrote. Raises TypeError, KeyError or ValueError for anything else."""
    return _read(OfficePlan, plain)


def questions_in(plain: Mapping[str, Any]) -> tuple[OpenQuestion, ...]:
    """What a written plan leaves open and does not answer itself, without reading the rest of it."""
    answered = {(one["indicator"], one["about"]) for one in plain.get("answers", ())}
    asked = (one for one in plain.get("questions", ()) if (one["indicator"], one["about"]) not in answered)
    return tuple(_read(OpenQuestion, one) for one in asked)


def indicator_in(plain: Mapping[str, Any], code: str) -> IndicatorRow | None:
    """One indicator of a written plan."""
    found = next((one for one in plain["indicators"] if one["code"] == code), None)
    return None if found is None else _read(IndicatorRow, found)


def _plain(value: Any) -> Any:
    match value:
        case Period():
            return value.code
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case Mapping():
            return {_plain(key): _plain(held) for key, held in value.items()}
        case tuple() | list():
            return [_plain(held) for held in value]
        case _ if is_dataclass(value):
            told = ((one, getattr(value, one.name)) for one in fields(value))
            return {one.name: _plain(held) for one, held in told if held != one.default}
        case _:
            return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, value: Any) -> Any:
    if isinstance(hint, UnionType):
        if value is None:
            return None
        hint = next(one for one in get_args(hint) if one is not NoneType)
    origin = get_origin(hint)
    if origin is tuple:
        return tuple(_read(get_args(hint)[0], held) for held in value)
    if origin is Mapping:
        of_key, of_value = get_args(hint)
        return {_read(of_key, key): _read(of_value, held) for key, held in value.items()}
    return _read_one(hint, value)


def _read_one(kind: Any, value: Any) -> Any:
    if kind is Period:
        return Period.parse(value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if is_dataclass(kind):
        hints = _hints(kind)  # pyright: ignore[reportArgumentType]  # a field's type, not a value
        return kind(**{name: _read(hints[name], held) for name, held in value.items()})  # pyright: ignore[reportCallIssue]  # the same
    return kind(value) if issubclass(kind, (Decimal, Enum)) else value
