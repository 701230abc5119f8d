"""What to write into each column of the office workbook: shown where it is filled in, at the heading and at the cell.

`workbook_help` tells the whole on a sheet of its own; these are the one or two sentences of a column. What a cell
checks warns and never forbids: other spellings are understood at reading.
"""

from collections.abc import Mapping
from enum import Enum

from bot.documents.workbook_layout import MONTHS, QUARTERS, RENSTRA_FIGURES, Sheet

_CODE = "Kode dari lembar Indikator atau Layanan."
_SAMPLE = 'Isi "contoh" untuk angka atau keputusan karangan. Kosong untuk yang sebenarnya.'
_TARGET = 'Target periode ini, angka saja. Kosong atau "-" tanpa target, "?" bila tidak terbaca.'
_RUNG = "Nama dalam susunan rencana di atas indikator ini. Boleh kosong."
_FIGURE = "Angka saja, anggaran dalam rupiah. Yang kosong dicetak belum diisi."
_AT = "Tanggal dan jam dilaporkan."

COLUMN_HELP: Mapping[Sheet, Mapping[str, str]] = {
    Sheet.TO_ANSWER: {
        "Jawaban": "Pilih dari daftar, atau tulis sendiri. Boleh juga membetulkan selnya di lembar Indikator.",
        "Terbaca": "Yang sekarang tertulis di lembar Indikator.",
        "Usulan": "Yang paling mungkin menurut berkas.",
        "Tempat": "Letaknya di berkas yang dikirim.",
        "Kode": "Jangan diubah.",
        "Perihal": "Jangan diubah.",
    },
    Sheet.OFFICE: {
        "Isian": "Jangan diubah.",
        "Isi": "Isi di sini. Nama kecamatan tanpa kata Kecamatan.",
    },
    Sheet.POSTS: {
        "Jabatan": "Satu jabatan setiap baris, masing-masing satu kali.",
        "Peran": "Pilih: camat (tepat satu), sekretaris, kasubbag, kasi, atau pelaksana.",
        "Atasan": "Jabatan di atasnya, dari kolom Jabatan. Kosong hanya untuk camat.",
        "Seksi": "Nama seksi dalam ringkasan, hanya untuk jabatan langsung di bawah camat.",
        "Admin": "ya untuk jabatan yang mengelola rencana, biasanya Kasubbag Perencanaan.",
        "Unit": "Kelurahannya, misalnya Kelurahan Bulak. Kosong untuk jabatan kecamatan.",
        "Nama lama": "Nama jabatan sebelumnya, dipisah titik koma.",
        "Berakhir": "Hari terakhir jabatan yang sudah tidak ada. Kosong bila masih ada.",
    },
    Sheet.PEOPLE: {
        "Nama": "Nama lengkap pejabatnya, tanpa gelar boleh.",
        "Jabatan": "Pilih dari lembar Jabatan. Dua jabatan ditulis dua baris.",
        "Sapaan": "Bu atau Pak, boleh kosong.",
        "Nomor telepon": "Seperti +62812xxxxxxxx, boleh kosong.",
        "Status": "definitif, Plt (jabatan kosong), atau Plh (pejabatnya berhalangan).",
        "Sejak": "Hari pertama di jabatan itu. Kosong berarti sejak awal tahun.",
        "Sampai": "Hari terakhir di jabatan itu. Kosong bila masih menjabat; isi untuk Plt dan Plh.",
    },
    Sheet.DAYS_OFF: {
        "Tanggal": "Hari libur kantor sendiri, satu tanggal setiap baris.",
        "Nama": "Nama hari liburnya, misalnya Galungan.",
    },
    Sheet.SIGNERS: {
        "Peran": "Misalnya Disusun oleh atau Mengetahui.",
        "Jabatan": "Jabatan yang dicetak di atas tanda tangan.",
        "Nama": "Boleh kosong dan ditulis tangan.",
        "Pangkat": "Misalnya Pembina (IV/a). Boleh kosong.",
        "NIP": "Sebagai teks. Boleh kosong.",
    },
    Sheet.INDICATORS: {
        "Kode": "Bebas tetapi unik, dan tetap sama bila rencana diubah.",
        "Jenjang": "Pilih tempatnya dalam susunan rencana.",
        **dict.fromkeys(("Tujuan", "Sasaran", "Program", "Kegiatan", "Sub kegiatan", "Aksi"), _RUNG),
        "Indikator": "Nama indikatornya seperti di rencana.",
        "Satuan": "Misalnya desa, dokumen, %. Kosong untuk indeks.",
        "Jabatan": "Yang melaporkan, dari lembar Jabatan. Kosong: admin akan ditanya.",
        "Cara hitung": "SUM dijumlahkan, CUM posisi s/d, LEVEL kondisi, SINGLE sekali. Kosongkan bila ragu.",
        "Nilai setahun": "Untuk LEVEL: terakhir atau rata-rata.",
        "Arah": "positif = makin tinggi makin baik, negatif = makin rendah makin baik, stabil = dijaga tetap.",
        "Ritme": "Seberapa sering dilaporkan. Kosong mengikuti target yang terisi.",
        "Rasio": 'ya bila dilaporkan sebagai "15 dari 20".',
        "Target tahunan": "Target setahun, angka saja: 25% ditulis 25.",
        **dict.fromkeys((*MONTHS, *QUARTERS), _TARGET),
        "Anggaran": "Rupiah bulat. Boleh kosong.",
        "Batas bawah": 'Nilai terkecil yang masuk akal, "-" tanpa batas, kosong batas lazim.',
        "Batas atas": 'Nilai terbesar yang masuk akal, "-" tanpa batas, kosong batas lazim.',
        "Keterangan": "Isi kolom KET rencana, bila ada.",
        "Konteks": "ya untuk baris yang hanya penjelas dan tidak dilaporkan.",
        "Bukti": "Bukti yang diminta untuk tiap angka. Kosong: seperti yang diatur lewat obrolan.",
        "Jumlah bukti": "Berapa buah paling sedikit. Kosong berarti satu.",
    },
    Sheet.SERVICES: {
        "Kode": "Unik, dan tidak sama dengan kode indikator.",
        "Kelompok": "Judul di atas pelayanannya. Boleh kosong.",
        "Jenis pelayanan": "Satu jenis pelayanan setiap baris.",
        "Satuan": "Kosong berarti layanan.",
        "Jabatan": "Yang melaporkan, dari lembar Jabatan.",
        "Keterangan": "Boleh kosong.",
    },
    Sheet.RENSTRA: {
        "Kode": "Kode dari lembar Indikator.",
        **dict.fromkeys(RENSTRA_FIGURES.values(), _FIGURE),
    },
    Sheet.QUESTIONS: {
        "Kode": _CODE,
        "Perihal": "Pilih apa yang belum jelas.",
        "Pertanyaan": "Pertanyaannya dalam satu kalimat.",
        "Usulan": "Jawaban yang paling mungkin. Boleh kosong.",
        "Pilihan": "Satu jawaban setiap baris di dalam sel (Alt+Enter). Boleh kosong.",
        "Tempat": "Letaknya di rencana. Boleh kosong.",
    },
    Sheet.ANSWERS: {
        "Kode": _CODE,
        "Perihal": "Sama seperti di lembar Pertanyaan.",
        "Jawaban": "Contoh: jumlah; Kasi Pemerintahan; negatif; 2022-07=233.",
        "Oleh": "Siapa yang memutuskan.",
        "Tanggal": "Kapan diputuskan.",
        "Alasan": "Boleh kosong.",
        "Tanda": _SAMPLE,
    },
    Sheet.REPORTS: {
        "Kode": _CODE,
        "Periode": "Bulan 2022-03, triwulan 2022-TW1, atau tahun 2022.",
        "Nilai": "Realisasinya, angka saja.",
        "Dilaporkan": _AT,
        "Catatan": "Boleh kosong.",
        "Tanda": _SAMPLE,
    },
    Sheet.OPENINGS: {
        "Kode": "Kode dari lembar Indikator.",
        "Posisi s/d": "Bulan atau triwulan terakhir sebelum mulai dipakai, misalnya 2022-05.",
        "Nilai": "Posisinya sampai dengan periode itu, angka saja.",
        "Sumber": "Dari mana angkanya, misalnya laporan TW I.",
        "Berlaku": "Untuk semua sampai dengan periode itu, atau untuk periode itu saja.",
    },
    Sheet.BUDGET: {
        "Kode": "Kode rekening dengan titik: 5.1.01 berada di bawah 5.1.",
        "Jenjang": "Program, Kegiatan, Sub kegiatan, atau Aksi.",
        "Uraian": "Nama barisnya.",
        "Pagu": "Rupiah bulat. Kosong bila dihitung dari baris di bawahnya.",
        "Pagu perubahan": "Diisi setelah DPA berubah. Bila terisi, itulah yang berlaku.",
        "Dilaporkan oleh": "Kosong berarti Bendahara, PPTK, atau admin.",
    },
    Sheet.SPENDING: {
        "Kode": "Kode dari lembar Anggaran.",
        "Periode": "Hanya bulan, misalnya 2022-03.",
        "Realisasi": "Rupiah s/d bulan itu, bukan bulan itu saja.",
        "Fisik": "Persen s/d bulan itu, 0 sampai 100. Boleh kosong.",
        "Dilaporkan": _AT,
        "Tanda": _SAMPLE,
    },
}
"""By sheet and heading."""


class CellCheck(Enum):
    """What a cell warns about: a formula of the cell `{cell}`, and the sentence."""

    TARGET = ('OR(ISNUMBER({cell}),{cell}="-",{cell}="?")', 'Isi dengan angka saja, "-" tanpa target, atau "?".')
    LIMIT = ('OR(ISNUMBER({cell}),{cell}="-")', 'Isi dengan angka saja, atau "-" tanpa batas.')
    NUMBER = ("ISNUMBER({cell})", "Isi dengan angka saja, tanpa satuan, %, atau Rp.")
    RUPIAH = ("AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell}))", "Isi rupiah bulat tanpa titik, misalnya 12350000.")
    PERCENT = ("AND(ISNUMBER({cell}),{cell}>=0,{cell}<=100)", "Isi persen antara 0 dan 100, tanpa tanda %.")
    DAY = ("AND(ISNUMBER({cell}),{cell}>=DATE(2000,1,1))", "Isi sebagai tanggal, misalnya 31/03/2026.")
    PHONE = ('LEFT({cell},3)="+62"', "Isi nomor seperti +62812xxxxxxxx.")


CELL_CHECKS: Mapping[Sheet, Mapping[str, CellCheck]] = {
    Sheet.POSTS: {"Berakhir": CellCheck.DAY},
    Sheet.PEOPLE: {"Nomor telepon": CellCheck.PHONE, "Sejak": CellCheck.DAY, "Sampai": CellCheck.DAY},
    Sheet.DAYS_OFF: {"Tanggal": CellCheck.DAY},
    Sheet.INDICATORS: {
        "Target tahunan": CellCheck.NUMBER,
        **dict.fromkeys((*MONTHS, *QUARTERS), CellCheck.TARGET),
        "Anggaran": CellCheck.RUPIAH,
        "Batas bawah": CellCheck.LIMIT,
        "Batas atas": CellCheck.LIMIT,
        "Jumlah bukti": CellCheck.NUMBER,
    },
    Sheet.RENSTRA: dict.fromkeys(RENSTRA_FIGURES.values(), CellCheck.NUMBER),
    Sheet.ANSWERS: {"Tanggal": CellCheck.DAY},
    Sheet.REPORTS: {"Nilai": CellCheck.NUMBER, "Dilaporkan": CellCheck.DAY},
    Sheet.OPENINGS: {"Nilai": CellCheck.NUMBER},
    Sheet.BUDGET: {"Pagu": CellCheck.RUPIAH, "Pagu perubahan": CellCheck.RUPIAH},
    Sheet.SPENDING: {"Realisasi": CellCheck.RUPIAH, "Fisik": CellCheck.PERCENT, "Dilaporkan": CellCheck.DAY},
}
"""The columns of figures and days, and what each of their cells checks."""
