"""`renaksi verify`: whether the figures of a picture or form are still those of the database."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import machine_now
from bot.holiday_dates import NationalAlmanac
from bot.refused import Refused
from bot.which_office import find_office
from handlers.texts import verifying as texts
from storage.desk import Desk
from storage.engine import Engine, reading
from storage.snapshots import office_of
from storage.verification import Outcome, verify

EXITS: Mapping[Outcome, int] = {Outcome.SAME: 0, Outcome.CHANGED: 1, Outcome.NOT_COMPARABLE: 2}
"""What the command tells a script."""


@dataclass(frozen=True)
class Answer:
    """What is said of a number, and what the comparison came to."""

    text: str
    outcome: Outcome


def answer(engine: Engine, number: int, office: str | None) -> Answer:
    """Compare a snapshot with the rows as they are now. Raises Refused for a number that there is not, and for one of
    another office than the one that is named."""
    with reading(engine) as connection:
        owner = office_of(connection, number)
        if owner is None or (office is not None and find_office(connection, office) != owner):
            raise Refused(texts.unknown_here(number))
        desk = Desk(connection, owner, machine_now(), NationalAlmanac())
        found = verify(desk, number)
        if found is None:
            raise Refused(texts.unknown_here(number))
        text = f"{texts.title(found.snapshot)}\n{texts.body(found, desk.office.full_name, desk.office.zone)}"
    return Answer(text, found.outcome)
