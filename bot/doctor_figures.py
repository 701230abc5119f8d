"""What `renaksi doctor` says of figures and their sums: whether they are what the reports give; and mending them."""

from collections.abc import Mapping
from datetime import datetime

from bot.findings import Finding
from domain.periods import Period
from handlers.texts.formats import periods_with_year
from storage import figures
from storage.audit import Actor, record
from storage.engine import Connection, Engine, reading, writing
from storage.figures import Recount
from storage.offices import names

RECOUNTED = "recounted"
"""The entry of the record."""
_CHECK = "angka"
_COMMAND = Actor(None, None, "", "perintah", None)
_MOST_NAMED = 3
"""Periods and offices that are named."""


def examine_figures(engine: Engine, offices: Mapping[int, str]) -> Finding:
    """Compute the figures and sums of some offices, named by their id, again from all of their reports, and compare.

    Takes about a quarter of a second for 150 indicators of twelve months. Each office is a transaction of its own: a
    long one would let the journal grow.
    """
    found = {name: _counted(engine, office_id) for office_id, name in offices.items()}
    wrong = [_told(name, one) for name, one in found.items() if not one.is_right]
    if not wrong:
        return Finding(_CHECK, True, "sama dengan hitungan ulang dari laporannya")
    rest = [f"dan {len(wrong) - _MOST_NAMED} kantor lain"] if len(wrong) > _MOST_NAMED else []
    text = "; ".join([*wrong[:_MOST_NAMED], *rest])
    return Finding(_CHECK, False, text, "Hitung ulang dari laporannya: renaksi doctor --recount")


def _counted(engine: Engine, office_id: int) -> Recount:
    with reading(engine) as connection:
        return figures.recount(connection, office_id)


def _told(office: str, found: Recount) -> str:
    """`Kubutambahan: 2 angka dan 3 jumlah berbeda dari laporannya, periode Maret 2022`."""
    codes = {code for _indicator, code in found.figures} | {cell.period.code for cell in found.cells}
    periods = sorted(map(Period.parse, codes), key=lambda period: (period.end, period.code))
    rest = f" dan {len(periods) - _MOST_NAMED} lainnya" if len(periods) > _MOST_NAMED else ""
    counted = f"{len(found.figures)} angka dan {len(found.cells)} jumlah"
    return f"{office}: {counted} berbeda dari laporannya, periode {periods_with_year(periods[:_MOST_NAMED])}{rest}"


def recount_figures(engine: Engine, now: datetime) -> None:
    """Compute again what differs from the reports, and say so in the record of its office. `now` is the machine's."""
    with reading(engine) as connection:
        offices = names(connection)
    for office_id in offices:
        with writing(engine) as connection:
            _recount(connection, office_id, now)


def _recount(connection: Connection, office_id: int, now: datetime) -> None:
    found = figures.recount(connection, office_id)
    if found.is_right:
        return
    figures.recompute_all(connection, office_id)
    about = f"figures {len(found.figures)}, sums {len(found.cells)}"
    record(connection, office_id, _COMMAND, now, RECOUNTED, f"office {office_id}", old=about)
