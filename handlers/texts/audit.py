"""Sentences about the record of who did what."""

from collections.abc import Mapping
from decimal import Decimal

from domain.periods import Period
from handlers.texts.formats import number, period_with_year

WHY = {
    "missing": "segel di tempat itu hilang",
    "entry gone": "catatannya sudah tidak ada",
    "entry changed": "catatannya diubah",
}

ACTIONS: Mapping[str, str] = {
    "absence ended": "Cuti atau dinas luar diakhiri",
    "absence entered": "Cuti atau dinas luar dicatat",
    "approved": "Angka disahkan camat",
    "budget reported": "Realisasi keuangan dilaporkan",
    "channel chosen": "Saluran pengingat dipilih",
    "correction agreed": "Koreksi disetujui",
    "correction asked": "Koreksi diminta",
    "correction declined": "Koreksi ditolak",
    "correction withdrawn": "Permintaan koreksi ditarik",
    "data copied": "Salinan data pribadi dibuat",
    "erasure asked": "Penghapusan data diminta",
    "erasure declined": "Penghapusan data ditolak",
    "erasure withdrawn": "Permintaan hapus data ditarik",
    "evidence added": "Bukti ditambahkan",
    "evidence demanded": "Syarat bukti diubah",
    "evidence opened": "Bukti dibuka",
    "evidence removed": "Bukti ditarik",
    "evidence warned": "Diingatkan soal KTP, KK, dan wajah",
    "figure confirmed": "Angka dibenarkan pemiliknya",
    "figure explained": "Kendala atau faktor pendorong dicatat",
    "follow-up ended": "Tindak lanjut selesai",
    "group declined": "Grup tidak dikirimi",
    "group linked": "Grup dihubungkan",
    "invite revoked": "Undangan dicabut",
    "invited": "Undangan dibuat",
    "joined": "Bergabung",
    "mode confirmed": "Cara hitung dibenarkan",
    "mode denied": "Cara hitung disangkal",
    "more time asked": "Waktu tambahan diminta",
    "more time granted": "Waktu tambahan diberikan",
    "more time refused": "Waktu tambahan ditolak",
    "note written": "Catatan ditulis",
    "number agreed": "Nomor baru disetujui",
    "number asked": "Ganti nomor diminta",
    "number declined": "Nomor baru ditolak",
    "office added": "Kantor ditambahkan oleh admin kabupaten",
    "old data cleared": "Data lama dihapus menurut masa simpan",
    "period locked": "Periode dikunci",
    "period opened": "Periode dibuka",
    "person erased": "Data pribadi dihapus",
    "plan declined": "Perubahan rencana ditolak camat",
    "plan loaded": "Rencana dimuat",
    "plan waits for camat": "Rencana menunggu persetujuan camat",
    "admin changed": "Jabatan admin diubah",
    "change called off": "Mutasi dibatalkan",
    "change put off": "Tanggal mutasi diubah",
    "person entered": "Pegawai baru dicatat",
    "post ended": "Jabatan diakhiri",
    "post entered": "Jabatan diisi",
    "post left": "Jabatan ditinggalkan",
    "post made": "Jabatan baru dibuat",
    "post renamed": "Jabatan berganti nama",
    "superior changed": "Atasan jabatan diubah",
    "tenure extended": "Plt atau Plh diperpanjang",
    "unit changed": "Kelurahan jabatan diubah",
    "question answered": "Pertanyaan rencana dijawab",
    "recounted": "Angka dihitung ulang dari laporannya",
    "restored": "Dipulihkan dari cadangan",
    "reported": "Realisasi dilaporkan",
    "returned": "Laporan dikembalikan",
    "seen": "Angka dilihat atasan",
    "settings changed": "Pengaturan kantor diubah",
    "verified": "Angka diverifikasi",
}
"""What the actions of the record are called."""


def told(action: str, about: str, period: Period | None) -> str:
    """`Realisasi dilaporkan: Desa yang memiliki buku wajib administrasi, Maret 2022`."""
    which = ", ".join(part for part in (about, "" if period is None else period_with_year(period)) if part)
    return f"{ACTIONS.get(action, action)}: {which}" if which else ACTIONS.get(action, action)


def intact(office: str, sealed: int, unsealed: int, seal: str) -> str:
    """What is sealed, what is not yet, and the newest seal to note down."""
    waiting = f"; {_count(unsealed)} belum disegel" if unsealed else ""
    newest = f" Segel terakhir: {seal[:16]}." if seal else ""
    return f"{office}: {_count(sealed)} catatan utuh{waiting}.{newest}"


def broken(office: str, at: int, why: str, unsealed: int) -> str:
    waiting = f" {_count(unsealed)} catatan belum disegel." if unsealed else ""
    return f"{office}: RUSAK di catatan ke-{_count(at)}, {WHY[why]}. Bandingkan dengan cadangan.{waiting}"


def _count(entries: int) -> str:
    return number(Decimal(entries))
