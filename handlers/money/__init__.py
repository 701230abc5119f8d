"""The conversation "keuangan": what was spent of each line of the budget s/d a month, and how much is built.

One sitting is one month. Figures are typed line by line or come in a file; nothing is saved before the review page is
confirmed.
"""

from domain.budget import BudgetLine, reporting_lines
from domain.office import Owed
from domain.periods import Period
from handlers.dialogue import Begin, Dialogue
from handlers.messages import Document, Outgoing, Say, Worked
from handlers.money.answering import answer
from handlers.money.asking import ask
from handlers.money.from_file import (
    READ_SPENDING,
    ReadSpending,
    begin_reading,
    draft_of,
    is_spreadsheet,
    matched,
    month_of,
    told,
)
from handlers.money.months import due_month, last_ended, missing, named_month, unlocked
from handlers.money.sitting import FILE, Draft, Step, months_of, own_lines, sitting_of
from handlers.report.locked import lock_of_figure
from handlers.texts import general
from handlers.texts import money as texts
from handlers.texts.formats import person as addressed
from storage.desk import Desk

__all__ = [
    "MONEY",
    "READ_SPENDING",
    "Draft",
    "ReadSpending",
    "Step",
    "file_read",
    "file_sent",
    "file_waits",
    "is_meant",
    "may_report",
    "start",
    "status_line",
    "takes_files",
]


def may_report(desk: Desk) -> bool:
    """Whether the word stands in the person's menu: they report money, or may send it as admin."""
    return bool(desk.own_budget) or (desk.is_admin and bool(desk.budget))


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """Begin a sitting of the month that is due or named; who does not report money is told who does."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    if not desk.own_budget and not _file_waits(desk):
        return Say(text=_why_not(desk))
    if not words and _file_waits(desk):
        return Begin(MONEY, Step.REVIEW, Draft(by_file=True), FILE)
    month = named_month(words, desk.today) or due_month(desk.own_budget, desk.today, desk.organisation)
    if month is None:
        return Say(text=texts.NOTHING_OPEN)
    return _sitting(desk, month) if month in months_of(desk) else Say(text=texts.NO_SUCH_MONTH)


def _file_waits(desk: Desk) -> bool:
    """Whether a file was read and not yet dealt with."""
    trails = (desk.conversation_state or {}).get("trails", {})
    return f"{MONEY.name}:{FILE}" in trails


def _why_not(desk: Desk) -> str:
    lines = reporting_lines(desk.budget)
    if not lines:
        return texts.NO_BUDGET_ADMIN if desk.is_admin else texts.NO_BUDGET
    reporters = _reporters(desk, lines)
    if not reporters:
        return texts.NO_REPORTER_ADMIN if desk.is_admin else texts.NO_REPORTER
    return texts.admin_may_send(reporters) if desk.is_admin else texts.not_yours(reporters)


def _reporters(desk: Desk, lines: tuple[BudgetLine, ...]) -> list[str]:
    """The posts that report money, with who holds them: `Bendahara (Bu Rina)`."""
    wanted = {line.post_id for line in lines}
    named: list[str] = []
    for post in desk.posts:
        if post.id in wanted:
            holder = desk.people.get(desk.holders.get(post.id, 0))
            named.append(f"{post.title} ({addressed(holder.name, holder.salutation)})" if holder else post.title)
    return named


def _sitting(desk: Desk, month: Period) -> Begin[Step, Draft, Desk] | Outgoing:
    """From the first line without a figure; the page on which figures are changed where there is none."""
    own = tuple(line for line in own_lines(desk) if line.year == month.year)
    lines = unlocked(own, month, desk.today, desk.organisation)
    if not lines:
        return Say(text=_locked(own, month, desk))
    empty = missing(lines, month)
    step = Step.SPENT if empty else Step.REVIEW
    draft = Draft(month=month.code, at=(empty or lines)[0].id)
    return Begin(MONEY, step, draft, month.code)


def _locked(lines: tuple[BudgetLine, ...], month: Period, desk: Desk) -> str:
    posts = (line.post_id for line in lines if line.post_id is not None)
    locked = (post for post in posts if desk.organisation.lock(Owed(post, month), desk.today) is not None)
    return next((lock_of_figure(post, month, desk) for post in locked), texts.NO_SUCH_MONTH)


def status_line(desk: Desk) -> str:
    """One line of "status": how many lines of the last ended month are not reported; empty for who reports none."""
    month = last_ended(desk.own_budget, desk.today, desk.organisation)
    return "" if month is None else texts.missing(month, len(missing(desk.own_budget, month)))


# --- a file that was sent -----------------------------------------------------------------------------------------


def takes_files(desk: Desk) -> bool:
    """Whether a file that nobody asked for may be about money."""
    return may_report(desk)


def is_meant(said: Document) -> bool:
    """Whether what was written beside a file says that it is about money."""
    return said.caption.casefold().strip(" /").startswith("keuangan")


def file_sent(desk: Desk, said: Document) -> Outgoing:
    """Have a file read, or say what is needed."""
    if not is_spreadsheet(said):
        return Say(text=texts.FILE_NEEDED)
    begin_reading(desk, said)
    return Say(text=texts.READING)


def file_read(desk: Desk, said: Worked) -> Begin[Step, Draft, Desk] | Outgoing:
    """What a file says, to be reviewed like typed figures; or why nothing of it can be taken."""
    read = ReadSpending.model_validate(said.result)
    if read.refused:
        return Say(text=texts.refused(read.refused))
    if not read.rows and not read.complaints:
        return Say(text=texts.refused(texts.NOTHING_READ))
    months = months_of(desk, by_file=True)
    month = month_of(read, desk)
    if not months:
        return Say(text=_why_not(desk))
    if month not in months:
        note = "" if month is None else texts.month_not_open(month)
        return Begin(MONEY, Step.MONTH, draft_of(read), FILE, note)
    filled = matched(draft_of(read), month, desk)
    return Begin(MONEY, Step.REVIEW, filled, FILE, told(filled))


def file_waits(start: Begin[Step, Draft, Desk]) -> Outgoing:
    """What is said of a file that was read while something else is being asked."""
    rows, doubtful = len(start.draft.entries) or len(start.draft.rows), len(start.draft.complaints)
    return Say(text=texts.waiting(rows, doubtful))


# --- the dialogue -------------------------------------------------------------------------------------------------


def _again(draft: Draft, _desk: Desk) -> str:
    return texts.TYPE_MONEY if draft.by_file or not draft.month else texts.type_month(Period.parse(draft.month))


def _resumed(draft: Draft, desk: Desk) -> str:
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return general.RESUMED
    return texts.resumed(sum(sitting.is_filled(line) for line in sitting.lines), len(sitting.lines))


def _carried(earlier: Draft, present: Draft) -> Draft:
    """Going back from the reason leads to the review page; what was filled in stays."""
    return present.model_copy(update={"page": earlier.page})


MONEY = Dialogue(
    "money",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_MONEY,
    cancelled=texts.CANCELLED,
    saved=texts.SAVED,
    again=_again,
    resumed=_resumed,
    carried=_carried,
)
