"""A plan's file arrives: what it is for, having it read, and what was read of it."""

import re
from typing import Any

from handlers import evidence, money
from handlers.dialogue import Begin
from handlers.messages import Document, File, Outgoing, Say, Worked
from handlers.money.from_file import is_spreadsheet
from handlers.plan_file.conversation import PLAN_FILE
from handlers.plan_file.jobs import have_read
from handlers.plan_file.steps import Draft, ReadPlan, Step
from handlers.texts import plan_file as texts
from storage.desk import Desk
from storage.plan_uploads import Upload

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".docx", ".txt", ".tsv")
_MEANT = re.compile(r"/?(?:rencana|renaksi|buku kerja|pk\b|perjanjian kinerja)", re.IGNORECASE)
_PLAN_NAME = re.compile(r"rencana|renaksi|perjanjian|kinerja|buku.?kerja|bertanda|(?<![a-z])pk(?![a-z])", re.IGNORECASE)
_MONEY_NAME = re.compile(r"rfk|keuangan|realisasi|serapan|spj|(?<![a-z])kas(?![a-z])", re.IGNORECASE)

_TAKE_FILES = frozenset({"report", "correct", "evidence", "money", "explain", "follow_up"})
"""Conversations in which a file is an answer."""


def is_plan_file(said: Document) -> bool:
    """Whether a file may be read as a plan, by its name; the reader has the last word."""
    return said.name.casefold().endswith(_ENDINGS) or is_spreadsheet(said)


def comes_beside(said: Document, dialogue: str) -> bool:
    """Whether a file is a plan though something else is asked: what was written beside it says so, or it is called one
    and the open conversation, by its name, takes no files."""
    if not is_plan_file(said):
        return False
    if _MEANT.match(said.caption.strip()) is not None or dialogue == PLAN_FILE.name:
        return True
    return bool(dialogue) and dialogue not in _TAKE_FILES and _PLAN_NAME.search(said.name) is not None


def may_be_plan(said: Document, desk: Desk) -> bool:
    """Whether a file that nobody asked for may be the office's plan: an admin sends it, and it is not called by what
    is no plan."""
    by_name = _MONEY_NAME.search(said.name) is not None and _PLAN_NAME.search(said.name) is None
    return desk.is_admin and is_plan_file(said) and not (by_name and money.takes_files(desk))


def unclear(desk: Desk, said: Document) -> Begin[Step, Draft, Desk] | Outgoing:
    """Have it read where it can only be a plan, else ask what it is for."""
    others = money.takes_files(desk) or bool(evidence.own_figures(desk))
    if _PLAN_NAME.search(said.name) or not others:
        return file_sent(desk, said)
    return Begin(PLAN_FILE, Step.KIND, Draft(sent=said), anew=True)


def file_sent(desk: Desk, said: Document) -> Outgoing:
    """Have a file read, or say what is needed."""
    if not desk.is_admin:
        return Say(text=texts.NOT_ADMIN)
    if not is_plan_file(said):
        return Say(text=texts.FILE_NEEDED)
    return have_read(desk, said)


def file_read(desk: Desk, said: Worked) -> Begin[Step, Draft, Desk] | Outgoing:
    """What a file says, to be reviewed; or why nothing of it can be taken."""
    read = ReadPlan.model_validate(said.result)
    if not desk.is_admin:
        return Say(text=texts.NOT_ADMIN)
    if why_not := _why_not(read, desk):
        desk.plan_uploads.refuse(read.ref)
        return Say(text=why_not)
    if read.plan is None:
        sent = Document(ref=read.ref, size=0, name=read.name)
        return Begin(PLAN_FILE, Step.YEAR, Draft(sent=sent), anew=True)
    upload = desk.plan_uploads.keep_reading(read.ref, read.plan)
    if upload is None:
        return Say(text=texts.OVER)
    draft = _draft_of(upload, desk, _notes(read, desk), is_revision=read.is_revision)
    return Begin(PLAN_FILE, Step.OFFER, draft, anew=True)


def reviewed(upload: Upload, desk: Desk) -> Begin[Step, Draft, Desk]:
    """The review of a file that was read before, where it was left."""
    return Begin(PLAN_FILE, Step.OFFER, _draft_of(upload, desk))


def _draft_of(upload: Upload, desk: Desk, notes: tuple[str, ...] = (), *, is_revision: bool = False) -> Draft:
    version = next((one.version for one in desk.plan_uploads.held() if one.year == upload.year), 0)
    return Draft(
        upload=upload.id,
        notes=notes,
        is_revision=is_revision,
        version=version,
        indicators=upload.indicators,
        still_open=len(upload.open_questions),
    )


def file_waits(start: Begin[Any, Any, Any]) -> Outgoing:
    """What is said of a file that was read while something else is being asked."""
    return Say(text=texts.waiting(start.draft.indicators, start.draft.still_open))


def marked(_desk: Desk, said: Worked) -> Outgoing:
    """The workbook that was written."""
    ref = said.result["ref"]
    if not ref:
        return Say(text=texts.MARKED_FAILED)
    if said.result.get("empty"):
        return File(ref=ref, name=texts.TEMPLATE_NAME, caption=texts.TEMPLATE_CAPTION)
    return File(ref=ref, name=texts.MARKED_NAME, caption=texts.MARKED_CAPTION)


def _why_not(read: ReadPlan, desk: Desk) -> str:
    if read.refused:
        return texts.refused(read.name, read.refused)
    if read.complaints:
        return texts.complaints(read.name, [(one.place, one.text) for one in read.complaints])
    plan = read.plan
    if plan is not None and not plan.get("only_plan") and plan["office"] != desk.office.name:
        return texts.another_office(read.name, plan["office"], desk.office.name)
    return ""


def _notes(read: ReadPlan, desk: Desk) -> tuple[str, ...]:
    """What stands below the count: another office's name, parts that were passed over."""
    is_other = bool(read.office) and read.office.casefold() != desk.office.name.casefold()
    found = (
        texts.other_name(read.office, desk.office.name) if is_other else "",
        texts.passed_over(read.passed_over) if read.passed_over else "",
    )
    return tuple(note for note in found if note)
