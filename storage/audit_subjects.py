"""What entries of the record are about, in words: the record itself names rows by their ids alone."""

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from domain.periods import Period
from storage import schema

_SUBJECT = re.compile(r"(person|post|indicator|budget line|evidence) (\d+)(?: (\d{4}(?:-(?:\d\d|TW\d))?))?(?: \D.*)?")
_evidence, _indicator = schema.evidence, schema.indicator
_NAMES = {
    "person": (schema.person, "name"),
    "post": (schema.post, "title"),
    "indicator": (_indicator, "name"),
    "budget line": (schema.budget_line, "name"),
}


def called(connection: Connection, office_id: int, subjects: Iterable[str]) -> Mapping[str, tuple[str, Period | None]]:
    """What the subjects of entries are called now, with the period where they name one; those of which nothing more is
    known than they say are left out."""
    parsed = {subject: match for subject in set(subjects) if (match := _SUBJECT.fullmatch(subject))}
    names = {
        kind: _names(connection, office_id, kind) for kind in {match[1] for match in parsed.values()} & set(_NAMES)
    }
    pieces = _pieces(connection, office_id) if any(match[1] == "evidence" for match in parsed.values()) else {}
    found: dict[str, tuple[str, Period | None]] = {}
    for subject, match in parsed.items():
        kind, key, rest = match[1], int(match[2]), match[3]
        if kind == "evidence" and key in pieces:
            found[subject] = pieces[key]
        elif key in names.get(kind, {}):
            found[subject] = names[kind][key], Period.parse(rest) if rest else None
    return found


def _names(connection: Connection, office_id: int, kind: str) -> dict[int, str]:
    of, column = _NAMES[kind]
    rows = connection.execute(select(of.c.id, of.c[column]).where(of.c.office_id == office_id))
    return {key: name or "" for key, name in rows}


def _pieces(connection: Connection, office_id: int) -> dict[int, tuple[str, Period | None]]:
    """The figure that each piece of evidence supports."""
    rows = connection.execute(
        select(_evidence.c.id, _indicator.c.name, _evidence.c.period)
        .join(_indicator, _indicator.c.id == _evidence.c.indicator_id)
        .where(_evidence.c.office_id == office_id)
    )
    return {key: (name or "", Period.parse(period)) for key, name, period in rows}
