"""Loading a plan, loading a changed one, and answering what it leaves open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, Row, func, select
from sqlalchemy.exc import NoResultFound

from domain.modes import Confidence, Mode, Polarity
from domain.periods import Period
from domain.plan import About, Capacity, DayOffRow, GivenAnswer, OfficePlan, OpenQuestion, PastReport, PersonRow
from storage import figures, people, plans, reports
from storage.audit import Actor
from storage.desk import Desk
from storage.engine import writing
from storage.plans import AnswerRefused, apply_plan, parse_targets
from storage.reports import NewReport
from storage.tables import METADATA, Audit, Indicator, Plan, Question, Report, Target, table
from tests.offices import (
    ARSIP,
    BUKU,
    GAJI,
    KASI,
    NO_HOLIDAYS,
    NOW,
    PBB,
    PELAKSANA,
    PERIZINAN,
    PLAN,
    VACANT,
    YEAR,
    MadeOffice,
    desk_of,
    look_up,
    make_office,
)

ACTOR = Actor(None, None, "", "test", None)
DEWI, SARI, JOKO = "Dewi Lestari", "Sari Andini", "Joko Santosa"
LATER = NOW + timedelta(days=1)
CHANGED = replace(PLAN, document="Nomor 2 Tahun 2022", reason="PK Perubahan")
PROPOSAL = "2022-07=233; 2022-08=233; 2022-09=233; 2022-10=233"


def everything(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        name: sorted((tuple(map(str, row)) for row in connection.execute(select(one))), key=str)
        for name, one in METADATA.tables.items()
    }


def indicator(connection: Connection, made: MadeOffice, code: str) -> Row[tuple[object, ...]]:
    return connection.execute(select(table(Indicator)).where(table(Indicator).c.id == made.indicators[code])).one()


def targets_of(connection: Connection, made: MadeOffice, code: str) -> dict[str, Decimal]:
    target = table(Target)
    rows = connection.execute(
        select(target.c.period, target.c.value).where(target.c.indicator_id == made.indicators[code])
    )
    return {row.period: row.value for row in rows}


def with_question(about: About, text: str = "Yang mana?", code: str = PERIZINAN, **changes: object) -> OfficePlan:
    """The plan with one question about one indicator."""
    rows = tuple(replace(row, **changes) if row.code == code else row for row in PLAN.indicators)  # pyright: ignore[reportArgumentType]  # fields by name
    return replace(PLAN, indicators=rows, questions=(OpenQuestion(code, about, text),))


def answer(connection: Connection, made: MadeOffice, value: str, code: str = PERIZINAN, now: datetime = NOW) -> None:
    plans.answer_question(connection, made.id, made.questions[code], value, ACTOR, now, by=DEWI, reason="sesuai DPA")


# --- loading ----------------------------------------------------------------------------------------------------


def test_the_same_plan_again_changes_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        before = everything(connection)
        again = apply_plan(connection, PLAN, LATER)
        assert (again.office_id, again.plan_id, again.version, again.changed) == (
            made.id,
            made.loaded.plan_id,
            1,
            False,
        )
        assert everything(connection) == before


def test_the_order_in_which_targets_are_written_is_no_change(engine: Engine) -> None:
    turned = tuple(replace(row, targets=dict(reversed(row.targets.items()))) for row in PLAN.indicators)
    with writing(engine) as connection:
        make_office(connection)
        assert not apply_plan(connection, replace(PLAN, indicators=turned), LATER).changed


@pytest.mark.parametrize(
    "changed",
    [
        CHANGED,
        replace(PLAN, indicators=PLAN.indicators[:-1], questions=PLAN.questions[:1]),
        replace(PLAN, indicators=(replace(PLAN.indicators[0], targets={}), *PLAN.indicators[1:])),
        replace(PLAN, people=PLAN.people[:-1]),
    ],
)
def test_any_change_makes_the_next_version(engine: Engine, changed: OfficePlan) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        loaded = apply_plan(connection, changed, LATER)
    assert (loaded.office_id, loaded.version, loaded.changed) == (made.id, 2, True)


def test_a_plan_is_stored_as_it_is_printed(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        row = indicator(connection, made, PBB)
        plan = connection.execute(select(table(Plan))).one()
        assert targets_of(connection, made, PBB) == {
            "2022-TW1": Decimal(25),
            "2022-TW2": Decimal(50),
            "2022-TW3": Decimal(75),
            "2022-TW4": Decimal(100),
        }
    assert (row.name, row.unit, row.mode, row.rhythm) == ("Realisasi PBB", "%", "CUM", "QUARTERLY")
    assert (row.annual_target, row.path) == (Decimal(100), {"program": "Penyelenggaraan Pemerintahan"})
    assert (row.post_id, row.accepted, row.mode_confirmed) == (made.posts[KASI], True, True)
    assert (plan.document, plan.version, plan.loaded_at) == ("Nomor 1 Tahun 2022", 1, NOW)


def test_what_blocks_reports_is_not_accepted_and_the_rest_is(engine: Engine) -> None:
    context = replace(PLAN.indicators[0], code="konteks", targets={}, context=True)
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, indicators=(*PLAN.indicators, context)))
        accepted = {code: indicator(connection, made, code).accepted for code in made.indicators}
    assert [code for code, taken in accepted.items() if not taken] == [PERIZINAN, "konteks"]


def test_earlier_reports_and_answers_are_carried_to_the_next_version(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        answer(connection, made, "LEVEL")
        answer(connection, made, "2022-07=100", ARSIP)
        for code, value in ((BUKU, 1), (PERIZINAN, 4)):
            new = NewReport(made.indicators[code], Period.month(YEAR, 1), Decimal(value))
            reports.submit(connection, made.id, [new], ACTOR, NOW, "chat")
        renewed = look_up(connection, apply_plan(connection, CHANGED, LATER))
        duties = {duty.code: duty for duty in figures.duties(connection, made.id)}
        assert {duty.id for duty in duties.values()} <= set(renewed.indicators.values())
        assert duties[BUKU].values == {Period.month(YEAR, 1): Decimal(1)}
        assert duties[BUKU].figures[Period.month(YEAR, 1)].realisation == Decimal(1)
        assert duties[PERIZINAN].values == {Period.month(YEAR, 1): Decimal(4)}
        assert duties[PERIZINAN].measure.mode is Mode.LEVEL
        assert targets_of(connection, renewed, ARSIP)["2022-07"] == Decimal(100)
        assert plans.open_questions(connection, made.id) == ()
        carried = connection.execute(
            select(table(Question)).where(table(Question).c.id == renewed.questions[PERIZINAN])
        ).one()
    assert (carried.answer, carried.answered_by, carried.answered_at, carried.reason) == (
        "LEVEL",
        DEWI,
        NOW,
        "sesuai DPA",
    )


def test_a_question_that_changed_is_asked_again(engine: Engine) -> None:
    reworded = tuple(replace(question, text=f"{question.text} (baru)") for question in PLAN.questions)
    with writing(engine) as connection:
        made = make_office(connection)
        answer(connection, made, "LEVEL")
        renewed = look_up(connection, apply_plan(connection, replace(PLAN, questions=reworded), LATER))
        assert not indicator(connection, renewed, PERIZINAN).accepted
        assert len(plans.open_questions(connection, made.id)) == 2


def test_an_old_answer_that_no_longer_fits_is_asked_again(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        answer(connection, made, PROPOSAL, ARSIP)
        quarters = {Period.quarter(YEAR, 1): Decimal(700)}
        rows = tuple(replace(row, targets=quarters) if row.code == ARSIP else row for row in PLAN.indicators)
        renewed = look_up(connection, apply_plan(connection, replace(PLAN, indicators=rows), LATER))
        assert targets_of(connection, renewed, ARSIP) == {"2022-TW1": Decimal(700)}
        assert ARSIP in [renewed_code(renewed, one.indicator_id) for one in plans.open_questions(connection, made.id)]


def renewed_code(made: MadeOffice, indicator_id: int) -> str:
    return next(code for code, known in made.indicators.items() if known == indicator_id)


def test_what_its_owner_confirmed_once_is_not_asked_again(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert not indicator(connection, made, GAJI).mode_confirmed
        plans.confirm_mode(connection, made.id, made.indicators[GAJI], ACTOR, NOW)
        renewed = look_up(connection, apply_plan(connection, CHANGED, LATER))
        assert indicator(connection, renewed, GAJI).mode_confirmed
        other_mode = tuple(replace(row, mode=Mode.SUM) if row.code == GAJI else row for row in PLAN.indicators)
        third = look_up(connection, apply_plan(connection, replace(PLAN, indicators=other_mode), LATER))
        assert not indicator(connection, third, GAJI).mode_confirmed


def test_a_plan_of_another_year_stands_beside_this_one(engine: Engine) -> None:
    next_year = {Period.month(2023, period.number): value for period, value in PLAN.indicators[0].targets.items()}
    rows = (replace(PLAN.indicators[0], targets=next_year),)
    with writing(engine) as connection:
        made = make_office(connection)
        loaded = apply_plan(connection, replace(PLAN, year=2023, indicators=rows, questions=()), LATER)
        years = {duty.measure.year for duty in figures.duties(connection, made.id)}
    assert (loaded.version, years) == (1, {2022, 2023})


def test_the_office_is_kept_up_to_date_and_keeps_its_own_settings(engine: Engine) -> None:
    own_days = (DayOffRow(date(2022, 6, 8)), DayOffRow(date(2022, 6, 8), "Galungan"), DayOffRow(date(2022, 6, 9)))
    with writing(engine) as connection:
        made = make_office(connection)
        office = METADATA.tables["office"]
        connection.execute(office.update().values(rules={"workdays": 5, "cap": "120"}))
        apply_plan(connection, replace(PLAN, kabupaten="Wanasari Baru", workdays=6, own_days=own_days), LATER)
        desk = Desk(connection, made.id, LATER, NO_HOLIDAYS)
        assert (desk.office.kabupaten, desk.office.rules.workdays) == ("Wanasari Baru", 6)
        assert desk.office.rules.cap.value == "120"
        assert not desk.calendar.is_working(date(2022, 6, 8))
        assert desk.settings.days_off == {date(2022, 6, 8): "Galungan", date(2022, 6, 9): ""}


def test_a_day_off_goes_with_the_workbook_that_named_it_and_stays_if_the_chat_did(engine: Engine) -> None:
    galungan, kuningan, anniversary = date(2022, 6, 8), date(2022, 6, 18), date(2022, 8, 29)
    with_both = replace(PLAN, own_days=(DayOffRow(galungan, "Galungan"), DayOffRow(kuningan, "Kuningan")))
    with writing(engine) as connection:
        made = make_office(connection, plan=with_both)
        settings = Desk(connection, made.id, LATER, NO_HOLIDAYS).settings
        settings.add_day_off(anniversary, "HUT Kabupaten")
        assert not make_office(connection, plan=with_both).loaded.changed
        assert list(settings.days_off) == [galungan, kuningan, anniversary]
        make_office(connection, plan=replace(PLAN, own_days=(DayOffRow(kuningan, "Kuningan"),)))
        assert settings.days_off == {kuningan: "Kuningan", anniversary: "HUT Kabupaten"}


def test_people_are_kept_up_to_date(engine: Engine) -> None:
    sari = replace(PLAN.people[3], salutation="Ibu", phone="+6281200000099")
    with writing(engine) as connection:
        made = make_office(connection)
        apply_plan(connection, replace(PLAN, people=(*PLAN.people[:3], sari, PLAN.people[4])), LATER)
        cards = people.people(connection, made.id)
    assert len(cards) == len(PLAN.people)
    assert [card.salutation for card in cards if card.name == SARI] == ["Ibu"]


def test_a_successor_takes_the_post_over_the_day_after(engine: Engine) -> None:
    successor = PersonRow("Putu Wirawan", KASI, since=date(2022, 4, 1))
    with writing(engine) as connection:
        made = make_office(connection)
        apply_plan(connection, replace(PLAN, people=(*PLAN.people[:3], successor, PLAN.people[4])), LATER)
        kasi = made.posts[KASI]
        names = [people.holder_of(connection, kasi, day) for day in (date(2022, 3, 31), date(2022, 4, 1))]
    assert [holder.name if holder else None for holder in names] == [SARI, "Putu Wirawan"]


def test_a_stand_in_is_entered_beside_the_holder(engine: Engine) -> None:
    plt = PersonRow("Agus Prasetya", KASI, capacity=Capacity.PLH, since=date(2022, 3, 28))
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, people=(*PLAN.people, plt)))
        assert desk_of(connection, made).holders[made.posts[KASI]] == made.people["Agus Prasetya"]
        held = people.held_posts(connection, made.people[SARI], NOW.date())
    assert [one.post.title for one in held] == [KASI]


def test_who_joined_a_vacant_post_stays_when_the_workbook_still_calls_it_vacant(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        vacant = made.posts[VACANT]
        people.new_holder(connection, made.id, vacant, "Putu Wirawan", date(2022, 3, 1))
        apply_plan(connection, CHANGED, LATER)
        holder = people.holder_of(connection, vacant, date(2022, 6, 1))
    assert holder is not None and holder.name == "Putu Wirawan"


# --- what a workbook brings along -------------------------------------------------------------------------------


def past(code: str, month: int, value: int, at: datetime = NOW, *, sample: bool = True) -> PastReport:
    return PastReport(code, Period.month(YEAR, month), Decimal(value), at, sample=sample)


def test_past_reports_are_entered_once_and_marked(engine: Engine) -> None:
    brought = (past(BUKU, 1, 1), past(BUKU, 1, 9), past(BUKU, 2, 2, sample=False), past(PERIZINAN, 1, 5))
    report = table(Report)
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, reports=brought))
        make_office(connection, LATER, plan=replace(CHANGED, reports=brought))
        rows = connection.execute(select(report).order_by(report.c.period)).all()
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == BUKU)
    assert [(row.period, row.value, row.source) for row in rows] == [
        ("2022-01", Decimal(1), "contoh"),
        ("2022-02", Decimal(2), "workbook"),
    ]
    assert duty.figures[Period.month(YEAR, 2)].realisation_to_date == Decimal(3)
    assert duty.samples == {Period.month(YEAR, 1)}


def test_a_past_report_is_provisional_by_the_offices_own_clock(engine: Engine) -> None:
    just_after_midnight = datetime(2022, 3, 31, 16, 10, tzinfo=UTC)  # 1 April 00.10 WITA
    brought = (past(BUKU, 3, 1, just_after_midnight), past(BUKU, 4, 1, just_after_midnight))
    with writing(engine) as connection:
        make_office(connection, plan=replace(PLAN, reports=brought))
        rows = connection.execute(select(table(Report).c.period, table(Report).c.provisional)).all()
    assert {row.period: row.provisional for row in rows} == {"2022-03": False, "2022-04": True}


def test_a_reported_value_is_not_overwritten_by_a_workbook(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        new = NewReport(made.indicators[BUKU], Period.month(YEAR, 1), Decimal(7))
        reports.submit(connection, made.id, [new], ACTOR, NOW, "chat")
        apply_plan(connection, replace(CHANGED, reports=(past(BUKU, 1, 1),)), LATER)
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == BUKU)
    assert duty.values == {Period.month(YEAR, 1): Decimal(7)}


def test_answers_of_the_workbook_go_the_way_of_answers_in_the_chat(engine: Engine) -> None:
    given = GivenAnswer(PERIZINAN, About.MODE, "LEVEL", DEWI, date(2022, 1, 10), "lima yang sama", sample=True)
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, answers=(given,), reports=(past(PERIZINAN, 1, 5),)))
        row = connection.execute(select(table(Question)).where(table(Question).c.id == made.questions[PERIZINAN])).one()
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == PERIZINAN)
        entry = connection.execute(select(table(Audit)).where(table(Audit).c.action == "question answered")).one()
    assert (row.answer, row.answered_by, row.reason, row.sample) == ("LEVEL", DEWI, "lima yang sama", True)
    assert row.answered_at == datetime(2022, 1, 9, 16, tzinfo=UTC)  # the day begins in WITA
    assert duty.values == {Period.month(YEAR, 1): Decimal(5)}
    assert (entry.channel, entry.new, entry.at) == ("workbook", "LEVEL", NOW)


def test_a_workbook_with_a_refused_answer_loads_nothing(engine: Engine) -> None:
    wrong = GivenAnswer(PERIZINAN, About.MODE, "BULAT", DEWI, date(2022, 1, 10), place="Jawaban!4")
    with writing(engine) as connection:
        before = everything(connection)
        with pytest.raises(AnswerRefused, match="Jawaban!4"):
            apply_plan(connection, replace(PLAN, answers=(wrong,)), NOW)
        assert everything(connection) == before


# --- answers ----------------------------------------------------------------------------------------------------


def test_an_answered_mode_opens_the_indicator_and_computes_its_figures(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        answer(connection, made, "LEVEL", now=LATER)
        row = indicator(connection, made, PERIZINAN)
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == PERIZINAN)
        entry = connection.execute(select(table(Audit)).where(table(Audit).c.action == "question answered")).one()
        question = connection.execute(
            select(table(Question)).where(table(Question).c.id == made.questions[PERIZINAN])
        ).one()
    assert (row.mode, row.confidence, row.mode_confirmed, row.accepted) == ("LEVEL", "high", True, True)
    assert duty.figures[Period.month(YEAR, 1)].target == Decimal(5)
    assert (entry.new, entry.old, entry.reason, entry.at) == ("LEVEL", "", "sesuai DPA", LATER)
    assert (question.answer, question.answered_by, question.answered_at) == ("LEVEL", DEWI, LATER)


@pytest.mark.parametrize(
    ("about", "before", "value", "column", "after"),
    [
        (About.OWNER, {"post": None, "mode": Mode.SUM}, PELAKSANA, "post_id", None),
        (About.NAME, {"name": None, "mode": Mode.SUM}, "  Kelengkapan izin ", "name", "Kelengkapan izin"),
        (About.DIRECTION, {"mode": Mode.SUM}, "negative", "polarity", Polarity.NEGATIVE),
        (About.MODE, {}, "CUM", "mode", Mode.CUM),
    ],
)
def test_every_blocking_question_is_answered_in_its_own_form(
    engine: Engine, about: About, before: dict[str, object], value: str, column: str, after: object
) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=with_question(about, **before))
        assert not indicator(connection, made, PERIZINAN).accepted
        answer(connection, made, value)
        row = indicator(connection, made, PERIZINAN)
    expected = made.posts[PELAKSANA] if about is About.OWNER else after
    assert getattr(row, column) == expected
    assert row.accepted


def test_reports_wait_until_every_blocking_question_is_answered(engine: Engine) -> None:
    both = (OpenQuestion(PERIZINAN, About.MODE, "?"), OpenQuestion(PERIZINAN, About.DIRECTION, "?"))
    question = table(Question)
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, questions=both))
        for about, value, accepted in ((About.DIRECTION, "positive", False), (About.MODE, "SUM", True)):
            number = connection.execute(select(question.c.id).where(question.c.about == about)).scalar_one()
            plans.answer_question(connection, made.id, number, value, ACTOR, NOW, by=DEWI)
            assert indicator(connection, made, PERIZINAN).accepted is accepted


@pytest.mark.parametrize(
    ("about", "wrong"),
    [
        (About.MODE, "JUMLAH"),
        (About.MODE, ""),
        (About.MODE, "sum"),
        (About.OWNER, "Kasi Yang Tidak Ada"),
        (About.OWNER, ""),
        (About.NAME, "   "),
        (About.DIRECTION, "turun"),
        (About.TARGETS, ""),
        (About.TARGETS, "233"),
        (About.TARGETS, "2022-07"),
        (About.TARGETS, "2022-07="),
        (About.TARGETS, "2022-13=1"),
        (About.TARGETS, "2022-07=1,5"),
        (About.TARGETS, "2022-07=NaN"),
        (About.TARGETS, "2022-07=Infinity"),
        (About.TARGETS, "2022-07=0.1234567"),
        (About.TARGETS, "2022-07=1E+30"),
        (About.TARGETS, "2022-07=1; 2022-07=2"),
        (About.TARGETS, "2022-07=1; 2022-TW3=3"),
        (About.TARGETS, "2022-TW3=3"),
        (About.TARGETS, "2022=3"),
        (About.TARGETS, "2023-07=1"),
        (About.TARGETS, "2022-07=1; 2023-07=1"),
    ],
)
def test_a_refused_answer_leaves_everything_as_it_was(engine: Engine, about: About, wrong: str) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=with_question(about))
        before = everything(connection)
        with pytest.raises(AnswerRefused):
            answer(connection, made, wrong)
        assert everything(connection) == before


def test_answered_targets_fill_lost_periods_and_move_the_figures(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        answer(connection, made, PROPOSAL, ARSIP)
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == ARSIP)
    assert sum(duty.measure.targets.values()) == Decimal(2800)
    assert duty.figures[Period.month(YEAR, 10)].target_to_date == Decimal(2330)
    assert duty.figures[Period.month(YEAR, 7)].due


def test_an_answered_dash_takes_a_target_away(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        answer(connection, made, "2022-01=-; 2022-02=234.5", ARSIP)
        targets = targets_of(connection, made, ARSIP)
        duty = next(duty for duty in figures.duties(connection, made.id) if duty.code == ARSIP)
    assert "2022-01" not in targets
    assert targets["2022-02"] == Decimal("234.5")
    assert not duty.figures[Period.month(YEAR, 1)].due


def test_open_targets_block_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert indicator(connection, made, ARSIP).accepted
        assert "2022-07" not in targets_of(connection, made, ARSIP)


def test_targets_are_read_with_or_without_spaces() -> None:
    assert parse_targets(" 2022-07 = 233;2022-08=-; 2022-09=0.5 ") == {
        Period.month(2022, 7): Decimal(233),
        Period.month(2022, 8): None,
        Period.month(2022, 9): Decimal("0.5"),
    }


def test_a_second_answer_replaces_the_first_and_both_are_on_record(engine: Engine) -> None:
    audit = table(Audit)
    with writing(engine) as connection:
        made = make_office(connection)
        answer(connection, made, "SUM")
        answer(connection, made, "LEVEL", now=LATER)
        entries = connection.execute(
            select(audit.c.old, audit.c.new).where(audit.c.action == "question answered").order_by(audit.c.id)
        ).all()
        assert indicator(connection, made, PERIZINAN).mode == "LEVEL"
    assert [tuple(entry) for entry in entries] == [("", "SUM"), ("SUM", "LEVEL")]


def test_questions_that_block_come_first(engine: Engine) -> None:
    turned = replace(PLAN, questions=PLAN.questions[::-1], indicators=PLAN.indicators[::-1])
    with writing(engine) as connection:
        made = make_office(connection, plan=turned)
        cards = plans.open_questions(connection, made.id)
    assert [card.about for card in cards] == [About.MODE, About.TARGETS]
    first = cards[0]
    assert (first.indicator, first.post, first.options) == ("Kelengkapan perizinan", KASI, ("SUM", "LEVEL"))
    assert cards[1].proposal == PROPOSAL


# --- a proposed mode --------------------------------------------------------------------------------------------


def test_a_denied_mode_becomes_a_question_and_the_reports_wait_for_its_answer(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        gaji = made.indicators[GAJI]
        desk = desk_of(connection, made, JOKO)
        desk.doubt_mode(next(duty for duty in desk.duties if duty.code == GAJI), "Bukan sepuluh orang yang sama.")
        assert [duty.code for duty in desk.duties] == [ARSIP]
        card = next(card for card in desk.open_questions if card.indicator_id == gaji)
        assert (card.about, card.text) == (About.MODE, "Bukan sepuluh orang yang sama.")
        assert card.options == ("SUM", "CUM", "LEVEL", "SINGLE")
        desk_of(connection, made, DEWI).answer_question(card.id, "SUM", "pegawai berganti")
        row = indicator(connection, made, GAJI)
    assert (row.mode, row.confidence, row.accepted) == ("SUM", Confidence.HIGH, True)


def test_a_mode_can_be_denied_again_after_an_answer(engine: Engine) -> None:
    question = table(Question)
    with writing(engine) as connection:
        made = make_office(connection)
        answer(connection, made, "SUM")
        perizinan = made.indicators[PERIZINAN]
        plans.doubt_mode(connection, made.id, perizinan, "Ternyata bukan.", ACTOR, LATER)
        rows = connection.execute(select(question).where(question.c.indicator_id == perizinan)).all()
    assert [(row.text, row.answer) for row in rows] == [("Ternyata bukan.", None)]


def test_a_confirmed_mode_is_on_record(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, JOKO)
        desk.confirm_mode(next(duty for duty in desk.duties if duty.code == GAJI))
        assert next(duty for duty in desk.duties if duty.code == GAJI).mode_confirmed
        entry = connection.execute(select(table(Audit)).where(table(Audit).c.action == "mode confirmed")).one()
    assert (entry.person_id, entry.post_id) == (made.people[JOKO], made.posts[PELAKSANA])


def test_nothing_of_another_office_can_be_answered_confirmed_or_denied(engine: Engine) -> None:
    with writing(engine) as connection:
        own, other = make_office(connection), make_office(connection, name="Sebelah")
        before = everything(connection)
        with pytest.raises(NoResultFound):
            plans.answer_question(connection, own.id, other.questions[PERIZINAN], "SUM", ACTOR, NOW, by=DEWI)
        with pytest.raises(NoResultFound):
            plans.confirm_mode(connection, own.id, other.indicators[GAJI], ACTOR, NOW)
        with pytest.raises(NoResultFound):
            plans.doubt_mode(connection, own.id, other.indicators[GAJI], "?", ACTOR, NOW)
        assert everything(connection) == before
        assert connection.execute(select(func.count()).select_from(table(Plan))).scalar_one() == 2
