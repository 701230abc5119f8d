"""Sentences about the office's working calendar."""


def cuti_bersama_unknown(year: str) -> str:
    return (
        f"Cuti bersama {year} belum dikenal, sehingga batas dan pengingat tahun depan dapat jatuh di hari libur. "
        "Setelah SKB terbit, minta pemasang memperbarui Renaksi, atau ketik libur untuk menambahkan tanggalnya."
    )
