"""Every kind of work that is done beside the conversations. Imported with the first of it, for what reads files takes
memory that most days do not need."""

from collections.abc import Mapping

from bot.evidence_store import EvidenceStore
from bot.jobs import Work
from bot.kabupaten_work import kabupaten_standings, office_workbooks
from bot.personal_copy import personal_copies
from bot.plan_files import marked_plans, plan_files
from bot.spending_files import spending_files
from handlers.kabupaten import READ_OFFICE, STANDINGS
from handlers.money import READ_SPENDING
from handlers.my_data import COPY
from handlers.plan_file import MARK_PLAN, READ_PLAN
from storage.desk import Almanac
from storage.engine import Engine


def kinds(engine: Engine, store: EvidenceStore, almanac: Almanac) -> Mapping[str, Work]:
    """What does each, by the word that its job is stored with."""
    return {
        READ_SPENDING: spending_files(store),
        COPY: personal_copies(engine, store),
        READ_PLAN: plan_files(store),
        MARK_PLAN: marked_plans(store),
        STANDINGS: kabupaten_standings(engine, almanac),
        READ_OFFICE: office_workbooks(store),
    }
