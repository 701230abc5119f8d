"""Sentences of "tak terjangkau": which posts no message reaches, and what helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.texts.formats import fitted, full_day, shortened

NOBODY = "Semua pemegang jabatan dapat dihubungi."
TITLE = "Tak terjangkau"
INVITE = 'Minta pemasang mengirim undangan baru: renaksi invite --post "{}"'
ANY_POST = "nama jabatan"
UNBLOCK = "Minta ia membuka blokir Renaksi, lalu mengetik halo."
FILL = "Undangan jabatan itu dapat dipakai pejabat yang baru, atau isi lembar Pegawai."

_ROOM = 900
"""Characters for each list."""
_TITLE = 44


@dataclass(frozen=True)
class Lost:
    """A post and who acts for it; `heard` is the local day on which they last wrote, where it is known."""

    post: str
    holder: str
    heard: date | None = None


def body(never: Sequence[Lost], gone: Sequence[Lost], vacant: Sequence[str]) -> str:
    """Who never joined, who cannot be written to any more, and which posts nobody holds, each with what to do."""
    parts: list[str] = []
    if never:
        lines = [f"• {shortened(one.post, _TITLE)} ({one.holder})" for one in never]
        parts.append(_part("Belum bergabung", lines, INVITE.format(never[0].post if len(never) == 1 else ANY_POST)))
    if gone:
        parts.append(_part("Tidak dapat dikirimi pesan lagi", [_gone(one) for one in gone], UNBLOCK))
    if vacant:
        parts.append(_part("Jabatan kosong", [f"• {shortened(title, _TITLE)}" for title in vacant], FILL))
    return "\n\n".join(parts) or NOBODY


def _part(heading: str, lines: Sequence[str], what_to_do: str) -> str:
    return f"{heading}:\n{fitted(lines, _ROOM)}\n{what_to_do}"


def _gone(one: Lost) -> str:
    since = "" if one.heard is None else f", terakhir menulis {full_day(one.heard)}"
    return f"• {shortened(one.post, _TITLE)} ({one.holder}){since}"
