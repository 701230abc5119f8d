"""What is said of open follow-ups without being asked: the day before and after their date, in the first reminder of a
period, in "status", and in the weekly summary."""

from collections.abc import Collection, Mapping
from typing import Any

from domain.message_plan import Call
from handlers.follow_ups.choosing import all_unexplained
from handlers.follow_ups.open_ones import WORD, line, overdue
from handlers.messages import ROWS, Notice, Option
from handlers.occasions import Unasked
from handlers.texts import follow_ups as texts
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.follow_ups import FollowUpCard

FOLLOW_UP = "follow_up"
"""The kind of occasion of this file."""
_IN_STATUS = 2


# --- its date ---------------------------------------------------------------------------------------------------


def due(desk: Desk) -> tuple[Unasked, ...]:
    """One message to whoever acts for the post, on the working day before a date and on the one after it."""
    if desk.local_now.time() < desk.organisation.hours.on(desk.today).sending_time:
        return ()
    of_person: dict[int, list[int]] = {}
    for card in desk.follow_ups.open():
        holder = desk.holders.get(card.owner)
        if holder is not None and _is_told_today(card, desk):
            of_person.setdefault(holder, []).append(card.id)
    return tuple(
        Unasked(
            person_id,
            f"{FOLLOW_UP}:{desk.office_id}:{person_id}:{desk.today}",
            {"kind": FOLLOW_UP, "ids": ids},
        )
        for person_id, ids in sorted(of_person.items())
    )


def _is_told_today(card: FollowUpCard, desk: Desk) -> bool:
    if card.until is None:
        return False
    return desk.today in (desk.calendar.previous_working(card.until), desk.calendar.next_working(card.until))


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """The message as it is right now; None where all of it is done, or somebody else's by now."""
    own = [card for card in _own(desk) if card.id in occasion["ids"]]
    late = [card for card in own if texts.is_overdue(card, desk.today)]
    if not own:
        return None
    name = addressed(desk.person.name, desk.person.salutation)
    parts = [(late, True), ([card for card in own if card not in late], False)]
    said = [texts.due([line(card, desk) for card in cards], over=over) for cards, over in parts if cards]
    return Notice(
        name=FOLLOW_UP,
        params=(name, str(len(own)), line(own[0], desk)),
        text=texts.reminding(name, said),
        options=(Option(key=f"!{WORD}:{own[0].id}" if len(own) == 1 else f"!{WORD}", label=texts.MARK),),
    )


def _own(desk: Desk) -> list[FollowUpCard]:
    posts = desk.reported_ids
    return [card for card in desk.follow_ups.open() if card.owner in posts]


# --- in what is said anyway ---------------------------------------------------------------------------------------


def reminder_line(desk: Desk, own: Call) -> str:
    """One line of the first reminder of a period: what is open without a date, and what nobody explained; else empty.

    What has a date is told by itself.
    """
    rungs = desk.office.rules.ladder.rungs
    if not rungs or own.stage.stage is not rungs[0].stage:
        return ""
    before = min(period.start for period in own.stage.periods)
    undated = [card for card in _own(desk) if card.until is None and card.owner in own.post_ids]
    unexplained = [duty for duty, which in all_unexplained(desk) if duty.post_id in own.post_ids and which.end < before]
    return texts.in_reminder(sum(card.period.end < before for card in undated), len(unexplained))


def status_lines(desk: Desk) -> tuple[str, ...]:
    """What "status" says of them: the first few that are open, and how many figures are not explained."""
    cards = _own(desk)
    lines = [line(card, desk) for card in cards[:_IN_STATUS]]
    unexplained = len(all_unexplained(desk))
    return (
        *((texts.in_status(len(cards), overdue(cards, desk), lines),) if cards else ()),
        *((texts.unexplained_in_status(unexplained),) if unexplained else ()),
    )


def summary_line(desk: Desk) -> str:
    """The line of the weekly summary; empty where none is open."""
    cards = desk.follow_ups.open()
    return texts.count(len(cards), overdue(cards, desk))


def summary_option(desk: Desk, others: Collection[Option]) -> tuple[Option, ...]:
    """The button below it, where there is room for one more."""
    if len(others) >= ROWS or not desk.follow_ups.open():
        return ()
    return (Option(key=f"!{WORD}", label=texts.SHOW_OPEN),)
