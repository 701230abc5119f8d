"""One sitting of the conversation about money: what was filled in for a month, held against the budget now."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.achievement import AchievementRule, Formula, achievement, rounded_whole
from domain.budget import BudgetLine, reporting_lines
from domain.modes import Mode
from domain.numbers import NumberContext
from domain.periods import Period
from handlers.money.months import open_months, position_before, unlocked
from storage.desk import Desk

_HUNDRED = Decimal(100)
FILE = "file"
"""The subject of a sitting that began with a file."""


class Step(StrEnum):
    """SPENT: how many rupiah? PHYSICAL: how many percent are built? DOUBT: which reading? REVIEW: send? REASON: why is
    something changed? MONTH: of which month is the file?"""

    SPENT = "spent"
    PHYSICAL = "physical"
    DOUBT = "doubt"
    REVIEW = "review"
    REASON = "reason"
    MONTH = "month"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Entry(_Frozen):
    """What was filled in for one line; `spent` None is "belum". `doubt` are those that the person confirmed, with
    commas between; those about the realisasi fisik begin with `physical_`."""

    spent: Decimal | None
    physical: Decimal | None = None
    doubt: str = ""
    message_id: str = ""

    def doubted(self, doubt: str) -> "Entry":
        """The same, with one more doubt that was confirmed."""
        known = [one for one in (self.doubt, doubt) if one]
        return self.model_copy(update={"doubt": ",".join(dict.fromkeys(known))})


class Pending(_Frozen):
    """A figure that is being asked about; `beside` is what was typed for the realisasi fisik in the same message."""

    figure: Literal["spent", "physical"]
    doubt: str
    typed: str
    candidates: tuple[Decimal, ...]
    beside: str = ""
    message_id: str = ""


class Complaint(_Frozen):
    """A row of a file that was not taken: where, why, and the code of its line, empty where it has none."""

    place: str
    text: str
    code: str = ""


class FileRow(_Frozen):
    """One row of a file with a code and at least one figure. The places are such as `Maret!D12`."""

    code: str
    spent: Decimal | None
    physical: Decimal | None
    code_at: str
    spent_at: str = ""
    physical_at: str = ""


class Draft(_Frozen):
    """What is kept of a sitting. `month` is the code of a period, empty while it is being asked; `at` is the line that
    is asked; `entries` what was filled in by line; `revisiting` says that the review page is where to go back to.
    `whole` says that the review page shows every line and not only those to send, which are few among many.
    `rows` and `complaints` are what a file brought; `by_file` that all lines may be sent which the sender may send.
    """

    month: str = ""
    at: int = 0
    entries: dict[int, Entry] = {}
    pending: Pending | None = None
    revisiting: bool = False
    page: int = 1
    whole: bool = False
    by_file: bool = False
    rows: tuple[FileRow, ...] = ()
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """A draft beside the lines that take its figures, never none of them."""

    draft: Draft
    month: Period
    lines: tuple[BudgetLine, ...]

    @property
    def line(self) -> BudgetLine:
        """The line that is asked."""
        return self.lines[self.at]

    @property
    def at(self) -> int:
        """The place of the asked line; the first one where it has gone."""
        return next((at for at, line in enumerate(self.lines) if line.id == self.draft.at), 0)

    def entry(self, line: BudgetLine) -> Entry | None:
        return self.draft.entries.get(line.id)

    def is_filled(self, line: BudgetLine) -> bool:
        """Whether the line has a figure of the month, sent or filled in."""
        return line.id in self.draft.entries or self.month in line.positions

    def with_draft(self, **changes: object) -> "Sitting":
        return Sitting(self.draft.model_copy(update=changes), self.month, self.lines)

    def with_entry(self, line: BudgetLine, entry: Entry) -> "Sitting":
        return self.with_draft(entries={**self.draft.entries, line.id: entry})

    def unsent(self) -> list[tuple[BudgetLine, Entry, Decimal]]:
        """The entries that bring figures which are not recorded yet, each with what was spent."""
        found = ((line, self.entry(line)) for line in self.lines if self.is_unsent(line))
        return [(line, entry, entry.spent) for line, entry in found if entry is not None and entry.spent is not None]

    def is_unsent(self, line: BudgetLine) -> bool:
        """Whether an entry brings figures that are not recorded yet."""
        entry = self.entry(line)
        return entry is not None and entry.spent is not None and not self._is_recorded(line, entry)

    def _is_recorded(self, line: BudgetLine, entry: Entry) -> bool:
        held = line.positions.get(self.month)
        return held is not None and not held.sample and (held.spent, held.physical) == (entry.spent, entry.physical)

    def overwritten(self) -> frozenset[int]:
        """The lines of which figures that somebody sent are to be changed; invented ones ("contoh") count not."""
        return frozenset(
            line.id
            for line, _entry, _spent in self.unsent()
            if (held := line.positions.get(self.month)) is not None and not held.sample
        )


def sitting_of(draft: Draft, desk: Desk) -> Sitting | None:
    """The sitting as it stands now; None while its month is not known, and when nothing of it is left."""
    if not draft.month:
        return None
    month = Period.parse(draft.month)
    lines = unlocked(own_lines(desk, by_file=draft.by_file), month, desk.today, desk.organisation)
    return Sitting(draft, month, lines) if lines else None


def own_lines(desk: Desk, *, by_file: bool = False) -> tuple[BudgetLine, ...]:
    """The lines that the person reports; by a file the admin reports every line that is reported at all."""
    return reporting_lines(desk.budget) if by_file and desk.is_admin else desk.own_budget


def months_of(desk: Desk, *, by_file: bool = False) -> tuple[Period, ...]:
    """The months that the person can report, oldest first."""
    return open_months(own_lines(desk, by_file=by_file), desk.today, desk.organisation)


def last_spent(line: BudgetLine, month: Period) -> Decimal | None:
    """What was spent s/d the newest month before."""
    before = position_before(line, month)
    return None if before is None else line.positions[before].spent


def last_physical(line: BudgetLine, month: Period) -> Decimal | None:
    """The newest realisasi fisik of an earlier month."""
    known = [held.physical for of, held in sorted(line.positions.items()) if of.year == month.year and of < month]
    return next((value for value in reversed(known) if value is not None), None)


def absorbed(line: BudgetLine, spent: Decimal) -> Decimal | None:
    """What is spent in percent of the ceiling (F8); None where there is no ceiling."""
    return achievement(line.ceiling, spent, AchievementRule(Formula.ABSORPTION))


def followed(line: BudgetLine, spent: Decimal) -> Decimal | None:
    """The realisasi fisik that goes with the money, in whole percents; None where there is none up to 100."""
    part = absorbed(line, spent)
    whole = None if part is None else rounded_whole(part)
    return whole if whole is not None and whole <= _HUNDRED else None


def spent_context(line: BudgetLine, month: Period) -> NumberContext:
    """What is known of a line when its rupiah are typed."""
    return NumberContext(
        unit="Rp", mode=Mode.CUM, target=line.ceiling, previous=last_spent(line, month), name=line.name
    )


def physical_context(line: BudgetLine, month: Period) -> NumberContext:
    """What is known of a line when its percents are typed."""
    return NumberContext(
        unit="%",
        mode=Mode.CUM,
        target=_HUNDRED,
        previous=last_physical(line, month),
        low=Decimal(0),
        high=_HUNDRED,
        name=line.name,
    )
