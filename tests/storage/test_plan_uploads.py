"""Plans that are sent in the chat: reviewed, tried, loaded all or nothing, and decided by the Camat for a Plt."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, delete, select

from domain.forms.data_form import DataForm
from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period
from domain.plan import About, Capacity, DayOffRow, OfficePlan, OpenQuestion, SignerRow
from storage import reports
from storage.audit import Actor
from storage.desk import Desk
from storage.engine import writing
from storage.form_book import FormBook
from storage.keeping import named_files
from storage.numbers import WHATSAPP
from storage.plan_json import plan_from_json, plan_to_json
from storage.plan_uploads import ReasonNeeded, Upload, UploadDecided, UploadState
from storage.plans import AnswerRefused, apply_plan
from storage.reports import NewReport
from storage.rows import add
from storage.stated_staff import AdminLost
from storage.tables import METADATA, Audit, Indicator, Person, Plan, PlanUpload, Question, Report, Tenure, table
from tests.offices import (
    BUDGET,
    CAMAT,
    KASI,
    KASUBBAG,
    NOW,
    PBB,
    PLAN,
    VACANT,
    YEAR,
    MadeOffice,
    desk_of,
    indicator,
    make_office,
    monthly,
    quarterly,
    service,
)

DEWI, SARI, JOKO, RATNA = "Dewi Lestari", "Sari Andini", "Joko Santosa", "Ratna Dewanti"
FILE = "ab" * 32
CODE = "r-1"
WHOLE = replace(
    PLAN,
    indicators=(*PLAN.indicators, service("kk", "Kartu Keluarga")),
    own_days=(DayOffRow(NOW.date(), "Hari jadi"),),
    signers=(SignerRow("Mengetahui", CAMAT),),
    budget=BUDGET,
)
PIKET = indicator("r-2", "Piket kantor", "kali", KASI, Rhythm.MONTHLY, monthly(*[1] * 11), None, 12, Confidence.ASK)
PRINTED = OfficePlan(
    office="Entah",
    kabupaten="",
    year=YEAR,
    zone="Asia/Jakarta",
    posts=PLAN.posts,
    people=(),
    indicators=(
        indicator(CODE, "Realisasi PBB", "%", KASI, Rhythm.QUARTERLY, quarterly(25, 50, 75, 95), Mode.CUM, 95),
        replace(
            indicator(
                "r-2", "Piket kantor", "kali", KASI, Rhythm.MONTHLY, monthly(*[1] * 11), None, 12, Confidence.ASK
            ),
            post=None,
        ),
    ),
    questions=(
        OpenQuestion("r-2", About.OWNER, "Siapa pelapornya?", KASI, (KASI, KASUBBAG), "baris 9"),
        OpenQuestion("r-2", About.MODE, "Bagaimana dihitung?", options=("SUM", "LEVEL")),
        OpenQuestion("r-2", About.TARGETS, "Target Desember tidak terbaca.", f"{YEAR}-12=1"),
    ),
    only_plan=True,
)
"""What a plan's file says: nothing of the office, and another code for an indicator that the office has."""


def sent(desk: Desk, plan: OfficePlan = PRINTED) -> Upload:
    desk.plan_uploads.receive(FILE, "renaksi.docx")
    upload = desk.plan_uploads.keep_reading(FILE, plan_to_json(plan))
    assert upload is not None
    return upload


def explained(desk: Desk, upload: Upload) -> None:
    desk.plan_uploads.explain(upload.id, reason=" PK Perubahan ", document="Nomor 5")


def everything(connection: Connection) -> dict[str, list[str]]:
    return {
        name: sorted(str(tuple(row)) for row in connection.execute(select(of)))
        for name, of in METADATA.tables.items()
        if of.name != "planupload"
    }


def test_a_plan_comes_back_from_json_as_it_was() -> None:
    for plan in (PLAN, PRINTED, WHOLE):
        assert plan_from_json(plan_to_json(plan)) == plan


def test_what_is_tried_is_undone_and_what_is_loaded_is_that(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WHOLE)
        desk = desk_of(connection, made, DEWI)
        upload = sent(desk)
        before = everything(connection)
        planned = desk.plan_uploads.planned(upload.id)
        assert everything(connection) == before
        assert (planned.version, planned.is_new, planned.indicators, planned.still_open) == (1, True, 3, 3)
        explained(desk, upload)
        loaded = desk.plan_uploads.load(upload.id)
        plan = connection.execute(select(table(Plan)).where(table(Plan).c.id == loaded.plan_id)).one()
        entry = connection.execute(select(table(Audit)).where(table(Audit).c.action == "plan loaded")).all()[-1]
        assert (loaded.version, plan.reason, plan.document) == (2, "PK Perubahan", "Nomor 5")
        assert (entry.person_id, entry.reason, entry.capacity) == (made.people[DEWI], "PK Perubahan", "definitif")
        assert desk.plan_uploads.held_since(FILE) == NOW
        over = desk.plan_uploads.get(upload.id)
        assert over is not None
        assert (over.state, over.reading, over.answers) == (UploadState.LOADED, {}, {})


def test_a_mere_plan_leaves_the_office_as_it_is_and_reports_where_they_were(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=WHOLE)
        first = NewReport(made.indicators[PBB], Period.quarter(YEAR, 1), Decimal(20))
        reports.submit(connection, made.id, [first], Actor(None, None, "", "test", None), NOW, "chat")
        desk = desk_of(connection, made, DEWI)
        upload = sent(desk)
        explained(desk, upload)
        desk.plan_uploads.load(upload.id)
        after = desk_of(connection, made, DEWI)
        pbb = next(duty for duty in after.office_duties if duty.code == PBB)
        assert (pbb.values, pbb.measure.targets[Period.quarter(YEAR, 4)]) == ({Period.quarter(YEAR, 1): 20}, 95)
        assert {duty.code for duty in after.office_duties} == {PBB, "kk"}  # "r-2" waits for its answers
        assert [line.code for line in after.budget] == [row.code for row in BUDGET]
        assert after.signers == WHOLE.signers
        assert list(after.settings.days_off) == [NOW.date()]
        assert {one.name for one in after.people.values()} == {one.name for one in PLAN.people}
        stored = connection.execute(select(table(Report).c.indicator_id)).scalars().all()
        assert stored == [made.indicators[PBB]]  # under the version they were made under
        assert [event.version for event in after.history.of(pbb.id)] == [1]
        form = FormBook(after).figures("data", Period.whole_year(YEAR))
        assert isinstance(form, DataForm)
        assert {row.period: row.version for row in form.rows if row.code == PBB and row.reported} == {"2022-TW1": 1}
        current = NewReport(pbb.id, Period.quarter(YEAR, 2), Decimal(50))
        reports.submit(connection, made.id, [current], Actor(None, None, "", "test", None), NOW, "chat")
        assert [event.version for event in after.history.of(pbb.id)] == [None, 1]


def test_answers_are_applied_with_the_plan_and_a_mode_may_follow(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        upload = sent(desk)
        asked = {one.about: one for one in upload.questions}
        desk.plan_uploads.answer(upload.id, asked[About.OWNER], KASUBBAG)
        desk.plan_uploads.answer(upload.id, asked[About.TARGETS], f"{YEAR}-12=1")
        for about, wrong in ((About.OWNER, "Lurah"), (About.MODE, "MAX"), (About.TARGETS, f"{YEAR + 1}-12=1")):
            with pytest.raises(AnswerRefused):
                desk.plan_uploads.answer(upload.id, asked[about], wrong)
        answered = desk.plan_uploads.get(upload.id)
        assert answered is not None
        assert (answered.open_questions, answered.values["r-2", About.MODE]) == ((), "SUM")
        assert desk.plan_uploads.planned(upload.id).still_open == 0
        explained(desk, upload)
        desk.plan_uploads.load(upload.id)
        duty = next(duty for duty in desk_of(connection, made, DEWI).duties if duty.code == "r-2")
        assert (duty.measure.mode, sum(duty.measure.targets.values())) == (Mode.SUM, 12)
        question = table(Question)
        by = connection.execute(select(question.c.answered_by).where(question.c.about == About.OWNER)).scalar_one()
        assert by == f"{DEWI}, {KASUBBAG}"


def test_targets_that_are_asked_about_hold_from_the_answer_on(engine: Engine) -> None:
    doubted = "; ".join(f"{YEAR}-TW{number}={target}" for number, target in enumerate((25, 50, 75, 95), start=1))
    asked = OpenQuestion(CODE, About.TARGETS, "Judul kolom bergeser. Apakah usulan ini benar?", doubted)
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        upload = sent(desk, plan=replace(PRINTED, questions=(*PRINTED.questions, asked)))
        explained(desk, upload)
        desk.plan_uploads.load(upload.id)
        desk = desk_of(connection, made, DEWI)
        pbb = next(duty for duty in desk_of(connection, made, SARI).duties if duty.code == PBB)
        assert pbb.measure.targets == {}
        question = next(card for card in desk.open_questions if card.text == asked.text)
        desk.answer_question(question.id, question.proposal, "")
        pbb = next(duty for duty in desk_of(connection, made, SARI).duties if duty.id == pbb.id)
        assert pbb.measure.targets == quarterly(25, 50, 75, 95)


def test_no_workbook_takes_the_last_admin_away(engine: Engine) -> None:
    last = NOW.date() + timedelta(days=9)
    no_admin = tuple(replace(post, is_admin=post.title == VACANT) for post in PLAN.posts)
    ends = tuple(replace(one, until=last) if one.post == KASUBBAG else one for one in PLAN.people)
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        for plan in (replace(WHOLE, posts=no_admin), replace(WHOLE, people=ends)):
            upload = sent(desk, plan=replace(plan, office=PLAN.office))
            explained(desk, upload)
            before = everything(connection)
            with pytest.raises(AdminLost):
                desk.plan_uploads.planned(upload.id)
            with pytest.raises(AdminLost):
                desk.plan_uploads.load(upload.id)
            assert everything(connection) == before


def test_a_revision_says_why_and_by_which_document(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        upload = sent(desk)
        for reason, document in (("", ""), ("PK Perubahan", " "), (" ", "Nomor 5")):
            desk.plan_uploads.explain(upload.id, reason=reason, document=document)
            with pytest.raises(ReasonNeeded):
                desk.plan_uploads.load(upload.id)
        next_year = replace(PRINTED, year=YEAR + 1, indicators=(), questions=())
        first = desk.plan_uploads.load(sent(desk, next_year).id)
        assert first.version == 1


def test_the_same_plan_changes_nothing_whoever_brings_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        upload = sent(desk)
        explained(desk, upload)
        desk.plan_uploads.load(upload.id)
        again = desk.plan_uploads.planned(sent(desk).id)
        assert (again.is_new, again.version, [one for one in again.posts if one.anything]) == (False, 2, [])
        assert not apply_plan(connection, replace(PRINTED, office=PLAN.office), NOW).changed


def test_a_newer_file_takes_the_place_of_one_that_was_not_loaded(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        older, newer = sent(desk), sent(desk)
        book = desk.plan_uploads
        found = book.newest(UploadState.REVIEW)
        assert found is not None
        assert found.id == newer.id
        calls: tuple[Callable[[], object], ...] = (
            lambda: book.planned(older.id),
            lambda: book.load(older.id),
            lambda: book.drop(older.id),
            lambda: book.answer(older.id, PRINTED.questions[0], KASI),
        )
        for call in calls:
            with pytest.raises(UploadDecided):
                call()
        assert named_files(connection, [FILE], NOW + timedelta(days=1)) == {FILE}
        book.drop(newer.id)
        assert named_files(connection, [FILE], NOW + timedelta(days=1)) == frozenset()


def test_only_an_admin_of_the_office_does_anything(engine: Engine) -> None:
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Sukamundur")
        upload = sent(desk_of(connection, made, DEWI))
        for desk in (desk_of(connection, made, SARI), desk_of(connection, other, DEWI), desk_of(connection, made)):
            before = connection.execute(select(table(PlanUpload))).all()
            tries: tuple[Callable[[], object], ...] = (
                lambda desk=desk: desk.plan_uploads.load(upload.id),
                lambda desk=desk: desk.plan_uploads.submit(upload.id),
                lambda desk=desk: desk.plan_uploads.drop(upload.id),
                lambda desk=desk: desk.plan_uploads.explain(upload.id, reason="Salah"),
                lambda desk=desk: desk.plan_uploads.answer(upload.id, PRINTED.questions[0], KASI),
                lambda desk=desk: desk.plan_uploads.decide(upload.id, agrees=True),
            )
            for attempt in tries:
                with pytest.raises(PermissionError):
                    attempt()
            assert connection.execute(select(table(PlanUpload))).all() == before
        stranger = desk_of(connection, made, SARI)
        with pytest.raises(PermissionError):
            stranger.plan_uploads.receive(FILE, "renaksi.docx")
        elsewhere = replace(PLAN, office="Sukamundur", reason="PK", document="Nomor 5")
        with pytest.raises(PermissionError, match="Sukamundur"):
            desk_of(connection, made, DEWI).plan_uploads.load(sent(desk_of(connection, made, DEWI), elsewhere).id)


def as_plt(connection: Connection, made: MadeOffice) -> Desk:
    """Pak Joko acts for the vacant post of the admin."""
    tenure = table(Tenure)
    connection.execute(delete(tenure).where(tenure.c.post_id == made.posts[KASUBBAG]))
    held = {"post_id": made.posts[KASUBBAG], "person_id": made.people[JOKO], "capacity": Capacity.PLT}
    add(connection, tenure, {**held, "starts": NOW.date()})
    return desk_of(connection, made, JOKO)


def test_a_plt_changes_no_plan_without_the_camat(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        joko = as_plt(connection, made)
        upload = sent(joko)
        explained(joko, upload)
        with pytest.raises(PermissionError):
            joko.plan_uploads.load(upload.id)
        joko.plan_uploads.submit(upload.id)
        with pytest.raises(PermissionError):
            joko.plan_uploads.decide(upload.id, agrees=True)
        ratna = desk_of(connection, made, RATNA)
        assert ratna.plan_uploads.planned(upload.id).version == 1
        loaded = ratna.plan_uploads.decide(upload.id, agrees=True)
        assert loaded is not None
        assert loaded.version == 2
        with pytest.raises(UploadDecided):
            ratna.plan_uploads.decide(upload.id, agrees=False)
        actions = connection.execute(select(table(Audit).c.action, table(Audit).c.person_id, table(Audit).c.capacity))
        told = [tuple(row) for row in actions if row.action.startswith("plan")]
        assert told[-2:] == [
            ("plan waits for camat", made.people[JOKO], "Plt"),
            ("plan loaded", made.people[RATNA], "definitif"),
        ]


def test_a_declined_plan_is_not_loaded_and_a_plt_alone_is_on_record(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        joko = as_plt(connection, made)
        upload = sent(joko)
        explained(joko, upload)
        joko.plan_uploads.submit(upload.id)
        assert desk_of(connection, made, RATNA).plan_uploads.decide(upload.id, agrees=False) is None
        assert [one.version for one in joko.plan_uploads.held()] == [1]
        tenure = table(Tenure)
        connection.execute(delete(tenure).where(tenure.c.post_id == made.posts[CAMAT]))
        alone = desk_of(connection, made, JOKO)
        again = sent(alone)
        explained(alone, again)
        assert alone.plan_uploads.load(again.id).version == 2
        audit = table(Audit)
        loaded = select(audit.c.capacity).where(audit.c.action == "plan loaded").order_by(audit.c.id.desc())
        assert connection.execute(loaded).scalars().first() == "Plt"


def test_a_reloaded_workbook_keeps_a_number_that_was_agreed_in_the_chat(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        change = desk.numbers.ask(made.people[SARI], WHATSAPP, "6281200000009")
        desk_of(connection, made, DEWI).numbers.agree(change)
        apply_plan(connection, replace(PLAN, document="Nomor 2"), NOW)
        person = table(Person)
        phones = dict(connection.execute(select(person.c.name, person.c.phone)).all())
        assert (phones[SARI], phones[JOKO]) == ("+6281200000009", "+6281200000005")


def test_what_a_plan_is_told_by(engine: Engine) -> None:
    """Where a row stands and what has its default are no part of it."""
    moved = tuple(replace(row, place="Indikator!99", context=False) for row in PLAN.indicators)
    with writing(engine) as connection:
        make_office(connection)
        assert not apply_plan(connection, replace(PLAN, indicators=moved, workdays=5), NOW).changed
        assert apply_plan(connection, replace(PLAN, workdays=6), NOW).changed


def test_an_indicator_that_is_printed_again_only_explains(engine: Engine) -> None:
    again = OpenQuestion(CODE, About.REPEATED, "Sama?", options=("same", "own"))
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI)
        upload = sent(desk, replace(PRINTED, questions=(again,)))
        desk.plan_uploads.answer(upload.id, upload.questions[0], "same")
        explained(desk, upload)
        loaded = desk.plan_uploads.load(upload.id)
        rows = connection.execute(select(table(Indicator)).where(table(Indicator).c.plan_id == loaded.plan_id)).all()
        assert {row.code: (row.context, row.accepted) for row in rows}[PBB] == (True, False)
