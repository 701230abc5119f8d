"""What the assistant says to somebody who looks after the offices of a kabupaten.

They see which posts have not reported, and how the offices stand as a whole; every figure of an indicator stays in its
office.
"""

from handlers.kabupaten.adding import ADD_OFFICE, READ_OFFICE, ReadOffice
from handlers.kabupaten.joining import OVERSEE
from handlers.kabupaten.joining import greet as greet_overseer
from handlers.kabupaten.reception import receive
from handlers.kabupaten.standing import STANDINGS, standings
from handlers.kabupaten.week import KABUPATEN_WEEK, compose_week, next_week, week_due

__all__ = [
    "ADD_OFFICE",
    "KABUPATEN_WEEK",
    "OVERSEE",
    "READ_OFFICE",
    "STANDINGS",
    "ReadOffice",
    "compose_week",
    "greet_overseer",
    "next_week",
    "receive",
    "standings",
    "week_due",
]
