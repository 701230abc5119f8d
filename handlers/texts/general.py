"""Sentences that belong to no single conversation."""

from handlers.messages import Contact, Edited, MediaFailed
from handlers.texts.formats import office as office_name
from handlers.texts.formats import shortened

RESUMED = "Kita lanjutkan yang tadi."
OLD_BUTTON = "Tombol itu milik pertanyaan sebelumnya. Ini pertanyaan yang sekarang:"
OLD_BUTTON_NOTHING_OPEN = "Tombol itu sudah tidak berlaku. Ketik bantuan untuk melihat pilihan."
AT_THE_BEGINNING = "Ini sudah pertanyaan pertama."
STRANGER = "Renaksi hanya untuk pegawai yang diundang. Mintalah tautan undangan kepada admin kantor Anda."
TOO_MANY_CODES = "Sudah terlalu banyak yang salah. Silakan tunggu satu jam, lalu coba lagi dengan kode dari admin."
TOO_MANY_MESSAGES = "Pesan Anda terlalu banyak sekaligus. Tunggu satu menit, lalu lanjutkan dari pertanyaan terakhir."
WRONG_CODE = "Kode undangan itu salah tulis atau sudah tidak berlaku. Mintalah kode baru kepada admin kantor Anda."
NOTHING_TO_CANCEL = "Tidak ada isian yang sedang terbuka. Ketik lapor untuk mulai, atau bantuan untuk melihat pilihan."
YOU_ARE_WELCOME = "Sama-sama. Ketik lapor, status, atau bantuan bila diperlukan."
NO_POST = "Saat ini Anda tidak memegang jabatan di kantor ini. Hubungi admin kantor Anda bila itu keliru."
BROKEN = "Maaf, pesan tadi tidak dapat diproses; admin sudah diberi tahu. Silakan kirim sekali lagi atau ketik bantuan."
NOT_UNDERSTOOD = (
    "Maaf, itu belum saya pahami. Ketik lapor untuk melapor, status untuk melihat capaian, atau bantuan untuk pilihan."
)
FILE_NOT_EXPECTED = "Saat ini tidak ada isian yang menunggu berkas. Ketik lapor dulu, lalu kirim berkasnya."
NOT_ALLOWED = "Bagian itu untuk pimpinan dan admin kantor. Ketik status untuk melihat capaian Anda."
MEDIA_FAILED = {
    "too_large": "{} terlalu besar (batasnya 20 MB). Silakan kirim foto atau berkas yang lebih kecil.",
    "gone": "{} sudah tidak dapat diunduh. Silakan kirim sekali lagi.",
    "unavailable": "{} belum berhasil diunduh karena jaringan. Silakan kirim sekali lagi.",
    "unknown_kind": "{} bukan jenis yang dapat diterima. Silakan kirim foto, PDF, Word, Excel, atau teks.",
    "broken": "{} rusak dan tidak dapat dibuka. Silakan kirim sekali lagi.",
    "too_many_dots": "{} terlalu besar ukuran gambarnya. Silakan kirim sebagai foto biasa, bukan sebagai berkas.",
}
"""By the reason of `MediaFailed`; said with `media_failed`, which names the file."""
_FILE_NAME = 40
"""Characters of a file's name that are told: a line of a small phone."""
UNKNOWN_KIND = "Jenis pesan itu belum bisa saya baca. Silakan kirim tulisan, atau ketik bantuan untuk melihat pilihan."
CONTACT_NOT_NEEDED = "Terima kasih, nomor kontak tidak diperlukan di sini."
EDIT_TOO_LATE = "Perubahan pesan itu tidak mengubah angka mana pun. Ketik koreksi untuk mengubah yang sudah terkirim."
EDIT_WHILE_ASKED = "Perubahan pesan tadi tidak dihitung. Silakan jawab dengan pesan baru."


def no_answer(said: MediaFailed | Contact | Edited) -> str:
    """Why what came while a question is open cannot be its answer."""
    match said:
        case MediaFailed():
            return media_failed(said)
        case Contact():
            return CONTACT_NOT_NEEDED
        case Edited():
            return EDIT_WHILE_ASKED


def media_failed(said: MediaFailed) -> str:
    """Which file could not be taken, why, and what to send instead."""
    return MEDIA_FAILED[said.reason].format(_which(said))


def _which(said: MediaFailed) -> str:
    """A file by its name, else by its place among those that were sent together."""
    if said.name:
        return f'Berkas "{shortened(said.name, _FILE_NAME)}"'
    return f"Foto atau berkas ke-{said.place} dari kiriman itu" if said.place else "Berkas itu"


def app_updated(restart: str) -> str:
    """`restart` is what to do: "Ketik lapor"."""
    return f"Maaf, aplikasi baru diperbarui, jadi pertanyaan tadi tidak bisa dilanjutkan. {restart} untuk mulai lagi."


def put_off(saved: str, again: str) -> str:
    """`saved` says what is kept until then."""
    return f"Baik, {saved} {again} kapan saja untuk melanjutkan."


def still_open(again: str) -> str:
    """Below an answer to something else, while a question is open."""
    return f"Pertanyaan tadi masih terbuka. {again} untuk melanjutkan."


def help_text(lines: tuple[tuple[str, str], ...]) -> str:
    """One screen: every word of the menu that this person may use, and what it does."""
    words = "\n".join(f"• {word}: {meaning}" for word, meaning in lines)
    return (
        f"Ketik salah satu kata ini:\n{words}\n\n"
        "Saat mengisi, ketik angkanya, nihil (nol), atau belum. Beberapa sekaligus juga bisa: 1. 12  2. nihil\n"
        "Kapan saja: kembali, batal, atau lanjut nanti."
    )


def welcome_back(person: str, office: str) -> str:
    return f"Halo {person}, ini Renaksi {office_name(office)}. Ketik lapor, status, atau bantuan."
