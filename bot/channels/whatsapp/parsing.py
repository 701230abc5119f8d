"""Calls of the Cloud API's webhook, taken apart: messages, changed numbers, statuses. Pure functions on JSON.

One call may hold several entries, changes, messages and statuses. Plain dictionaries instead of pywa's types, which
look at the first change of a call only and refuse a whole message for one unexpected field.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.channels.base import Arrival, Media
from bot.channels.posted import storable
from bot.channels.whatsapp.statuses import Status, TemplateNews, parse_status, parse_template
from handlers.messages import Contact, Edited, Incoming, Press, Text, Unknown

Json = Mapping[str, Any]

CHANNEL = "whatsapp"
MALFORMED = "malformed"
"""How what has not the documented shape is counted."""
_SILENT = frozenset({"reaction", "revoke", "request_welcome", "ephemeral"})
"""Kinds of message to which nobody waits for an answer."""
_NUMBER_CHANGED = ("user_changed_number", "customer_changed_number")

T = TypeVar("T")


@dataclass(frozen=True)
class NumberChange:
    """A person's address `old` has become `new`."""

    old: str
    new: str


@dataclass(frozen=True)
class Call:
    """What one call of the webhook brought, each in its order. `ignored` counts by kind what is of no use to us."""

    arrivals: list[Arrival] = field(default_factory=list)
    changes: list[NumberChange] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    templates: list[TemplateNews] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)


def parse(body: Json, phone_id: str, business_id: str) -> Call:
    """Everything that a call holds for a number of ours and its account. Never raises: what cannot be read is counted.

    An app at Meta may serve other numbers and accounts too; what is theirs is none of ours.
    """
    call = Call()
    for entry in _mappings(body.get("entry")):
        for change in _mappings(entry.get("changes")):
            value = _mapping(change.get("value"))
            match change.get("field"):
                case "messages" if _mapping(value.get("metadata")).get("phone_number_id") == phone_id:
                    _take_apart(value, call)
                case "message_template_status_update" if entry.get("id") == business_id:
                    _take(call, "template", lambda news=value: parse_template(news))
                case kind:
                    call.ignored[f"other {_kind(kind)}"] += 1
    return call


def _take_apart(value: Json, call: Call) -> None:
    names = _names(value)
    for message in _mappings(value.get("messages")):
        _take(call, _message_kind(message), lambda one=message: _of_message(one, names))
    for status in _mappings(value.get("statuses")):
        _take(call, f"status {_kind(status.get('status'))}", lambda one=status: parse_status(one))
    for _error in _mappings(value.get("errors")):
        call.ignored["errors"] += 1


def _take(call: Call, kind: str, read: Callable[[], Arrival | NumberChange | Status | TemplateNews | None]) -> None:
    try:
        found = read()
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError, OSError):
        found, kind = None, MALFORMED
    match found:
        case Arrival():
            call.arrivals.append(found)
        case NumberChange():
            call.changes.append(found)
        case Status():
            call.statuses.append(found)
        case TemplateNews():
            call.templates.append(found)
        case None:
            call.ignored[kind] += 1


def _of_message(message: Json, names: Mapping[str, str]) -> Arrival | NumberChange | None:
    """None for what is not said to us by one person: a group's, a reaction, a word of the system."""
    kind = _name(message["type"])
    if kind == "system":
        return _number_change(message)
    if kind in _SILENT or "group_id" in message:
        return None
    address, content = _sender(message), _content(kind, message)
    is_media = isinstance(content, Media)
    return Arrival(
        channel=CHANNEL,
        address=address,
        external_id=_name(message["id"]),
        message_id=_name(message["id"]),
        said=None if is_media else content,
        media=content if is_media else None,
        sender_name=names.get(address, ""),
        answers=_answered(message) if isinstance(content, Press) else "",
    )


def _answered(message: Json) -> str:
    """The message below which a button was tapped."""
    found = _mapping(message.get("context")).get("id")
    return storable(found) if isinstance(found, str) else ""


def _sender(message: Json) -> str:
    """The phone number in digits; a person who hides it has only an id of WhatsApp's."""
    return _name(message.get("from") or message["from_user_id"])


def _names(value: Json) -> dict[str, str]:
    """The names that people gave themselves, by address."""
    names: dict[str, str] = {}
    for contact in _mappings(value.get("contacts")):
        name = _mapping(contact.get("profile")).get("name")
        if isinstance(name, str):
            addresses = (contact.get(key) for key in ("wa_id", "user_id"))
            names |= {address: storable(name) for address in addresses if isinstance(address, str)}
    return names


def _content(kind: str, message: Json) -> Incoming | Media:
    match kind:
        case "text":
            return _text(message["text"]["body"])
        case "interactive":
            return _reply(message["interactive"])
        case "button":
            return _template_reply(message["button"])
        case "image":
            return _media(message["image"], is_photo=True)
        case "document" | "audio" | "video":
            return _media(message[kind], is_photo=False)
        case "contacts":
            return _contact(message)
        case "edit":
            return _edited(message["edit"])
        case _:
            return Unknown(what=kind)


def _text(raw: str) -> Incoming:
    body = storable(raw)
    return Text(body=body) if body.strip() else Unknown(what="text")


def _reply(interactive: Json) -> Incoming:
    """A tapped button or row; other interactive messages (a form, a permission to call) are none of ours."""
    reply = _mapping(interactive.get("button_reply") or interactive.get("list_reply"))
    if not reply:
        return Unknown(what="interactive")
    return Press(token=_name(reply["id"]), label=storable(reply.get("title", "")))


def _template_reply(button: Json) -> Incoming:
    """A button below a template; one that was sent without a token says what stood on it."""
    label = storable(button["text"])
    token = button.get("payload")
    return Press(token=_name(token), label=label) if token else _text(label)


def _media(media: Json, *, is_photo: bool) -> Media:
    """What lies with Meta. Its size is told only when it is fetched, and nothing tells which came in one album."""
    return Media(
        file_id=_name(media["id"]),
        is_photo=is_photo,
        name=storable(media.get("filename", "")),
        mime=storable(media.get("mime_type", "")),
        caption=storable(media.get("caption", "")),
    )


def _contact(message: Json) -> Incoming:
    """The first number of a shared card; it is the sender's own where WhatsApp knows it as theirs."""
    phones = [phone for card in _mappings(message["contacts"]) for phone in _mappings(card.get("phones"))]
    if not phones:
        return Unknown(what="contacts")
    wa_id = phones[0].get("wa_id")
    phone = f"+{_name(wa_id)}" if wa_id else storable(phones[0]["phone"])
    return Contact(phone=phone, own=bool(wa_id) and wa_id == message.get("from"))


def _edited(edit: Json) -> Incoming:
    """Only numbers that also live in the WhatsApp Business app are told of these."""
    now = edit["message"]
    kind = _name(now["type"])
    words = now["text"]["body"] if kind == "text" else _mapping(now.get(kind)).get("caption", "")
    return Edited(of=_name(edit["original_message_id"]), body=storable(words))


def _number_change(message: Json) -> NumberChange | None:
    """Old forms of the API named these fields differently; who hides their number changes their id instead."""
    system: Json = message["system"]
    if system.get("type") in _NUMBER_CHANGED:
        old = system.get("customer") or message.get("from")
        new = system.get("wa_id") or system.get("new_wa_id")
    elif system.get("type") == "user_changed_user_id":
        old, new = system.get("previous_user_id"), system.get("user_id")
    else:
        return None
    return NumberChange(_name(old), _name(new))


def _message_kind(message: Json) -> str:
    return "group" if "group_id" in message else _kind(message.get("type"))


def _kind(value: object) -> str:
    return storable(value) if isinstance(value, str) else MALFORMED


def _name(value: object) -> str:
    if not isinstance(value, str) or not (name := storable(value)):
        raise TypeError("not a name")
    return name


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> list[Json]:
    """The objects of a list; nothing where there should be one and is not."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
