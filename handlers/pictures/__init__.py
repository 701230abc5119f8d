""" "grafik": pictures at any time, each for those who may see it: a section, an indicator, who reported when.

Its buttons last: `!grafik:<what>:<which>:<page>`, where what is `daftar` (the sections), `seksi` and `pilih` (the
picture and the indicators of a section, which is told by the first of its posts), `indikator` or `lapor`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.openings import Duty
from domain.roles import section_names
from handlers import notes
from handlers.by_name import find_indicators, find_sections
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Chart, Choose, Option, Outgoing, Say
from handlers.picture_pages import compliance_pages, section_pages
from handlers.texts import general
from handlers.texts import pictures as texts
from handlers.texts.formats import indicator, shortened
from storage.desk import Desk
from storage.picture_book import COMPLIANCE, INDICATOR, SECTION

_ADDRESS = re.compile(r"(daftar|seksi|pilih|indikator|lapor)(?::(\d{1,12}))?(?::(\d{1,4}))?")
_MOST_WORDS = 6
OWN = 0
"""Stands for a section where the list is that of the person's own indicators."""


@dataclass(frozen=True)
class _Row:
    """A picture in a list: its button, its name and its numbers in words."""

    key: str
    name: str
    numbers: str = ""

    def option(self, limit: int) -> Option:
        """As a row of at most `limit` characters; a name that is cut stands in full in its second line."""
        label = shortened(self.name, limit)
        whole = " · ".join(part for part in (self.name if label != self.name else "", self.numbers) if part)
        return Option(key=self.key, label=label, hint=shortened(whole, ROW_HINT))


def takes(words: str) -> bool:
    """Whether words after "grafik" may name a picture: a longer sentence only begins like it."""
    return len(words.split()) <= _MOST_WORDS


def offered(desk: Desk) -> tuple[Option, ...]:
    """The buttons below the office's summary, for those who see the office."""
    if not desk.sight.office:
        return ()
    return (
        Option(key="!grafik:daftar", label=texts.SECTIONS),
        Option(key="!grafik:lapor", label=texts.COMPLIANCE),
    )


def picture(desk: Desk, words: str) -> Outgoing:
    """Answer "grafik", its buttons, and "grafik" with the name of a section or an indicator."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    address = _ADDRESS.fullmatch(words.casefold().strip())
    if address is None:
        return _named(desk, words.strip()) if words.strip() else _first(desk)
    what, which, page = address[1], int(address[2] or OWN), int(address[3] or 1)
    match what:
        case "seksi" if which:
            return _section(desk, section_names(desk.organisation.posts.values()).get(which, ""), page)
        case "daftar" | "seksi":
            return sections(desk, max(which, 1))
        case "pilih":
            return _indicators(desk, which, page)
        case "indikator" if which:
            return _indicator(desk, which)
        case "indikator":
            return _indicators(desk, OWN, 1)
        case _:
            return compliance(desk, max(which, 1))


def _first(desk: Desk) -> Outgoing:
    """The choice of pictures for those who see the office; the own section's picture or the own indicators for the
    rest."""
    if desk.sight.office:
        options = (Option(key="!ringkasan", label=texts.OVERVIEW), *offered(desk))
        return Choose(text=texts.WHICH_PICTURE, options=options, by_number=False)
    return sections(desk) if _visible_sections(desk) else _indicators(desk, OWN, 1)


def _named(desk: Desk, words: str) -> Outgoing:
    """What a name means among what the person may see: a section, else an indicator; a list of several."""
    named = find_sections(words, _visible_sections(desk))
    if len(named) == 1:
        return _section(desk, named[0], 1)
    found = () if named else find_indicators(words, _visible_indicators(desk))
    if len(found) == 1:
        return _indicator(desk, found[0].id)
    if named:
        return Choose(text=texts.WHICH_SECTION, options=_list(_section_rows(desk, named[:ROWS])), by_number=False)
    if found:
        return Choose(text=texts.WHICH_INDICATOR, options=_list(_indicator_rows(found[:ROWS])), by_number=False)
    return _instead(_first(desk), texts.not_found(words))


def _instead(shown: Outgoing, hint: str) -> Outgoing:
    """What is shown in place of what was not found."""
    match shown:
        case Choose():
            return shown.model_copy(update={"text": f"{hint} {texts.WHAT_THERE_IS}"})
        case Chart():
            return shown.model_copy(update={"caption": f"{hint}\n{shown.caption}"})
        case _:
            return shown


# --- sections -----------------------------------------------------------------------------------------------------


def sections(desk: Desk, page: int = 1) -> Outgoing:
    """The list of sections that the person may see."""
    seen = _visible_sections(desk)
    if not seen:
        return Say(text=texts.NONE_YET if desk.sight.office else texts.NOT_YOURS)
    if len(seen) == 1:
        return _section(desk, seen[0], 1)
    options = _list(_section_rows(desk, seen), "!grafik:daftar", page)
    return Choose(text=texts.WHICH_SECTION, options=options, by_number=False)


def _section_rows(desk: Desk, names: Sequence[str]) -> tuple[_Row, ...]:
    book = desk.pictures
    return tuple(
        _Row(f"!grafik:seksi:{_first_post(desk, name)}", name, texts.section_hint(book.section(name))) for name in names
    )


def _section(desk: Desk, name: str, page: int) -> Outgoing:
    if name not in desk.sight.sections:
        return Say(text=texts.NOT_YOURS if name else texts.GONE)
    book = desk.pictures
    if name not in book.sections:
        return Say(text=texts.GONE)
    detail = book.section(name)
    if detail is None:
        return Say(text=texts.not_yet(name))
    post, pages = _first_post(desk, name), len(section_pages(detail.indicators))
    page = min(max(page, 1), pages)
    buttons = [*_next_page(f"!grafik:seksi:{post}", page, pages)]
    buttons.append(Option(key=f"!grafik:pilih:{post}", label=texts.CHOOSE_INDICATOR))
    if len(_visible_sections(desk)) > 1:
        buttons.append(Option(key="!grafik:daftar", label=texts.OTHER_SECTION))
    return Chart(
        chart=SECTION,
        snapshot=book.keep(detail),
        page=page,
        title=texts.section_title(detail),
        caption=texts.section_caption(detail, page, pages),
        options=tuple(buttons),
    )


def _visible_sections(desk: Desk) -> tuple[str, ...]:
    """Those that have anything to report."""
    return tuple(name for name in desk.pictures.sections if name in desk.sight.sections)


def _first_post(desk: Desk, section: str) -> int:
    """By what a button tells a section: a name may be longer than a button carries."""
    names = section_names(desk.organisation.posts.values())
    return next(post_id for post_id, name in names.items() if name == section)


# --- indicators -----------------------------------------------------------------------------------------------------


def _indicators(desk: Desk, post_id: int, page: int) -> Outgoing:
    """The indicators of the section in which a post stands, or all that the person may see."""
    name = section_names(desk.organisation.posts.values()).get(post_id, "")
    if post_id != OWN and name not in desk.sight.sections:
        return Say(text=texts.NOT_YOURS if name else texts.GONE)
    found = _visible_indicators(desk) if post_id == OWN else _of_section(desk, name)
    if not found:
        return Say(text=texts.NONE_YET)
    if len(found) == 1:
        return _indicator(desk, found[0].id)
    options = _list(_indicator_rows(found), f"!grafik:pilih:{post_id}", page)
    return Choose(text=texts.WHICH_INDICATOR, options=options, by_number=False)


def _indicator_rows(duties: Sequence[Duty]) -> tuple[_Row, ...]:
    return tuple(_Row(f"!grafik:indikator:{duty.id}", indicator(duty.name, 200)) for duty in duties)


def _indicator(desk: Desk, indicator_id: int) -> Outgoing:
    book = desk.pictures
    duty = next((one for one in book.duties if one.id == indicator_id), None)
    if duty is None:
        return Say(text=texts.GONE)
    if duty.post_id not in desk.sight.posts:
        return Say(text=texts.NOT_YOURS)
    year = book.indicator(duty)
    return Chart(
        chart=INDICATOR,
        snapshot=book.keep(year),
        title=texts.indicator_title(year),
        caption=texts.indicator_caption(year),
        options=_beside(desk, duty),
    )


def _beside(desk: Desk, duty: Duty) -> tuple[Option, ...]:
    """What to do after an indicator: say something about it, look at others."""
    return (*notes.offered(desk, duty), *_others(desk, duty))


def _others(desk: Desk, duty: Duty) -> tuple[Option, ...]:
    """Others of its section, or of one's own."""
    name = section_names(desk.organisation.posts.values())[duty.post_id]
    if name in desk.sight.sections:
        post = _first_post(desk, name)
        return (
            Option(key=f"!grafik:pilih:{post}", label=texts.OTHER_INDICATOR),
            Option(key=f"!grafik:seksi:{post}", label=texts.SECTIONS),
        )
    if len(_visible_indicators(desk)) == 1:
        return ()
    return (Option(key=f"!grafik:pilih:{OWN}", label=texts.OTHER_INDICATOR),)


def _visible_indicators(desk: Desk) -> tuple[Duty, ...]:
    return tuple(duty for duty in desk.pictures.shown_duties if duty.post_id in desk.sight.posts)


def _of_section(desk: Desk, name: str) -> tuple[Duty, ...]:
    names = section_names(desk.organisation.posts.values())
    return tuple(duty for duty in desk.pictures.shown_duties if names[duty.post_id] == name)


# --- who reported when ------------------------------------------------------------------------------------------------


def compliance(desk: Desk, page: int = 1) -> Outgoing:
    """Who reported when, for those who see the office."""
    if not desk.sight.office:
        return Say(text=texts.NOT_YOURS)
    book = desk.pictures
    table = book.compliance()
    if table is None:
        return Say(text=texts.NONE_YET)
    pages = len(compliance_pages(table.posts))
    page = min(max(page, 1), pages)
    return Chart(
        chart=COMPLIANCE,
        snapshot=book.keep(table),
        page=page,
        title=texts.compliance_title(table),
        caption=texts.compliance_caption(table, page, pages),
        options=(
            *_next_page("!grafik:lapor", page, pages),
            Option(key="!grafik:daftar", label=texts.SECTIONS),
        ),
    )


# --- lists and pages --------------------------------------------------------------------------------------------------


def _list(rows: Sequence[_Row], more: str = "", page: int = 1) -> tuple[Option, ...]:
    """A page of a list of at most ten rows; the last row of a longer one leads on, with `more` before its page."""
    if len(rows) <= ROWS:
        return _labelled(rows)
    room, pages = ROWS - 1, -(-len(rows) // (ROWS - 1))
    page = (page - 1) % pages + 1
    shown, following = rows[(page - 1) * room : page * room], page % pages + 1
    onward = _Row(f"{more}:{following}", texts.MORE if following > 1 else texts.FIRST)
    return _labelled([*shown, onward])


def _labelled(rows: Sequence[_Row]) -> tuple[Option, ...]:
    """Three and fewer are buttons, whose labels are shorter."""
    limit = ROW_LABEL if len(rows) > BUTTONS else BUTTON_LABEL
    return tuple(row.option(limit) for row in rows)


def _next_page(key: str, page: int, pages: int) -> tuple[Option, ...]:
    """The button to the next page of a picture, after the last to the first one."""
    following = page % pages + 1
    return (Option(key=f"{key}:{following}", label=texts.page(following)),) if pages > 1 else ()
