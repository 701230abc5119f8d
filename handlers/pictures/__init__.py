""" "grafik": pictures at any time, each for those who may see it, of now or of a period: "grafik pemerintahan maret".

Its buttons last: `handlers.pictures.address`.
"""

from collections.abc import Callable, Mapping

from handlers.by_name import find_indicators, find_sections
from handlers.messages import ROWS, Chart, Choose, Option, Outgoing, Say
from handlers.period_words import split_period
from handlers.pictures.address import Address
from handlers.pictures.indicators import indicator, indicator_list, indicator_rows, visible_indicators
from handlers.pictures.lists import listed
from handlers.pictures.office import budget, compliance, offered, overview, years
from handlers.pictures.sections import section, section_list, section_of, section_rows, visible_sections
from handlers.texts import general
from handlers.texts import pictures as texts
from storage.desk import Desk

__all__ = ["offered", "overview", "picture", "sections", "spending", "takes", "timeliness"]

_MOST_WORDS = 9
_OTHER_WORDS: Mapping[str, str] = {
    "ringkasan": "kantor",
    "ketepatan": "lapor",
    "siapa lapor kapan": "lapor",
    "serapan": "keuangan",
    "serapan anggaran": "keuangan",
    "anggaran": "keuangan",
    "realisasi keuangan": "keuangan",
    "tahun lalu": "tahun",
    "dua tahun": "tahun",
    "perbandingan": "tahun",
}
"""What people call a picture, besides the word of its button."""


def takes(words: str) -> bool:
    """Whether words after "grafik" may name a picture: a longer sentence only begins like it."""
    return len(words.split()) <= _MOST_WORDS


def sections(desk: Desk, words: str = "") -> Outgoing:
    """ "rincian": the list of sections that the person may see."""
    return picture(desk, f"daftar {words}")


def timeliness(desk: Desk, words: str = "") -> Outgoing:
    """ "ketepatan": who reported when."""
    return picture(desk, f"lapor {words}")


def spending(desk: Desk, words: str = "") -> Outgoing:
    """ "serapan": what was spent of the budget."""
    return picture(desk, f"keuangan {words}")


def picture(desk: Desk, words: str) -> Outgoing:
    """Answer "grafik", its buttons, and "grafik" with a kind, the name of a section or an indicator, and a period."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    address = Address.parse(words)
    if address is not None:
        return _shown(desk, address)
    name, period = split_period(words, desk.today)
    kind = " ".join(name.casefold().split())
    address = Address.parse(_OTHER_WORDS.get(kind, kind))
    if address is not None:
        return _shown(desk, Address(address.what, address.which, address.page, period))
    if not name:
        return _of_period(desk, Address("kantor", period=period))
    found = _named(desk, name, Address("", period=period))
    if found is None and period is not None:
        found = _named(desk, words, Address(""))
    return found or _instead(_first(desk), texts.not_found(words))


def _shown(desk: Desk, address: Address) -> Outgoing:
    match address.what:
        case "seksi" if address.which:
            return section(desk, section_of(desk, address.which), address)
        case "seksi":
            return section_list(desk, Address("daftar", page=address.page, period=address.period))
        case "indikator" if address.which:
            return indicator(desk, address)
        case what:
            return _OTHERS[what](desk, address)


def _of_period(desk: Desk, address: Address) -> Outgoing:
    """The widest picture of a period that the person may see; without a period, the choice of pictures."""
    if address.period is None:
        return _first(desk)
    if desk.sight.office:
        return overview(desk, address.period)
    if visible_sections(desk):
        return section_list(desk, Address("daftar", period=address.period))
    return indicator_list(desk, Address("indikator", period=address.period))


_OTHERS: Mapping[str, Callable[[Desk, Address], Outgoing]] = {
    "daftar": section_list,
    "pilih": indicator_list,
    "indikator": indicator_list,
    "lapor": compliance,
    "keuangan": budget,
    "tahun": years,
    "kantor": _of_period,
}


def _first(desk: Desk) -> Outgoing:
    """The choice of pictures for those who see the office; the own section's picture or the own indicators for the
    rest."""
    if desk.sight.office:
        options = (Option(key="!ringkasan", label=texts.OVERVIEW), *offered(desk))
        return Choose(text=texts.WHICH_PICTURE, options=options, by_number=False)
    if visible_sections(desk):
        return section_list(desk, Address("daftar"))
    return indicator_list(desk, Address("indikator"))


def _named(desk: Desk, words: str, address: Address) -> Outgoing | None:
    """What a name means among what the person may see: a section, else an indicator; a list of several."""
    named = find_sections(words, visible_sections(desk))
    if len(named) == 1:
        return section(desk, named[0], address)
    found = () if named else find_indicators(words, visible_indicators(desk, address))
    if len(found) == 1:
        return indicator(desk, Address("indikator", found[0].id, period=address.period))
    if named:
        options = listed(section_rows(desk, named[:ROWS], address))
        return Choose(text=texts.WHICH_SECTION, options=options, by_number=False)
    if found:
        options = listed(indicator_rows(found[:ROWS], address))
        return Choose(text=texts.WHICH_INDICATOR, options=options, by_number=False)
    return None


def _instead(shown: Outgoing, hint: str) -> Outgoing:
    """What is shown in place of what was not found."""
    match shown:
        case Choose():
            return shown.model_copy(update={"text": f"{hint} {texts.WHAT_THERE_IS}"})
        case Chart():
            return shown.model_copy(update={"caption": f"{hint}\n{shown.caption}"})
        case _:
            return shown
