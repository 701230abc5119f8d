"""The steps of the conversation about a plan's file, and what its jobs say."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from handlers.dialogue import Done, Next, Retry
from handlers.messages import Document
from storage.desk import Desk

READ_PLAN = "read plan"
"""The job that reads a file."""
MARK_PLAN = "mark plan"
"""The job that writes what was read as an office workbook with its doubtful cells marked, or an empty one."""


class Step(StrEnum):
    """KIND: what is the file for? YEAR: of which year? OFFER: what was read. ANSWER: one question of the plan.
    ALIKE: shall the same be answered for the rows right after?
    REASON, DOCUMENT: why and by what is the plan replaced? SUMMARY: shall it be loaded? DETAILS: what changes."""

    KIND = "kind"
    YEAR = "year"
    OFFER = "offer"
    ANSWER = "answer"
    ALIKE = "alike"
    REASON = "reason"
    DOCUMENT = "document"
    SUMMARY = "summary"
    DETAILS = "details"


class Complaint(BaseModel):
    """Something in an office workbook that cannot be taken, by sheet and cell."""

    model_config = ConfigDict(frozen=True)
    place: str
    text: str


class ReadPlan(BaseModel):
    """What a file says. `refused` is a sentence where it cannot be read as a plan, and `complaints` what is wrong with
    an office workbook: then nothing else is set.

    `plan` is as `storage.plan_json` writes it; None too where the file names no year and it must be asked. `office` is
    the one that a plan's file prints, empty for none; `passed_over` how many of its parts are no part of the plan.
    """

    model_config = ConfigDict(frozen=True)
    ref: str = ""
    name: str = ""
    refused: str = ""
    complaints: tuple[Complaint, ...] = ()
    plan: dict[str, Any] | None = None
    office: str = ""
    is_revision: bool = False
    passed_over: int = 0


class Draft(BaseModel):
    """`sent` is the file while it is asked what it is for, or of which year. `question` is the key of the one that is
    asked, `skipped` those that come no more in this sitting; `lines` tell what loading would do."""

    model_config = ConfigDict(frozen=True)
    sent: Document | None = None
    upload: int = 0
    notes: tuple[str, ...] = ()
    is_revision: bool = False
    question: str = ""
    skipped: tuple[str, ...] = ()
    page: int = 0
    version: int = 0
    indicators: int = 0
    still_open: int = 0
    lines: tuple[str, ...] = ()


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]
