"""What a sample workbook holds, counted: reportable indicators per post, modes, open questions.

The tables of `samples/README.md` are written from here, and a test holds them against the workbooks.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.budget import budget_figures, planned, reporting_lines
from domain.modes import Mode
from domain.periods import Period
from domain.plan import BLOCKING, About, IndicatorRow, OfficePlan, OpenQuestion
from samples.choices import Choices

_START, _END = "<!-- tables: written by samples/build.py -->", "<!-- end of tables -->"
_PRINTED = "printed in the plan"


@dataclass(frozen=True)
class Reportable:
    """An indicator that its post can report: nothing that blocks it is open, and it has a target in some period."""

    indicator: IndicatorRow
    post: str
    mode: Mode


def open_questions(plan: OfficePlan) -> tuple[OpenQuestion, ...]:
    """The questions of a plan that its sheet `Jawaban` leaves open."""
    answered = {(answer.indicator, answer.about) for answer in plan.answers}
    return tuple(question for question in plan.questions if (question.indicator, question.about) not in answered)


def reportable(plan: OfficePlan) -> tuple[Reportable, ...]:
    """What can be reported once the answers of the workbook are applied."""
    answers = {(answer.indicator, answer.about): answer.value for answer in plan.answers}
    blocked = {question.indicator for question in open_questions(plan) if question.about in BLOCKING}
    return tuple(
        Reportable(row, answers.get((row.code, About.OWNER)) or row.post or "", _mode(row, answers))
        for row in plan.indicators
        if not row.context and row.code not in blocked and _has_target(row, answers)
    )


def _mode(row: IndicatorRow, answers: Mapping[tuple[str, About], str]) -> Mode:
    return row.mode or Mode(answers[row.code, About.MODE])


def _has_target(row: IndicatorRow, answers: Mapping[tuple[str, About], str]) -> bool:
    return bool(row.targets) or row.annual_target is not None or (row.code, About.TARGETS) in answers


# --- the tables of the README -----------------------------------------------------------------------------------


def rewrite_tables(readme: str, plans: Mapping[str, tuple[OfficePlan, Choices]]) -> str:
    """The README with its tables made anew."""
    head, rest = readme.split(_START)
    _, tail = rest.split(_END)
    return f"{head}{_START}\n\n{tables(plans)}\n{_END}{tail}"


def tables(plans: Mapping[str, tuple[OfficePlan, Choices]]) -> str:
    """One table of all plans, then one per plan with its posts. Markdown."""
    lines = [
        "| plan | indicators | context | reportable | services | budget lines | questions | answered | open | SUM "
        "| CUM | LEVEL | SINGLE |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(_plan_line(name, plan) for name, (plan, _) in plans.items()),
    ]
    for name, (plan, choices) in plans.items():
        lines += ["", f"### {name}", "", *_post_lines(plan, choices), "", *_service_lines(plan, choices)]
        lines += _budget_lines(plan, choices)
        lines.append(_open_line(plan))
    return "\n".join(lines) + "\n"


def _plan_line(name: str, plan: OfficePlan) -> str:
    rows = reportable(plan)
    modes = Counter(row.mode for row in rows)
    context = sum(row.context for row in plan.indicators)
    services = sum(row.service for row in plan.indicators)
    asked = (len(plan.questions), len(plan.answers), len(open_questions(plan)))
    counts = (len(plan.indicators) - services, context, len(rows), services, len(plan.budget))
    cells = (*counts, *asked, *(modes[mode] for mode in Mode))
    return f"| {name} | {' | '.join(map(str, cells))} |"


def _post_lines(plan: OfficePlan, choices: Choices) -> Iterator[str]:
    rows = reportable(plan)
    counts = Counter(row.post for row in rows)
    reasons = {owner.post: owner.why for owner in choices.owners}
    yield "| post | reportable | share | why its indicators are there |"
    yield "|---|---|---|---|"
    for post in plan.posts:
        share = f"{100 * counts[post.title] / len(rows):.0f} %"
        yield f"| {post.title} | {counts[post.title]} | {share} | {reasons.get(post.title, _PRINTED)} |"


def _service_lines(plan: OfficePlan, choices: Choices) -> Iterator[str]:
    services = [row.code for row in plan.indicators if row.service]
    if services and choices.services:
        yield f"Services: {', '.join(services)}, counted by {choices.services.post}. {choices.services.why}."
        yield ""


def _budget_lines(plan: OfficePlan, choices: Choices) -> Iterator[str]:
    if plan.budget and choices.budget:
        lines = planned(plan.budget, plan.year)
        total = budget_figures(plan.office, lines, Period.whole_year(plan.year)).total.ceiling
        reported, told = len(reporting_lines(lines)), Counter(past.period.code for past in plan.spending)
        spent = ", ".join(f"{count} in {month}" for month, count in sorted(told.items()))
        yield (
            f"Budget: {len(lines)} lines, Rp {total:,}; {reported} of them are reported by {choices.budget.post}: "
            f"{choices.budget.why}. Positions (`contoh`): {spent}."
        )
        yield ""


def _open_line(plan: OfficePlan) -> str:
    abouts: dict[str, list[str]] = {}
    for question in open_questions(plan):
        abouts.setdefault(question.about.value, []).append(question.indicator)
    listed = "; ".join(f"{about}: {', '.join(codes)}" for about, codes in sorted(abouts.items()))
    return f"Open questions: {listed}."
