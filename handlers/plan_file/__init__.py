"""The conversation "rencana": an admin sends the plan that the office has, reviews what was read of it, and loads it.

What is asked before a plan is loaded are its open questions, in the words of "pertanyaan"; an answer is kept with the
file and applied by the function that loads an office workbook. So there is one way in, and nothing is loaded in part.
"""

from handlers.plan_file.conversation import PLAN_FILE
from handlers.plan_file.deciding import may_use, start, takes
from handlers.plan_file.receiving import (
    comes_beside,
    file_read,
    file_sent,
    file_waits,
    marked,
    may_be_plan,
    unclear,
)
from handlers.plan_file.steps import MARK_PLAN, READ_PLAN, Draft, ReadPlan, Step

__all__ = [
    "MARK_PLAN",
    "PLAN_FILE",
    "READ_PLAN",
    "Draft",
    "ReadPlan",
    "Step",
    "comes_beside",
    "file_read",
    "file_sent",
    "file_waits",
    "marked",
    "may_be_plan",
    "may_use",
    "start",
    "takes",
    "unclear",
]
