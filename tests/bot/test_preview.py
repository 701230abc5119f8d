"""`renaksi preview`: what is previewed is what is sent, and nothing is changed by looking."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.preview_command import Planned, as_json, as_text, preview
from bot.refused import Refused
from domain.ladder import DEFAULT_RUNGS, LadderRule, Rung, Stage
from domain.office_rules import OfficeRules
from handlers.messages import Chart, Notice, Outgoing
from storage.engine import reading, writing
from storage.tables import METADATA, Office, table
from tests.bot.edge import Edge
from tests.bot.test_notices import CAMAT, CAMAT_NAME, EARLY, JOKO, KASI_NAME, PELAKSANA_NAME, SARI
from tests.offices import make_office
from tests.transcripts.plans import SMALL_PLANS

pytestmark = pytest.mark.sampled_on_postgresql

JOKO_NAME = PELAKSANA_NAME
ADMIN, ADMIN_NAME = "1003", "Dewi Lestari"
NAMES = {KASI_NAME: SARI, JOKO_NAME: JOKO, CAMAT_NAME: CAMAT, ADMIN_NAME: ADMIN}


@pytest.fixture
async def office(edge: Edge) -> Edge:
    """Kasi, Pengelola Gaji and camat have joined; nothing has been said unasked yet."""
    edge.office_now.now = EARLY
    for name in (KASI_NAME, PELAKSANA_NAME, CAMAT_NAME):
        address = NAMES[name]
        await edge.join(name, address)
    edge.phones.sent.clear()
    return edge


def words(message: Outgoing) -> str:
    if isinstance(message, Chart):
        return f"{message.title}\n{message.caption}"
    assert isinstance(message, Notice)
    return message.text


async def sent_until(edge: Edge, end: datetime) -> list[tuple[datetime, str, str]]:
    """Everything that goes out while the clock steps from one due instant to the next."""
    found: list[tuple[datetime, str, str]] = []
    while True:
        following = await edge.program.writer.do(
            lambda connection: edge.program.ticker.next_instant(connection, edge.office_now.now)
        )
        if following is None or following >= end:
            return found
        edge.office_now.now = following
        edge.phones.sent.clear()
        await edge.program.tick()
        await edge.program.settle()
        found.extend((following, address, words(message)) for address, message in edge.phones.sent)


def previewed(edge: Edge, first: str, last: str) -> tuple[Planned, ...]:
    return preview(edge.engine, first, last, None)


async def test_what_is_previewed_is_what_is_sent(office: Edge) -> None:
    planned = previewed(office, "2022-03-28", "2022-05-31")
    expected = [(one.at.astimezone(UTC), NAMES[one.person], one.text) for one in planned if one.reachable]
    sent = await sent_until(office, datetime(2022, 5, 31, 16, tzinfo=UTC))
    assert len(sent) > 15
    assert sorted(sent) == sorted(expected)
    stages = {stage for one in planned for stage in (call.stage.stage.value for call in one.calls)}
    assert stages == {"notice", "H-1", "H", "H+1", "H+3"}


async def test_leave_more_time_and_a_day_off_are_in_it_as_they_are_sent(office: Edge) -> None:
    await office.join(ADMIN_NAME, ADMIN)
    office.phones.sent.clear()
    for address, answers in (
        (SARI, ("cuti", "4 april", "6 april", JOKO_NAME, "simpan")),
        (JOKO, ("waktu maret", "8 april", "Menunggu data", "kirim permintaan")),
        (ADMIN, ("setuju", "libur", "Hari jadi 5 Mei\nHari desa 12 April", "simpan")),
    ):
        await office.say(address, *answers)
    await office.program.settle()
    planned = previewed(office, "2022-03-28", "2022-05-31")
    expected = [(one.at.astimezone(UTC), NAMES[one.person], one.text) for one in planned if one.reachable]
    office.phones.sent.clear()
    sent = await sent_until(office, datetime(2022, 5, 31, 16, tzinfo=UTC))
    assert sorted(sent) == sorted(expected)
    told = "\n".join(text for _at, _address, text in sent)
    for words_of_it in ("sebagai Plh Kasi Pemerintahan", "batas tambahan laporan Maret"):
        assert words_of_it in told


async def test_who_has_reported_is_not_in_it(office: Edge) -> None:
    await office.say(SARI, "lapor", "1", "1", "25", "kirim 3 laporan")
    march = previewed(office, "2022-03-28", "2022-04-12")
    assert KASI_NAME not in {one.person for one in march}
    assert PELAKSANA_NAME in {one.person for one in march}


async def test_looking_changes_nothing(office: Edge) -> None:
    def rows() -> dict[str, list[object]]:
        with reading(office.engine) as connection:
            return {name: list(connection.execute(select(one))) for name, one in METADATA.tables.items()}

    before = rows()
    assert previewed(office, "2022-03-28", "2022-04-12")
    assert rows() == before


async def test_a_summary_that_fell_due_earlier_is_not_of_that_time(office: Edge) -> None:
    tuesday = previewed(office, "2022-03-29", "2022-03-29")
    assert [one.kind for one in tuesday] == ["reminder", "reminder"]


async def test_a_message_that_waits_for_its_hour_is_in_it(office: Edge) -> None:
    await office.say(SARI, "ingatkan nanti", "besok pagi")
    planned = previewed(office, "2022-03-29", "2022-03-29")
    assert [one.kind for one in planned if one.person == KASI_NAME] == ["snooze", "reminder"]


async def test_it_is_told_in_json_and_in_words(office: Edge) -> None:
    planned = previewed(office, "2022-04-04", "2022-04-04")
    told = json.loads(as_json(planned))
    sari = next(one for one in told if one["to"]["person"] == KASI_NAME)
    assert sari["at"] == "2022-04-04T08:00:00+08:00"
    assert (sari["kind"], sari["stage"], sari["period"]) == ("reminder", "H-1", "2022-03")
    assert sari["to"] == {"post": "Kasi Pemerintahan", "person": KASI_NAME, "reachable": True}
    assert "batas laporan" in sari["text"]
    assert "Senin 4 April 2022 08.00 WITA · Sari Andini, Kasi Pemerintahan · H-1 Maret" in as_text(planned)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("kemarin", "2022-04-04", "--from"),
        ("2022-04-04", "2022-02-31", "--to"),
        ("2022-04-04", "2022-04-03", "sesudah"),
        ("2022-01-01", "2026-01-01", "paling jauh"),
    ],
)
async def test_a_time_that_cannot_be_is_refused(office: Edge, first: str, last: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        previewed(office, first, last)


async def test_a_stage_that_was_told_is_not_in_it_again_after_a_change_of_rules(office: Edge) -> None:
    await sent_until(office, datetime(2022, 3, 29, 16, tzinfo=UTC))
    later = OfficeRules(ladder=LadderRule((Rung(Stage.NOTICE, -1), *DEFAULT_RUNGS[1:])))
    with writing(office.engine) as connection:
        connection.execute(update(table(Office)).values(rules=later.to_json()))
    assert previewed(office, "2022-03-30", "2022-03-30") == ()
    assert await sent_until(office, datetime(2022, 3, 30, 16, tzinfo=UTC)) == []


def test_what_is_filled_in_for_the_camat_is_asked_of_who_fills_it_in(edge: Edge) -> None:
    plan = replace(SMALL_PLANS["camat"], office="Mekarsari")
    with writing(edge.engine) as connection:
        make_office(connection, name=plan.office, plan=replace(plan, indicators=plan.indicators[:1]))
    found = preview(edge.engine, "2022-03-28", "2022-04-04", plan.office)
    told = [(one.post, one.text.split(":")[0]) for one in found if one.calls]
    assert told == [("Kasubbag Perencanaan", f"Bu {ADMIN_NAME}, untuk Camat")] * 2
    assert [one.post for one in found if one.kind == "digest"] == ["Camat"] * 2
