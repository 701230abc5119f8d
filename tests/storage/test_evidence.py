"""The evidence of an office: who sees and takes back what, what a figure lacks, and what was used for another one."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select

from domain.evidence import Demand, Demanded, EvidenceKind
from domain.fingerprints import BITS, NEAR
from domain.periods import Period
from storage.engine import writing
from storage.evidence import OPENED, WARNED, EvidenceCard, NewEvidence, nearest
from storage.figures import recompute
from storage.reports import NewReport
from storage.rows import add
from storage.tables import METADATA, Inbox, table
from tests.offices import BUKU, GAJI, NOW, PELAKSANA, PERDES, PLAN, YEAR, MadeOffice, desk_of, make_office

SARI, DEWI, JOKO, RATNA = "Sari Andini", "Dewi Lestari", "Joko Santosa", "Ratna Dewanti"
FEBRUARY, MARCH = Period.month(YEAR, 2), Period.month(YEAR, 3)
LOOK = "a5" * (BITS // 8)
AUDIT, EVIDENCE = METADATA.tables["audit"], METADATA.tables["evidence"]


def look(bits: int) -> str:
    """A fingerprint that differs in so many bits."""
    return f"{int(LOOK, 16) ^ ((1 << bits) - 1):064x}"


def photo(made: MadeOffice, name: str, *, code: str = BUKU, period: Period = MARCH, **also: Any) -> NewEvidence:
    return NewEvidence(made.indicators[code], period, name * 64, "photo", 100, **also)


def cards(connection: Connection, made: MadeOffice, who: str | None = SARI) -> tuple[EvidenceCard, ...]:
    return desk_of(connection, made, who).evidence.of(made.indicators[BUKU], MARCH)


def test_a_piece_counts_once_and_is_recorded(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        link = NewEvidence(made.indicators[BUKU], MARCH, "", "link", 0, address="https://a.id/x")
        assert len(desk.add_evidence([photo(made, "a"), photo(made, "b"), link])) == 3
        assert desk.add_evidence([photo(made, "a"), link]) == ()
        assert len(desk.add_evidence([photo(made, "a", period=FEBRUARY), replace(link, address="https://a.id/y")])) == 2
        key = (made.indicators[BUKU], MARCH)
        assert desk.evidence.counts()[key] == 4
        assert desk.evidence.kinds()[key] == {EvidenceKind.PHOTO: 2, EvidenceKind.LINK: 2}
        said = connection.execute(select(AUDIT.c.new).where(AUDIT.c.action == "evidence added")).scalars().all()
        assert len(said) == 5
        with pytest.raises(PermissionError):
            desk.add_evidence([photo(made, "c", code=GAJI)])


def test_it_is_seen_by_the_owner_and_by_who_sees_the_figures(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).add_evidence([photo(made, "a", caption="Buku desa")])
        assert [len(cards(connection, made, who)) for who in (SARI, RATNA, DEWI, None, JOKO)] == [1, 1, 1, 1, 0]
        card = cards(connection, made)[0]
        assert (card.caption, card.indicator_id, card.kind) == ("Buku desa", made.indicators[BUKU], EvidenceKind.PHOTO)
        with pytest.raises(PermissionError):
            desk_of(connection, made, JOKO).evidence.open(card)
        with pytest.raises(PermissionError):
            desk_of(connection, made).evidence.open(card)


def test_whose_post_verifies_sees_it_too(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.add_evidence([photo(made, "a")])
        rules = replace(desk.office.rules, verification=replace(desk.office.rules.verification, verifiers=(PELAKSANA,)))
        desk.settings.choose(rules, desk.office.zone)
        assert len(cards(connection, made, JOKO)) == 1


def test_a_look_is_recorded_once_a_person_piece_and_local_day(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).add_evidence([photo(made, "a"), photo(made, "b")])
        first, second = cards(connection, made)
        for who in (RATNA, RATNA, DEWI):
            desk_of(connection, made, who).evidence.open(first)
        desk_of(connection, made, RATNA).evidence.open(second)
        same_day = NOW + timedelta(hours=13)  # 23.30 WITA
        desk_of(connection, made, RATNA, same_day).evidence.open(first)
        desk_of(connection, made, RATNA, same_day + timedelta(hours=1)).evidence.open(first)
        looks = connection.execute(
            select(AUDIT.c.subject, AUDIT.c.person_id).where(AUDIT.c.action == OPENED).order_by(AUDIT.c.id)
        ).all()
    ratna, dewi = made.people[RATNA], made.people[DEWI]
    piece, other = f"evidence {first.id}", f"evidence {second.id}"
    assert [tuple(row) for row in looks] == [(piece, ratna), (piece, dewi), (other, ratna), (piece, ratna)]


def test_the_owner_takes_back_what_is_not_verified(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).add_evidence([photo(made, "a")])
        card = cards(connection, made)[0]
        for who in (JOKO, RATNA, DEWI, None):
            with pytest.raises(PermissionError):
                desk_of(connection, made, who).evidence.remove(card)
        for _ in range(2):
            desk_of(connection, made, SARI).evidence.remove(card)
        assert cards(connection, made) == ()
        row = connection.execute(select(EVIDENCE)).one()
        assert (row.removed_at, row.removed_by, row.hash) == (NOW, made.people[SARI], "a" * 64)
        removed = select(func.count()).select_from(AUDIT).where(AUDIT.c.action == "evidence removed")
        assert connection.execute(removed).scalar_one() == 1
        assert len(desk_of(connection, made, SARI).add_evidence([photo(made, "a")])) == 1


def test_after_verification_only_an_admin_takes_it_back(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1))])
        desk.add_evidence([photo(made, "a")])
        report_id = connection.execute(select(METADATA.tables["report"].c.id)).scalar_one()
        review = {
            "office_id": made.id,
            "report_id": report_id,
            "verdict": "verified",
            "person_id": made.people[DEWI],
            "post_id": next(iter(made.posts.values())),
            "at": NOW,
        }
        add(connection, METADATA.tables["review"], {"reason": "", "capacity": "", **review})
        recompute(connection, made.id, [made.indicators[BUKU]])
        card = cards(connection, made)[0]
        with pytest.raises(PermissionError):
            desk_of(connection, made, SARI).evidence.remove(card)
        desk_of(connection, made, DEWI).evidence.remove(card)
        assert cards(connection, made) == ()


def test_what_was_used_for_another_figure_is_found(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        neighbour = make_office(connection, name="Sebelah")
        desk_of(connection, neighbour, SARI).add_evidence([photo(neighbour, "z", fingerprint=look(0))])
        desk = desk_of(connection, made, SARI)
        buku = made.indicators[BUKU]
        assert desk.evidence.like("z" * 64, look(0), buku, MARCH) is None  # another office's
        desk.add_evidence([photo(made, "a", period=FEBRUARY, fingerprint=look(0)), photo(made, "b")])
        for ref, mark, same in (("a", "", True), ("c", look(NEAR), False)):
            found = desk.evidence.like(ref * 64, mark, buku, MARCH)
            assert found is not None
            assert (found.period, found.ref == ref * 64) == (FEBRUARY, same)
        assert desk.evidence.like("c" * 64, look(NEAR + 1), buku, MARCH) is None
        assert desk.evidence.like("b" * 64, "", buku, MARCH) is None  # of the same figure
        desk.add_evidence([photo(made, "d", code=PERDES, fingerprint=look(3))])
        [twin] = desk.evidence.twins(made.indicators[PERDES], MARCH)
        assert (twin.piece.ref, twin.earlier.ref, twin.same) == ("d" * 64, "a" * 64, False)
        assert desk.evidence.twins(buku, FEBRUARY) == ()  # it came first
        assert desk.evidence.twinned([(buku, FEBRUARY), (made.indicators[PERDES], MARCH)]) == {
            (made.indicators[PERDES], MARCH)
        }
        desk.evidence.remove(desk.evidence.of(buku, FEBRUARY)[0])
        assert desk.evidence.twins(made.indicators[PERDES], MARCH) == ()


def test_every_fingerprint_is_compared() -> None:
    every = [look(0), look(NEAR), look(NEAR + 1), "0" * 64]
    other = look(BITS)
    assert nearest({LOOK, other}, "".join(every)) == {LOOK: set(every[:2]), other: set()}
    assert nearest({LOOK}, "") == {LOOK: set()}
    assert nearest(set(), LOOK) == {}


def test_only_the_admin_demands_evidence_and_it_outlives_a_new_version(engine: Engine) -> None:
    wanted = Demand(Demanded.PHOTO, 2)
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.submit([NewReport(made.indicators[code], MARCH, Decimal(1)) for code in (BUKU, PERDES)])
        desk.add_evidence([photo(made, "a"), NewEvidence(made.indicators[BUKU], MARCH, "f" * 64, "document", 9)])
        with pytest.raises(PermissionError):
            desk.evidence.demand([made.indicators[BUKU]], wanted)
        admin = desk_of(connection, made, DEWI)
        with pytest.raises(PermissionError):
            admin.evidence.demand([made.indicators[BUKU] + 1000], wanted)
        admin.evidence.demand([made.indicators[BUKU], made.indicators[PERDES]], wanted)
        assert admin.evidence.lacking(admin.office_duties) == {
            (made.indicators[BUKU], MARCH): 1,
            (made.indicators[PERDES], MARCH): 2,
        }
        rows = tuple(
            replace(row, note="baru", demand=Demand(Demanded.FILE, 1) if row.code == PERDES else None)
            for row in PLAN.indicators
        )
        again = make_office(connection, plan=replace(PLAN, indicators=rows))
        duties = {duty.code: duty.demand for duty in desk_of(connection, again).office_duties}
        assert (duties[BUKU], duties[PERDES], duties[GAJI]) == (wanted, Demand(Demanded.FILE, 1), Demand())
        assert again.indicators[BUKU] != made.indicators[BUKU]
        later = desk_of(connection, again, SARI).evidence
        assert len(later.of(again.indicators[BUKU], MARCH)) == 2  # sent under the version before
        assert later.newest_reports([again.indicators[BUKU]]) == [(again.indicators[BUKU], MARCH)]


def test_the_rest_of_an_album_is_recognised(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.add_evidence([photo(made, "a", album="77")])
        assert desk.evidence.figure_of_album("77", made.people[SARI]) == (made.indicators[BUKU], MARCH)
        assert desk.evidence.figure_of_album("77", made.people[JOKO]) is None
        assert desk.evidence.figure_of_album("", made.people[SARI]) is None


def test_who_was_warned_is_recorded_once_a_person(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.add_evidence([NewEvidence(made.indicators[BUKU], MARCH, "", "link", 0, address="https://a.id/x")])
        assert not desk.evidence.was_warned()
        desk.evidence.warn()
        desk.evidence.warn()
        assert desk.evidence.was_warned()
        assert not desk_of(connection, made, JOKO).evidence.was_warned()
        told = select(AUDIT.c.subject).where(AUDIT.c.action == WARNED)
        assert connection.execute(told).scalars().all() == [f"person {made.people[SARI]}"]


def test_what_is_kept_no_longer_was_given_and_what_was_taken_back_was_not(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.submit([NewReport(made.indicators[code], MARCH, Decimal(1)) for code in (BUKU, PERDES)])
        desk.add_evidence([photo(made, "a"), photo(made, "b", code=PERDES)])
        wanted = Demand(Demanded.PHOTO, 1)
        desk_of(connection, made, DEWI).evidence.demand([made.indicators[BUKU], made.indicators[PERDES]], wanted)
        desk = desk_of(connection, made, SARI)
        connection.execute(
            EVIDENCE.update().where(EVIDENCE.c.indicator_id == made.indicators[BUKU]).values(removed_at=NOW)
        )
        desk.evidence.remove(desk.evidence.of(made.indicators[PERDES], MARCH)[0])
        assert desk.evidence.lacking(desk.duties) == {(made.indicators[PERDES], MARCH): 1}
        assert desk.evidence.of(made.indicators[BUKU], MARCH) == ()
        cleared = {code: desk.evidence.was_cleared(made.indicators[code], MARCH) for code in (BUKU, PERDES)}
        assert cleared == {BUKU: True, PERDES: False}


@pytest.mark.parametrize(
    ("following", "album", "expected"),
    [
        ([], "7", False),
        ([{"media": {"album": "7"}}], "7", True),
        ([{"said": {"kind": "photo", "album": "7"}}], "7", True),
        ([{"said": {"kind": "media_failed", "album": "7"}}], "7", True),
        ([{"said": {"kind": "photo", "album": "8"}}], "7", False),
        ([{"said": {"kind": "photo", "album": None}}], None, True),
        ([{"said": {"kind": "text", "body": "1"}}, {"media": {"album": "7"}}], "7", False),
        ([{"said": {"kind": "photo", "album": "7"}, "state": "done"}], "7", False),
    ],
)
def test_a_file_that_follows_at_once_is_seen(
    engine: Engine, following: list[dict[str, Any]], album: str | None, expected: bool
) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        conversation_id = add(
            connection, METADATA.tables["conversation"], {"dialogue": "", "step": "", "wrong_codes": 0}
        )
        row = {"conversation_id": conversation_id, "channel": "telegram", "address": "x", "message_id": ""}
        row |= {"state": "ready", "attempts": 0, "received_at": NOW, "said_at": NOW}
        first, *_ = [
            add(connection, table(Inbox), {**row, "external_id": str(at), **also})
            for at, also in enumerate([{"said": {"kind": "photo"}}, *following])
        ]
        desk = replace(desk_of(connection, made, SARI), inbox_id=first)
        assert desk.evidence.file_follows(album) is expected
