"""What `renaksi check` says of the budget of a workbook: its lines and total, who reports them, and what is unusual."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.documents.workbook_budget import default_reporter
from domain.budget import Gap, budget_figures, gaps, planned
from domain.periods import Period
from domain.plan import BudgetRow, Complaint, OfficePlan
from handlers.texts.formats import money


@dataclass(frozen=True)
class CheckedBudget:
    """The budget as it would be loaded. `total` is in rupiah, None where no line has a pagu.

    `reporters` are the posts and how many lines each reports every month; `default_reporter` is the post of those whose
    column is blank. `spending` counts the past positions, `samples` the invented ones among them. `notes` tell what is
    unusual but taken as it stands.
    """

    lines: int
    total: Decimal | None
    reporters: Mapping[str, int]
    default_reporter: str | None
    spending: int
    samples: int
    notes: tuple[Complaint, ...]

    @property
    def reported(self) -> int:
        """The lines that are reported every month."""
        return sum(self.reporters.values())


def checked_budget(plan: OfficePlan) -> CheckedBudget | None:
    """The budget of a plan; None where it has none."""
    if not plan.budget:
        return None
    lines = planned(plan.budget, plan.year)
    return CheckedBudget(
        lines=len(lines),
        total=budget_figures(plan.office, lines, Period.whole_year(plan.year)).total.ceiling,
        reporters=Counter(row.post for row in plan.budget if row.post),
        default_reporter=default_reporter(plan.posts),
        spending=len(plan.spending),
        samples=sum(past.sample for past in plan.spending),
        notes=tuple(_note(gap, plan.budget[gap.line.id]) for gap in gaps(lines, plan.year)),
    )


def sentences(budget: CheckedBudget) -> list[str]:
    """The same for people, in Indonesian."""
    total = "" if budget.total is None else f", pagu {money(budget.total)}"
    reporters = ", ".join(f"{post} {count} baris" for post, count in budget.reporters.items())
    default = budget.default_reporter or "belum ada"
    samples = f", {budget.samples} di antaranya contoh" if budget.samples else ""
    return [
        f"Anggaran: {budget.lines} baris, {budget.reported} dilaporkan tiap bulan{total}.",
        f'Pelapor: {reporters}. Bila kolom "Dilaporkan oleh" kosong: {default}.',
        *([f"{budget.spending} realisasi keuangan terbaca{samples}."] if budget.spending else []),
        *(f"- {note.place}: {note.text}" for note in budget.notes),
    ]


def _note(gap: Gap, row: BudgetRow) -> Complaint:
    own = money(gap.line.ceiling or Decimal(0))
    text = f"Pagu {row.code} {own}, jumlah baris di bawahnya {money(gap.below)}. Yang dipakai {own}, mohon dipastikan."
    return Complaint(row.place, text)
