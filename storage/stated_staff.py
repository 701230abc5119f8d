"""Posts and people as a workbook states them, entered beside what was changed in the chat (domain.md 7).

A post is known by its title or by one that it had before. Somebody whom the workbook still names in a post that they
left does not come back by that: only a later first day brings them back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from domain.absence import Holding
from domain.appointments import has_holder
from domain.plan import Capacity, OfficePlan, PersonRow, PostRow
from domain.titles import by_title, renamed
from storage import numbers, people, schema
from storage.rows import add
from storage.staff import rename_in_rules

_post = schema.post
_person = schema.person
_tenure = schema.tenure

_POSTS = select(_post.c.id, _post.c.title, _post.c.former_titles).where(_post.c.office_id == bindparam("office"))
_CHANGED = update(_post).where(_post.c.id == bindparam("post"))


def ids_by_title(connection: Connection, office_id: int) -> dict[str, int]:
    """The posts of the office by what they are called now, and by what they were called before."""
    rows = connection.execute(_POSTS, {"office": office_id}).all()
    return by_title({row.id: row.title for row in rows}, {row.id: row.former_titles for row in rows})


# --- posts ----------------------------------------------------------------------------------------------------------


def enter_posts(connection: Connection, office_id: int, plan: OfficePlan) -> dict[str, int]:
    """Enter the posts of a plan; return the ids by every title that the plan may call them by.

    A mere plan adds those that the office does not have and changes no other. Which posts manage the office stays as it
    is where the workbook names none.
    """
    ids = ids_by_title(connection, office_id)
    entered = [(at, post) for at, post in enumerate(plan.posts) if not plan.only_plan or post.title not in ids]
    names_admins = any(post.is_admin for _at, post in entered)
    for position, post in entered:
        ids[post.title] = _enter_post(connection, office_id, post, position, ids, names_admins=names_admins)
    for _position, post in entered:
        superior_id = ids[post.superior] if post.superior else None
        connection.execute(_CHANGED, {"post": ids[post.title], "superior_id": superior_id})
    return ids


def _enter_post(
    connection: Connection, office_id: int, post: PostRow, position: int, ids: Mapping[str, int], *, names_admins: bool
) -> int:
    values: dict[str, Any] = {
        "role": post.role,
        "section": post.section,
        "position": position,
        "unit": post.unit,
        "ended": post.ended,
    }
    if names_admins:
        values["is_admin"] = post.is_admin
    known = next((ids[title] for title in (post.title, *post.former_titles) if title in ids), None)
    if known is None:
        named = {"title": post.title, "former_titles": list(post.former_titles)}
        return add(connection, _post, {"office_id": office_id, "is_admin": post.is_admin, **named, **values})
    row = connection.execute(_POSTS.where(_post.c.id == known), {"office": office_id}).one()
    connection.execute(_CHANGED, {"post": known, **values, **_called(connection, office_id, row, post)})
    return known


def _called(connection: Connection, office_id: int, row: Row[*tuple[Any, ...]], post: PostRow) -> dict[str, Any]:
    """What a known post is called: as the workbook says, unless that is what it was called before."""
    former = dict.fromkeys((*post.former_titles, *row.former_titles))
    if post.title == row.title or post.title in row.former_titles:
        return {"former_titles": [title for title in former if title != row.title]}
    rename_in_rules(connection, office_id, row.title, post.title)
    return {"title": post.title, "former_titles": list(renamed(former, row.title, post.title))}


# --- who manages the office -------------------------------------------------------------------------------------------


class AdminLost(Exception):
    """A workbook would leave the office without anybody who manages it."""


@dataclass(frozen=True)
class Managed:
    """By which posts an office is managed, and who holds its posts."""

    posts: frozenset[int]
    holdings: tuple[Holding, ...]

    @classmethod
    def now(cls, connection: Connection, office_id: int) -> "Managed":
        """As it stands in the database."""
        admins = frozenset(one.id for one in people.posts(connection, office_id) if one.is_admin)
        return cls(admins, tuple(people.holdings(connection, office_id)))

    def on(self, day: date) -> bool:
        """Whether anybody manages the office on that day."""
        return has_holder(self.posts, day, self.holdings)


def must_keep_an_admin(before: Managed, after: Managed, plan: OfficePlan, today: date) -> None:
    """Raise AdminLost where a plan takes the last admin away, today or on the day after somebody's last; an office that
    had none on a day is not made worse."""
    days = {today, *(one.until + timedelta(days=1) for one in plan.people if one.until is not None)}
    if any(day >= today and before.on(day) and not after.on(day) for day in days):
        raise AdminLost


# --- people ---------------------------------------------------------------------------------------------------------


def enter_people(
    connection: Connection, office_id: int, plan: OfficePlan, posts: Mapping[str, int], today: date
) -> None:
    """Enter the people of a plan, each into a post."""
    rows = connection.execute(select(_person.c.name, _person.c.id).where(_person.c.office_id == office_id))
    ids: dict[str, int] = {row.name: row.id for row in rows}
    agreed = numbers.with_agreed_number(connection, office_id)
    for person in plan.people:
        values = {"salutation": person.salutation, "phone": person.phone}
        if ids.get(person.name) in agreed:  # the workbook still says the old number
            del values["phone"]
        if person.name in ids:
            connection.execute(update(_person).where(_person.c.id == ids[person.name]).values(**values))
        else:
            ids[person.name] = add(connection, _person, {"office_id": office_id, "name": person.name, **values})
    for person in plan.people:
        together = [ids[one.name] for one in plan.people if one.post == person.post]
        first_day = date(plan.year, 1, 1)
        _enter_tenure(connection, person, posts[person.post], ids[person.name], together, first_day, today)


def _enter_tenure(
    connection: Connection,
    person: PersonRow,
    post_id: int,
    person_id: int,
    together: Iterable[int],
    first_day: date,
    today: date,
) -> None:
    """Put a person into a post, in which `together` are all whom the workbook names for it.

    Whoever else held it in the same capacity leaves it the day before, and so does a Plt where a definitive holder
    comes. Without a date the first holder has been there since the year began, and a successor begins today.
    """
    of_post = (_tenure.c.post_id == post_id) & (_tenure.c.capacity == person.capacity)
    theirs = of_post & (_tenure.c.person_id == person_id)
    held = connection.execute(select(_tenure).where(theirs).order_by(_tenure.c.starts.desc())).first()
    if held is not None and _is_the_same(held, person):
        if person.until is not None:
            connection.execute(update(_tenure).where(_tenure.c.id == held.id).values(ends=person.until))
        return
    left = of_post & _tenure.c.ends.is_(None) & _tenure.c.person_id.not_in(together)
    has_predecessor = connection.execute(select(_tenure.c.id).where(left)).first() is not None
    starts = person.since or (today if has_predecessor else first_day)
    connection.execute(update(_tenure).where(left).values(ends=starts - timedelta(days=1)))
    if person.capacity is Capacity.DEFINITIF:
        _end_acting(connection, post_id, starts)
    values = {"post_id": post_id, "person_id": person_id, "capacity": person.capacity}
    add(connection, _tenure, {**values, "starts": starts, "ends": person.until})


def _is_the_same(held: Row[*tuple[Any, ...]], person: PersonRow) -> bool:
    """Whether what the workbook says of somebody in a post is what is known, though it may have ended in the chat."""
    return held.ends is None or person.since is None or person.since <= held.ends


def _end_acting(connection: Connection, post_id: int, starts: date) -> None:
    """A Plt who acts beyond the day before stops with it."""
    acting = (_tenure.c.post_id == post_id) & (_tenure.c.capacity == Capacity.PLT) & (_tenure.c.starts < starts)
    beyond = _tenure.c.ends.is_(None) | (_tenure.c.ends >= starts)
    connection.execute(update(_tenure).where(acting, beyond).values(ends=starts - timedelta(days=1)))
