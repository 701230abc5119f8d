"""Sentences about what somebody takes over with a post (domain.md 7): what remains, last positions, what is open."""

from collections.abc import Sequence
from datetime import date

from domain.handover import Inherited
from domain.modes import Mode
from domain.openings import Closing
from domain.periods import Period
from handlers.texts.formats import amount, day, figure_of_unit, fitted, indicator, listed, period, shortened
from handlers.texts.formats import periods_with_year as closing_name

SHOW_ALL, REPORT, NEXT_PAGE = "Selengkapnya", "Lapor sekarang", "Berikutnya"
NOTHING = "Belum ada indikator pada jabatan Anda, jadi tidak ada yang diserahterimakan. Ketik status."
NOT_YOURS = "Serah terima hanya untuk pemegang jabatan itu. Ketik status untuk melihat laporan Anda."
WHICH = "Serah terima jabatan yang mana?"
ENDING = "Ketik lapor untuk melapor."
ON_JOINING = "Ketik serah terima untuk melihat yang Anda teruskan."
_NAMED = 3
"""Periods or indicators that are named before the rest is counted."""
_NAME, _FULL_NAME = 44, 60
_ROOM = 820


def short(
    name: str,
    title: str,
    predecessor: str,
    found: Sequence[Inherited],
    counts: Sequence[str],
    following: Closing | None,
) -> str:
    """The first day in a post, in a dozen lines: from whom, what of a few indicators, what is open, what comes next."""
    of_whom = f", menggantikan {predecessor}" if predecessor else ""
    lines = [f"• {indicator(one.duty.name, _NAME)}: {standing(one)}" for one in found[:_NAMED]]
    if len(found) > _NAMED:
        lines.append(f"• dan {len(found) - _NAMED} indikator lainnya")
    parts = [f"{name}, mulai hari ini Anda {title}{of_whom}. Yang diteruskan:", *lines]
    if counts:
        parts.append(f"Terbuka: {listed(list(counts))}.")
    if following is not None:
        parts.append(f"Berikutnya: {closing_name(following.periods)}, batas {day(following.cut_off)}.")
    return "\n".join(parts)


def title(post: str, page: int, pages: int) -> str:
    """Above a page of all that is taken over."""
    return f"Serah terima {post}" if pages == 1 else f"Serah terima {post} · {page} dari {pages}"


def opening(predecessor: str, last: date | None) -> str:
    """From whom a post was taken over; empty for nobody."""
    if not predecessor:
        return ""
    return f"Sebelumnya {predecessor}" + ("." if last is None else f", sampai {day(last)}.")


def block(one: Inherited) -> str:
    """One indicator: where it stands, what is open, what comes next."""
    lines = [f"• {indicator(one.duty.name, _FULL_NAME)}", f"  {_capital(standing(one))}"]
    if one.returned:
        lines.append(f"  Dikembalikan: {_periods(one.returned)}")
    if one.missing:
        lines.append(f"  Belum dilaporkan: {_periods(one.missing)}")
    if one.following is not None:
        target = one.duty.figures[one.following].target
        wanted = "" if target is None else f", target {amount(target, one.duty.unit)}"
        lines.append(f"  Berikutnya: {period(one.following)}{wanted}")
    return "\n".join(lines)


def standing(one: Inherited) -> str:
    """`sisa 10 dari 13 desa`, `posisi s/d TW I 25% dari 100%`, `kondisi Maret 10 orang`, `belum ada laporan`; an
    invented figure is marked."""
    return f"{_standing(one)} (contoh)" if one.sample else _standing(one)


def _standing(one: Inherited) -> str:
    unit = one.duty.unit
    if one.reached is None or one.last is None:
        return "belum ada laporan" if one.target is None else f"belum ada laporan, target {amount(one.target, unit)}"
    if one.left is not None and one.target is not None:
        if not one.left:
            return f"target {amount(one.target, unit)} tercapai"
        return f"sisa {figure_of_unit(one.left, unit)} dari {amount(one.target, unit)}"
    reached = amount(one.reached, unit)
    match one.duty.measure.mode:
        case Mode.SUM:
            return f"sampai {period(one.last)} {reached}"
        case Mode.CUM:
            return f"posisi s/d {period(one.last)} {reached}{_of_year(one)}"
        case Mode.LEVEL:
            return f"kondisi akhir {period(one.last)} {reached}"
        case Mode.SINGLE:
            return f"hasil {period(one.last)} {reached}{_of_year(one)}"


def _of_year(one: Inherited) -> str:
    return "" if one.target is None else f" dari {amount(one.target, one.duty.unit)}"


def count(number: int, what: str) -> str:
    """`2 belum dilaporkan`."""
    return f"{number} {what}"


def open_ends(heading: str, lines: Sequence[str]) -> str:
    """Follow-ups or questions that wait, below their heading; of many the first few."""
    shown = [f"• {shortened(line, 100)}" for line in lines[:_NAMED]]
    if len(lines) > _NAMED:
        shown.append(f"• dan {len(lines) - _NAMED} lainnya")
    return "\n".join((heading, *shown))


def page(opened: str, parts: Sequence[str]) -> str:
    """The text of a page, as much as fits."""
    return "\n".join(part for part in (opened, fitted(list(parts), _ROOM), ENDING) if part)


def _periods(which: Sequence[Period]) -> str:
    names = [period(one) for one in which]
    if len(names) <= _NAMED:
        return listed(names)
    return f"{', '.join(names[:_NAMED])}, dan {len(names) - _NAMED} lainnya"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


FOLLOW_UPS, QUESTIONS = "Tindak lanjut yang terbuka:", "Pertanyaan rencana yang belum dijawab admin:"
MISSING, RETURNED, OPEN_FOLLOW_UPS, OPEN_QUESTIONS = (
    "belum dilaporkan", "dikembalikan", "tindak lanjut", "pertanyaan rencana",
)  # fmt: skip
