"""Why figures are low and what is done about it: written by the owner, kept through a new version of the plan."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from domain.explaining import Asked
from domain.periods import Period
from storage.desk import Desk
from storage.engine import writing
from storage.evidence import NewEvidence
from storage.follow_ups import NewFollowUp, said
from storage.plans import apply_plan
from storage.tables import Audit, FollowUp, FollowUpEnd, table
from tests.offices import BUKU, GAJI, KASI, NOW, PLAN, MadeOffice, desk_of, make_office
from tests.statements import noted

RATNA, DEWI, SARI, JOKO = "Ratna Dewanti", "Dewi Lestari", "Sari Andini", "Joko Santosa"
FEBRUARY, MARCH = Period.month(2022, 2), Period.month(2022, 3)
UNTIL = date(2022, 4, 29)


def _new(made: MadeOffice, period: Period = MARCH, action: str = "Surat ke desa") -> NewFollowUp:
    return NewFollowUp(
        made.indicators[BUKU], period, Asked.OBSTACLE, "Menunggu desa", action, KASI, UNTIL, Decimal("33.333333")
    )


def _open(desk: Desk) -> list[tuple[Period, str]]:
    return [(card.period, card.action) for card in desk.follow_ups.open()]


def test_what_was_said_is_kept_with_who_said_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.follow_ups.add(_new(made))
        card = desk.follow_ups.of(made.indicators[BUKU], MARCH)
        assert card is not None
        assert (card.cause, card.action, card.handler, card.until) == ("Menunggu desa", "Surat ke desa", KASI, UNTIL)
        assert (card.capaian, card.kind, card.is_open) == (Decimal("33.333333"), Asked.OBSTACLE, True)
        assert (card.person_id, card.post_id, card.owner) == (made.people[SARI], *[made.posts[KASI]] * 2)
        assert desk.follow_ups.of(made.indicators[BUKU], FEBRUARY) is None
        audit = table(Audit)
        newest = connection.execute(select(audit.c.action, audit.c.new).order_by(audit.c.id.desc()).limit(1)).one()
        assert tuple(newest) == ("figure explained", "Menunggu desa; Surat ke desa")


def test_what_was_said_of_a_post_is_read_once_and_again_when_more_is_said(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.follow_ups.add(_new(made, FEBRUARY))
        with noted(connection) as statements:
            first = [desk.follow_ups.of_post(made.posts[KASI]) for _time in range(3)][-1]
        assert len(statements) == 1
        desk.follow_ups.add(_new(made, action="Rapat"))
        desk.follow_ups.add(_new(made))
        second = desk.follow_ups.of_post(made.posts[KASI])
    buku = made.indicators[BUKU]
    assert [*first] == [(buku, FEBRUARY)]
    assert {period: card.action for (_indicator, period), card in second.items()} == {
        FEBRUARY: "Surat ke desa",
        MARCH: "Surat ke desa",
    }


def test_only_the_owner_writes_and_only_who_sees_the_post_reads(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        for other in (RATNA, DEWI, JOKO, None):
            with pytest.raises(PermissionError):
                desk_of(connection, made, other).follow_ups.add(_new(made))
        follow_up_id = desk_of(connection, made, SARI).follow_ups.add(_new(made))
        for other in (RATNA, DEWI, JOKO, None):
            with pytest.raises(PermissionError):
                desk_of(connection, made, other).follow_ups.end(follow_up_id, "Selesai")
        seen = {name: len(desk_of(connection, made, name).follow_ups.open()) for name in (RATNA, DEWI, SARI, JOKO)}
        assert seen == {RATNA: 1, DEWI: 1, SARI: 1, JOKO: 0}
        assert desk_of(connection, made, JOKO).follow_ups.get(follow_up_id) is None
        assert len(desk_of(connection, made).follow_ups.open()) == 1


def test_the_newest_of_a_figure_and_of_an_indicator_holds(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.follow_ups.add(_new(made, MARCH, "Rapat"))
        desk.follow_ups.add(_new(made, FEBRUARY, "Jadwal ulang"))
        assert _open(desk) == [(MARCH, "Rapat")]
        desk.follow_ups.add(_new(made, MARCH, "Surat"))
        assert _open(desk) == [(MARCH, "Surat")]
        desk.follow_ups.add(_new(made, MARCH, ""))
        assert _open(desk) == [(FEBRUARY, "Jadwal ulang")]
        assert [card.action for card in desk.follow_ups.of_indicator(made.indicators[BUKU])] == [
            "Rapat", "Jadwal ulang", "Surat", "",
        ]  # fmt: skip


def test_one_is_done_by_a_word_or_a_piece_of_evidence_once(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        (evidence_id,) = desk.add_evidence([NewEvidence(made.indicators[BUKU], MARCH, "a" * 64, "photo", 10)])
        follow_up_id = desk.follow_ups.add(_new(made))
        with pytest.raises(PermissionError):
            desk.follow_ups.end(follow_up_id, "Selesai", evidence_id + 1)
        desk.follow_ups.end(follow_up_id, "Sudah dikirim", evidence_id)
        desk.follow_ups.end(follow_up_id, "Sekali lagi")
        card = desk.follow_ups.get(follow_up_id)
        assert card is not None
        assert card.ended is not None
        assert (card.done, card.ended.word, card.ended.evidence_id) == (True, "Sudah dikirim", evidence_id)
        assert _open(desk) == []


def test_a_new_version_of_the_plan_keeps_them(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).follow_ups.add(_new(made))
        apply_plan(connection, replace(PLAN, reason="PK Perubahan"), NOW + timedelta(days=1))
        desk = desk_of(connection, made, SARI)
        now_id = next(duty.id for duty in desk.duties if duty.code == BUKU)
        assert now_id != made.indicators[BUKU]
        assert [card.indicator_id for card in desk.follow_ups.open()] == [now_id]
        assert {about: list(periods) for about, periods in said(connection, made.id).items()} == {now_id: [MARCH]}


@pytest.mark.parametrize("kept", [FollowUp, FollowUpEnd])
def test_the_database_refuses_to_change_them(engine: Engine, kept: type) -> None:
    rows = table(kept)
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.follow_ups.end(desk.follow_ups.add(_new(made)), "Selesai")
        for change in (rows.update().values(capacity="Plt"), rows.delete()):
            with pytest.raises(DBAPIError, match="only added to"), connection.begin_nested():
                connection.execute(change)


def test_another_post_has_nothing_of_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).follow_ups.add(_new(made))
        assert desk_of(connection, made, JOKO).follow_ups.of_post(made.posts[KASI]) == {}
        assert desk_of(connection, made, SARI).follow_ups.of_post(made.posts[KASI]) != {}
        assert made.indicators[GAJI] not in said(connection, made.id)
