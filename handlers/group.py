"""The office's group: an admin lets the assistant post there who has not reported yet, and nothing else is said in it.

Whatever is asked in a group gets one sentence a day. The link is agreed to in private; its buttons last:
`!grup:<id>:ya` and `!grup:<id>:tidak`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.groups import periods_to_tell
from domain.office import Owed
from domain.periods import Period
from handlers.commands import tell
from handlers.messages import ROWS, Choose, FromGroup, Notice, Option, Outgoing, Say
from handlers.occasions import Unasked
from handlers.texts import group as texts
from handlers.texts.formats import office
from storage.desk import Desk
from storage.group_door import GroupDoor
from storage.groups import GroupCard, GroupState

GROUP_MISSING, GROUP_LOST = "group_missing", "group_lost"
"""The kinds of occasions of this file."""
GROUP_COMMANDS = (("grup", texts.LINK),)
"""All that a channel's own menu lists in a group."""
AGREE, DECLINE = "ya", "tidak"
_STATES = {AGREE: GroupState.LINKED, DECLINE: GroupState.DECLINED}


# --- what happens in a group ----------------------------------------------------------------------------------------


def receive(said: FromGroup, door: GroupDoor) -> Outgoing | None:
    """Note what happened, ask or tell in private whoever is in charge; what is said in the group, None for nothing."""
    match said.news:
        case "moved":
            door.move_to(said.word)
        case "removed":
            door.remove()
        case "named":
            door.note(said.title)
        case "added":
            _added(said, door)
        case "asked":
            _asked(said, door)
            return _in_private(door)
        case "code":
            return _in_private(door) if _code_shown(said, door) else None
        case "command":
            door.note(said.title)
            return _in_private(door)
    return None


def _in_private(door: GroupDoor) -> Outgoing | None:
    return Say(text=texts.IN_PRIVATE) if door.speaks_today() else None


def _added(said: FromGroup, door: GroupDoor) -> None:
    """One that is the office's already is asked about no more: the group only changed its kind."""
    if door.note(said.title).state is GroupState.LINKED:
        return
    door.come_back()
    _ask_admin(said, door)


def _asked(said: FromGroup, door: GroupDoor) -> None:
    card = door.note(said.title)
    if card.state is GroupState.REMOVED:
        door.come_back()
    if card.state is not GroupState.LINKED:
        _ask_admin(said, door)


def _ask_admin(said: FromGroup, door: GroupDoor) -> None:
    """Whoever is an admin of an office is asked in private whether the group is that office's; of others nothing."""
    desks = door.admin_desks(said.by) if said.by else ()
    if not desks:
        return
    desk = desks[0]
    door.ask(desk)
    card = door.note(said.title)
    question = _question(card, desk)
    desk.ask_in_private(f"group:{card.id}:{door.inbox_id}", question.model_dump(mode="json"))
    door.written_to.append(desk.office_id)


def _question(card: GroupCard, desk: Desk) -> Notice:
    options = (
        Option(key=f"!grup:{card.id}:{AGREE}", label=texts.YES),
        Option(key=f"!grup:{card.id}:{DECLINE}", label=texts.NO),
    )
    name, title = office(desk.office.name), texts.name(card.title)
    return Notice(name="group_asked", params=(title, name), text=texts.asked(card.title, name), options=options)


def _code_shown(said: FromGroup, door: GroupDoor) -> bool:
    """An invitation that many have seen opens nothing any more, and the office's admins are told."""
    title = door.note(said.title).title
    revoked = door.revoke(said.word)
    if revoked is None:
        return False
    desk, post = revoked
    notice = Notice(name="group_code", params=(post, texts.name(title)), text=texts.code_shown(title, post))
    for admin in desk.admins:
        tell(desk, admin, f"group-code:{door.inbox_id}:{admin}", notice)
    door.written_to.append(desk.office_id)
    return True


# --- what the admin decides -----------------------------------------------------------------------------------------


def start(desk: Desk, words: str = "") -> Outgoing:
    """ "grup": the office's groups; a button of one says whether it is posted there."""
    number, _, word = words.partition(":")
    if word in _STATES and number.isdecimal() and len(number) < 19:
        return _decide(desk, int(number), _STATES[word])
    cards = [card for card in desk.groups.all() if card.state is not GroupState.REMOVED]
    if not cards:
        return Say(text=texts.NONE)
    numbered = list(enumerate(cards[:ROWS], start=1))
    lines = [texts.line(number, card.title, is_linked=card.state is GroupState.LINKED) for number, card in numbered]
    options = tuple(_switch(card, str(number) if len(cards) > 1 else "") for number, card in numbered)
    return Choose(text=texts.all_groups(lines, desk.office.rules.group_stages), options=options)


def _switch(card: GroupCard, number: str) -> Option:
    """`number` tells several groups apart."""
    if card.state is GroupState.LINKED:
        return Option(key=f"!grup:{card.id}:{DECLINE}", label=texts.stop(number))
    return Option(key=f"!grup:{card.id}:{AGREE}", label=texts.resume(number))


def _decide(desk: Desk, group_id: int, state: GroupState) -> Outgoing:
    try:
        card = desk.groups.decide(group_id, state)
    except PermissionError:
        return Say(text=texts.NOT_YOURS)
    if state is GroupState.DECLINED:
        return Say(text=texts.declined(card.title))
    at = desk.organisation.hours.on(desk.today).sending_time
    return Say(text=texts.linked(card.title, desk.office.rules.group_stages, at))


# --- what is posted there -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Post:
    """One message to a group, and under which key there is only one of it."""

    group: GroupCard
    key: str
    occasion: Mapping[str, Any]


def posts(desk: Desk) -> tuple[Post, ...]:
    """What is due in the office's groups at the desk's moment; none before the office's sending time, nor outside its
    hours."""
    linked = desk.groups.linked()
    if not linked or not desk.is_open or desk.local_now.time() < desk.organisation.hours.on(desk.today).sending_time:
        return ()
    rules, periods = desk.office.rules, [one.period for one in desk.owed]
    due = periods_to_tell(desk.today, periods, rules.internal, desk.calendar, rules.group_stages)
    return tuple(
        Post(
            group,
            f"group-post:{group.id}:{desk.today}:{cut_off}",
            {
                "kind": GROUP_MISSING,
                "group": group.id,
                "due": cut_off.isoformat(),
                "periods": [period.code for period in of_day],
            },
        )
        for group in linked
        for cut_off, of_day in due.items()
    )


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Outgoing | None:
    """Who has not reported; None where everybody has, and where the office does not want it any more."""
    group = desk.groups.get(occasion["group"])
    if group is None or group.state is not GroupState.LINKED:
        return None
    periods, due = tuple(map(Period.parse, occasion["periods"])), date.fromisoformat(occasion["due"])
    owed = (one for one in desk.owed if one.period in periods and not _has_more_time(one, due, desk))
    owing = {desk.organisation.reporting_post(one.post_id, desk.today) for one in owed}
    titles = [post.title for post in desk.posts if post.id in owing]
    return Say(text=texts.missing(periods, due, desk.today, titles)) if titles else None


def _has_more_time(owed: Owed, due: date, desk: Desk) -> bool:
    return desk.organisation.due(owed, desk.today) > due


def due(desk: Desk) -> tuple[Unasked, ...]:
    """The admins are told, once, that the assistant was put out of a group to which it posted."""
    gone = [card for card in desk.groups.all() if card.state is GroupState.REMOVED and card.decided_by is not None]
    return tuple(
        Unasked(
            admin,
            f"group-lost:{card.id}:{card.changed_at:%Y%m%d%H%M}:{admin}",
            {"kind": GROUP_LOST, "group": card.id},
        )
        for card in gone
        for admin in desk.admins
    )


def compose_lost(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """None where it was added again meanwhile."""
    card = desk.groups.get(occasion["group"])
    if card is None or card.state is not GroupState.REMOVED:
        return None
    return Notice(name="group_lost", params=(texts.name(card.title),), text=texts.lost(card.title))
