"""Several offices in one running program: who looks after their kabupaten, and who works for two of them."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.documents.workbook_template import write_workbook
from bot.preview_command import preview
from handlers.messages import Choose, File, Notice, Outgoing
from storage import kabupaten
from storage.engine import reading, writing
from storage.offices import names
from storage.people import new_invite
from tests.bot.edge import Edge, tick, wita
from tests.offices import PLAN, make_office
from tests.transcripts.plans import SMALL_PLANS

pytestmark = pytest.mark.sampled_on_postgresql

DEWI, KOMANG, SARI = "2001", "3001", "2002"
NEIGHBOUR = SMALL_PLANS["tetangga"]


async def overseer(edge: Edge, name: str = "Wanasari", address: str = KOMANG) -> None:
    """Somebody joins to look after a kabupaten."""
    now = edge.office_now()
    with writing(edge.engine) as connection:
        code = kabupaten.new_invite(connection, name, now, now + timedelta(days=14))
    await edge.say(address, code, "ya, saya")


def last(edge: Edge, address: str) -> Outgoing:
    return [message for to, message in edge.phones.sent if to == address][-1]


async def test_a_line_comes_once_a_week_and_tells_of_offices_and_posts_only(edge: Edge) -> None:
    assert edge.made.id
    with writing(edge.engine) as connection:
        make_office(connection, name=NEIGHBOUR.office, plan=NEIGHBOUR)
    await overseer(edge)
    await overseer(edge, "Banyuasri", "3002")
    shown = [one for one in preview(edge.engine, "2022-04-03", "2022-04-11", PLAN.office) if "kabupaten" in one.post]
    assert [(one.at.isoformat(" ", "minutes")[:16], one.person) for one in shown] == [
        ("2022-04-04 08:00", "Kabupaten Wanasari"),
        ("2022-04-11 08:00", "Kabupaten Wanasari"),
    ]
    before = len(edge.phones.heard(KOMANG))
    await tick(edge, wita(4, 7))
    await tick(edge, wita(4, 7, 45))
    assert len(edge.phones.heard(KOMANG)) == before
    for hour in (8, 9, 15):
        await tick(edge, wita(4, hour))
    for day in (5, 6, 7):
        await tick(edge, wita(day, 9))
    (line,) = edge.phones.heard(KOMANG)[before:]
    assert line == shown[0].text
    assert line == (
        "Senin 4 April 2022: 0 dari 2 kecamatan sudah lengkap; belum 4 jabatan, terbanyak Kubutambahan (2), "
        "Sukamaju (2)."
    )
    told = last(edge, KOMANG)
    assert isinstance(told, Notice)
    assert (told.params, [option.key for option in told.options]) == (
        ("Kabupaten Wanasari", line),
        ["!peringkat", "!belum"],
    )
    await tick(edge, wita(11, 9))
    assert len(edge.phones.heard(KOMANG)) == before + 2
    assert not any("kecamatan sudah lengkap" in heard for heard in edge.phones.heard("3002"))


async def test_the_ranking_is_worked_out_beside_the_turn_and_ends_with_the_access(edge: Edge) -> None:
    assert edge.made.id
    await overseer(edge)
    (answer,) = await edge.say(KOMANG, "/peringkat")
    assert "Sukamaju: 0 dari 2 jabatan lapor Maret" in answer
    with writing(edge.engine) as connection:
        assert kabupaten.end_all(connection, "kab. wanasari", edge.office_now()) == 1
    (answer,) = await edge.say(KOMANG, "peringkat")
    assert "hanya untuk pegawai yang diundang" in answer
    await tick(edge, wita(4, 9))
    assert len(edge.phones.heard(KOMANG)) == 4


async def test_an_office_is_added_by_its_workbook(edge: Edge, tmp_path: Path) -> None:
    assert edge.made.id
    await overseer(edge)
    write_workbook(NEIGHBOUR, tmp_path / "kantor.xlsx")
    edge.phones.files["f1"] = [(tmp_path / "kantor.xlsx").read_bytes()]
    edge.phones.files["f2"] = [b"PK\x03\x04 kosong"]
    await edge.send_media(KOMANG, "f2", is_photo=False, name="kosong.xlsx")
    await edge.program.settle()
    await edge.send_media(KOMANG, "f1", is_photo=False, name="Kubutambahan.xlsx")
    await edge.program.settle()
    shown = last(edge, KOMANG)
    assert isinstance(shown, Choose)
    assert shown.text.startswith("Kecamatan Kubutambahan, rencana 2022: 6 jabatan, 2 indikator.")
    with reading(edge.engine) as connection:
        assert list(names(connection).values()) == [PLAN.office]
    await edge.say(KOMANG, "tambahkan")
    invitation = last(edge, KOMANG)
    assert isinstance(invitation, File)
    assert invitation.title.startswith("Kecamatan Kubutambahan ditambahkan.")
    (asked, welcome) = await edge.say(DEWI, f"/start {invitation.secret}", "ya, saya")
    assert "Kasubbag Program" in asked
    assert "Terima kasih" in welcome
    (answer,) = await edge.say(KOMANG, "belum")
    assert "• Kubutambahan, Maret: 2 dari 2 jabatan" in answer


async def test_reminders_of_two_offices_name_theirs_and_each_button_opens_its_own(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    now = edge.office_now()
    with writing(edge.engine) as connection:
        other = make_office(connection, name=NEIGHBOUR.office, plan=NEIGHBOUR)
        code = new_invite(connection, other.id, other.posts["Kasi Pelayanan"], now, now + timedelta(days=14))
    await edge.say(SARI, f"/start {code}", "ya, saya")
    before = len(edge.phones.heard(SARI))
    await tick(edge, wita(4, 9))
    reminded = [message for to, message in edge.phones.sent if to == SARI][before:]
    assert [message.title for message in reminded if isinstance(message, Notice)] == [
        "Kecamatan Sukamaju",
        "Kecamatan Kubutambahan",
    ]
    assert [message.params[0] for message in reminded if isinstance(message, Notice)] == [
        "Bu Sari Andini (Kecamatan Sukamaju)",
        "Bu Sari Andini (Kecamatan Kubutambahan)",
    ]
    (answer,) = await edge.say(SARI, "lapor")
    assert "Antrean layanan dicatat" in answer
    await edge.say(SARI, "kantor")
    (answer,) = await edge.say(SARI, "sukamaju")
    assert "Kecamatan Sukamaju" in answer
    (answer,) = await edge.say(SARI, "lapor")
    assert "buku wajib administrasi" in answer
