"""The desk stands in one office: whatever it is asked, it neither shows nor changes anything of another one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import NoResultFound

from domain.day_spans import DaySpan
from domain.explaining import Asked
from domain.locks import Keeper
from domain.openings import closings
from domain.periods import Period
from domain.plan import Capacity, OfficePlan, RenstraRow, SignerRow
from domain.renstra import RenstraFigures
from domain.zones import Zone
from storage import conversations, inbox, outbox, people, reports, snapshots
from storage.absences import AbsenceKind
from storage.audit import Actor
from storage.budgets import NewBudgetReport
from storage.desk import Desk
from storage.engine import writing
from storage.evidence import EvidenceCard, NewEvidence
from storage.figures_json import to_json
from storage.follow_ups import NewFollowUp
from storage.groups import GroupState
from storage.inbox import NewMessage
from storage.outbox import NOTICE, Letter, NewSending
from storage.picture_book import SUMMARY
from storage.plan_uploads import UploadState
from storage.plans import AnswerRefused
from storage.reports import NewReport
from storage.rows import add
from storage.seats import Seat
from storage.tables import METADATA, OfficeGroup, Tenure, table
from storage.undelivered import CallBook
from tests.loaded import once
from tests.offices import (
    BUKU,
    GAJI,
    KASI,
    KASUBBAG,
    NOW,
    PBB,
    PELAKSANA,
    PERIZINAN,
    PLAN,
    VACANT,
    WITH_BUDGET,
    YEAR,
    MadeOffice,
    desk_of,
    make_office,
)

SARI, DEWI, JOKO = "Sari Andini", "Dewi Lestari", "Joko Santosa"
FOREIGN = "Sebelah"
"""Stands in every text of the other office, and in none of ours."""
MARCH, QUARTER = Period.month(YEAR, 3), Period.quarter(YEAR, 1)
DAY_OFF = date(2022, 6, 8)
FOREIGN_LOCK = Period.month(YEAR, 5)
"""What the other office locked."""
ACTOR = Actor(None, None, "", "test", None)


# --- two offices in one database --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Neighbours:
    """Our office and the other one."""

    connection: Connection
    own: MadeOffice
    other: MadeOffice


def marked(plan: OfficePlan) -> OfficePlan:
    """The same plan with the mark in every title, name and question."""

    def mark(text: str) -> str:
        return f"{text} {FOREIGN}"

    return replace(
        plan,
        office=mark(plan.office),
        posts=tuple(
            replace(
                post,
                title=mark(post.title),
                superior=mark(post.superior) if post.superior else None,
                section=mark(post.section) if post.section else "",
            )
            for post in plan.posts
        ),
        people=tuple(replace(person, name=mark(person.name), post=mark(person.post)) for person in plan.people),
        indicators=tuple(replace(row, name=mark(str(row.name)), post=mark(str(row.post))) for row in plan.indicators),
        questions=tuple(replace(question, text=mark(question.text)) for question in plan.questions),
        budget=tuple(
            replace(line, name=mark(line.name), post=mark(line.post) if line.post else None) for line in plan.budget
        ),
        renstra=(RenstraRow(BUKU, RenstraFigures(Decimal(60))),),
        signers=(SignerRow("Disusun oleh", mark("Kasubbag Perencanaan")),),
    )


@pytest.fixture
def neighbours(engine: Engine) -> Iterator[Neighbours]:
    """Both offices have joined people, reports, evidence, messages and last week's summary."""
    with writing(engine) as connection:
        own, other = once(connection, __name__, lambda: made_neighbours(connection))
        yield Neighbours(connection, own, other)


def made_neighbours(connection: Connection) -> tuple[MadeOffice, MadeOffice]:
    own = make_office(connection, plan=WITH_BUDGET)
    other = make_office(connection, name=f"{PLAN.office} {FOREIGN}", plan=marked(WITH_BUDGET))
    for made in (own, other):
        live_in(connection, made)
    return own, other


def live_in(connection: Connection, made: MadeOffice) -> None:
    """Let every person of an office join, and one of them report."""
    for name, person_id in made.people.items():
        inbox.store(connection, [NewMessage("telegram", name, name, name, said={})], NOW)
        conversation = inbox.waiting_conversations(connection, 99)[-1].id
        conversations.give_to_person(connection, conversation, "telegram", name, made.id, person_id, NOW)
    desk = desk_of(connection, made, next(name for name in made.people if name.startswith(SARI)))
    desk.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1), message_id="m-1")])
    desk.add_evidence([NewEvidence(made.indicators[BUKU], MARCH, "a" * 64, "photo", 100)])
    desk.follow_ups.add(NewFollowUp(made.indicators[BUKU], MARCH, Asked.OBSTACLE, desk.office.name, "?"))
    desk.submit_budget([NewBudgetReport(line.id, MARCH, Decimal(6_000_000), None) for line in desk.own_budget])
    desk.submit([NewReport(made.indicators[PBB], QUARTER, Decimal(25))])
    admin = desk_of(connection, made, next(name for name in made.people if name.startswith(DEWI)))
    admin.return_report(made.indicators[PBB], QUARTER, Decimal(25), desk.office.name)
    desk.notes.add(made.indicators[BUKU], desk.office.name, desk.actor(desk.held_posts[0].post.id))
    desk.absences.enter(desk.person.id, AbsenceKind.LEAVE, DaySpan(DAY_OFF, DAY_OFF), None)
    desk.extensions.ask(desk.person.id, desk.held_posts[0].post.id, MARCH, DAY_OFF, desk.office.name)
    locked = FOREIGN_LOCK if FOREIGN in desk.office.name else MARCH
    desk.locks.turn(locked, Keeper.ADMIN, "", locks=False)
    desk.settings.add_day_off(DAY_OFF, desk.office.name)
    admin.invites.make(desk.held_posts[0].post.id)
    desk.numbers.ask(desk.person.id, "whatsapp", f"id of {desk.office.name}")
    address = desk.address_of(desk.person.id)
    assert address is not None
    sending = (made.id, address.conversation_id, desk.person.id, address.channel, address.address)
    lost = NewSending(*sending, NOTICE, f"lost {made.id}", {"text": desk.office.name}, NOW, NOW, nowhere=True)
    outbox.enqueue(connection, lost)
    link_group(connection, made, desk)
    summary = desk.summary()
    assert summary is not None
    snapshots.keep(connection, made.id, SUMMARY, summary.period, to_json(summary), NOW - timedelta(days=7))


def link_group(connection: Connection, made: MadeOffice, desk: Desk) -> None:
    """A group of the office, named after it."""
    group = {
        "conversation_id": conversations.new_conversation(connection),
        "title": desk.office.name,
        "state": GroupState.LINKED,
        "office_id": made.id,
        "asked_by": desk.person.id,
        "decided_by": desk.person.id,
        "changed_at": NOW,
    }
    add(connection, table(OfficeGroup), group)


def foreign_group(there: Neighbours) -> int:
    return desk_of(there.connection, there.other).groups.all()[0].id


def rows_of(connection: Connection, made: MadeOffice) -> dict[str, list[str]]:
    """Every row that belongs to an office, as the driver gives it: asked hundreds of times, and only compared."""
    where = {name: f"office_id = {made.id}" for name, one in METADATA.tables.items() if "office_id" in one.columns}
    where["target"] = f"indicator_id IN (SELECT id FROM indicator WHERE office_id = {made.id})"
    where["tenure"] = f"post_id IN (SELECT id FROM post WHERE office_id = {made.id})"
    found = {name: connection.exec_driver_sql(f"SELECT * FROM {name} WHERE {which}") for name, which in where.items()}
    return {name: sorted(map(str, rows)) for name, rows in found.items()}


def foreign_duty(there: Neighbours) -> object:
    return next(duty for duty in desk_of(there.connection, there.other).office_duties if duty.code == GAJI)


def foreign_pieces(there: Neighbours) -> tuple[EvidenceCard, ...]:
    return desk_of(there.connection, there.other).evidence.of(there.other.indicators[BUKU], MARCH)


def foreign_spending(there: Neighbours) -> list[NewBudgetReport]:
    return [NewBudgetReport(line.id, MARCH, Decimal(1), None) for line in desk_of(there.connection, there.other).budget]


def foreign_invites(there: Neighbours) -> list[int]:
    return [card.id for card in desk_of(there.connection, there.other).invites.newest().values()]


REACH: dict[str, Callable[[Desk, Neighbours], object]] = {
    "moved": lambda desk, there: None,
    "seats": lambda desk, there: desk.seats.take(Seat(1, None, None, "", "", chosen=False)),
    "is_shared": lambda desk, there: [desk.is_shared(person) and FOREIGN for person in there.other.people.values()],
    "groups": lambda desk, there: (desk.groups.all(), desk.groups.decide(foreign_group(there), GroupState.DECLINED)),
    "ask_in_private": lambda desk, there: desk.ask_in_private("p", {}),
    "connection": lambda desk, there: None,
    "office_id": lambda desk, there: desk.office_id == there.own.id or FOREIGN,
    "now": lambda desk, there: desk.now,
    "almanac": lambda desk, there: None,
    "person_id": lambda desk, there: None,
    "channel": lambda desk, there: desk.channel,
    "inbox_id": lambda desk, there: desk.inbox_id,
    "message_id": lambda desk, there: desk.message_id,
    "letters": lambda desk, there: None,
    "write": lambda desk, there: [
        desk.write(person, Letter("w", NOW, {})) and FOREIGN for person in there.other.people.values()
    ],
    "write_to_admins": lambda desk, there: desk.write_to_admins(Letter("a", NOW, {})),
    "tell": lambda desk, there: [desk.tell(person, "k", {}) and FOREIGN for person in there.other.people.values()],
    "last_letters": lambda desk, there: foreign_ids(desk.last_letters(""), there.other.people),
    "occasion_since": lambda desk, there: desk.occasion_since("k", NOW - timedelta(days=1)),
    "remind_again": lambda desk, there: desk.remind_again(NOW, {}),
    "office": lambda desk, there: desk.office,
    "local_now": lambda desk, there: desk.local_now,
    "today": lambda desk, there: desk.today,
    "calendar": lambda desk, there: desk.calendar,
    "person": lambda desk, there: desk.person,
    "held_posts": lambda desk, there: desk.held_posts,
    "posts": lambda desk, there: desk.posts,
    "present_posts": lambda desk, there: desk.present_posts,
    "organisation": lambda desk, there: (
        desk.organisation,
        foreign_ids(desk.organisation.posts, there.other.posts),
        foreign_ids([one.person_id for one in desk.organisation.absences], there.other.people),
        foreign_ids([one.post_id for one in desk.organisation.extensions], there.other.posts),
        [turn.period == FOREIGN_LOCK and FOREIGN for turn in desk.organisation.turns],
    ),
    "holders": lambda desk, there: (
        foreign_ids(desk.holders, there.other.posts) or foreign_ids(desk.holders.values(), there.other.people)
    ),
    "people": lambda desk, there: (desk.people, foreign_ids(desk.people, there.other.people)),
    "for_person": lambda desk, there: [
        (seen.held_posts, seen.duties, seen.is_admin, seen.closings)
        for seen in map(desk.for_person, there.other.people.values())
    ],
    "is_admin": lambda desk, there: desk.is_admin,
    "admins": lambda desk, there: foreign_ids(desk.admins, there.other.people),
    "missed_something": lambda desk, there: None,
    "pieces_of": lambda desk, there: [desk.pieces_of(duty, MARCH) for duty in desk.duties],
    "duties": lambda desk, there: desk.duties,
    "office_duties": lambda desk, there: desk.office_duties,
    "every_duty": lambda desk, there: desk.every_duty,
    "duties_in": lambda desk, there: [desk.duties_in(year) for year in (1, YEAR)],
    "plan_years": lambda desk, there: desk.plan_years,
    "closings": lambda desk, there: desk.closings,
    "owed": lambda desk, there: foreign_ids([one.post_id for one in desk.owed], there.other.posts),
    "absences": lambda desk, there: [
        desk.absences.of_person(person) and FOREIGN for person in there.other.people.values()
    ],
    "staff": lambda desk, there: (
        foreign_ids([card.person_id for card in desk.staff.tenures], there.other.people),
        foreign_ids([post.id for post in desk.staff.posts], there.other.posts),
        foreign_ids(desk.staff.phones, there.other.people),
        any(map(desk.staff.indicators_of, there.other.posts.values())) and FOREIGN,
    ),
    "plan_uploads": lambda desk, there: [
        (desk.plan_uploads.newest(*UploadState), desk.plan_uploads.get(number), desk.plan_uploads.held_since("ab"))
        for number in range(1, 9)
    ],
    "behalf": lambda desk, there: desk.behalf,
    "invites": lambda desk, there: (
        foreign_ids(desk.invites.newest(), there.other.posts) or foreign_ids(desk.invites.joined(), there.other.people),
        [desk.invites.get(number) and FOREIGN for number in foreign_invites(there)],
        [desk.invites.revoke(number) for number in foreign_invites(there)],
        [desk.invites.make(post) for post in there.other.posts.values()],
    ),
    "practice": lambda desk, there: desk.practice,
    "for_practice": lambda desk, there: foreign_ids(
        [one.post_id for one in desk.for_practice(desk.posts[0], ()).office_duties], there.other.posts
    ),
    "for_post": lambda desk, there: [
        desk.for_post(post, "telepon").duties and FOREIGN for post in there.other.posts.values()
    ],
    "entered_for": lambda desk, there: foreign_ids([post.id for post in desk.entered_for], there.other.posts),
    "entered": lambda desk, there: (
        [desk.entered.of(number) and FOREIGN for number in range(1, 9)],
        desk.entered.last() and FOREIGN,
        desk.entered.confirm(1),
    ),
    "reporters": lambda desk, there: (
        foreign_ids(desk.reporters, there.other.posts) or foreign_ids(desk.reporters.values(), there.other.people)
    ),
    "reported_posts": lambda desk, there: desk.reported_posts,
    "reported_ids": lambda desk, there: foreign_ids(desk.reported_ids, there.other.posts),
    "beginnings": lambda desk, there: (
        desk.beginnings.to_ask(),
        desk.beginnings.told,
        desk.beginnings.tell([NewReport(there.other.indicators[BUKU], MARCH, Decimal(2), to_date=True)]),
    ),
    "extensions": lambda desk, there: [
        desk.extensions.of_post(post, MARCH) and FOREIGN for post in there.other.posts.values()
    ],
    "locks": lambda desk, there: desk.locks.turn(MARCH, Keeper.ADMIN, "", locks=True),
    "privacy": lambda desk, there: [
        (desk.privacy.holdings(person), desk.privacy.erase(person)) for person in there.other.people.values()
    ],
    "settings": lambda desk, there: (desk.settings.days_off, desk.settings.remove_day_off(DAY_OFF)),
    "owed_before": lambda desk, there: foreign_ids([one.post_id for one in desk.owed_before(NOW)], there.other.posts),
    "reviewing_post": lambda desk, there: [
        desk.reviewing_post(post) and FOREIGN for post in there.other.posts.values()
    ],
    "return_report": lambda desk, there: desk.return_report(there.other.indicators[BUKU], MARCH, Decimal(1), "?"),
    "checking": lambda desk, there: (
        foreign_ids([one.given.duty.id for one in desk.checking.queue()], there.other.indicators),
        foreign_ids(desk.checking.queues(), there.other.people),
        desk.checking.of(there.other.indicators[BUKU], MARCH) and FOREIGN,
        desk.checking.see([1, 2, 3, 4]),
    ),
    "to_check": lambda desk, there: foreign_ids([one.given.duty.id for one in desk.to_check], there.other.indicators),
    "capacity_for": lambda desk, there: [desk.capacity_for(post) and FOREIGN for post in there.other.posts.values()],
    "actor": lambda desk, there: [desk.actor(post).capacity and FOREIGN for post in there.other.posts.values()],
    "history": lambda desk, there: desk.history.of(there.other.indicators[BUKU]),
    "corrections": lambda desk, there: (
        desk.corrections.open(),
        desk.corrections.ask(NewReport(there.other.indicators[BUKU], MARCH, Decimal(2), reason="?")),
    ),
    "submit": lambda desk, there: desk.submit([NewReport(there.other.indicators[BUKU], MARCH, Decimal(2))]),
    "budget": lambda desk, there: desk.budget,
    "own_budget": lambda desk, there: desk.own_budget,
    "submit_budget": lambda desk, there: desk.submit_budget(foreign_spending(there)),
    "add_evidence": lambda desk, there: desk.add_evidence(
        [NewEvidence(there.other.indicators[BUKU], MARCH, "b" * 64, "photo", 100)]
    ),
    "evidence": lambda desk, there: (
        foreign_ids([one for one, _period in desk.evidence.counts()], there.other.indicators),
        desk.evidence.of(there.other.indicators[BUKU], MARCH),
        desk.evidence.like("a" * 64, "", 0, MARCH),
        foreign_ids(
            [one for one, _period in desk.evidence.newest_reports(there.other.indicators.values())],
            there.other.indicators,
        ),
        [desk.evidence.may_remove(card) and FOREIGN for card in foreign_pieces(there)],
    ),
    "duty": lambda desk, there: [desk.duty(one) for one in there.other.indicators.values()],
    "last_report": lambda desk, there: desk.last_report,
    "confirmed_doubts": lambda desk, there: desk.confirmed_doubts([MARCH]),
    "report_given_by": lambda desk, there: foreign_ids(
        [getattr(desk.report_given_by("m-1"), "indicator_id", 0)], there.other.indicators
    ),
    "confirm_mode": lambda desk, there: desk.confirm_mode(foreign_duty(there)),  # pyright: ignore[reportArgumentType]
    "doubt_mode": lambda desk, there: desk.doubt_mode(foreign_duty(there), "?"),  # pyright: ignore[reportArgumentType]
    "open_questions": lambda desk, there: desk.open_questions,
    "answer_question": lambda desk, there: [
        desk.answer_question(question, "SUM", "") for question in there.other.questions.values()
    ],
    "summary": lambda desk, there: desk.summary(before=NOW),
    "follow_ups": lambda desk, there: (
        list(desk.follow_ups.newest().values()),
        [desk.follow_ups.of(indicator, MARCH) and FOREIGN for indicator in there.other.indicators.values()],
    ),
    "notes": lambda desk, there: (
        foreign_ids(desk.notes.visible, there.other.indicators),
        desk.notes.threads(),
        desk.notes.add(there.other.indicators[BUKU], "?", desk.actor()),
    ),
    "renstra": lambda desk, there: foreign_ids(desk.renstra, there.other.indicators),
    "signers": lambda desk, there: desk.signers,
    "jobs": lambda desk, there: desk.jobs,
    "begin_job": lambda desk, there: desk.begin_job("spending", {}),
    "sight": lambda desk, there: (desk.sight.sections, foreign_ids(desk.sight.posts, there.other.posts)),
    "pictures": lambda desk, there: (
        snapshots.load(
            there.connection,
            desk.pictures.keep(desk.summary()),  # pyright: ignore[reportArgumentType]  # the office has one
        ),
        desk.pictures.sections,
        desk.pictures.section(f"Seksi Pemerintahan {FOREIGN}"),
        [desk.pictures.indicator(duty) for duty in desk.pictures.duties],
        desk.pictures.budget_lines,
        desk.pictures.budget(),
        desk.pictures.comparison(),
        desk.pictures.compliance(),
        snapshots.load(there.connection, desk.pictures.keep(desk.pictures.compliance())),  # pyright: ignore[reportArgumentType]  # the office has one
    ),
    "is_open": lambda desk, there: None,
    "out_of_reach": lambda desk, there: foreign_ids(desk.out_of_reach, there.other.people),
    "calls": lambda desk, there: (
        [desk.calls.open(person) for person in (None, *there.other.people.values())],
        desk.calls.last_letter(""),
        desk.calls.settle(CallBook(there.connection, there.other.id, NOW).open()),
    ),
    "numbers": lambda desk, there: (
        desk.numbers.open(),
        [desk.numbers.get(card.id) for card in desk_of(there.connection, there.other).numbers.open()],
        [desk.numbers.agree(card.id) for card in desk_of(there.connection, there.other).numbers.open()],
    ),
    "templates_this_month": lambda desk, there: desk.templates_this_month,
    "lines": lambda desk, there: desk.lines,
    "on_screen": lambda desk, there: desk.on_screen,
    "sees_budget": lambda desk, there: desk.sees_budget,
    "preferred_channel": lambda desk, there: desk.preferred_channel,
    "prefer_channel": lambda desk, there: desk.prefer_channel("telegram"),
    "write_to_admins_but_on": lambda desk, there: desk.write_to_admins_but_on("whatsapp", Letter("b", NOW, {})),
    "conversation_state": lambda desk, there: desk.conversation_state,
    "week_start": lambda desk, there: desk.week_start,
    "address_of": lambda desk, there: [desk.address_of(person) for person in there.other.people.values()],
}
"""How each public attribute of the desk might reach the other office. A new one is added here before it is used."""


def foreign_ids(ids: object, foreign: dict[str, int]) -> str:
    """The mark, where one of the ids belongs to the other office."""
    return FOREIGN if set(ids) & set(foreign.values()) else ""  # pyright: ignore[reportArgumentType]  # any iterable


def test_every_public_attribute_is_walked() -> None:
    fields = set(Desk.__dataclass_fields__)
    assert {name for name in dir(Desk) if not name.startswith("_")} | fields == set(REACH)


@pytest.mark.sampled_on_postgresql
def test_nothing_of_another_office_is_shown_or_changed(neighbours: Neighbours) -> None:
    connection, own, other = neighbours.connection, neighbours.own, neighbours.other
    before = rows_of(connection, other)
    assert FOREIGN in str(before)
    shown: dict[str, object] = {}
    for person_id in (*own.people.values(), None, next(iter(other.people.values()))):
        for name, reach in REACH.items():
            desk = replace(desk_of(connection, own), person_id=person_id)
            try:
                with connection.begin_nested():
                    found = reach(desk, neighbours)
            except (PermissionError, NoResultFound, ValueError) as refused:
                found = refused
            if FOREIGN in str(found):
                shown[name] = found
        assert rows_of(connection, other) == before, person_id
    assert shown == {}


def test_the_walk_would_notice_what_it_looks_for(neighbours: Neighbours) -> None:
    desk = desk_of(neighbours.connection, neighbours.other, f"{SARI} {FOREIGN}")
    for name in ("office", "person", "held_posts", "posts", "people", "duties", "office_duties", "closings"):
        assert FOREIGN in str(getattr(desk, name)), name
    assert FOREIGN in str(desk.open_questions)
    assert FOREIGN in str(desk.budget)
    assert FOREIGN in str(desk.notes.threads())
    assert FOREIGN in str(desk.signers)
    assert desk.renstra
    assert FOREIGN in str(desk.summary())
    for figures in (desk.pictures.section(f"Seksi Pemerintahan {FOREIGN}"), desk.pictures.compliance()):
        assert FOREIGN in str(figures)
    assert FOREIGN in str(desk.address_of(neighbours.other.people[f"{SARI} {FOREIGN}"]))


# --- what it is for ---------------------------------------------------------------------------------------------


def test_the_day_is_that_of_the_office(engine: Engine) -> None:
    midnight = datetime(2022, 3, 31, 16, 10, tzinfo=UTC)
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection), SARI, midnight)
        assert desk.office.zone == Zone.WITA
        assert (desk.today.isoformat(), desk.local_now.strftime("%H.%M")) == ("2022-04-01", "00.10")


def test_the_program_has_a_desk_at_which_nobody_sits(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection))
        assert (desk.held_posts, desk.duties, desk.closings, desk.is_admin) == ((), (), (), False)
        assert len(desk.office_duties) == 6
        with pytest.raises(ValueError, match="nobody"):
            _ = desk.person


def test_everybody_sees_the_duties_of_the_posts_they_hold_today(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        plt = {
            "post_id": made.posts[PELAKSANA],
            "person_id": made.people[SARI],
            "capacity": Capacity.PLT,
            "starts": NOW.date(),
        }
        add(connection, table(Tenure), plt)
        desk = desk_of(connection, made, SARI)
        assert [duty.code for duty in desk.duties] == [BUKU, "peraturan-desa", PBB, GAJI, "arsip-surat"]
        assert desk.capacity_for(made.posts[KASI]) is Capacity.DEFINITIF
        assert desk.capacity_for(made.posts[PELAKSANA]) is Capacity.PLT
        assert desk.capacity_for(made.posts[KASUBBAG]) is None
        assert desk.actor(made.posts[PELAKSANA]) == Actor(
            made.people[SARI], made.posts[PELAKSANA], "Plt", "telegram", None
        )
        desk.submit([NewReport(made.indicators[code], MARCH, Decimal(1)) for code in (GAJI, BUKU)])
        report = METADATA.tables["report"]
        rows = connection.execute(select(report.c.post_id, report.c.capacity).order_by(report.c.post_id)).all()
        assert {tuple(row) for row in rows} == {(made.posts[KASI], "definitif"), (made.posts[PELAKSANA], "Plt")}


def test_what_was_read_before_a_report_is_read_again_after_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        assert BUKU in [item.duty.code for item in desk.closings[-1].missing]
        desk.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1))])
        assert BUKU not in [item.duty.code for item in desk.closings[-1].missing]
        assert desk.office_duties[0].values == {MARCH: Decimal(1)}


def test_only_the_owner_confirms_or_denies_a_mode(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        gaji = next(duty for duty in desk.office_duties if duty.code == GAJI)
        with pytest.raises(PermissionError):
            desk.confirm_mode(gaji)
        with pytest.raises(PermissionError):
            desk.doubt_mode(gaji, "?")
        assert len(desk.open_questions) == 2


def test_an_answer_says_who_gave_it_and_is_seen_at_once(engine: Engine) -> None:
    question = METADATA.tables["question"]
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        assert PERIZINAN not in [duty.code for duty in desk.office_duties]
        with pytest.raises(AnswerRefused):
            desk.answer_question(made.questions[PERIZINAN], "lima", "")
        desk.answer_question(made.questions[PERIZINAN], "LEVEL", "sesuai DPA")
        assert PERIZINAN in [duty.code for duty in desk.office_duties]
        row = connection.execute(select(question).where(question.c.id == made.questions[PERIZINAN])).one()
    assert (row.answered_by, row.reason) == (f"{DEWI}, {KASUBBAG}", "sesuai DPA")


def test_the_admin_is_who_holds_an_admins_post_today(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert desk_of(connection, made).admins == (made.people[DEWI],)
        assert desk_of(connection, made, DEWI).is_admin
        assert not desk_of(connection, made, SARI).is_admin


def test_a_person_is_written_to_where_they_wrote_last(neighbours: Neighbours) -> None:
    own = neighbours.own
    address = desk_of(neighbours.connection, own).address_of(own.people[JOKO])
    assert address is not None
    assert (address.channel, address.address) == ("telegram", JOKO)


def test_a_summary_tells_the_change_since_the_one_of_last_week(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        week = timedelta(weeks=1)
        monday = datetime(2022, 2, 7, 0, tzinfo=UTC)
        first = desk_of(connection, made, None, monday - week)
        summary = first.summary(before=monday - week)
        assert summary is not None
        assert (summary.posts_reported_before, summary.closed_period) == (None, "")
        for month in (1, 2):
            new = NewReport(made.indicators[GAJI], Period.month(YEAR, month), Decimal(9))
            reports.submit(connection, made.id, [new], ACTOR, NOW, "chat")
        second = desk_of(connection, made, None, monday)
        earlier = second.summary()
        assert earlier is not None
        replace(first, now=monday - timedelta(days=2)).pictures.keep(earlier)
        for month in (1, 2):
            new = NewReport(made.indicators[GAJI], Period.month(YEAR, month), Decimal(10))
            reports.submit(connection, made.id, [new], ACTOR, NOW, "chat")
        later = desk_of(connection, made, None, monday).summary(before=monday)
    assert later is not None
    assert (later.period, later.closed_period) == (earlier.period, earlier.closed_period)
    assert (earlier.mean, later.mean, later.change) == (Decimal(90), Decimal(100), Decimal(10))
    assert later.posts_reported_before == earlier.posts_reported


def test_a_vacant_post_has_nobody_to_remind(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert made.posts[VACANT] not in desk_of(connection, made).holders
        assert people.holder_of(connection, made.posts[VACANT], NOW.date()) is None


@pytest.mark.parametrize("month", [1, 3, 4, 7, 12])
def test_what_is_owed_is_what_closes_without_a_report(engine: Engine, month: int) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1))])
        later = desk_of(connection, made, now=datetime(YEAR, month, 20, tzinfo=UTC))
        found = closings(later.office_duties, later.today, later.organisation)
        missing = {(item.duty.post_id, item.period) for one in found for item in one.items if not item.reported}
        assert {(one.post_id, one.period) for one in later.owed} == missing
        assert missing
