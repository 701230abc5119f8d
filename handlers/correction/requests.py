"""Corrections that are asked for after a lock: put to whoever verifies, agreed to with a tap, declined with a reason.

The buttons last: `!koreksi:setujui:<request>`, `!koreksi:tolak:<request>` and `!koreksi:tarik:<request>`.
"""

from collections.abc import Callable

from domain.corrections import CorrectionDecided, Decision
from domain.office import Owed
from handlers import history
from handlers.commands import tell
from handlers.messages import Choose, Notice, Option, Outgoing, Say
from handlers.replaced_figures import names
from handlers.texts import correction as texts
from handlers.texts.doubts import unusual
from handlers.texts.formats import amount
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_name
from storage.corrections import RequestCard
from storage.desk import Desk
from storage.reports import NewReport
from storage.reviews import ReportChanged

_LONGEST = 18
"""Digits of a request's number."""


def find(number: str, desk: Desk) -> RequestCard | None:
    """The request of a button; None for none of the office's."""
    return desk.corrections.get(int(number)) if number.isdecimal() and len(number) <= _LONGEST else None


# --- asking -----------------------------------------------------------------------------------------------------------


def ask_for(new: NewReport, desk: Desk) -> tuple[list[str], list[str]]:
    """Enter a request and put it to everybody who may decide; return who was told, and who cannot be reached."""
    request_id = desk.corrections.ask(new)
    card = desk.corrections.get(request_id)
    if card is None:
        raise ValueError(f"request {request_id} was not entered")
    told: list[int] = []
    unreachable: list[int] = []
    for person_id in desk.corrections.deciders(card.given, card.person_id):
        key = f"correction:{desk.office_id}:{request_id}:{person_id}"
        (told if tell(desk, person_id, key, _to_decide(card, desk)) else unreachable).append(person_id)
    return names(told, desk), names(unreachable, desk)


def _to_decide(card: RequestCard, desk: Desk) -> Notice:
    duty = card.duty
    return Notice(
        name="correction_asked",
        params=(
            asker(card, desk),
            texts.figure_name(duty, card.period),
            amount(card.old, duty.unit),
            amount(card.value, duty.unit),
            card.reason,
        ),
        text=request_text(card, desk),
        options=decision_options(card),
    )


def asker(card: RequestCard, desk: Desk) -> str:
    """`Bu Sari Andini (Kasi Pemerintahan)`"""
    person = desk.people.get(card.person_id)
    title = post_name(desk.organisation.posts[card.post_id].title, card.capacity)
    return title if person is None else f"{addressed(person.name, person.salutation)} ({title})"


def request_text(card: RequestCard, desk: Desk) -> str:
    """A request as whoever decides reads it: old and new side by side, and why."""
    return texts.to_decide(
        asker(card, desk),
        card.duty,
        card.period,
        card.old,
        card.value,
        card.reason,
        card.note,
        unusual(card.confirmed_doubt),
    )


def decision_options(card: RequestCard) -> tuple[Option, ...]:
    """The lasting buttons under a request."""
    return (
        Option(key=f"!koreksi:setujui:{card.id}", label=texts.AGREE),
        Option(key=f"!koreksi:tolak:{card.id}", label=texts.DECLINE),
        Option(key=history.button_key(card.duty.id), label=texts.HISTORY),
    )


def to_decide(card: RequestCard, desk: Desk, ending: str = "") -> Choose:
    """A request with its buttons, for whoever asks what waits for them."""
    text = request_text(card, desk)
    return Choose(text=f"{text}\n{ending}" if ending else text, options=decision_options(card), by_number=False)


def waits(card: RequestCard, desk: Desk) -> Choose:
    """What the owner is told of a request that is open, with the button that takes it back."""
    deciders = names(desk.corrections.deciders(card.given, card.person_id), desk)
    text = texts.waiting(card.duty, card.period, card.old, card.value, deciders)
    return Choose(text=text, options=(Option(key=f"!koreksi:tarik:{card.id}", label=texts.WITHDRAW),), by_number=False)


# --- deciding ---------------------------------------------------------------------------------------------------------


def why_not(card: RequestCard, desk: Desk) -> str:
    """Why the person cannot decide a request now; empty where they can."""
    if card.decision is not Decision.ASKED:
        by = names([card.decided_by] if card.decided_by is not None else [], desk)
        return texts.decided_before(texts.OUTCOMES[card.decision], "".join(by))
    if not card.is_open:
        return texts.OUTDATED
    if desk.corrections.may_decide(card):
        return ""
    lock = desk.organisation.lock(Owed(card.duty.post_id, card.period), desk.today)
    return texts.NOT_YOURS if lock is not None else texts.opened(card.period)


def agree(card: RequestCard, desk: Desk) -> Outgoing:
    """Record what was asked for, and tell who asked."""
    return _decide(card, desk, lambda: desk.corrections.agree(card.id), _agreed)


def decline(card: RequestCard, reason: str, desk: Desk) -> Outgoing:
    """Leave the figure as it is, and tell who asked why."""

    def declined(card: RequestCard, desk: Desk) -> Outgoing:
        return _declined(card, reason, desk)

    return _decide(card, desk, lambda: desk.corrections.decline(card.id, reason), declined)


def _decide(
    card: RequestCard, desk: Desk, carry_out: Callable[[], RequestCard], said: Callable[[RequestCard, Desk], Outgoing]
) -> Outgoing:
    if refusal := why_not(card, desk):
        return Say(text=refusal)
    try:
        carry_out()
    except (CorrectionDecided, ReportChanged):  # somebody else was quicker
        return Say(text=why_not(desk.corrections.get(card.id) or card, desk) or texts.OUTDATED)
    return said(card, desk)


def _agreed(card: RequestCard, desk: Desk) -> Outgoing:
    by, duty = addressed(desk.person.name, desk.person.salutation), card.duty
    notice = Notice(
        name="correction_agreed",
        params=(by, texts.figure_name(duty, card.period), amount(card.value, duty.unit)),
        text=texts.agreed(by, duty, card.period, card.old, card.value),
        options=(Option(key=history.button_key(duty.id), label=texts.HISTORY),),
    )
    told = _tell_asker(card, notice, desk)
    return Say(
        text=texts.you_agreed(
            duty, card.period, card.value, asker(card, desk), len(desk.corrections.waiting()), told=told
        )
    )


def _declined(card: RequestCard, reason: str, desk: Desk) -> Outgoing:
    by, duty = addressed(desk.person.name, desk.person.salutation), card.duty
    notice = Notice(
        name="correction_declined",
        params=(by, texts.figure_name(duty, card.period), amount(card.old, duty.unit), reason),
        text=texts.declined(by, duty, card.period, card.old, card.value, reason),
        options=(Option(key=history.button_key(duty.id), label=texts.HISTORY),),
    )
    told = _tell_asker(card, notice, desk)
    return Say(
        text=texts.you_declined(
            duty, card.period, card.old, asker(card, desk), len(desk.corrections.waiting()), told=told
        )
    )


def _tell_asker(card: RequestCard, notice: Notice, desk: Desk) -> bool:
    return tell(desk, card.person_id, f"correction-decided:{desk.office_id}:{card.id}", notice)


def withdraw(card: RequestCard, desk: Desk) -> Outgoing:
    """Take a request back."""
    if not desk.corrections.may_withdraw(card):
        return Say(text=texts.NOT_YOURS)
    try:
        desk.corrections.withdraw(card.id)
    except CorrectionDecided:
        return Say(text=why_not(card, desk))
    return Say(text=texts.withdrawn(card.duty, card.period))
