"""Sentences of the morning report: at most eight lines, what is wrong first."""

from datetime import date, datetime
from decimal import Decimal

from domain.morning import LastDay, Warned
from domain.zones import local
from handlers.texts.formats import clock, day, number

TITLE = "Laporan pagi Renaksi"
_GB = Decimal(1024**3)
_MB = Decimal(1024**2)


def body(found: LastDay, now: datetime, zone: str) -> str:
    """The whole of it; `now` is on the office's clock."""
    return "\n".join(
        (*(_warning(one, found, now, zone) for one in found.warnings), _messages(found), *_rest(found, now, zone))
    )


def in_short(found: LastDay, now: datetime, zone: str) -> str:
    """The same in one line, for a template."""
    return " · ".join(line.rstrip(".") for line in body(found, now, zone).splitlines())


def _warning(which: Warned, found: LastDay, now: datetime, zone: str) -> str:
    match which:
        case Warned.DISK:
            return f"! Ruang disk tinggal {_size(found.free or 0)}. Minta pemasang mengosongkannya hari ini."
        case Warned.BACKUP:
            return f"! {_backup(found, now, zone)}{_because(found)}. Minta pemasang memeriksanya."
        case Warned.SET_ASIDE:
            return f"! {found.set_aside} pesan tidak dapat diproses dan disisihkan. Sampaikan kepada pemasang."


def _because(found: LastDay) -> str:
    return f" ({found.trouble.rstrip('.')})" if found.trouble else ""


def _messages(found: LastDay) -> str:
    return f"24 jam terakhir: {found.received} pesan diterima, {found.sent} terkirim, {found.failed} gagal."


def _rest(found: LastDay, now: datetime, zone: str) -> list[str]:
    lines: list[str] = []
    if found.unreachable:
        lines.append(f"Tidak terjangkau: {found.unreachable} orang. Ketik terjangkau untuk daftarnya.")
    if found.free is not None and Warned.DISK not in found.warnings:
        lines.append(f"Disk: sisa {_size(found.free)}.")
    if found.backups and Warned.BACKUP not in found.warnings:
        lines.append(f"{_backup(found, now, zone)}.")
    return lines


def _backup(found: LastDay, now: datetime, zone: str) -> str:
    if found.backed_up_at is None:
        return "Belum ada cadangan"
    at = local(found.backed_up_at, zone)
    return f"Cadangan terakhir: {_when(at.date(), now.date())} {clock(at, zone)}, {_size(found.backup_size)}"


def _when(then: date, today: date) -> str:
    days = (today - then).days
    return {0: "hari ini", 1: "kemarin"}.get(days, f"{days} hari lalu, {day(then)}")


def _size(bytes_: int) -> str:
    """`41 GB`, `0,8 GB`, `12 MB`."""
    if bytes_ >= _GB // 10:
        gigabytes = bytes_ / _GB
        return f"{number(round(gigabytes, 0 if gigabytes >= 10 else 1))} GB"
    return f"{number(max(Decimal(1), round(bytes_ / _MB, 0)))} MB"
