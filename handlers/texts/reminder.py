"""Sentences of reminders (conversations.md): friendlier at first, plainer at the end, one list for all that is open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.deadlines import Deadline
from domain.ladder import Stage, StageDay
from domain.openings import Closing, Item
from domain.periods import Period
from handlers.texts.formats import amount, day, fitted, indicator, listed, periods_with_year, shortened
from handlers.texts.report import cut_off, is_yearly

REPORT_NOW = "Lapor sekarang"
LATER = "Ingatkan nanti"
OTHER = "Lainnya"
SHOW = "Lihat status"
NUDGE = "Ingatkan mereka"
FILL_IN = "Isi untuk jabatan"
APPOINT = "Tunjuk Plt"
ROOM = 520
"""Characters for the list of a person's own indicators, so that all of a notice fits."""
ROOM_BELOW = 260
"""Characters for one list of posts below."""


@dataclass(frozen=True)
class LatePost:
    """A post below that owes a report: its id and title, who acts for it, how many indicators are missing."""

    id: int
    title: str
    holder: str
    missing: int
    unreachable: bool


@dataclass(frozen=True)
class Below:
    """What a superior is told of posts below; `unreached` that a reminder reaches none of those who act for them,
    `vacant` that nobody does."""

    stage: StageDay
    posts: tuple[LatePost, ...]
    unreached: bool
    vacant: bool = False


def addressed_to(person: str, parts: Sequence[str]) -> str:
    """The person first, then what is said, one paragraph each."""
    first, *others = parts
    return "\n\n".join([f"{person}, {first}", *(part[0].upper() + part[1:] for part in others)])


def acting(posts: Sequence[str], filled_in: Sequence[str], text: str) -> str:
    """Said to somebody who acts for posts, or only fills in the figures of some: as and for whom, before the rest."""
    words = (*([f"sebagai {listed(posts)}"] if posts else []), *([f"untuk {listed(filled_in)}"] if filled_in else []))
    return f"{' dan '.join(words)}: {text}" if words else text


def own(stage: StageDay, today: date, left: Sequence[Item], due: int, filled: int) -> str:
    """Which period, until when, and what is left with its target; `filled` were typed but not sent, all where nothing
    is left."""
    return f"{_opening(stage, today)}\n{_list(left, due, filled)}"


def again(closing: Closing, today: date, left: Sequence[Item], due: int, filled: int) -> str:
    """The reminder that was put off."""
    name = _name(closing.periods)
    if today > closing.cut_off:
        opening = f"batas laporan {name} ({day(closing.cut_off)}) sudah lewat. Laporan masih diterima."
    else:
        opening = f"sesuai permintaan, ini pengingat laporan {name}, {cut_off(closing)}."
    return f"{opening}\n{_list(left, due, filled)}"


def nudged(by: str, closing: Closing, today: date, left: Sequence[Item], due: int, filled: int) -> str:
    """What a superior asks of somebody below: who asks, which period, and what is left."""
    waiting, limit = f"laporan {_name(closing.periods)} ditunggu {by}", cut_off(closing)
    if today > closing.cut_off:
        opening = f"{waiting}. B{limit[1:]} sudah lewat, laporan masih diterima."
    else:
        opening = f"{waiting}, {limit}."
    return f"{opening}\n{_list(left, due, filled)}"


def below(late: Below) -> str:
    """Which posts below have not reported, and who acts for them."""
    name, limit = _name(late.stage.periods), day(late.stage.due)
    lines = fitted([_post(post) for post in late.posts], ROOM_BELOW)
    if late.unreached:
        return f"pengingat laporan {name} (batas {limit}) tidak sampai kepada:\n{lines}\nMohon sampaikan langsung."
    return f"{_WHOSE[late.stage.deadline]} {name} ({limit}) sudah lewat. Yang belum lapor:\n{lines}"


def vacant(late: Below, *, appoints: bool) -> str:
    """What posts that nobody holds still owe, and who can do something about it: whoever stands above may report for
    them, `appoints` whether the reader may appoint somebody."""
    name, limit = _name(late.stage.periods), day(late.stage.due)
    ending = "Ketik mewakili untuk mengisinya, atau "
    ending += "kelola untuk menunjuk Plt." if appoints else "minta admin kantor menunjuk Plt."
    if len(late.posts) == 1:
        post = late.posts[0]
        title = shortened(post.title, 44)
        return (
            f"jabatan {title} kosong: {post.missing} indikator {name} belum ada yang melapor (batas {limit}).\n{ending}"
        )
    lines = fitted([f"• {shortened(post.title, 44)}: {post.missing} indikator" for post in late.posts], ROOM_BELOW)
    return f"jabatan yang kosong belum ada yang melapor {name} (batas {limit}):\n{lines}\n{ending}"


def _post(post: LatePost) -> str:
    who = f" ({post.holder})" if post.holder else " (jabatan kosong)"
    unreachable = ", tak terjangkau" if post.unreachable and post.holder else ""
    return f"• {shortened(post.title, 44)}{who}: {post.missing} indikator{unreachable}"


def _opening(stage: StageDay, today: date) -> str:
    name, limit = _name(stage.periods), day(stage.due)
    which = f"{_WHOSE[stage.deadline]} {name}"
    match stage.stage:
        case Stage.NOTICE:
            return f"{name} segera berakhir. Laporannya ditunggu sampai {limit}."
        case Stage.BEFORE:
            when = "besok," if stage.due == today + timedelta(days=1) else "jatuh pada"
            return f"{which} {when} {limit}."
        case Stage.DUE:
            return f"hari ini {which} ({limit})."
        case _:
            return f"{which} ({limit}) sudah lewat. Laporan masih diterima."


_WHOSE = {
    Deadline.INTERNAL: "batas laporan",
    Deadline.KABUPATEN: "batas kabupaten untuk laporan",
    Deadline.EXTENSION: "batas tambahan laporan",
}


def _name(periods: Sequence[Period]) -> str:
    return periods_with_year(periods).rsplit(" ", 1)[0]


def _list(left: Sequence[Item], due: int, filled: int) -> str:
    """What is left, one line each; services in one line together."""
    if not left:
        return f"{filled} sudah diisi, tinggal dikirim."
    services = [item for item in left if item.duty.service]
    lines = [line(item) for item in left if len(services) == 1 or not item.duty.service]
    if len(services) > 1:
        lines.append(f"• {len(services)} jenis layanan")
    return f"{_count(left, due, filled)}\n{fitted(lines, ROOM)}"


def shortly(closing: Closing, filled: Collection[int]) -> str:
    """`kurang 2, 1 belum dikirim`: what is missing in one line; `filled` are indicators that were typed but not
    sent."""
    unsent = sum(item.duty.id in filled for item in closing.missing)
    left = len(closing.missing) - unsent
    parts = [f"kurang {left}" if left else "", f"{unsent} belum dikirim" if unsent else ""]
    return ", ".join(part for part in parts if part)


def _count(left: Sequence[Item], due: int, filled: int) -> str:
    number = len(left)
    count = f"Masih kurang {number} dari {due}:" if number < due else f"Yang ditunggu {number} {what(left)}:"
    return f"{filled} sudah diisi tetapi belum dikirim. {count}" if filled else count


def what(items: Sequence[Item]) -> str:
    """What items are together: indicators, services, or reports of both."""
    kinds = {item.duty.service for item in items}
    return "laporan" if len(kinds) > 1 else "layanan" if True in kinds else "indikator"


def line(item: Item) -> str:
    """One indicator with the target of its period; with that of the year where there is no other; and whether its
    report was returned."""
    returned = "" if item.returned is None else ", dikembalikan"
    return f"• {indicator(item.duty.name, 60)}{_goal(item)}{returned}"


def _goal(item: Item) -> str:
    measure, unit = item.duty.measure, item.duty.unit
    target = item.figure.target
    if target is not None:
        return f", target {amount(target, unit)}"
    if is_yearly(measure) and measure.annual_target is not None:
        return f", target setahun {amount(measure.annual_target, unit)}"
    return ""
