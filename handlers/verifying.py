""" "periksa 123": whether the figures of a picture or form are still those of today, for those who may see it."""

import re

from domain.openings import Duty
from domain.periods import Period
from domain.roles import section_names
from handlers.messages import Choose, Option, Outgoing, Say
from handlers.texts import general
from handlers.texts import verifying as texts
from storage.desk import Desk
from storage.form_kinds import form_name, is_form
from storage.verification import Outcome, Verified, verify

_NUMBER = re.compile(r"\d+")
_LARGEST = 2**63 - 1
_MOST_WORDS = 6


def takes(words: str) -> bool:
    """Whether words after "periksa" name a number: `123`, `no. 123`, `nomor 123 A1B2 C3D4`."""
    return _NUMBER.search(words) is not None and len(words.split()) <= _MOST_WORDS


def check(desk: Desk, words: str) -> Outgoing:
    """Answer "periksa" with a number."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    named = _NUMBER.search(words)
    if named is None:
        return Say(text=texts.WHICH)
    number = int(named[0])
    found = verify(desk, number, desk.sight) if number <= _LARGEST else None
    if found is None:
        return Say(text=texts.unknown(named[0]))
    title, text = texts.title(found.snapshot), texts.body(found, desk.office.full_name, desk.office.zone)
    if found.outcome is Outcome.SAME:
        return Say(title=title, text=text)
    return Choose(title=title, text=text, options=(_anew(desk, found),), by_number=False)


def _anew(desk: Desk, found: Verified) -> Option:
    """The button that makes the same of the figures as they are now."""
    if is_form(found.snapshot):
        key = f"!unduh:{form_name(found.snapshot)}:{found.snapshot.period}"
        post = _first_post(desk, found.of)
        return Option(key=f"{key}::{post}" if post else key, label=texts.ANEW)
    return Option(key=_picture(desk, found), label=texts.ANEW_PICTURE)


def _picture(desk: Desk, found: Verified) -> str:
    match found.snapshot.kind:
        case "summary":
            return "!ringkasan"
        case "section" if post := _first_post(desk, found.of):
            return f"!grafik:seksi:{post}"
        case "indicator" if duty := _named(desk, found):
            return f"!grafik:indikator:{duty.id}"
        case "compliance":
            return "!grafik:lapor"
        case "budget":
            return "!serapan"
        case "years":
            return "!grafik:tahun"
        case _:
            return "!grafik"


def _first_post(desk: Desk, section: str) -> int:
    """By what buttons tell a section; 0 for one that is gone, and for the whole office."""
    names = section_names(desk.organisation.posts.values())
    return next((post_id for post_id, name in names.items() if name == section), 0)


def _named(desk: Desk, found: Verified) -> Duty | None:
    """The indicator that a picture is of, by its code: a name may stand for several."""
    year, code = Period.parse(found.snapshot.period).year, (found.snapshot.wanted or {}).get("indicator")
    return next((duty for duty in desk.duties_in(year) if (duty.code, duty.measure.year) == (code, year)), None)
