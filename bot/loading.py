"""Loading an office workbook: read, then applied all or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.documents.office_workbook import read_workbook
from domain.plan import Complaint, OfficePlan
from storage.engine import Engine, writing
from storage.plans import Loaded, apply_plan


class WorkbookRefused(Exception):
    """A workbook that cannot be taken; `complaints` name every sheet and cell."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("\n".join(f"{one.place}: {one.text}" for one in complaints))
        self.complaints = tuple(complaints)


def load_workbook(engine: Engine, path: Path, at: Callable[[int, str], datetime]) -> tuple[Loaded, OfficePlan]:
    """Read and apply a workbook; `at` gives the time for its year and zone. Raises WorkbookRefused."""
    plan = read_workbook(path)
    if isinstance(plan, tuple):
        raise WorkbookRefused(plan)
    with writing(engine) as connection:
        return apply_plan(connection, plan, at(plan.year, plan.zone)), plan
