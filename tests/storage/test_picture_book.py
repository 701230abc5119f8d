"""The figures of pictures: of the office as its tables stand, and through a snapshot to the last digit."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.periods import Period
from domain.plan import BudgetRow, Level, PastSpending
from domain.summary import Compliance, IndicatorYear, OfficeSummary, PostCompliance, Punctuality, SectionDetail
from storage import snapshots
from storage.desk import Desk
from storage.engine import reading, writing
from storage.figures_json import from_json, to_json
from storage.reports import NewReport
from tests.offices import BUKU, KASI, PBB, PLAN, desk_of, make_office

pytestmark = pytest.mark.sampled_on_postgresql

APRIL = datetime(2022, 4, 6, 2, tzinfo=UTC)
SECTION = "Seksi Pemerintahan"
MARCH = Period.month(2022, 3)


def office_desk(engine: Engine) -> Desk:
    """The program's desk on 6 April: of the Kasi's indicators Buku wajib is in for January and late for March."""
    with writing(engine) as connection:
        made = make_office(connection)
        early = desk_of(connection, made, "Sari Andini", datetime(2022, 2, 2, 2, tzinfo=UTC))
        early.submit([NewReport(made.indicators[BUKU], Period.month(2022, 1), Decimal(1))])
        late = desk_of(connection, made, "Sari Andini", APRIL)
        late.submit([NewReport(made.indicators[BUKU], MARCH, Decimal("1.000001"))])
        late.submit([NewReport(made.indicators[PBB], Period.quarter(2022, 1), Decimal(25))])
        return desk_of(connection, made, None, APRIL)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return office_desk(engine)


def test_the_section_stands_as_the_tables_do(desk: Desk, engine: Engine) -> None:
    with reading(engine) as connection:
        book = replace(desk, connection=connection).pictures
        detail = book.section(SECTION)
    assert detail is not None
    assert [(row.name.split()[0], row.reported, row.due) for row in detail.indicators] == [
        ("Desa", 2, 3),
        ("Peraturan", 0, 2),
        ("Realisasi", 1, 1),
    ]
    assert detail.indicators[0].realisation == Decimal("2.000001")
    assert book.sections == ("Sekretariat", SECTION)
    assert book.section("Seksi Hantu") is None


def test_one_indicator_and_who_reported_when(desk: Desk, engine: Engine) -> None:
    with reading(engine) as connection:
        book = replace(desk, connection=connection).pictures
        buku = next(duty for duty in book.duties if duty.code == BUKU)
        year, table = book.indicator(buku), book.compliance()
        march = book.at(MARCH).compliance()
    assert [point.period for point in year.points if point.missing] == ["2022-02"]
    assert (year.post, year.annual_target, year.period) == ("Kasi Pemerintahan", 13, "2022")
    assert table is not None and march is not None
    marks = {post.title: post.marks for post in table.posts}
    assert marks["Kasi Pemerintahan"][:3] == (Punctuality.ON_TIME, Punctuality.MISSING, Punctuality.MISSING)
    assert marks["Pengelola Gaji"][0] is Punctuality.MISSING
    assert (table.period, march.period, march.periods) == ("2022", "2022-03", ("2022-03",))


def test_pictures_of_a_period_are_judged_as_on_the_day_after_it(desk: Desk, engine: Engine) -> None:
    """What came later counts all the same: March was reported in April."""
    with writing(engine) as connection:
        book = replace(desk, connection=connection).pictures
        march, january, running = (book.at(Period.month(2022, month)) for month in (3, 1, 4))
        summary, detail = march.summary(MARCH), january.section(SECTION)
        assert summary is not None and (summary.closed_period, summary.period) == ("2022-03", "2022-03")
        assert detail is not None and detail.period == "2022-01"
        assert running.section(SECTION) is None and book.at(Period.month(2021, 3)).section(SECTION) is None
        assert running.judged_day == book.today
        assert snapshots.load(connection, january.keep(detail)).wanted == {"today": "2022-02-01", "section": SECTION}
        table = march.compliance()
        assert table is not None
        assert snapshots.load(connection, march.keep(table)).wanted == {"today": "2022-04-06"}


def test_every_picture_of_a_period_is_found_again_by_what_was_kept(desk: Desk, engine: Engine) -> None:
    with writing(engine) as connection:
        book = replace(desk, connection=connection).pictures
        march = book.at(MARCH)
        for figures in (
            march.summary(MARCH),
            march.section(SECTION),
            march.indicator(book.duties[0]),
            march.compliance(),
        ):
            assert figures is not None
            kept = snapshots.load(connection, march.keep(figures))
            assert kept.wanted is not None
            assert book.again(kept.kind, Period.parse(kept.period), kept.wanted) == figures


def test_one_plan_without_a_budget_has_neither_of_the_other_pictures(desk: Desk, engine: Engine) -> None:
    with reading(engine) as connection:
        book = replace(desk, connection=connection).pictures
        assert (book.budget(), book.comparison(), book.years) == (None, None, (2022,))


def test_figures_are_kept_under_their_kind_and_come_back(desk: Desk, engine: Engine) -> None:
    with writing(engine) as connection:
        book = replace(desk, connection=connection).pictures
        section, table = book.section(SECTION), book.compliance()
        year = book.indicator(book.duties[0])
        assert section is not None and table is not None
        for figures, kind, period in (
            (section, "section", "2022-03"),
            (year, "indicator", "2022"),
            (table, "compliance", "2022"),
        ):
            kept = snapshots.load(connection, book.keep(figures))
            assert (kept.kind, kept.period, kept.office_id, kept.made_at) == (kind, period, desk.office_id, APRIL)
            assert from_json(type(figures), kept.figures) == figures


@pytest.mark.parametrize("kind", [OfficeSummary, SectionDetail, IndicatorYear, Compliance])
@given(data=st.data())
def test_figures_go_through_json_to_the_last_digit(kind: type, data: st.DataObject) -> None:
    figures = data.draw(st.from_type(kind).filter(bool)) if kind is not Compliance else data.draw(tables())
    back = from_json(kind, json.loads(json.dumps(to_json(figures))))
    assert repr(back) == repr(figures)


def tables() -> st.SearchStrategy[Compliance]:
    """Tables of any two posts and three periods."""
    marks = st.tuples(*[st.sampled_from(Punctuality)] * 3)
    posts = st.tuples(*[st.builds(PostCompliance, st.text(max_size=9), marks)] * 2)
    codes = ("2022-01", "2022-02", "2022-03")
    return st.builds(
        Compliance, st.text(max_size=9), st.just("2022-TW1"), st.just(codes), posts, st.booleans(), st.booleans()
    )


def test_a_field_that_is_newer_than_the_snapshot_has_its_default() -> None:
    kept = {"office": "a", "period": "2022-03", "posts_due": 0, "posts_reported": 0, "posts_reported_before": None}
    kept |= {"missing_posts": [], "coverage": {"due": 0, "reported": 0, "computable": 0}, "mean": "1.50"}
    kept |= {"predicate": None, "change": None, "sections": [], "behind": [], "provisional": True, "sample": False}
    summary = from_json(OfficeSummary, kept)
    assert (summary.overdue, summary.coverage.without_target, str(summary.mean)) == ((), 0, "1.50")


def test_the_budget_and_two_years_are_kept_and_found_again(engine: Engine) -> None:
    """A budget of 2022 with one of two lines reported for February, and the plans of 2021 and 2022."""
    budget = (
        BudgetRow("1", "Program Penunjang", Level.PROGRAM, None),
        BudgetRow("1.1", "Administrasi Keuangan", Level.KEGIATAN, Decimal(40_000_000), post=KASI),
        BudgetRow("1.2", "Administrasi Umum", Level.KEGIATAN, Decimal(60_000_000), post=KASI),
    )
    spent = PastSpending("1.1", Period.month(2022, 2), Decimal(10_000_000), APRIL)
    old = [
        replace(row, targets={_last_year(one): value for one, value in row.targets.items()}) for row in PLAN.indicators
    ]
    with writing(engine) as connection:
        make_office(connection, plan=replace(PLAN, year=2021, indicators=tuple(old), questions=PLAN.questions[:1]))
        made = make_office(connection, plan=replace(PLAN, budget=budget, spending=(spent,)))
        book = desk_of(connection, made, None, APRIL).pictures
        assert (book.years, book.last_spending(MARCH)) == ((2021, 2022), Period.month(2022, 2))
        february, comparison = book.at(Period.month(2022, 2)), book.comparison()
        figures = february.budget()
        assert figures is not None and comparison is not None
        assert (figures.period, figures.total.spent, figures.total.absorbed) == ("2022-02", 10_000_000, 10)
        assert (comparison.period, comparison.period_before) == ("2022-03", "2021-03")
        for shown, kept_by in ((figures, february), (comparison, book)):
            kept = snapshots.load(connection, kept_by.keep(shown))
            assert from_json(type(shown), kept.figures) == shown
            assert kept.wanted is not None
            assert book.again(kept.kind, Period.parse(kept.period), kept.wanted) == shown


def _last_year(period: Period) -> Period:
    return Period(2021, period.kind, period.number)
