"""Where a person is mentioned in words that are kept, by name, number or address, and taking that out."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, Text, cast, func, or_, select, update

from storage import schema
from storage.personal_columns import FATES, SEALED, SWEPT, Fate

ERASED = "(dihapus)"
"""What stands where a name or number stood."""
_COUNTRY = "62"
_SHORTEST_ADDRESS = 8
"""Signs below which an address may be anything else: a figure, a page."""
_LAST = 3
"""Digits of a number that stand together, however it is written."""
_BLANKS = r"\s+"
_conversation = schema.conversation


@dataclass(frozen=True)
class Marks:
    """What somebody is known by: name, number (E.164), and their addresses on channels."""

    name: str
    phone: str
    addresses: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds every one of them, however it is written; None for somebody who is known by nothing."""
        names = [_BLANKS.join(map(re.escape, self.name.split()))] if self.name.strip() else []
        names += [re.escape(one) for one in sorted(self.addresses) if len(one) >= _SHORTEST_ADDRESS]
        found = [rf"(?<!\w){name}(?!\w)" for name in names] + [_number(digits) for digits in sorted(self._numbers)]
        return re.compile("|".join(found), re.IGNORECASE) if found else None

    @property
    def needles(self) -> tuple[str, ...]:
        """Of each of them something that stands in the text in one piece; empty where a database could not find it."""
        if not self.name.isascii():
            return ()
        words = sorted(self.name.lower().split(), key=len)[-1:]
        numbers = [digits[-_LAST:] for digits in sorted(self._numbers)]
        return (*words, *numbers, *(one.lower() for one in sorted(self.addresses) if len(one) >= _SHORTEST_ADDRESS))

    @property
    def _numbers(self) -> frozenset[str]:
        """The digits of every number, without the country's."""
        digits = {re.sub(r"\D", "", self.phone), *(one for one in self.addresses if one.startswith(_COUNTRY))}
        return frozenset(one.removeprefix(_COUNTRY) for one in digits if one.isdecimal())


def _number(digits: str) -> str:
    """`+62 812-0000-0004`, `0812 0000 0004`, `6281200000004`."""
    return rf"(?<!\d)(?:\+?{_COUNTRY}|0)?[ .-]?{'[ .-]?'.join(digits)}(?!\d)"


def take_out(connection: Connection, office_id: int, marks: Marks) -> int:
    """Put `ERASED` wherever the words of the office that may be changed mention somebody; return in how many rows."""
    pattern = marks.pattern
    if pattern is None:
        return 0
    return sum(
        _taken_out(connection, office_id, schema.METADATA.tables[name], SWEPT[name], marks, pattern) for name in SWEPT
    )


def _taken_out(
    connection: Connection,
    office_id: int,
    table: Table,
    columns: Sequence[str],
    marks: Marks,
    pattern: re.Pattern[str],
) -> int:
    changed = 0
    for row in _candidates(connection, office_id, table, columns, marks):
        new = {name: without(pattern, row[name]) for name in columns}
        if any(new[name] != row[name] for name in columns):
            connection.execute(update(table).where(table.c.id == row["id"]).values(new))
            changed += 1
    return changed


def count_sealed(connection: Connection, office_id: int, marks: Marks) -> int:
    """How many rows of the sealed archive mention somebody: the database lets nobody change them."""
    pattern = marks.pattern
    if pattern is None:
        return 0
    archived = {
        name: [column for column, fate in FATES[name].items() if fate is Fate.ARCHIVE] for name in sorted(SEALED)
    }
    return sum(
        any(without(pattern, row[column]) != row[column] for column in columns)
        for name, columns in archived.items()
        if columns
        for row in _candidates(connection, office_id, schema.METADATA.tables[name], columns, marks)
    )


def _candidates(
    connection: Connection, office_id: int, table: Table, columns: Sequence[str], marks: Marks
) -> Sequence[RowMapping]:
    """The rows of the office that may mention somebody: more than do."""
    wanted = select(table.c.id, *(table.c[name] for name in columns)).where(
        _of_office(table, office_id), _may_mention(table, columns, marks.needles)
    )
    return connection.execute(wanted.order_by(table.c.id)).mappings().all()


def _of_office(table: Table, office_id: int) -> ColumnElement[bool]:
    if "office_id" in table.c:
        return table.c.office_id == office_id
    of_office = select(_conversation.c.id).where(_conversation.c.office_id == office_id)
    return table.c.conversation_id.in_(of_office)


def _may_mention(table: Table, columns: Collection[str], needles: Collection[str]) -> ColumnElement[bool]:
    if not needles:
        return or_(*(table.c[name].is_not(None) for name in columns))
    texts = [func.lower(cast(table.c[name], Text)) for name in columns]
    return or_(*(text.contains(needle, autoescape=True) for text in texts for needle in needles))


def without(pattern: re.Pattern[str], said: Any) -> Any:
    """The same text, or the same JSON, with `ERASED` instead of what the pattern finds."""
    match said:
        case str():
            return pattern.sub(ERASED, said)
        case dict():
            return {key: without(pattern, value) for key, value in said.items()}
        case list():
            return [without(pattern, value) for value in said]
        case _:
            return said
