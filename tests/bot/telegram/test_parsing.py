"""Every kind of update in the shape in which Telegram sends it, and what becomes of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Arrival, Media
from bot.channels.telegram.parsing import MalformedUpdate, blocked_address, parse, tap_id
from handlers.messages import Contact, Edited, FromGroup, Incoming, Press, Text, Unknown

PAYLOADS = Path(__file__).parent / "payloads"
SARI = "1200000101"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = "AgACAgUAAxkBAAMlarge"

SAID: dict[str, Incoming] = {
    "text": Text(body="1.250,5"),
    "text_forwarded": Text(body="12 desa"),
    "text_reply": Text(body="3 desa"),
    "text_blank": Unknown(what="text"),
    "text_broken_unicode": Text(body="dua \ufffd desa"),
    "command": Text(body="/lapor"),
    "command_with_bot": Text(body="/lapor sekarang"),
    "start_with_code": Text(body="/start KUBU-7Q2M"),
    "callback_query": Press(token="1a:1"),
    "callback_query_of_deleted_message": Press(token="1a:2"),
    "edited_message": Edited(of="41", body="21"),
    "edited_caption": Edited(of="41", body="Buku wajib, 3 desa"),
    "contact_own": Contact(phone="+6281200000101", own=True),
    "contact_passed_on": Contact(phone="+6281200000101", own=False),
    "contact_other": Contact(phone="+6281200000102", own=False),
    "animation": Unknown(what="animation"),
    "sticker": Unknown(what="sticker"),
    "location": Unknown(what="location"),
    "venue": Unknown(what="venue"),
    "poll": Unknown(what="poll"),
    "dice": Unknown(what="dice"),
    "content_of_the_future": Unknown(what="hologram"),
}
MEDIA = {
    "photo": Media(LARGEST, is_photo=True, size=148211, caption="Buku wajib desa"),
    "photo_in_album": Media(LARGEST, is_photo=True, size=148211, album="13175500000000001"),
    "document": Media("BQACAgUAAxkBAAMdoc", False, 31337, "Laporan Maret.xlsx", XLSX, "Rekap"),
    "document_image": Media("BQACAgUAAxkBAAMimg", False, 4194304, "IMG_0412.jpg", "image/jpeg"),
    "voice": Media("AwACAgUAAxkBAAMv", False, 17000, mime="audio/ogg"),
    "audio": Media("CQACAgUAAxkBAAMv", False, 500000),
    "video": Media("BAACAgUAAxkBAAMv", False, 900000, mime="video/mp4", caption="Rapat"),
    "video_note": Media("DQACAgUAAxkBAAMv", False, 300000),
    "document_30_mb": Media("BQACAgUAAxkBAAMbig", False, 31457280, "video rapat.zip", "application/zip"),
}
GROUP, SUPERGROUP = "-1200000002", "-1001200000001"
NEWS: dict[str, tuple[str, FromGroup]] = {
    "group_text": (SUPERGROUP, FromGroup(news="command", by=SARI, title="Kantor", word="renaksi_contoh_bot")),
    "group_asks": (GROUP, FromGroup(news="asked", by=SARI, title="Kantor")),
    "group_added": (GROUP, FromGroup(news="added", by=SARI, title="Kantor")),
    "group_left": (SUPERGROUP, FromGroup(news="removed", by=SARI, title="Kantor")),
    "group_named": (GROUP, FromGroup(news="named", by=SARI, title="Kecamatan")),
    "group_moved_to": (GROUP, FromGroup(news="moved", word=SUPERGROUP)),
    "group_moved_from": (GROUP, FromGroup(news="moved", word=SUPERGROUP)),
    "group_code": (GROUP, FromGroup(news="code", by=SARI, title="Kantor", word="ABCDE23456")),
    "group_link": (GROUP, FromGroup(news="code", by=SARI, title="Kantor", word="ABCDE23456")),
}
"""What is kept of groups: never what people chat about there."""
IGNORED = (
    "callback_query_inline",
    "callback_query_game",
    "edited_live_location",
    "pinned_message",
    "group_chatter",
    "group_callback_query",
    "group_may_write",
    "channel_post",
    "blocked",
    "unblocked",
    "update_of_the_future",
)


def payload(name: str) -> dict[str, Any]:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def parsed(name: str) -> Arrival:
    arrival = parse(payload(name))
    assert arrival is not None
    return arrival


def test_every_payload_has_an_expectation() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == {*SAID, *MEDIA, *NEWS, *IGNORED}


@pytest.mark.parametrize("name", SAID)
def test_it_reads_what_a_person_said(name: str) -> None:
    arrival = parsed(name)
    assert (arrival.said, arrival.media) == (SAID[name], None)


@pytest.mark.parametrize("name", MEDIA)
def test_it_keeps_media_by_the_file_id_of_telegram(name: str) -> None:
    arrival = parsed(name)
    assert (arrival.said, arrival.media) == (None, MEDIA[name])


@pytest.mark.parametrize("name", NEWS)
def test_it_reads_what_concerns_it_of_a_group(name: str) -> None:
    arrival = parsed(name)
    assert (arrival.address, arrival.said, arrival.media) == (*NEWS[name], None)
    assert arrival.external_id == str(payload(name)["update_id"])


@pytest.mark.parametrize("name", IGNORED)
def test_it_ignores_what_is_not_said_in_private(name: str) -> None:
    assert parse(payload(name)) is None


@pytest.mark.parametrize("name", [*SAID, *MEDIA])
def test_every_arrival_names_channel_person_and_update(name: str) -> None:
    arrival, update_id = parsed(name), payload(name)["update_id"]
    assert (arrival.channel, arrival.address, arrival.sender_name) == ("telegram", SARI, "Sari")
    assert (arrival.external_id, arrival.sequence) == (str(update_id), update_id)


def test_an_edit_refers_to_the_message_id_of_the_arrival() -> None:
    edit = parsed("edited_message").said
    assert isinstance(edit, Edited)
    assert edit.of == parsed("text").message_id


def test_a_button_tells_below_which_message_it_stands() -> None:
    tap = payload("callback_query")["callback_query"]
    assert (parsed("callback_query").answers, parsed("text").answers) == (str(tap["message"]["message_id"]), "")


def test_what_it_reads_can_be_stored() -> None:
    said = parsed("text_broken_unicode").said
    assert isinstance(said, Text)
    assert "\0" not in said.body
    assert said.body.encode()


@pytest.mark.parametrize("name", [*SAID, *MEDIA, *NEWS, *IGNORED])
def test_only_a_block_in_private_makes_a_person_unreachable(name: str) -> None:
    assert blocked_address(payload(name)) == (SARI if name == "blocked" else None)


@pytest.mark.parametrize("name", [*SAID, *MEDIA, *IGNORED])
def test_every_tap_can_be_answered(name: str) -> None:
    assert (tap_id(payload(name)) is not None) == ("callback_query" in name)


def without(name: str, *path: str) -> dict[str, Any]:
    """A payload that lacks a field."""
    whole = payload(name)
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return whole


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": "halo"},
        {"update_id": 1, "edited_message": []},
        {"update_id": 1, "callback_query": 7},
        {"update_id": "1; DROP", "message": payload("text")["message"]},
        {"update_id": 1, "message": payload("text")["message"] | {"text": 12}},
        {"update_id": 1, "message": payload("text")["message"] | {"message_id": True}},
        {"update_id": 1, "message": payload("photo")["message"] | {"photo": []}},
        without("text", "update_id"),
        without("text", "message", "chat"),
        without("text", "message", "message_id"),
        without("document", "message", "document", "file_id"),
        without("contact_own", "message", "contact", "phone_number"),
    ],
)
def test_a_malformed_update_is_one_known_error(update: dict[str, Any]) -> None:
    with pytest.raises(MalformedUpdate):
        parse(update)
    assert blocked_address(update) is None


def test_the_error_of_a_malformed_update_keeps_what_was_said_to_itself() -> None:
    with pytest.raises(MalformedUpdate) as caught:
        parse({"update_id": 1, "message": payload("text")["message"] | {"text": {"rahasia": "gaji"}}})
    assert "rahasia" not in str(caught.value)
    assert caught.value.__context__ is None
