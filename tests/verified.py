"""Figures as somebody has checked them, put where a decision would put them: for tests of what shows figures."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from domain.periods import Period
from domain.standing import Standing
from storage.figures import recompute
from storage.reports import newest
from storage.rows import add, add_all
from storage.tables import Person, Post, Review, table

_person, _post = table(Person), table(Post)


def check(
    connection: Connection,
    office_id: int,
    figures: Iterable[tuple[int, Period]],
    now: datetime,
    verdict: Standing = Standing.VERIFIED,
) -> None:
    """Verify what is reported of indicators for periods, or decide what else is said, by anybody of the office."""
    person_id = connection.execute(select(_person.c.id).where(_person.c.office_id == office_id)).scalars().first()
    if person_id is None:
        values = {"office_id": office_id, "name": "Dewi Lestari", "phone": "+6281200000199"}
        person_id = add(connection, _person, values)
    post_id = connection.execute(select(_post.c.id).where(_post.c.office_id == office_id)).scalars().first()
    about = {"office_id": office_id, "verdict": verdict.value, "person_id": person_id, "post_id": post_id, "at": now}
    found = [newest(connection, indicator_id, period) for indicator_id, period in figures]
    assert None not in found, "one of the figures was not reported"
    reviews = [{**about, "report_id": one.id, "reason": "", "capacity": ""} for one in found if one is not None]
    add_all(connection, table(Review), reviews)
    recompute(connection, office_id, sorted({indicator_id for indicator_id, _period in figures}))
