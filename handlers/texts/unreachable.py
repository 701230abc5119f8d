"""Sentences of "tak terjangkau": which posts no message reaches, and what helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.texts.formats import fitted, full_day, month, shortened

NOBODY = "Semua pemegang jabatan dapat dihubungi."
TITLE = "Tak terjangkau"
INVITE = "Ketik undang {} untuk mengundangnya lagi."
ANY_POST = "dan nama jabatannya"
UNBLOCK = "Tanyakan apakah nomornya berganti atau Renaksi diblokir; bila sudah beres, minta ia mengetik halo."
CALL = "Sampaikan lewat telepon atau bertemu, dan minta ia mengirim pesan ke Renaksi, misalnya halo."
FILL = "Ketik undang untuk mengundang pejabat yang baru, atau kelola untuk mengisinya."

_ROOM = 900
"""Characters for each list."""
_TITLE = 44


@dataclass(frozen=True)
class Lost:
    """A post and who acts for it; `heard` is the local day on which they last wrote, where it is known, `undelivered`
    what did not reach them since, in a few words."""

    post: str
    holder: str
    heard: date | None = None
    undelivered: str = ""


def to_call(who: str, undelivered: str) -> str:
    """A line of somebody who is to be called; `who` comes with the post."""
    return f"• {who}: {undelivered}"


def templates(channel: str, today: date, sent: int, as_template: int) -> str:
    """How many messages of the month needed a template, which may cost money."""
    return f"\n\n{month(today.month)}: {as_template} dari {sent} pesan {channel} dikirim sebagai templat."


def body(to_call: Sequence[str], never: Sequence[Lost], gone: Sequence[Lost], vacant: Sequence[str]) -> str:
    """Whom to call, who never joined, who cannot be written to any more, and which posts nobody holds, each with what
    to do."""
    parts: list[str] = []
    if to_call:
        parts.append(_part("Perlu dihubungi langsung, pesan ini tidak sampai", to_call, CALL))
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
    undelivered = f"; tidak sampai: {one.undelivered}" if one.undelivered else ""
    return f"• {shortened(one.post, _TITLE)} ({one.holder}){since}{undelivered}"
