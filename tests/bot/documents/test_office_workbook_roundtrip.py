"""What is written is read back as the same plan, whatever people have typed into it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.example_office import example_office
from bot.documents.office_workbook import read_workbook
from bot.documents.workbook_template import workbook_bytes, write_workbook
from domain.budget import codes_heading
from domain.evidence import Demand, Demanded
from domain.modes import Confidence, Mode, Polarity, Rhythm, YearRule
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import (
    SERVICES,
    About,
    BudgetRow,
    Capacity,
    DayOffRow,
    GivenAnswer,
    IndicatorRow,
    Level,
    OfficePlan,
    OpenQuestion,
    PastReport,
    PastSpending,
    PersonRow,
    PostRow,
    RenstraRow,
    Repeat,
    Role,
    SignerRow,
)
from domain.renstra import RenstraFigures

T = TypeVar("T")
YEAR = 2022
ZONE = "Asia/Makassar"

letters = st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Co", "Cn"))
word = st.text(letters, min_size=1, max_size=8)
tricky = st.sampled_from(["=1+1", "+62", "-", "@SUM(A1)", "?", "2.800", "_x0041_", "<b>&", "'kutip", '"', "12", "ya"])
line = st.lists(word | tricky, min_size=1, max_size=3).map(" ".join)
paragraph = st.lists(line, min_size=1, max_size=3).map("\n".join)
maybe_line = line | st.just("")
maybe_paragraph = paragraph | st.just("")
figure = st.decimals(-(10**12), 10**12, places=6) | st.integers(-(10**12), 10**12).map(Decimal)
amount = st.decimals(0, 10**12, places=6) | st.integers(0, 10**6).map(Decimal)
whole = st.integers(0, 9 * 10**12).map(Decimal)
day = st.dates(date(1990, 1, 1), date(2050, 12, 31))
moment = st.integers(0, 10**8).map(lambda seconds: datetime.fromtimestamp(1_620_000_000 + seconds, ZoneInfo(ZONE)))


def numbered(sheet: str, rows: list[T], place: Callable[[T, str], T]) -> tuple[T, ...]:
    """Rows with the places under which they will be read."""
    return tuple(place(row, f"{sheet}!{number}") for number, row in enumerate(rows, 2))


@st.composite
def posts(draw: st.DrawFn) -> tuple[PostRow, ...]:
    titles = draw(st.lists(line, min_size=1, max_size=4, unique_by=lambda title: title.lower()))
    rows = [PostRow(titles[0], Role.CAMAT, None, is_admin=draw(st.booleans()))]
    for number, title in enumerate(titles[1:], 1):
        role = draw(st.sampled_from([role for role in Role if role is not Role.CAMAT]))
        superior = draw(st.sampled_from(titles[:number]))
        former = draw(st.sampled_from([(), ("Lama", f"Tua {number}")]))
        row = PostRow(title, role, superior, draw(maybe_line), draw(st.booleans()), former_titles=former)
        rows.append(replace(row, ended=draw(st.none() | day)))
    return numbered("Jabatan", rows, lambda row, place: replace(row, place=place))


def people(titles: list[str]) -> st.SearchStrategy[list[PersonRow]]:
    """Nobody but one in a post: two at a time would be complained about."""
    return st.lists(
        st.builds(
            PersonRow,
            name=line,
            post=st.sampled_from(titles),
            salutation=st.sampled_from(["", "Bu", "Pak"]),
            phone=st.just("") | st.integers(0, 9999).map(lambda n: f"+628120000{n:04}"),
            capacity=st.sampled_from(Capacity),
            since=st.none() | day,
            until=st.none() | st.just(date(2098, 12, 31)),
        ),
        max_size=3,
        unique_by=lambda person: person.post,
    )


@st.composite
def indicators(draw: st.DrawFn, code: str, titles: list[str]) -> IndicatorRow:
    kind = draw(st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER]))
    mode, confidence = draw(
        st.sampled_from([(None, Confidence.ASK), *((m, c) for m in Mode for c in (Confidence.HIGH, Confidence.MEDIUM))])
    )
    monthly = kind is PeriodKind.MONTH or mode in (None, Mode.SUM, Mode.CUM)
    low, high = sorted([draw(figure), draw(figure)])
    return IndicatorRow(
        code=code,
        name=draw(st.none() | line),
        unit=draw(st.none() | st.sampled_from(["%", "dokumen", "nilai"]) | line),
        level=draw(st.sampled_from(Level)),
        path=draw(st.dictionaries(st.sampled_from(["tujuan", "sasaran", "program", "sub_kegiatan", "aksi"]), line)),
        post=draw(st.none() | st.sampled_from(titles)),
        rhythm=draw(st.sampled_from(list(Rhythm) if monthly else [Rhythm.QUARTERLY, Rhythm.YEARLY])),
        targets=draw(st.dictionaries(st.sampled_from(periods_of_year(YEAR, kind)), amount)),
        annual_target=draw(st.none() | figure),
        mode=mode,
        confidence=confidence,
        year_rule=draw(st.sampled_from(YearRule)),
        polarity=draw(st.sampled_from(Polarity)),
        ratio=draw(st.booleans()),
        low=draw(st.sampled_from([None, low])),
        high=draw(st.sampled_from([None, high])),
        budget=draw(st.none() | whole),
        note=draw(maybe_paragraph),
        context=draw(st.booleans()),
        demand=draw(st.none() | st.just(Demand()) | st.builds(Demand, st.sampled_from(Demanded), st.integers(1, 100))),
    )


@st.composite
def services(draw: st.DrawFn, code: str, titles: list[str]) -> IndicatorRow:
    group = draw(maybe_line)
    return IndicatorRow(
        code=code,
        name=draw(line),
        unit=draw(line),
        level=Level.AKSI,
        path={SERVICES: group} if group else {},
        post=draw(st.sampled_from(titles)),
        rhythm=Rhythm.MONTHLY,
        targets={},
        mode=Mode.SUM,
        confidence=Confidence.HIGH,
        low=Decimal(0),
        note=draw(maybe_paragraph),
        service=True,
    )


def renstra(code: str) -> st.SearchStrategy[RenstraRow]:
    plain, money = st.none() | figure, st.none() | whole
    figures = st.builds(RenstraFigures, plain, money, plain, plain, plain, plain, plain, money)
    return st.builds(RenstraRow, st.just(code), figures)


signers = st.lists(st.builds(SignerRow, line, maybe_line, maybe_line, maybe_line, maybe_line), max_size=2).map(tuple)


def answer(about: About, titles: list[str]) -> st.SearchStrategy[str]:
    match about:
        case About.MODE:
            return st.sampled_from([mode.value for mode in Mode])
        case About.OWNER:
            return st.sampled_from(titles)
        case About.NAME:
            return line
        case About.DIRECTION:
            return st.sampled_from([polarity.value for polarity in Polarity])
        case About.TARGETS:
            return st.sampled_from(["2022-07=233; 2022-08=-", "2022-TW1=1.2340", "2022-01=12.5"])
        case About.UNIT:
            return line
        case About.ANNUAL:
            return st.sampled_from(["2800", "12.5", "-"])
        case About.REPEATED:
            return st.sampled_from([repeat.value for repeat in Repeat])


def needed(row: IndicatorRow) -> list[About]:
    """What the reader would ask by itself."""
    open_things = [(row.name is None, About.NAME), (row.post is None, About.OWNER)]
    asks = [*open_things, (row.confidence is Confidence.ASK, About.MODE)]
    return [] if row.context else [about for open_thing, about in asks if open_thing]


@st.composite
def questions(draw: st.DrawFn, rows: tuple[IndicatorRow, ...], titles: list[str]) -> tuple[OpenQuestion, ...]:
    wanted = {(row.code, about) for row in rows for about in needed(row)}
    extra = draw(st.sets(st.tuples(st.sampled_from([row.code for row in rows]), st.sampled_from(About)), max_size=3))
    raised = [
        OpenQuestion(
            indicator=code,
            about=about,
            text=draw(paragraph),
            proposal=draw(st.just("") | answer(about, titles)),
            options=tuple(draw(st.lists(answer(about, titles), max_size=3))),
            place=draw(maybe_line),
        )
        for code, about in sorted(wanted | extra)
    ]
    return numbered("Pertanyaan", raised, lambda row, place: replace(row, place=row.place or place))


dotted = st.lists(st.sampled_from(["1", "01", "2", "10", "=1", "-", "A"]), min_size=1, max_size=4).map(".".join)
percentage = st.decimals(0, 100, places=2)


@st.composite
def budgets(draw: st.DrawFn, titles: list[str]) -> tuple[BudgetRow, ...]:
    codes = draw(st.lists(dotted, max_size=5, unique=True))
    heading = codes_heading(codes)
    rows = [
        BudgetRow(
            code=code,
            name=draw(line),
            level=draw(st.sampled_from([Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.AKSI])),
            pagu=draw(whole | st.none() if code in heading else whole),
            revised=draw(whole | st.none()),
            post=None if code in heading else draw(st.sampled_from(titles)),
        )
        for code in codes
    ]
    return numbered("Anggaran", rows, lambda row, place: replace(row, place=place))


@st.composite
def spendings(draw: st.DrawFn, budget: tuple[BudgetRow, ...]) -> tuple[PastSpending, ...]:
    reported = [
        PastSpending(row.code, month, draw(amount), draw(moment), draw(percentage | st.none()), draw(st.booleans()))
        for row in budget
        if row.post is not None
        for month in draw(st.sets(st.sampled_from(periods_of_year(YEAR, PeriodKind.MONTH)), max_size=2))
    ]
    return numbered("Realisasi keuangan", reported, lambda row, place: replace(row, place=place))


@st.composite
def plans(draw: st.DrawFn) -> OfficePlan:
    office_posts = draw(posts())
    titles = [post.title for post in office_posts]
    codes = draw(st.lists(line, min_size=1, max_size=4, unique=True))
    counted = draw(st.lists(line.filter(lambda code: code not in codes), max_size=2, unique=True))
    rows = numbered(
        "Indikator",
        [draw(indicators(code, titles)) for code in codes],
        lambda row, place: replace(row, place=place),
    )
    asked = draw(questions(rows, titles))
    answered = [
        GivenAnswer(
            indicator=question.indicator,
            about=question.about,
            value=draw(answer(question.about, titles)),
            by=draw(line),
            on=draw(day),
            reason=draw(maybe_paragraph),
            sample=draw(st.booleans()),
        )
        for question in asked
        if draw(st.booleans())
    ]
    budget = draw(budgets(titles))
    reportable = [*(row.code for row in rows if not row.context), *counted]
    keys = draw(
        st.sets(st.tuples(st.sampled_from(reportable), st.sampled_from(periods_of_year(YEAR, PeriodKind.MONTH))))
        if reportable
        else st.just(set[tuple[str, Period]]())
    )
    reported = [
        PastReport(code, period, draw(figure), draw(moment), draw(maybe_paragraph), draw(st.booleans()))
        for code, period in sorted(keys)[:3]
    ]
    return OfficePlan(
        office=draw(line),
        kabupaten=draw(line),
        year=YEAR,
        zone=ZONE,
        posts=office_posts,
        people=numbered("Pegawai", draw(people(titles)), lambda row, place: replace(row, place=place)),
        indicators=(
            *rows,
            *numbered(
                "Layanan",
                [draw(services(code, titles)) for code in counted],
                lambda row, place: replace(row, place=place),
            ),
        ),
        questions=asked,
        answers=numbered("Jawaban", answered, lambda row, place: replace(row, place=place)),
        reports=numbered("Realisasi", reported, lambda row, place: replace(row, place=place)),
        document=draw(maybe_line),
        reason=draw(maybe_line),
        workdays=draw(st.sampled_from([5, 6])),
        own_days=tuple(DayOffRow(which, draw(maybe_line)) for which in draw(st.lists(day, max_size=2, unique=True))),
        renstra=numbered(
            "Renstra",
            [draw(renstra(code)) for code in codes if draw(st.booleans())],
            lambda row, place: replace(row, place=place),
        ),
        signers=draw(signers),
        budget=budget,
        spending=draw(spendings(budget)),
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_a_written_plan_is_read_back_as_it_was(plan: OfficePlan) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kantor.xlsx"
        write_workbook(plan, path)
        assert read_workbook(path) == plan


def test_reading_settles_a_plan(tmp_path: Path) -> None:
    """What the reader adds (questions, usual limits) it adds once."""
    path = tmp_path / "kantor.xlsx"
    open_row = replace(example_office(YEAR).indicators[0], name=None, post=None, mode=None, confidence=Confidence.ASK)
    write_workbook(replace(example_office(YEAR), indicators=(open_row,)), path)
    first = read_workbook(path)
    assert isinstance(first, OfficePlan)
    assert [question.about for question in first.questions] == [About.NAME, About.OWNER, About.MODE]
    write_workbook(first, path)
    assert read_workbook(path) == first


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert workbook_bytes(example_office(YEAR)) == workbook_bytes(example_office(YEAR))


def test_text_that_starts_like_a_formula_stays_text(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "kantor.xlsx"
    row = replace(example_office(YEAR).indicators[0], name='=HYPERLINK("http://contoh")', note="+1", unit="@x")
    write_workbook(replace(example_office(YEAR), indicators=(row,)), path)
    cells = [cell for sheet in load_workbook(path).worksheets for cells in sheet.iter_rows() for cell in cells]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert [cell.quotePrefix for cell in cells if cell.value == row.name] == [True]


@pytest.mark.parametrize("figure", ["9223372036854.775807", "-1234567890123.123456", "0.000001", "1234567890.12345"])
def test_figures_keep_every_digit(tmp_path: Path, figure: str) -> None:
    path = tmp_path / "kantor.xlsx"
    row = replace(example_office(YEAR).indicators[0], annual_target=Decimal(figure))
    write_workbook(replace(example_office(YEAR), indicators=(row,)), path)
    read = read_workbook(path)
    assert isinstance(read, OfficePlan)
    assert read.indicators[0].annual_target == Decimal(figure)


def test_what_a_workbook_cannot_state_is_refused(tmp_path: Path) -> None:
    example = example_office(YEAR)
    row = replace(example.indicators[0], path={"bidang": "Umum"})
    with pytest.raises(ValueError, match="bidang"):
        write_workbook(replace(example, indicators=(row,)), tmp_path / "kantor.xlsx")
    with pytest.raises(ValueError, match="32768 characters"):
        write_workbook(replace(example, reason="x" * 32768), tmp_path / "kantor.xlsx")
    assert not (tmp_path / "kantor.xlsx").exists()
