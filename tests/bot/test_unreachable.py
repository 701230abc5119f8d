"""A person whom no message reaches: the superior is told once before the cut-off, and again with those who are late."""

import pytest

from bot.channels.base import RecipientGone
from handlers.messages import Notice, Option
from tests.bot.edge import Edge, tick, wita

pytestmark = pytest.mark.sampled_on_postgresql

SARI, JOKO, CAMAT, DEWI = "1001", "1005", "1006", "1003"


BEFORE = wita(4, 8)
"""H-1 of March, whose reports are awaited until Tuesday 5 April."""


@pytest.fixture
async def office(edge: Edge) -> Edge:
    """Camat, admin and Kasi have joined; Pengelola Gaji, below the admin, has not."""
    edge.office_now.now = wita(28, 7, 45, month=3)
    for name, address in (("Ratna Dewanti", CAMAT), ("Dewi Lestari", DEWI), ("Sari Andini", SARI)):
        await edge.join(name, address)
    edge.phones.sent.clear()
    return edge


async def tick_daily(edge: Edge) -> None:
    """Every working day from H-1 to H+3, on which superiors are told who is late."""
    for day in range(4, 9):
        await tick(edge, wita(day, 8))


def notices(edge: Edge, address: str) -> list[Notice]:
    """What an address got unasked, in order."""
    return [message for to, message in edge.phones.sent if to == address and isinstance(message, Notice)]


async def test_the_superior_of_one_who_never_joined_is_told_before_the_cut_off(office: Edge) -> None:
    await tick(office, BEFORE)
    (told,) = notices(office, DEWI)
    assert "tidak sampai kepada" in told.text
    assert "Pengelola Gaji (Pak Joko Santosa): 2 indikator" in told.text
    assert "Mohon sampaikan langsung." in told.text
    assert told.options == ()  # nobody there whom a tap would reach


async def test_the_list_of_the_late_marks_who_cannot_be_reached(office: Edge) -> None:
    await tick_daily(office)
    *_before, late = notices(office, DEWI)
    assert "sudah lewat. Yang belum lapor:" in late.text
    assert "Pengelola Gaji (Pak Joko Santosa): 2 indikator, tak terjangkau" in late.text
    assert late.options == ()
    (of_the_camat,) = notices(office, CAMAT)
    assert "Kasi Pemerintahan (Bu Sari Andini): 3 indikator" in of_the_camat.text
    assert "tak terjangkau" not in of_the_camat.text
    assert [option.key for option in of_the_camat.options if isinstance(option, Option)] == ["!ingatkan:2022-03"]


async def test_who_blocks_the_assistant_is_the_superiors_to_tell_from_then_on(office: Edge) -> None:
    await office.join("Joko Santosa", JOKO)
    office.phones.refusals[JOKO].append(RecipientGone("blocked"))
    await tick(office, wita(29, 8, month=3))
    assert notices(office, DEWI) == []
    await tick(office, BEFORE)
    told, to_call = sorted(notices(office, DEWI), key=lambda notice: notice.name)
    assert "tidak sampai kepada" in told.text
    assert "• Pengelola Gaji (Pak Joko Santosa): pengingat Maret 2022" in to_call.text
    (listed,) = (await office.say(DEWI, "tak terjangkau"))[-1:]
    assert "Pengelola Gaji (Pak Joko Santosa), terakhir menulis" in listed


async def test_who_comes_back_is_reminded_again_and_no_more_the_superiors_to_tell(office: Edge) -> None:
    await office.join("Joko Santosa", JOKO)
    office.phones.refusals[JOKO].append(RecipientGone("blocked"))
    await tick(office, wita(29, 8, month=3))
    await office.say(JOKO, "halo")
    await tick(office, BEFORE)
    assert notices(office, DEWI) == []
    assert "Selasa 5 April" in notices(office, JOKO)[-1].text


async def test_a_superior_who_cannot_be_reached_either_is_not_written_to(office: Edge) -> None:
    office.phones.refusals[DEWI].append(RecipientGone("blocked"))
    await tick_daily(office)
    assert notices(office, DEWI) == []
