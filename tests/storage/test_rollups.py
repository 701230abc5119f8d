"""Roll-ups equal a recount after every change, and a summary made of them is the one that looks at every indicator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from domain.achievement import Cap
from domain.judged import average_of, judge
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import OfficePlan
from domain.scales import ScaleKey
from domain.tallies import Cell
from domain.verification import Action
from storage import figures, plans, reports, rollups
from storage.audit import Actor
from storage.engine import DatabaseError, is_conflict, reading, writing
from storage.figures import recount
from storage.reports import NewReport
from storage.reviews import ReportChanged
from tests.offices import (
    ARSIP,
    BUKU,
    GAJI,
    IKM,
    KASI,
    KASUBBAG,
    NOW,
    PBB,
    PELAKSANA,
    PERDES,
    PERIZINAN,
    PLAN,
    QUESTIONS,
    VACANT,
    YEAR,
    MadeOffice,
    desk_of,
    indicator,
    look_up,
    make_office,
    quarterly,
    service,
)
from tests.summaries import summarise
from tests.together import together

ACTOR = Actor(None, None, "", "test", None)
PERIODS = tuple(period for kind in PeriodKind for period in periods_of_year(YEAR, kind))
PENGADUAN, PADAM, KTP, RATA = "pengaduan", "padam", "ktp", "rata-rata"
EVERY_MODE = replace(
    PLAN,
    indicators=(
        *PLAN.indicators,
        replace(
            indicator(PENGADUAN, "Pengaduan", "kasus", VACANT, Rhythm.MONTHLY, quarterly(4, 4, 4, 4), Mode.SUM, 16),
            polarity=Polarity.NEGATIVE,
        ),
        indicator(PADAM, "Padam", "jam", KASUBBAG, Rhythm.MONTHLY, {}, Mode.CUM, 60),
        replace(
            indicator(RATA, "Rata-rata nilai", "nilai", KASI, Rhythm.QUARTERLY, quarterly(3, 3, 3, 3), Mode.LEVEL, 3),
            year_rule=YearRule.AVERAGE,
        ),
        service(KTP, "KTP elektronik"),
    ),
)
CODES = tuple(row.code for row in EVERY_MODE.indicators)
CHECKERS = ("Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini")


@dataclass
class Story:
    """One office and what happens in it."""

    connection: Connection
    made: MadeOffice
    plan: OfficePlan
    given: list[tuple[str, Period]] = field(default_factory=list[tuple[str, Period]])

    def load(self, plan: OfficePlan) -> None:
        """A new version of the plan."""
        self.made = look_up(self.connection, plans.apply_plan(self.connection, plan, NOW))
        self.plan = plan


@dataclass(frozen=True)
class Reports:
    """Somebody reports a value, or the workbook brings an invented one; the same again is a correction."""

    code: str
    period: Period
    value: Decimal
    source: str

    def happen(self, story: Story) -> None:
        if self.code not in story.made.indicators:
            return
        new = NewReport(story.made.indicators[self.code], self.period, self.value)
        try:
            reports.submit(story.connection, story.made.id, [new], ACTOR, NOW, self.source)
        except PermissionError:
            return  # an open question blocks it
        story.given.append((self.code, self.period))


@dataclass(frozen=True)
class Decides:
    """Somebody who may sees, verifies, approves or returns what was reported."""

    action: Action
    which: int

    def happen(self, story: Story) -> None:
        if not story.given:
            return
        code, period = story.given[self.which % len(story.given)]
        for name in CHECKERS:
            book = desk_of(story.connection, story.made, name, datetime(YEAR + 1, 1, 5, 2, tzinfo=UTC)).checking
            found = book.of(story.made.indicators[code], period)
            if found is None or not book.may(self.action, found):
                continue
            do = {Action.SEE: book.see, Action.VERIFY: book.verify, Action.APPROVE: book.approve}.get(self.action)
            if do is None:
                book.give_back(found.report_id, "Mohon dicek")
            else:
                do([found.report_id])
            return


@dataclass(frozen=True)
class Chooses:
    """The office chooses another cap, scale or beginning."""

    cap: Cap
    scale: ScaleKey
    begins: int | None

    def happen(self, story: Story) -> None:
        desk = desk_of(story.connection, story.made, "Dewi Lestari")
        begins = None if self.begins is None else Period.month(YEAR, self.begins)
        rules = replace(desk.office.rules, cap=self.cap, scale=self.scale, begins=begins)
        desk.settings.choose(rules, desk.office.zone)


@dataclass(frozen=True)
class Revises:
    """A new version of the plan: another target or annual target of an indicator, another owner, or none of it."""

    code: str
    number: int | None
    owner: str
    gone: bool

    def happen(self, story: Story) -> None:
        def revised(one: OfficePlan) -> OfficePlan:
            rows = [row for row in one.indicators if row.code != self.code]
            old = next(row for row in EVERY_MODE.indicators if row.code == self.code)
            known = None if self.number is None or old.service else Decimal(self.number)
            new = replace(old, post=self.owner, annual_target=known)
            if old.targets and known is not None:
                new = replace(new, targets={**old.targets, min(old.targets): known})
            return replace(one, indicators=tuple(rows if self.gone and len(rows) > 1 else [*rows, new]))

        plan = revised(story.plan)
        present = {row.code for row in plan.indicators}
        asked = tuple(one for one in QUESTIONS if one.indicator in present)
        story.load(replace(plan, questions=asked))
        story.given = [one for one in story.given if one[0] in present]


@dataclass(frozen=True)
class Answers:
    """A question of the plan is decided, or decided otherwise."""

    code: str
    value: str

    def happen(self, story: Story) -> None:
        question = story.made.questions.get(self.code)
        if question is not None:
            desk = desk_of(story.connection, story.made, "Dewi Lestari")
            desk.answer_question(question, self.value, "")


@dataclass(frozen=True)
class Doubts:
    """The owner denies how an indicator is counted: reports wait."""

    code: str

    def happen(self, story: Story) -> None:
        if self.code in story.made.indicators:
            which = story.made.indicators[self.code]
            plans.doubt_mode(story.connection, story.made.id, which, "Bukan jumlah.", ACTOR, NOW)
            story.made = look_up(story.connection, story.made.loaded)


Step: TypeAlias = Reports | Decides | Chooses | Revises | Answers | Doubts
values = st.integers(0, 9).map(Decimal) | st.sampled_from([Decimal("0.1"), Decimal("2.333333"), Decimal(9 * 10**12)])
posts = st.sampled_from((KASI, KASUBBAG, PELAKSANA, VACANT))
given_values = st.builds(
    Reports, st.sampled_from(CODES), st.sampled_from(PERIODS), values, st.sampled_from(("chat", "chat", "contoh"))
)
steps: st.SearchStrategy[Step] = st.one_of(
    given_values,
    given_values,
    st.builds(Decides, st.sampled_from((Action.SEE, Action.VERIFY, Action.APPROVE, Action.RETURN)), st.integers(0, 9)),
    st.builds(Chooses, st.sampled_from(Cap), st.sampled_from(ScaleKey), st.none() | st.integers(1, 12)),
    st.builds(Revises, st.sampled_from(CODES), st.none() | st.integers(0, 9), posts, st.booleans()),
    st.builds(Answers, st.just(PERIZINAN), st.sampled_from(("SUM", "LEVEL"))),
    st.builds(Answers, st.just(ARSIP), st.just("2022-07=233; 2022-08=-")),
    st.builds(Doubts, st.sampled_from((BUKU, GAJI, PBB, PERDES, IKM))),
)
days = st.tuples(st.integers(1, 14), st.integers(1, 28)).map(
    lambda at: datetime(YEAR + (at[0] > 12), (at[0] - 1) % 12 + 1, at[1], 2, tzinfo=UTC)
)


def examine(engine: Engine, happened: Sequence[Step], day: datetime) -> None:
    """Tell a story and count everything again after each of its steps; nothing of it is kept."""
    with engine.connect() as connection, connection.begin() as undone:
        story = Story(connection, make_office(connection, plan=EVERY_MODE), EVERY_MODE)
        for step in happened:
            with connection.begin_nested() as tried:
                try:
                    step.happen(story)
                except (PermissionError, ReportChanged, plans.AnswerRefused):
                    tried.rollback()
            found = recount(connection, story.made.id)
            assert found.is_right, (step, found)
            _must_be_remembered_right(story)
        _must_agree(story, day)
        undone.rollback()


def _must_be_remembered_right(story: Story) -> None:
    posts = list(story.made.posts.values())
    stamped, _with_pieces = figures.stamped(story.connection, story.made.id, posts, YEAR)
    remembered, _stamps = figures.stamped_duties(story.connection, story.made.id, posts, YEAR, stamped)
    assert remembered == figures.duties(story.connection, story.made.id, posts)


def _must_agree(story: Story, day: datetime) -> None:
    desk = desk_of(story.connection, story.made, None, day)
    summary = desk.summary()
    assert summary == summarise(desk.office.full_name, desk.office_duties, desk.today, desk.organisation)
    if summary is not None:
        judged = judge(desk.office_duties, desk.today)
        assert summary.mean == average_of(judged, desk.office.rules.cap).value


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happened=st.lists(steps, min_size=5, max_size=12), day=days)
def test_roll_ups_equal_a_recount_whatever_happens(engine: Engine, happened: list[Step], day: datetime) -> None:
    examine(engine, happened, day)


@pytest.mark.soak
@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happened=st.lists(steps, min_size=5, max_size=40), day=days)
def test_roll_ups_equal_a_recount_whatever_happens_for_long(
    engine: Engine, happened: list[Step], day: datetime
) -> None:
    examine(engine, happened, day)


def test_two_processes_that_report_and_correct_at_once_leave_the_right_sums(
    database_url: str, open_url: Callable[[str], Engine]
) -> None:
    engines = [open_url(database_url), open_url(database_url)]
    with writing(engines[0]) as connection:
        made = make_office(connection)

    def report(engine: Engine, code: str, month: int) -> None:
        new = NewReport(made.indicators[code], Period.month(YEAR, month), Decimal(month))
        while True:
            try:
                with writing(engine) as connection:
                    reports.submit(connection, made.id, [new], ACTOR, NOW, "chat")
            except DatabaseError as error:
                if not is_conflict(error):
                    raise
            else:
                return

    calls = [(BUKU, 1), (GAJI, 1), (PERDES, 2), (BUKU, 2), (GAJI, 2), (BUKU, 1)]
    together([lambda e=engines[at % 2], c=code, m=month: report(e, c, m) for at, (code, month) in enumerate(calls)])
    with reading(engines[0]) as connection:
        assert recount(connection, made.id).is_right
        february = rollups.of_office(connection, made.id)[Cell(made.posts[KASI], Period.month(YEAR, 2), 1)]
    assert (february.asked, february.reported, february.missing_to_date) == (2, 2, 0)


def test_a_recount_finds_what_was_changed_behind_the_program(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        other = make_office(connection, name="Sebelah")
        connection.execute(
            text("UPDATE rollup SET missing = missing + 1 WHERE office_id = :office AND period = '2022-03'"),
            {"office": made.id},
        )
        found = recount(connection, made.id)
        assert not found.figures and {cell.period for cell in found.cells} == {Period.month(YEAR, 3)}
        assert recount(connection, other.id).is_right
        figures.recompute_all(connection, made.id)
        assert recount(connection, made.id).is_right


def test_the_uncapped_capaian_of_enormous_figures_is_summed_exactly(engine: Engine) -> None:
    """Beyond 64 bits in millionths: a typing error that somebody confirmed still leaves every other sum right."""
    enormous = Decimal(9 * 10**12)
    with writing(engine) as connection:
        made = make_office(connection)
        new = [NewReport(made.indicators[code], Period.month(YEAR, 2), enormous) for code in (PERDES, BUKU)]
        reports.submit(connection, made.id, new, ACTOR, NOW, "chat")
        found = rollups.of_office(connection, made.id)[Cell(made.posts[KASI], Period.month(YEAR, 2), 1)]
        assert recount(connection, made.id).is_right
    assert found.counted == 2 and found.mean(Cap.AT_120) == 120
    assert found.mean(Cap.NONE) == Decimal("9223372036854.775807")


def test_several_offices_are_read_by_one_statement_and_kept_apart(engine: Engine) -> None:
    march = Period.month(YEAR, 3)
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Sebelah")
        new = NewReport(other.indicators[BUKU], Period.month(YEAR, 1), Decimal(1))
        reports.submit(connection, other.id, [new], ACTOR, NOW, "chat")
        found = list(rollups.to_date(connection, [made.id, other.id], [march]))
        both = {one.id: rollups.of_office(connection, one.id) for one in (made, other)}
    assert {cell.period for _office_id, cell, _tally in found} == {march}
    assert {office_id for office_id, _cell, _tally in found} == set(both)
    for office_id, cell, one in found:
        assert one[16:] == both[office_id][cell][16:] and not any(one[:16])
