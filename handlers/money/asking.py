"""What the conversation about money shows at each step."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.budget import BudgetLine, BudgetPosition, budget_figures
from domain.numbers import Doubt
from domain.periods import Period
from handlers.dialogue import LATER, Question
from handlers.messages import BUTTON_LABEL, Choose, Option, Say
from handlers.money.months import position_before
from handlers.money.reading import plain_code
from handlers.money.sitting import (
    Draft,
    Entry,
    Pending,
    Sitting,
    Step,
    followed,
    last_physical,
    last_spent,
    months_of,
    sitting_of,
)
from handlers.texts import doubts
from handlers.texts import money as texts
from handlers.texts.formats import indicator, period_with_year
from storage.desk import Desk

_SKIP = Option(key="skip", label=texts.SKIP)
_BACK = Option(key="prev", label=texts.BACK)
"""Going back is done here and not by the trail: with two questions a line, its places would be many and long."""
_LATER = Option(key=LATER, label=texts.LATER)
_CLOSE = Option(key="close", label=texts.CLOSE)
ROOM = 440
"""Characters of the list on one page: about twelve lines of a small phone; the page has a total below it."""
_MONTHS_OFFERED = 3


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The open question of a sitting as things stand now."""
    if step is Step.MONTH:
        return _ask_month(draft, desk)
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return Choose(text=texts.NOTHING_LEFT, options=(_CLOSE,))
    match step:
        case Step.SPENT:
            return _ask_spent(sitting)
        case Step.PHYSICAL:
            return _ask_physical(sitting)
        case Step.DOUBT:
            pending = sitting.draft.pending
            return _ask_spent(sitting) if pending is None else _ask_doubt(pending, sitting)
        case Step.REVIEW:
            return _ask_review(sitting, desk)
        case Step.REASON:
            return Say(text=texts.reason_please(sitting.month, len(sitting.overwritten())))


# --- one line -----------------------------------------------------------------------------------------------------


def _ask_spent(sitting: Sitting) -> Question:
    line, entry = sitting.line, sitting.entry(sitting.line)
    before = position_before(line, sitting.month)
    first = not sitting.draft.entries and not sitting.draft.revisiting
    text = texts.spent_question(
        line,
        sitting.month,
        before,
        filled="" if entry is None else texts.filled_in(entry.spent, entry.physical),
        first=first and len(sitting.lines) > 1,
    )
    options = [Option(key="zero", label=texts.ZERO), _SKIP]
    if before is not None:
        rest = [] if sitting.draft.revisiting else [Option(key="rest", label=texts.REST)]
        options = [Option(key="same", label=texts.same_label(before)), *rest, _SKIP]
    options.append(_BACK if sitting.at or sitting.draft.revisiting else _LATER)
    return Choose(
        title=texts.heading(sitting.month, sitting.at + 1, len(sitting.lines)),
        text=text,
        options=_fitting(options),
        by_number=False,
    )


def _fitting(options: list[Option]) -> tuple[Option, ...]:
    """Three options are buttons, which are narrower than the rows of a list: then one more makes them a list."""
    wide = any(len(option.label) > BUTTON_LABEL for option in options)
    return (*options, Option(key="list", label=texts.LIST_LABEL)) if wide and len(options) <= 3 else tuple(options)


def _ask_physical(sitting: Sitting) -> Question:
    line, entry = sitting.line, sitting.entry(sitting.line)
    spent = Decimal(0) if entry is None or entry.spent is None else entry.spent
    options: list[Option] = []
    follow, last = followed(line, spent), known_physical(sitting, line)
    if follow is not None:
        options.append(Option(key="follow", label=texts.follow_label(follow)))
    if last is not None and last != follow:
        options.append(Option(key="keep", label=texts.keep_label(last)))
    options += [_SKIP, _BACK]
    return Choose(
        title=texts.heading(sitting.month, sitting.at + 1, len(sitting.lines)),
        text=texts.physical_question(line, sitting.month, spent),
        options=tuple(options),
        by_number=False,
    )


def known_physical(sitting: Sitting, line: BudgetLine) -> Decimal | None:
    """The realisasi fisik that is recorded for the month, else that of an earlier one."""
    held = line.positions.get(sitting.month)
    return held.physical if held is not None and held.physical is not None else last_physical(line, sitting.month)


def _ask_doubt(pending: Pending, sitting: Sitting) -> Question:
    line, rupiah = sitting.line, pending.figure == "spent"
    indexes = range(len(pending.candidates))
    labels = [texts.candidate_label(pending.doubt, pending.candidates, at, rupiah=rupiah) for at in indexes]
    text = _doubt(pending, sitting)
    if any(len(label) > BUTTON_LABEL for label in labels):
        text = f"{text}\n{doubts.numbered(pending.candidates, 'Rp' if rupiah else '%')}"
        labels = [doubts.choice_label(at) for at in indexes]
    options = [Option(key=f"take{at}", label=label) for at, label in enumerate(labels)]
    if pending.doubt == Doubt.ZERO_OR_NOT_YET:
        options.append(Option(key="not_yet", label=texts.NOT_YET))
    else:
        options.append(Option(key="retype", label=texts.RETYPE))
    return Choose(title=indicator(line.name), text=text, options=tuple(options), by_number=False)


def _doubt(pending: Pending, sitting: Sitting) -> str:
    line, month = sitting.line, sitting.month
    if pending.figure == "spent":
        return texts.spent_doubt(pending.doubt, pending.typed, pending.candidates, line, last_spent(line, month))
    return texts.physical_doubt(pending.doubt, pending.typed, pending.candidates, last_physical(line, month))


# --- the review page ----------------------------------------------------------------------------------------------


def _ask_review(sitting: Sitting, desk: Desk) -> Question:
    pages = review_pages(sitting)
    page = min(max(sitting.draft.page, 1), len(pages))
    unsent = len(sitting.unsent())
    total = budget_figures(desk.office.full_name, _as_filled(sitting, desk), sitting.month).total
    summary = [texts.total(total, sitting.month, unsent=bool(unsent))] if page == 1 else []
    return Choose(
        title=texts.review_title(sitting.month, unsent=bool(unsent), page=page, pages=len(pages)),
        text="\n".join((*pages[page - 1], *summary, texts.REVIEW_HELP)),
        options=_review_options(sitting, unsent, page, len(pages)),
        by_number=False,
    )


def _as_filled(sitting: Sitting, desk: Desk) -> tuple[BudgetLine, ...]:
    """The budget as it stands once what was filled in is sent."""
    filled = {line.id: (entry, spent) for line, entry, spent in sitting.unsent()}
    return tuple(
        line if line.id not in filled else _with_position(line, sitting.month, *filled[line.id], desk)
        for line in desk.budget
    )


def _with_position(line: BudgetLine, month: Period, entry: Entry, spent: Decimal, desk: Desk) -> BudgetLine:
    position = BudgetPosition(spent, entry.physical, desk.person_id, desk.today)
    return replace(line, positions={**line.positions, month: position})


def _review_options(sitting: Sitting, unsent: int, page: int, pages: int) -> tuple[Option, ...]:
    empty = any(not sitting.is_filled(line) for line in sitting.lines)
    options = (
        (unsent, Option(key="send", label=texts.send_label(unsent))),
        (empty, Option(key="fill", label=texts.FILL)),
        (page < pages, Option(key="next", label=texts.NEXT_PAGE)),
        (page > 1, Option(key="previous", label=texts.PREVIOUS_PAGE)),
        (True, _LATER if unsent else _CLOSE),
    )
    return tuple(option for is_shown, option in options if is_shown)


def review_pages(sitting: Sitting) -> list[list[str]]:
    """What could not be taken of a file, then every line with its number; of many lines, while some wait to be sent,
    these alone unless the whole list was asked for."""
    complaints, rows = _complaints(sitting), _rows(sitting, sitting.lines)
    filled = [line for line in sitting.lines if line.id in sitting.draft.entries]
    if filled and not sitting.draft.whole and len(_paged([*complaints, *rows])) > 1:
        rows = [*_rows(sitting, filled), texts.others(len(sitting.lines) - len(filled))]
    return _paged([*complaints, *rows])


def _paged(blocks: list[str]) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    for block in blocks:
        if pages[-1] and sum(len(line) + 1 for line in pages[-1]) + len(block) > ROOM:
            pages.append([])
        pages[-1].append(block)
    return pages


def _complaints(sitting: Sitting) -> list[str]:
    """What could not be taken of a file and was not filled in by hand since, and the number to do it by."""
    filled = {plain_code(line.code) for line in sitting.lines if line.id in sitting.draft.entries}
    numbers = {plain_code(line.code): number for number, line in enumerate(sitting.lines, start=1)}
    left = [one for one in sitting.draft.complaints if plain_code(one.code) not in filled]
    told = [texts.complaint(one.place, one.text, numbers.get(plain_code(one.code))) for one in left]
    return [texts.TO_CHECK, *told] if told else []


def _rows(sitting: Sitting, shown: Sequence[BudgetLine]) -> list[str]:
    numbers = {line.id: number for number, line in enumerate(sitting.lines, start=1)}
    return [texts.review_line(numbers[line.id], line, _shown(sitting, line)) for line in shown]


def _shown(sitting: Sitting, line: BudgetLine) -> str:
    entry, held = sitting.entry(line), line.positions.get(sitting.month)
    if entry is not None and entry.spent is not None and sitting.is_unsent(line):
        return texts.shown_change(entry.spent, entry.physical, held)
    return texts.NEVER_REPORTED if held is None else texts.shown_recorded(held)


# --- the month of a file ------------------------------------------------------------------------------------------


def _ask_month(draft: Draft, desk: Desk) -> Question:
    months = months_of(desk, by_file=draft.by_file)[-_MONTHS_OFFERED:]
    options = tuple(Option(key=month.code, label=period_with_year(month)) for month in reversed(months))
    return Choose(text=texts.WHICH_MONTH, options=options or (_CLOSE,), by_number=False)
