"""What follows from answers about a plan, which indicators go on in its next version, and what changes for whom."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.modes import Mode
from domain.plan import About, OpenQuestion, Repeat
from domain.plan_changes import ChangedIndicator, Part, plan_changes
from domain.plan_identity import with_known_codes
from domain.plan_review import (
    ALL_SAME,
    Answers,
    alike_after,
    given_at_once,
    in_order,
    mode_that_follows,
    reviewed,
    still_open,
)
from tests.offices import ARSIP, BUKU, IKM, KASI, KASUBBAG, PBB, PERDES, PLAN, YEAR, monthly

ROWS = {row.code: row for row in PLAN.indicators}


def asked(code: str, about: About, *options: str) -> OpenQuestion:
    return OpenQuestion(code, about, "Yang mana?", options=options)


REPEATED = asked(BUKU, About.REPEATED, "same", "own", ALL_SAME)
QUESTIONS = (
    asked(ARSIP, About.MODE),
    asked(BUKU, About.TARGETS),
    REPEATED,
    asked(PBB, About.REPEATED, "same", "own", ALL_SAME),
    asked(IKM, About.REPEATED, "same", "own"),
    asked(ARSIP, About.TARGETS),
)


def test_numbers_are_asked_before_what_may_follow_from_them() -> None:
    assert [(one.indicator, one.about) for one in in_order(QUESTIONS)] == [
        (ARSIP, About.TARGETS),
        (ARSIP, About.MODE),
        (BUKU, About.REPEATED),
        (BUKU, About.TARGETS),
        (PBB, About.REPEATED),
        (IKM, About.REPEATED),
    ]


def test_a_row_that_is_printed_again_is_asked_nothing_more_and_only_explains() -> None:
    given = given_at_once(REPEATED, "same", QUESTIONS)
    assert given == {(BUKU, About.REPEATED): "same"}
    assert {one.indicator for one in still_open(QUESTIONS, given)} == {ARSIP, PBB, IKM}
    plan = reviewed(replace(PLAN, questions=QUESTIONS), given)
    assert [row.code for row in plan.indicators if row.context] == [BUKU]
    assert BUKU not in {one.indicator for one in plan.questions}
    own = given_at_once(REPEATED, Repeat.OWN, QUESTIONS)
    assert reviewed(PLAN, own) == PLAN
    assert (BUKU, About.TARGETS) in {(one.indicator, one.about) for one in still_open(QUESTIONS, own)}


def test_one_answer_settles_every_repetition_that_offers_it() -> None:
    assert given_at_once(REPEATED, ALL_SAME, QUESTIONS) == {
        (BUKU, About.REPEATED): "same",
        (PBB, About.REPEATED): "same",
    }


@pytest.mark.parametrize(
    ("answers", "numbers", "expected"),
    [
        ({(ARSIP, About.TARGETS): "-"}, (*[233] * 11, 237), Mode.SUM),
        ({(ARSIP, About.TARGETS): "-"}, (*[233] * 11, 230), None),
        ({(ARSIP, About.TARGETS): "-", (ARSIP, About.ANNUAL): "2793"}, (*[233] * 11, 230), Mode.SUM),
        ({}, (*[233] * 11, 237), None),
        ({(ARSIP, About.TARGETS): "-", (ARSIP, About.MODE): "LEVEL"}, (*[233] * 11, 237), None),
    ],
)
def test_a_mode_follows_only_from_numbers_that_decide_it(
    answers: Answers, numbers: tuple[int, ...], expected: Mode | None
) -> None:
    """Closure on the annual target, never a guess, and never against an answer (domain.md 2.2)."""
    row = replace(ROWS[ARSIP], mode=None)
    assert mode_that_follows(row, YEAR, QUESTIONS, answers, monthly(*numbers)) == expected


def test_a_mode_waits_for_every_number_that_is_asked() -> None:
    questions = (*QUESTIONS, asked(ARSIP, About.UNIT))
    given: dict[tuple[str, About], str] = {(ARSIP, About.TARGETS): "-"}
    row, numbers = replace(ROWS[ARSIP], mode=None), monthly(*[233] * 11, 237)
    assert mode_that_follows(row, YEAR, questions, given, numbers) is None
    assert mode_that_follows(row, YEAR, questions, {**given, (ARSIP, About.UNIT): "dokumen"}, numbers) is Mode.SUM


def test_an_indicator_of_the_same_name_and_owner_keeps_its_code() -> None:
    other = {BUKU: "x-1", PBB: "x-2", ARSIP: "x-3"}
    rows = tuple(
        replace(
            row,
            code=other.get(row.code, row.code),
            name=f"  {(row.name or '').upper()}. " if row.code == BUKU else row.name,
            post=KASI if row.code == ARSIP else row.post,
        )
        for row in PLAN.indicators
    )
    plan = replace(PLAN, indicators=rows, questions=(asked("x-1", About.MODE), asked("x-3", About.MODE)))
    known = with_known_codes(plan, PLAN.indicators)
    assert [row.code for row in known.indicators] == [
        "x-3" if row.code == ARSIP else row.code for row in PLAN.indicators
    ]
    assert [one.indicator for one in known.questions] == [BUKU, "x-3"]
    assert with_known_codes(known, PLAN.indicators) is known


def test_a_name_that_stands_twice_decides_nothing() -> None:
    twins = tuple(replace(ROWS[BUKU], code=code) for code in ("y-1", "y-2"))
    plan = replace(PLAN, indicators=twins, questions=())
    assert [row.code for row in with_known_codes(plan, PLAN.indicators).indicators] == ["y-1", "y-2"]


def test_an_indicator_whose_owner_is_open_is_known_by_its_name_alone() -> None:
    rows = tuple(replace(row, code=f"z-{row.code}", post=None) for row in PLAN.indicators)
    known = with_known_codes(replace(PLAN, indicators=rows, questions=()), PLAN.indicators)
    assert [row.code for row in known.indicators] == [row.code for row in PLAN.indicators]
    elsewhere = replace(ROWS[BUKU], code="z-1", post=KASUBBAG)
    moved = with_known_codes(replace(PLAN, indicators=(elsewhere,), questions=()), PLAN.indicators)
    assert [row.code for row in moved.indicators] == ["z-1"]


def test_one_answer_may_say_the_same_of_the_rows_right_after() -> None:
    def owner(code: str, line: int, proposal: str = KASI) -> OpenQuestion:
        return OpenQuestion(code, About.OWNER, f"Siapa (baris {line})?", proposal, (KASI, KASUBBAG))

    def target(code: str, line: int, proposal: str) -> OpenQuestion:
        return OpenQuestion(code, About.TARGETS, f"Judul baris {line} bergeser. Benar?", proposal)

    of_owner = [owner("a", 1), owner("b", 2), target("b", 2, "2022-01=5"), owner("c", 13), owner("d", 4, KASUBBAG)]
    same = {("b", About.OWNER): KASUBBAG, ("c", About.OWNER): KASUBBAG}
    assert alike_after(of_owner[0], KASUBBAG, [*of_owner, owner("e", 5)], {}) == same
    assert alike_after(of_owner[0], KASUBBAG, of_owner, {("b", About.OWNER): KASI}) == {}
    assert alike_after(of_owner[0], "Lurah", of_owner, {}) == {}
    slipped = [target(str(line), line, f"2022-01={line}") for line in range(8)]
    taken = {(str(line), About.TARGETS): f"2022-01={line}" for line in range(1, 6)}
    assert alike_after(slipped[0], "2022-01=0", slipped, {}) == taken
    assert alike_after(slipped[0], "2022-01=9", slipped, {}) == {}
    assert alike_after(slipped[2], "2022-01=2", [*slipped[:3], target("x", 3, ""), slipped[4]], {}) == {}
    assert alike_after(asked(ARSIP, About.MODE), "SUM", QUESTIONS, {}) == {}


def test_what_changes_is_told_post_by_post() -> None:
    after = [
        replace(ROWS[BUKU], annual_target=Decimal(14), unit="buku"),
        replace(ROWS[PERDES], post=KASUBBAG),
        replace(ROWS[ARSIP], context=True),
        ROWS[IKM],
        replace(ROWS[PBB], code="baru", name="Baru", post=None),
    ]
    before = [ROWS[code] for code in (BUKU, PERDES, ARSIP, IKM)]
    found = {one.post: one for one in plan_changes(before, after)}
    kasi, kasubbag, nobody = found[KASI], found[KASUBBAG], found[None]
    assert kasi.changed == (ChangedIndicator(ROWS[BUKU].name or "", (Part.TARGETS, Part.UNIT)),)
    assert (kasi.indicators, kasi.gone, kasi.added) == (1, (ROWS[PERDES].name,), ())
    assert (kasubbag.indicators, kasubbag.added, kasubbag.gone) == (2, (ROWS[PERDES].name,), ())
    assert (nobody.indicators, nobody.added) == (1, ("Baru",))
    assert found[ROWS[ARSIP].post].gone == (ROWS[ARSIP].name,)
    asked_whose = plan_changes([ROWS[BUKU]], [replace(ROWS[BUKU], post=None)])
    assert {one.post: (one.gone, len(one.added)) for one in asked_whose} == {KASI: ((), 0), None: ((), 1)}
    assert list(found)[-1] is None
    assert not any(one.anything for one in plan_changes(before, before))
