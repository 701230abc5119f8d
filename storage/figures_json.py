"""Figures as a snapshot keeps them: the fields of frozen dataclasses as JSON, in which decimals are strings."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

FiguresT = TypeVar("FiguresT")


def to_json(figures: Any) -> dict[str, Any]:
    """The fields of a dataclass and of those within it; decimals keep their last digit."""
    return _plain(asdict(figures))


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return str(value)
        case Enum():
            return value.value
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def from_json(kind: type[FiguresT], plain: Mapping[str, Any]) -> FiguresT:
    """Read what `to_json` wrote of a dataclass; a field that is newer than the snapshot has its default.

    Raises TypeError where a field without a default is missing.
    """
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], value) for name, value in plain.items() if name in hints})


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields, evaluated."""
    every = get_type_hints(kind)
    return {one.name: every[one.name] for one in fields(kind)}


def _read(hint: Any, value: Any) -> Any:
    """One value as its field's type: `X | None`, `tuple[X, ...]`, a dataclass, a decimal, an enum, or plain."""
    if value is None:
        return None
    if isinstance(hint, UnionType):
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], one) for one in value)
    if is_dataclass(hint):
        return from_json(hint, value)  # pyright: ignore[reportArgumentType]  # a field's type, not a value
    return hint(value) if issubclass(hint, (Decimal, Enum)) else value
