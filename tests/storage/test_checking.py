"""Who may do what with a figure, through the desk: role x standing x locked x action, every cell; and what is read."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, select

from domain.checking import Decided, Mark, marks
from domain.day_spans import DaySpan
from domain.explaining import ExplainRule
from domain.locks import Keeper
from domain.modes import Mode, Rhythm
from domain.office_rules import OfficeRules
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Capacity, OfficePlan, PersonRow, PostRow, Role
from domain.standing import Standing
from domain.verification import Action, VerificationRule
from storage import reports
from storage.absences import AbsenceKind
from storage.audit import Actor
from storage.desk import Desk
from storage.engine import writing
from storage.plans import apply_plan
from storage.reports import NewReport
from storage.reviews import ReportChanged
from storage.tables import METADATA, Audit, Tenure, table
from tests.offices import (
    KASI,
    KASUBBAG,
    NOW,
    PELAKSANA,
    PEOPLE,
    PLAN,
    POSTS,
    SEKRETARIS,
    VACANT,
    MadeOffice,
    desk_of,
    indicator,
    make_office,
    monthly,
)
from tests.statements import noted

RATNA, AGUS, DEWI, SARI, JOKO = "Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini", "Joko Santosa"
PUTU, MADE, WAYAN, NYOMAN = "Putu Arini", "Made Wirawan", "Wayan Sudira", "Nyoman Astawa"
FINANCE, CLERK = "Kasubbag Keuangan", "Pengadministrasi Umum"
MARCH = Period.month(2022, 3)
FIGURE, OWN, HEADS = "arsip", "rencana", "kasi"
LATER = NOW + timedelta(days=2)
"""Two working days after the report: Thursday."""
STAFF_PLAN = replace(
    PLAN,
    posts=(
        *(replace(post, superior=KASI) if post.title == PELAKSANA else post for post in POSTS),
        PostRow(FINANCE, Role.KASUBBAG, SEKRETARIS),
        PostRow(CLERK, Role.PELAKSANA, KASI),
    ),
    people=(
        *PEOPLE,
        PersonRow(PUTU, FINANCE, "Bu", "+6281200000006"),
        PersonRow(MADE, VACANT, "Pak", "+6281200000007"),
        PersonRow(WAYAN, CLERK, "Pak", "+6281200000008"),
    ),
    indicators=(
        indicator(FIGURE, "Arsip surat", "dokumen", PELAKSANA, Rhythm.MONTHLY, monthly(*[200] * 12), Mode.SUM, 2400),
        indicator(OWN, "Rapat perencanaan", "kali", KASUBBAG, Rhythm.MONTHLY, monthly(*[1] * 12), Mode.SUM, 12),
        indicator(HEADS, "Desa dibina", "desa", KASI, Rhythm.MONTHLY, monthly(*[1] * 12), Mode.SUM, 12),
    ),
    questions=(),
)
"""Everybody that the matrix needs, and figures of a pelaksana, of the verifier and of a Kasi."""
GIVEN = frozenset({Standing.REPORTED, Standing.SEEN, Standing.VERIFIED, Standing.APPROVED})
UNGIVEN = frozenset({Standing.MISSING, Standing.RETURNED})
NONE = frozenset[Standing]()
SUBMIT = "submit"
"""To report what is missing, or to correct what is given: one act at the desk."""
ACTS = (SUBMIT, Action.SEE, Action.VERIFY, Action.RETURN, Action.APPROVE, Action.REQUEST, Action.DECIDE)
_audit, _tenure = table(Audit), table(Tenure)


@dataclass(frozen=True)
class Who:
    """Somebody as what they have to do with the pelaksana's figure; `away` is for whom they stand in as Plh."""

    name: str
    away: str = ""


CAST = {
    "camat": Who(RATNA),
    "sekretaris": Who(AGUS),
    "kasubbag perencanaan": Who(DEWI),
    "kasubbag": Who(PUTU),
    "kasi atasan": Who(SARI),
    "kasi lain": Who(MADE),
    "pemilik": Who(JOKO),
    "pelaksana lain": Who(WAYAN),
    "kantor lain": Who(NYOMAN),
    "Plh camat": Who(AGUS, RATNA),
    "Plh kasubbag perencanaan": Who(PUTU, DEWI),
    "Plh kasi atasan": Who(MADE, SARI),
    "Plh pemilik": Who(WAYAN, JOKO),
    "atasan sebagai Plh pemilik": Who(SARI, JOKO),
    "verifikator sebagai Plh atasan": Who(DEWI, SARI),
}
OPEN: dict[tuple[str, str], frozenset[Standing]] = {
    ("camat", Action.RETURN): GIVEN,
    ("camat", Action.APPROVE): frozenset({Standing.VERIFIED}),
    ("kasubbag perencanaan", Action.VERIFY): frozenset({Standing.SEEN}),
    ("kasubbag perencanaan", Action.RETURN): GIVEN,
    ("kasi atasan", Action.SEE): frozenset({Standing.REPORTED}),
    ("kasi atasan", Action.RETURN): GIVEN,
    ("pemilik", SUBMIT): GIVEN | UNGIVEN,
    ("Plh camat", Action.RETURN): GIVEN,
    ("Plh camat", Action.APPROVE): frozenset({Standing.VERIFIED}),
    ("Plh kasubbag perencanaan", Action.VERIFY): frozenset({Standing.SEEN}),
    ("Plh kasubbag perencanaan", Action.RETURN): GIVEN,
    ("Plh kasi atasan", Action.SEE): frozenset({Standing.REPORTED}),
    ("Plh kasi atasan", Action.RETURN): GIVEN,
    ("Plh pemilik", SUBMIT): GIVEN | UNGIVEN,
    ("atasan sebagai Plh pemilik", SUBMIT): GIVEN | UNGIVEN,
    ("verifikator sebagai Plh atasan", Action.SEE): frozenset({Standing.REPORTED}),
    ("verifikator sebagai Plh atasan", Action.VERIFY): frozenset({Standing.REPORTED, Standing.SEEN}),
    ("verifikator sebagai Plh atasan", Action.RETURN): GIVEN,
}
"""In which standings each of them may do what with the pelaksana's figure of today; nothing else."""
_LOCKED = {SUBMIT: Action.REQUEST, Action.RETURN: None}
LOCKED: dict[tuple[str, str], frozenset[Standing]] = {
    **{cell: found for cell, found in OPEN.items() if cell[1] not in _LOCKED},
    **{(role, Action.REQUEST): GIVEN for role, act in OPEN if act == SUBMIT},
    ("kasubbag perencanaan", Action.DECIDE): GIVEN,
    ("Plh kasubbag perencanaan", Action.DECIDE): GIVEN,
    ("verifikator sebagai Plh atasan", Action.DECIDE): GIVEN,
}
"""The same of a locked period: what could be sent is asked for, nothing is returned."""
OWN_OPEN: dict[tuple[str, str], frozenset[Standing]] = {
    ("camat", Action.RETURN): GIVEN,
    ("camat", Action.APPROVE): frozenset({Standing.VERIFIED}),
    ("sekretaris", Action.VERIFY): frozenset({Standing.REPORTED}),
    ("sekretaris", Action.RETURN): GIVEN,
    ("kasubbag perencanaan", SUBMIT): GIVEN | UNGIVEN,
    ("Plh camat", Action.VERIFY): frozenset({Standing.REPORTED}),
    ("Plh camat", Action.RETURN): GIVEN,
    ("Plh camat", Action.APPROVE): frozenset({Standing.VERIFIED}),
    ("Plh kasubbag perencanaan", SUBMIT): GIVEN | UNGIVEN,
    ("verifikator sebagai Plh atasan", SUBMIT): GIVEN | UNGIVEN,
}
"""The same of the figure of the Kasubbag Perencanaan: the Sekretaris verifies it, and he is also who is Plh camat."""
OWN_LOCKED: dict[tuple[str, str], frozenset[Standing]] = {
    **{cell: found for cell, found in OWN_OPEN.items() if cell[1] not in _LOCKED},
    **{(role, Action.REQUEST): GIVEN for role, act in OWN_OPEN if act == SUBMIT},
    ("sekretaris", Action.DECIDE): GIVEN,
    ("Plh camat", Action.DECIDE): GIVEN,
}


@dataclass(frozen=True)
class Place:
    """An office of the matrix with one figure, of the pelaksana unless told otherwise."""

    connection: Connection
    made: MadeOffice
    code: str = FIGURE
    now: datetime = NOW
    owner: str = JOKO
    verifier: str = DEWI

    def desk(self, name: str) -> Desk:
        return desk_of(self.connection, self.made, name, self.now)

    @property
    def figure(self) -> tuple[int, Period]:
        return self.made.indicators[self.code], MARCH

    @property
    def duty(self) -> Duty:
        return next(duty for duty in self.desk(RATNA).office_duties if duty.code == self.code)

    @property
    def standing(self) -> Standing:
        return self.duty.standing(MARCH)

    @property
    def report(self) -> int:
        """The id of the newest revision, 0 for none."""
        given = self.desk(RATNA).checking.of(*self.figure)
        return 0 if given is None else given.report_id

    def submit(self, name: str, value: int = 200) -> None:
        self.desk(name).submit([NewReport(*self.figure, Decimal(value), reason="Salah hitung")])

    def bring_to(self, standing: Standing) -> None:
        """Let the figure come as far as that; only that of a pelaksana is seen by a superior first."""
        if standing is not Standing.MISSING:
            self.submit(self.owner)
        if self.code == FIGURE and standing in (Standing.SEEN, Standing.VERIFIED, Standing.APPROVED):
            self.desk(SARI).checking.see([self.report])
        if standing in (Standing.VERIFIED, Standing.APPROVED):
            self.desk(self.verifier).checking.verify([self.report])
        if standing is Standing.APPROVED:
            self.desk(RATNA).checking.approve([self.report])
        if standing is Standing.RETURNED:
            self.desk(RATNA).checking.give_back(self.report, "Mohon lampirkan bukti.")

    def ask(self) -> int:
        """Let the owner ask for a correction after the lock; its id."""
        new = NewReport(*self.figure, Decimal(202), reason="Salah hitung")
        return self.desk(self.owner).corrections.ask(new)

    def rows(self) -> tuple[int, ...]:
        """How many rows every table has."""
        counted = ", ".join(f"(SELECT count(*) FROM {name})" for name in METADATA.tables)
        return tuple(self.connection.exec_driver_sql(f"SELECT {counted}").one())


def act(desk: Desk, wanted: str, figure: tuple[int, Period], report_id: int, request_id: int) -> None:
    """One person does one thing with a figure, its newest revision, or the correction that was asked for."""
    new = NewReport(*figure, Decimal(201), reason="Salah hitung")
    acts: dict[str, Callable[[], object]] = {
        SUBMIT: lambda: desk.submit([new]),
        Action.SEE: lambda: desk.checking.see([report_id]),
        Action.VERIFY: lambda: desk.checking.verify([report_id]),
        Action.RETURN: lambda: desk.checking.give_back(report_id, "Mohon lampirkan bukti."),
        Action.APPROVE: lambda: desk.checking.approve([report_id]),
        Action.REQUEST: lambda: desk.corrections.ask(new),
        Action.DECIDE: lambda: desk.corrections.agree(request_id),
    }
    acts[wanted]()


@pytest.mark.sampled_on_postgresql
@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
@pytest.mark.parametrize("standing", Standing)
def test_every_cell_happens_or_is_refused_and_changes_nothing(engine: Engine, standing: Standing, locked: bool) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection, plan=STAFF_PLAN))
        assert _happening(place, standing, locked=locked) == _cells(LOCKED if locked else OPEN, standing)


@pytest.mark.sampled_on_postgresql
@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.SEEN])
def test_every_cell_of_the_verifiers_own_figure(engine: Engine, standing: Standing, locked: bool) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=STAFF_PLAN)
        place = Place(connection, made, OWN, owner=DEWI, verifier=AGUS)
        assert _happening(place, standing, locked=locked) == _cells(OWN_LOCKED if locked else OWN_OPEN, standing)


def _cells(allowed: dict[tuple[str, str], frozenset[Standing]], standing: Standing) -> set[tuple[str, str]]:
    return {cell for cell, standings in allowed.items() if standing in standings}


def _happening(place: Place, standing: Standing, *, locked: bool) -> set[tuple[str, str]]:
    """Who of the cast can do what with a figure that has come so far."""
    other = make_office(place.connection, name="Sebelah", plan=_next_door())
    place.bring_to(standing)
    if locked:
        place.desk(DEWI).locks.turn(MARCH, Keeper.ADMIN, "", locks=True)
    assert place.standing is standing
    report_id, may_ask = place.report, locked and standing in GIVEN
    return {
        (role, wanted) for role, who in CAST.items() for wanted in _done(place, who, other, report_id, may_ask=may_ask)
    }


def _next_door() -> OfficePlan:
    """The same posts with other people: its Kasubbag Perencanaan is the stranger."""
    people = tuple(
        replace(person, name=NYOMAN if person.name == DEWI else f"{person.name} Sebelah")
        for person in STAFF_PLAN.people
    )
    return replace(STAFF_PLAN, people=people)


def _done(place: Place, who: Who, other: MadeOffice, report_id: int, *, may_ask: bool) -> list[str]:
    """The acts that somebody can do with a figure, by its newest revision, each tried and taken back.

    A correction to decide about is asked for before.
    """
    connection = place.connection
    made = other if who.name == NYOMAN else place.made
    with _taken_back(connection):
        if who.away:
            days = DaySpan(NOW.date(), NOW.date())
            place.desk(DEWI).absences.enter(made.people[who.away], AbsenceKind.LEAVE, days, made.people[who.name])
        desk = desk_of(connection, made, who.name, place.now)
        for read_once in ("organisation", "office_duties", "held_posts", "duties"):
            assert getattr(desk, read_once) is not None
        untouched = place.rows()

        def happens(wanted: str) -> bool:
            with _taken_back(connection):
                asks = may_ask and wanted == Action.DECIDE
                request_id = place.ask() if asks else 0
                before = place.rows() if asks else untouched
                try:
                    act(copy(desk), wanted, place.figure, report_id, request_id)
                except PermissionError:
                    assert place.rows() == before, (who, wanted)
                    return False
                assert place.rows() != before, (who, wanted)
                return True

        return [wanted for wanted in ACTS if happens(wanted)]


@contextmanager
def _taken_back(connection: Connection) -> Generator[None]:
    """Whatever is done inside is undone."""
    trial = connection.begin_nested()
    try:
        yield
    finally:
        trial.rollback()


# --- the chain ------------------------------------------------------------------------------------------------------


def waits_for(place: Place, name: str) -> list[tuple[str, Action, bool]]:
    """What waits for somebody: the indicator's code, for what, and whether no superior saw it in time."""
    return [(one.given.duty.code, one.action, one.unseen) for one in place.desk(name).checking.queue()]


def test_a_figure_goes_on_unseen_after_two_working_days(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection, plan=STAFF_PLAN))
        place.submit(JOKO)
        assert (waits_for(place, SARI), waits_for(place, DEWI)) == ([(FIGURE, Action.SEE, False)], [])
        later = replace(place, now=LATER)
        assert waits_for(later, DEWI) == [(FIGURE, Action.VERIFY, True)]
        assert waits_for(later, SARI) == [(FIGURE, Action.SEE, True)]  # he may still look
        later.desk(DEWI).checking.verify([place.report])
        assert place.standing is Standing.VERIFIED
        assert (waits_for(later, DEWI), waits_for(later, SARI)) == ([], [])


def test_nobody_waits_for_a_superior_who_is_not_there_or_sent_it_himself(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=STAFF_PLAN)
        place = Place(connection, made)
        today = DaySpan(NOW.date(), NOW.date())
        place.desk(DEWI).absences.enter(made.people[JOKO], AbsenceKind.LEAVE, today, made.people[SARI])
        place.submit(SARI)
        assert waits_for(place, DEWI) == [(FIGURE, Action.VERIFY, False)]
        connection.execute(_tenure.delete().where(_tenure.c.person_id == made.people[SARI]))
        place.submit(JOKO, 199)
        assert waits_for(place, DEWI) == [(FIGURE, Action.VERIFY, False)]


@pytest.mark.parametrize(
    ("code", "reporter", "verifier"),
    [(HEADS, SARI, DEWI), (OWN, DEWI, AGUS)],
)
def test_the_verifiers_own_goes_to_the_sekretaris(engine: Engine, code: str, reporter: str, verifier: str) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection, plan=STAFF_PLAN), code)
        place.submit(reporter, 1)
        found = {name: waits_for(place, name) for name in (RATNA, AGUS, DEWI, PUTU, SARI)}
        assert {name for name, waiting in found.items() if waiting} == {verifier}
        with pytest.raises(PermissionError):
            place.desk(reporter).checking.verify([place.report])
        place.desk(verifier).checking.verify([place.report])
        assert place.standing is Standing.VERIFIED


def test_an_office_lets_people_verify_their_own_or_names_who_verifies(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection, plan=STAFF_PLAN), OWN)
        place.submit(DEWI, 1)
        choose(place, VerificationRule(own_allowed=True))
        assert waits_for(place, DEWI) == [(OWN, Action.VERIFY, False)]
        choose(place, VerificationRule(verifiers=(FINANCE,)))
        assert (waits_for(place, DEWI), waits_for(place, PUTU)) == ([], [(OWN, Action.VERIFY, False)])
        assert place.desk(PUTU).sight.office
        choose(place, VerificationRule(camat_approves=False))
        place.desk(AGUS).checking.verify([place.report])
        with pytest.raises(PermissionError):
            place.desk(RATNA).checking.approve([place.report])


def choose(place: Place, rule: VerificationRule) -> None:
    desk = place.desk(DEWI)
    desk.settings.choose(OfficeRules(verification=rule), desk.office.zone)


def test_everybody_who_acts_for_a_post_is_told_what_waits_for_them(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=STAFF_PLAN)
        place = Place(connection, made)
        place.submit(JOKO)
        replace(place, code=HEADS).submit(SARI, 1)
        queues = desk_of(connection, made).checking.queues()
        assert {person: [one.given.duty.code for one in waiting] for person, waiting in queues.items()} == {
            made.people[SARI]: [FIGURE],
            made.people[DEWI]: [HEADS],
        }
        for name, person in made.people.items():
            assert queues.get(person, ()) == place.desk(name).checking.queue()


# --- what is decided --------------------------------------------------------------------------------------------------


def test_who_decided_is_recorded_with_post_and_capacity(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=STAFF_PLAN)
        place = Place(connection, made)
        today = DaySpan(NOW.date(), NOW.date())
        place.desk(DEWI).absences.enter(made.people[DEWI], AbsenceKind.LEAVE, today, made.people[PUTU])
        place.bring_to(Standing.SEEN)
        place.desk(PUTU).checking.verify([place.report])
        given = place.desk(RATNA).checking.of(*place.figure)
        assert given is not None
        decided = given.last(Standing.VERIFIED)
        assert decided is not None
        assert (decided.person_id, decided.post_id, decided.capacity) == (
            made.people[PUTU],
            made.posts[KASUBBAG],
            Capacity.PLH,
        )
        entry = connection.execute(select(_audit).where(_audit.c.action == "verified")).one()
        assert (entry.person_id, entry.post_id, entry.capacity, entry.old) == (*_of(decided), "200")


def _of(decided: Decided) -> tuple[int, int, str]:
    return decided.person_id, decided.post_id, decided.capacity.value


def test_nothing_is_decided_about_what_changed_since_it_was_shown(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=STAFF_PLAN)
        place, heads = Place(connection, made), Place(connection, made, HEADS)
        place.bring_to(Standing.SEEN)
        heads.submit(SARI, 1)
        shown = [place.report, heads.report]
        heads.submit(SARI, 2)
        with pytest.raises(ReportChanged):
            place.desk(DEWI).checking.verify(shown)
        assert (place.standing, heads.standing) == (Standing.SEEN, Standing.REPORTED)
        with pytest.raises(ReportChanged):
            place.desk(DEWI).checking.give_back(shown[1], "Mohon lampirkan bukti.")


def test_one_that_is_not_theirs_lets_nothing_of_the_others_be_decided(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=STAFF_PLAN)
        place, own = Place(connection, made, HEADS), Place(connection, made, OWN)
        place.submit(SARI, 1)
        own.submit(DEWI, 1)
        before = place.rows()
        with pytest.raises(PermissionError):
            place.desk(DEWI).checking.verify([place.report, own.report])
        with pytest.raises(PermissionError):
            place.desk(DEWI).checking.verify([place.report, 999_999])
        assert place.rows() == before


def test_a_correction_of_what_was_verified_falls_back_and_shows_the_old_figure(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection, plan=STAFF_PLAN))
        place.bring_to(Standing.APPROVED)
        place.submit(JOKO, 150)
        assert place.standing is Standing.REPORTED
        place.submit(JOKO, 160)  # nobody had looked at the one between
        (waiting,) = replace(place, now=LATER).desk(DEWI).checking.queue()
        assert (waiting.given.verified_before, waiting.given.value, waiting.given.reason) == (200, 160, "Salah hitung")
        assert marks(waiting.given, ExplainRule())[0] is Mark.CORRECTED


def test_what_was_returned_tells_why_once_it_is_mended(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection, plan=STAFF_PLAN))
        place.bring_to(Standing.RETURNED)
        place.submit(JOKO)
        (waiting,) = place.desk(SARI).checking.queue()
        assert waiting.given.mended is not None
        assert waiting.given.mended.reason == "Mohon lampirkan bukti."


def test_an_invented_value_is_not_checked(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=STAFF_PLAN)
        place = Place(connection, made, HEADS)
        invented = NewReport(*place.figure, Decimal(1))
        reports.submit(connection, made.id, [invented], Actor(None, None, "", "", None), NOW, "contoh")
        assert waits_for(place, DEWI) == []
        for decide in (place.desk(DEWI).checking.verify, place.desk(SARI).checking.see):
            with pytest.raises(PermissionError):
                decide([place.report])


def test_what_was_verified_stays_so_under_a_new_version_of_the_plan(engine: Engine) -> None:
    with writing(engine) as connection:
        place = Place(connection, make_office(connection, plan=STAFF_PLAN))
        place.bring_to(Standing.SEEN)
        assert apply_plan(connection, replace(STAFF_PLAN, document="Nomor 2"), NOW).changed
        (waiting,) = place.desk(DEWI).checking.queue()
        assert waiting.given.duty.id != place.made.indicators[FIGURE]
        place.desk(DEWI).checking.verify([waiting.given.report_id])
        assert place.desk(DEWI).checking.queue() == ()
        assert place.standing is Standing.VERIFIED


# --- what it costs ----------------------------------------------------------------------------------------------------


def test_the_queue_of_a_large_office_takes_few_statements(engine: Engine) -> None:
    many = tuple(
        indicator(f"k-{number}", f"Kegiatan {number}", "kali", KASI, Rhythm.MONTHLY, monthly(*[1] * 12), Mode.SUM, 12)
        for number in range(150)
    )
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(STAFF_PLAN, indicators=many))
        desk_of(connection, made, SARI).submit(
            [NewReport(made.indicators[row.code], MARCH, Decimal(1)) for row in many]
        )
        desk = desk_of(connection, made, DEWI)
        assert len(desk.office_duties) == 150
        assert desk.held_posts
        with noted(connection) as counted:
            assert len(desk.checking.queue()) == 150
    assert len(counted) <= 12, counted
