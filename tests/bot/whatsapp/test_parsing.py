"""Every kind of call in the shape in which Meta posts it, and what becomes of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.base import Arrival, Media
from bot.channels.whatsapp.parsing import CHANNEL, Call, NumberChange, parse
from bot.channels.whatsapp.statuses import Status, TemplateNews
from handlers.messages import Contact, Edited, Incoming, Press, Text, Unknown
from tests.bot.whatsapp.calls import (
    BUSINESS_ID,
    JOKO,
    PAYLOADS,
    PHONE_ID,
    SARI,
    call,
    payload,
    status,
    text_message,
    value,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEW, HIDDEN = "6281200000109", "ID.1502576394655843"
AT = datetime(2022, 3, 29, 4, tzinfo=UTC)
BOTH = frozenset({SARI, HIDDEN})

SAID: dict[str, Incoming] = {
    "text": Text(body="1.250,5"),
    "text_reply": Text(body="3 desa"),
    "text_forwarded": Text(body="12 desa"),
    "text_blank": Unknown(what="text"),
    "text_broken_unicode": Text(body="dua \ufffd desa"),
    "button_reply": Press(token="1a:1", label="Nihil"),
    "list_reply": Press(token="1a:7", label="Arsip surat"),
    "form_reply": Unknown(what="interactive"),
    "template_reply": Press(token="!lapor", label="Lapor sekarang"),
    "template_reply_without_payload": Text(body="Lapor"),
    "sticker": Unknown(what="sticker"),
    "location": Unknown(what="location"),
    "contact_own": Contact(phone="+6281200000101", own=True),
    "contact_other": Contact(phone="+6281200000102", own=False),
    "contact_not_on_whatsapp": Contact(phone="+62 812-0000-0103", own=False),
    "contact_without_phone": Unknown(what="contacts"),
    "edit": Edited(of="wamid.ORIGINAL", body="21"),
    "edit_caption": Edited(of="wamid.ORIGINAL", body="Buku wajib, 3 desa"),
    "unsupported": Unknown(what="unsupported"),
    "order": Unknown(what="order"),
    "kind_of_the_future": Unknown(what="hologram"),
    "hidden_number": Text(body="halo"),
}
MEDIA = {
    "image": Media("2754859441498128", True, mime="image/jpeg", caption="Buku wajib desa"),
    "document": Media("2754859441498129", False, None, "Laporan Maret.xlsx", XLSX, "Rekap"),
    "voice": Media("1", False, mime="audio/ogg; codecs=opus"),
    "audio": Media("1", False, mime="audio/mpeg"),
    "video": Media("1", False, mime="video/mp4"),
    "document_bare": Media("2754859441498130", False, mime="application/pdf"),
}
CHANGES = {
    "number_changed": NumberChange(SARI, NEW),
    "number_changed_old_form": NumberChange(SARI, NEW),
    "hidden_number_changed": NumberChange(HIDDEN, "ID.2"),
}
STATUSES = {
    "status_sent": Status("wamid.OURS", "sent", AT, None, BOTH),
    "status_delivered": Status("wamid.OURS", "delivered", AT, None, BOTH),
    "status_read": Status("wamid.OURS", "read", AT, None, BOTH),
    "status_failed": Status("wamid.OURS", "failed", AT, 131047, BOTH),
    "status_failed_without_code": Status("wamid.OURS", "failed", AT, 131000, BOTH),
}
TEMPLATES = {
    "template_approved": TemplateNews("renaksi_pengingat", "id", "approved"),
    "template_paused": TemplateNews("renaksi_pengingat", "id", "paused"),
}
IGNORED = {
    "reaction": "reaction",
    "revoke": "revoke",
    "request_welcome": "request_welcome",
    "group_text": "group",
    "identity_changed": "system",
    "of_another_number": "other messages",
    "errors": "errors",
    "template_flagged": "template",
    "template_of_another_account": "other message_template_status_update",
    "account_update": "other account_update",
    "status_played": "status played",
}


def parsed(name: str) -> Call:
    return parse(payload(name), PHONE_ID, BUSINESS_ID)


def arrived(name: str) -> Arrival:
    (arrival,) = parsed(name).arrivals
    return arrival


def test_every_payload_has_an_expectation() -> None:
    expected = {*SAID, *MEDIA, *CHANGES, *STATUSES, *TEMPLATES, *IGNORED}
    assert {path.stem for path in PAYLOADS.glob("*.json")} == expected


@pytest.mark.parametrize("name", SAID)
def test_what_people_say_arrives(name: str) -> None:
    assert (arrived(name).said, arrived(name).media) == (SAID[name], None)


@pytest.mark.parametrize("name", MEDIA)
def test_pictures_and_files_arrive_to_be_fetched(name: str) -> None:
    assert (arrived(name).said, arrived(name).media) == (None, MEDIA[name])


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_number_is_told_and_is_nothing_that_was_said(name: str) -> None:
    assert parsed(name) == Call(changes=[CHANGES[name]])


@pytest.mark.parametrize("name", STATUSES)
def test_what_became_of_a_message_is_told(name: str) -> None:
    assert parsed(name) == Call(statuses=[STATUSES[name]])


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_becomes_of_a_template_is_told(name: str) -> None:
    assert parsed(name) == Call(templates=[TEMPLATES[name]])


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_of_no_use_is_counted(name: str) -> None:
    found = parsed(name)
    assert dict(found.ignored) == {IGNORED[name]: 1}
    assert found == Call(ignored=found.ignored)


def test_an_arrival_says_whence_it_came() -> None:
    number = "wamid.HBgNNjI4MTIwMDAwMDEwMRUCABIYFDNB"
    assert arrived("text") == Arrival(CHANNEL, SARI, number, number, Text(body="1.250,5"), sender_name="Sari")


@pytest.mark.parametrize("name", ["button_reply", "list_reply", "template_reply", "text_reply"])
def test_a_button_tells_below_which_message_it_stands(name: str) -> None:
    [message] = payload(name)["entry"][0]["changes"][0]["value"]["messages"]
    [arrival] = parsed(name).arrivals
    pressed = isinstance(arrival.said, Press)
    assert (arrival.answers, pressed) == (message["context"]["id"] if pressed else "", name != "text_reply")


def test_who_hides_their_number_is_known_by_the_id_that_whatsapp_gave_them() -> None:
    assert (arrived("hidden_number").address, arrived("hidden_number").sender_name) == (HIDDEN, "Sari")


def test_a_call_of_several_entries_changes_messages_and_statuses_is_taken_apart_in_order() -> None:
    body = call(
        [
            value([text_message(SARI, 1, "1"), text_message(JOKO, 1, "2"), text_message(SARI, 2, "3")]),
            value(statuses=[status("wamid.a", "sent"), status("wamid.b", "failed", code=131026)]),
        ],
        [value([text_message(SARI, 3, "4")], [status("wamid.a", "read")])],
    )
    found = parse(body, PHONE_ID, BUSINESS_ID)
    assert [(one.address, one.said) for one in found.arrivals] == [
        (address, Text(body=body)) for address, body in ((SARI, "1"), (JOKO, "2"), (SARI, "3"), (SARI, "4"))
    ]
    assert [(one.provider_id, one.fate, one.code) for one in found.statuses] == [
        ("wamid.a", "sent", None),
        ("wamid.b", "failed", 131026),
        ("wamid.a", "read", None),
    ]
    assert not found.ignored


BROKEN_MESSAGES: list[Any] = [
    {},
    {"type": "text"},
    {"type": "text", "text": "halo"},
    {"type": 7},
    {"type": "image", "image": {"id": ""}},
    {"type": "image", "image": {"id": 12}},
    {"type": "interactive", "interactive": None},
    {"type": "interactive", "interactive": {"button_reply": {"title": "Nihil"}}},
    {"type": "contacts", "contacts": {"phones": 1}, "from": None},
    {"type": "edit", "edit": {"message": {"type": "text", "text": {"body": "1"}}}},
    {"type": "system"},
    {"type": "system", "system": {"type": "user_changed_number"}},
]


@pytest.mark.parametrize("broken", BROKEN_MESSAGES, ids=str)
def test_a_message_without_its_shape_is_counted_and_its_neighbours_arrive(broken: dict[str, Any]) -> None:
    message = {"from": SARI, "id": "wamid.x", "timestamp": "1", **broken}
    found = parse(
        call([value([text_message(SARI, 1, "1"), message, text_message(SARI, 2, "2")])]), PHONE_ID, BUSINESS_ID
    )
    assert [arrival.said for arrival in found.arrivals] == [Text(body="1"), Text(body="2")]
    assert sum(found.ignored.values()) == 1


@pytest.mark.parametrize(
    "broken",
    [{"timestamp": "soon"}, {"timestamp": "9" * 30}, {"id": 7}, {"status": None}, {"errors": "?"}, {"errors": [7]}],
    ids=str,
)
def test_a_status_without_its_shape_is_counted_and_its_neighbours_arrive(broken: dict[str, Any]) -> None:
    bad = {**status("wamid.x", "failed"), **broken}
    found = parse(
        call([value(statuses=[status("wamid.a", "sent"), bad, status("wamid.b", "sent")])]), PHONE_ID, BUSINESS_ID
    )
    assert [one.provider_id for one in found.statuses] == ["wamid.a", "wamid.b"]
    assert sum(found.ignored.values()) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"entry": None},
        {"entry": [None, 7, {}]},
        {"entry": [{"changes": {}}]},
        {"entry": [{"changes": [7]}]},
        {"entry": [{"changes": [{"field": "messages"}]}]},
        {"entry": [{"changes": [{"field": "messages", "value": {"messages": 7, "metadata": []}}]}]},
    ],
    ids=str,
)
def test_a_call_without_its_shape_holds_nothing(body: dict[str, Any]) -> None:
    found = parse(body, PHONE_ID, BUSINESS_ID)
    assert found == Call(ignored=found.ignored)
