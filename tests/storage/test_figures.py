"""Figures in the database are those of `domain.ledger`, whatever was reported and in which order."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from domain.achievement import default_rule, rounded
from domain.ledger import Figure, Measure, year_ledger
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import IndicatorRow, Level
from storage import figures, plans, reports
from storage.audit import Actor
from storage.columns import floor_millionths
from storage.engine import reading, writing
from storage.reports import NewReport
from storage.tables import Achievement, table
from tests.offices import ARSIP, BUKU, GAJI, KASI, NOW, PBB, PERIZINAN, PLAN, YEAR, desk_of, make_office, monthly
from tests.together import together

ACTOR = Actor(None, None, "", "test", None)
MONTHS, QUARTERS = (periods_of_year(YEAR, kind) for kind in (PeriodKind.MONTH, PeriodKind.QUARTER))
_achievement = table(Achievement)

amounts = st.decimals(min_value=0, max_value=10**6, places=3)


@st.composite
def indicator_with_values(draw: st.DrawFn) -> tuple[IndicatorRow, Mapping[Period, Decimal]]:
    """Any indicator, and values in some of the periods in which it is reported."""
    units = draw(st.sampled_from((MONTHS, QUARTERS)))
    row = IndicatorRow(
        "random",
        "Indikator acak",
        "dokumen",
        Level.AKSI,
        {},
        KASI,
        draw(st.sampled_from((Rhythm.MONTHLY, Rhythm.QUARTERLY))),
        draw(st.dictionaries(st.sampled_from(units), amounts, max_size=6)),
        draw(st.none() | amounts),
        draw(st.sampled_from(Mode)),
        year_rule=draw(st.sampled_from(YearRule)),
        polarity=draw(st.sampled_from(Polarity)),
    )
    return row, draw(st.dictionaries(st.sampled_from(units), amounts, max_size=8))


def expected(row: IndicatorRow, values: Mapping[Period, Decimal]) -> dict[Period, Figure]:
    """What the domain says, cut to what a table holds."""
    assert row.mode is not None
    measure = Measure(
        YEAR, row.mode, row.year_rule, row.rhythm, default_rule(row.polarity), row.targets, row.annual_target
    )
    return {period: cut(figure) for period, figure in year_ledger(measure, values).items()}


def cut(figure: Figure) -> Figure:
    numbers = {name: value for name, value in figure._asdict().items() if isinstance(value, Decimal)}
    return figure._replace(**{name: floor_millionths(value) for name, value in numbers.items()})


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(indicator_with_values())
def test_what_is_stored_is_what_the_ledger_says(
    engine: Engine, drawn: tuple[IndicatorRow, Mapping[Period, Decimal]]
) -> None:
    row, values = drawn
    with engine.connect() as connection, connection.begin() as undone:
        made = make_office(connection, plan=replace(PLAN, indicators=(row,), questions=()))
        for period, value in values.items():
            new = NewReport(made.indicators["random"], period, value)
            reports.submit(connection, made.id, [new], ACTOR, NOW, "chat")
        duty = figures.duties(connection, made.id)[0]
        undone.rollback()
    assert dict(duty.values) == dict(values)
    assert dict(duty.figures) == expected(row, values)


def test_a_third_is_stored_to_the_millionth_and_shown_as_before(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        new = [NewReport(made.indicators[BUKU], month, Decimal(n)) for month, n in zip(MONTHS, (1, 0, 0), strict=False)]
        reports.submit(connection, made.id, new, ACTOR, NOW, "chat")
        row = connection.execute(
            select(_achievement).where(
                _achievement.c.indicator_id == made.indicators[BUKU], _achievement.c.period == "2022-03"
            )
        ).one()
    assert (row.target_to_date, row.realisation_to_date) == (Decimal(3), Decimal(1))
    assert row.capaian_to_date == Decimal("33.333333")
    assert rounded(row.capaian_to_date) == Decimal("33.33")
    assert (row.due, row.reported, row.missing_before, row.sample) == (True, True, 0, False)


def test_another_mode_leaves_no_figure_of_the_old_one(engine: Engine) -> None:
    """Quarterly targets reported monthly: as SUM each month has a figure, as LEVEL only the quarters do."""
    row = replace(PLAN.indicators[2], rhythm=Rhythm.MONTHLY, mode=Mode.SUM)
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, indicators=(row,), questions=()))
        duty = figures.duties(connection, made.id)[0]
        assert Period.month(YEAR, 1) in duty.figures
        plans.doubt_mode(connection, made.id, duty.id, "Bukan jumlah.", ACTOR, NOW)
        question = plans.open_questions(connection, made.id)[0]
        plans.answer_question(connection, made.id, question.id, "LEVEL", ACTOR, NOW, by="Dewi")
        changed = figures.duties(connection, made.id)[0]
    assert {period.kind for period in changed.figures} == {PeriodKind.QUARTER, PeriodKind.YEAR}


def test_a_figure_that_nobody_can_mean_is_kept_and_can_be_corrected(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        enormous = Decimal("9000000000000.5")
        for month, value in ((1, enormous), (2, enormous), (1, Decimal(1)), (2, Decimal(1))):
            new = NewReport(made.indicators[BUKU], Period.month(YEAR, month), value)
            reports.submit(connection, made.id, [new], ACTOR, NOW, "chat")
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == BUKU)
    assert duty.figures[Period.month(YEAR, 2)].realisation_to_date == Decimal(2)


def test_an_invented_value_marks_what_is_made_of_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        new = NewReport(made.indicators[BUKU], Period.month(YEAR, 2), Decimal(1))
        reports.submit(connection, made.id, [new], ACTOR, NOW, "contoh")
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == BUKU)
        rows = connection.execute(
            select(_achievement.c.period, _achievement.c.sample).where(_achievement.c.indicator_id == duty.id)
        ).all()
    assert duty.samples == {Period.month(YEAR, 2)}
    marked = {Period.parse(period) for period, sample in rows if sample}
    assert marked == {period for period in duty.figures if period.end >= Period.month(YEAR, 2).end}


def test_duties_are_the_accepted_indicators_in_the_order_of_the_plan(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        everything = [duty.code for duty in figures.duties(connection, made.id)]
        of_kasi = [duty.code for duty in figures.duties(connection, made.id, [made.posts[KASI]])]
        assert figures.duties(connection, made.id, []) == ()
    assert everything == ["buku-wajib", "peraturan-desa", PBB, GAJI, "ikm", ARSIP]
    assert of_kasi == ["buku-wajib", "peraturan-desa", PBB]
    assert PERIZINAN not in everything


def test_a_duty_says_what_the_plan_says(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == GAJI)
    assert (duty.name, duty.unit, duty.post_id) == ("ASN yang menerima gaji", "orang", made.posts["Pengelola Gaji"])
    assert (duty.measure.mode, duty.kind, duty.mode_confirmed) == (Mode.LEVEL, PeriodKind.MONTH, False)
    assert duty.measure.targets == monthly(*[10] * 12)


@pytest.mark.parametrize("round_", range(3))
def test_two_processes_that_report_different_months_at_once_both_count(
    database_url: str, open_url: Callable[[str], Engine], round_: int
) -> None:
    engines = [open_url(database_url), open_url(database_url)]
    with writing(engines[0]) as connection:
        made = make_office(connection)

    def report(engine: Engine, month: int) -> None:
        with writing(engine) as connection:
            new = NewReport(made.indicators[BUKU], Period.month(YEAR, month), Decimal(1))
            reports.submit(connection, made.id, [new], ACTOR, NOW, "chat")

    together([lambda e=engines[n % 2], m=n + 1: report(e, m) for n in range(4)])
    with reading(engines[0]) as connection:
        duty = next(duty for duty in desk_of(connection, made).office_duties if duty.code == BUKU)
    assert duty.figures[Period.month(YEAR, 4)].realisation_to_date == Decimal(4)


def test_of_two_indicators_with_one_name_each_says_what_it_stands_under(engine: Engine) -> None:
    twins = tuple(
        replace(
            PLAN.indicators[0],
            code=code,
            name="SK yang diterbitkan",
            level=Level.AKSI,
            path={"kegiatan": kegiatan, "aksi": "Penyusunan SK Tim"},
        )
        for code, kegiatan in (("T-1", "Karang Taruna"), ("T-2", "Pembinaan PKK"))
    )
    plan = replace(PLAN, indicators=twins, questions=(), answers=(), reports=())
    with writing(engine) as connection:
        office_id = plans.apply_plan(connection, plan, NOW).office_id
        names = [duty.name for duty in figures.duties(connection, office_id)]
    assert names == ["SK yang diterbitkan (Karang Taruna)", "SK yang diterbitkan (Pembinaan PKK)"]
