"""The review of a plan, whatever the plan prints: every question and every summary fits, and every page is reached."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from domain.modes import Confidence
from domain.plan import About, OfficePlan, OpenQuestion, PostRow, Role
from handlers.dialogue import Next, Tap
from handlers.messages import ROWS, Choose, Document, Text
from handlers.plan_file import PLAN_FILE, Draft, Step, comes_beside, may_be_plan
from handlers.plan_file.asking import key_of
from storage.desk import Desk
from storage.engine import writing
from storage.plan_json import plan_to_json
from storage.plan_uploads import Upload
from tests.offices import CAMAT, KASI, PLAN, YEAR, desk_of, make_office

LONG = "Persentase desa dan kelurahan yang menyelenggarakan pelayanan administrasi kependudukan tepat waktu " * 6
TITLES = tuple(f"Pengadministrasi Umum dan Kepegawaian pada Kecamatan bagian nomor {number}" for number in range(1, 31))


def _plan() -> OfficePlan:
    """A plan of which everything is long, with a question of every kind about each of its rows."""
    rows = tuple(replace(row, name=LONG, post=None, confidence=Confidence.ASK) for row in PLAN.indicators)
    proposals = {
        About.MODE: ("LEVEL", ("SUM", "CUM", "LEVEL", "SINGLE")),
        About.OWNER: (TITLES[0], TITLES),
        About.NAME: (LONG[:300], ()),
        About.DIRECTION: ("", ("positive", "negative")),
        About.TARGETS: ("; ".join(f"{YEAR}-{month:02}=1234567.891" for month in range(1, 13)), ()),
        About.UNIT: ("laporan pertanggungjawaban pelaksanaan", ()),
        About.ANNUAL: ("1234567.891", ()),
        About.REPEATED: ("same", ("same", "own")),
    }
    questions = tuple(
        OpenQuestion(row.code, about, LONG, proposal, options, LONG)
        for row in rows
        for about, (proposal, options) in proposals.items()
    )
    posts = (*PLAN.posts, *(PostRow(title, Role.PELAKSANA, CAMAT) for title in TITLES))
    return replace(PLAN, posts=posts, indicators=rows, questions=questions, people=(), only_plan=True)


def _sent(desk: Desk) -> Upload:
    desk.plan_uploads.receive("ab", "renaksi.docx")
    upload = desk.plan_uploads.keep_reading("ab", plan_to_json(_plan()))
    assert upload is not None
    return upload


def test_whatever_is_asked_fits_and_every_answer_is_reached(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection), "Dewi Lestari")
        upload = _sent(desk)
        assert {one.about for one in upload.questions} == set(About)
        for question in upload.questions:
            draft = Draft(upload=upload.id, question=key_of(question))
            offered: list[str] = []
            for _page in range(len(question.options) // 6 + 1):
                asked = PLAN_FILE.ask(Step.ANSWER, draft, desk)
                assert isinstance(asked, Choose)
                keys = [option.key for option in asked.options]
                assert len(keys) <= ROWS
                offered += [key for key in keys if key.startswith("v")]
                if "more" not in keys:
                    break
                reply = PLAN_FILE.answer(Step.ANSWER, draft, Tap(key="more"), desk)
                assert isinstance(reply, Next)
                draft = reply.draft
            values = question.options or (question.proposal,)
            assert offered[: len(values)] == [f"v{number}" for number in range(len(values))]


def test_the_summary_and_the_details_of_a_long_plan_fit(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection), "Dewi Lestari")
        upload = _sent(desk)
        draft = Draft(upload=upload.id, question=key_of(upload.questions[0]))
        reply = PLAN_FILE.answer(Step.OFFER, draft, Text(body="muat"), desk)
        for said in (Text(body="PK Perubahan"), Text(body="Nomor 5 Tahun 2022")):
            assert isinstance(reply, Next)
            PLAN_FILE.ask(reply.step, reply.draft, desk)
            reply = PLAN_FILE.answer(reply.step, reply.draft, said, desk)
        assert isinstance(reply, Next)
        assert (reply.step, reply.draft.still_open) == (Step.SUMMARY, len(upload.questions))
        assert isinstance(PLAN_FILE.ask(Step.SUMMARY, reply.draft, desk), Choose)
        for page in range(4):
            PLAN_FILE.ask(Step.DETAILS, reply.draft.model_copy(update={"page": page}), desk)


@pytest.mark.parametrize(
    ("name", "caption", "dialogue", "expected"),
    [
        ("Renaksi 2026.docx", "", "days_off", True),
        ("Renaksi 2026.docx", "", "", False),
        ("Renaksi 2026.docx", "", "report", False),
        ("data.xlsx", "", "days_off", False),
        ("data.xlsx", "rencana aksi", "report", True),
        ("data.xlsx", "", "plan_file", True),
        ("foto.pdf", "rencana aksi", "", False),
    ],
)
def test_which_files_are_plans_whatever_is_asked(name: str, caption: str, dialogue: str, *, expected: bool) -> None:
    said = Document(ref="ab", size=1, name=name, caption=caption)
    assert comes_beside(said, dialogue) is expected


def test_a_file_of_an_officer_or_of_money_is_no_plan(engine: Engine) -> None:
    def named(name: str) -> Document:
        return Document(ref="ab", size=1, name=name)

    with writing(engine) as connection:
        made = make_office(connection)
        admin, officer = desk_of(connection, made, "Dewi Lestari"), desk_of(connection, made, "Sari Andini")
        assert [may_be_plan(named(name), admin) for name in ("a.docx", "rfk.xlsx", "a.pdf")] == [True, True, False]
        assert not may_be_plan(named("renaksi.docx"), officer)
        assert KASI in [held.post.title for held in officer.held_posts]
