"""Sentences of the conversation in which the admin answers what a plan leaves open (domain.md 2.2)."""

from domain.modes import Mode, Polarity
from domain.plan import About
from handlers.texts.formats import indicator, shortened
from storage.plans import QuestionCard

NONE_OPEN = "Tidak ada pertanyaan yang terbuka tentang rencana aksi."
SKIP = "Lewati"
USE_PROPOSAL = "Pakai usulan"
LATER = "Nanti saja"
MORE = "Pilihan lain"
TYPE_OR_TAP = "Pilih salah satu, atau ketik jawabannya."
TARGETS_PLEASE = "Tulis per periode, misalnya 2022-07=233; 2022-08=- (tanda - berarti tanpa target)."
ADMIN_ONLY = "Pertanyaan rencana aksi dijawab oleh Kasubbag Perencanaan. Ketik status untuk melihat capaian Anda."

_ABOUT = {
    About.MODE: "Cara hitung",
    About.OWNER: "Pemilik",
    About.NAME: "Nama indikator",
    About.DIRECTION: "Arah",
    About.TARGETS: "Target yang tidak terbaca",
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


def title(position: int, count: int, question: QuestionCard) -> str:
    return f"Pertanyaan {position} dari {count} · {_ABOUT[question.about]}"


def body(question: QuestionCard, *, blocks: bool) -> str:
    owner = f"\nPemilik: {question.post}" if question.post else ""
    place = f"\nDi berkas: {shortened(question.place, 80)}" if question.place else ""
    blocked = "\nLaporan indikator ini menunggu jawaban." if blocks else ""
    proposal = f"\nUsulan: {shown(question.about, question.proposal)}" if question.proposal else ""
    text = shortened(question.text, 420)
    return f"{indicator(question.indicator, 120)}{owner}{place}\n\n{text}{proposal}{blocked}"


def shown(about: About, value: str) -> str:
    """An answer as people read it."""
    return option(about, value)[0] if about in (About.MODE, About.DIRECTION) else shortened(value, 160)


def option(about: About, value: str) -> tuple[str, str]:
    """Label and hint of an answer to choose."""
    match about:
        case About.MODE:
            return _MODES[Mode(value)]
        case About.DIRECTION:
            return _DIRECTIONS[Polarity(value)]
        case _:
            return shortened(value, 24), value[:72] if len(value) > 24 else ""


def answered(question: QuestionCard, value: str) -> str:
    return f"✓ {indicator(question.indicator, 60)}: {shown(question.about, value)}"


def finished(answered_now: int, still_open: int) -> str:
    done = f"{answered_now} pertanyaan terjawab" if answered_now else "Belum ada yang dijawab"
    if not still_open:
        return f"{done}, tidak ada lagi yang terbuka. Terima kasih."
    return f"{done}, {still_open} masih terbuka. Ketik pertanyaan untuk melanjutkan."
