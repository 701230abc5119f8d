"""An office with its posts, people and action plan, as an office workbook states it.

The reader of a workbook makes an `OfficePlan`; the loader applies it, all or nothing. Nothing here is guessed: what a
plan leaves open is an `OpenQuestion`, and what somebody decided about it is a `GivenAnswer`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.evidence import Demand
from domain.modes import Confidence, Mode, Polarity, Rhythm, YearRule
from domain.periods import Period
from domain.renstra import RenstraFigures


class Role(StrEnum):
    """What a post may do and see (domain.md 7). Titles are data; roles are these."""

    CAMAT = "camat"
    SEKRETARIS = "sekretaris"
    KASUBBAG = "kasubbag"
    KASI = "kasi"
    PELAKSANA = "pelaksana"


class Capacity(StrEnum):
    """In which capacity a person holds a post (domain.md 7)."""

    DEFINITIF = "definitif"
    PLT = "Plt"
    PLH = "Plh"


class Level(StrEnum):
    """The rung of the plan on which an indicator stands."""

    TUJUAN = "tujuan"
    SASARAN = "sasaran"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
    AKSI = "aksi"
    INDIVIDU = "individu"


SERVICES = "layanan"
"""The rung of a path that holds the heading under which a service stands, e.g. "Pelayanan KTP"."""


class About(StrEnum):
    """What an open question of a plan is about. The value of its answer is written as told here."""

    MODE = "mode"
    """How values accumulate. Answer: a `Mode`, e.g. `SUM`. Blocks reports until answered."""
    OWNER = "owner"
    """Which post reports it. Answer: the title of a post. Blocks reports until answered."""
    NAME = "name"
    """What the indicator is called. Answer: its text. Blocks reports until answered."""
    DIRECTION = "direction"
    """Whether more is better. Answer: a `Polarity`. Blocks reports until answered."""
    TARGETS = "targets"
    """Which targets belong into doubtful or lost periods. Answer: `2022-07=233; 2022-08=-` (`-` is no target).
    Blocks nothing: the periods it names simply have no target until answered."""
    UNIT = "unit"
    """In what it is counted. Answer: the unit, `-` for none. Blocks nothing."""
    ANNUAL = "annual"
    """What the target of the year is. Answer: a number such as `2800`, `-` for none. Blocks nothing."""
    REPEATED = "repeated"
    """Whether it is what another row of the plan prints, too. Answer: a `Repeat`. Blocks reports until answered."""


class Repeat(StrEnum):
    """What a row is that looks like one that the plan prints before."""

    SAME = "same"
    """The same indicator, printed again: it is reported once, under the first row."""
    OWN = "own"
    """An indicator of its own."""


BLOCKING = frozenset({About.MODE, About.OWNER, About.NAME, About.DIRECTION, About.REPEATED})


@dataclass(frozen=True)
class PostRow:
    """A post of the office. `superior` is the title of the post above, None for the camat."""

    title: str
    role: Role
    superior: str | None
    section: str = ""
    """The section's name in summaries, e.g. "Seksi Pemerintahan"; only for posts directly below the camat."""
    is_admin: bool = False
    place: str = ""
    unit: str = ""
    """The kelurahan that it belongs to, empty for the kecamatan itself."""
    former_titles: tuple[str, ...] = ()
    """What it was called before: a file of that time still says so."""
    ended: date | None = None
    """Its last day, where the office has it no longer."""


@dataclass(frozen=True)
class PersonRow:
    """A person in a post. Invented in every sample; `phone` is E.164 or empty."""

    name: str
    post: str
    salutation: str = ""
    """"Bu" or "Pak", only where the office entered one."""
    phone: str = ""
    capacity: Capacity = Capacity.DEFINITIF
    since: date | None = None
    place: str = ""
    until: date | None = None
    """The last day in the post, where it is known."""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of the plan.

    `code` is unique in the plan and stable between versions. `targets` holds only printed numbers: a dash, a blank
    and a lost cell are absent (a 0 is kept). `mode` and `post` are None while they are open. `rhythm` is how often it
    is reported; with `targets` empty and an `annual_target` it is judged s/d against that alone.
    """

    code: str
    name: str | None
    unit: str | None
    level: Level
    path: Mapping[str, str]
    post: str | None
    rhythm: Rhythm
    targets: Mapping[Period, Decimal]
    annual_target: Decimal | None = None
    mode: Mode | None = None
    confidence: Confidence = Confidence.ASK
    year_rule: YearRule = YearRule.LAST
    polarity: Polarity = Polarity.POSITIVE
    ratio: bool = False
    """Whether staff report numerator and denominator ("15 dari 20 desa")."""
    low: Decimal | None = None
    """The least value that makes sense; None for no limit."""
    high: Decimal | None = None
    """The greatest value that makes sense, e.g. 100 for a percentage; None for no limit."""
    budget: Decimal | None = None
    """Whole rupiah."""
    note: str = ""
    """The KET column."""
    context: bool = False
    """Printed for orientation, without targets: shown, never asked."""
    service: bool = False
    """Counted every month without a target, as the services of PATEN are (domain.md 4.7): no capaian."""
    place: str = ""
    """Where it stands, e.g. `Indikator!12`."""
    demand: Demand | None = None
    """The evidence that a figure wants; None leaves what the office set in the chat."""


@dataclass(frozen=True)
class OpenQuestion:
    """Something the plan leaves open. (`indicator`, `about`) is unique."""

    indicator: str
    about: About
    text: str
    proposal: str = ""
    """An answer in the form of `About`, empty where nothing can be proposed."""
    options: tuple[str, ...] = ()
    """The answers to choose from, in the form of `About`; empty for free text."""
    place: str = ""


@dataclass(frozen=True)
class GivenAnswer:
    """What somebody decided about an open question. `sample` marks an invented decision ("contoh")."""

    indicator: str
    about: About
    value: str
    by: str
    on: date
    reason: str = ""
    sample: bool = False
    place: str = ""


@dataclass(frozen=True)
class PastReport:
    """A realisation that a workbook brings along. `sample` marks an invented one ("contoh")."""

    indicator: str
    period: Period
    value: Decimal
    reported_at: datetime
    note: str = ""
    sample: bool = False
    place: str = ""


@dataclass(frozen=True)
class OpeningRow:
    """What was realised of an indicator before the office began: s/d the end of `until`, or with `alone` in that period
    itself; `source` says from what it was taken ("laporan TW I")."""

    indicator: str
    until: Period
    value: Decimal
    source: str = ""
    alone: bool = False
    place: str = ""


@dataclass(frozen=True)
class DayOffRow:
    """A day off of the office's own (Galungan, a decree), and what it is called."""

    day: date
    note: str = ""


@dataclass(frozen=True)
class RenstraRow:
    """What the office knows of an indicator beyond the year."""

    code: str
    figures: RenstraFigures
    place: str = ""


@dataclass(frozen=True)
class BudgetRow:
    """One line of the budget: its code (unique in the plan, `5.1` below `5`), level and pagu in rupiah.

    `pagu` is None on a line that only heads others; `revised` is the pagu perubahan. `post` is the title of the post
    that reports what is spent of it, None on a line above others.
    """

    code: str
    name: str
    level: Level
    pagu: Decimal | None
    revised: Decimal | None = None
    post: str | None = None
    place: str = ""


@dataclass(frozen=True)
class PastSpending:
    """What was spent of a budget line s/d the end of the month `period`, as a workbook brings it along.

    `spent` in rupiah, `physical` in percent, both since the year began. `sample` marks an invented one ("contoh").
    """

    code: str
    period: Period
    spent: Decimal
    reported_at: datetime
    physical: Decimal | None = None
    sample: bool = False
    place: str = ""


@dataclass(frozen=True)
class SignerRow:
    """Who signs the official forms, as `role`, e.g. "Disusun oleh"; what is empty is left blank to be written."""

    role: str
    title: str
    name: str = ""
    rank: str = ""
    number: str = ""
    """NIP."""


@dataclass(frozen=True)
class OfficePlan:
    """Everything one office workbook says."""

    office: str
    kabupaten: str
    year: int
    zone: str
    """IANA name: Asia/Jakarta, Asia/Makassar or Asia/Jayapura."""
    posts: tuple[PostRow, ...]
    people: tuple[PersonRow, ...]
    indicators: tuple[IndicatorRow, ...]
    questions: tuple[OpenQuestion, ...] = ()
    answers: tuple[GivenAnswer, ...] = ()
    reports: tuple[PastReport, ...] = ()
    document: str = ""
    """Number and date of the plan's document."""
    reason: str = ""
    """Why this version replaces an earlier one."""
    workdays: int = 5
    """5 or 6 working days a week."""
    own_days: tuple[DayOffRow, ...] = ()
    renstra: tuple[RenstraRow, ...] = ()
    budget: tuple[BudgetRow, ...] = ()
    spending: tuple[PastSpending, ...] = ()
    signers: tuple[SignerRow, ...] = ()
    begins: Period | None = None
    """The month from which the office reports with the program; None leaves what was set in the chat."""
    openings: tuple[OpeningRow, ...] = ()
    only_plan: bool = False
    """It comes of a file that says nothing of the office itself: posts that are known, days off, signers, services,
    Renstra and budget stay as they are."""
    printed: str = ""
    """What tells the content of its file from another's, where that depends on nothing that the office has; empty for
    an office workbook, which is told by all that it says."""


@dataclass(frozen=True)
class Complaint:
    """Something in a workbook that cannot be taken. `place` is sheet and cell, e.g. `Indikator!F12`."""

    place: str
    text: str
