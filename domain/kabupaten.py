"""The offices of a kabupaten side by side (domain.md 1, rule 3): how many posts reported, and what was reached.

Only offices of which nothing is missing are ranked by capaian; all others are "sementara" and stand behind them. No
figure of a single indicator is in it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.periods import Period
from domain.summary import OfficeSummary


@dataclass(frozen=True)
class OfficeStanding:
    """How far one office has come. `mean` is that of `OfficeSummary`, in percent, s/d the end of `closed_period`.

    `posts_reported` of `posts_due` posts have reported all of `period`, codes as in `Period.code`; both are empty for
    an office of which nothing is to be told, as before its plan begins.
    """

    office_id: int
    office: str
    period: str = ""
    posts_due: int = 0
    posts_reported: int = 0
    missing_posts: tuple[str, ...] = ()
    closed_period: str = ""
    mean: Decimal | None = None
    complete: bool = False
    provisional: bool = True
    sample: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to tell of it."""
        return not self.posts_due

    @property
    def share(self) -> Decimal:
        """Of the posts that have something to report, how many did: from 0 to 1."""
        return Decimal(self.posts_reported) / self.posts_due if self.posts_due else Decimal(0)

    @property
    def closed_on(self) -> date | None:
        """The last day s/d which its capaian is; None without one."""
        return Period.parse(self.closed_period).end if self.closed_period else None


@dataclass(frozen=True)
class Ranking:
    """`ranked` by capaian, which is s/d the same day in all of them; `others` by the share of posts that reported.

    Offices that stand equal share a place.
    """

    ranked: tuple[tuple[int, OfficeStanding], ...]
    others: tuple[OfficeStanding, ...]
    silent: tuple[OfficeStanding, ...]


_WORD = re.compile(r"(?:kabupaten|kab\.?)\s+")


def is_same(one: str, other: str) -> bool:
    """Whether two names mean the same kabupaten: `Kab. Wanasari` and `Wanasari` do, `Kota Wanasari` is another."""
    return _plain(one) == _plain(other) != ""


def _plain(name: str) -> str:
    return _WORD.sub("", " ".join(name.casefold().split()), count=1)


def standing_of(office_id: int, name: str, summary: OfficeSummary | None) -> OfficeStanding:
    """What a kabupaten sees of an office's summary."""
    if summary is None:
        return OfficeStanding(office_id, name)
    return OfficeStanding(
        office_id,
        name,
        summary.period,
        summary.posts_due,
        summary.posts_reported,
        summary.missing_posts,
        summary.closed_period,
        summary.mean,
        summary.coverage.complete and summary.posts_reported == summary.posts_due,
        summary.provisional,
        summary.sample,
    )


def ranking(standings: Iterable[OfficeStanding]) -> Ranking:
    """The offices in their order; of equals by name."""
    found = sorted(standings, key=lambda one: one.office)
    whole = [one for one in found if one.complete and one.mean is not None and one.closed_on is not None]
    newest = max((one.closed_on for one in whole if one.closed_on is not None), default=None)
    comparable = sorted((one for one in whole if one.closed_on == newest), key=lambda one: -(one.mean or Decimal(0)))
    rest = [one for one in found if one not in comparable and not one.is_silent]
    return Ranking(
        _placed(comparable),
        tuple(sorted(rest, key=lambda one: -one.share)),
        tuple(one for one in found if one.is_silent),
    )


def _placed(ordered: Sequence[OfficeStanding]) -> tuple[tuple[int, OfficeStanding], ...]:
    means = [one.mean for one in ordered]
    return tuple((means.index(one.mean) + 1, one) for one in ordered)
