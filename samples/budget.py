"""The budget of a sample office: the printed lines, under printed codes where there are any, and what was invented as
spent of them."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.budget import codes_heading
from domain.periods import Period
from domain.plan import BudgetRow, Level, PastSpending
from samples.choices import BudgetChoices, Choices
from samples.truth import Truth, TruthRow

_LEVELS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
"""The aksi are left out: they repeat what their sub kegiatan prints, and once contradict it."""


def budget_rows(truth: Truth, choices: Choices) -> Iterator[BudgetRow]:
    """The lines that print an amount; a programme that prints none stands above its kegiatan without a pagu."""
    if choices.budget is None:
        return
    codes = _codes(truth)
    heading = codes_heading(codes.values())
    named: set[str] = set()
    for row in _printed(truth):
        code = codes[row.number]
        program = code.rpartition(".")[0]
        if not row.code and program not in named:
            named.add(program)
            yield BudgetRow(program, row.path[Level.PROGRAM], Level.PROGRAM, None)
        post = None if code in heading else choices.budget.post
        yield BudgetRow(code, row.path[row.level], row.level, row.budget, post=post)


def spending(truth: Truth, choices: Choices) -> Iterator[PastSpending]:
    """What was invented as spent, line by line within office hours."""
    if choices.budget is None:
        return
    codes = _codes(truth)
    for place, (row, positions) in enumerate(choices.budget.spent.items()):
        for month, position in enumerate(positions, 1):
            if position:
                yield _past(codes[row], Period.month(truth.year, month), position, place, choices, choices.budget)


def _past(code: str, month: Period, position: str, place: int, choices: Choices, budget: BudgetChoices) -> PastSpending:
    spent, physical = map(Decimal, position.split())
    sent = datetime.combine(budget.months[month.number], time(9), ZoneInfo(choices.zone)) + timedelta(minutes=3 * place)
    return PastSpending(code, month, spent, sent, physical, sample=True)


def _printed(truth: Truth) -> tuple[TruthRow, ...]:
    return tuple(row for row in truth.rows if row.budget is not None and row.level in _LEVELS)


def _codes(truth: Truth) -> dict[str, str]:
    """The code of each printed line by the number of its row: as printed, else `2.3` for the third of a programme."""
    programs: list[str] = []
    numbers: dict[str, int] = {}
    codes: dict[str, str] = {}
    for row in _printed(truth):
        program = row.path[Level.PROGRAM]
        if program not in programs:
            programs.append(program)
        numbers[program] = numbers.get(program, 0) + 1
        codes[row.number] = row.code or f"{programs.index(program) + 1}.{numbers[program]}"
    return codes
