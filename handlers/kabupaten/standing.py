"""How the offices stand: worked out beside the turns, for it looks at every office, and put into words here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.kabupaten import OfficeStanding, ranking, standing_of
from domain.zones import Zone, local
from handlers.messages import ROW_LABEL, ROWS, Choose, Option, Outgoing, Say
from handlers.texts import kabupaten as texts
from handlers.texts.formats import shortened
from storage.figures_json import from_json, to_json
from storage.kabupaten import Hall

STANDINGS = "kabupaten_standings"
"""The job that looks at every office."""
RANKING, MISSING = "peringkat", "belum"
_PAGE = ROWS - 1


def standings(hall: Hall) -> dict[str, Any]:
    """The result of the job, as `told` reads it."""
    found = (standing_of(desk.office_id, desk.office.name, desk.summary()) for desk in hall.desks())
    return {"offices": [to_json(one) for one in found]}


def begin(hall: Hall, show: str) -> None:
    """Have it worked out; `show` says what of it is wanted."""
    details = {"kabupaten": hall.kabupaten, "at": hall.now.isoformat(), "show": show}
    hall.begin_job(STANDINGS, details)


def told(hall: Hall, result: dict[str, Any]) -> Outgoing:
    """What was wanted: `peringkat`, `belum`, `belum:hal:2`, or the posts of one office, `belum:<id>`."""
    if "offices" not in result:
        return Say(text=texts.STOPPED)
    found = tuple(from_json(OfficeStanding, one) for one in result["offices"])
    if not found:
        return Say(text=texts.NO_OFFICES)
    word, _, rest = str(result["show"]).partition(":")
    if word == RANKING:
        return _ranking(hall, found)
    page = rest.removeprefix("hal:")
    if page != rest or not rest:
        return _missing(found, int(page) if page.isdecimal() and len(page) < 4 else 1)
    wanted = next((one for one in found if str(one.office_id) == rest), None)
    return Say(text=texts.NO_SUCH_OFFICE if wanted is None else texts.posts_of(wanted))


def today(hall: Hall) -> date:
    """The local day of the kabupaten, whose offices share a zone."""
    zone = next((office.zone for office in hall.offices), Zone.WIB.value)
    return local(hall.now, zone).date()


def _ranking(hall: Hall, found: Sequence[OfficeStanding]) -> Outgoing:
    options = (Option(key="!belum", label=texts.MISSING), Option(key="!tambah", label=texts.ADD))
    title = texts.ranking_title(hall.kabupaten, today(hall))
    return Choose(title=title, text=texts.ranking(ranking(found)), options=options, by_number=False)


def _missing(found: Sequence[OfficeStanding], page: int) -> Outgoing:
    """Where most is missing first; a list of ten has room for nine and the next page."""
    behind = sorted((one for one in found if one.missing_posts), key=lambda one: (-len(one.missing_posts), one.office))
    if not behind:
        told_of = sum(not one.is_silent for one in found)
        return Say(text=texts.all_reported(told_of) if told_of else texts.NOTHING_DUE)
    start = _PAGE * (page - 1) if _PAGE * (page - 1) < len(behind) else 0
    shown = behind[start : start + _PAGE]
    options = [Option(key=f"!belum:{one.office_id}", label=shortened(one.office, ROW_LABEL - 4)) for one in shown]
    if start + _PAGE < len(behind):
        options.append(Option(key=f"!belum:hal:{page + 1}", label=texts.NEXT_PAGE))
    return Choose(text=texts.missing([texts.missing_line(one) for one in shown]), options=tuple(options))
