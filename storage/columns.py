"""Column types that hold figures and times exactly and alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import ROUND_FLOOR, Decimal

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

MILLIONTH = Decimal("0.000001")
LARGEST = Decimal(2**63 - 1) * MILLIONTH
"""The greatest figure a column holds: 9.223.372.036.854,775807."""

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit key; SQLite numbers rows by itself only for a column declared INTEGER."""


def floor_millionths(value: Decimal) -> Decimal:
    """Cut a computed figure to six decimals, downwards.

    A percentage cut downwards and then rounded half-up to two decimals is the same as one rounded from all its
    digits, so a class border is never crossed by storing it.
    """
    return value.quantize(MILLIONTH, rounding=ROUND_FLOOR)


class Millionths(TypeDecorator[Decimal]):
    """A Decimal of up to six decimals as a 64-bit integer in millionths, so that both engines add exactly.

    Raises ValueError for a figure with more decimals or beyond `LARGEST`.
    """

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if abs(value) > LARGEST:
            raise ValueError(f"{value} is beyond what a figure may be")
        scaled = value.scaleb(6)
        whole = int(scaled)
        if scaled != whole:
            raise ValueError(f"{value} has more than six decimals")
        return whole

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-6).normalize() + 0


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
