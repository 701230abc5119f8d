"""A file that was sent instead of typing: it is read outside the turn (a job), then reviewed like typed figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from domain.budget import BudgetLine, reporting_lines
from domain.number_sense import SMALL_MONEY
from domain.periods import Period
from handlers.messages import Document
from handlers.money.months import named_month, unlocked
from handlers.money.reading import is_above, plain_code
from handlers.money.sitting import Complaint, Draft, Entry, FileRow, last_physical, last_spent, own_lines
from handlers.texts import money as texts
from storage.desk import Desk

READ_SPENDING = "read_spending"
"""The job that reads a file."""
_ENDINGS = (".xlsx", ".xls", ".xlsm", ".ods")
_MIMES = ("spreadsheet", "excel")
_HUNDRED = Decimal(100)


class ReadSpending(BaseModel):
    """What a file says. `refused` is a sentence where it cannot be read as one, and then nothing else is set.

    `month` (1 to 12) and `year` are what its headings name; None where they name none or several. `caption` is what
    was written beside the file.
    """

    model_config = ConfigDict(frozen=True)
    refused: str = ""
    month: int | None = None
    year: int | None = None
    caption: str = ""
    rows: tuple[FileRow, ...] = ()
    complaints: tuple[Complaint, ...] = ()


def is_spreadsheet(said: Document) -> bool:
    """Whether a file may be one, by its name or kind; the reader has the last word."""
    return said.name.casefold().endswith(_ENDINGS) or any(word in said.mime.casefold() for word in _MIMES)


def begin_reading(desk: Desk, said: Document) -> None:
    """Have a file read; what it says comes back as a message of its own."""
    desk.begin_job(READ_SPENDING, {"ref": said.ref, "caption": said.caption})


def month_of(read: ReadSpending, desk: Desk) -> Period | None:
    """The month that caption or headings name; None where it must be asked. May be one that is not open."""
    words = read.caption.casefold().replace("keuangan", " ").strip()
    by_caption = named_month(words, desk.today) if words else None
    if by_caption is not None or read.month is None:
        return by_caption
    years = {line.year for line in own_lines(desk, by_file=True)}
    year = read.year if read.year is not None else max((one for one in years if one <= desk.today.year), default=None)
    return None if year is None else Period.month(year, read.month)


def draft_of(read: ReadSpending) -> Draft:
    """A sitting with what the file says, before its month is known."""
    return Draft(by_file=True, rows=read.rows, complaints=read.complaints)


def matched(draft: Draft, month: Period, desk: Desk) -> Draft:
    """The sitting of that month: every row becomes an entry of its line or a complaint."""
    lines = _Lines.of(month, desk)
    entries: dict[int, Entry] = {}
    complaints = list(draft.complaints)
    for row in draft.rows:
        line = lines.by_code.get(plain_code(row.code))
        if line is not None and line.id in lines.heading:  # a total of the lines below it, which are in the file too
            continue
        entry = Entry(spent=row.spent, physical=row.physical, message_id=desk.message_id)
        complaint = lines.complaint(row, line) or _twice(row, entries.get(line.id if line else 0), entry)
        if complaint is not None:
            complaints.append(complaint)
        elif line is not None:
            entries[line.id] = entry
    return draft.model_copy(
        update={"month": month.code, "entries": entries, "complaints": tuple(complaints), "rows": ()}
    )


def told(filled: Draft) -> str:
    """How many rows were read, and how many of them must be looked at."""
    return texts.file_read(len(filled.entries), len(filled.complaints))


@dataclass(frozen=True)
class _Lines:
    """The budget of a month's year as a file is held against it: what heads others, is the sender's, and is open."""

    month: Period
    by_code: Mapping[str, BudgetLine]
    heading: Collection[int]
    own: Collection[int]
    taking: Collection[int]

    @classmethod
    def of(cls, month: Period, desk: Desk) -> "_Lines":
        of_year = [line for line in desk.budget if line.year == month.year]
        own = own_lines(desk, by_file=True)
        taking = unlocked(own, month, desk.today, desk.organisation)
        return cls(
            month=month,
            by_code={plain_code(line.code): line for line in of_year},
            heading={line.id for line in of_year} - {line.id for line in reporting_lines(of_year)},
            own={line.id for line in own},
            taking={line.id for line in taking},
        )

    def complaint(self, row: FileRow, line: BudgetLine | None) -> Complaint | None:
        """Why a row is not taken."""
        if line is None:
            return Complaint(place=row.code_at, text=texts.unknown_code(row.code))
        if line.id not in self.own:
            return Complaint(place=row.code_at, text=texts.not_your_line(row.code))
        if line.id not in self.taking:
            return Complaint(place=row.code_at, text=texts.line_locked(row.code))
        if row.spent is None:
            return Complaint(place=row.spent_at or row.code_at, text=texts.NO_SPENT, code=row.code)
        found = _spent_doubt(line, self.month, row.spent), _physical_doubt(line, self.month, row.physical)
        for doubt, where in zip(found, (row.spent_at, row.physical_at), strict=True):
            if doubt:
                return Complaint(place=where, text=doubt, code=row.code)
        return None


def _twice(row: FileRow, earlier: Entry | None, entry: Entry) -> Complaint | None:
    if earlier is None or (earlier.spent, earlier.physical) == (entry.spent, entry.physical):
        return None
    return Complaint(place=row.code_at, text=texts.double_code(row.code))


def _spent_doubt(line: BudgetLine, month: Period, spent: Decimal) -> str:
    """What would be asked if the amount had been typed; empty for nothing."""
    last = last_spent(line, month)
    if line.ceiling is not None and is_above(line, spent):
        return texts.above_ceiling(spent, line.ceiling)
    if last is not None and spent < last:
        return texts.below_before(spent, last)
    if line.ceiling is not None and 0 < spent < line.ceiling / SMALL_MONEY:
        return texts.very_small(spent, line.ceiling)
    return ""


def _physical_doubt(line: BudgetLine, month: Period, physical: Decimal | None) -> str:
    last = last_physical(line, month)
    if physical is None:
        return ""
    if physical > _HUNDRED:
        return texts.physical_too_high(physical)
    return texts.physical_below_before(physical, last) if last is not None and physical < last else ""
