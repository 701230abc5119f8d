"""What every turn must know of its office: rules, posts, people and who holds what, read by one statement.

The statement answers with text. The same text is taken for what it meant before, so that an office is understood once
and not with every message, in every process and whoever changed it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Row, String, Text, bindparam, select
from sqlalchemy import cast as as_type
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from domain.absence import Absence, Holding, Responsible
from domain.day_spans import DaySpan
from domain.extensions import Decision, Extension
from domain.locks import Keeper, Turn
from domain.office import Office as Organisation
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.plan import Capacity, Role
from domain.reporting_for import fillers
from domain.roles import OrgPost
from domain.working_calendar import WorkingCalendar
from domain.zones import local
from storage import schema, touches
from storage.people import JOINED, PersonCard, PostCard
from storage.rows import spelt
from storage.shelf import Shelf

_OFFICES = 256
"""Offices, and days of offices, that are remembered."""


class Almanac(Protocol):
    """What the edge knows of years: the same for every office of the country."""

    def free_days(self, years: Sequence[int]) -> frozenset[date]:
        """Public holidays and cuti bersama."""
        ...

    def named_days(self, years: Sequence[int]) -> Mapping[date, str]:
        """The same days with their names."""
        ...

    def ramadan(self, years: Sequence[int]) -> tuple[DaySpan, ...]:
        """The fasting months that begin in those years."""
        ...

    def knows_cuti_bersama(self, year: int) -> bool:
        """Whether the decree on cuti bersama of the year is known."""
        ...


@dataclass(frozen=True)
class OfficeCard:
    """The office that a desk stands in. `zone` is an IANA name."""

    id: int
    name: str
    kabupaten: str
    zone: str
    rules: OfficeRules

    @property
    def full_name(self) -> str:
        """As pictures and forms head it."""
        return f"Kecamatan {self.name}"


@dataclass(frozen=True, eq=False)
class Premises:
    """An office as its tables have it. `posts` are in its order, `people` everybody by id; `holdings`, `absences`,
    `extensions` and `turns` in the order of their entry."""

    office: OfficeCard
    posts: tuple[PostCard, ...]
    people: Mapping[int, PersonCard]
    days_off: frozenset[date]
    holdings: tuple[Holding, ...]
    absences: tuple[Absence, ...]
    extensions: tuple[Extension, ...]
    turns: tuple[Turn, ...]
    unreached: frozenset[int]
    """Whom a message reached nowhere."""

    def on(self, now: datetime, almanac: Almanac) -> "Day":
        """The office on the local day of an instant."""
        today = local(now, self.office.zone).date()
        return _DAYS.taken((self, almanac, today), lambda: Day(self, almanac, today))


@dataclass(frozen=True, eq=False)
class Day:
    """An office on one of its days: what follows of its premises then."""

    premises: Premises
    almanac: Almanac
    today: date

    @property
    def years(self) -> tuple[int, int, int]:
        """Last year, this one and the next."""
        return self.today.year - 1, self.today.year, self.today.year + 1

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Working days of those years, the office's own days off included."""
        rules, own = self.premises.office.rules, self.premises.days_off
        return rules.calendar(self.almanac.free_days(self.years) | own)

    @cached_property
    def organisation(self) -> Organisation:
        """The office as its dates depend on it: posts and who acts for them, leave, more time, locks."""
        here = self.premises
        posts = {
            post.id: OrgPost(post.id, post.title, post.role, post.superior_id, post.section, post.unit)
            for post in here.posts
        }
        admins = [post.id for post in here.posts if post.is_admin]
        return Organisation(
            zone=here.office.zone,
            rules=here.office.rules,
            calendar=self.calendar,
            posts=posts,
            holdings=here.holdings,
            absences=here.absences,
            extensions=here.extensions,
            turns=here.turns,
            ramadan_days=self.almanac.ramadan(self.years),
            unreachable=frozenset(person.id for person in here.people.values() if not person.joined),
            fillers=fillers(posts, admins, here.office.rules.reporting),
        )

    @cached_property
    def acting(self) -> Mapping[int, Responsible]:
        """Who acts for which post, a stand-in where the holder is away, by the id of the post."""
        found = ((post.id, self.organisation.responsible(post.id, self.today)) for post in self.premises.posts)
        return {post_id: one for post_id, one in found if one is not None}

    @cached_property
    def holders(self) -> Mapping[int, int]:
        """The same by post id and person id."""
        return {post_id: one.person_id for post_id, one in self.acting.items()}

    @cached_property
    def reporters(self) -> Mapping[int, int]:
        """Who fills in the figures of which post: post id to person id."""
        return {
            post.id: self.holders[reporting]
            for post in self.premises.posts
            if (reporting := self.organisation.reporting_post(post.id, self.today)) in self.holders
        }


_PREMISES: Shelf[Premises] = Shelf(_OFFICES)
_DAYS: Shelf[Day] = Shelf(_OFFICES)


class _Listed(FunctionElement[str]):
    """Rows of values as one text of JSON, in no order; None or an empty list where there are none."""

    inherit_cache = True
    type = String()


@compiles(_Listed, "sqlite")
def _listed_sqlite(element: _Listed, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **how)}))"


@compiles(_Listed, "postgresql")
def _listed_postgresql(element: _Listed, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(json_agg(json_build_array({compiler.process(element.clauses, **how)})) AS TEXT)"


def _statement() -> Any:
    office, post, person, tenure = schema.office, schema.post, schema.person, schema.tenure
    day_off, absence, extension, turn = schema.office_day, schema.absence, schema.extension, schema.period_turn
    outbox = schema.outbox
    this = bindparam("office")
    posts = select(
        _Listed(
            post.c.position, post.c.id, post.c.title, post.c.role, post.c.superior_id, post.c.section,
            post.c.is_admin, post.c.unit, as_type(post.c.former_titles, Text), post.c.ended,
        )
    ).where(post.c.office_id == this)  # fmt: skip
    people = select(_Listed(person.c.id, person.c.name, person.c.salutation, JOINED)).where(person.c.office_id == this)
    days_off = select(_Listed(day_off.c.day)).where(day_off.c.office_id == this)
    holdings = (
        select(
            _Listed(
                tenure.c.id, tenure.c.post_id, tenure.c.person_id, tenure.c.starts, tenure.c.ends, tenure.c.capacity
            )
        )
        .join(post, post.c.id == tenure.c.post_id)
        .where(post.c.office_id == this)
    )
    absences = select(
        _Listed(absence.c.id, absence.c.person_id, absence.c.starts, absence.c.ends, absence.c.stand_in_id)
    ).where(absence.c.office_id == this, ~absence.c.withdrawn)
    extensions = select(
        _Listed(
            extension.c.id, extension.c.post_id, extension.c.period, extension.c.reason, extension.c.asked_on,
            extension.c.decision, extension.c.decided_on, extension.c.until,
        )
    ).where(extension.c.office_id == this)  # fmt: skip
    turns = select(_Listed(turn.c.id, turn.c.period, turn.c.day, turn.c.locks, turn.c.keeper)).where(
        turn.c.office_id == this
    )
    unreached = select(_Listed(outbox.c.person_id)).where(
        outbox.c.office_id == this, outbox.c.person_id.is_not(None), outbox.c.state == spelt("to_call")
    )
    parts = (posts, people, days_off, holdings, absences, extensions, turns, unreached)
    return select(
        office.c.id, office.c.name, office.c.kabupaten, office.c.zone, as_type(office.c.rules, Text),
        *(part.scalar_subquery() for part in parts),
    ).where(office.c.id == this)  # fmt: skip


_STATEMENT = _statement()
"""Of every turn: writing it takes longer than its answer, so it is written once."""
_TABLES = frozenset(
    one.name
    for one in (
        schema.office,
        schema.post,
        schema.person,
        schema.account,
        schema.tenure,
        schema.office_day,
        schema.absence,
        schema.extension,
        schema.period_turn,
        schema.outbox,
    )
)
"""What it is read from."""


def premises_of(connection: Connection, office_id: int) -> Premises:
    """An office as it stands. Raises NoResultFound for one that is not there."""
    return touches.kept(connection, (_read, office_id), _TABLES, lambda: _as_it_stands(connection, office_id))


def _as_it_stands(connection: Connection, office_id: int) -> Premises:
    row = connection.execute(_STATEMENT, {"office": office_id}).one()
    return _PREMISES.taken(tuple(row), lambda: _read(row))


def _read(row: Row[Any]) -> Premises:
    office_id, name, kabupaten, zone, rules, *listed = cast("Sequence[Any]", row)
    posts, people, days_off, holdings, absences, extensions, turns, unreached = (_rows(one) for one in listed)
    return Premises(
        OfficeCard(office_id, name, kabupaten, zone, OfficeRules.from_json(json.loads(rules))),
        tuple(_post(*values) for values in posts),
        {person: PersonCard(person, name, salutation, bool(joined)) for person, name, salutation, joined in people},
        frozenset(date.fromisoformat(day) for (day,) in days_off),
        tuple(_holding(*values) for values in holdings),
        tuple(
            Absence(person, DaySpan(date.fromisoformat(starts), date.fromisoformat(ends)), stand_in)
            for _key, person, starts, ends, stand_in in absences
        ),
        tuple(_extension(*values) for values in extensions),
        tuple(
            Turn(Period.parse(period), date.fromisoformat(day), bool(locks), Keeper(keeper))
            for _key, period, day, locks, keeper in turns
        ),
        frozenset(person for (person,) in unreached),
    )


def _rows(listed: str | None) -> list[list[Any]]:
    """The rows of a text in the order of their first values: ids, places or days, each but once."""
    return sorted(cast("list[list[Any]]", json.loads(listed or "[]")), key=lambda row: row[0])


def _post(
    position: int,
    post_id: int,
    title: str,
    role: str,
    superior_id: int | None,
    section: str,
    is_admin: Any,
    unit: str,
    former_titles: str,
    ended: str | None,
) -> PostCard:
    before = tuple(json.loads(former_titles))
    last = _maybe_day(ended)
    return PostCard(
        post_id, title, Role(role), superior_id, section, bool(is_admin), position, unit, before, last
    )  # fmt: skip


def _holding(_key: int, post_id: int, person_id: int, starts: str, ends: str | None, capacity: str) -> Holding:
    return Holding(post_id, person_id, date.fromisoformat(starts), _maybe_day(ends), Capacity(capacity))


def _extension(
    _key: int,
    post_id: int,
    period: str,
    reason: str,
    asked_on: str,
    decision: str,
    decided_on: str | None,
    until: str | None,
) -> Extension:
    asked, decided = date.fromisoformat(asked_on), _maybe_day(decided_on)
    return Extension(post_id, Period.parse(period), reason, asked, Decision(decision), decided, _maybe_day(until))


def _maybe_day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
