"""The rows of `achievement`: reading them, writing those that changed, and what they add to the roll-ups."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, bindparam, delete, select

from domain.ledger import Figure
from domain.periods import Period, PeriodKind, periods_of_year
from domain.standing import Standing
from domain.tallies import Cell, Entry, Tally, tally
from storage import rollups, schema
from storage.columns import floor_millionths
from storage.rows import put_all

_achievement = schema.achievement

Key: TypeAlias = tuple[int, str]
"""The id of an indicator and the code of a period."""


class KeptFigure(NamedTuple):
    """One row: the figure of an indicator and period, and how it counts; `post_id` is None where it does not."""

    indicator_id: int
    period: str
    office_id: int
    target: Decimal | None
    realisation: Decimal | None
    target_to_date: Decimal | None
    realisation_to_date: Decimal | None
    capaian: Decimal | None
    capaian_to_date: Decimal | None
    missing_before: int
    due: bool
    reported: bool
    unknown_before: bool
    sample: bool
    post_id: int | None = None
    judged_every: int = 0
    service: bool = False
    asked: bool = False
    sampled: bool = False
    progress: bool = False
    standing: str = ""
    standing_to_date: str = ""

    @property
    def figure(self) -> Figure:
        return Figure._make((Period.parse(self.period), *self[_AS_FIGURE]))

    @property
    def entry(self) -> Entry:
        """What of it counts. Raises ValueError where nothing does."""
        return Entry(
            figure=self.figure,
            every=self.judged_every,
            service=self.service,
            asked=self.asked,
            sampled=self.sampled,
            sampled_to_date=self.sample,
            progress=self.progress,
            standing=Standing(self.standing),
            standing_to_date=Standing(self.standing_to_date),
        )

    def counted(self, post_id: int, entry: Entry) -> "KeptFigure":
        """The same as it counts for a post."""
        return self._replace(
            post_id=post_id,
            judged_every=int(entry.every),
            service=entry.service,
            asked=entry.asked,
            sampled=entry.sampled,
            progress=entry.progress,
            standing=entry.standing.value,
            standing_to_date=entry.standing_to_date.value,
        )


Rows: TypeAlias = Mapping[Key, KeptFigure]
"""Rows by their keys."""
_AS_FIGURE = slice(KeptFigure._fields.index(Figure._fields[1]), KeptFigure._fields.index("sample"))
"""Where the fields of a figure stand, all but its period in their order."""
_KEY = ("indicator_id", "period")
_READ = select(*(_achievement.c[name] for name in KeptFigure._fields)).where(
    _achievement.c.indicator_id.in_(bindparam("ids", expanding=True))
)
_READ_SINCE = _READ.where(_achievement.c.period.in_(bindparam("codes", expanding=True)))
_GONE = delete(_achievement).where(
    _achievement.c.indicator_id == bindparam("indicator"), _achievement.c.period == bindparam("code")
)


def as_kept(figure: Figure) -> Figure:
    """A computed figure with as many decimals as are kept."""
    return figure._replace(
        target=_floored(figure.target),
        realisation=_floored(figure.realisation),
        target_to_date=_floored(figure.target_to_date),
        realisation_to_date=_floored(figure.realisation_to_date),
        capaian=_floored(figure.capaian),
        capaian_to_date=_floored(figure.capaian_to_date),
    )


def of_figure(office_id: int, indicator_id: int, figure: Figure, *, sample: bool) -> KeptFigure:
    """The row of a figure that counts nowhere, given as it is kept. `sample`: an invented value is among those s/d its
    end."""
    return KeptFigure(indicator_id, figure.period.code, office_id, *figure[1:], sample)


def _floored(value: Decimal | None) -> Decimal | None:
    return None if value is None else floor_millionths(value)


def read(connection: Connection, indicator_ids: Sequence[int], since: Period | None = None) -> dict[Key, KeptFigure]:
    """The rows of indicators; given a period of their year, of those periods that end in its first month or later."""
    if since is None:
        rows = connection.execute(_READ, {"ids": indicator_ids}).all()
    else:
        rows = connection.execute(_READ_SINCE, {"ids": indicator_ids, "codes": _codes_since(since)}).all()
    return {(row[0], row[1]): row for row in map(KeptFigure._make, rows)}


def _codes_since(since: Period) -> list[str]:
    every = (period for kind in PeriodKind for period in periods_of_year(since.year, kind))
    return [period.code for period in every if period.last_month >= since.first_month]


def replace(connection: Connection, office_id: int, before: Rows, after: Rows) -> None:
    """Write the rows of an office that differ, and what they add to its roll-ups; another rhythm or mode has other
    periods."""
    old = {key: row for key, row in before.items() if after.get(key) != row}
    new = {key: row for key, row in after.items() if before.get(key) != row}
    gone = [{"indicator": indicator_id, "code": period} for indicator_id, period in sorted(old.keys() - new.keys())]
    if gone:
        connection.execute(_GONE, gone)
    put_all(connection, _achievement, _KEY, [row._asdict() for _key, row in sorted(new.items())])
    rollups.change(connection, office_id, tallies(old.values()), tallies(new.values()))


def tallies(rows: Iterable[KeptFigure]) -> dict[Cell, Tally]:
    """What rows add to the roll-ups."""
    return rollups.totals(
        (Cell(row.post_id, Period.parse(row.period), row.judged_every), tally(row.entry))
        for row in rows
        if row.post_id is not None
    )
