"""Sentences of "sahkan": the camat approves what is verified of a quarter."""

from collections.abc import Sequence
from decimal import Decimal

from domain.periods import Period
from domain.quarters import Figure, QuarterState
from handlers.texts.formats import fitted, indicator, period, period_with_year, standing_word, whole_percent

OPEN_ONES = "Lihat yang belum"
CANCEL = "Batal"
CLOSE = "Selesai"
RESTART = "Ketik sahkan"
CANCELLED = "Baik, belum ada yang disahkan. Ketik sahkan untuk melihatnya lagi."
CLOSED = "Baik. Ketik sahkan kapan saja untuk melihatnya lagi."
ONLY_CAMAT = "Triwulan disahkan oleh camat. Ketik status untuk melihat laporan Anda."
NOT_USED = "Kantor ini tidak memakai pengesahan oleh camat; angka yang diverifikasi sudah berlaku."
NO_QUARTER = "Belum ada triwulan yang berakhir. Ketik ringkasan untuk melihat keadaan sekarang."
CHANGED = "Ada angka yang baru saja berubah, jadi belum disahkan. Periksa yang sekarang."
_ROOM = 700


def label(quarter: Period) -> str:
    """`Sahkan TW I`."""
    return f"Sahkan {period(quarter)}"


def pick(quarter: Period) -> str:
    return f"Ketuk {label(quarter)}, atau {CANCEL}."


def title(quarter: Period) -> str:
    return f"Pengesahan {period_with_year(quarter)}"


def not_ended(quarter: Period) -> str:
    return f"{period_with_year(quarter)} belum berakhir, jadi belum dapat disahkan."


def what(state: QuarterState, mean: Decimal | None, complete: int, *, provisional: bool) -> str:
    """What would be approved, what is not verified yet, and how the quarter stands; `mean` capaian s/d in percent of
    `complete` indicators. Invented values ("contoh") wait for nobody."""
    invented = sum(which in duty.samples for duty, which in state.waiting)
    waiting = len(state.waiting) - invented
    lines = [
        *([f"• Terverifikasi, siap disahkan: {len(state.verified)} angka"] if state.verified else []),
        *([f"• Sudah disahkan: {len(state.approved)} angka"] if state.approved else []),
        *([f"• Menunggu verifikasi: {waiting} angka"] if waiting else []),
        *([f"• Contoh, tidak diverifikasi: {invented} angka"] if invented else []),
        *([f"• Belum dilaporkan: {len(state.missing)} angka"] if state.missing else []),
        _capaian(state.quarter, mean, complete, provisional=provisional),
        _ending(state),
    ]
    return "\n".join(line for line in lines if line)


def _capaian(quarter: Period, mean: Decimal | None, complete: int, *, provisional: bool) -> str:
    if mean is None:
        return ""
    mark = " (sementara)" if provisional else ""
    return f"Rata-rata capaian s/d {period(quarter)}: {whole_percent(mean)}{mark} dari {complete} indikator"


def _ending(state: QuarterState) -> str:
    if state.verified:
        rest = "Yang lain dapat disahkan kemudian. " if state.waiting or state.missing else ""
        return f"{rest}Bila nanti dikoreksi, angkanya diverifikasi dan disahkan lagi."
    return "Semua sudah disahkan." if state.approved and not state.waiting else "Belum ada yang dapat disahkan."


def open_ones(waiting: Sequence[tuple[str, Figure]], missing: Sequence[tuple[str, Figure]]) -> str:
    """What is not verified yet, each with its post."""
    lines = [_line(title, one) for title, one in (*waiting, *missing)]
    return f"Belum terverifikasi:\n{fitted(lines, _ROOM)}" if lines else "Semuanya sudah terverifikasi."


def _line(title_of_post: str, figure: Figure) -> str:
    duty, which = figure
    standing = duty.standing(which)
    word = "menunggu" if standing.holds else standing_word(standing).lower()
    return f"• {title_of_post}: {indicator(duty.name, 50)}, {period(which)} ({word})"


def done(quarter: Period, number: int, rest: int) -> str:
    """What was approved, and how much of the quarter is left."""
    left = (
        f"{rest} angka lain menunggu verifikasi atau laporan; Anda diberi tahu bila sudah lengkap."
        if rest
        else f"{period_with_year(quarter)} disahkan seluruhnya."
    )
    return f"✓ {number} angka {period_with_year(quarter)} disahkan.\n{left}"


def is_whole(name: str, quarter: Period, number: int) -> str:
    """What the camat reads when a quarter is wholly verified."""
    return (
        f"{name}, semua angka {period_with_year(quarter)} sudah terverifikasi; {number} menunggu pengesahan Anda.\n"
        f"Ketuk {label(quarter)} untuk melihat ringkasannya dan mengesahkan."
    )
