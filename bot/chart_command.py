"""`renaksi chart`: the pictures, from the command line."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.clock import machine_now
from bot.holiday_dates import NationalAlmanac
from bot.pictures import draw_summary
from bot.refused import Refused, why
from bot.which_office import find_office
from domain.periods import Period
from domain.summary import OfficeSummary
from domain.zones import instant
from storage.desk import Desk
from storage.engine import Engine, writing
from storage.snapshots import StoredSnapshot, load

KINDS = ("overview",)


def draw(engine: Engine, kind: str, period: str | None, office: str | None, out: Path) -> None:
    """Write an office's picture as PNG, from a snapshot that is kept. `period` is a code, None for now.

    Raises Refused for a kind, period or office that is not there, and for a file that is no PNG or cannot be written.
    """
    if out.suffix.lower() != ".png":
        raise Refused("Nama berkas harus berakhiran .png.")
    if kind not in KINDS:
        raise Refused(f"Jenis gambar {kind!r} belum ada. Pilih: {', '.join(KINDS)}.")
    snapshot, zone = _snapshot(engine, None if period is None else _parsed(period), office, machine_now())
    try:
        out.write_bytes(draw_summary(snapshot, zone))
    except OSError as failed:
        raise Refused(f"Berkas {out} tidak dapat ditulis: {why(failed)}.") from failed


def _parsed(code: str) -> Period:
    try:
        return Period.parse(code)
    except ValueError as wrong:
        raise Refused(f"Periode {code!r} tidak terbaca; contoh: 2026-03, 2026-TW1 atau 2026.") from wrong


def _snapshot(engine: Engine, period: Period | None, office: str | None, now: datetime) -> tuple[StoredSnapshot, str]:
    """The figures to draw, kept under a number, and the office's zone."""
    with writing(engine) as connection:
        desk = Desk(connection, find_office(connection, office), now, NationalAlmanac())
        summary = _running(desk) if period is None else _of(desk, period)
        return load(connection, desk.keep_summary(summary)), desk.office.zone


def _running(desk: Desk) -> OfficeSummary:
    summary = desk.summary(before=desk.week_start)
    if summary is None:
        raise Refused("Tidak ada periode yang sedang dilaporkan. Sebutkan periodenya, mis. --period 2026-03.")
    return summary


def _of(desk: Desk, period: Period) -> OfficeSummary:
    """What is known today about that period, judged as on the day after its end."""
    ended = instant(period.end + timedelta(days=1), time(), desk.office.zone)
    summary = replace(desk, now=min(desk.now, ended)).summary(of=period)
    if summary is None:
        raise Refused(f"Tidak ada yang harus dilaporkan untuk periode {period.code} di kantor ini.")
    return summary
