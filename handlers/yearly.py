"""What the admin is told once a year: in November, that next year's cuti bersama is not known yet (domain.md 5)."""

from collections.abc import Mapping
from typing import Any

from handlers.messages import Notice
from handlers.occasions import Unasked
from handlers.texts import calendar as texts
from storage.desk import Desk

CUTI_BERSAMA = "cuti bersama"
"""The kind of occasion of this file."""
_NOVEMBER = 11


def due(desk: Desk) -> tuple[Unasked, ...]:
    """One warning to every admin on the first working day of November on which it is still true."""
    following = desk.today.year + 1
    if desk.today.month != _NOVEMBER or desk.almanac.knows_cuti_bersama(following):
        return ()
    occasion = {"kind": CUTI_BERSAMA, "year": following}
    key = f"cuti-bersama:{desk.office_id}:{following}"
    return tuple(Unasked(person_id, f"{key}:{person_id}", occasion) for person_id in desk.admins)


def compose(_desk: Desk, occasion: Mapping[str, Any]) -> Notice:
    year = str(occasion["year"])
    return Notice(name="cuti_bersama", params=(year,), text=texts.cuti_bersama_unknown(year))
