"""Numbers as staff type them: the table of domain.md 6 in full, then many more of the same kind."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.modes import Mode
from domain.number_sense import GREATEST
from domain.numbers import Ask, Doubt, NoReport, NumberContext, Reading, Value, read_number, read_several

CONTEXTS = {
    "A": NumberContext("dokumen", Mode.SUM, Decimal(12)),
    "B": NumberContext("orang", Mode.LEVEL, Decimal(250)),
    "C": NumberContext("%", Mode.CUM, Decimal(75), previous=Decimal(50), high=Decimal(100)),
    "D": NumberContext("nilai", Mode.SINGLE, Decimal(84), low=Decimal(0), high=Decimal(100)),
    "E": NumberContext("Rp", Mode.SUM, Decimal(20381000)),
    "F": NumberContext("lembar", Mode.SUM, Decimal(4144)),
    "G": NumberContext("bulan", Mode.SUM, Decimal(3)),
    "H": NumberContext("dokumen", Mode.SUM, Decimal(233), annual_target=Decimal(2800)),
    "I": NumberContext("angka", Mode.SINGLE, Decimal("3.1"), low=Decimal(0), high=Decimal(5)),
    "Y": NumberContext("dokumen", Mode.SINGLE, Decimal(2800)),
}
"""The contexts of the table, by its letters."""
CONTEXTS |= {
    "share": NumberContext("%", Mode.LEVEL, Decimal(90), high=Decimal(100), ratio=True, denominator=Decimal(20)),
    "desa": NumberContext(
        "desa", Mode.SUM, Decimal(1), annual_target=Decimal(3), previous=Decimal(2), target_before=Decimal(2)
    ),
    "first": NumberContext("desa", Mode.SUM, Decimal(1), annual_target=Decimal(3), previous=Decimal(0)),
    "growth": NumberContext("%", Mode.LEVEL, Decimal(-2)),
    "serapan": NumberContext(
        "%", Mode.CUM, Decimal(50), annual_target=Decimal(100), previous=Decimal(20), high=Decimal(100),
        target_before=Decimal(25),
    ),
    "road": NumberContext("km", Mode.LEVEL, Decimal(12)),
    "pay": NumberContext("orang/bulan", Mode.SUM, Decimal(12)),
    "open": NumberContext("dokumen", Mode.SUM),
    "ikm": NumberContext(None, Mode.CUM, Decimal(86), low=Decimal(25), high=Decimal(100), name="IKM"),
    "asn": NumberContext("ASN", Mode.LEVEL, Decimal(10)),
    "kali": NumberContext("Kali", Mode.SUM, Decimal(4)),
}  # fmt: skip


def answer(reading: Reading) -> str:
    """A reading as the tables below write it."""
    match reading:
        case NoReport():
            return "NONE"
        case Ask():
            return "ASK"
        case Value():
            return f"{reading.number:f}"


@pytest.mark.parametrize(
    ("context", "typed", "expected"),
    [
        ("A", "12", "12"), ("A", "12 dok", "12"), ("A", "12 dokumen.", "12"), ("A", "dua belas", "12"),
        ("A", "12.", "12"), ("A", "12 ✅", "12"), ("A", "1 lusin", "12"), ("A", "10+2", "12"), ("A", "12/12", "12"),
        ("A", "10 dari 12", "10"), ("A", "12 org", "ASK"), ("A", "10/15", "ASK"), ("A", "10-12", "ASK"),
        ("A", "sekitar 12", "ASK"), ("A", "12an", "ASK"), ("A", "3,5", "ASK"), ("A", "½", "ASK"),
        ("A", "25%", "ASK"), ("A", "nihil", "0"), ("A", "tidak ada", "0"), ("A", "0", "0"), ("A", "-", "ASK"),
        ("A", "belum", "NONE"), ("A", "sama", "ASK"), ("A", "lengkap", "ASK"), ("A", "120", "ASK"),
        ("B", "6 org", "6"), ("B", "seratus dua puluh", "120"), ("B", "250 peserta", "250"), ("B", "1.250", "ASK"),
        ("B", "2k", "ASK"), ("C", "75", "75"), ("C", "75%", "75"), ("C", "75 persen", "75"), ("C", "72,5", "72.5"),
        ("C", "72.5 %", "72.5"), ("C", "s/d juni 60%", "60"), ("C", "0,75", "ASK"), ("C", "setengah", "ASK"),
        ("C", "110", "ASK"), ("C", "40", "ASK"), ("D", "84,25", "84.25"), ("D", "84.25", "84.25"),
        ("D", "84.250", "84.25"), ("D", "8425", "ASK"), ("E", "1,5 juta", "1500000"), ("E", "1.5jt", "1500000"),
        ("E", "Rp 1.500.000,-", "1500000"), ("E", "20,381,000", "20381000"), ("E", "1.500", "ASK"),
        ("E", "1.500 juta", "ASK"), ("F", "4.144 Lbr", "4144"), ("F", "4,144", "4144"), ("F", "4.144,00", "4144"),
        ("F", "4.1", "ASK"), ("G", "3 bln", "3"), ("H", "2800", "ASK"), ("I", "3,1", "3.1"), ("I", "3.1", "3.1"),
        ("I", "31", "ASK"), ("Y", "2,800", "2800"),
    ],
)  # fmt: skip
def test_the_table_of_the_rulebook(context: str, typed: str, expected: str):
    assert answer(read_number(typed, CONTEXTS[context])) == expected


@pytest.mark.parametrize(
    ("context", "typed", "expected"),
    [
        ("A", "sepuluh", "10"), ("A", "sebelas", "11"), ("A", "duabelas", "12"), ("A", "selusin", "12"),
        ("A", "dua lusin", "24"), ("A", "1 lsn", "12"), ("A", "nol", "0"), ("A", "NIHIL!", "0"),
        ("A", "tdk ada", "0"), ("A", "tak ada dokumen", "0"), ("A", "gak ada", "0"), ("A", "kosong", "0"),
        ("A", "0 (nihil)", "0"), ("A", "nihil (0)", "0"), ("A", "ada 12", "12"), ("A", "12 saja ya pak", "12"),
        ("A", "ya, 12", "12"), ("A", "12 (dua belas) dokumen", "12"), ("A", "12 (dua belas)", "12"),
        ("A", "dua belas (12)", "12"), ("A", "１２", "12"), ("A", "١٢", "12"), ("A", "१२ dok", "12"),
        ("A", "12\xa0dok", "12"), ("A", "1\ufe0f\u20e32\ufe0f\u20e3", "12"), ("A", "12👍🏽", "12"),
        ("A", "\u200b12", "12"), ("A", "10+2 dok", "12"), ("A", "10 dok + 2 dok", "12"), ("A", "5+5+2", "12"),
        ("A", "+5", "5"), ("A", "tambah 5", "5"), ("A", "tambahan 5 dokumen", "5"),
        ("A", "10 dari 12 dokumen", "10"), ("A", "10 dok dari 12 dok", "10"), ("A", "10 / 12", "10"),
        ("A", "12 buah dokumen", "12"), ("A", "dok 12", "12"), ("A", "dokumen: 12", "12"), ("A", "DOKUMEN 12", "12"),
        ("A", "realisasi 12", "12"), ("A", "sebanyak 12 dok", "12"), ("A", "sudah 7", "7"), ("A", "0,0", "0"),
        ("A", "00", "0"), ("A", "05", "5"), ("A", "12,0", "12"), ("A", "12.00", "12"), ("A", "12,-", "12"),
        ("A", "12..", "12"), ("A", "36", "36"), ("A", "sebuah dokumen", "1"), ("A", "0 dok", "0"),
        ("A", "12doc", "12"), ("A", "dua belas dokumen", "12"), ("A", "12\n", "12"), ("B", "6 orang", "6"),
        ("B", "6 asn", "6"), ("B", "250 jiwa", "250"), ("B", "seorang", "1"), ("B", "dua ratus lima puluh", "250"),
        ("B", "750", "750"), ("B", "5 lusin", "60"), ("C", "60 persen", "60"), ("C", "75 prosen", "75"),
        ("C", "enam puluh", "60"), ("C", "enam puluh koma lima", "60.5"), ("C", "s.d. Maret 60 %", "60"),
        ("C", "S/D 31 Maret 2022 60%", "60"), ("C", "s/d tw ii 60", "60"), ("C", "posisi s/d juni: 60%", "60"),
        ("C", "60% s/d juni", "60"), ("C", "sampai Juni 60", "60"), ("C", "72,333", "72.333"),
        ("C", "84.250", "84.25"), ("C", "100", "100"), ("C", "50", "50"), ("C", "75,00", "75"), ("C", "７５％", "75"),
        ("D", "84", "84"), ("D", "84,2567", "84.2567"), ("D", "84 poin", "84"), ("D", "nilai 84", "84"),
        ("D", "skor 84,5", "84.5"), ("D", "8.425", "8.425"), ("D", "delapan puluh empat koma dua lima", "84.25"),
        ("D", "100", "100"), ("D", "0", "0"), ("E", "Rp. 1.500.000,00", "1500000"), ("E", "1 jt", "1000000"),
        ("E", "1,5jt", "1500000"), ("E", "1 juta 500 ribu", "1500000"),
        ("E", "satu juta lima ratus ribu", "1500000"), ("E", "dua ratus lima puluh ribu", "250000"),
        ("E", "sejuta", "1000000"), ("E", "20.381.000", "20381000"), ("E", "20381000", "20381000"),
        ("E", "20 juta", "20000000"), ("E", "1.500.000,=", "1500000"), ("E", "rp1500000", "1500000"),
        ("E", "Rp.500.000,-", "500000"), ("E", "1500 ribu", "1500000"), ("E", "0,5 jt", "500000"),
        ("E", "1.500.000+500.000", "2000000"), ("E", "20.381.000 rupiah", "20381000"), ("E", "Rp 0", "0"),
        ("E", "nihil", "0"), ("E", "1.500.000,50", "1500000.5"), ("E", "satu koma lima juta", "1500000"),
        ("F", "4.144,00 lembar", "4144"), ("F", "4144 lbr.", "4144"),
        ("F", "empat ribu seratus empat puluh empat", "4144"), ("F", "1.000", "1000"), ("F", "4 ribu", "4000"),
        ("F", "5rb", "5000"), ("G", "3 bulan", "3"), ("G", "tiga bulan", "3"), ("G", "0", "0"),
        ("G", "2 dari 3 bulan", "2"), ("H", "233", "233"), ("H", "240 dok", "240"), ("H", "200 + 33", "233"),
        ("I", "3", "3"), ("I", "tiga koma satu", "3.1"), ("I", "3,125", "3.125"), ("I", "5,0", "5"),
        ("Y", "2.800", "2800"), ("Y", "2800", "2800"), ("Y", "dua ribu delapan ratus", "2800"),
        ("Y", "2,8 ribu", "2800"), ("share", "15%", "15"), ("share", "75", "75"), ("share", "75,5", "75.5"),
        ("share", "0", "0"), ("share", "nihil", "0"), ("share", "12,5", "12.5"), ("desa", "1", "1"),
        ("desa", "nihil", "0"), ("desa", "tambahan 1 desa", "1"),
        ("first", "1", "1"), ("first", "s/d januari 1", "1"), ("first", "2", "2"), ("growth", "-2,5", "-2.5"),
        ("growth", "2,5", "2.5"), ("growth", "-2.5 %", "-2.5"), ("growth", "0", "0"), ("serapan", "45%", "45"),
        ("serapan", "20", "20"), ("road", "3,5", "3.5"), ("road", "12 km", "12"), ("road", "12.5 km", "12.5"),
        ("pay", "12 orang/bulan", "12"), ("pay", "12", "12"), ("pay", "10 dari 12 orang/bulan", "10"),
        ("open", "1.250", "1250"), ("open", "9000", "9000"), ("open", "12 dok", "12"), ("ikm", "84", "84"),
        ("ikm", "86,5", "86.5"), ("asn", "8 asn", "8"), ("kali", "3x", "3"), ("kali", "3 kali", "3"),
        ("kali", "sekali", "1"),
    ],
)  # fmt: skip
def test_more_that_reads_in_one_way(context: str, typed: str, expected: str):
    assert answer(read_number(typed, CONTEXTS[context])) == expected


@pytest.mark.parametrize(
    ("context", "typed", "doubt"),
    [
        ("A", "", Doubt.NOT_A_NUMBER), ("A", "   ", Doubt.NOT_A_NUMBER), ("A", ".", Doubt.NOT_A_NUMBER),
        ("A", "?", Doubt.NOT_A_NUMBER), ("A", "🙏", Doubt.NOT_A_NUMBER), ("A", "abc", Doubt.NOT_A_NUMBER),
        ("A", ".5", Doubt.NOT_A_NUMBER), ("A", ",5", Doubt.NOT_A_NUMBER), ("A", "12,", Doubt.NOT_A_NUMBER),
        ("A", "1..2", Doubt.NOT_A_NUMBER), ("A", "=1+1", Doubt.NOT_A_NUMBER), ("A", "10+", Doubt.NOT_A_NUMBER),
        ("A", "<b>12</b>", Doubt.NOT_A_NUMBER), ("A", "12<br>", Doubt.NOT_A_NUMBER),
        ("A", "/lapor", Doubt.NOT_A_NUMBER), ("A", "12²", Doubt.NOT_A_NUMBER), ("A", "②", Doubt.NOT_A_NUMBER),
        ("A", "十二", Doubt.NOT_A_NUMBER), ("A", "IV", Doubt.NOT_A_NUMBER), ("A", "satuan", Doubt.NOT_A_NUMBER),
        ("A", "s/d juni 2022", Doubt.NOT_A_NUMBER), ("A", "sekitar", Doubt.NOT_A_NUMBER),
        ("A", "5 dari nol surat", Doubt.OTHER_UNIT), ("A", "1*2", Doubt.NOT_A_NUMBER), ("A", "@12", Doubt.NOT_A_NUMBER),
        ("A", "(12", Doubt.NOT_A_NUMBER), ("A", "12 dokumen dan 3 surat", Doubt.SEVERAL),
        ("A", "12 3", Doubt.SEVERAL), ("A", "12, 3", Doubt.SEVERAL), ("A", "12; 3", Doubt.SEVERAL),
        ("A", "2x3", Doubt.SEVERAL), ("A", "1e5", Doubt.SEVERAL), ("A", "12/12/2022", Doubt.SEVERAL),
        ("A", "0812-0000-0001", Doubt.SEVERAL), ("A", "10 per 12", Doubt.SEVERAL), ("A", "dua lima", Doubt.SEVERAL),
        ("A", "2 ratus", Doubt.SEVERAL), ("A", "1 juta 500", Doubt.SEVERAL), ("A", "12 (sebelas)", Doubt.SEVERAL),
        ("A", "1✅2", Doubt.SEVERAL), ("A", "10+2/12", Doubt.SEVERAL), ("A", "10 dan 2", Doubt.SEVERAL),
        ("A", "12\n3", Doubt.SEVERAL), ("A", "12 surat", Doubt.OTHER_UNIT), ("A", "12 buah", Doubt.OTHER_UNIT),
        ("A", "Rp 12", Doubt.OTHER_UNIT), ("A", "12 %", Doubt.OTHER_UNIT), ("A", "100%", Doubt.OTHER_UNIT),
        ("A", "12 maret", Doubt.OTHER_UNIT), ("A", "10 dari 12 desa", Doubt.OTHER_UNIT),
        ("A", "12 dari desa", Doubt.OTHER_UNIT), ("A", "10 + 2 surat", Doubt.OTHER_UNIT),
        ("A", "seorang", Doubt.OTHER_UNIT), ("A", "12 kan", Doubt.OTHER_UNIT), ("A", "belum 12", Doubt.OTHER_UNIT),
        ("A", "tidak ada kegiatan", Doubt.OTHER_UNIT), ("A", "dua belas orang", Doubt.OTHER_UNIT),
        ("A", "1/2", Doubt.OTHER_TARGET), ("A", "10 dari 100", Doubt.OTHER_TARGET),
        ("A", "10 dari 20 dokumen", Doubt.OTHER_TARGET), ("A", "1 250", Doubt.SEPARATOR),
        ("A", "1.0000", Doubt.SEPARATOR), ("A", "012", Doubt.SEPARATOR), ("A", "1,2,3", Doubt.SEPARATOR),
        ("A", "12.5.3", Doubt.SEPARATOR), ("A", "1.25.5", Doubt.SEPARATOR), ("A", "12,5", Doubt.FRACTION),
        ("A", "1.2", Doubt.FRACTION), ("A", "dua koma lima", Doubt.FRACTION), ("A", "0,5", Doubt.FRACTION),
        ("A", "-5", Doubt.BELOW_RANGE), ("A", "- 5", Doubt.BELOW_RANGE), ("A", "−5", Doubt.BELOW_RANGE),
        ("A", "-12 dok", Doubt.BELOW_RANGE), ("A", "12?", Doubt.APPROXIMATE), ("A", "~12", Doubt.APPROXIMATE),
        ("A", "±12", Doubt.APPROXIMATE), ("A", "≈ 12", Doubt.APPROXIMATE), ("A", "+-12", Doubt.APPROXIMATE),
        ("A", "+/- 12", Doubt.APPROXIMATE), ("A", "<12", Doubt.APPROXIMATE), ("A", ">= 12", Doubt.APPROXIMATE),
        ("A", "kurang lebih 5", Doubt.APPROXIMATE), ("A", "lebih kurang 5", Doubt.APPROXIMATE),
        ("A", "kira-kira 12", Doubt.APPROXIMATE), ("A", "kira2 12?", Doubt.APPROXIMATE),
        ("A", "hampir 12", Doubt.APPROXIMATE), ("A", "lebih dari 12", Doubt.APPROXIMATE),
        ("A", "kurang dari 12", Doubt.APPROXIMATE), ("A", "kurang 2", Doubt.APPROXIMATE),
        ("A", "minimal 12", Doubt.APPROXIMATE), ("A", "12 lebih", Doubt.APPROXIMATE),
        ("A", "12-an", Doubt.APPROXIMATE), ("A", "12 an", Doubt.APPROXIMATE), ("A", "belasan", Doubt.APPROXIMATE),
        ("A", "puluhan", Doubt.APPROXIMATE), ("A", "sepuluhan", Doubt.APPROXIMATE),
        ("A", "5 s/d 7", Doubt.APPROXIMATE), ("A", "5 sampai 7", Doubt.APPROXIMATE),
        ("A", "5 - 7", Doubt.APPROXIMATE), ("A", "lima sampai tujuh", Doubt.APPROXIMATE),
        ("A", "sampai 12", Doubt.APPROXIMATE), ("A", "satu setengah", Doubt.APPROXIMATE),
        ("A", "¼", Doubt.APPROXIMATE), ("A", "3½", Doubt.APPROXIMATE), ("A", "seperempat", Doubt.APPROXIMATE),
        ("A", "mungkin 12", Doubt.APPROXIMATE), ("A", "rata-rata 12", Doubt.APPROXIMATE),
        ("A", "idem ya", Doubt.SAME_AS_BEFORE), ("A", "masih sama", Doubt.SAME_AS_BEFORE),
        ("A", "tetap", Doubt.SAME_AS_BEFORE), ("A", "sama seperti kemarin", Doubt.SAME_AS_BEFORE),
        ("A", "tidak ada perubahan", Doubt.SAME_AS_BEFORE), ("A", "semua", Doubt.COMPLETE),
        ("A", "sudah lengkap", Doubt.COMPLETE), ("A", "selesai semua", Doubt.COMPLETE),
        ("A", "tuntas", Doubt.COMPLETE), ("A", "--", Doubt.ZERO_OR_NOT_YET), ("A", "–", Doubt.ZERO_OR_NOT_YET),
        ("A", "n/a", Doubt.ZERO_OR_NOT_YET), ("A", "tidak ada data", Doubt.ZERO_OR_NOT_YET),
        ("A", "belum ada dokumen", Doubt.ZERO_OR_NOT_YET), ("A", "belum dilaksanakan", Doubt.ZERO_OR_NOT_YET),
        ("A", "tidak", Doubt.ZERO_OR_NOT_YET), ("A", "37", Doubt.FAR_ABOVE_TARGET),
        ("A", "1.250", Doubt.FAR_ABOVE_TARGET), ("A", "seratus", Doubt.FAR_ABOVE_TARGET),
        ("A", "dua belas ribu", Doubt.FAR_ABOVE_TARGET), ("A", "s/d juni 12", Doubt.TO_DATE_FOR_PERIOD),
        ("A", "12 s/d juni", Doubt.TO_DATE_FOR_PERIOD), ("A", "s.d. Maret 12", Doubt.TO_DATE_FOR_PERIOD),
        ("A", "9999999999999999", Doubt.TOO_LONG), ("A", "1111111111111111111111111111111111111111", Doubt.TOO_LONG),
        ("A", "999999 miliar miliar", Doubt.SEVERAL), ("B", "2 ribu", Doubt.FAR_ABOVE_TARGET),
        ("B", "751", Doubt.FAR_ABOVE_TARGET), ("C", "25", Doubt.BELOW_PREVIOUS), ("C", "0", Doubt.BELOW_PREVIOUS),
        ("C", "nihil", Doubt.BELOW_PREVIOUS), ("C", "s/d juni 40%", Doubt.BELOW_PREVIOUS),
        ("C", "1.250", Doubt.BELOW_PREVIOUS), ("C", "+25", Doubt.INCREMENT_FOR_POSITION),
        ("C", "tambah 10", Doubt.INCREMENT_FOR_POSITION), ("C", "15/20", Doubt.RATIO),
        ("C", "15 dari 20 desa", Doubt.RATIO), ("C", "1.500 dari 2.000", Doubt.RATIO), ("C", "60/75", Doubt.SEVERAL),
        ("C", "75% dari 80%", Doubt.SEVERAL), ("C", "120/100", Doubt.PART_ABOVE_WHOLE), ("C", "101", Doubt.ABOVE_RANGE),
        ("C", "750", Doubt.ABOVE_RANGE), ("C", "0.5", Doubt.SMALL_PERCENT), ("C", "0,75%", Doubt.SMALL_PERCENT),
        ("C", "0,001", Doubt.SMALL_PERCENT), ("C", "72,3333333", Doubt.TOO_LONG), ("C", "15 desa", Doubt.OTHER_UNIT),
        ("C", "60 dokumen", Doubt.OTHER_UNIT), ("D", "101", Doubt.ABOVE_RANGE), ("D", "840", Doubt.ABOVE_RANGE),
        ("D", "84.250,5", Doubt.ABOVE_RANGE), ("D", "84250", Doubt.ABOVE_RANGE), ("D", "84/100", Doubt.OTHER_TARGET),
        ("D", "84%", Doubt.OTHER_UNIT), ("D", "84 desa", Doubt.OTHER_UNIT), ("D", "-84", Doubt.BELOW_RANGE),
        ("E", "20", Doubt.SMALL_MONEY), ("E", "1.5", Doubt.SMALL_MONEY), ("E", "15 rb", Doubt.SMALL_MONEY),
        ("E", "1,500.000", Doubt.SMALL_MONEY), ("E", "20.380", Doubt.SMALL_MONEY),
        ("E", "2.500 jt", Doubt.SEPARATOR), ("E", "1 500 000", Doubt.SEPARATOR), ("E", "1.500.00", Doubt.SEPARATOR),
        ("E", "1,5 + 2 juta", Doubt.SEVERAL),
        ("E", "sejuta dua ratus", Doubt.SEVERAL), ("E", "1 juta 500", Doubt.SEVERAL),
        ("E", "2 juta 3 juta", Doubt.SEVERAL), ("E", "500 ribu 1 juta", Doubt.SEVERAL),
        ("E", "1,5 miliar", Doubt.FAR_ABOVE_TARGET), ("E", "200.000.000", Doubt.FAR_ABOVE_TARGET),
        ("E", "setengah juta", Doubt.APPROXIMATE), ("E", "satu setengah juta", Doubt.APPROXIMATE),
        ("E", "1 m", Doubt.OTHER_UNIT), ("E", "5 persen", Doubt.OTHER_UNIT), ("H", "2.800", Doubt.ANNUAL_FOR_PERIOD),
        ("H", "2800 dok", Doubt.ANNUAL_FOR_PERIOD), ("H", "dua ribu delapan ratus", Doubt.ANNUAL_FOR_PERIOD),
        ("I", "5,1", Doubt.ABOVE_RANGE), ("I", "6", Doubt.ABOVE_RANGE), ("share", "15", Doubt.PERCENT_OR_COUNT),
        ("share", "20", Doubt.PERCENT_OR_COUNT), ("share", "1", Doubt.PERCENT_OR_COUNT),
        ("share", "15/20", Doubt.RATIO), ("share", "15 dari 20", Doubt.RATIO), ("share", "15 desa", Doubt.RATIO),
        ("share", "1.250 dari 2.000 orang", Doubt.RATIO), ("share", "18/20", Doubt.RATIO),
        ("share", "25/20", Doubt.PART_ABOVE_WHOLE), ("share", "5 dari 0", Doubt.NOT_A_NUMBER),
        ("desa", "3", Doubt.TO_DATE_FOR_PERIOD), ("desa", "3 desa", Doubt.TO_DATE_FOR_PERIOD),
        ("desa", "s/d maret 3", Doubt.TO_DATE_FOR_PERIOD), ("desa", "s/d maret 1", Doubt.TO_DATE_FOR_PERIOD),
        ("desa", "4", Doubt.FAR_ABOVE_TARGET), ("first", "3", Doubt.ANNUAL_FOR_PERIOD),
        ("growth", "1.250", Doubt.SEPARATOR), ("serapan", "25", Doubt.INCREMENT_FOR_POSITION),
        ("serapan", "100", Doubt.ANNUAL_FOR_PERIOD), ("road", "1.250", Doubt.SEPARATOR),
        ("road", "40", Doubt.FAR_ABOVE_TARGET), ("pay", "12 orang", Doubt.OTHER_UNIT),
        ("open", "10 dari 12", Doubt.SEVERAL), ("ikm", "20", Doubt.BELOW_RANGE), ("ikm", "nihil", Doubt.BELOW_RANGE),
        ("ikm", "84 %", Doubt.OTHER_UNIT), ("asn", "8 orang", Doubt.OTHER_UNIT), ("kali", "3x2", Doubt.SEVERAL),
    ],
)  # fmt: skip
def test_more_that_must_be_asked(context: str, typed: str, doubt: Doubt):
    reading = read_number(typed, CONTEXTS[context])
    assert isinstance(reading, Ask)
    assert reading.doubt is doubt


@pytest.mark.parametrize(
    "typed",
    ["belum", "Belum.", "blm", "blm ada", "belum ada data", "belum ya pak", "belum ada laporan", "s/d juni belum"],
)
def test_belum_is_no_report(typed: str):
    assert read_number(typed, CONTEXTS["A"]) == NoReport()


@pytest.mark.parametrize(
    ("context", "typed", "candidates"),
    [
        ("A", "sekitar 12", ["12"]), ("A", "sekitar 120", []), ("A", "10-12", ["10", "12"]), ("A", "-", ["0"]),
        ("A", "10/15", ["10"]), ("A", "12 org", ["12"]), ("A", "25%", []), ("A", "½", []), ("A", "120", ["120"]),
        ("A", "lengkap", ["12"]), ("A", "sama", []), ("A", "-5", ["5"]), ("A", "1 250", []), ("A", "012", ["12"]),
        ("A", "kurang 2", []), ("C", "sama", ["50"]), ("C", "0,75", ["75", "0.75"]), ("C", "40", ["40", "90"]),
        ("C", "s/d juni 40", ["40"]), ("C", "+25", ["75", "25"]), ("C", "60/75", ["60", "80"]), ("C", "110", []),
        ("D", "8425", ["84.25"]), ("D", "101", []), ("I", "31", ["3.1"]), ("E", "1.500", ["1500", "1500000"]),
        ("E", "20", ["20", "20000000"]), ("E", "1.500 juta", ["1500000000", "1500000"]), ("E", "1 m", []),
        ("H", "2800", ["2800"]), ("desa", "3", ["3", "1"]), ("desa", "s/d maret 3", ["1", "3"]),
        ("serapan", "25", ["25", "45"]), ("road", "1.250", ["1250", "1.25"]), ("share", "15", ["75", "15"]),
    ],
)  # fmt: skip
def test_the_readings_that_are_offered(context: str, typed: str, candidates: list[str]):
    reading = read_number(typed, CONTEXTS[context])
    assert isinstance(reading, Ask)
    assert reading.candidates == tuple(Decimal(candidate) for candidate in candidates)


@pytest.mark.parametrize("typed", ["15/20", "15 dari 20 desa", "15 desa"])
def test_a_share_is_proposed_with_both_its_numbers(typed: str):
    assert read_number(typed, CONTEXTS["share"]) == Ask(Doubt.RATIO, (Decimal(75),), Decimal(15), Decimal(20))


def test_a_share_that_does_not_come_out_even_is_rounded_to_what_tables_hold():
    reading = read_number("2/3", CONTEXTS["share"])
    assert reading == Ask(Doubt.RATIO, (Decimal("66.666667"),), Decimal(2), Decimal(3))


def test_a_share_below_the_last_position_is_asked_as_such():
    reading = read_number("8/20", CONTEXTS["C"])
    assert reading == Ask(Doubt.BELOW_PREVIOUS, (Decimal(40), Decimal(90)), Decimal(8), Decimal(20))


@pytest.mark.parametrize(
    ("typed", "to_date"), [("s/d juni 60%", True), ("60% s/d juni", True), ("60", False), ("tw ii: 60", None)]
)
def test_the_basis_that_was_said_is_remembered(typed: str, to_date: bool | None):
    reading = read_number(typed, CONTEXTS["C"])
    assert (reading.to_date if isinstance(reading, Value) else None) is to_date


def test_a_target_reached_before_is_not_asked_about_again():
    done = replace(CONTEXTS["serapan"], previous=Decimal(100))
    assert read_number("100", done) == Value(Decimal(100))


def test_the_target_of_the_year_is_right_where_it_is_the_period_s_too():
    assert read_number("12", replace(CONTEXTS["A"], annual_target=Decimal(12))) == Value(Decimal(12))


def test_numbers_have_no_superfluous_zeros():
    assert str(read_number("72,50", CONTEXTS["C"])) == str(Value(Decimal("72.5")))
    assert str(read_number("4.144,00", CONTEXTS["F"])) == str(Value(Decimal("4144")))


@pytest.mark.parametrize(
    ("typed", "fits"), [("9.223.372.036.854,775807", True), ("9.223.372.036.854,775808", False), ("0,0000001", False)]
)
def test_what_tables_cannot_hold_is_too_long(typed: str, fits: bool):
    reading = read_number(typed, replace(CONTEXTS["road"], target=None))
    assert reading == (Value(GREATEST) if fits else Ask(Doubt.TOO_LONG))


@pytest.mark.parametrize(
    "typed",
    ["x" * 4096, "1 " * 2048, "(" * 4096, "-" * 4096, "12 " * 30 + "12an", "sekitar " * 500, "a-" * 2048, "½" * 4096],
)
def test_long_nonsense_gets_a_question(typed: str):
    assert isinstance(read_number(typed, CONTEXTS["A"]), Ask)


@pytest.mark.parametrize("length", [40, 121, 4096])
def test_too_many_digits_are_too_long(length: int):
    assert read_number("1" * length, CONTEXTS["A"]) == Ask(Doubt.TOO_LONG)


# --- for all texts and numbers ------------------------------------------------------------------------------------

_PIECES = st.sampled_from([
    *"0123456789.,-+/%()=?~½ \n", "12", "1.250", "0,75", "dok", "orang", "juta", "jt", "ribu", "seratus", "dua",
    "koma", "belas", "nihil", "belum", "s/d", "juni", "dari", "sampai", "sekitar", "setengah", "Rp", "lusin", "persen",
    "k", "✅",
])  # fmt: skip
_TEXTS = st.one_of(st.text(), st.lists(_PIECES).map("".join), st.lists(_PIECES).map(" ".join))


@given(typed=_TEXTS, context=st.sampled_from(list(CONTEXTS.values())))
@example(typed="\ud83d", context=CONTEXTS["A"])
@example(typed="9" * 120 + " miliar", context=CONTEXTS["E"])
@example(typed="0/0", context=CONTEXTS["share"])
def test_whatever_is_typed_what_comes_back_can_be_saved(typed: str, context: NumberContext):
    reading = read_number(typed, context)
    for number in named(reading):
        assert context.low is None or number >= context.low
        assert context.high is None or number <= context.high
        assert abs(number) <= GREATEST
        assert number == round(number, 6)
        assert context.unit != "dokumen" or number % 1 == 0


@given(_TEXTS)
def test_a_message_is_cut_into_items_or_left_alone(typed: str):
    items = read_several(typed)
    if items is not None:
        assert len(items) >= 2
        assert [number for number, _ in items] == sorted({number for number, _ in items})
        assert all(answer for _, answer in items)


def named(reading: Reading) -> tuple[Decimal, ...]:
    """Every number that a reading holds out."""
    match reading:
        case Value():
            return (reading.number,)
        case Ask():
            return reading.candidates
        case NoReport():
            return ()


def indonesian(number: Decimal) -> str:
    """1250.5 as 1.250,5."""
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


@given(st.integers(0, 36))
def test_counts_round_trip(number: int):
    assert read_number(indonesian(Decimal(number)), CONTEXTS["A"]) == Value(Decimal(number))


@given(st.integers(0, 8400))
def test_larger_counts_round_trip_with_their_dots(number: int):
    assert read_number(f"{indonesian(Decimal(number))} lembar", CONTEXTS["F"]) == Value(Decimal(number))


@given(st.decimals(0, 100, places=6))
def test_index_values_round_trip(number: Decimal):
    assert read_number(indonesian(number), CONTEXTS["D"]) == Value(number)


@given(st.decimals(50, 100, places=2))
def test_percentages_round_trip(number: Decimal):
    assert read_number(f"{indonesian(number)}%", CONTEXTS["C"]) == Value(number)


@given(st.integers(20381, 61143000))
def test_rupiah_round_trip(number: int):
    assert read_number(f"Rp {indonesian(Decimal(number))},-", CONTEXTS["E"]) == Value(Decimal(number))


# --- several answers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("1. 12 dok 2. nihil 3. 75%", [(1, "12 dok"), (2, "nihil"), (3, "75%")]),
        ("3. 1  4. 13 desa  5. belum", [(3, "1"), (4, "13 desa"), (5, "belum")]),
        ("1) 12, 2) nihil", [(1, "12"), (2, "nihil")]),
        ("1)12 2)nihil", [(1, "12"), (2, "nihil")]),
        ("(1) 12 (2) nihil", [(1, "12"), (2, "nihil")]),
        ("1. 12\n2. nihil\n", [(1, "12"), (2, "nihil")]),
        ("1. 12\r\n2. nihil", [(1, "12"), (2, "nihil")]),
        ("1.nihil 2.belum", [(1, "nihil"), (2, "belum")]),
        ("1: 12\n2: 5", [(1, "12"), (2, "5")]),
        ("1=12, 2=nihil", [(1, "12"), (2, "nihil")]),
        ("1 = 12; 3 = 5", [(1, "12"), (3, "5")]),
        ("1. 12. 2. nihil.", [(1, "12"), (2, "nihil")]),
        ("1. 12 dan 2. 5", [(1, "12"), (2, "5")]),
        ("1. Rp 1.500.000,- 2. nihil", [(1, "Rp 1.500.000,-"), (2, "nihil")]),
        ("1. 3,5 2. 1.250", [(1, "3,5"), (2, "1.250")]),
        ("9. 1 10. 2 11. 3", [(9, "1"), (10, "2"), (11, "3")]),
        ("1\ufe0f\u20e3 12 2\ufe0f\u20e3 nihil", [(1, "12"), (2, "nihil")]),
        ("１．　12　２．　nihil", [(1, "12"), (2, "nihil")]),
        ("1. 10+2 2. 10 dari 12", [(1, "10+2"), (2, "10 dari 12")]),
    ],
)
def test_several_answers_in_one_message(typed: str, items: list[tuple[int, str]]):
    assert read_several(typed) == tuple(items)


@pytest.mark.parametrize(
    "typed",
    [
        "", "12", "1.250", "3.1", "1. 250", "1. 12", "1) 12", "1.250.000", "1. 250. 000", "12 3", "1.12 2.5",
        "2. 5 1. 7",
        "1. 12 1. 13", "1. 2.", "1. 2. 3.", "5. 10. 2022", "1. 5 dari 12. 2. 3", "12. dokumen", "10+2", "5 (lima)",
        "realisasi 1. 12 2. 5", "1 - 12 2 - 13", "100. 1 101. 2", "0. 1 1. 2", "nihil", "1️⃣2️⃣", "10.30", "x" * 5000,
        "1. 1 " * 800, "1. 12 3. 4 2. 5",
    ],
)  # fmt: skip
def test_what_is_no_list_is_left_alone(typed: str):
    assert read_several(typed) is None
