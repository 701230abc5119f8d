"""What was chosen by hand for the sample offices: one readable table per plan, `<kecamatan>-<tahun>.toml`.

Nothing of it is printed in a plan: posts and invented people, the post of every programme, proposals for what the scan
lost, the decisions of an invented Kasubbag Perencanaan, and invented realisations.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from domain.modes import YearRule
from domain.plan import About, Role


@dataclass(frozen=True)
class PostChoice:
    """A post and the invented person in it. `phone` is the end of +62 812-0000-xxxx."""

    title: str
    role: Role
    person: str
    salutation: str
    phone: str
    superior: str | None = None
    section: str = ""
    admin: bool = False


@dataclass(frozen=True)
class OwnerChoice:
    """The post that reports these rows, and why, in a sentence for `samples/README.md`."""

    post: str
    rows: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Decision:
    """What the invented admin answers for these rows. Without a `value` the proposal of the question is taken."""

    rows: tuple[str, ...]
    about: About
    reason: str
    value: str | None = None


@dataclass(frozen=True)
class ReportChoice:
    """One invented realisation. `period` is the number of the month or quarter, `on` the day it was sent."""

    row: str
    period: int
    value: str
    on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class ServiceChoices:
    """Which rows of the table of services are services, who counts them, and why.

    `names` are those of rows whose own name is not in the text. `months` are counted as a year before, each sent on the
    day given.
    """

    post: str
    rows: tuple[str, ...]
    why: str
    names: dict[str, str] = field(default_factory=dict[str, str])
    months: dict[int, date] = field(default_factory=dict[int, date])


@dataclass(frozen=True)
class BudgetChoices:
    """Who reports the budget, and why, in a sentence for `samples/README.md`.

    `spent` are invented positions of a row, s/d January, s/d February ...: rupiah and realisasi fisik in percent
    (`"98412500 8"`), empty for a month that was not reported; each was sent on the day that `months` gives.
    """

    post: str
    why: str
    months: dict[int, date]
    spent: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choices:
    """Everything chosen for one plan. Rows are numbers of the truth file (`016`) or ranges (`004-008`).

    `open` lists questions nobody has answered, as `009 mode`. `as_planned` names periods in which every indicator
    that is open for reporting met its target, but for `reports` and `missing` (`020-02` = row and period), each sent
    on the day given.
    """

    letter: str
    zone: str
    document: str
    answered_on: date
    posts: tuple[PostChoice, ...]
    kabupaten: str = ""
    owners: tuple[OwnerChoice, ...] = ()
    owner_options: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    names: dict[str, str] = field(default_factory=dict[str, str])
    modes: dict[str, str] = field(default_factory=dict[str, str])
    targets: dict[str, str] = field(default_factory=dict[str, str])
    year_rules: dict[str, YearRule] = field(default_factory=dict[str, YearRule])
    ratio: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    open: tuple[str, ...] = ()
    as_planned: dict[int, date] = field(default_factory=dict[int, date])
    missing: tuple[str, ...] = ()
    reports: tuple[ReportChoice, ...] = ()
    services: ServiceChoices | None = None
    budget: BudgetChoices | None = None

    @property
    def admin(self) -> PostChoice:
        return next(post for post in self.posts if post.admin)

    def owner_of(self, row: str) -> str | None:
        """The post chosen for a row, None where none was."""
        return next((owner.post for owner in self.owners if row in expand(owner.rows)), None)

    def decision_on(self, row: str, about: About) -> Decision | None:
        found = (choice for choice in self.decisions if choice.about is about and row in expand(choice.rows))
        return next(found, None)

    def code(self, row: str) -> str:
        """The code of a row in the workbook: `B-016`."""
        return f"{self.letter}-{row}"


def expand(rows: Iterable[str]) -> tuple[str, ...]:
    """`("004-006", "012")` as `("004", "005", "006", "012")`."""
    numbers: list[str] = []
    for span in rows:
        first, _, last = span.partition("-")
        numbers += (f"{value:03}" for value in range(int(first), int(last or first) + 1))
    return tuple(numbers)


def load_choices(plan: str) -> Choices:
    """The choices for a plan such as `kubutambahan-2022`. Raises pydantic's ValidationError for a slip in its table."""
    table = tomllib.loads(Path(__file__).with_name(f"{plan}.toml").read_text(encoding="utf-8"))
    return TypeAdapter(Choices).validate_python(table)
