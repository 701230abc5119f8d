""" "sahkan": the camat sees what of a quarter is verified, and approves it (domain.md 7)."""

from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.judged import average_of, judge
from domain.periods import Period, PeriodKind
from domain.plan import Role
from domain.quarters import Figure, QuarterState, ended_quarters, quarter_state
from domain.standing import Standing
from handlers.dialogue import CANCEL, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Contact, Edited, MediaFailed, Option, Outgoing, Say
from handlers.period_words import read_begun
from handlers.texts import approval as texts
from handlers.texts import general
from storage.desk import Desk
from storage.reviews import ReportChanged

_DAY = timedelta(days=1)


class Step(StrEnum):
    """CONFIRM: is the quarter approved?"""

    CONFIRM = "confirm"


class Draft(BaseModel):
    """`quarter` by its code; `reports` are the verified revisions that were shown, by their ids."""

    model_config = ConfigDict(frozen=True)
    quarter: str
    reports: tuple[int, ...] = ()


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def approves(desk: Desk) -> bool:
    """Whether the person acts for the camat's post."""
    return any(held.post.role is Role.CAMAT for held in desk.held_posts)


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """The quarter that is named, else the newest one with something to approve, else the newest that has ended."""
    if not approves(desk):
        return Say(text=texts.ONLY_CAMAT)
    if not desk.office.rules.verification.camat_approves:
        return Say(text=texts.NOT_USED)
    quarter = _named(words, desk) or _newest(desk)
    if quarter is None:
        return Say(text=texts.NO_QUARTER)
    if quarter.end >= desk.today:
        return Say(text=texts.not_ended(quarter))
    return Begin(APPROVAL, Step.CONFIRM, _draft(quarter, desk), quarter.code)


def _named(words: str, desk: Desk) -> Period | None:
    """The quarter of the named period, None where none is named; of a whole year its last one."""
    named = read_begun(words, desk.today) if words else None
    return None if named is None else Period.of_day(named.end, PeriodKind.QUARTER)


def ended(desk: Desk) -> list[Period]:
    """The quarters that have ended, of every year with a plan, the newest first."""
    years = sorted({duty.measure.year for duty in desk.office_duties})
    return [one for one in ended_quarters(years, Period.of_day(desk.today, PeriodKind.QUARTER)) if one.end < desk.today]


def _newest(desk: Desk) -> Period | None:
    found = ended(desk)
    approvable = (one for one in found if quarter_state(desk.office_duties, one).verified)
    return next(approvable, found[0] if found else None)


def _draft(quarter: Period, desk: Desk) -> Draft:
    return Draft(quarter=quarter.code, reports=verified(quarter_state(desk.office_duties, quarter), desk))


def verified(state: QuarterState, desk: Desk) -> tuple[int, ...]:
    """The revisions that are verified and not approved yet, by their ids."""
    found = desk.checking.all_of((duty.id, period) for duty, period in state.verified)
    return tuple(sorted(given.report_id for given in found.values() if given.standing is Standing.VERIFIED))


# --- asking ---------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    quarter = Period.parse(draft.quarter)
    state = quarter_state(desk.office_duties, quarter)
    options = (
        *([Option(key="approve", label=texts.label(quarter))] if state.verified else []),
        *([Option(key="open", label=texts.OPEN_ONES)] if state.waiting or state.missing else []),
        Option(key=CANCEL, label=texts.CANCEL) if state.verified else Option(key="close", label=texts.CLOSE),
    )
    return Choose(title=texts.title(quarter), text=_what(state, desk), options=options)


def _what(state: QuarterState, desk: Desk) -> str:
    of_year = [duty for duty in desk.office_duties if duty.measure.year == state.quarter.year]
    average = average_of(judge(of_year, state.quarter.end + _DAY), desk.office.rules.cap)
    return texts.what(state, average.value, average.counted, provisional=bool(state.waiting or state.missing))


# --- answers --------------------------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    if not approves(desk):
        return Done(lambda _desk: Say(text=texts.ONLY_CAMAT))
    quarter = Period.parse(draft.quarter)
    match said:
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Tap(key="approve"):
            return _approve(draft, quarter, desk)
        case Tap(key="open"):
            return Retry(_open_ones(quarter, desk))
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.CLOSED))
        case _:
            return Retry(texts.pick(quarter))


def _open_ones(quarter: Period, desk: Desk) -> str:
    state = quarter_state(desk.office_duties, quarter)
    return texts.open_ones(_with_posts(state.waiting, desk), _with_posts(state.missing, desk))


def _with_posts(figures: tuple[Figure, ...], desk: Desk) -> list[tuple[str, Figure]]:
    """The figures with the titles of their posts, in the office's order."""
    return [(post.title, figure) for post in desk.posts for figure in figures if figure[0].post_id == post.id]


def _approve(draft: Draft, quarter: Period, desk: Desk) -> Reply:
    """Approve what was shown; where anything of it changed since, it is shown anew first."""
    if set(draft.reports) != set(verified(quarter_state(desk.office_duties, quarter), desk)):
        return Next(Step.CONFIRM, _draft(quarter, desk), texts.CHANGED, instead=True)
    try:
        desk.checking.approve(draft.reports)
    except ReportChanged:
        return Next(Step.CONFIRM, _draft(quarter, desk), texts.CHANGED, instead=True)
    state = quarter_state(desk.office_duties, quarter)
    rest = len(state.waiting) + len(state.missing)
    return Done(lambda _desk: Say(text=texts.done(quarter, len(draft.reports), rest)))


APPROVAL = Dialogue(
    "approval",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.RESTART,
    cancelled=texts.CANCELLED,
    can_wait=False,
)
