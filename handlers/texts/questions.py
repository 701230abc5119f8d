"""Sentences of the conversation in which the admin answers what a plan leaves open (domain.md 2.2)."""

from decimal import Decimal

from domain.modes import Mode, Polarity
from domain.periods import Period
from domain.plan import About, Repeat
from domain.plan_review import ALL_SAME
from handlers.messages import ROW_HINT, ROW_LABEL
from handlers.texts.formats import indicator, number, period, shortened
from storage.plans import NO_TARGET, QuestionCard, parse_targets

NONE_OPEN = "Tidak ada pertanyaan yang terbuka tentang rencana aksi."
SKIP = "Lewati"
USE_PROPOSAL = "Pakai usulan"
LATER = "Nanti saja"
MORE = "Pilihan lain"
CLOSE = "Selesai"
PICK_ONE = "Pilih salah satu jawaban, dengan nomornya atau tombolnya."
NAME_PLEASE = "Tulis nama indikatornya dengan kata-kata, paling panjang 300 huruf."
UNIT_PLEASE = "Tulis satuannya, misalnya: dokumen. Tanda - berarti tanpa satuan."
ANNUAL_PLEASE = "Tulis target setahunnya sebagai satu angka, misalnya: 2800. Tanda - berarti tanpa target."
TARGETS_PLEASE = (
    "Tulis target per periode, misalnya: Juli 233, Agustus 233, September - (tanda - berarti tanpa target)."
)
TARGETS_UNREADABLE = "Periode atau angkanya belum terbaca. Silakan tulis seperti contoh, dipisah dengan koma."
TYPE_QUESTIONS = "Ketik pertanyaan"
SAVED = "jawaban sebelumnya sudah tersimpan."
BROKEN_OFF = "Baik, berhenti di sini. Jawaban sebelumnya sudah tersimpan. Ketik pertanyaan untuk mulai lagi."
ADMIN_ONLY = "Pertanyaan rencana aksi dijawab oleh Kasubbag Perencanaan. Ketik status untuk melihat capaian Anda."

_ABOUT = {
    About.MODE: "Cara hitung",
    About.OWNER: "Pemilik",
    About.NAME: "Nama indikator",
    About.DIRECTION: "Arah",
    About.TARGETS: "Target yang tidak terbaca",
    About.UNIT: "Satuan",
    About.ANNUAL: "Target setahun",
    About.REPEATED: "Tercetak dua kali",
}
_MODES = {
    Mode.SUM: ("Dijumlahkan", "Tiap periode diisi tambahannya, lalu dijumlahkan"),
    Mode.CUM: ("Posisi s/d", "Tiap periode diisi posisi s/d, yang terakhir berlaku"),
    Mode.LEVEL: ("Kondisi tiap periode", "Diisi kondisi saat itu, tidak dijumlahkan"),
    Mode.SINGLE: ("Sekali setahun", "Diisi satu kali saja"),
}
_DIRECTIONS = {
    Polarity.POSITIVE: ("Makin tinggi makin baik", ""),
    Polarity.NEGATIVE: ("Makin rendah makin baik", ""),
    Polarity.STABLE: ("Dijaga tetap", ""),
}
_REPEATS = {
    Repeat.SAME: ("Sama, lapor sekali", "Indikator yang sama, cukup dilaporkan satu kali"),
    Repeat.OWN: ("Indikator sendiri", "Dilaporkan sendiri di samping yang lain"),
}
_ALL_SAME = ("Semua yang ganda sama", "Semua baris yang tercetak lagi dengan isi sama")


def title(position: int, count: int, question: QuestionCard) -> str:
    return f"Pertanyaan {position} dari {count} · {_ABOUT[question.about]}"


def body(question: QuestionCard, *, blocks: bool) -> str:
    owner = f"\nPemilik: {question.post}" if question.post else ""
    place = f"\nDi berkas: {shortened(_place(question.place), 80)}" if question.place else ""
    blocked = "\nLaporan indikator ini menunggu jawaban." if blocks else ""
    proposal = f"\nUsulan: {shown(question.about, question.proposal)}" if question.proposal else ""
    text = shortened(question.text, 420)
    return f"{indicator(question.indicator, 120)}{owner}{place}\n\n{text}{proposal}{blocked}"


def _place(place: str) -> str:
    """`lembar Indikator, baris 12` for `Indikator!12`; a cell by its name."""
    sheet, sign, cell = place.partition("!")
    if not sign:
        return place
    return f"lembar {sheet}, {'baris' if cell.isdecimal() else 'sel'} {cell}"


def shown(about: About, value: str) -> str:
    """An answer as people read it."""
    match about:
        case About.MODE | About.DIRECTION | About.REPEATED | About.UNIT | About.ANNUAL:
            return option(about, value)[0]
        case About.TARGETS:
            return shortened(targets(value), 200)
        case _:
            return shortened(value, 160)


def targets(value: str) -> str:
    """`Juli 233, Agustus tanpa target` for `2022-07=233; 2022-08=-`."""
    return ", ".join(_target(which, target) for which, target in parse_targets(value).items())


def _target(which: Period, target: Decimal | None) -> str:
    return f"{period(which)} {'tanpa target' if target is None else number(target)}"


def option(about: About, value: str) -> tuple[str, str]:
    """Label and hint of an answer to choose."""
    match about:
        case About.MODE:
            return _MODES[Mode(value)]
        case About.DIRECTION:
            return _DIRECTIONS[Polarity(value)]
        case About.TARGETS:
            return _label_and_hint(targets(value))
        case About.REPEATED:
            return _ALL_SAME if value == ALL_SAME else _REPEATS[Repeat(value)]
        case About.UNIT:
            return _label_and_hint("Tanpa satuan" if value == NO_TARGET else value)
        case About.ANNUAL:
            return _label_and_hint("Tanpa target" if value == NO_TARGET else number(Decimal(value)))
        case _:
            return _label_and_hint(value)


def _label_and_hint(value: str) -> tuple[str, str]:
    return shortened(value, ROW_LABEL), shortened(value, ROW_HINT) if len(value) > ROW_LABEL else ""


def answered(question: QuestionCard, value: str) -> str:
    return f"✓ {indicator(question.indicator, 60)}: {shown(question.about, value)}"


def finished(answered_now: int, still_open: int) -> str:
    done = f"{answered_now} pertanyaan terjawab" if answered_now else "Belum ada yang dijawab"
    if not still_open:
        return f"{done}, tidak ada lagi yang terbuka. Terima kasih."
    return f"{done}, {still_open} masih terbuka. Ketik pertanyaan untuk melanjutkan."
