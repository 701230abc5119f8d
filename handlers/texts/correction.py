"""Sentences of "koreksi": a figure that was sent is corrected, or its correction is asked for after a lock."""

from collections.abc import Sequence
from decimal import Decimal

from domain.ledger import Figure
from domain.openings import Duty
from domain.periods import Period
from domain.standing import Standing
from handlers.messages import BUTTON_LABEL
from handlers.texts.formats import (
    amount,
    figure_period,
    fitted,
    indicator,
    listed,
    number,
    percent,
    period,
    period_with_year,
    shortened,
    standing_word,
)
from handlers.texts.report import basis_question, of_target

CLOSE = "Selesai"
CANCEL = "Batal"
SEND = "Kirim koreksi"
KEEP = "Biarkan"
AGREE = "Setujui koreksi"
DECLINE = "Tolak"
WITHDRAW = "Tarik permintaan"
VERIFY = "Verifikasi"
HISTORY = "Riwayat"
REASONS = {"typed": "Salah ketik", "counted": "Salah hitung", "came_in": "Data menyusul"}
DECLINE_REASONS = {"evidence": "Buktinya belum ada", "right": "Angka lama benar"}
RESTART = "Ketik koreksi"
CANCELLED = "Baik, angkanya tetap."
TAP = "Pilih salah satu tombolnya."
TAP_ABOVE = "Pilih tombol pada pesan itu"
PICK_PERIOD = "Ketik periodenya, misalnya maret atau tw 1."
PICK_INDICATOR = "Ketik nomor atau nama indikatornya."
SAME = "Angkanya sama seperti yang tercatat, jadi tidak ada yang berubah."
NOT_YET = "Yang sudah terkirim diganti dengan angka. Bila memang nol, ketik nihil."
REASON = "Apa alasannya? Pilih, atau tulis dengan beberapa kata."
REASON_IN_WORDS = "Tulis alasannya dengan beberapa kata, paling panjang 300 huruf."
DECLINE_REASON = "Apa alasan koreksi ini ditolak? Pilih, atau tulis dengan beberapa kata."
NOTHING = "Belum ada angka terkirim yang dapat dikoreksi. Ketik lapor untuk mengisi periode ini."
GONE = "Angka itu tidak lagi tercatat atas jabatan Anda. Ketik koreksi untuk melihat yang lain."
RETURNED = "Angka itu dikembalikan untuk diperbaiki. Ketik lapor untuk mengirimnya lagi."
NO_REQUEST = "Permintaan koreksi itu tidak ada. Ketik koreksi untuk melihat yang masih menunggu."
NOT_YOURS = "Permintaan koreksi ini diputuskan oleh orang lain. Ketik verifikasi untuk melihat yang menunggu Anda."
OUTDATED = "Angkanya sudah berubah sejak koreksi itu diminta, jadi permintaan itu tidak berlaku lagi."
_ROOM = 700


def which_period(shown: int, every: int) -> str:
    """Asked above the newest periods; the others can be typed."""
    more = "\nYang lain dapat diketik, misalnya koreksi januari." if shown < every else ""
    return f"Angka periode mana yang dikoreksi?{more}"


def no_such_period(which: Period) -> str:
    return f"Untuk {period_with_year(which)} belum ada angka Anda yang terkirim."


def which_indicator(which: Period, duties: Sequence[Duty]) -> str:
    """Every figure of a period, with its number."""
    lines = [
        f"{at} {indicator(duty.name, 50)}: {amount(duty.values[which], duty.unit)}"
        for at, duty in enumerate(duties, start=1)
    ]
    return f"Koreksi {period_with_year(which)}: yang mana?\n{fitted(lines, _ROOM)}"


def heading(which: Period) -> str:
    return f"Koreksi {period_with_year(which)}"


def value_question(duty: Duty, which: Period) -> str:
    """What is recorded and how far it has come, and the question that names the basis."""
    recorded = f"Tercatat {amount(duty.values[which], duty.unit)} ({standing_word(duty.standing(which))})"
    return f"{indicator(duty.name)}\n{recorded}\n{basis_question(duty, which)}"


def change(duty: Duty, old: Decimal, new: Decimal) -> str:
    """`dari 1 desa menjadi 2 desa`"""
    return f"dari {amount(old, duty.unit)} menjadi {amount(new, duty.unit)}"


def figure_name(duty: Duty, which: Period) -> str:
    """`Buku wajib administrasi, Maret 2022`"""
    return f"{indicator(duty.name, 70)}, {figure_period(duty, which)}"


def effect(duty: Duty, which: Period, before: Figure, after: Figure) -> str:
    """What becomes of the figure s/d: `s/d Maret: 2 dari 3 (66,67%) menjadi 3 dari 3 (100,00%)`."""
    return f"s/d {period(which)}: {_to_date(duty, before)} menjadi {_to_date(duty, after)}"


def _to_date(duty: Duty, figure: Figure) -> str:
    judged = "" if figure.capaian_to_date is None else f" ({percent(figure.capaian_to_date)})"
    return f"{of_target(figure, duty.unit)}{judged}"


def review(name: str, lines: Sequence[str], reason: str, note: str, follows: str) -> str:
    """Everything about a correction before it is sent, and what follows from it."""
    said = [f'Alasan: "{shortened(reason, 200)}"', f'Catatan: "{shortened(note, 120)}"' if note else "", follows]
    return "\n".join(line for line in (name, *lines, *said) if line)


def follows(standing: Standing, checkers: Sequence[str]) -> str:
    """What a correction does to the mark of a figure that was verified."""
    if not standing.is_verified:
        return "Angka lama tetap tersimpan di riwayat."
    who = listed(checkers) if checkers else "yang memeriksa"
    if standing is Standing.APPROVED:
        return f"Tanda Terverifikasi dan pengesahan gugur sampai {who} memeriksanya dan camat mengesahkannya lagi."
    return f"Tanda Terverifikasi gugur sampai {who} memeriksanya lagi."


def to_be_asked(which: Period, deciders: Sequence[str]) -> str:
    """A correction of what is locked has to be asked for."""
    if not deciders:
        return f"{_capital(which)} sudah dikunci, dan belum ada yang dapat memutuskan. Hubungi admin kantor Anda."
    return f"{_capital(which)} sudah dikunci, koreksi ini dimintakan kepada {listed(deciders)}."


def _capital(which: Period) -> str:
    name = period(which)
    return name[0].upper() + name[1:]


def done(duty: Duty, which: Period, read_back: str, told: str) -> str:
    """What became of a correction, and who learns of it."""
    lines = (f"Sudah diubah. {figure_name(duty, which)}.", read_back, told, "Ketik riwayat untuk melihat perubahannya.")
    return "\n".join(line for line in lines if line)


def checkers_told(people: Sequence[str]) -> str:
    """Who verified it and looks at it again."""
    return f"{listed(people)} diberi tahu untuk memeriksanya lagi." if people else ""


def asked(duty: Duty, which: Period, told: Sequence[str], unreachable: Sequence[str]) -> str:
    """What became of a request, and who decides."""
    lines = [f"Koreksi diminta. {figure_name(duty, which)} tetap {amount(duty.values[which], duty.unit)} dulu."]
    if told:
        lines.append(f"{listed(told)} diberi tahu untuk memutuskan.")
    if unreachable:
        lines.append(f"{listed(unreachable)} belum dapat dihubungi lewat Renaksi; mohon sampaikan langsung.")
    lines.append("Ketik koreksi untuk melihat atau menarik permintaan ini.")
    return "\n".join(lines)


def waiting(duty: Duty, which: Period, old: Decimal, new: Decimal, deciders: Sequence[str]) -> str:
    """A correction of this figure is asked for already."""
    who = listed(deciders) if deciders else "yang memeriksa"
    return f"Koreksi {figure_name(duty, which)}, {change(duty, old, new)}, sudah diminta dan menunggu {who}."


def withdrawn(duty: Duty, which: Period) -> str:
    return f"Permintaan koreksi {figure_name(duty, which)} ditarik; angkanya tetap. Ketik koreksi untuk memulai lagi."


# --- what checkers read -----------------------------------------------------------------------------------------------


def told_checker(
    who: str, duty: Duty, which: Period, old: Decimal, new: Decimal, reason: str, unusual: Sequence[str]
) -> str:
    """A verified figure was corrected: old and new side by side, and why."""
    lines = [
        f"{who} mengoreksi angka yang sudah terverifikasi.",
        f"{figure_name(duty, which)}",
        f"{change(duty, old, new)[0].upper()}{change(duty, old, new)[1:]}",
        f'Alasan: "{shortened(reason, 200)}"' if reason else "",
        f"Perhatikan: {listed(unusual)}." if unusual else "",
        "Sampai diperiksa lagi, angkanya sementara.",
    ]
    return "\n".join(line for line in lines if line)


def to_decide(
    who: str,
    duty: Duty,
    which: Period,
    old: Decimal,
    new: Decimal,
    reason: str,
    note: str,
    unusual: Sequence[str],
) -> str:
    """A correction after a lock, for whoever decides: old and new side by side, and why."""
    lines = [
        f"{who} meminta koreksi; {period(which)} sudah dikunci.",
        figure_name(duty, which),
        f"Tercatat: {amount(old, duty.unit)}",
        f"Diminta: {amount(new, duty.unit)}",
        f'Alasan: "{shortened(reason, 200)}"',
        f'Catatan: "{shortened(note, 120)}"' if note else "",
        f"Perhatikan: {listed(unusual)}." if unusual else "",
    ]
    return "\n".join(line for line in lines if line)


def decline_question(request: str) -> str:
    return f"{request}\n{DECLINE_REASON}"


def also_own() -> str:
    """Below a request, for whoever has figures of their own."""
    return "Untuk angka Anda sendiri, ketik, misalnya, koreksi maret."


def on_page(requests: int) -> str:
    """On the page of what is to be verified: requests are decided one by one."""
    return f"Koreksi diminta: {requests}. Ketik koreksi untuk memutuskannya."


def you_agreed(duty: Duty, which: Period, new: Decimal, asker: str, left: int, *, told: bool) -> str:
    text = f"Koreksi disetujui. {figure_name(duty, which)}: {amount(new, duty.unit)} (Terverifikasi)."
    return f"{text}\n{_asker_told(asker, left, told=told)}"


def you_declined(duty: Duty, which: Period, old: Decimal, asker: str, left: int, *, told: bool) -> str:
    text = f"Koreksi ditolak. {figure_name(duty, which)} tetap {amount(old, duty.unit)}."
    return f"{text}\n{_asker_told(asker, left, told=told)}"


def _asker_told(asker: str, left: int, *, told: bool) -> str:
    reached = f"{asker} diberi tahu." if told else f"{asker} belum dapat dihubungi lewat Renaksi; mohon sampaikan."
    more = f"Masih {left} permintaan koreksi menunggu; ketik koreksi." if left else "Ketik verifikasi untuk yang lain."
    return f"{reached}\n{more}"


def agreed(by: str, duty: Duty, which: Period, old: Decimal, new: Decimal) -> str:
    """What the one who asked reads."""
    return f"Koreksi Anda disetujui {by}.\n{figure_name(duty, which)}: {change(duty, old, new)} (Terverifikasi)."


def declined(by: str, duty: Duty, which: Period, old: Decimal, new: Decimal, reason: str) -> str:
    """What the one who asked reads."""
    return (
        f'Koreksi Anda ditolak {by}: "{shortened(reason, 200)}"\n'
        f"{figure_name(duty, which)} tetap {amount(old, duty.unit)}, bukan {amount(new, duty.unit)}."
    )


def decided_before(outcome: str, by: str) -> str:
    """Somebody was quicker."""
    return f"Permintaan koreksi ini sudah {outcome}{f' oleh {by}' if by else ''}."


OUTCOMES = {"agreed": "disetujui", "declined": "ditolak", "withdrawn": "ditarik kembali"}


def opened(which: Period) -> str:
    """The lock was taken off meanwhile: nothing has to be decided."""
    return f"{_capital(which)} sudah dibuka, jadi pemiliknya dapat mengoreksi langsung tanpa persetujuan."


# --- a message that was edited ----------------------------------------------------------------------------------------


def unclear(which: Period) -> str:
    return (
        "Angka dalam pesan yang diubah itu belum jelas, jadi yang tercatat tetap. "
        f"Untuk mengubahnya, ketik koreksi {period(which).lower()}."
    )


def offer(duty: Duty, which: Period, old: Decimal, new: Decimal) -> str:
    return f"Pesan Anda diubah. {indicator(duty.name)}, {period(which)}: {change(duty, old, new)}?"


def reason_needed() -> str:
    return "Alasannya akan ditanyakan."


def change_label(value: Decimal) -> str:
    label = f"Ya, jadi {number(value)}"
    return label if len(label) <= BUTTON_LABEL else "Ya, ganti"
