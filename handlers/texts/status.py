"""Sentences of "status" (design.md 1): what is reported, what is missing, until when."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from domain.checked import checked, checked_to_date
from domain.ledger import Figure
from domain.openings import Closing, Duty, Item
from domain.periods import Period
from domain.reviews import Returned
from domain.scales import Scale, predicate
from domain.standing import Standing
from handlers.texts.evidence import marked
from handlers.texts.formats import (
    amount,
    figure_of_unit,
    fitted,
    indicator,
    percent,
    period,
    period_with_year,
    periods_with_year,
    shortened,
    verified_word,
)
from handlers.texts.report import cut_off, is_yearly

ROOM = 3600
"""Characters for the list: the rest of a message is heading and next step."""
NOTHING = "Belum ada indikator yang dilaporkan oleh jabatan Anda."
NOTHING_OPEN = (
    "Tidak ada periode yang terbuka untuk jabatan Anda. "
    "Bila rencana aksi tahun ini belum dimuat, tanyakan kepada admin kantor."
)
ALL_DONE = "Semua yang jatuh tempo sudah dilaporkan. Terima kasih."
_REASON_ROOM = 120
NAMED_PERIODS = 3
"""Incomplete older periods that are named; more are counted."""
ALL_PROVISIONAL = "Semua angka masih sementara, belum diverifikasi."
ALL_VERIFIED = "Semua angka sudah terverifikasi."
ALL_APPROVED = "Semua angka sudah terverifikasi dan disahkan camat."
SAMPLE = "(contoh) = angka contoh, bukan laporan sebenarnya."


def title(closing: Closing, posts: str) -> str:
    return f"{periods_with_year(closing.periods)} · {posts}"


def line(item: Item, scale: Scale, *, apart: bool = False, lacks: int = 0) -> str:
    """Target, realisasi, capaian and predikat by the office's scale, for the period and s/d; `apart`: whether each
    figure is verified; `lacks`: how many pieces of evidence are lacking."""
    duty, which = item.duty, item.period
    mark = f", {marked(lacks)}" if lacks else ""
    if duty.service:
        return f"{_service(item, apart=apart)}{mark}"
    to_date = _to_date_part(duty, which, item.figure, scale, apart=apart)
    return f"• {indicator(duty.name, 70)}\n  {_own_part(item, apart=apart)}{mark}\n  {to_date}"


def _own_part(item: Item, *, apart: bool) -> str:
    duty, which = item.duty, item.period
    if item.returned:
        return _returned(which, item.returned)
    own = _period_part(duty, which, item.figure, reported=item.reported)
    return f"{own}, {_word(checked(duty, which))}" if apart and item.reported else own


def _service(item: Item, *, apart: bool) -> str:
    """A count without a target, in two lines: `Maret: 139 layanan, s/d Maret 321`."""
    duty, which, figure = item.duty, item.period, item.figure
    done = figure.realisation_to_date
    to_date = "" if done is None else f", s/d {period(which)} {figure_of_unit(done, duty.unit)}"
    word = f" {_word(checked_to_date(duty, which))}" if done is not None and (apart or figure.provisional) else ""
    return f"• {indicator(duty.name, 70)}\n  {_own_part(item, apart=apart)}{to_date}{word}"


def _word(found: Standing) -> str:
    return verified_word(found.is_verified).lower()


def _returned(which: Period, returned: Returned) -> str:
    return f"{period(which)} dikembalikan: {shortened(returned.reason, _REASON_ROOM)}"


def _period_part(duty: Duty, which: Period, figure: Figure, *, reported: bool) -> str:
    if not reported:
        return f"{period(which)}: {_missing(duty, figure)}"
    done = figure.realisation if figure.realisation is not None else Decimal(0)
    judged = f" ({percent(figure.capaian)})" if figure.capaian is not None else ""
    sample = " (contoh)" if which in duty.samples else ""
    late = ", terlambat" if which in duty.late else ""
    return f"{period(which)}: {_of(done, figure.target, duty.unit)}{judged}{sample}{late}"


def _missing(duty: Duty, figure: Figure) -> str:
    """What is due and was not reported is missing; what may be fulfilled late is not (domain.md 1, rule 4)."""
    if not figure.due:
        return "susulan, belum ada tambahan"
    if figure.target is not None:
        return f"belum lapor, target {amount(figure.target, duty.unit)}"
    if is_yearly(duty.measure) and duty.measure.annual_target is not None:
        return f"belum lapor, target setahun {amount(duty.measure.annual_target, duty.unit)}"
    return "belum lapor"


def _of(done: Decimal, target: Decimal | None, unit: str | None) -> str:
    """`1 dari 3 desa`."""
    return amount(done, unit) if target is None else f"{figure_of_unit(done, unit)} dari {amount(target, unit)}"


def _to_date_part(duty: Duty, which: Period, figure: Figure, scale: Scale, *, apart: bool) -> str:
    if figure.realisation_to_date is None:
        return f"s/d {period(which)}: belum ada angka"
    shown = f"s/d {period(which)}: {_of(figure.realisation_to_date, figure.target_to_date, duty.unit)}"
    word = f", {_word(checked_to_date(duty, which))}" if apart else ""
    if figure.capaian_to_date is None:
        return f"{shown}{', tanpa posisi awal' if figure.unknown_before else ''}{word}"
    if is_yearly(duty.measure) and which.last_month < 12:  # progress is no achievement to judge by a word yet
        return f"{shown} setahun ({percent(figure.capaian_to_date)}){word}"
    shown += f" ({percent(figure.capaian_to_date)})"
    if figure.provisional:
        return f"{shown} sementara"
    rung = predicate(figure.capaian_to_date, scale)
    return f"{shown} {rung.word}{word}" if rung else f"{shown}{word}"


def body(
    closing: Closing,
    today: date,
    days_left: int,
    scale: Scale,
    lacking: Mapping[tuple[int, Period], int],
    posts: Mapping[int, str] = MappingProxyType({}),
) -> str:
    """The list of one closing with what is missing and until when; `lacking` counts the evidence that figures lack.

    Somebody with several `posts`, title by id in their order, sees those of each below its title.
    """
    items = _by_post((*closing.items, *closing.late), posts)
    found = _standings(items)
    apart = len({one.is_verified for one in found}) > 1
    headed = _headings(items, posts)
    lines = [line(item, scale, apart=apart, lacks=lacking.get((item.duty.id, item.period), 0)) for item in items]
    listed = fitted([f"{heading}{told}" for heading, told in zip(headed, lines, strict=True)], ROOM)
    together = f"\n{_together(found)}" if found and not apart else ""
    sample = f"\n{SAMPLE}" if any(item.period in item.duty.samples for item in items) else ""
    return f"{listed}{sample}{together}\n\n{ending(closing, today, days_left)}"


def _by_post(items: Sequence[Item], posts: Mapping[int, str]) -> Sequence[Item]:
    order = list(posts)
    return sorted(items, key=lambda item: order.index(item.duty.post_id)) if posts else items


def _headings(items: Sequence[Item], posts: Mapping[int, str]) -> list[str]:
    """What stands above each item: the title of its post above the first one of it, where there are several."""
    of_post = [item.duty.post_id for item in items]
    if len(set(of_post)) < 2 or not posts:
        return [""] * len(of_post)
    return ["" if at and post_id == of_post[at - 1] else f"{posts[post_id]}\n" for at, post_id in enumerate(of_post)]


def _standings(items: Sequence[Item]) -> list[Standing]:
    """How far every figure that is shown has come."""
    own = [checked(item.duty, item.period) for item in items if item.reported and not item.returned]
    shown = [item for item in items if item.figure.realisation_to_date is not None]
    return [*own, *(checked_to_date(item.duty, item.period) for item in shown)]


def _together(found: Sequence[Standing]) -> str:
    """One sentence for figures that are all alike."""
    if not found[0].is_verified:
        return ALL_PROVISIONAL
    return ALL_APPROVED if all(one is Standing.APPROVED for one in found) else ALL_VERIFIED


def ending(closing: Closing, today: date, days_left: int) -> str:
    missing = len(closing.missing)
    if not missing:
        return f"Kurang {len(closing.locked)}." if closing.locked else ALL_DONE
    limit = cut_off(closing)
    if today > closing.cut_off:
        return f"Kurang {missing}; {limit} sudah lewat. Ketik lapor untuk mengisinya."
    left = "hari ini" if today == closing.cut_off else f"{days_left} hari kerja lagi"
    return f"Kurang {missing}, {limit} ({left}). Ketik lapor untuk mengisinya."


def locked(sentence: str, others: Sequence[str]) -> str:
    """The newest period that takes no more reports, and which older ones do not either."""
    return f"{sentence}\nDikunci juga: {', '.join(others)}." if others else sentence


def late_ones(late: Sequence[Period]) -> str:
    """The newest periods of which something was reported late; empty where nothing was."""
    named = ", ".join(period_with_year(which) for which in late[-NAMED_PERIODS:])
    return f"Dilaporkan terlambat: {named}." if named else ""


def older(missing: list[tuple[str, int]]) -> str:
    """Earlier periods that still miss something, and how to report the newest of them."""
    first, newest = missing[0][0], missing[-1][0]
    named = ", ".join(f"{name} (kurang {count})" for name, count in missing)
    if len(missing) > NAMED_PERIODS:
        named = f"{len(missing)} periode sejak {first} (kurang {sum(count for _name, count in missing)})"
    return f"Belum lengkap: {named}. Ketik lapor {newest.lower()} untuk mengisinya."
