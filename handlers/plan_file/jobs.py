"""The slow work on a plan's file: what a job is told. Which office it is for, only the turn knows."""

from typing import Any

from domain.zones import local
from handlers.messages import Document, Outgoing, Say
from handlers.plan_file.steps import MARK_PLAN, READ_PLAN
from handlers.texts import plan_file as texts
from storage.desk import Desk
from storage.plan_uploads import Upload


def have_read(desk: Desk, said: Document) -> Outgoing:
    """Have a file read, unless it is the one whose plan holds."""
    since = desk.plan_uploads.held_since(said.ref)
    if since is not None:
        return Say(text=texts.same_file(local(since, desk.office.zone).date()))
    desk.plan_uploads.receive(said.ref, said.name)
    begin_reading(desk, said)
    return Say(text=texts.RECEIVED)


def begin_reading(desk: Desk, said: Document, year: int | None = None) -> None:
    """Have a file read; what it says comes back as a message of its own. `year` is for one that prints none."""
    desk.begin_job(READ_PLAN, {"ref": said.ref, "name": said.name, "year": year, "posts": _posts(desk)})


def _posts(desk: Desk) -> list[dict[str, Any]]:
    """The posts of the office, to which a plan's headings are matched."""
    titles = {post.id: post.title for post in desk.posts}
    return [
        {
            "title": post.title,
            "role": post.role.value,
            "superior": titles.get(post.superior_id or 0),
            "section": post.section,
            "is_admin": post.is_admin,
            "unit": post.unit,
            "former_titles": list(post.former_titles),
        }
        for post in desk.posts
        if post.exists_on(desk.today)
    ]


def begin_marking(desk: Desk, upload: Upload) -> None:
    """Have what was read of a file written as an office workbook, its doubtful cells marked and its answers filled
    in."""
    given = [
        {"indicator": one.indicator, "about": one.about.value, "value": one.value} for one in upload.answers.values()
    ]
    desk.begin_job(MARK_PLAN, {"plan": {**upload.reading, "office": desk.office.name}, "answers": given})


def begin_template(desk: Desk) -> None:
    """Have an empty office workbook written."""
    desk.begin_job(MARK_PLAN, {"year": desk.today.year})
