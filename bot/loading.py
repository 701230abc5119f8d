"""Loading an office workbook: read, then applied all or nothing."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.documents.office_workbook import read_workbook
from bot.refused import Refused
from domain.plan import Complaint, OfficePlan
from storage.engine import Engine, writing
from storage.plans import Loaded, apply_plan


class WorkbookRefused(Refused):
    """A workbook that cannot be taken; the message has a line for every sheet and cell to mend."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("\n".join(f"{one.place}: {one.text}" for one in complaints))


def read_plan(path: Path) -> OfficePlan:
    """What an office workbook says. Raises WorkbookRefused."""
    plan = read_workbook(path)
    if isinstance(plan, tuple):
        raise WorkbookRefused(plan)
    return plan


def apply(engine: Engine, plan: OfficePlan, now: datetime) -> Loaded:
    """Put a plan into the database, all or nothing; the same plan again changes nothing."""
    with writing(engine) as connection:
        return apply_plan(connection, plan, now)
