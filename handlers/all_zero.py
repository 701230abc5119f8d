""" "Nihil semua": everything of a closing that is still missing is reported as zero, once it is listed and confirmed.

Only amounts can be zero together: a position or condition has a value of its own. What is reported so carries a mark
for whoever verifies, and not twice running without saying what stood in the way.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.modes import Mode
from domain.openings import Closing, Item, is_provisional
from domain.periods import Period
from domain.reasons import ALL_ZERO as ALL_ZERO_NOTE
from handlers.asked_closing import own_closing
from handlers.commands import submit_all
from handlers.dialogue import CANCEL, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.follow_ups import after_sending
from handlers.messages import Choose, Option, Outgoing, Say, Text
from handlers.report.sitting import closing_of, days_late
from handlers.report.unsent import filled_in
from handlers.texts import all_zero as texts
from handlers.texts import report as report_texts
from handlers.texts.formats import clock
from handlers.words import a_reason
from storage.desk import Desk
from storage.reports import NewReport


class Step(StrEnum):
    """OBSTACLE: what stood in the way, the second time running? CONFIRM: zero for all of these?"""

    OBSTACLE = "obstacle"
    CONFIRM = "confirm"


class Draft(BaseModel):
    """`end` is the day of the closing; `indicators` are those that are listed and will be reported."""

    model_config = ConfigDict(frozen=True)
    end: date
    indicators: tuple[int, ...]
    obstacle: str = ""


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def start(desk: Desk, words: str) -> Begin[Step, Draft, Desk] | Outgoing:
    """List what is missing, or say why it cannot be zero together."""
    closing = own_closing(words, desk)
    if isinstance(closing, Say):
        return closing
    if not closing.missing:
        return Say(text=texts.nothing_left(closing))
    if filled := filled_in(desk, closing.end):
        return Say(text=texts.filled_before(len(filled), report_texts.type_report(closing)))
    if others := needing_figures(closing):
        return Say(text=texts.needs_figures(others, report_texts.type_report(closing)))
    draft = Draft(end=closing.end, indicators=tuple(item.duty.id for item in closing.missing))
    step = Step.OBSTACLE if _was_all_zero(desk, closing) else Step.CONFIRM
    return Begin(ALL_ZERO, step, draft, closing.end.isoformat())


def is_offered(desk: Desk, closing: Closing) -> bool:
    """Whether all that is missing can be zero together."""
    return bool(closing.missing) and not needing_figures(closing) and not filled_in(desk, closing.end)


def needing_figures(closing: Closing) -> tuple[Item, ...]:
    """What is missing and is no amount, not confirmed to be one, or was returned with a reason."""
    return tuple(
        item
        for item in closing.missing
        if item.duty.measure.mode is not Mode.SUM or not item.duty.mode_confirmed or item.returned is not None
    )


def _was_all_zero(desk: Desk, closing: Closing) -> bool:
    """Whether all that the person reported of the closing before was zero at once."""
    confirmed = desk.confirmed_doubts(_periods_before(desk, closing))
    return bool(confirmed) and set(confirmed) == {ALL_ZERO_NOTE}


def _periods_before(desk: Desk, closing: Closing) -> tuple[Period, ...]:
    """The periods of the closing before, of the rhythms that are missing now."""
    kinds = {item.period.kind for item in closing.missing}
    for earlier in reversed(desk.closings):
        periods = tuple(which for which in earlier.periods if which.kind in kinds)
        if earlier.end < closing.end and periods:
            return periods
    return ()


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    closing = closing_of(draft.end, desk)
    items = _listed(draft, closing)
    if closing is None or not items:
        return Choose(text=_nothing_left(closing), options=(Option(key="close", label=texts.CLOSE),))
    if step is Step.OBSTACLE:
        return Say(text=texts.obstacle(_periods_before(desk, closing)))
    options = (
        Option(key="send", label=texts.SEND),
        Option(key=f"!lapor:{closing.periods[0].code}", label=texts.ONE_BY_ONE),
        Option(key=CANCEL, label=texts.CANCEL),
    )
    return Choose(text=texts.confirm(closing, items), options=options, by_number=False)


def _nothing_left(closing: Closing | None) -> str:
    return report_texts.NOTHING_OPEN if closing is None else texts.nothing_left(closing)


def _listed(draft: Draft, closing: Closing | None) -> tuple[Item, ...]:
    """What was listed and is still missing: never more than was confirmed."""
    if closing is None:
        return ()
    others = needing_figures(closing)
    return tuple(item for item in closing.missing if item.duty.id in draft.indicators and item not in others)


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    closing = closing_of(draft.end, desk)
    items = _listed(draft, closing)
    if not items:
        return Done(lambda _desk: Say(text=_nothing_left(closing)))
    match step, said:
        case Step.OBSTACLE, Text(body=body) if (words := a_reason(body)) is not None:
            return Next(Step.CONFIRM, draft.model_copy(update={"obstacle": words}))
        case Step.OBSTACLE, _:
            return Retry(texts.OBSTACLE_IN_WORDS)
        case Step.CONFIRM, Tap(key="send"):
            late = days_late(items, desk)
            command = submit_all(_reports(draft, items, desk), ())
            return Done(lambda after: _sent(after, draft, items, late), command)
        case Step.CONFIRM, Text(body=body) if body.casefold().strip(" .!") == texts.ONE_BY_ONE.casefold():
            return Done(lambda after: _one_by_one(after, draft))
        case Step.CONFIRM, _:
            return Retry(texts.PICK)


def _one_by_one(desk: Desk, draft: Draft) -> Outgoing:
    """The button leads there by itself; whoever types its words is told what to type."""
    closing = closing_of(draft.end, desk)
    return Say(
        text=texts.one_by_one(report_texts.TYPE_REPORT if closing is None else report_texts.type_report(closing))
    )


def _reports(draft: Draft, items: Sequence[Item], desk: Desk) -> tuple[NewReport, ...]:
    return tuple(
        NewReport(
            item.duty.id,
            item.period,
            Decimal(0),
            note=draft.obstacle,
            confirmed_doubt=ALL_ZERO_NOTE,
            provisional=is_provisional(item.period, desk.today),
        )
        for item in items
    )


def _sent(desk: Desk, draft: Draft, items: Sequence[Item], late: int | None) -> Outgoing | Begin[Any, Any, Any]:
    """What arrived; then what is done about what stood in the way, which was asked before or is asked now."""
    at = clock(desk.local_now, desk.office.zone)
    text = report_texts.sent(len(items), 0, desk.today, at, late, closing_of(draft.end, desk))
    return after_sending(text, [(item.duty.id, item.period) for item in items], desk, draft.obstacle)


ALL_ZERO = Dialogue(
    "all_zero", Step, Draft, ask, answer, restart=texts.RESTART, cancelled=texts.CANCELLED, can_wait=False
)
