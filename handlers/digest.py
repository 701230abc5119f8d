"""The office's summary: one picture and five lines, weekly to the camat and at any time on "ringkasan"."""

from domain.plan import Role
from domain.roles import OVERSEERS
from handlers.messages import Chart, Outgoing, Say
from handlers.texts import general
from handlers.texts import summary as texts
from handlers.texts.formats import person as addressed
from storage.desk import Desk

PICTURE = "overview"


def may_see_office(desk: Desk) -> bool:
    """The camat, the sekretaris and the admin see the whole office."""
    return desk.is_admin or any(held.post.role in OVERSEERS for held in desk.held_posts)


def summary(desk: Desk) -> Outgoing:
    """ "ringkasan": the same picture and lines as every week, of now."""
    if not may_see_office(desk):
        return Say(text=general.NOT_ALLOWED)
    return compose(desk)


def compose(desk: Desk) -> Outgoing:
    """Picture and lines from one snapshot; changes are told against last week's newest one of the period."""
    figures = desk.summary(before=desk.week_start)
    if figures is None:
        return Say(text=texts.NOTHING_OPEN)
    number = desk.keep_summary(figures)
    return Chart(
        chart=PICTURE, snapshot=number, title=texts.title(_salutation(desk), desk.today), caption=texts.lines(figures)
    )


def _salutation(desk: Desk) -> str:
    """ "Pak Camat" for the camat, else the person's own name."""
    person = desk.person
    if person.salutation and any(held.post.role is Role.CAMAT for held in desk.held_posts):
        return f"{person.salutation} Camat"
    return addressed(person.name, person.salutation)
