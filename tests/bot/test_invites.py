"""Invitations as they are handed out: a link and a picture for each channel that is there."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import segno
from sqlalchemy import Engine

from bot.channels.whatsapp.templates import CATALOGUE
from bot.clock import machine_now
from bot.invites import Made, end_overseers, make_invites, make_overseer_invite, write_qr
from bot.refused import Refused
from bot.sending_invites import send_invites
from bot.settings import Settings
from bot.templates_command import submission
from storage import conversations, inbox
from storage.engine import writing
from storage.inbox import NewMessage
from storage.kabupaten import open_invite as open_overseer_invite
from storage.people import open_invite
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.whatsapp.graph_server import NUMBER, Failure, GraphServer
from tests.offices import KASI, NOW, PEOPLE, make_office

CODE, WEEK = "ABCDE23456", timedelta(days=7)


def whatsapp(graph: GraphServer) -> dict[str, Any]:
    return {
        "whatsapp_token": graph.token,
        "whatsapp_phone_id": graph.phone_id,
        "whatsapp_business_id": graph.business_id,
        "whatsapp_app_secret": graph.app_secret,
        "whatsapp_verify_token": graph.verify_token,
        "whatsapp_api_url": graph.url,
    }


async def invited(engine: Engine, **settings: Any) -> Made:
    with writing(engine) as connection:
        make_office(connection)
    (made,) = await make_invites(engine, Settings(**settings), None, KASI, WEEK)
    return made


async def test_a_link_opens_whatsapp_with_the_code_written_in_it(engine: Engine) -> None:
    async with GraphServer() as graph:
        made = await invited(engine, **whatsapp(graph))
    assert made.whatsapp_link == f"https://wa.me/{NUMBER}?text={made.code}"
    assert (made.telegram_link, made.links) == ("", {"whatsapp": made.whatsapp_link})
    assert made.as_json()["whatsapp_link"] == made.whatsapp_link


async def test_both_channels_have_their_link_to_the_same_code(engine: Engine) -> None:
    telegram = BotApiServer()
    await telegram.start()
    async with GraphServer() as graph:
        made = await invited(engine, telegram_token=telegram.token, telegram_api_url=telegram.url, **whatsapp(graph))
    await telegram.stop()
    assert list(made.links) == ["telegram", "whatsapp"]
    assert all(link.endswith(made.code) for link in made.links.values())


@pytest.mark.parametrize("failure", [Failure.SERVER_ERROR, Failure.BAD_GATEWAY, Failure.FOREIGN, Failure.DROP])
async def test_where_meta_does_not_say_our_number_the_code_is_enough(failure: Failure, engine: Engine) -> None:
    async with GraphServer() as graph:
        graph.fail(failure, times=9)
        made = await invited(engine, **whatsapp(graph))
    assert (made.links, len(made.code)) == ({}, 10)


@pytest.mark.parametrize(
    ("links", "pictures"),
    [
        (("", ""), {"01-kasi-pelayanan.png": CODE}),
        (("https://t.me/x?start=A", ""), {"01-kasi-pelayanan.png": "https://t.me/x?start=A"}),
        (("", "https://wa.me/1?text=A"), {"01-kasi-pelayanan.png": "https://wa.me/1?text=A"}),
        (
            ("https://t.me/x?start=A", "https://wa.me/1?text=A"),
            {
                "01-kasi-pelayanan-telegram.png": "https://t.me/x?start=A",
                "01-kasi-pelayanan-whatsapp.png": "https://wa.me/1?text=A",
            },
        ),
    ],
)
def test_each_link_has_its_picture(links: tuple[str, str], pictures: dict[str, str], tmp_path: Path) -> None:
    write_qr([Made("Kasi Pelayanan", CODE, *links, "2026-03-01T08:00:00+07:00", "1 Maret 2026", "X")], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(pictures)
    for name, text in pictures.items():
        segno.make_qr(text).save(str(tmp_path / "expected.png"), scale=8)
        assert (tmp_path / name).read_bytes() == (tmp_path / "expected.png").read_bytes()


async def sent(engine: Engine, graph: GraphServer) -> dict[str, str]:
    """Send every invitation of an office; why each was not sent, by its post."""
    settings = Settings(**whatsapp(graph))
    made = await make_invites(engine, settings, None, None, WEEK)
    return {one.made.post: one.reason for one in await send_invites(settings, made)}


async def test_invitations_go_as_templates_to_the_numbers_that_the_office_entered(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
    phones = {person.post: person.phone for person in PEOPLE}
    async with GraphServer() as graph:
        graph.approve(submission(CATALOGUE["invite"]))
        people = {graph.person(str(at)).address for at in range(len(PEOPLE))}
        reasons = await sent(engine, graph)
    reached = {post for post, phone in phones.items() if phone.removeprefix("+") in people}
    assert {post for post, reason in reasons.items() if not reason} == reached != set()
    assert {reasons[post] for post in made.posts if not phones.get(post)} <= {"nomornya belum tercatat"}
    assert all(shown.template == "renaksi_invite" for shown in graph.sent)
    codes = {shown.parameters[2] for shown in graph.sent}
    assert len(codes) == len(reached)


async def test_an_invitation_that_was_sent_can_be_answered_with_its_code(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
    async with GraphServer() as graph:
        graph.approve(submission(CATALOGUE["invite"]))
        for at in range(len(PEOPLE)):
            graph.person(str(at))
        await sent(engine, graph)
        shown = next(one for one in graph.sent if one.parameters[1] == KASI)
    with writing(engine) as connection:
        invite = open_invite(connection, shown.parameters[2], machine_now())
    assert invite is not None and invite.post.id == made.posts[KASI]
    assert shown.parameters[0] == "Kecamatan Sukamaju"


async def test_what_meta_refuses_is_told_for_each(engine: Engine) -> None:
    with writing(engine) as connection:
        make_office(connection)
    async with GraphServer() as graph:
        graph.person("one")
        reasons = await sent(engine, graph)  # no template was approved
    assert {reason[:6] for reason in reasons.values()} <= {"132001", "nomorn"}
    assert any(reason.startswith("132001") for reason in reasons.values())


async def test_who_has_joined_by_whatsapp_is_not_invited_by_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        inbox.store(connection, [NewMessage("whatsapp", "6281200000099", "1", "1", said={})], NOW)
        person = made.people["Sari Andini"]
        conversations.give_to_person(connection, 1, "whatsapp", "6281200000099", made.id, person, NOW)
    async with GraphServer() as graph:
        reasons = await sent(engine, graph)
    assert reasons[KASI] == "sudah bergabung lewat WhatsApp"


async def test_who_looks_after_a_kabupaten_is_invited_once_and_can_be_ended(engine: Engine) -> None:
    with writing(engine) as connection:
        make_office(connection)
    telegram = BotApiServer()
    await telegram.start()
    settings = Settings(telegram_token=telegram.token, telegram_api_url=telegram.url)
    made = await make_overseer_invite(engine, settings, "  Wanasari ", WEEK)
    await telegram.stop()
    assert (made.post, made.telegram_link.endswith(f"?start={made.code}")) == ("Admin Kabupaten Wanasari", True)
    assert made.expires.endswith("+08:00")
    with writing(engine) as connection:
        invite = open_overseer_invite(connection, made.code, machine_now())
        assert invite is not None
        assert open_invite(connection, made.code, machine_now()) is None
    assert end_overseers(engine, "kabupaten wanasari") == 1
    with writing(engine) as connection:
        assert open_overseer_invite(connection, made.code, machine_now()) is None
    with pytest.raises(Refused):
        await make_overseer_invite(engine, Settings(), "  ", WEEK)
