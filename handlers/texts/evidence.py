"""Sentences of evidence ("bukti"): what was noted, what is lacking, and what is shown of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.evidence import Demand, Demanded, EvidenceKind
from domain.links import host_of
from domain.openings import Duty
from domain.periods import Period
from handlers.texts.formats import indicator, listed, month, period, period_with_year, shortened

KINDS: Mapping[EvidenceKind, str] = {
    EvidenceKind.PHOTO: "foto",
    EvidenceKind.DOCUMENT: "dokumen",
    EvidenceKind.VOICE: "rekaman suara",
    EvidenceKind.VIDEO: "video",
    EvidenceKind.LINK: "tautan",
}
DEMANDS: Mapping[Demanded, str] = {
    Demanded.ANYTHING: "bukti",
    Demanded.FILE: "berkas",
    Demanded.PHOTO: "foto",
    Demanded.DOCUMENT: "dokumen",
}
"""What a demand calls for; also what is typed to set one."""

PRIVACY = "Mohon tanpa KTP/KK, wajah, daftar hadir."
NO_LINKS = "kantor Anda tidak menerima tautan; kirim foto atau dokumennya"
NO_RECORDINGS = "kantor Anda tidak menerima rekaman suara dan video; kirim foto atau dokumen"
KNOWN = "sudah tercatat sebelumnya"
BAD_LINK = "Tautan itu tidak dapat dibaca. Salin alamatnya utuh, diawali https://, tanpa nama pengguna dan sandi."
CHANGEABLE = "isi dapat berubah"
AFTER_LOCK = "Dikirim sesudah periodenya dikunci."
TYPE_TO_SEE = "Ketik bukti dan nama indikatornya untuk membuka yang lain."
_NAME = 40
"""Characters of an indicator's name inside a sentence."""
_MOST_LINES = 2
_CAPTION = 200


# --- what came in -----------------------------------------------------------------------------------------------


def counted(kinds: Mapping[EvidenceKind, int]) -> str:
    """`4 foto dan 1 tautan`."""
    return listed([f"{kinds[kind]} {word}" for kind, word in KINDS.items() if kinds.get(kind)])


def noted(kinds: Mapping[EvidenceKind, int], about: str) -> str:
    """`✓ 5 foto dicatat untuk Buku wajib.`; without `about` it is not said for what."""
    return _ended(f"✓ {counted(kinds)} dicatat{f' untuk {about}' if about else ''}")


def about(name: str, which: Period | None = None) -> str:
    """An indicator, and of which period, inside a sentence."""
    shown = indicator(name, _NAME)
    return shown if which is None else f"{shown}, {period(which)}"


def _ended(sentence: str) -> str:
    """With a full stop, unless its last word was cut short."""
    return sentence if sentence.endswith("…") else f"{sentence}."


def left_out(number: int, why: str, *, alone: bool) -> str:
    """Why something was not taken, beside what was."""
    return f"{number if number > 1 or not alone else 'Yang ini'} tidak dicatat: {why}."


def at_most(most: int) -> str:
    return f"paling banyak {most} bukti untuk satu angka"


def demands_a_file(duty: Duty) -> str:
    return f"indikator ini meminta {DEMANDS[duty.demand.kind]}, bukan tautan"


def alike(kind: EvidenceKind, which: Period, name: str, *, same: bool) -> str:
    """`Mirip foto Februari, Buku wajib.`; the very same file is said to be the same."""
    return f"{'Sama dengan' if same else 'Mirip'} {KINDS[kind]} {period(which)}, {_ended(about(name))}"


def few_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Each line once, the first ones; how many more there are."""
    distinct = tuple(dict.fromkeys(lines))
    rest = len(distinct) - _MOST_LINES
    return (*distinct[:_MOST_LINES], f"… dan {rest} yang mirip lagi.") if rest > 0 else distinct


# --- what is demanded -------------------------------------------------------------------------------------------


def demand(wanted: Demand) -> str:
    """`1 foto`, `2 bukti`; `tidak wajib` for none."""
    return f"{wanted.minimum} {DEMANDS[wanted.kind]}" if wanted.minimum else OPTIONAL.lower()


def lacking(number: int, wanted: Demand) -> str:
    """`kurang 1 foto`."""
    return f"kurang {number} {DEMANDS[wanted.kind]}"


def evidence_line(received: int, lacks: int, wanted: Demand) -> str:
    """How much there is, and what is demanded beyond it; empty where there is neither."""
    if received:
        return f"{received} bukti dicatat{f', {lacking(lacks, wanted)}' if lacks else ''}"
    return f"Bukti diminta: {demand(wanted)}, kirim di sini" if lacks else ""


def marked(lacks: int) -> str:
    """`bukti kurang 1`: the mark of a figure without enough of it; empty for 0."""
    return f"bukti kurang {lacks}" if lacks else ""


# --- in the report conversation -----------------------------------------------------------------------------------

ADD = "Tambah bukti"
FINISHED = "Selesai"
FOR_NONE = "Bukan untuk ini"
LEFT = "Baik, berkas tadi tidak dicatat."
WHICH_NUMBER = "Untuk nomor berapa? Ketik nomor dari daftar."
TYPE_TO_ADD = "Ketik bukti untuk menambah."


def lacking_numbers(numbers: Sequence[int]) -> str:
    """Below the list of what is about to be sent; it can be sent all the same."""
    return f"Bukti kurang: nomor {listed([str(number) for number in numbers])}."


def for_which_number(kinds: Mapping[EvidenceKind, int], names: Sequence[str]) -> str:
    """The indicators by their numbers, for pieces that came while none was asked."""
    lines = "\n".join(f"{number} {name}" for number, name in enumerate(names, start=1))
    return f"{counted(kinds)} diterima. Untuk nomor berapa?\n{lines}"


def send_now(name: str, received: int, lacks: int, wanted: Demand) -> str:
    """Asks for what is lacking of one indicator."""
    has = evidence_line(received, lacks, wanted) if received else f"Belum ada bukti, diminta {demand(wanted)}"
    return f"{indicator(name, 60)}\n{has}\nKirim sekarang, atau ketuk {FINISHED}."


def send_or_finish(*, links: bool) -> str:
    """What can be done now; links are named where they are taken."""
    return f"Kirim foto{', dokumen, atau tautan' if links else ' atau dokumen'}, atau ketuk {FINISHED}."


def still_lacking(names: Sequence[str]) -> str:
    """Below what was sent."""
    shown = listed([indicator(name, 30) for name in names[:2]])
    more = f" dan {len(names) - 2} lainnya" if len(names) > 2 else ""
    return f"{_ended(f'Bukti masih kurang: {shown}{more}')} {TYPE_TO_ADD}"


# --- "bukti" ------------------------------------------------------------------------------------------------------

RESTART = "Ketik bukti"
CANCELLED = "Baik. Bukti yang sudah dicatat tetap tercatat. Ketik bukti untuk menambah."
SAVED = "berkas yang sudah diterima menunggu."
OPTIONAL = "Tidak wajib"
ANOTHER = "Indikator lain"
NEXT = "Berikutnya"
REMOVE = "Hapus"
YES_REMOVE = "Ya, hapus"
NO_REMOVE = "Tidak jadi"
MORE = "Lainnya"
NOT_YOURS = "Bukti itu bukan untuk jabatan Anda. Ketik status untuk melihat capaian Anda."
GONE = "Indikator itu sudah tidak ada di rencana aksi. Ketik bukti untuk melihat yang ada."
NOTHING_OF_OWN = (
    "Jabatan Anda belum punya angka untuk diberi bukti. "
    "Untuk melihat bukti jabatan lain, ketik bukti dan nama indikatornya."
)
NO_MORE = "Bukti itu sudah dihapus atau tidak ada lagi. Ketik bukti untuk melihat yang ada."
NOT_TO_REMOVE = "Bukti itu tidak dapat Anda hapus. Angka yang sudah terverifikasi hanya dapat diubah lewat admin."
WHICH_FIGURE = "Bukti untuk indikator mana?"
PICK = "Pilih salah satu, atau ketik nomornya; ketik batal untuk berhenti."


def which_figure(lines: Sequence[str], kinds: Mapping[EvidenceKind, int]) -> str:
    """The figures by their numbers; `kinds` counts what waits for one."""
    question = f"{counted(kinds)} diterima. Untuk indikator mana?" if kinds else WHICH_FIGURE
    return "\n".join((question, *lines))


def figure_line(number: int, name: str, which: Period, pieces: int, mark: str) -> str:
    """`1 Buku wajib, Maret: bukti kurang 1`."""
    about = mark or (f"{pieces} bukti" if pieces else "belum ada bukti")
    return f"{number} {indicator(name, 44)}, {period(which)}: {about}"


def figure_title(name: str, which: Period) -> str:
    return f"{indicator(name, 60)} · {period_with_year(which)}"


def files_please(kinds: Mapping[EvidenceKind, int], lacks: int, wanted: Demand, *, links: bool) -> str:
    """Asks for evidence of one figure, below what it has."""
    has = f"Sudah ada {counted(kinds)}" if kinds else "Belum ada bukti"
    lack = f", {lacking(lacks, wanted)}" if lacks else ""
    return f"{has}{lack}.\n{send_or_finish(links=links)}"


def see_label(number: int) -> str:
    return f"Lihat {number} bukti"


def finished(number: int, name: str, which: Period) -> str:
    return f"{indicator(name, 60)}, {period(which)}: {number} bukti. Ketik status untuk melihat capaian Anda."


# --- one piece ----------------------------------------------------------------------------------------------------


def place(at: int, number: int, person: str, when: datetime, late: bool) -> str:
    """`bukti 2 dari 5 · Bu Sari Andini, 4 April`; `when` is on the office's clock, `late`: the period was locked."""
    since = f"\n{AFTER_LOCK}" if late else ""
    return f"bukti {at} dari {number} · {person}, {when.day} {month(when.month)}{since}"


def caption(line: str, words: str, twin: str, go_on: str) -> str:
    """What is read below a picture or file; `go_on` says what can be done now where no button does."""
    return "\n".join(part for part in (line, _quoted(words), twin, go_on) if part)


def link(line: str, address: str, words: str, go_on: str) -> str:
    """A link with its host, which tells where it leads."""
    leads = f"tautan {host_of(address)} ({CHANGEABLE})"
    return "\n".join(part for part in (line, leads, address, _quoted(words), go_on) if part)


def _quoted(words: str) -> str:
    return f'"{shortened(words, _CAPTION)}"' if words else ""


def cleared_away(name: str, which: Period) -> str:
    return (
        f"Bukti {indicator(name, 60)}, {period(which)}, sudah dihapus karena masa simpannya lewat. "
        "Catatannya tetap ada: ketik riwayat dan nama indikatornya."
    )


def none_yet(name: str, which: Period) -> str:
    return f"Belum ada bukti untuk {indicator(name, 60)}, {period(which)}. {TYPE_TO_SEE}"


def sure_to_remove(at: int, number: int, kind: EvidenceKind) -> str:
    return f"Hapus bukti {at} dari {number} ({KINDS[kind]})? Berkasnya tidak dapat dikembalikan."


def removed(number: int) -> str:
    return f"Bukti dihapus, masih ada {number}. {TYPE_TO_ADD}"


def which_to_see(lines: Sequence[str]) -> str:
    """The figures of which there is evidence."""
    return "\n".join(("Bukti mana yang dibuka?", *lines))


def none_of(name: str) -> str:
    return f"Belum ada bukti untuk {indicator(name, 60)}. Ketik bukti untuk menambah bukti Anda."


def not_found(words: str) -> str:
    return f"Tidak ada indikator bernama {words} yang dapat Anda lihat. Ketik bukti untuk memilihnya."


# --- "bukti atur" -------------------------------------------------------------------------------------------------

ADMIN_ONLY = "Bukti yang diminta diatur oleh admin kantor. Ketik bukti untuk menambah bukti."
TYPE_DEMAND = "Ketik bukti atur"
DEMAND_CLOSED = "Baik. Ketik bukti atur kapan saja untuk mengubahnya."
EVERY = "semua"
WHICH_TO_SET = f"Ketik nomor indikatornya, sebagian namanya, atau {EVERY}."
NO_SUCH = f"Itu belum terbaca. {WHICH_TO_SET}"
BACK = "Kembali"
HOW_TO_SET = "Ketik misalnya 1 foto, 2 dokumen, 1 berkas (bukan tautan), 3 bukti, atau tidak wajib."
DEMAND_TITLE = "Bukti yang diminta"


def to_set(lines: Sequence[str]) -> str:
    return "\n".join((*lines, WHICH_TO_SET))


def to_set_line(number: int, name: str, wanted: Demand) -> str:
    return f"{number} {indicator(name, 40)}: {demand(wanted)}"


def several(names: Sequence[str], numbers: Sequence[int]) -> str:
    """More than one indicator is called so: which number?"""
    shown = [f"{number} {indicator(name, 30)}" for name, number in zip(names, numbers, strict=True)][:4]
    matches = "; ".join(shown)
    return f"{_ended(f'Beberapa cocok: {matches}')} Ketik nomornya."


def set_question(name: str, now: str) -> str:
    """Asks what one indicator demands; `now` is empty where all are set."""
    about = f"{indicator(name, 60)}\nSekarang: {now}." if now else name
    return f"{about}\nBukti apa yang paling sedikit diminta tiap angka? {HOW_TO_SET}"


def every_indicator(number: int) -> str:
    return f"Semua indikator ({number})"


def demand_set(name: str, wanted: Demand) -> str:
    return f"Tersimpan. {name}: {demand(wanted)}. {TYPE_DEMAND} untuk yang lain."
