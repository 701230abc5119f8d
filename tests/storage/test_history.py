"""The life of an indicator: every act of the record, the newest first, for whoever sees its figures."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from domain.explaining import Asked
from domain.locks import Keeper
from domain.periods import Period
from storage.engine import writing
from storage.evidence import NewEvidence
from storage.follow_ups import NewFollowUp
from storage.history import Deed
from storage.plans import apply_plan
from storage.reports import NewReport
from tests.offices import BUKU, NOW, PERDES, PLAN, desk_of, look_up, make_office

RATNA, DEWI, SARI, JOKO = "Ratna Dewanti", "Dewi Lestari", "Sari Andini", "Joko Santosa"
MARCH = Period.month(2022, 3)


def test_it_tells_every_act_the_newest_first(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        buku = made.indicators[BUKU]
        sari, dewi = desk_of(connection, made, SARI), desk_of(connection, made, DEWI)
        sari.submit([NewReport(buku, MARCH, Decimal(1)), NewReport(made.indicators[PERDES], MARCH, Decimal(7))])
        sari.add_evidence([NewEvidence(buku, MARCH, "a" * 64, "photo", 10)])
        desk_of(connection, made, DEWI).return_report(buku, MARCH, Decimal(1), "Angka tidak sesuai")
        desk_of(connection, made, SARI).submit([NewReport(buku, MARCH, Decimal(2), reason="Salah hitung")])
        given = desk_of(connection, made, DEWI).checking.of(buku, MARCH)
        assert given is not None
        desk_of(connection, made, DEWI).checking.verify([given.report_id])
        dewi.locks.turn(MARCH, Keeper.ADMIN, "", locks=True)
        later = NOW + timedelta(days=1)
        asked = NewReport(buku, MARCH, Decimal(3), reason="Satu terlewat")
        request_id = desk_of(connection, made, SARI, later).corrections.ask(asked)
        desk_of(connection, made, DEWI, later + timedelta(minutes=5)).corrections.agree(request_id)
        told = desk_of(connection, made, RATNA, later).history.of(buku)
        assert [(one.deed, one.old, one.new, one.reason) for one in told] == [
            (Deed.AGREED, "2", "3", "Satu terlewat"),
            (Deed.ASKED, "2", "3", "Satu terlewat"),
            (Deed.VERIFIED, "2", "", ""),
            (Deed.REPORTED, "1", "2", "Salah hitung"),
            (Deed.RETURNED, "1", "", "Angka tidak sesuai"),
            (Deed.EVIDENCE, "", told[5].new, ""),
            (Deed.REPORTED, "", "1", ""),
        ]
        first, last = told[0], told[-1]
        assert (first.person_id, first.post_id, first.capacity) == (
            made.people[DEWI],
            dewi.held_posts[0].post.id,
            "definitif",
        )
        assert (last.person_id, last.channel, last.at, last.period) == (made.people[SARI], "telegram", NOW, MARCH)


def test_follow_ups_are_part_of_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        desk.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(0))])
        new = NewFollowUp(made.indicators[BUKU], MARCH, Asked.OBSTACLE, "Menunggu desa", "Surat ke desa")
        desk.follow_ups.end(desk.follow_ups.add(new), "Sudah dikirim")
        told = desk.history.of(made.indicators[BUKU])
    assert [(one.deed, one.new) for one in told[:2]] == [
        (Deed.ENDED, "Sudah dikirim"),
        (Deed.EXPLAINED, "Menunggu desa; Surat ke desa"),
    ]


def test_an_explanation_that_was_only_completed_is_told_once(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        buku = made.indicators[BUKU]
        said = NewFollowUp(buku, MARCH, Asked.OBSTACLE, "Menunggu desa", "Surat ke desa")
        for after, one in enumerate((said, replace(said, handler="Kasi Pemerintahan"), replace(said, cause="Banjir"))):
            desk_of(connection, made, SARI, NOW + timedelta(minutes=after)).follow_ups.add(one)
        told = desk_of(connection, made, RATNA).history.of(buku)
        assert [(one.new, one.at) for one in told] == [
            ("Banjir; Surat ke desa", NOW + timedelta(minutes=2)),
            ("Menunggu desa; Surat ke desa", NOW + timedelta(minutes=1)),
        ]


def test_what_was_reported_under_an_earlier_version_of_the_plan_is_told(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1))])
        renewed = look_up(connection, apply_plan(connection, replace(PLAN, document="Nomor 2"), NOW))
        told = desk_of(connection, renewed, SARI).history.of(renewed.indicators[BUKU])
    assert [(one.deed, one.new) for one in told] == [(Deed.REPORTED, "1")]


def test_it_is_told_to_whoever_sees_the_figures(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        with pytest.raises(PermissionError):
            desk_of(connection, made, JOKO).history.of(made.indicators[BUKU])
        assert desk_of(connection, made, RATNA).history.of(made.indicators[BUKU]) == ()
