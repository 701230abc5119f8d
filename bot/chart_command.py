"""`renaksi chart`: the pictures, from the command line."""

from pathlib import Path

from bot.clock import machine_now
from bot.holiday_dates import free_days
from bot.pictures import draw_summary
from bot.which_office import WhichOffice, find_office
from storage.desk import Desk
from storage.engine import Engine, writing
from storage.snapshots import load

KINDS = ("overview",)


class ChartRefused(Exception):
    """No picture can be drawn; the message says why."""


def draw_now(engine: Engine, kind: str, office: str | None, out: Path) -> None:
    """Draw an office's summary as it stands now, from a snapshot that is kept. Raises ChartRefused."""
    if kind not in KINDS:
        raise ChartRefused(f"Jenis gambar {kind!r} belum ada. Pilih: {', '.join(KINDS)}.")
    with writing(engine) as connection:
        try:
            desk = Desk(connection, find_office(connection, office), machine_now(), free_days)
        except WhichOffice as unclear:
            raise ChartRefused(str(unclear)) from unclear
        summary = desk.summary(before=desk.week_start)
        if summary is None:
            raise ChartRefused("Belum ada periode yang dilaporkan pada rencana kantor ini.")
        snapshot = load(connection, desk.keep_summary(summary))
        zone = desk.office.zone
    try:
        out.write_bytes(draw_summary(snapshot, zone))
    except OSError as refused:
        raise ChartRefused(f"Berkas {out} tidak dapat ditulis: {refused.strerror}.") from refused
