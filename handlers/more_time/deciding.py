""" "setuju" and "tolak": a superior decides about more time with one tap; both are told, and a second tap says what
was decided."""

from collections.abc import Callable
from datetime import date

from domain.extensions import AlreadyDecided, Decision, Extension, days_to_grant
from domain.office import Owed
from domain.refusals import Between
from handlers.commands import tell
from handlers.messages import BUTTON_LABEL, ROWS, Choose, Notice, Option, Outgoing, Say
from handlers.more_time.asking import decision_options, is_open
from handlers.more_time.deciders import may_decide
from handlers.report.locked import lock_of_figure
from handlers.texts import more_time as texts
from handlers.texts.formats import day, period_with_year, shortened
from handlers.texts.formats import person as addressed
from handlers.texts.reminder import REPORT_NOW
from storage.desk import Desk
from storage.extensions import ExtensionCard


def agree(desk: Desk, words: str = "") -> Outgoing:
    """Grant the request of a button, until the day that was asked or the one the button names."""
    number, _, until = words.partition(":")
    return _decide(desk, number, "setuju", lambda card: _grant(desk, card, until))


def decline(desk: Desk, words: str = "") -> Outgoing:
    """Refuse the request of a button."""
    return _decide(desk, words, "tolak", lambda card: _refuse(desk, card))


def _decide(desk: Desk, number: str, word: str, carry_out: Callable[[ExtensionCard], Outgoing]) -> Outgoing:
    """Find what is meant and whether the person may decide it; without a number the only one that waits."""
    if not number:
        waiting = [card for card in desk.extensions.open() if _may(desk, card)]
        if len(waiting) != 1:
            return _which(desk, waiting, word)
        return carry_out(waiting[0])
    card = desk.extensions.get(int(number)) if number.isdecimal() and len(number) < 19 else None
    if card is None:
        return Say(text=texts.UNKNOWN_REQUEST)
    if not _may(desk, card):
        return Say(text=texts.NOT_YOURS)
    return carry_out(card) if is_open(card.request.decision) else _decided(desk, card.id)


def _may(desk: Desk, card: ExtensionCard) -> bool:
    return may_decide(desk, card.request.post_id, card.asked_by)


def _which(desk: Desk, waiting: list[ExtensionCard], word: str) -> Outgoing:
    if not waiting:
        return Say(text=texts.NOTHING_WAITS)
    options = tuple(
        Option(
            key=f"!{word}:{card.id}",
            label=shortened(f"{at} {_title(desk, card.request)}", BUTTON_LABEL),
            hint=f"{period_with_year(card.request.period)} sampai {day(card.wanted)}",
        )
        for at, card in enumerate(waiting[:ROWS], start=1)
    )
    return Choose(text=texts.which_request(word), options=options)


def _grant(desk: Desk, card: ExtensionCard, until: str) -> Outgoing:
    asked = card.request
    if locked := lock_of_figure(asked.post_id, asked.period, desk):
        return Say(text=texts.locked(locked))
    before = _due(desk, asked)
    try:
        granted = desk.extensions.grant(card.id, date.fromisoformat(until) if until else card.wanted)
    except AlreadyDecided:
        return _decided(desk, card.id)
    except ValueError:  # the day has passed, or the button names none
        return _other_day(desk, card)
    new = _due(desk, granted)
    text = texts.granted(_by(desk), _title(desk, asked), asked.period, new)
    told = _tell_asker(desk, card, "more_time_granted", new, text)
    return Say(text=texts.you_granted(_title(desk, asked), asked.period, before, new, _asker(desk, card), told=told))


def _refuse(desk: Desk, card: ExtensionCard) -> Outgoing:
    asked = card.request
    try:
        desk.extensions.refuse(card.id)
    except AlreadyDecided:
        return _decided(desk, card.id)
    due = _due(desk, asked)
    text = texts.refused(_by(desk), _title(desk, asked), asked.period, due, desk.today)
    told = _tell_asker(desk, card, "more_time_refused", due, text)
    return Say(text=texts.you_refused(_title(desk, asked), asked.period, due, _asker(desk, card), told=told))


def _other_day(desk: Desk, card: ExtensionCard) -> Outgoing:
    """The day asked can no longer be granted: which can."""
    allowed = _range(desk, card.request)
    days = tuple(dict.fromkeys((allowed.low, allowed.high)))
    grants = tuple(Option(key=f"!setuju:{card.id}:{one.isoformat()}", label=day(one)) for one in days)
    text = texts.other_day(_title(desk, card.request), card.request.period, card.wanted, allowed)
    return Choose(text=text, options=(*grants, decision_options(card.id)[1]))


def _range(desk: Desk, asked: Extension) -> Between[date]:
    return days_to_grant(_due(desk, asked), desk.today, desk.office.rules.grant_rule, desk.calendar)


def _decided(desk: Desk, extension_id: int) -> Outgoing:
    """What was decided before, and by whom."""
    card = desk.extensions.get(extension_id)
    if card is None:
        return Say(text=texts.UNKNOWN_REQUEST)
    asked = card.request
    until = asked.until if asked.decision is Decision.GRANTED else None
    by = desk.people.get(card.decided_by or 0)
    name = "" if by is None else addressed(by.name, by.salutation)
    return Say(text=texts.decided_before(name, _title(desk, asked), asked.period, asked.decided_on, until))


def _tell_asker(desk: Desk, card: ExtensionCard, name: str, due: date, text: str) -> bool:
    notice = Notice(
        name=name,
        params=(_by(desk), _title(desk, card.request), period_with_year(card.request.period), day(due)),
        text=text,
        options=(Option(key=f"!lapor:{card.request.period.code}", label=REPORT_NOW),),
    )
    return tell(desk, card.asked_by, f"more-time-decided:{desk.office_id}:{card.id}", notice)


def _due(desk: Desk, asked: Extension) -> date:
    return desk.organisation.due(Owed(asked.post_id, asked.period), desk.today)


def _title(desk: Desk, asked: Extension) -> str:
    return desk.organisation.posts[asked.post_id].title


def _by(desk: Desk) -> str:
    return addressed(desk.person.name, desk.person.salutation)


def _asker(desk: Desk, card: ExtensionCard) -> str:
    asker = desk.people[card.asked_by]
    return addressed(asker.name, asker.salutation)
