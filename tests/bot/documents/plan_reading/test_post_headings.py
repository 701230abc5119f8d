"""Which lines above a table name a post, and which only sign."""

import pytest

from bot.documents.plan_reading.post_headings import last_post, read_post


@pytest.mark.parametrize(
    ("printed", "post"),
    [
        ("KASI PEMERINTAHAN", "Kasi Pemerintahan"),
        ("PENGELOLA MONITORING DAN EVALUASI", "Pengelola Monitoring dan Evaluasi"),
        ("Kepala Seksi Pelayanan Terpadu", "Kepala Seksi Pelayanan Terpadu"),
        ("Kasubbag Umum & Keuangan", "Kasubbag Umum & Keuangan"),
        ("**B. Kasi Sosial Budaya**", "Kasi Sosial Budaya"),
        ("Nama Jabatan : Kasi Ketenteraman dan Ketertiban", "Kasi Ketenteraman dan Ketertiban"),
        ("Penanggung Jawab: Lurah Contoh", "Lurah Contoh"),
        ("CAMAT", "Camat"),
        ("Plt. Kasi Pembangunan", "Kasi Pembangunan"),
        ("Jabatan : Plh Sekretaris Kecamatan", "Sekretaris Kecamatan"),
    ],
)
def test_a_heading_names_its_post(printed: str, post: str) -> None:
    assert read_post(printed) == post


@pytest.mark.parametrize(
    "printed",
    [
        "KECAMATAN CONTOH",
        "RENCANA AKSI TAHUN 2025",
        "Penata Tk. I (III/d)",
        "Sekretariat yang dipimpin oleh Sekretaris Kecamatan",
        "Camat yang dalam pelaksanaan tugasnya dibantu oleh Sekretaris",
        "Kasi Pemerintahan adalah unsur pelaksana.",
        "Meningkatnya kualitas pelayanan",
    ],
)
def test_other_lines_name_none(printed: str) -> None:
    assert read_post(printed) is None


def test_who_signs_heads_nothing() -> None:
    signature = ["Kasi Pemerintahan", "Contoh, 3 Januari 2025", "Camat Contoh", "(nama)", "Pembina", "NIP (NIP)"]

    assert last_post(signature) is None
    assert last_post([*signature, "Kasi Pembangunan"]) == "Kasi Pembangunan"


def test_the_posts_of_an_introduction_head_no_table() -> None:
    assert last_post(["6. Kasi Pemerintahan", *["Kalimat pengantar."] * 9]) is None
