""" "status": the person's indicators with target, realisasi, capaian and predikat, and what is missing."""

from domain.periods import Period
from handlers.asked_closing import asked_closing
from handlers.follow_ups import telling
from handlers.messages import Outgoing, Say
from handlers.money import status_line
from handlers.period_words import names_period
from handlers.report.locked import lock_sentence
from handlers.texts import general
from handlers.texts import status as texts
from handlers.texts.formats import listed, periods_with_year, reported_post
from handlers.texts.report import NO_SUCH_PERIOD
from storage.desk import Desk


def status(desk: Desk, words: str = "") -> Outgoing:
    """One message: the named closing, else the one that "lapor" would take, which older ones still miss something or
    came late, how much of the money is reported, and what is still to be done or explained."""
    if not desk.reported_posts:
        return Say(text=general.NO_POST)
    shown = _indicators(desk, words)
    more = [line for line in (status_line(desk), *telling.status_lines(desk)) if line]
    return shown.model_copy(update={"text": "\n".join((shown.text, *more))}) if more else shown


def _indicators(desk: Desk, words: str) -> Say:
    found = desk.closings
    closing = asked_closing(words, found, desk) or (found[-1] if found and not names_period(words) else None)
    if closing is None:
        return Say(text=NO_SUCH_PERIOD if words else texts.NOTHING_OPEN if desk.duties else texts.NOTHING)
    days_left = desk.calendar.working_days_between(desk.today, closing.cut_off)
    held = {one.post.id: reported_post(one.post.title, one.capacity) for one in desk.reported_posts}
    lacking = desk.evidence.lacking(desk.duties)
    text = texts.body(closing, desk.today, days_left, desk.office.rules.rating, lacking, held)
    older = [(periods_with_year(c.periods), len(c.missing)) for c in found if c.end < closing.end and c.missing]
    if older:
        text = f"{text}\n{texts.older(older)}"
    if late := texts.late_ones(_late_periods(desk)):
        text = f"{text}\n{late}"
    locked = _locked(desk)
    if locked:
        text = f"{text}\n{locked}"
    return Say(title=texts.title(closing, listed(list(held.values()))), text=text)


def _late_periods(desk: Desk) -> tuple[Period, ...]:
    """The periods of open plans of which something was reported late, oldest first."""
    years = {closing.end.year for closing in desk.closings}
    return tuple(sorted({period for duty in desk.duties for period in duty.late if period.year in years}))


def _locked(desk: Desk) -> str:
    """What was not reported and no longer can be; empty where there is nothing of it."""
    found = [closing for closing in desk.closings if closing.locked]
    if not found:
        return ""
    others = [f"{periods_with_year(closing.periods)} (kurang {len(closing.locked)})" for closing in found[:-1]]
    return texts.locked(lock_sentence(found[-1].locked, desk), others[-texts.NAMED_PERIODS :])
