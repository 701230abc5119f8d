"""Adding an office by sending its workbook: read beside the turns, shown first, entered whole or not at all."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from handlers.dialogue import Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Document, File, Option, Outgoing, Say, Scan
from handlers.texts import inviting
from handlers.texts import kabupaten as texts
from handlers.texts.formats import moment
from handlers.texts.formats import person as addressed
from storage.kabupaten import AdminInvite, Hall, OfficeRefused, Refusal

READ_OFFICE = "read_office"
"""The job that reads a workbook."""


class ReadOffice(BaseModel):
    """What a workbook says: the plan as JSON, or `refused`, why it is none, or what must be mended in its cells."""

    model_config = ConfigDict(frozen=True)
    refused: str = ""
    complaints: tuple[str, ...] = ()
    plan: dict[str, Any] = {}


class Step(StrEnum):
    """CONFIRM: is this office to be added?"""

    CONFIRM = "confirm"


class Draft(BaseModel):
    """The plan as it was read, until it is entered."""

    model_config = ConfigDict(frozen=True)
    plan: dict[str, Any]


def sent(hall: Hall, said: Document) -> Outgoing:
    """A file: whether it is a workbook is seen when it is read."""
    hall.begin_job(READ_OFFICE, {"ref": said.ref, "name": said.name})
    return Say(text=texts.READING)


def read(hall: Hall, result: dict[str, Any]) -> Begin[Step, Draft, Hall] | Outgoing:
    """Show what was read, or say why it cannot be added."""
    found = ReadOffice.model_validate(result)
    if found.complaints:
        return Say(text=texts.refused(found.complaints))
    if not found.plan:
        return Say(text=found.refused or texts.UNREADABLE)
    refusal = hall.refusal(found.plan)
    if refusal is not None:
        return Say(text=_why(hall, refusal))
    return Begin(ADD_OFFICE, Step.CONFIRM, Draft(plan=found.plan), anew=True)


def ask(_step: Step, draft: Draft, hall: Hall) -> Question:
    facts = hall.facts(draft.plan)
    options = (Option(key="add", label=texts.ADD_IT), Option(key="not", label=texts.NOT_NOW))
    text = texts.preview(facts.office, facts.year, facts.posts, facts.indicators, facts.questions)
    return Choose(text=text, options=options)


def answer(_step: Step, draft: Draft, said: Said, _hall: Hall) -> Next[Step, Draft, Hall] | Retry | Done[Hall]:
    match said:
        case Tap(key="add"):
            return Done(lambda hall: _add(hall, draft))
        case Tap(key="not"):
            return Done(lambda _hall: Say(text=texts.NOT_ADDED))
        case _:
            return Retry(texts.TAP_ADD)


def _add(hall: Hall, draft: Draft) -> Outgoing:
    try:
        added = hall.add_office(draft.plan)
    except OfficeRefused as refused:
        return Say(text=_why(hall, refused.refusal))
    if added.admin is None:
        return Say(text=texts.added_without_admin(added.office))
    return _invitation(hall, added.office, added.admin)


def _invitation(hall: Hall, office: str, made: AdminInvite) -> File:
    """What the kabupaten passes on to the admin of the new office: a picture to scan, and the same in words."""
    links = list(hall.doors.links(made.code).items())
    scans = [Scan(label=inviting.label_of(channel), text=link) for channel, link in links]
    holder = "" if made.holder is None else addressed(made.holder.name, made.holder.salutation)
    words = inviting.invitation(made.post, holder, links, made.code, moment(made.expires_at, made.zone))
    return File(
        ref="",
        name="undangan-admin.png",
        title=texts.added(office),
        caption=words,
        is_picture=True,
        scans=tuple(scans) or (Scan(label=inviting.CODE, text=made.code),),
        secret=made.code,
    )


def _why(hall: Hall, refusal: Refusal) -> str:
    match refusal.kind:
        case "there":
            return texts.there_already(refusal.name)
        case "taken":
            return texts.taken(refusal.name)
        case "kabupaten":
            return texts.other_kabupaten(refusal.name, hall.kabupaten)
        case "unreadable":
            return texts.UNREADABLE


ADD_OFFICE = Dialogue(
    "add_office", Step, Draft, ask, answer, restart=texts.RESTART_ADD, cancelled=texts.NOT_ADDED, can_wait=False
)
