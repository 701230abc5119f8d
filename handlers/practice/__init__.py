""" "latihan": the report conversation itself, at a desk with invented indicators. Nothing that is typed is kept.

The questions and answers are those of `handlers.report`; what they would have done is not carried out.
"""

from typing import Any

from domain.openings import main_closing
from domain.periods import Period, PeriodKind
from handlers import report
from handlers.dialogue import Begin, Dialogue, Done, Next, Question, Retry, Said
from handlers.messages import Choose, Option, Outgoing, Say
from handlers.practice import examples
from handlers.report import answering, asking
from handlers.report.sitting import Draft as ReportDraft
from handlers.report.sitting import Step, sitting_of
from handlers.report.sitting import carried as kept_when_going_back
from handlers.texts import practice as texts
from storage.desk import Desk

__all__ = ["PRACTICE", "Draft", "Step", "start"]


class Draft(ReportDraft):
    """A sitting of the report conversation with the invented indicators of a month (its code)."""

    month: str


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def start(desk: Desk, _words: str = "") -> Begin[Any, Any, Any] | Outgoing:
    """Begin a practice run of the running month, whatever was practised before."""
    month = Period.of_day(desk.today, PeriodKind.MONTH)
    begun = report.start(_desk_of(desk, month))
    if not isinstance(begun, Begin):
        return begun
    draft = Draft.model_validate({**begun.draft.model_dump(), "month": month.code})
    return Begin(PRACTICE, begun.step, draft, note=texts.INTRODUCTION, anew=True)


def _desk_of(desk: Desk, month: Period) -> Desk:
    return desk.for_practice(examples.POST, examples.duties(month))


def _inner(draft: Draft, desk: Desk) -> Desk | None:
    """The desk of the practice run; None once its month is over."""
    month = Period.parse(draft.month)
    return _desk_of(desk, month) if month == Period.of_day(desk.today, PeriodKind.MONTH) else None


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The report conversation's own question."""
    inner = _inner(draft, desk)
    return Say(text=texts.OVER) if inner is None else asking.ask(step, draft, inner)


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    """What the report conversation answers, without what it would do."""
    inner = _inner(draft, desk)
    if inner is None:
        return Done(lambda _desk: Say(text=texts.OVER))
    match answering.answer(step, draft, said, inner):
        case Retry() as retry:
            return retry
        case Next() as following:
            kept, instead = _kept(following.draft, draft), following.instead
            return Next(following.step, kept, following.note, instead=instead, quiet=following.quiet)
        case Done():
            sitting = sitting_of(draft, inner)
            reports = 0 if sitting is None else len(sitting.unsent())
            return Done(lambda after: _farewell(reports, after))


def _kept(following: ReportDraft, draft: Draft) -> Draft:
    return Draft.model_validate({**following.model_dump(), "month": draft.month})


def _carried(earlier: Draft, present: Draft) -> Draft:
    return _kept(kept_when_going_back(earlier, present), present)


def _farewell(reports: int, desk: Desk) -> Outgoing:
    """The end of it, and the way to the real thing where there is something to report."""
    is_open = main_closing(desk.closings, desk.today) is not None
    onward = ("!lapor", texts.REPORT_NOW) if is_open else ("!status", texts.LOOK)
    options = (Option(key=onward[0], label=onward[1]), Option(key="!latihan", label=texts.AGAIN))
    return Choose(title=texts.PRACTICE, text=texts.finished(reports), options=options)


PRACTICE = Dialogue(
    "practice",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.RESTART,
    cancelled=texts.CANCELLED,
    carried=_carried,
    can_wait=False,
    banner=texts.PRACTICE,
)
"""The report conversation, practised."""
