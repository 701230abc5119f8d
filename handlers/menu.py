"""The words that start something, from any channel, with or without a slash: who may use them and what they do."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.appointments import Change
from handlers import (
    absence,
    all_zero,
    channel_choice,
    correction,
    days_off,
    digest,
    downloads,
    evidence,
    group,
    handover,
    history,
    inviting,
    locking,
    money,
    more_time,
    my_data,
    notes,
    nudge,
    number_change,
    office_settings,
    opening_positions,
    other,
    pictures,
    plan_file,
    practice,
    questions,
    report_for,
    returning,
    snooze,
    staff,
    status,
    team,
    unreachable,
    verification,
    verifying,
    which_office,
)
from handlers.absence import ABSENCE
from handlers.all_zero import ALL_ZERO
from handlers.channel_choice import CHANNEL_CHOICE
from handlers.correction import CORRECTION
from handlers.days_off import DAYS_OFF
from handlers.dialogue import SHORTEST_GUESS, TYPO, AnyDialogue, Begin
from handlers.evidence import DEMAND, EVIDENCE
from handlers.follow_ups import END, EXPLAIN, open_ones
from handlers.follow_ups import words as kendala
from handlers.likeness import ratio
from handlers.locking import LOCKING
from handlers.messages import Outgoing, Say
from handlers.money import MONEY
from handlers.more_time import MORE_TIME
from handlers.notes import NOTES
from handlers.office_settings import SETTINGS_TALK
from handlers.opening_positions import OPENING
from handlers.period_words import names_period
from handlers.plan_file import PLAN_FILE
from handlers.practice import PRACTICE
from handlers.questions import QUESTIONS
from handlers.report import REPORT
from handlers.report_for import CHOOSE_POST, REPORT_FOR
from handlers.returning import RETURNING
from handlers.snooze import PUT_OFF
from handlers.staff import STAFF
from handlers.texts import general
from handlers.texts.formats import person as addressed
from handlers.verification import VERIFICATION, approving
from handlers.verification.approving import APPROVAL
from storage.desk import Desk

Answer = Begin[Any, Any, Any] | Outgoing


@dataclass(frozen=True)
class Entry:
    """One word of the menu. `word` is its command; `spellings` are understood too; `meaning` stands in "bantuan".

    `allowed` decides whether a person sees it; `run` gets the desk and what was typed after the word. `takes` tells
    whether words may follow when it is typed: a sentence that only begins like it is none of the menu.
    """

    word: str
    spellings: tuple[str, ...]
    meaning: str
    allowed: Callable[[Desk], bool]
    run: Callable[[Desk, str], Answer]
    takes: Callable[[str], bool] = lambda _words: False
    listed: Callable[[Desk], bool] = lambda _desk: True
    """Whether it stands in "bantuan" of a person who may use it: others are told why not when they do."""


def _everybody(_desk: Desk) -> bool:
    return True


def _is_admin(desk: Desk) -> bool:
    return desk.is_admin


MENU: tuple[Entry, ...] = (
    Entry(
        "lapor",
        ("laporan", "melapor", "isi", "lanjut", "lanjutkan"),
        "mengisi realisasi periode ini",
        _everybody,
        opening_positions.lapor,
        takes=names_period,
    ),
    Entry(
        "latihan", ("latihan dulu", "latihan lagi", "coba lapor"), "mencoba melapor dengan contoh, tidak dihitung",
        _everybody, practice.start,
    ),
    Entry(
        "mewakili",
        ("lapor untuk", "laporkan untuk", "laporkan", "isi untuk", "isi untuk jabatan", "lapor utk", "laporkan utk"),
        "mengisi laporan untuk jabatan lain", _everybody, report_for.start, takes=report_for.takes,
        listed=report_for.may_report_for,
    ),
    Entry(
        "posisi", ("realisasi awal", "posisi awal"), "realisasi awal, sebelum Renaksi dipakai", _everybody,
        opening_positions.start, listed=opening_positions.has_positions,
    ),
    Entry(
        "status", ("capaian", "progres"), "capaian saya dan yang belum dilaporkan", _everybody,
        status.status, takes=names_period,
    ),
    Entry(
        "ringkasan", ("rekap", "rangkuman"), "gambar dan ringkasan kantor", digest.may_see_office,
        digest.summary, takes=names_period,
    ),
    Entry(
        "grafik", ("gambar",), "gambar seksi, indikator, ketepatan, dan serapan", _everybody, pictures.picture,
        takes=pictures.takes,
    ),
    Entry(
        "catatan", ("catat",), "catatan atasan tentang indikator, dan balasannya", _everybody, notes.start,
        takes=notes.takes,
    ),
    Entry(
        "kendala", ("hambatan", "faktor pendorong"), "kendala atau pendorong capaian, dan tindak lanjutnya",
        _everybody, kendala.start, takes=kendala.takes,
    ),
    Entry(
        "tindak", ("tindak lanjut", "tindaklanjut", "rtl"), "tindak lanjut yang masih terbuka", _everybody,
        open_ones.start, takes=open_ones.takes,
    ),
    Entry(
        "keuangan", ("uang", "anggaran", "realisasi keuangan"), "realisasi keuangan tiap baris anggaran",
        _everybody, money.start, takes=names_period, listed=money.may_report,
    ),
    Entry(
        "unduh", ("formulir", "cetak", "download", "ekspor"), "mengunduh formulir resmi (PDF, Excel, Word)",
        _everybody, downloads.download, takes=downloads.takes, listed=downloads.may_download,
    ),
    Entry("periksa", ("cek", "cek nomor"), "", _everybody, verifying.check, takes=verifying.takes),
    Entry(
        "verifikasi", ("memverifikasi", "verif"), "memeriksa angka yang menunggu Anda", verification.checks,
        verification.start, takes=verifying.takes,
    ),
    Entry(
        "tim", ("bawahan", "staf", "staf saya", "tim saya"), "laporan jabatan di bawah Anda", _everybody, team.team,
        takes=names_period, listed=team.leads,
    ),
    Entry(
        "sahkan", ("pengesahan", "mengesahkan", "sahkan triwulan"), "mengesahkan triwulan", approving.approves,
        approving.start, takes=names_period,
    ),
    Entry(
        "bukti", ("data dukung", "lampiran", "eviden"), "menambah dan melihat bukti", _everybody, evidence.start,
        takes=evidence.takes,
    ),
    Entry(
        "koreksi", ("mengoreksi", "perbaiki angka", "ubah angka", "ralat"), "mengoreksi angka yang sudah terkirim",
        _everybody, correction.start, takes=correction.takes,
    ),
    Entry(
        "riwayat", ("sejarah", "riwayat indikator"), "riwayat satu indikator: siapa, kapan, alasannya", _everybody,
        history.start, takes=history.takes,
    ),
    Entry("rincian", ("rincian seksi",), "", _everybody, pictures.sections, takes=names_period),
    Entry("ketepatan", ("siapa lapor kapan",), "", _everybody, pictures.timeliness, takes=names_period),
    Entry("serapan", ("serapan anggaran",), "", _everybody, pictures.spending, takes=names_period),
    Entry(
        "tunda", ("ingatkan nanti", "ingatkan lagi", "ingatkan saya", "ingatkan saya nanti"),
        "diingatkan lagi nanti", _everybody, snooze.start, takes=names_period,
    ),
    Entry(
        "nihil", ("nihil semua", "semua nihil"), "mengirim nihil untuk semua yang tersisa", _everybody,
        all_zero.start, takes=names_period,
    ),
    Entry("lainnya", (), "", _everybody, other.choices, takes=names_period),
    Entry(
        "ingatkan", ("ingatkan mereka", "ingatkan yang belum", "ingatkan bawahan", "ingatkan semua"),
        "mengingatkan bawahan yang belum lapor", nudge.may_nudge, nudge.nudge, takes=nudge.takes,
    ),
    Entry(
        "cuti", ("izin", "cuti/dinas luar"), "cuti atau dinas luar, dan penggantinya", _everybody,
        absence.start_leave, takes=absence.may_follow,
    ),
    Entry(
        "dinas", ("dinas luar", "perjalanan dinas"), "", _everybody,
        absence.start_duty_trip, takes=absence.may_follow,
    ),
    Entry(
        "waktu", ("minta waktu", "tambahan waktu", "waktu tambahan", "perpanjangan"),
        "meminta waktu tambahan kepada atasan", _everybody, more_time.start, takes=names_period,
    ),
    Entry("setuju", ("disetujui",), "", _everybody, more_time.agree),
    Entry("tolak", ("ditolak",), "", _everybody, more_time.decline),
    Entry(
        "kembalikan", ("kembalikan laporan", "tolak laporan"), "mengembalikan laporan untuk diperbaiki",
        returning.may_return, returning.start, takes=names_period,
    ),
    Entry(
        "kunci", (), "mengunci periode", locking.may_lock, locking.start_locking, takes=names_period,
    ),
    Entry(
        "buka", ("buka kunci",), "membuka periode yang dikunci", locking.may_lock,
        locking.start_opening, takes=names_period,
    ),
    Entry(
        "rencana", ("rencana aksi", "renaksi", "muat rencana", "berkas rencana", "buku kerja"),
        "memuat atau mengubah rencana aksi", plan_file.may_use, plan_file.start, takes=plan_file.takes,
    ),
    Entry(
        "pertanyaan", ("tanya",), "menjawab pertanyaan tentang rencana aksi", _is_admin,
        lambda desk, _words: questions.start(desk),
    ),
    Entry(
        "kelola", ("atur pegawai", "pegawai", "jabatan", "kelola pegawai", "kelola jabatan"),
        "mengatur jabatan dan pegawai: mutasi, Plt, Plh", _is_admin, staff.start, takes=staff.continues,
    ),
    Entry(
        "undang", ("mengundang", "undangan", "buat undangan"), "mengundang pegawai, dan siapa yang belum bergabung",
        _is_admin, inviting.start, takes=inviting.takes,
    ),
    Entry(
        "mutasi", ("pindah tugas", "pindah jabatan"), "", _is_admin,
        lambda desk, words: staff.start_change(desk, Change.TRANSFER, words), takes=staff.takes,
    ),
    Entry(
        "plt", ("tunjuk plt",), "", _is_admin,
        lambda desk, words: staff.start_change(desk, Change.PLT, words), takes=staff.takes,
    ),
    Entry(
        "plh", ("tunjuk plh",), "", _is_admin,
        lambda desk, words: staff.start_change(desk, Change.PLH, words), takes=staff.takes,
    ),
    Entry(
        "serah", ("serah terima", "serahterima", "memori jabatan"), "", _everybody, handover.start,
        takes=handover.takes,
    ),
    Entry(
        "tenggat", ("atur tenggat", "atur", "pengaturan"), "mengatur batas, pengingat, dan jam kerja", _is_admin,
        lambda desk, _words: office_settings.start(desk),
    ),
    Entry(
        "libur", ("hari libur",), "hari libur kantor dan libur nasional", _is_admin,
        lambda desk, _words: days_off.start(desk),
    ),
    Entry(
        "terjangkau", ("tak terjangkau", "tidak terjangkau"), "siapa yang belum dapat dihubungi", _is_admin,
        lambda desk, _words: unreachable.unreachable(desk),
    ),
    Entry(
        "grup", ("group", "grup kantor"), "grup kantor: daftar yang belum lapor", _is_admin, group.start,
    ),
    Entry(
        "kantor", ("ganti kantor", "pilih kantor", "pindah kantor"), "memilih untuk kantor mana Anda menulis",
        _everybody, which_office.start, listed=which_office.has_choice,
    ),
    Entry(
        "nomor", ("ganti nomor", "nomor baru", "nomor wa", "nomor whatsapp", "nomor hp", "ubah nomor"), "", _everybody,
        number_change.start, takes=number_change.takes,
    ),
    Entry(
        "data", ("data saya", "data pribadi", "data saya di renaksi"), "data Anda: salinan dan penghapusan",
        _everybody, my_data.start, takes=my_data.takes,
    ),
    Entry(
        "saluran", ("ganti saluran", "pilih saluran"), "ke mana pengingat dikirim", _everybody,
        lambda desk, _words: channel_choice.start(desk), listed=channel_choice.has_choice,
    ),
    Entry(
        "bantuan", ("help", "menu", "tolong", "?"), "menampilkan pilihan ini", _everybody,
        lambda desk, _words: help_screen(desk),
    ),
    Entry(
        "start", ("mulai", "halo", "hai", "hallo", "assalamualaikum", "selamat pagi", "selamat siang"), "", _everybody,
        lambda desk, _words: welcome_back(desk),
    ),
)  # fmt: skip

DIALOGUES: dict[str, AnyDialogue] = {
    dialogue.name: dialogue
    for dialogue in (
        REPORT,
        CORRECTION,
        QUESTIONS,
        PLAN_FILE,
        PUT_OFF,
        ABSENCE,
        SETTINGS_TALK,
        ALL_ZERO,
        DAYS_OFF,
        MORE_TIME,
        LOCKING,
        RETURNING,
        VERIFICATION,
        APPROVAL,
        NOTES,
        MONEY,
        CHANNEL_CHOICE,
        CHOOSE_POST,
        REPORT_FOR,
        PRACTICE,
        OPENING,
        EXPLAIN,
        END,
        EVIDENCE,
        DEMAND,
        STAFF,
    )
}
"""Every conversation of people who have joined, by name: where a stored one is found again."""

_SPELLINGS = {entry.word: (entry.word, *entry.spellings) for entry in MENU}
_BY_SPELLING = {spelling: entry for entry in reversed(MENU) for spelling in _SPELLINGS[entry.word]}
_BY_FIRST_WORD: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
for _entry in MENU:
    for _spelling in sorted(_SPELLINGS[_entry.word], key=len, reverse=True):
        _BY_FIRST_WORD[_spelling.partition(" ")[0]].append((f"{_spelling} ", _entry))
"""Looked up with every text: an entry's longest spelling stands first."""

ANSWERS = frozenset({"nihil"})
"""Words that answer an open question before they start anything."""


def help_screen(desk: Desk) -> Outgoing:
    """ "bantuan": one screen."""
    mine = (entry for entry in MENU if entry.meaning and entry.allowed(desk) and entry.listed(desk))
    return Say(text=general.help_text(tuple((entry.word, entry.meaning) for entry in mine)))


def welcome_back(desk: Desk) -> Outgoing:
    return Say(text=general.welcome_back(addressed(desk.person.name, desk.person.salutation), desk.office.name))


def find(body: str, *, typos: bool) -> tuple[Entry, str] | None:
    """The entry that a text names and the words after it; with `typos` a misspelt single word is forgiven."""
    plain = " ".join(body.strip().lstrip("/").split())
    entry = _BY_SPELLING.get(plain.casefold())
    if entry is not None:
        return entry, ""
    return _with_words(plain) or _report_of(plain) or (_misspelt(plain) if typos else None)


def _report_of(plain: str) -> tuple[Entry, str] | None:
    """ "lapor dong": whoever says it first means it, whatever follows."""
    word, _, rest = plain.partition(" ")
    return (MENU[0], rest) if word.casefold() == MENU[0].word and rest else None


def _with_words(plain: str) -> tuple[Entry, str] | None:
    """ "isi februari": the entry whose word begins the text and takes what follows it, of its spellings the longest."""
    folded = plain.casefold()
    for beginning, entry in _BY_FIRST_WORD.get(folded.partition(" ")[0], ()):
        if folded.startswith(beginning) and entry.takes(rest := plain[len(beginning) :]):
            return entry, rest
    return None


def _misspelt(plain: str) -> tuple[Entry, str] | None:
    if len(plain) < SHORTEST_GUESS or " " in plain:
        return None
    scored = [(max(ratio(plain.lower(), word) for word in _SPELLINGS[e.word]), e) for e in MENU]
    score, entry = max(scored, key=lambda pair: pair[0])
    return (entry, "") if score >= TYPO else None


def entry_of(word: str) -> Entry | None:
    """The entry of a button such as `!lapor:2022-02`."""
    return next((entry for entry in MENU if entry.word == word), None)


def commands() -> Sequence[tuple[str, str]]:
    """The commands that a channel's own menu lists: name and what it does."""
    return [(entry.word, entry.meaning) for entry in MENU if entry.meaning]
