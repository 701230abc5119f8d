"""A message edited after its figure was sent is offered as a correction while the value is still open."""

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.numbers import Value, read_number
from domain.office import Owed
from domain.openings import Duty, is_provisional
from domain.periods import Period
from handlers.commands import submit_all
from handlers.dialogue import Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Edited, Option, Outgoing, Say
from handlers.report.locked import lock_of_figure
from handlers.report.reading import figure_of, number_context
from handlers.texts import correct as texts
from handlers.texts import general
from handlers.texts.formats import amount, number
from handlers.texts.report import TYPE_REPORT, read_back
from storage.desk import Desk
from storage.reports import NewReport


class Step(StrEnum):
    """CONFIRM: shall the figure follow the edited message?"""

    CONFIRM = "confirm"


class Draft(BaseModel):
    """`message_id` is the edited message; the new revision remembers it like the old one."""

    model_config = ConfigDict(frozen=True)
    indicator: int
    period: str
    value: Decimal
    message_id: str


def start(desk: Desk, said: Edited) -> Begin[Step, Draft, Desk] | Outgoing:
    """Offer the correction, or say why there is none."""
    given = desk.report_given_by(said.of)
    duty = _duty(desk, given.indicator_id) if given else None
    if given is None or duty is None:
        return Say(text=general.EDIT_TOO_LATE)
    if locked := lock_of_figure(duty.post_id, given.period, desk):
        return Say(text=locked)
    if not _open(desk, duty, given.period):
        return Say(text=texts.closed(given.period))
    reading = read_number(said.body, number_context(duty, given.period))
    if not isinstance(reading, Value):
        return Say(text=texts.unclear(given.period))
    if reading.number == given.value:
        return Say(text=texts.SAME)
    draft = Draft(indicator=duty.id, period=given.period.code, value=reading.number, message_id=said.of)
    return Begin(CORRECT, Step.CONFIRM, draft, said.of)


def _open(desk: Desk, duty: Duty, which: Period) -> bool:
    """A value may be overwritten without a reason until the last day on which it is awaited."""
    return desk.today <= desk.organisation.due(Owed(duty.post_id, which), desk.today)


def _duty(desk: Desk, indicator_id: int) -> Duty | None:
    return next((duty for duty in desk.duties if duty.id == indicator_id), None)


def ask(_step: Step, draft: Draft, desk: Desk) -> Question:
    duty = _duty(desk, draft.indicator)
    which = Period.parse(draft.period)
    if duty is None or which not in duty.values:
        return Choose(text=general.EDIT_TOO_LATE, options=(Option(key="keep", label=texts.KEEP),))
    text = texts.offer(duty, which, amount(duty.values[which], duty.unit), amount(draft.value, duty.unit))
    options = (
        Option(key="change", label=texts.change_label(number(draft.value))),
        Option(key="keep", label=texts.KEEP),
    )
    return Choose(text=text, options=options, by_number=False)


def answer(_step: Step, draft: Draft, said: Said, desk: Desk) -> Next[Step, Draft, Desk] | Retry | Done[Desk]:
    which = Period.parse(draft.period)
    duty = _duty(desk, draft.indicator)
    locked = lock_of_figure(duty.post_id, which, desk) if duty is not None else ""
    match said:
        case Tap(key="change") if locked:
            return Done(lambda _desk: Say(text=locked))
        case Tap(key="change") if duty is not None and _open(desk, duty, which):
            report = NewReport(
                draft.indicator,
                which,
                draft.value,
                provisional=is_provisional(which, desk.today),
                message_id=draft.message_id,
            )
            return Done(lambda after: _changed(after, draft, which), submit_all((report,), ()))
        case Tap(key="change"):
            return Done(lambda _desk: Say(text=texts.closed(which)))
        case Tap(key="keep"):
            return Done(lambda _desk: Say(text=texts.KEPT))
        case _:
            return Retry(texts.TAP)


def _changed(desk: Desk, draft: Draft, which: Period) -> Outgoing:
    duty = _duty(desk, draft.indicator)
    if duty is None:
        return Say(text=texts.KEPT)
    shown = read_back(duty, which, draft.value, figure_of(duty, which, draft.value))
    return Say(text=texts.changed(duty, which, shown))


CORRECT = Dialogue(
    "correct",
    Step,
    Draft,
    ask,
    answer,
    restart=TYPE_REPORT,
    cancelled=texts.KEPT,
    again=lambda _draft, _desk: texts.TAP_ABOVE,
    can_wait=False,
)
