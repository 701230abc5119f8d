"""Sentences of "riwayat": the life of one indicator, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from domain.openings import Duty
from handlers.texts.channels import NAMES
from handlers.texts.formats import amount, figure_period, indicator, moment, position_period, shortened
from storage.history import Deed, Event

OLDER = "Lebih lama"
NEWER = "Lebih baru"
CORRECT = "Koreksi"
WHICH = "Riwayat indikator mana? Pilih, atau ketik riwayat dan namanya."
TYPE_LIST = "Ketik riwayat untuk melihat daftarnya."
GONE = f"Indikator itu tidak ada dalam rencana aksi yang berlaku. {TYPE_LIST}"
NOT_YOURS = "Riwayat indikator itu untuk pemilik, atasan, dan yang memeriksanya. Ketik riwayat untuk indikator Anda."
NO_INDICATORS = "Ketik riwayat dan nama indikatornya, misalnya riwayat buku administrasi."
NOTHING_YET = "Belum ada yang terjadi dengan indikator ini. Ketik lapor untuk mengisinya."
FROM_FILE = "dari berkas"
_WORDS_ROOM = 90

_DEEDS = {
    Deed.SEEN: "dilihat atasan",
    Deed.VERIFIED: "diverifikasi",
    Deed.APPROVED: "disahkan",
    Deed.WITHDRAWN: "permintaan koreksi ditarik",
}
_PIECES = {"photo": "foto", "document": "dokumen", "voice": "rekaman suara", "video": "video", "link": "tautan"}


def not_found(words: str) -> str:
    return f"Tidak ada indikator bernama {shortened(words, 60)} yang dapat Anda lihat. {TYPE_LIST}"


@dataclass(frozen=True)
class Line:
    """One event: `who` with post and capacity, `at` on the office's clock. `is_mended`: what was sent had been returned
    before."""

    event: Event
    who: str
    at: datetime
    is_mended: bool = False


def title(duty: Duty) -> str:
    return f"Riwayat: {indicator(duty.name, 60)}"


def page(duty: Duty, lines: Sequence[Line], number: int, pages: int, zone: str) -> str:
    """The events of one page; which one it is, where there are several."""
    told = "\n".join(_event(duty, line, zone) for line in lines)
    return f"{told}\nHalaman {number} dari {pages}" if pages > 1 else told


def _event(duty: Duty, line: Line, zone: str) -> str:
    event = line.event
    channel = NAMES.get(event.channel, "")
    by = ", ".join(part for part in (line.who, moment(line.at, zone), channel) if part)
    which = position_period(event.period) if event.to_date else figure_period(duty, event.period)
    under = "" if event.version is None else f", rencana versi {event.version}"
    return f"• {which}: {_deed(duty, line)}\n  {by}{under}"


def _deed(duty: Duty, line: Line) -> str:
    """`dilaporkan 1 desa`, `dikoreksi dari 1 desa menjadi 2 desa: "Salah ketik"`."""
    event = line.event
    match event.deed:
        case Deed.REPORTED if event.old == event.new:
            return f"dikirim lagi {_figure(duty, event.new)}{_because(event.reason)}"
        case Deed.REPORTED if event.old:
            verb = "diperbaiki" if line.is_mended else "dikoreksi"
            return f"{verb} {_change(duty, event)}{_source(event)}{_because(event.reason)}"
        case Deed.REPORTED:
            return f"dilaporkan {_figure(duty, event.new)}{_source(event)}{_because(event.reason)}"
        case Deed.RETURNED:
            return f"dikembalikan, {_figure(duty, event.old)}{_because(event.reason)}"
        case Deed.ASKED:
            return f"koreksi diminta {_change(duty, event)}{_because(event.reason)}"
        case Deed.AGREED:
            return f"koreksi disetujui {_change(duty, event)}{_because(event.reason)}"
        case Deed.DECLINED:
            return f"koreksi ditolak, tetap {_figure(duty, event.old)}{_because(event.reason)}"
        case Deed.EVIDENCE:
            return f"bukti ditambah: {_piece(event.new)}"
        case Deed.NO_EVIDENCE:
            return f"bukti ditarik: {_piece(event.old)}"
        case Deed.EXPLAINED:
            return f"penjelasan{_because(event.new)}"
        case Deed.ENDED:
            return f"tindak lanjut selesai{_because(event.new)}"
        case Deed.CONFIRMED:
            return f"dibenarkan pemiliknya, {_figure(duty, event.new)}"
        case Deed.SEEN | Deed.VERIFIED | Deed.APPROVED | Deed.WITHDRAWN:
            return _DEEDS[event.deed]


def _source(event: Event) -> str:
    """From what a position of before the office began was taken."""
    return f", sumber: {event.basis}" if event.to_date and event.basis else ""


def _change(duty: Duty, event: Event) -> str:
    return f"dari {_figure(duty, event.old)} menjadi {_figure(duty, event.new)}"


def _figure(duty: Duty, recorded: str) -> str:
    """A figure as people write it; whatever else stands there as it is."""
    try:
        return amount(Decimal(recorded), duty.unit)
    except InvalidOperation:
        return recorded


def _because(words: str) -> str:
    return f': "{shortened(words, _WORDS_ROOM)}"' if words else ""


def _piece(recorded: str) -> str:
    """`foto` for `evidence 12 photo`."""
    return _PIECES.get(recorded.rpartition(" ")[2], "berkas")


def entered_for(name: str, post: str, basis: str) -> str:
    """`Bu Dewi Lestari untuk Kasi Pemerintahan (telepon)`"""
    return f"{name} untuk {post}{f' ({basis})' if basis else ''}"
