"""Sentences about plans that are sent in the chat: reading, reviewing, loading and replacing them."""

from collections.abc import Sequence
from datetime import date

from domain.plan_changes import Part, PostChanges
from handlers.texts.formats import fitted, full_day, indicator, listed, shortened
from handlers.texts.formats import office as office_name

PLAN = "Rencana aksi"
MONEY = "Realisasi keuangan"
EVIDENCE = "Bukti laporan"
WHICH_KIND = "Berkas ini untuk apa?"
PICK_KIND = "Pilih salah satu: rencana aksi, keuangan, atau bukti laporan."
RECEIVED = "Berkas diterima, sedang dibaca. Silakan lanjut, hasilnya saya kabari."
STILL_READING = "Berkas rencana masih dibaca. Hasilnya segera saya kabari; silakan lanjut."
REREAD = "Baik, berkas dibaca lagi untuk tahun itu. Hasilnya segera saya kabari."
WHICH_YEAR = "Tahun rencananya tidak tercetak di berkas. Rencana ini untuk tahun berapa?"
YEAR_PLEASE = "Tulis tahunnya dengan empat angka, misalnya 2026."
FILE_NEEDED = "Rencana aksi dikirim sebagai berkas Excel, OpenDocument, Word, CSV, atau teks."
NOT_ADMIN = "Rencana aksi dimuat oleh admin kantor. Ketik status untuk melihat capaian Anda."
ANSWER_NOW = "Jawab sekarang"
MARKED = "Unduh bertanda"
LATER = "Nanti"
GO_ON = "Lanjut"
ALL_ALIKE = "Ya, semua"
ONLY_THIS = "Hanya ini"
PICK_ALIKE = "Pilih Ya, semua atau Hanya ini."
_ALIKE_SHOWN = 6
SKIP = "Lewati"
BACK = "Kembali"
LOAD = "Muat"
LOAD_THE_REST_LATER = "Muat, sisanya nanti"
DETAILS = "Rincian"
MORE = "Selanjutnya"
TO_SUMMARY = "Ke ringkasan"
SUBMIT = "Kirim ke Camat"
DROP = "Jangan dimuat"
CLOSE = "Selesai"
SEE_STATUS = "Lihat status"
FIRST_PLAN = "rencana pertama tahun itu"
NOT_AGREED = "tidak disetujui, rencana yang berlaku tetap"
AGREE = "Setuju"
DECLINE = "Tolak"
ALL_CLEAR = "Tidak ada yang perlu ditanyakan."
NOTHING_CHANGES = "Tidak ada indikator yang berubah."
PICK_ONE = "Pilih salah satu tombolnya."
REASON_PLEASE = "Apa alasannya? Pilih, atau tulis dengan beberapa kata."
REASON_IN_WORDS = "Alasannya perlu diisi: tulis dengan beberapa kata, paling panjang 300 huruf."
DOCUMENT_PLEASE = "Nomor dan tanggal dokumen perubahannya?\nMisalnya: Nomor 050/12/2026, 12 Oktober 2026."
DOCUMENT_NEEDED = "Nomor dokumennya perlu diisi, misalnya: Nomor 050/12/2026."
AS_IN_FILE = "Sesuai berkas"
REVISION = "PK Perubahan"
REASONS = (REVISION, "DPA Perubahan", "Perbaikan rencana")
TYPE_PLAN = "Ketik rencana"
SAVED = "rencana itu dan jawabannya tersimpan, belum dimuat."
PUT_OFF_BY_CANCEL = "Baik, rencana yang berlaku tidak berubah. Ketik rencana untuk meninjau berkas tadi lagi."
DROPPED = "Baik, berkas itu tidak dimuat dan rencana yang berlaku tidak berubah."
OVER = "Berkas itu sudah selesai ditangani. Ketik rencana untuk melihat keadaannya."
MARKING = "Berkas bertanda sedang disiapkan dan segera dikirim ke sini."
MARKED_FAILED = "Berkas bertanda belum berhasil dibuat. Ketik rencana lalu coba lagi."
MARKED_CAPTION = (
    "Sel kuning perlu dijawab; lembar Perlu dijawab memuat daftarnya. Isi kolom Jawaban, lalu kirim kembali ke sini."
)
MARKED_NAME = "rencana-bertanda.xlsx"
TEMPLATE = "Buku kerja kosong"
TEMPLATE_NAME = "buku-kerja.xlsx"
TEMPLATE_CAPTION = "Ikuti lembar Petunjuk, ganti contohnya dengan data kantor Anda, lalu kirim kembali ke sini."
TEMPLATE_MAKING = "Buku kerja sedang disiapkan dan segera dikirim ke sini."
NOT_WAITING = "Tidak ada rencana yang menunggu persetujuan. Ketik ringkasan untuk melihat keadaan kantor."
ONLY_CAMAT = "Perubahan rencana itu diputuskan oleh Camat. Ketik rencana untuk melihat keadaannya."
DECLINED = "Baik, perubahan rencana itu tidak dimuat. Yang mengirimnya sudah dikabari."
WITHOUT_ADMIN = (
    "Buku ini membuat kantor tidak punya admin lagi, jadi tidak dimuat dan tidak ada yang berubah. Periksa kolom Admin "
    "di lembar Jabatan dan kolom Sampai di lembar Pegawai, lalu kirim lagi."
)
ANSWER_REFUSED = "Ada jawaban yang tidak cocok dengan rencana ini. Jawab lagi pertanyaannya, lalu muat."
_MOST_COMPLAINTS = 6
_ROOM = 380
"""Characters of a list below a heading: about ten lines of a small phone."""
_PARTS = {
    Part.TARGETS: "target",
    Part.MODE: "cara hitung",
    Part.NAME: "nama",
    Part.UNIT: "satuan",
}


# --- what was read ----------------------------------------------------------------------------------------------------


def refused(name: str, why: str) -> str:
    """Why nothing of a file can be taken."""
    return f"{file_name(name)} tidak dapat dibaca sebagai rencana aksi.\n{why}\nYang berlaku tidak berubah."


def complaints(name: str, found: Sequence[tuple[str, str]]) -> str:
    """Everything that is wrong with an office workbook, as far as a phone shows it."""
    lines = [f"• {place}: {text}" for place, text in found[:_MOST_COMPLAINTS]]
    more = [f"… dan {len(found) - len(lines)} lainnya"] if len(found) > len(lines) else []
    listing = "\n".join(shortened(line, 160) for line in (*lines, *more))
    head = f"{file_name(name)} belum dapat dimuat, {len(found)} isian perlu dibetulkan:"
    return f"{head}\n{listing}\nKirim lagi setelah dibetulkan."


def another_office(name: str, office: str, own: str) -> str:
    whose = f"{file_name(name)} adalah buku kerja {office_name(office)}, sedangkan Anda di {office_name(own)}."
    return f"{whose} Yang berlaku tidak berubah."


def same_file(day: date) -> str:
    return f"Berkas ini sudah dimuat pada {full_day(day)}; tidak ada yang berubah."


def same_plan(version: int, day: date) -> str:
    """Another file that says the same."""
    return f"Isinya sama dengan rencana versi {version} yang dimuat pada {full_day(day)}; tidak ada yang berubah."


def file_name(name: str) -> str:
    return f'Berkas "{shortened(name, 40)}"' if name else "Berkas itu"


def count(indicators: int, questions: int) -> str:
    """`142 indikator terbaca, 9 perlu dijawab.`"""
    asked = f"{questions} perlu dijawab" if questions else "semuanya jelas"
    return f"{indicators} indikator terbaca, {asked}."


def offer(indicators: int, questions: int, year: int, version: int, notes: Sequence[str]) -> str:
    """What was read of a file. `version` is the plan of that year that holds, 0 for none."""
    replaced = f"\nAkan mengganti rencana {year} versi {version}." if version else f"\nRencana pertama tahun {year}."
    told = "".join(f"\n{note}" for note in notes)
    return f"{count(indicators, questions)}{replaced}{told}"


def waiting(indicators: int, questions: int) -> str:
    """Said while something else is being asked."""
    return f"Berkas rencana selesai dibaca: {count(indicators, questions)}\nKetik rencana untuk meninjaunya."


def other_name(printed: str, own: str) -> str:
    return f"Perhatikan: berkas ini menyebut {office_name(printed)}, bukan {office_name(own)}."


def passed_over(ignored: int) -> str:
    return f"{ignored} bagian berkas dilewati karena bukan rencana."


def question_title(position: int, total: int) -> str:
    return f"Pertanyaan {position} dari {total}"


def alike(of_the_same: str, rows: Sequence[str]) -> str:
    """Shall an answer hold for the rows right after, too? `of_the_same` is who reports them, empty for targets."""
    shown = [f"• {row}" for row in rows[:_ALIKE_SHOWN]]
    if len(rows) > _ALIKE_SHOWN:
        shown.append(f"dan {len(rows) - _ALIKE_SHOWN} lagi")
    asked = (
        f"{of_the_same} juga untuk {len(rows)} indikator berikutnya?"
        if of_the_same
        else f"Pakai usulan juga untuk {len(rows)} indikator berikutnya?"
    )
    return "\n".join((asked, *shown))


def alike_answered(count: int) -> str:
    return f"✓ {count} indikator berikutnya dijawab sama."


def answered(total: int, left: int) -> str:
    """How far the review has come."""
    return f"Kita lanjutkan: {total - left} dari {total} pertanyaan terjawab."


# --- what changes -----------------------------------------------------------------------------------------------------


def why_changed(year: int, version: int, *, is_revision: bool) -> str:
    """`is_revision` tells that the file calls itself perubahan."""
    said = "\nBerkas ini menyebut perubahan." if is_revision else ""
    return f"Rencana {year} sudah ada (versi {version}) dan akan diganti.{said}\n{REASON_PLEASE}"


def changes_of(post: PostChanges) -> str:
    """`Kasi Pemerintahan: 2 target berubah, 1 indikator baru, 1 dihapus`."""
    targets = sum(Part.TARGETS in one.parts for one in post.changed)
    others = len(post.changed) - targets
    parts = [
        f"{targets} target berubah" if targets else "",
        f"{others} indikator berubah" if others else "",
        f"{len(post.added)} indikator baru" if post.added else "",
        f"{len(post.gone)} dihapus" if post.gone else "",
    ]
    return f"{post_name(post.post)}: {', '.join(part for part in parts if part)}"


def new_of(post: PostChanges) -> str:
    return f"{post_name(post.post)}: {post.indicators} indikator"


def post_name(title: str | None) -> str:
    return title or "Belum ada jabatannya"


def summary(year: int, version: int, indicators: int, lines: Sequence[str], still_open: int) -> str:
    """What loading would do. `version` is the one that is replaced, 0 for a first plan."""
    head = f"Rencana {year}, {indicators} indikator"
    about = f"{head}, mengganti versi {version}:" if version else f"{head}:"
    listing = fitted([f"• {line}" for line in lines], _ROOM) if lines else "• tidak ada indikator yang berubah"
    kept = "\nLaporan yang sudah terkirim tetap tersimpan dengan versi lamanya." if version else ""
    left = f"\n{still_open} pertanyaan belum dijawab; indikatornya menunggu." if still_open else ""
    return f"{about}\n{listing}{kept}{left}"


def camat_needed(capacity: str) -> str:
    return f"Karena Anda {capacity}, rencana baru dimuat setelah Camat setuju."


def details(post: PostChanges) -> list[str]:
    """Every change of one post, one line each."""
    changed = [f"~ {indicator(one.name, 70)}: {listed([_PARTS[part] for part in one.parts])}" for one in post.changed]
    added = [f"+ {indicator(name, 70)}" for name in post.added]
    gone = [f"- {indicator(name, 70)}" for name in post.gone]
    return [f"{post_name(post.post)}", *changed, *added, *gone]


def details_page(lines: Sequence[str], page: int, pages: int) -> str:
    head = f"Rincian {page} dari {pages}" if pages > 1 else "Rincian"
    return f"{head}  (+ baru, ~ berubah, - dihapus)\n" + "\n".join(lines)


# --- loaded -----------------------------------------------------------------------------------------------------------


def loaded(year: int, version: int, indicators: int, still_open: int, told: int) -> str:
    done = f"✓ Rencana {year} versi {version} dimuat: {indicators} indikator."
    posts = f"\n{told} pejabat yang indikatornya berubah dikabari." if told else ""
    way = "Ketik pertanyaan untuk menjawab sisanya." if still_open else "Ketik ringkasan untuk melihat keadaan kantor."
    left = f"\n{still_open} pertanyaan masih terbuka." if still_open else ""
    return f"{done}{posts}{left}\n{way}"


def waits_for_camat(name: str, *, told: bool) -> str:
    sent = f"Dikirim ke {name} untuk disetujui" if told else f"Menunggu persetujuan {name}, yang belum dapat dihubungi"
    return f"{sent}. Rencana yang berlaku belum berubah; keputusannya saya kabari."


def to_decide(who: str, year: int, reason: str, document: str, lines: Sequence[str]) -> str:
    """What the Camat is asked about the plan of a Plt or Plh."""
    why = f"\nAlasan: {shortened(reason, 160)}" if reason else ""
    paper = f"\nDokumen: {shortened(document, 100)}" if document else ""
    listing = fitted([f"• {line}" for line in lines], 360) if lines else "• tidak ada indikator yang berubah"
    return f"{who} ingin memuat rencana aksi {year}.{why}{paper}\n{listing}\nDimuat hanya bila Anda setuju."


def with_posts(name: str, titles: Sequence[str]) -> str:
    """`Bu Dewi Lestari (Plt Kasubbag Perencanaan)`."""
    return f"{name} ({listed(titles)})" if titles else name


def loaded_as(version: int) -> str:
    return f"disetujui dan dimuat sebagai versi {version}"


def decided(by: str, year: int, version: int | None) -> str:
    """Told to who sent the plan; `version` is None where it was declined."""
    if version is None:
        return f"{by} tidak menyetujui perubahan rencana aksi {year}. Rencana yang berlaku tetap."
    return (
        f"{by} menyetujui perubahan rencana aksi {year}: versi {version} sudah dimuat. Ketik rencana untuk melihatnya."
    )


def changed_for(year: int, reason: str, document: str, lines: Sequence[str]) -> str:
    """Told to whoever reports what changed."""
    because = ", ".join(part for part in (shortened(reason, 120), shortened(document, 100)) if part)
    listing = fitted([f"• {line}" for line in lines], 360)
    return (
        f"Rencana aksi {year} berubah ({because}).\n{listing}\n"
        "Laporan Anda yang sudah terkirim tetap tersimpan. Ketik status untuk melihat yang berlaku."
    )


# --- "rencana" --------------------------------------------------------------------------------------------------------


def present(versions: Sequence[tuple[int, int, date, str]]) -> str:
    """The plans that hold: year, version, the day on which it was loaded, and its document."""
    lines = [
        f"• {year} versi {version}, dimuat {full_day(day)}" + (f"\n  {shortened(document, 80)}" if document else "")
        for year, version, day, document in versions
    ]
    held = "Rencana aksi yang berlaku:\n" + "\n".join(lines) if lines else "Belum ada rencana aksi."
    return f"{held}\nUntuk memuat atau mengubahnya, kirim berkasnya ke sini: Excel, Word, CSV, atau teks."


def waits(name: str, day: date) -> str:
    return f"{file_name(name)} dari {full_day(day)} menunggu persetujuan Camat. Rencana yang berlaku belum berubah."
