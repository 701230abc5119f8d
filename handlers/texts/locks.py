"""Sentences of periods that take no more reports, and of "kunci" and "buka" (domain.md 7)."""

from collections.abc import Collection, Sequence
from datetime import date

from domain.locks import Keeper, Lock, LockedBy
from domain.periods import Period
from handlers.messages import BUTTON_LABEL
from handlers.texts.formats import day, listed, period, period_with_year, periods_with_year

LOCK = "Kunci"
OPEN = "Buka"
CANCEL = "Batal"
CLOSE = "Selesai"
TYPE_LOCK = "Ketik kunci"
TYPE_OPEN = "Ketik buka"
LOCKED = "Periode terkunci"
UNSENT_STAYS = "Isian Anda tetap tersimpan dan dapat dikirim setelah dibuka."
STILL_LOCKED = "Belum dapat dikirim."
TRY_AGAIN = "Coba kirim lagi"
CANCELLED = "Baik, tidak ada yang berubah."
NOTHING_TO_LOCK = "Belum ada periode yang dapat dikunci: belum ada indikator yang dilaporkan."
NOTHING_TO_OPEN = "Tidak ada periode yang dikunci."
ONLY_KEEPERS = "Mengunci dan membuka periode dilakukan oleh admin atau camat."
PICK_PERIOD = "Pilih periodenya, atau ketik misalnya Februari atau TW I."
NOT_BEGUN = "Periode itu belum mulai. Pilih yang sudah berjalan, atau ketik misalnya Februari."
REASON_PLEASE = "Apa alasannya dibuka? Tulis dengan beberapa kata."
REASON_IN_WORDS = "Tulis alasannya dengan beberapa kata, paling panjang 300 huruf."
CONFIRM_PLEASE = "Pilih salah satu tombolnya."
_WHO = {Keeper.ADMIN: "admin", Keeper.CAMAT: "camat"}


def locked(
    periods: Sequence[Period],
    lock: Lock,
    lock_after: int | None,
    *,
    extended: bool = False,
    posts: Sequence[str] = (),
) -> str:
    """`Februari 2022 dikunci sejak Senin 25 April: 10 hari kerja ... Yang dapat membuka: admin atau camat.`

    `lock_after` are the working days of the office's rule; `extended` says that more time had been granted before;
    `posts` are those it is locked for, where not for all that the person holds.
    """
    only = f" ({listed(posts)})" if posts else ""
    since = f"{periods_with_year(periods)}{only} dikunci sejak {day(lock.since)}"
    return f"{since}{_by(lock, lock_after, extended=extended)}. Yang dapat membuka: {_openers(lock.may_open)}."


def _by(lock: Lock, lock_after: int | None, *, extended: bool) -> str:
    match lock.by:
        case LockedBy.HAND:
            return f" oleh {_WHO[Keeper.CAMAT if Keeper.ADMIN not in lock.may_open else Keeper.ADMIN]}"
        case LockedBy.RULE if extended:
            return ": batas tambahan sudah lewat"
        case LockedBy.RULE:
            return f": {lock_after} hari kerja setelah batas kabupaten"


def _openers(may_open: Collection[Keeper]) -> str:
    return " atau ".join(_WHO[keeper] for keeper in Keeper if keeper in may_open)


def part_locked(count: int, sentence: str) -> str:
    """Above a sitting of which some indicators take no more reports."""
    return f"{count} indikator lain tidak dapat diisi. {sentence}"


def also_open(sentence: str, *, offered: bool) -> str:
    """What to do instead."""
    return f"{sentence}\n\nYang masih terbuka dapat dilaporkan sekarang." if offered else sentence


def which(*, locks: bool) -> str:
    return "Periode mana yang dikunci?" if locks else "Periode mana yang dibuka?"


def more(shown: int, count: int, *, locks: bool) -> str:
    """Below the question where not every period fits the list."""
    word = TYPE_LOCK if locks else TYPE_OPEN
    rest = f"\nIni {shown} yang terbaru dari {count}; yang lain diketik, misalnya: {word} januari."
    return rest if count > shown else ""


def choice(one: Period) -> str:
    return period_with_year(one)


def since(lock: Lock) -> str:
    """The second line of a locked period in a list."""
    return f"dikunci sejak {day(lock.since)}"


def not_locked(one: Period, inside: Sequence[Period]) -> str:
    """`inside` are shorter periods within it that are locked."""
    within = f" Yang dikunci di dalamnya: {listed([period(part) for part in inside])}." if inside else ""
    return f"{period_with_year(one)} tidak dikunci.{within}"


def only_camat(one: Period, *, locks: bool) -> str:
    """The camat's lock is neither opened nor replaced by that of an admin."""
    if locks:
        return f"{period_with_year(one)} di dalamnya sudah dikunci oleh camat. Kunci bulan yang lain satu per satu."
    return f"{period_with_year(one)} dikunci oleh camat, jadi hanya camat yang dapat membukanya."


def confirm_lock(one: Period, incomplete: int, *, keeper: Keeper, running: bool) -> str:
    """What locking means, before it is done."""
    lines = [f"Kunci {period_with_year(one)} mulai hari ini?"]
    if running:
        lines.append("Periode ini belum berakhir.")
    if incomplete:
        lines.append(f"{incomplete} jabatan belum lengkap melaporkannya.")
    lines.append("Laporan dan perubahan angkanya tidak diterima lagi sampai dibuka.")
    who = "hanya camat" if keeper is Keeper.CAMAT else "admin atau camat"
    lines.append(f"Yang dapat membuka: {who}.")
    return "\n".join(lines)


def confirm_open(one: Period, reason: str) -> str:
    """What opening means, before it is done."""
    return (
        f"Buka {period_with_year(one)}?\n"
        "Laporan dan perubahan angkanya diterima lagi, sampai dikunci lagi; yang lewat batas ditandai terlambat.\n"
        f'Alasan: "{reason}"'
    )


def act_label(one: Period, *, locks: bool) -> str:
    """The button that does it: `Kunci Maret`."""
    label = f"{LOCK if locks else OPEN} {period(one)}"
    return label if len(label) <= BUTTON_LABEL else label.partition(" ")[0]


def done(one: Period, *, locks: bool, today: date) -> str:
    if locks:
        return f"{period_with_year(one)} dikunci sejak {day(today)}. Ketik buka untuk membukanya lagi."
    return f"{period_with_year(one)} dibuka dan menerima laporan lagi. Ketik kunci untuk menguncinya lagi."
