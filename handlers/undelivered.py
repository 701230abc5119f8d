"""What a message was about that reached its person nowhere: told to an admin, and to the person when they are back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.periods import Period
from domain.zones import local
from handlers.dialogue import Turn, hinted
from handlers.messages import BODY_LIMIT, TEXT_LIMIT, Chart, Choose, Form, Notice, Option, Outgoing, Say
from handlers.occasions import Unasked, calls_from_json
from handlers.reminders import REMINDER, SNOOZE, compose, compose_again
from handlers.texts import undelivered as texts
from handlers.texts.formats import person as addressed
from handlers.texts.formats import shortened
from storage.desk import Desk
from storage.undelivered import Undelivered

TO_CALL = "to_call"
"""The kind of occasion of this file."""
_ABOUT_REPORTS = (REMINDER, "returned")
"""Notices that are over when nothing is missing any more."""
_REPORT = "!lapor:"
_TITLE = 44


# --- whom an admin is to call ---------------------------------------------------------------------------------------


def due(desk: Desk) -> tuple[Unasked, ...]:
    """Every admin is told whom they are to call, when there is something new, at most once a day."""
    calls = desk.calls.open()
    if not calls:
        return ()
    told = (_told(desk, admin, calls) for admin in desk.admins)
    return tuple(one for one in told if one is not None)


def _told(desk: Desk, admin: int, calls: tuple[Undelivered, ...]) -> Unasked | None:
    key = f"{TO_CALL}:{desk.office_id}:{admin}:"
    last = max((call.id for call in calls if call.person_id != admin), default=0)
    before = desk.calls.last_letter(key)
    if before is not None:
        occasion, said_at = before
        if last <= occasion["last"] or local(said_at, desk.office.zone).date() >= desk.today:
            return None
    after = 0 if before is None else before[0]["last"]
    return Unasked(admin, f"{key}{last}", {"kind": TO_CALL, "after": after, "last": last}) if last else None


def compose_calls(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """Who is to be called; None where all of them have written meanwhile."""
    new = [call for call in desk.calls.open() if occasion["after"] < call.id <= occasion["last"]]
    lines = [
        f"• {who(desk, person_id)}: {texts.few([what(call) for call in of_person])}"
        for person_id, of_person in by_person(new).items()
        if person_id != desk.person_id
    ]
    if not lines:
        return None
    name = addressed(desk.person.name, desk.person.salutation)
    return Notice(
        name=TO_CALL,
        params=(name, str(len(lines))),
        text=texts.to_admin(name, lines),
        options=(Option(key="!terjangkau", label=texts.SHOW_LIST),),
    )


def by_person(calls: list[Undelivered] | tuple[Undelivered, ...]) -> dict[int, list[Undelivered]]:
    """The same calls, by the person to call."""
    found: dict[int, list[Undelivered]] = {}
    for call in calls:
        found.setdefault(call.person_id, []).append(call)
    return found


def who(desk: Desk, person_id: int) -> str:
    """`Kasi Pemerintahan (Bu Sari Andini)`; the name alone of somebody without a post."""
    found = desk.people[person_id]
    name = addressed(found.name, found.salutation)
    post = next((post.title for post in desk.posts if desk.holders.get(post.id) == person_id), None)
    return name if post is None else f"{shortened(post, _TITLE)} ({name})"


def said_on(desk: Desk, call: Undelivered) -> date:
    """The day on which it was said, in the office."""
    return local(call.said_at, desk.office.zone).date()


def what(call: Undelivered) -> str:
    """`pengingat Maret 2022`, `laporan yang dikembalikan`."""
    kind, periods = _kind(call), _periods(call)
    if kind == REMINDER and periods:
        return texts.reminder_of(periods)
    return texts.WORDS.get(kind, texts.LETTER) if kind else texts.ANSWER


def _periods(call: Undelivered) -> tuple[Period, ...]:
    """The periods whose reports of the person's own it is about, none where it is about something else."""
    if call.occasion is not None:
        calls = calls_from_json(call.occasion.get("calls", []))
        return next((one.stage.periods for one in calls if one.is_own), ())
    keys = (str(option["key"]) for option in (call.message or {}).get("options", ()))
    return tuple(Period.parse(key.removeprefix(_REPORT)) for key in keys if key.startswith(_REPORT))


def _kind(call: Undelivered) -> str:
    """The kind of its occasion, or the name of its Notice; empty for an answer."""
    if call.occasion is not None:
        return str(call.occasion["kind"])
    return str((call.message or {}).get("name", "")) if (call.message or {}).get("kind") == "notice" else ""


# --- the person is back ---------------------------------------------------------------------------------------------


def with_missed(turn: Turn, desk: Desk) -> Turn:
    """The answer to somebody who is back, and what had not reached them; kept for the next one where it has no room."""
    if turn.reply is None or not desk.missed_something:
        return turn
    calls = desk.calls.open(desk.person_id)
    if not calls:
        return turn
    reply = _joined(turn.reply, texts.all_missed([_missed(desk, call) for call in calls]))
    if reply is None:
        return turn
    desk.calls.settle(calls)
    return Turn(turn.state, reply)


def _missed(desk: Desk, call: Undelivered) -> str:
    return texts.missed(what(call), said_on(desk, call), texts.SEE.get(_kind(call), ""), over=_is_over(desk, call))


def _is_over(desk: Desk, call: Undelivered) -> bool:
    """Whether a reminder has nothing to remind of any more, or what was returned is mended."""
    match _kind(call):
        case str(kind) if kind == REMINDER and call.occasion is not None:
            return compose(desk, call.occasion) is None
        case str(kind) if kind == SNOOZE and call.occasion is not None:
            return compose_again(desk, call.occasion) is None
        case str(kind) if kind in _ABOUT_REPORTS:
            return not any(item.period in _periods(call) for closing in desk.closings for item in closing.missing)
        case _:
            return False


def _joined(reply: Outgoing, note: str) -> Outgoing | None:
    """The answer first, then the note; a question stays last. None where they do not fit together."""
    match reply:
        case Say(text=text, title=title) if len(text) + len(title) + len(note) + 3 <= TEXT_LIMIT:
            return reply.model_copy(update={"text": f"{text}\n\n{note}"})
        case Choose(text=text, title=title) if len(text) + len(title) + len(note) + 4 <= BODY_LIMIT:
            return hinted(note, reply)
        case Chart(caption=caption, title=title) if len(caption) + len(title) + len(note) + 3 <= BODY_LIMIT:
            return reply.model_copy(update={"caption": f"{caption}\n\n{note}"})
        case Form(caption=caption) if len(caption) + len(note) + 2 <= BODY_LIMIT:
            return reply.model_copy(update={"caption": f"{caption}\n\n{note}"})
        case _:
            return None
