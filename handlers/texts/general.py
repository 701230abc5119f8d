"""Sentences that belong to no single conversation."""

from handlers.texts.formats import shortened

RESUMED = "Kita lanjutkan yang tadi."
APP_UPDATED = (
    "Maaf, aplikasi baru diperbarui sehingga pertanyaan tadi tidak bisa dilanjutkan. Ketik lapor untuk mulai lagi."
)
CANCELLED = "Dibatalkan, tidak ada yang dikirim. Ketik lapor untuk mulai lagi, atau bantuan untuk melihat pilihan."
PUT_OFF = "Baik, isian Anda tersimpan. Ketik lapor kapan saja untuk melanjutkan."
OLD_BUTTON = "Tombol itu milik pertanyaan sebelumnya. Ini pertanyaan yang sekarang:"
OLD_BUTTON_NOTHING_OPEN = "Tombol itu sudah tidak berlaku. Ketik bantuan untuk melihat pilihan."
AT_THE_BEGINNING = "Ini sudah pertanyaan pertama."
STRANGER = "Renaksi hanya untuk pegawai yang diundang. Mintalah tautan undangan kepada admin kantor Anda."
TOO_MANY_CODES = "Terlalu banyak kode yang salah. Silakan coba lagi satu jam lagi dengan kode dari admin kantor Anda."
WRONG_CODE = "Kode undangan itu tidak berlaku lagi atau salah tulis. Mintalah kode baru kepada admin kantor Anda."
NOTHING_TO_CANCEL = "Tidak ada isian yang sedang terbuka. Ketik lapor untuk mulai, atau bantuan untuk melihat pilihan."
NO_POST = "Saat ini Anda tidak memegang jabatan di kantor ini. Hubungi admin kantor Anda bila itu keliru."
BROKEN = "Maaf, pesan tadi tidak dapat diproses; admin sudah diberi tahu. Silakan kirim sekali lagi atau ketik bantuan."
NOT_UNDERSTOOD = "Maaf, itu belum saya pahami. Ketik lapor untuk melapor, status untuk melihat capaian, atau bantuan."
FILE_NOT_EXPECTED = (
    "Terima kasih, tetapi sekarang tidak ada isian yang menunggu berkas. Ketik lapor, lalu kirim fotonya."
)
NOT_ALLOWED = "Bagian itu untuk pimpinan dan admin kantor. Ketik status untuk melihat capaian Anda."
MEDIA_FAILED = {
    "too_large": "Berkas itu terlalu besar (batasnya 20 MB). Kirim foto atau berkas yang lebih kecil.",
    "gone": "Berkas itu sudah tidak dapat diunduh. Silakan kirim sekali lagi.",
    "unavailable": "Berkas belum berhasil diunduh karena jaringan. Silakan kirim sekali lagi.",
}
UNKNOWN_KIND = "Jenis pesan itu belum bisa saya baca. Silakan jawab dengan tulisan, foto, atau dokumen."
CONTACT_NOT_NEEDED = "Terima kasih, nomor kontak tidak diperlukan di sini."
EDIT_TOO_LATE = (
    "Pesan yang diubah itu tidak lagi terkait angka yang terbuka. Ketik lapor untuk mengubah angka periode ini."
)
EDIT_WHILE_ASKED = "Perubahan pesan tadi tidak dihitung. Silakan jawab dengan pesan baru."


def help_text(lines: tuple[tuple[str, str], ...]) -> str:
    """One screen: every word of the menu that this person may use, and what it does."""
    return "\n".join(f"{word}: {meaning}" for word, meaning in lines) + (
        "\n\nSaat mengisi angka: nihil = 0, belum = lewati, kembali, batal, atau lanjut nanti."
    )


def welcome_back(person: str, office: str) -> str:
    return f"Halo {person}, ini Renaksi Kecamatan {shortened(office, 60)}. Ketik lapor, status, atau bantuan."
