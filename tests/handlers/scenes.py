"""How to come to every step of every conversation: an office, who speaks, and what they say until it is asked."""

from dataclasses import dataclass

from handlers import (
    absence,
    all_zero,
    channel_choice,
    correction,
    days_off,
    evidence,
    locking,
    money,
    more_time,
    notes,
    office_settings,
    opening_positions,
    plan_file,
    questions,
    register,
    returning,
    snooze,
    staff,
    verification,
)
from handlers.dialogue import AnyDialogue
from handlers.evidence import demanding
from handlers.follow_ups import ending, explaining
from handlers.kabupaten import ADD_OFFICE, adding, joining
from handlers.menu import DIALOGUES
from handlers.report import Step as ReportStep
from handlers.report_for import choosing
from handlers.verification import approving
from tests.transcripts.chat import Town

DIALOGUES_OF_ALL: tuple[AnyDialogue, ...] = (*register.DIALOGUES.values(), ADD_OFFICE, *DIALOGUES.values())


@dataclass(frozen=True)
class Scene:
    """`directions` set the stage, in the words of a transcript's `@` lines; `lines` lead to the step."""

    plan: str
    speaker: str
    lines: tuple[str, ...]
    clock: str = "2022-03-29 09:00"
    later: str = ""
    last: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    """Others who can be written to."""
    others: tuple[tuple[str, str], ...] = ()
    """What others say before."""
    acting: tuple[tuple[str, str], ...] = ()
    """Who acts as Plt for which post."""


RATNA = "Bu Ratna Dewanti"
SARI, DEWI, JOKO = "Bu Sari Andini", "Bu Dewi Lestari", "Pak Joko Santosa"
CODE, OVERSEER_CODE = "ABCDE23456", "KABAX23456"
REPORTED = tuple((SARI, line) for line in ("lapor", "1", "nihil", "25", "kirim"))
REPORTED_BY_TWO = (*REPORTED, *((JOKO, line) for line in ("lapor", "benar", "10", "233", "kirim")))
LOW = ("lapor", "1", "25", "10", "80%", "kirim")
"""Reports of the plan "triwulan" of which the first is low."""
SENT = ("lapor", "1", "nihil", "25", "kirim", "nanti saja")
"""A month is reported, and why a figure is low is left for later."""
SENT_TWICE = ("lapor februari", "1", "nihil", "kirim", "nanti saja", *SENT)
ASKED_AFTER_A_LOCK = (
    *((SARI, line) for line in SENT),
    *((DEWI, line) for line in ("kunci maret", "kunci maret")),
    *((SARI, line) for line in ("koreksi maret", "1", "2", "salah ketik", "kirim koreksi")),
)
REVISION = ("[dokumen: buku-kerja-perubahan.xlsx]", "muat", "pk perubahan", "nomor 5")
BELOW = tuple((JOKO, line) for line in ("lapor", "200", "10", "kirim"))
FOR_SARI = ("lapor untuk kasi pemerintahan maret", "telepon")
JUNE = "2022-06-28 09:00"
BEGUN = tuple((DEWI, line) for line in ("atur tenggat", "mulai dipakai", "juni 2022", "simpan"))
POSITIONS = ("realisasi awal", "4", "2", "25", "buku register", "kirim")
LEAVES = ("mutasi sari", "31 maret", "keluar kantor ini")
"""A mutasi out of the office."""
SCENES: dict[tuple[str, str], Scene] = {
    ("register", register.Step.CONFIRM): Scene("kecil", "Tamu", (CODE,)),
    ("oversee", joining.Step.CONFIRM): Scene("kecil", "Tamu", (OVERSEER_CODE,)),
    ("add_office", adding.Step.CONFIRM): Scene("kecil", "Tamu", (OVERSEER_CODE, "ya saya", "[dokumen: sukasari.xlsx]")),
    ("register", register.Step.NAME): Scene("kecil", "Tamu", (CODE, "ya saya")),
    ("report", ReportStep.HAT): Scene("dua-jabatan", SARI, ("lapor",), acting=((SARI, "Kasi Pembangunan"),)),
    ("report", ReportStep.MODE): Scene("usulan", JOKO, ("lapor",)),
    ("report", ReportStep.VALUE): Scene("kecil", SARI, ("lapor", "1")),
    ("report", ReportStep.DOUBT): Scene("kecil", SARI, ("lapor", "sekitar 1")),
    ("report", ReportStep.NOTE): Scene("kecil", SARI, ("lapor", "9", "memang")),
    ("report", ReportStep.REVIEW): Scene("kecil", SARI, ("lapor", "1", "1", "25")),
    ("report", ReportStep.REASON): Scene(
        "kecil",
        SARI,
        ("lapor", "1", "1", "25", "kirim"),
        later="2022-04-20 09:00",
        last=("lapor maret", "2", "0", "kirim"),
    ),
    ("correct", correction.Step.PERIOD): Scene("kecil", SARI, (*SENT_TWICE, "koreksi")),
    ("correct", correction.Step.INDICATOR): Scene("kecil", SARI, (*SENT, "koreksi maret")),
    ("correct", correction.Step.VALUE): Scene("kecil", SARI, (*SENT, "koreksi maret", "1")),
    ("correct", correction.Step.DOUBT): Scene("kecil", SARI, (*SENT, "koreksi maret", "1", "9")),
    ("correct", correction.Step.NOTE): Scene("kecil", SARI, (*SENT, "koreksi maret", "1", "9", "ya")),
    ("correct", correction.Step.REASON): Scene("kecil", SARI, (*SENT, "koreksi maret", "1", "2")),
    ("correct", correction.Step.REVIEW): Scene("kecil", SARI, (*SENT, "koreksi maret", "1", "2", "salah ketik")),
    ("correct", correction.Step.CONFIRM): Scene("kecil", SARI, (*SENT, '[ubah "nihil" jadi "1"]')),
    ("correct", correction.Step.DECLINE): Scene("kecil", DEWI, ("(Tolak)",), joined=(DEWI,), others=ASKED_AFTER_A_LOCK),
    ("absence", absence.Step.FIRST): Scene("kecil", SARI, ("cuti",)),
    ("absence", absence.Step.LAST): Scene("kecil", SARI, ("cuti", "besok")),
    ("absence", absence.Step.STAND_IN): Scene("kecil", SARI, ("cuti", "besok", "8 april")),
    ("absence", absence.Step.CONFIRM): Scene("kecil", SARI, ("cuti", "besok", "8 april", "agus")),
    ("absence", absence.Step.PRESENT): Scene("kecil", SARI, ("cuti", "besok", "8 april", "agus", "simpan", "cuti")),
    ("questions", questions.Step.ANSWER): Scene("pertanyaan", DEWI, ("pertanyaan",)),
    ("questions", questions.Step.TARGETS): Scene(
        "pertanyaan", DEWI, ("pertanyaan", "lewati", "lewati", "lewati", "lewati", "entah")
    ),
    ("plan_file", plan_file.Step.KIND): Scene("anggaran", DEWI, ("[dokumen: data-desa.xlsx]",)),
    ("plan_file", plan_file.Step.YEAR): Scene("kecil", DEWI, ("[dokumen: renaksi-tanpa-tahun.txt]",)),
    ("plan_file", plan_file.Step.OFFER): Scene("kecil", DEWI, REVISION[:1]),
    ("plan_file", plan_file.Step.ANSWER): Scene("kecil", DEWI, (*REVISION[:1], "jawab sekarang")),
    ("plan_file", plan_file.Step.ALIKE): Scene(
        "kecil", DEWI, ("[dokumen: renaksi-2023.txt]", "jawab sekarang", "kasi pemerintahan")
    ),
    ("plan_file", plan_file.Step.REASON): Scene("kecil", DEWI, REVISION[:2]),
    ("plan_file", plan_file.Step.DOCUMENT): Scene("kecil", DEWI, REVISION[:3]),
    ("plan_file", plan_file.Step.SUMMARY): Scene("kecil", DEWI, REVISION),
    ("plan_file", plan_file.Step.DETAILS): Scene("kecil", DEWI, (*REVISION, "rincian")),
    ("snooze", snooze.Step.WHEN): Scene("kecil", SARI, ("tunda",)),
    ("office_settings", office_settings.Step.SETTING): Scene("kecil", DEWI, ("atur tenggat",)),
    ("office_settings", office_settings.Step.VALUE): Scene("kecil", DEWI, ("atur tenggat", "1")),
    ("office_settings", office_settings.Step.CONFIRM): Scene("kecil", DEWI, ("atur tenggat", "1", "tanggal 8")),
    ("all_zero", all_zero.Step.OBSTACLE): Scene(
        "dua-belas", SARI, ("nihil februari", "ya, nihil semua"), later="2022-03-29 10:00", last=("nihil maret",)
    ),
    ("all_zero", all_zero.Step.CONFIRM): Scene("dua-belas", SARI, ("nihil",)),
    ("more_time", more_time.Step.PERIOD): Scene("kecil", SARI, ("waktu",), joined=(RATNA,)),
    ("more_time", more_time.Step.UNTIL): Scene("kecil", SARI, ("waktu maret",), joined=(RATNA,)),
    ("more_time", more_time.Step.REASON): Scene("kecil", SARI, ("waktu maret", "8 april"), joined=(RATNA,)),
    ("more_time", more_time.Step.CONFIRM): Scene("kecil", SARI, ("waktu maret", "8 april", "1"), joined=(RATNA,)),
    ("locking", locking.Step.PERIOD): Scene("kecil", DEWI, ("kunci",)),
    ("locking", locking.Step.CONFIRM): Scene("kecil", DEWI, ("kunci februari",)),
    ("locking", locking.Step.REASON): Scene(
        "kecil", DEWI, ("kunci februari", "kunci februari", "kunci maret", "kunci maret", "buka februari")
    ),
    ("returning", returning.Step.POST): Scene("kecil", DEWI, ("kembalikan",), others=REPORTED_BY_TWO),
    ("returning", returning.Step.INDICATOR): Scene("kecil", DEWI, ("kembalikan",), others=REPORTED),
    ("returning", returning.Step.REASON): Scene("kecil", DEWI, ("kembalikan", "1"), others=REPORTED),
    ("returning", returning.Step.CONFIRM): Scene("kecil", DEWI, ("kembalikan", "1", "1"), others=REPORTED),
    ("report", ReportStep.WHICH): Scene("kecil", SARI, ("lapor", "1", "1", "25", "[foto: papan desa]")),
    ("report", ReportStep.PROOF): Scene(
        "kecil",
        SARI,
        ("lapor", "1", "1", "25", "tambah bukti"),
        others=tuple((DEWI, line) for line in ("bukti atur", "1", "1 foto", "selesai")),
    ),
    ("evidence", evidence.Step.FIGURE): Scene("kecil", SARI, ("[3 foto: papan desa]",)),
    ("evidence", evidence.Step.FILES): Scene("kecil", SARI, ("bukti buku",)),
    ("evidence_demand", demanding.Step.INDICATOR): Scene("kecil", DEWI, ("bukti atur",)),
    ("evidence_demand", demanding.Step.DEMAND): Scene("kecil", DEWI, ("bukti atur", "1")),
    ("verification", verification.Step.PAGE): Scene("kecil", DEWI, ("verifikasi",), others=REPORTED),
    ("verification", verification.Step.FIGURE): Scene("kecil", DEWI, ("verifikasi", "mulai"), others=REPORTED),
    ("verification", verification.Step.MORE): Scene("kecil", DEWI, ("verifikasi", "mulai", "lainnya"), others=REPORTED),
    ("verification", verification.Step.REASON): Scene(
        "kecil", DEWI, ("verifikasi", "mulai", "kembalikan"), others=REPORTED
    ),
    ("verification", verification.Step.PERSON): Scene("tim", SARI, ("verifikasi", "mulai"), others=BELOW),
    ("verification", verification.Step.WHICH): Scene("tim", SARI, ("verifikasi", "mulai", "kembalikan"), others=BELOW),
    ("approval", approving.Step.CONFIRM): Scene(
        "kecil",
        RATNA,
        ("sahkan",),
        clock="2022-04-01 09:00",
        others=(*REPORTED, (DEWI, "verifikasi"), (DEWI, "mulai"), (DEWI, "setujui")),
    ),
    ("notes", notes.Step.TEXT): Scene("kecil", RATNA, ("catatan peraturan",)),
    ("money", money.Step.SPENT): Scene("anggaran", JOKO, ("keuangan",)),
    ("money", money.Step.PHYSICAL): Scene("anggaran", JOKO, ("keuangan", "145 juta")),
    ("money", money.Step.DOUBT): Scene("anggaran", JOKO, ("keuangan", "sekitar 145 juta")),
    ("money", money.Step.REVIEW): Scene("anggaran", JOKO, ("keuangan", "145 juta 16%", "daftar")),
    ("money", money.Step.REASON): Scene(
        "anggaran",
        JOKO,
        ("keuangan", "145 juta 16%", "daftar", "kirim", "keuangan februari", "daftar", "1", "146 juta 17%", "kirim"),
    ),
    ("money", money.Step.MONTH): Scene("anggaran", JOKO, ("[dokumen: rfk-tanpa-bulan.xlsx]",)),
    ("channel_choice", channel_choice.Step.WHERE): Scene(
        "kecil", SARI, ("saluran",), joined=("Bu Sari Andini (WhatsApp)",)
    ),
    ("explain", explaining.Step.CAUSE): Scene("triwulan", SARI, LOW),
    ("explain", explaining.Step.ACTION): Scene("triwulan", SARI, (*LOW, "menunggu desa")),
    ("explain", explaining.Step.HANDLER): Scene("triwulan", SARI, (*LOW, "menunggu desa; surat ke desa")),
    ("explain", explaining.Step.UNTIL): Scene("triwulan", SARI, (*LOW, "menunggu desa; surat ke desa", "lewati")),
    ("follow_up", ending.Step.DONE): Scene(
        "triwulan", SARI, (*LOW, "menunggu desa; surat ke desa", "lewati", "tanpa tanggal", "tindak", "1")
    ),
    ("staff", staff.Step.MENU): Scene("kecil", DEWI, ("kelola",)),
    ("staff", staff.Step.WHO): Scene("kecil", DEWI, ("mutasi",)),
    ("staff", staff.Step.LAST): Scene("kecil", DEWI, ("mutasi sari",)),
    ("staff", staff.Step.WHERE): Scene("kecil", DEWI, ("mutasi sari", "31 maret")),
    ("staff", staff.Step.TARGET): Scene("kecil", DEWI, ("mutasi sari", "31 maret", "jabatan lain")),
    ("staff", staff.Step.PERSON): Scene("kecil", DEWI, LEAVES),
    ("staff", staff.Step.NAME): Scene("kecil", DEWI, (*LEAVES, "orang baru")),
    ("staff", staff.Step.SALUTATION): Scene("kecil", DEWI, (*LEAVES, "orang baru", "Rina Kartika")),
    ("staff", staff.Step.PHONE): Scene("kecil", DEWI, (*LEAVES, "orang baru", "Rina Kartika", "bu")),
    ("staff", staff.Step.KEEPS): Scene("kecil", DEWI, (*LEAVES, "joko")),
    ("staff", staff.Step.CONFIRM): Scene("kecil", DEWI, (*LEAVES, "kosong dulu")),
    ("staff", staff.Step.PRESENT): Scene("kecil", DEWI, (*LEAVES, "kosong dulu", "simpan", "mutasi sari")),
    ("staff", staff.Step.POST): Scene("kecil", DEWI, ("plt",)),
    ("staff", staff.Step.FIRST): Scene("kecil", DEWI, ("plt kasi pembangunan", "sari")),
    ("staff", staff.Step.TITLE): Scene("kecil", DEWI, ("kelola", "jabatan baru")),
    ("staff", staff.Step.ROLE): Scene("kecil", DEWI, ("kelola", "jabatan baru", "Bendahara")),
    ("staff", staff.Step.SUPERIOR): Scene("kecil", DEWI, ("kelola", "jabatan baru", "Bendahara", "pelaksana")),
    ("staff", staff.Step.UNIT): Scene("kecil", DEWI, ("kelola", "jabatan baru", "Bendahara", "pelaksana", "camat")),
    ("staff", staff.Step.HEIR): Scene("kecil", DEWI, ("kelola", "akhiri jabatan", "pengelola gaji")),
    ("report_for", choosing.Step.POST): Scene("kecil", DEWI, ("lapor untuk",)),
    ("report_for", choosing.Step.PERIOD): Scene("kecil", DEWI, ("lapor untuk", "kasi pemerintahan")),
    ("report_for", choosing.Step.BASIS): Scene("kecil", DEWI, ("lapor untuk", "kasi pemerintahan", "maret")),
    ("report_other", ReportStep.MODE): Scene("usulan", DEWI, ("lapor untuk pengelola gaji maret", "telepon")),
    ("report_other", ReportStep.VALUE): Scene("kecil", DEWI, (*FOR_SARI, "1")),
    ("report_other", ReportStep.DOUBT): Scene("kecil", DEWI, (*FOR_SARI, "sekitar 1")),
    ("report_other", ReportStep.NOTE): Scene("kecil", DEWI, (*FOR_SARI, "9", "memang")),
    ("report_other", ReportStep.REVIEW): Scene("kecil", DEWI, (*FOR_SARI, "1", "1", "25")),
    ("report_other", ReportStep.REASON): Scene(
        "kecil",
        DEWI,
        (*FOR_SARI, "1", "1", "25", "kirim"),
        later="2022-04-20 09:00",
        last=(*FOR_SARI, "1", "2", "kirim"),
    ),
    ("report_other", ReportStep.WHICH): Scene("kecil", DEWI, (*FOR_SARI, "1", "1", "25", "[foto: papan desa]")),
    ("report_other", ReportStep.PROOF): Scene(
        "kecil",
        DEWI,
        (*FOR_SARI, "1", "1", "25", "tambah bukti"),
        others=tuple((DEWI, line) for line in ("bukti atur", "1", "1 foto", "selesai")),
    ),
    ("practice", ReportStep.VALUE): Scene("kecil", SARI, ("latihan", "1")),
    ("practice", ReportStep.DOUBT): Scene("kecil", SARI, ("latihan", "sekitar 1")),
    ("practice", ReportStep.NOTE): Scene("kecil", SARI, ("latihan", "9", "memang")),
    ("practice", ReportStep.REVIEW): Scene("kecil", SARI, ("latihan", "1", "50", "20")),
    ("practice", ReportStep.WHICH): Scene("kecil", SARI, ("latihan", "1", "50", "20", "[foto: papan desa]")),
    ("opening", opening_positions.Step.VALUE): Scene("kecil", SARI, ("realisasi awal",), others=BEGUN, clock=JUNE),
    ("opening", opening_positions.Step.DOUBT): Scene(
        "kecil", SARI, ("realisasi awal", "sekitar 4"), others=BEGUN, clock=JUNE
    ),
    ("opening", opening_positions.Step.SOURCE): Scene("kecil", SARI, POSITIONS[:4], others=BEGUN, clock=JUNE),
    ("opening", opening_positions.Step.REVIEW): Scene("kecil", SARI, POSITIONS[:5], others=BEGUN, clock=JUNE),
    ("opening", opening_positions.Step.REASON): Scene(
        "kecil",
        SARI,
        ("realisasi awal", "1", "5", "buku register", "kirim"),
        clock=JUNE,
        others=(*BEGUN, *((SARI, line) for line in POSITIONS), (DEWI, "verifikasi"), (DEWI, "setujui yang wajar")),
    ),
    ("days_off", days_off.Step.LIST): Scene("kecil", DEWI, ("libur",)),
    ("days_off", days_off.Step.CONFIRM): Scene("kecil", DEWI, ("libur", "Galungan 8 Juni 2022")),
}


def play(scene: Scene, url: str) -> Town:
    """A town in which the scene's question is open."""
    town = Town(url)
    town.load(scene.plan)
    town.set_clock(scene.clock)
    if scene.speaker == "Tamu":
        town.auto_join = False
        town.invite("Kasi Pembangunan", CODE)
        town.invite_overseer("Wanasari", OVERSEER_CODE)
    for other in scene.joined:
        town.join(other)
    for other, post in scene.acting:
        town.appoint(other, post, "Plt")
    for other, line in scene.others:
        town.hear(other, line)
    for line in scene.lines:
        town.hear(scene.speaker, line)
    if scene.later:
        town.set_clock(scene.later)
        for line in scene.last:
            town.hear(scene.speaker, line)
    return town
