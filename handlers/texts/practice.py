"""Sentences of the practice run (latihan): the report conversation with invented indicators."""

PRACTICE = "Latihan"
POST = "Jabatan contoh"
VISITS = "Contoh: desa yang dibina"
RECORDS = "Contoh: pendataan aset kantor"
GROUPS = "Contoh: kelompok tani yang aktif"
INTRODUCTION = "Indikator dan target ini contoh; angka Anda tidak disimpan."
RESTART = "Ketik latihan"
CANCELLED = "Latihan dihentikan. Ketik latihan untuk mencoba lagi, atau lapor untuk melapor sungguhan."
OVER = "Latihan tadi sudah lewat bulannya. Ketik latihan untuk mulai lagi."
AGAIN = "Latihan lagi"
REPORT_NOW = "Lapor sekarang"
LOOK = "Lihat status"


def finished(reports: int) -> str:
    """How the practice run ended, and what it was not; `reports` is how many figures would have been sent."""
    began = f"Selesai: begitulah {reports} laporan dikirim." if reports else "Selesai, tanpa angka yang dikirim."
    return f"{began}\nAngka latihan tidak disimpan dan tidak dihitung."
