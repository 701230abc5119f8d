"""How messages that would be sent are listed on the command line."""

from collections.abc import Sequence
from datetime import datetime
from textwrap import indent

from domain.ladder import Stage
from domain.message_plan import Call
from handlers.texts.formats import clock, full_day, periods_with_year

NOTHING = "Tidak ada pesan yang akan dikirim pada waktu itu."
GROUP = "grup kantor"
OVERSEER = "admin kabupaten"
_STAGES = {Stage.NOTICE: "pemberitahuan", Stage.SUPERIOR: "H+3 kepada atasan", Stage.CAMAT: "H+5"}
_KINDS = {
    "digest": "ringkasan mingguan",
    "kabupaten_week": "baris mingguan kabupaten",
    "snooze": "diminta sendiri",
    "cuti bersama": "kalender tahun depan",
    "group_missing": "daftar yang belum lapor",
    "letter": "pemberitahuan yang menunggu jam kerja",
}


def message(
    at: datetime, zone: str, post: str, person: str, kind: str, calls: Sequence[Call], text: str, *, reachable: bool
) -> str:
    """When, to whom and why, and the words below."""
    why = "; ".join(_why(call) for call in calls) or _KINDS.get(kind, kind)
    unreachable = "" if reachable else " (belum dapat dihubungi)"
    heading = f"{full_day(at.date())} {clock(at, zone)} · {person}, {post}{unreachable} · {why}"
    return f"{heading}\n{indent(text, '    ')}"


def _why(call: Call) -> str:
    stage = "H-1 tidak terjangkau" if call.unreached else _STAGES.get(call.stage.stage, call.stage.stage.value)
    return f"{stage} {periods_with_year(call.stage.periods)} ({call.stage.deadline})"


def total(messages: int) -> str:
    return f"{messages} pesan."
