"""Column types that hold figures and times exactly and alike on SQLite and PostgreSQL."""

import hashlib
import secrets
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Context, Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

MILLIONTH = Decimal("0.000001")
LARGEST = Decimal(2**63 - 1) * MILLIONTH
"""The greatest figure a column holds: 9.223.372.036.854,775807."""
_EXACT = Context(prec=60)
"""Wider than any computed figure (`domain.achievement.ARITHMETIC`), so that nothing is rounded on the way here."""

_NUMBERED = "wamid."
"""How WhatsApp's message ids begin."""
_HASH_SIGNS = 32

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit key; SQLite numbers rows by itself only for a column declared INTEGER."""


@lru_cache(maxsize=8192)
def floor_millionths(value: Decimal) -> Decimal:
    """Cut a computed figure to six decimals, towards zero, and to what a column holds; as a column gives it back.

    A percentage so cut and then rounded half-up to two decimals is the same as one rounded from all its digits, so a
    class border is never crossed by storing it. A sum or percentage beyond `LARGEST` is a typing error that somebody
    confirmed: it is kept as the greatest figure, so that the report behind it can still be corrected.
    """
    held = max(-LARGEST, min(value, LARGEST))
    return plain(held.quantize(MILLIONTH, ROUND_DOWN, _EXACT))


class Millionths(TypeDecorator[Decimal]):
    """A Decimal of up to six decimals as a 64-bit integer in millionths, so that both engines add exactly.

    Raises ValueError for a figure with more decimals, beyond `LARGEST`, or none at all (NaN).
    """

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return _millionths(value)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return _figure(value)

    # Not behind those two: a turn may write some hundred figures and read some thousand.
    @override
    def bind_processor(self, dialect: Dialect) -> Any:
        return _millionths

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _figure


@lru_cache(maxsize=8192)
def _millionths(value: Decimal | None) -> int | None:
    if value is None:
        return None
    if value.is_nan() or abs(value) > LARGEST:
        raise ValueError(f"{value} is beyond what a figure may be")
    if value != floor_millionths(value):
        raise ValueError(f"{value} has more than six decimals")
    return int(_EXACT.scaleb(value, 6))


@lru_cache(maxsize=8192)
def _figure(millionths: int | None) -> Decimal | None:
    # An office's figures are few and read often: a hundred thousand times for the pictures of sixty indicators.
    if millionths is None:
        return None
    return plain(_EXACT.scaleb(Decimal(millionths), -6))


def plain(value: Decimal) -> Decimal:
    """Without zeros at its end, neither behind the point nor by an exponent, and no negative zero."""
    return _EXACT.add(_EXACT.normalize(value), 0)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _in_utc(value)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    # A turn writes some ten times, and SQLAlchemy spells each of them for SQLite sign by sign.
    @override
    def bind_processor(self, dialect: Dialect) -> Any:
        return _as_sqlite_keeps_it if dialect.name == "sqlite" else super().bind_processor(dialect)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return value.astimezone(UTC)


def _as_sqlite_keeps_it(value: datetime | None) -> str | None:
    return None if value is None else _in_utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


class MessageId(TypeDecorator[str]):
    """The id of a message in a row that is kept for ever. WhatsApp's has the person's number in it, in base64, so only
    its hash is kept: it can still be compared, and nobody can be called by it."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or not value.startswith(_NUMBERED):
            return value
        return hashlib.sha256(value.encode()).hexdigest()[:_HASH_SIGNS]


def new_stamp() -> str:
    """One that never was before, so that it cannot come back with a transaction that is rolled back."""
    return secrets.token_hex(12)
