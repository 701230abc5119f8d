"""The figures of indicators: computed by the domain, kept in `achievement`, read by everything that shows a number."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias, cast

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, select, tuple_, update

from domain.achievement import default_rule
from domain.beginning import FIRST_MONTH, first_month
from domain.evidence import Demand, Demanded
from domain.ledger import Figure, Measure, year_ledger
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.office import Owed
from domain.openings import Duty
from domain.periods import Period
from domain.plan import SERVICES
from domain.summarise import FURTHEST_BEHIND
from domain.summary import Behind
from domain.tallies import Cell, entries
from storage import kept_figures, reported, rollups, schema, touches
from storage.columns import new_stamp
from storage.kept_figures import KeptFigure, Key, as_kept, of_figure
from storage.reported import Reports
from storage.shelf import Shelf

_achievement = schema.achievement
_evidence = schema.evidence
_indicator = schema.indicator
_office = schema.office
_plan = schema.plan
_review = schema.review
_target = schema.target

Stamped: TypeAlias = tuple[tuple[int, str], ...]
"""Indicators with their stamps (`storage.tables.Indicator.stamp`)."""
_Of: TypeAlias = tuple[Stamped, frozenset[int]]
"""The indicators of posts with their stamps, and those of them for which there is evidence."""
_INDICATORS = 6144
"""Of how many it is remembered what is known of them: some 7 kB each."""
_HUNDRED = Decimal(100)
_RUNGS = (SERVICES, "aksi", "sub_kegiatan", "kegiatan", "program", "sasaran", "tujuan")
"""The rungs of a plan from the lowest up."""
_TAKEN_FROM = frozenset({_indicator.name, _plan.name})
"""The tables of which a change is seen by whoever takes an indicator again."""
_FIGURES = Figure._fields[1:]
"""The columns that keep a figure, in the order of its fields; its period is first."""

# Read with every message: a statement over an alias is slow to write, so these are written once.
_newer = _plan.alias("newer")
_IS_NEWEST = ~(
    exists()
    .where(_newer.c.office_id == _plan.c.office_id, _newer.c.year == _plan.c.year, _newer.c.version > _plan.c.version)
    .correlate(_plan)
)
_twin = _indicator.alias("twin")
CURRENT_PLANS = select(_plan.c.id).where(_plan.c.office_id == bindparam("office"), _IS_NEWEST)
"""The newest plan version of every year of the `office`."""
_PLAN_YEARS = select(_plan.c.year).distinct().where(_plan.c.office_id == bindparam("office")).order_by(_plan.c.year)
_YEAR_OF = select(_indicator.c.year).where(
    _indicator.c.id == bindparam("indicator"), _indicator.c.office_id == bindparam("office")
)
_THESE = bindparam("ids", expanding=True)
_TWINS_WITH_RETURNS = (
    reported.OF_TWINS.with_only_columns(_indicator.c.id)
    .where(_review.c.office_id == bindparam("office"), _indicator.c.accepted, _indicator.c.plan_id.in_(CURRENT_PLANS))
    .distinct()
    .order_by(None)
)
_TARGETS = select(_target.c.indicator_id, _target.c.period, _target.c.value).where(_target.c.indicator_id.in_(_THESE))
_STORED_FIGURES = select(
    _achievement.c.indicator_id, _achievement.c.period, *(_achievement.c[name] for name in _FIGURES)
).where(_achievement.c.indicator_id.in_(_THESE))
_COUNTED_FOR = select(_achievement.c.indicator_id, _achievement.c.period, _achievement.c.post_id).where(
    _achievement.c.indicator_id.in_(_THESE), _achievement.c.post_id.is_not(None)
)
_MISSING_BUT = (
    select(_achievement.c.post_id, _achievement.c.period)
    .distinct()
    .where(
        _achievement.c.office_id == bindparam("office"),
        _achievement.c.post_id.is_not(None),
        _achievement.c.due,
        ~_achievement.c.reported,
        tuple_(_achievement.c.indicator_id, _achievement.c.period).not_in(bindparam("but", expanding=True)),
    )
)
_ACCEPTED = select(_indicator).where(
    _indicator.c.office_id == bindparam("office"),
    _indicator.c.accepted,
    _indicator.c.plan_id.in_(CURRENT_PLANS),
)
"""The indicators of the current plans that take reports."""
_IN_ORDER = _ACCEPTED.where(_indicator.c.year >= bindparam("since")).order_by(_indicator.c.year, _indicator.c.position)
_IN_ORDER_OF_POSTS = _IN_ORDER.where(_indicator.c.post_id.in_(bindparam("posts", expanding=True)))
_HAS_PIECES = (
    exists()
    .where(
        _evidence.c.removed_at.is_(None),
        _evidence.c.indicator_id == _twin.c.id,
        _twin.c.office_id == _indicator.c.office_id,
        _twin.c.year == _indicator.c.year,
        _twin.c.code == _indicator.c.code,
    )
    .correlate(_indicator)
)
_STAMPED = _IN_ORDER.with_only_columns(_indicator.c.id, _indicator.c.stamp, _HAS_PIECES)
_STAMPED_OF_POSTS = _STAMPED.where(_indicator.c.post_id.in_(bindparam("posts", expanding=True)))
_STAMPED_OF_POST = _STAMPED.where(_indicator.c.post_id == bindparam("post"))
"""Of most people there is but one, and a list of unknown length has to be written anew each time."""
_STAMPED_AHEAD = (
    select(
        _indicator.c.office_id,
        _indicator.c.post_id,
        _indicator.c.year,
        _indicator.c.id,
        _indicator.c.stamp,
        _HAS_PIECES,
    )
    .where(
        _indicator.c.accepted,
        _indicator.c.year >= bindparam("since"),
        _indicator.c.post_id.in_(bindparam("posts", expanding=True)),
        _indicator.c.plan_id.in_(
            select(_plan.c.id).where(_plan.c.office_id.in_(bindparam("offices", expanding=True)), _IS_NEWEST)
        ),
    )
    .order_by(_indicator.c.year, _indicator.c.position)
)
_AHEAD_FROM = frozenset({_indicator.name, _plan.name, _evidence.name})
_STAMPS = select(_indicator.c.id, _indicator.c.stamp).where(_indicator.c.id.in_(_THESE))
_RESTAMPED = update(_indicator).where(_indicator.c.id.in_(_THESE))
_RULES = select(_office.c.rules).where(_office.c.id == bindparam("office"))
_ALL_OF_OFFICE = select(_indicator, _indicator.c.plan_id.in_(CURRENT_PLANS).label("is_current")).where(
    _indicator.c.office_id == bindparam("office")
)
_LOCKED = _ALL_OF_OFFICE.where(_indicator.c.id.in_(_THESE)).order_by(_indicator.c.id).with_for_update(key_share=True)
_BEHIND = (
    select(
        _indicator,
        _achievement.c.post_id.label("counted_for"),
        *(_achievement.c[name] for name in ("target_to_date", "realisation_to_date", "capaian_to_date")),
    )
    .join(_indicator, _indicator.c.id == _achievement.c.indicator_id)
    .where(
        _achievement.c.office_id == bindparam("office"),
        tuple_(_achievement.c.period, _achievement.c.judged_every).in_(bindparam("asked", expanding=True)),
        _achievement.c.post_id.is_not(None),
        _achievement.c.missing_before == 0,
        ~and_(_achievement.c.due, ~_achievement.c.reported),
        _achievement.c.capaian_to_date < _HUNDRED,
    )
    .order_by(_achievement.c.capaian_to_date, _indicator.c.position)
    .limit(FURTHEST_BEHIND)
)
_ALIKE = _ACCEPTED.where(_indicator.c.name.in_(bindparam("names", expanding=True)))
_NEWEST_TWINS = (
    select(_indicator.c.id)
    .join(_twin, (_twin.c.year == _indicator.c.year) & (_twin.c.code == _indicator.c.code))
    .where(
        _twin.c.id.in_(_THESE),
        _twin.c.office_id == bindparam("office"),
        _indicator.c.office_id == bindparam("office"),
        _indicator.c.plan_id.in_(CURRENT_PLANS),
    )
)


class Known(NamedTuple):
    """What is known of an indicator: its row but for the stamp, how it is measured, what was reported of it and the
    figures that follow."""

    row: Row[Any]
    measure: Measure
    reports: Reports
    figures: Mapping[Period, Figure]


_KNOWN: Shelf[Known] = Shelf(_INDICATORS)
"""By the id of the indicator and its stamp."""


def current_plans(office_id: int) -> Select[tuple[int]]:
    """The newest plan version of every year of an office."""
    return select(_plan.c.id).where(_plan.c.office_id == office_id, _IS_NEWEST)


def plan_years(connection: Connection, office_id: int) -> tuple[int, ...]:
    """The years of an office's plans, oldest first."""
    return tuple(connection.execute(_PLAN_YEARS, {"office": office_id}).scalars())


def year_of(connection: Connection, office_id: int, indicator_id: int) -> int | None:
    """The year of an indicator's plan; None for another office's."""
    return connection.execute(_YEAR_OF, {"office": office_id, "indicator": indicator_id}).scalar_one_or_none()


def current_twin(connection: Connection, office_id: int, indicator_id: int) -> int | None:
    """The same indicator in the current version of its plan; None where that no longer has it."""
    old = _indicator.alias("old")
    return connection.execute(
        select(_indicator.c.id)
        .join(old, (old.c.year == _indicator.c.year) & (old.c.code == _indicator.c.code))
        .where(
            old.c.id == indicator_id,
            old.c.office_id == office_id,
            _indicator.c.office_id == office_id,
            _indicator.c.plan_id.in_(current_plans(office_id)),
        )
    ).scalar_one_or_none()


def reported_periods(connection: Connection, indicator_ids: Sequence[int]) -> defaultdict[int, set[Period]]:
    """The periods for which each indicator has a report, under whichever version of its plan and be it returned."""
    reports = reported.read(connection, indicator_ids)
    return defaultdict(set, {indicator_id: set(values) for indicator_id, values in reports.items()})


def _targets(connection: Connection, indicator_ids: Sequence[int]) -> defaultdict[int, dict[Period, Decimal]]:
    rows = connection.execute(_TARGETS, {"ids": indicator_ids}).all()
    targets: defaultdict[int, dict[Period, Decimal]] = defaultdict(dict)
    for indicator_id, period, value in rows:
        targets[indicator_id][Period.parse(period)] = value
    return targets


def _measure(row: Row[Any], targets: Mapping[Period, Decimal], reports: Reports, begins: Period | None) -> Measure:
    return Measure(
        year=row.year,
        mode=Mode(row.mode),
        year_rule=YearRule(row.year_rule),
        rhythm=Rhythm(row.rhythm),
        rule=default_rule(Polarity(row.polarity)),
        targets=targets,
        annual_target=row.annual_target,
        counted=row.service,
        since=first_month(begins, row.year),
        opening=reported.opening(reported.holding(reports)),
    )


def recompute(connection: Connection, office_id: int, indicator_ids: Sequence[int]) -> None:
    """Compute the figures of indicators again after a report, review, target or setting has changed, and what they add
    to the roll-ups.

    The indicators are locked first: of two processes that report different periods of one, the second computes from
    both values. Of an indicator whose plan has a newer version by now, that of the newest is computed, too.
    """
    rows = {row.id: row for row in lock(connection, office_id, indicator_ids)}
    if not all(row.is_current for row in rows.values()):
        newest = _newest_of(connection, office_id, list(rows))
        rows |= {row.id: row for row in lock(connection, office_id, newest)}
    before = kept_figures.read(connection, list(rows))
    kept_figures.replace(connection, office_id, before, _computed(connection, office_id, list(rows.values())))
    _restamp(connection, list(rows))


def recompute_since(
    connection: Connection, office_id: int, indicators: Sequence[tuple[Row[Any], Known]], since: Period
) -> None:
    """The same where nothing but reports of `since` and later periods of its year has changed: of current indicators
    that are locked, each with its reports as they are now and what else was known of it before."""
    ids = [row.id for row, _known in indicators]
    before = kept_figures.read(connection, ids, since)
    computed = [_computed_of(row, known.measure, known.reports, since.first_month) for row, known in indicators]
    after = {(kept.indicator_id, kept.period): kept for _figures, rows in computed for kept in rows}
    kept_figures.replace(connection, office_id, before, after)
    stamp = _restamp(connection, ids)
    for (row, known), (figures, _rows) in zip(indicators, computed, strict=True):
        _KNOWN.put((row.id, stamp), known._replace(figures={**known.figures, **figures}))


def _restamp(connection: Connection, indicator_ids: Collection[int]) -> str:
    """Give indicators another stamp, after the last change of their reports, reviews, targets and figures and in its
    transaction, and return it; a change of their rows does so by itself."""
    stamp, ahead = new_stamp(), touches.known(connection, read_ahead, _AHEAD_FROM)
    connection.execute(_RESTAMPED, {"ids": list(indicator_ids), "stamp": stamp})
    if ahead is not None:  # nothing else of it has changed
        changed = frozenset(indicator_ids)
        touches.keep(connection, read_ahead, {of: _restamped(found, changed, stamp) for of, found in ahead.items()})
    return stamp


def _restamped(found: _Of, changed: frozenset[int], stamp: str) -> _Of:
    stamped, with_pieces = found
    if changed.isdisjoint(indicator_id for indicator_id, _stamp in stamped):
        return found
    return tuple((one, stamp if one in changed else before) for one, before in stamped), with_pieces


def known_of(connection: Connection, office_id: int, rows: Sequence[Row[Any]]) -> dict[int, Known]:
    """What is known of locked indicators, by their ids: what was read before under the same stamps, else read now."""
    found = _remembered(_with_stamps(rows))
    return found | _read_known(connection, office_id, [row for row in rows if row.id not in found])


def _with_stamps(rows: Sequence[Row[Any]]) -> Stamped:
    return tuple((row.id, row.stamp) for row in rows)


def _remembered(stamped: Stamped) -> dict[int, Known]:
    found = ((one[0], _KNOWN.take(one)) for one in stamped)
    return {indicator_id: known for indicator_id, known in found if known is not None}


def _read_known(connection: Connection, office_id: int, rows: Sequence[Row[Any]]) -> dict[int, Known]:
    if not rows:
        return {}
    ids = [row.id for row in rows]
    reports, targets, figures = reported.read(connection, ids), _targets(connection, ids), _figures(connection, ids)
    begins = _begins(connection, office_id)
    return {
        row.id: Known(row, _measure(row, targets[row.id], reports[row.id], begins), reports[row.id], figures[row.id])
        for row in rows
    }


def _newest_of(connection: Connection, office_id: int, indicator_ids: Sequence[int]) -> Sequence[int]:
    """The same indicators in the newest versions of their plans."""
    return connection.execute(_NEWEST_TWINS, {"office": office_id, "ids": indicator_ids}).scalars().all()


def _computed(connection: Connection, office_id: int, rows: Sequence[Row[Any]]) -> dict[Key, KeptFigure]:
    """The rows of figures as they should be."""
    counted = [row for row in rows if row.mode is not None]
    ids = [row.id for row in counted]
    reports, targets = reported.read(connection, ids), _targets(connection, ids)
    begins = _begins(connection, office_id)
    measures = {row.id: _measure(row, targets[row.id], reports[row.id], begins) for row in counted}
    return {
        (kept.indicator_id, kept.period): kept
        for row in counted
        for kept in _computed_of(row, measures[row.id], reports[row.id])[1]
    }


def lock(connection: Connection, office_id: int, indicator_ids: Collection[int]) -> Sequence[Row[Any]]:
    """Take indicators of the office for this transaction, in ascending order so that nobody waits in a circle. Whoever
    takes them again has what was read when they were taken."""
    ids = sorted(set(indicator_ids))
    asked = {"office": office_id, "ids": ids}
    key = (lock, office_id, *ids)
    return touches.kept(connection, key, _TAKEN_FROM, lambda: connection.execute(_LOCKED, asked).all())


def recompute_all(connection: Connection, office_id: int) -> None:
    """Compute the figures of every indicator of the office again, after the month in which it began was changed, and
    sum them up from nothing."""
    every = select(_indicator.c.id).where(_indicator.c.office_id == office_id).order_by(_indicator.c.id)
    ids = connection.execute(every).scalars().all()
    recompute(connection, office_id, ids)
    rollups.replace(connection, office_id, kept_figures.tallies(kept_figures.read(connection, ids).values()))


@dataclass(frozen=True)
class Recount:
    """Where what is kept of an office differs from what its reports give: figures, by the id of the indicator and the
    code of the period, and roll-ups."""

    figures: frozenset[tuple[int, str]]
    cells: frozenset[Cell]

    @property
    def is_right(self) -> bool:
        return not self.figures and not self.cells


def recount(connection: Connection, office_id: int) -> Recount:
    """Compute every figure of an office's present plans and every roll-up again from the reports, changing nothing, and
    compare."""
    rows = [row for row in connection.execute(_ALL_OF_OFFICE, {"office": office_id}) if row.is_current]
    kept = kept_figures.read(connection, [row.id for row in rows])
    computed = _computed(connection, office_id, rows)
    counted, summed = kept_figures.tallies(computed.values()), rollups.of_office(connection, office_id)
    return Recount(
        frozenset(key for key in kept.keys() | computed.keys() if kept.get(key) != computed.get(key)),
        frozenset(cell for cell in counted.keys() | summed.keys() if counted.get(cell) != summed.get(cell)),
    )


def _begins(connection: Connection, office_id: int) -> Period | None:
    code = connection.execute(_RULES, {"office": office_id}).scalar_one().get("begins")
    return None if code is None else Period.parse(code)


def _computed_of(
    row: Row[Any], measure: Measure, reports: Reports, first: int = FIRST_MONTH
) -> tuple[dict[Period, Figure], Iterable[KeptFigure]]:
    """The figures of an indicator from a month of its year on, and their rows."""
    holding = reported.holding(reports)
    ledger = year_ledger(measure, {period: one.value for period, one in holding.items()}, first)
    figures = {period: as_kept(figure) for period, figure in ledger.items()}
    ends = [period.end for period, one in holding.items() if one.sample]
    kept = {
        period: of_figure(row.office_id, row.id, figure, sample=any(end <= period.end for end in ends))
        for period, figure in figures.items()
    }
    if row.accepted and row.is_current:
        for entry in entries(_duty(Known(row, measure, reports, figures), row.name)):
            kept[entry.figure.period] = kept[entry.figure.period].counted(row.post_id, entry)
    return figures, kept.values()


def furthest_behind(
    connection: Connection, office_id: int, cells: Sequence[Cell], names: Mapping[int, str]
) -> tuple[Behind, ...]:
    """Of the complete figures s/d in some cells those furthest below their target, the furthest first, as
    `domain.summarise` names them. `names` are those of the sections, by post."""
    asked = {(cell.period.code, cell.every) for cell in cells}
    if not asked:
        return ()
    rows = connection.execute(_BEHIND, {"office": office_id, "asked": sorted(asked)}).all()
    alike = connection.execute(_ALIKE, {"office": office_id, "names": [row.name for row in rows]}).all() if rows else ()
    called = _distinct_names(alike)
    return tuple(
        Behind(
            called[row.id],
            row.unit or "",
            row.target_to_date or Decimal(0),
            row.realisation_to_date or Decimal(0),
            row.capaian_to_date,
            names[row.counted_for],
        )
        for row in rows
    )


def duties(
    connection: Connection, office_id: int, post_ids: Sequence[int] | None = None, since: int = 0
) -> tuple[Duty, ...]:
    """The accepted indicators of the current plans, those of all years or from one on, of some posts or of the whole
    office, in the plan's order."""
    asked = {"office": office_id, "since": since}
    if post_ids is None:
        rows = connection.execute(_IN_ORDER, asked).all()
    else:
        rows = connection.execute(_IN_ORDER_OF_POSTS, {**asked, "posts": post_ids}).all()
    known = _read_known(connection, office_id, rows)
    return _duties([known[row.id] for row in rows])


def _duties(every: Sequence[Known]) -> tuple[Duty, ...]:
    names = _distinct_names([known.row for known in every])
    return tuple(_duty(known, names[known.row.id]) for known in every)


def stamped_duties(
    connection: Connection, office_id: int, post_ids: Sequence[int], since: int, stamped: Stamped
) -> tuple[tuple[Duty, ...], Stamped]:
    """The same of some posts and of the plans from a year on, whose indicators are `stamped` in this order: of them as
    much is read as is not known yet. With them the stamps under which they hold.

    On PostgreSQL another process may change something between two statements; its indicators have no stamp here.
    """
    known = _remembered(stamped)
    if len(known) == len(stamped):
        return _duties(list(known.values())), stamped
    rows = connection.execute(_IN_ORDER_OF_POSTS, {"office": office_id, "posts": post_ids, "since": since}).all()
    known = _remembered(_with_stamps(rows))
    missing = [row for row in rows if row.id not in known]
    if missing:
        known |= _read_known(connection, office_id, missing)
        _remember(connection, missing, known)
    holding = tuple(one for one in _with_stamps(rows) if _KNOWN.take(one) is not None)
    return _duties([known[row.id] for row in rows]), holding


def _remember(connection: Connection, rows: Sequence[Row[Any]], known: Mapping[int, Known]) -> None:
    """Keep what was read of indicators after them, where it is sure that nothing has changed meanwhile."""
    found = connection.execute(_STAMPS, {"ids": [row.id for row in rows]})
    stamps: dict[int, str] = {indicator_id: stamp for indicator_id, stamp in found}  # noqa: C416 it is no mapping
    for row in rows:
        if row.stamp and stamps.get(row.id) == row.stamp:
            _KNOWN.put((row.id, row.stamp), known[row.id])


def stamped(connection: Connection, office_id: int, post_ids: Sequence[int], since: int) -> _Of:
    """The indicators of some posts, in the plans from a year on, with their stamps, and those of them for which there
    is evidence."""
    asked = {"office": office_id, "since": since}
    if len(post_ids) != 1:
        return _as_stamped(connection.execute(_STAMPED_OF_POSTS, {**asked, "posts": post_ids}).all())
    ahead = touches.known(connection, read_ahead, _AHEAD_FROM) or {}
    found = ahead.get((office_id, post_ids[0], since))
    if found is None:
        found = _as_stamped(connection.execute(_STAMPED_OF_POST, {**asked, "post": post_ids[0]}).all())
    return found


def read_ahead(connection: Connection, posts: Collection[tuple[int, int, int]]) -> None:
    """Read in one statement what `stamped` will be asked of each of some posts, named between their offices and the
    year: on New Year's night the years of offices differ."""
    offices, post_ids, years = zip(*posts, strict=True)
    rows: dict[tuple[int, int], list[Any]] = {(office_id, post_id): [] for office_id, post_id, _since in posts}
    asked = {"offices": [*{*offices}], "posts": post_ids, "since": min(years)}
    for office_id, post_id, *row in connection.execute(_STAMPED_AHEAD, asked).all():
        if (office_id, post_id) in rows:
            rows[office_id, post_id].append(row)
    found = {of: _as_stamped(row for year, *row in rows[of[:2]] if year >= of[2]) for of in posts}
    touches.keep(connection, read_ahead, found)


def _as_stamped(rows: Iterable[Any]) -> _Of:
    stamped: list[tuple[int, str]] = []
    with_pieces: set[int] = set()
    for indicator_id, stamp, has_pieces in rows:
        stamped.append((indicator_id, stamp))
        if has_pieces:
            with_pieces.add(indicator_id)
    return tuple(stamped), frozenset(with_pieces)


def unreported(connection: Connection, office_id: int, before: datetime | None = None) -> frozenset[Owed]:
    """What the posts of an office owe by the current plans of all years, begun or not.

    Given an instant, what was returned since `before` is left out.
    """
    returned = _returns(connection, office_id)
    since = [one for one, at in returned.items() if before is not None and at >= before]
    found = _missing_but(connection, office_id, since) if since else rollups.unreported(connection, office_id)
    found |= _counted_for(connection, returned.keys() - since)
    return frozenset(Owed(post_id, Period.parse(code)) for post_id, code in found)


def _missing_but(connection: Connection, office_id: int, left_out: Collection[Key]) -> set[Key]:
    """The posts of an office and the periods of which something due is not reported, but for some figures."""
    rows = connection.execute(_MISSING_BUT, {"office": office_id, "but": left_out})
    return {(post_id, code) for post_id, code in rows}


def _counted_for(connection: Connection, figures: Collection[Key]) -> set[Key]:
    """The posts and periods for which some figures count; those of no length that is reported do not."""
    if not figures:
        return set()
    rows = connection.execute(_COUNTED_FOR, {"ids": sorted({indicator_id for indicator_id, _code in figures})})
    return {(post_id, code) for indicator_id, code, post_id in rows if (indicator_id, code) in figures}


def _returns(connection: Connection, office_id: int) -> dict[Key, datetime]:
    """The figures of the current plans whose report waits to be mended, and when it was returned."""
    touched = connection.execute(_TWINS_WITH_RETURNS, {"office": office_id}).scalars().all()
    reports = reported.read(connection, touched) if touched else {}
    return {
        (indicator_id, period.code): one.returned.at
        for indicator_id, of_one in reports.items()
        for period, one in of_one.items()
        if one.returned is not None
    }


def _distinct_names(rows: Sequence[Row[Any]]) -> dict[int, str]:
    """The name of each indicator; of several with the same one, with the rung of the plan above it ("SK (Kegiatan X)").

    Sidayu prints "SK yang di terbitkan" for six different activities.
    """
    counts = Counter((row.year, row.name) for row in rows)
    return {row.id: row.name if counts[row.year, row.name] == 1 else f"{row.name} ({_rung(row)})" for row in rows}


def _rung(row: Row[Any]) -> str:
    """What the indicator stands under, the lowest printed rung above its own; its code where none is."""
    path = {**row.path, row.level: ""}
    return next((path[rung] for rung in _RUNGS if path.get(rung)), row.code)


def _figures(connection: Connection, indicator_ids: Sequence[int]) -> defaultdict[int, dict[Period, Figure]]:
    rows = connection.execute(_STORED_FIGURES, {"ids": indicator_ids}).all()
    figures: defaultdict[int, dict[Period, Figure]] = defaultdict(dict)
    for indicator_id, code, *numbers in cast("Iterable[Sequence[Any]]", rows):
        period = Period.parse(code)
        figures[indicator_id][period] = Figure(period, *numbers)
    return figures


def _duty(known: Known, name: str) -> Duty:
    row, reports = known.row, known.reports
    holding = reported.holding(reports)
    return Duty(
        id=row.id,
        code=row.code,
        name=name,
        unit=row.unit,
        post_id=row.post_id,
        measure=known.measure,
        values={period: one.value for period, one in holding.items()},
        figures=known.figures,
        low=row.low,
        high=row.high,
        ratio=row.ratio,
        mode_confirmed=row.mode_confirmed,
        samples=frozenset(period for period, one in holding.items() if one.sample),
        late=frozenset(period for period, one in holding.items() if one.late),
        returned={period: one.returned for period, one in reports.items() if one.returned is not None},
        reporters={period: one.reporter_id for period, one in holding.items()},
        revised=frozenset(period for period, one in holding.items() if one.revised),
        standings={period: one.standing for period, one in holding.items()},
        demand=Demand(Demanded(row.evidence_kind), row.evidence_minimum),
        service=row.service,
        group=row.path.get(SERVICES, ""),
        bases={period: one.basis for period, one in holding.items() if one.basis},
    )
