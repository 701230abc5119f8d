"""A small invented office for tests: five people, six posts, seven indicators of every mode and rhythm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from domain.day_spans import DaySpan
from domain.modes import Confidence, Mode, Rhythm
from domain.office_rules import OfficeRules
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import (
    SERVICES,
    About,
    BudgetRow,
    IndicatorRow,
    Level,
    OfficePlan,
    OpenQuestion,
    PersonRow,
    PostRow,
    Role,
)
from domain.working_calendar import WorkingCalendar
from storage import people
from storage.desk import Desk
from storage.plans import Loaded
from storage.tables import Indicator, Question, table
from tests.loaded import load

YEAR = 2022
NOW = datetime(2022, 3, 29, 2, 30, tzinfo=UTC)
"""Tuesday 29 March 2022, 10.30 WITA."""

CAMAT = "Camat"
SEKRETARIS = "Sekretaris Kecamatan"
KASUBBAG = "Kasubbag Perencanaan"
KASI = "Kasi Pemerintahan"
PELAKSANA = "Pengelola Gaji"
VACANT = "Kasi Pembangunan"

BUKU = "buku-wajib"
PERDES = "peraturan-desa"
PBB = "pbb"
GAJI = "asn-gaji"
IKM = "ikm"
PERIZINAN = "kelengkapan-perizinan"
ARSIP = "arsip-surat"


def monthly(*numbers: int | str | None) -> dict[Period, Decimal]:
    """Targets of January, February ...; None for no target."""
    return _targets(PeriodKind.MONTH, numbers)


def quarterly(*numbers: int | str | None) -> dict[Period, Decimal]:
    """Targets of TW I, TW II ...; None for no target."""
    return _targets(PeriodKind.QUARTER, numbers)


def _targets(kind: PeriodKind, numbers: tuple[int | str | None, ...]) -> dict[Period, Decimal]:
    periods = periods_of_year(YEAR, kind)
    return {period: Decimal(number) for period, number in zip(periods, numbers, strict=False) if number is not None}


POSTS = (
    PostRow(CAMAT, Role.CAMAT, None),
    PostRow(SEKRETARIS, Role.SEKRETARIS, CAMAT, section="Sekretariat"),
    PostRow(KASUBBAG, Role.KASUBBAG, SEKRETARIS, is_admin=True),
    PostRow(KASI, Role.KASI, CAMAT, section="Seksi Pemerintahan"),
    PostRow(VACANT, Role.KASI, CAMAT, section="Seksi Pembangunan"),
    PostRow(PELAKSANA, Role.PELAKSANA, KASUBBAG),
)
PEOPLE = (
    PersonRow("Ratna Dewanti", CAMAT, "Bu", "+6281200000001"),
    PersonRow("Agus Prasetya", SEKRETARIS, "Pak", "+6281200000002"),
    PersonRow("Dewi Lestari", KASUBBAG, "Bu", "+6281200000003"),
    PersonRow("Sari Andini", KASI, "Bu", "+6281200000004"),
    PersonRow("Joko Santosa", PELAKSANA, "Pak", "+6281200000005"),
)


def indicator(
    code: str,
    name: str,
    unit: str,
    post: str,
    rhythm: Rhythm,
    targets: dict[Period, Decimal],
    mode: Mode | None,
    annual: int | None,
    confidence: Confidence = Confidence.HIGH,
) -> IndicatorRow:
    """One row of the plan."""
    return IndicatorRow(
        code,
        name,
        unit,
        Level.SUB_KEGIATAN,
        {"program": "Penyelenggaraan Pemerintahan"},
        post,
        rhythm,
        targets,
        annual_target=None if annual is None else Decimal(annual),
        mode=mode,
        confidence=confidence,
        place=f"Indikator!{code}",
    )


def service(code: str, name: str, post: str = KASI, group: str = "") -> IndicatorRow:
    """One service of the plan: counted every month, without a target."""
    return IndicatorRow(
        code,
        name,
        "layanan",
        Level.AKSI,
        {SERVICES: group} if group else {},
        post,
        Rhythm.MONTHLY,
        {},
        mode=Mode.SUM,
        confidence=Confidence.HIGH,
        low=Decimal(0),
        service=True,
        place=f"Layanan!{code}",
    )


INDICATORS = (
    indicator(BUKU, "Desa yang memiliki buku wajib administrasi", "desa", KASI, Rhythm.MONTHLY,
              monthly(*[1] * 11, 2), Mode.SUM, 13),
    indicator(PERDES, "Peraturan desa yang diterbitkan", "desa", KASI, Rhythm.MONTHLY,
              monthly(None, 1, 1, None, None, 1, None, None, 1), Mode.SUM, 4),
    indicator(PBB, "Realisasi PBB", "%", KASI, Rhythm.QUARTERLY,
              quarterly(25, 50, 75, 100), Mode.CUM, 100),
    indicator(GAJI, "ASN yang menerima gaji", "orang", PELAKSANA, Rhythm.MONTHLY,
              monthly(*[10] * 12), Mode.LEVEL, None, Confidence.MEDIUM),
    indicator(IKM, "Indeks Kepuasan Masyarakat", "nilai", KASUBBAG, Rhythm.QUARTERLY,
              quarterly(None, None, None, 84), Mode.SINGLE, 84),
    indicator(PERIZINAN, "Kelengkapan perizinan", "dokumen", KASI, Rhythm.MONTHLY,
              monthly(*[5] * 12), None, 5, Confidence.ASK),
    indicator(ARSIP, "Arsip surat", "dokumen", PELAKSANA, Rhythm.MONTHLY,
              monthly(*[233] * 6, None, None, None, None, 233, 237), Mode.SUM, 2800),
)  # fmt: skip
QUESTIONS = (
    OpenQuestion(PERIZINAN, About.MODE, "Lima dokumen yang sama tiap bulan, atau lima baru?", options=("SUM", "LEVEL")),
    OpenQuestion(ARSIP, About.TARGETS, "Target Juli sampai Oktober tidak terbaca.",
                 proposal="2022-07=233; 2022-08=233; 2022-09=233; 2022-10=233"),
)  # fmt: skip
PLAN = OfficePlan(
    office="Sukamaju",
    kabupaten="Wanasari",
    year=YEAR,
    zone="Asia/Makassar",
    posts=POSTS,
    people=PEOPLE,
    indicators=INDICATORS,
    questions=QUESTIONS,
    document="Nomor 1 Tahun 2022",
)

BUDGET = (
    BudgetRow("5", "Penunjang Urusan Pemerintahan", Level.PROGRAM, Decimal(100_000_000)),
    BudgetRow("5.1", "Administrasi Keuangan", Level.KEGIATAN, None),
    BudgetRow("5.1.01", "Penyediaan Gaji", Level.SUB_KEGIATAN, Decimal(60_000_000), post=PELAKSANA),
    BudgetRow("5.1.02", "Rapat Koordinasi", Level.SUB_KEGIATAN, Decimal(30_000_000), Decimal(36_000_000), PELAKSANA),
    BudgetRow("7", "Pembinaan Pemerintahan Desa", Level.PROGRAM, Decimal(24_000_000), post=KASI),
)
WITH_BUDGET = replace(PLAN, budget=BUDGET)
"""The same plan with a budget of two programmes; three of its lines are reported."""


@dataclass(frozen=True)
class MadeOffice:
    """The office in the database: ids of posts by title, people by name, indicators and questions by code."""

    id: int
    loaded: Loaded
    posts: dict[str, int]
    people: dict[str, int]
    indicators: dict[str, int]
    questions: dict[str, int]


def make_office(
    connection: Connection, now: datetime = NOW, *, name: str = PLAN.office, plan: OfficePlan = PLAN
) -> MadeOffice:
    """Load the invented office under that name."""
    return look_up(connection, load(connection, replace(plan, office=name), now))


def look_up(connection: Connection, loaded: Loaded) -> MadeOffice:
    """What stands in the database after a plan was loaded."""
    of_plan, question = table(Indicator), table(Question)
    codes = select(of_plan.c.code, of_plan.c.id).where(of_plan.c.plan_id == loaded.plan_id)
    questions = select(of_plan.c.code, question.c.id).join(question, question.c.indicator_id == of_plan.c.id)
    return MadeOffice(
        loaded.office_id,
        loaded,
        {post.title: post.id for post in people.posts(connection, loaded.office_id)},
        {person.name: person.id for person in people.people(connection, loaded.office_id)},
        dict(connection.execute(codes).all()),
        dict(connection.execute(questions.where(of_plan.c.plan_id == loaded.plan_id)).all()),
    )


class NoHolidays:
    """An almanac of years without holidays."""

    def free_days(self, years: Sequence[int]) -> frozenset[date]:
        return frozenset()

    def named_days(self, years: Sequence[int]) -> Mapping[date, str]:
        return {}

    def ramadan(self, years: Sequence[int]) -> tuple[DaySpan, ...]:
        return ()

    def knows_cuti_bersama(self, year: int) -> bool:
        return True


NO_HOLIDAYS = NoHolidays()


def desk_of(connection: Connection, made: MadeOffice, name: str | None = None, now: datetime = NOW) -> Desk:
    """The desk of a person of the office, of the program itself without a name."""
    person_id = None if name is None else made.people[name]
    return Desk(connection, made.id, now, NO_HOLIDAYS, person_id, "telegram")


MONDAY_TO_FRIDAY = WorkingCalendar(frozenset())
RULES = OfficeRules()
