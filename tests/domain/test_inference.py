"""The rule on the worked rows of domain.md 2.3, branch by branch, and the direction of a name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.inference import PrintedSeries, Reason, asks_direction, infer_mode
from domain.modes import Confidence, Mode

SUM, CUM, LEVEL, SINGLE = Mode.SUM, Mode.CUM, Mode.LEVEL, Mode.SINGLE
HIGH, MEDIUM, ASK = Confidence.HIGH, Confidence.MEDIUM, Confidence.ASK


def printed(
    name: str,
    unit: str | None,
    annual: str | None,
    cells: str,
    *,
    period_unit: str | None = None,
    compound: bool = False,
) -> PrintedSeries:
    """A series from its cells: `-` is no target, `?` a lost cell."""
    texts = cells.split()
    return PrintedSeries(
        name=name,
        unit=unit,
        period_unit=period_unit,
        annual=None if annual is None else Decimal(annual),
        values=tuple(None if text in "-?" else Decimal(text) for text in texts),
        lost=frozenset(place for place, text in enumerate(texts) if text == "?"),
        compound=compound,
    )


GUMELAR = [
    (printed("Indeks Kepuasan Masyarakat (IKM)", None, None, "- - - 84"), SINGLE, HIGH),
    (printed("Realisasi PBB", "%", None, "25 50 75 100"), CUM, HIGH),
    (printed("Linmas terbina", "%", None, "25 50 75 90"), CUM, HIGH),
    (printed("Pemohon non perizinan yang dilayani", "%", None, "100 100 100 100"), LEVEL, HIGH),
    (printed("Alat listrik tersedia", "bulan", None, "3 3 3 3"), SUM, HIGH),
    (printed("ASN yang terbayarkan gaji", "orang", None, "10 10 10 10"), LEVEL, MEDIUM),
    (printed("Dokumen administrasi ASN", "orang", None, "3 3 3 3"), None, ASK),
    (printed("Rapat koordinasi FKUB", "kegiatan", None, "3 3 3 3"), SUM, MEDIUM),
    (printed("Pembinaan dan Pengawasan APBDes", "kegiatan", None, "- 1 - 1"), SUM, MEDIUM),
    (printed("Unsur yang bersinergi", "lembaga", None, "0 6 0 6"), None, ASK),
    (printed("Peralatan kantor yang dipelihara", "unit", None, "3 3 5 3"), None, ASK),
    (printed("Peserta musrenbang", "orang", None, "250 - - -"), SINGLE, HIGH),
]
KEMANGKON = [
    (printed("IKM", None, None, "40 60 70 86"), CUM, MEDIUM),
    (printed("Nilai SAKIP", None, None, "20 40 50 62"), CUM, MEDIUM),
    (printed("Desa tertib administrasi", "%", None, "10 15 20 26"), CUM, HIGH),
    (printed("ASN gaji", "ASN", None, "10 8 8 8"), None, ASK),
    (printed("Barang milik daerah yang dikelola", "unit", None, "187 187 187 187"), LEVEL, MEDIUM),
    (printed("Jamuan rapat", "orang", None, "10 10 10 10"), None, ASK),
    (printed("Laporan non perizinan", "jenis", None, "5 5 5 5"), None, ASK),
    (printed("Masyarakat yang difasilitasi", "kegiatan", None, "4 5 5 5"), SUM, HIGH),
    (printed("Rekomendasi perangkat desa", "desa", None, "1 2 1 2"), SUM, MEDIUM),
    (printed("Nilai evaluasi pelayanan", "angka", None, "3.1 - - -"), SINGLE, HIGH),
]
KUBUTAMBAHAN = [
    (printed("Ijin sesuai SOP", "dokumen", "72", "6 6 6 6 6 6 6 6 6 6 6 6"), SUM, HIGH),
    (printed("Pembinaan penegakan Perda", "desa", "13", "1 1 1 1 1 2 1 1 1 1 1 1"), SUM, HIGH),
    (printed("Dokumen gaji", "dokumen", "122", "10 10 10 10 11 10 11 10 10 10 10 10"), SUM, HIGH),
    (printed("SK gaji berkala", "dokumen", "10", "1 1 1 1 1 1 1 1 1 1 - -"), SUM, HIGH),
    (printed("Linmas yang dibina", "orang", "489", "- - - - 489 - - - - - 489 -"), LEVEL, MEDIUM),
    (printed("Kelengkapan perizinan", "dokumen", "5", "5 5 5 5 5 5 5 5 5 5 5 5"), None, ASK),
]
SIDAYU = [
    (printed("Nilai SKM", "%", "90", "- - 90 -"), SINGLE, HIGH),
    (printed("Tupoksi", "%", "100", "18 48 72 100"), CUM, HIGH),
    (printed("Kapasitas SDM", "%", "100", "0 25 75 100"), CUM, HIGH),
    (printed("Pelayanan sesuai SOP", "%", "100", "100 100 100 100"), LEVEL, HIGH),
    (printed("Rapat koordinasi", "%", "100", "22 29 28 22"), SUM, MEDIUM),
    (printed("Peralatan tersedia", "%", "100", "18 27 43 12"), SUM, HIGH),
    (printed("Penggandaan", "Lbr", "25302", "4144 7592 8195 5371"), SUM, HIGH),
    (printed("Pemeliharaan peralatan", "kegiatan", "74", "7 14 21 32"), SUM, HIGH),
    (printed("Bahan bacaan", "jenis", "2", "2 2 2 2"), LEVEL, HIGH),
    (printed("Desa dimonev", "desa", "21", "21 21 21 21"), LEVEL, HIGH),
    (printed("Karang taruna", "desa", "21", "21 - 21 21"), LEVEL, MEDIUM),
    (printed("Peserta pelatihan", "orang", "84", "- 84 - 84"), LEVEL, MEDIUM),
    (printed("Peserta", "orang", "84", "- 42 42 -"), SUM, HIGH),
    (printed("Peserta dan monev", "Peserta/Kali", None, "- - - -", compound=True), None, ASK),
    (printed("KOPWAN", "kali", "9", "3 2 3 2"), None, ASK),
    (printed("Tenaga kebersihan", "orang", "6", "6 6 6 6", compound=True), None, ASK),
]


@pytest.mark.parametrize(
    ("series", "mode", "confidence"),
    [*GUMELAR, *KEMANGKON, *KUBUTAMBAHAN, *SIDAYU],
    ids=lambda value: value.name if isinstance(value, PrintedSeries) else "",
)
def test_rows_of_the_rulebook(series: PrintedSeries, mode: Mode | None, confidence: Confidence) -> None:
    said = infer_mode(series)
    assert (said.mode, said.confidence) == (mode, confidence)
    assert said.proposal is None


LOST = [
    (
        printed("Arsip surat", "dokumen", "2800", "233 233 233 233 233 233 ? ? ? ? 233 237"),
        "233 233 233 233 233 233 233 233 233 233 233 237",
    ),
    (printed("Kuisioner", "kuisioner", "300", "25 25 25 25 25 25 25 25 25 25 ? ?"), " ".join(["25"] * 12)),
    (printed("Swadaya murni", "laporan", "52", "- - 13 - - 13 - - ? ? ? ?"), "- - 13 - - 13 - - 13 - - 13"),
    (printed("Desa IDM maju/mandiri", "%", "100", "- - 25 - ? ? ? ? 25 - - 25"), "- - 25 - - 25 - - 25 - - 25"),
    (printed("Dokumen adminduk", "dokumen", "1800", "166 166 166 166 166 ? ? ? ? ? ? ?"), None),
    (printed("Pengeluaran kas", "dokumen", "25", "25 25 25 25 25 25 25 25 25 ? ? ?"), None),
    (printed("IKM", "nilai", "85", "- - - - - 40 - - - ? ? ?"), None),
    (printed("AKIP", "nilai", "90", "- ? ? ? - 25 - - 25 - - 25"), None),
]


@pytest.mark.parametrize(("series", "fill"), LOST, ids=lambda value: getattr(value, "name", ""))
def test_rows_of_the_rulebook_with_lost_months(series: PrintedSeries, fill: str | None) -> None:
    said = infer_mode(series)
    assert (said.mode, said.confidence, said.reason) == (None, ASK, Reason.LOST)
    assert said.fill == (None if fill is None else printed("", None, None, fill).values)
    assert said.proposal is (None if fill is None else SUM)


def test_a_remainder_of_the_annual_target_goes_to_the_last_lost_periods() -> None:
    said = infer_mode(printed("Dokumen", "dokumen", "122", "10 10 10 10 10 10 10 10 ? ? ? ?"))
    assert said.fill == printed("", None, None, "10 10 10 10 10 10 10 10 10 10 11 11").values


def test_a_fill_keeps_the_decimals_of_the_plan() -> None:
    said = infer_mode(printed("Cakupan", "%", "10", "2.5 2.5 ? ?"))
    assert said.fill == printed("", None, None, "2.5 2.5 2.5 2.5").values


def test_nothing_is_proposed_for_lost_periods_without_an_annual_target() -> None:
    said = infer_mode(printed("Dokumen", "dokumen", None, "2 2 ? ?"))
    assert (said.reason, said.fill, said.proposal) == (Reason.LOST, None, None)


def test_nothing_is_proposed_when_the_printed_periods_already_close() -> None:
    assert infer_mode(printed("SDM", "orang", "10", "10 ? ? ?")).fill is None


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        (printed("Khafila", "keg.", "1", "- - 46 -", period_unit="Khafila"), Reason.UNITS_DIFFER),
        (printed("Dokumen", "dokumen", "5", "- - - -"), Reason.NO_TARGETS),
        (printed("Dokumen", "dokumen", "5", "0 0 0 0"), Reason.NO_TARGETS),
        (printed("Dokumen", "dokumen", "5", "- 4 - -"), Reason.SINGLE_DIFFERS),
        (printed("IKM", "nilai", "80", "20 20 20 20"), Reason.INDEX_UNCLEAR),
        (printed("IKM", "nilai", "80", "70 60 70 80"), Reason.INDEX_UNCLEAR),
        (printed("IKM", "nilai", None, "80 70 75 70"), Reason.INDEX_UNCLEAR),
        (printed("Cakupan", "%", None, "40 10 10 10"), Reason.UNDECIDED),
        (printed("Jasa", "bulan", None, "3 3 3 -"), Reason.UNDECIDED),
        (printed("Pendapatan", "Rp", None, "100 200 300 400"), Reason.UNDECIDED),
        (printed("Pendapatan", None, None, "100 200 300 400"), Reason.UNDECIDED),
        (printed("Barang milik daerah", "unit", None, "7 - 7 7"), Reason.UNDECIDED),
        (printed("Kelompok pengajian", "kelompok", None, "7 7 7 7"), Reason.UNDECIDED),
    ],
)
def test_what_is_asked_and_why(series: PrintedSeries, reason: Reason) -> None:
    said = infer_mode(series)
    assert (said.mode, said.confidence, said.reason) == (None, ASK, reason)


@pytest.mark.parametrize(
    ("series", "mode", "confidence"),
    [
        (printed("IKM", "nilai", "80", "80 80 - 80"), LEVEL, HIGH),
        (printed("IKM", "nilai", "80", "40 40 - 80"), CUM, HIGH),
        (printed("IKM", "nilai", None, "80 80 80 80"), LEVEL, HIGH),
        (printed("Cakupan", "%", None, "25 25 25 25"), SUM, MEDIUM),
        (printed("Cakupan", "%", None, "90 90 90 90"), LEVEL, MEDIUM),
        (printed("Cakupan", "%", None, "30 25 25 22"), SUM, MEDIUM),
        (printed("Cakupan", "%", None, "30 25 25 23"), None, ASK),
        (printed("Dokumen", "dokumen", "49", "12 12 12 12"), None, ASK),
        (printed("Dokumen", "dokumen", "50", "12 12 12 13"), SUM, MEDIUM),
        (printed("Dokumen", "dokumen", "1000", "250 250 250 240"), SUM, MEDIUM),
        (printed("Dokumen", "dokumen", "1000", "250 250 250 239"), None, ASK),
    ],
)
def test_branches_that_no_plan_reaches(series: PrintedSeries, mode: Mode | None, confidence: Confidence) -> None:
    said = infer_mode(series)
    assert (said.mode, said.confidence) == (mode, confidence)


def test_one_unit_at_two_lengths_is_no_difference() -> None:
    said = infer_mode(printed("Monev", "Laporan Monev", "12", "3 3 3 3", period_unit="Lap."))
    assert (said.mode, said.confidence) == (SUM, HIGH)


def test_it_reports_sum_and_last_without_blanks_and_zeroes() -> None:
    said = infer_mode(printed("Dokumen", "dokumen", "9", "0 3 2 -"))
    assert (said.sum, said.last) == (Decimal(5), Decimal(2))
    nothing = infer_mode(printed("Dokumen", "dokumen", "9", "- 0 - -"))
    assert (nothing.sum, nothing.last) == (None, None)


cell = st.none() | st.decimals(0, 10**6, places=2)
any_series = st.builds(
    PrintedSeries,
    name=st.sampled_from(["", "Rapat koordinasi", "Nilai SAKIP", "Gaji ASN"]),
    unit=st.sampled_from([None, "%", "nilai", "bulan", "orang", "desa", "dokumen", "Rp", "APBDes"]),
    period_unit=st.sampled_from([None, "dokumen"]),
    annual=cell,
    values=st.tuples(cell, cell, cell, cell),
    lost=st.just(frozenset[int]()),
    compound=st.booleans(),
)


@given(any_series, st.sets(st.integers(0, 3)))
def test_it_always_decides_and_only_asks_without_a_mode(whole: PrintedSeries, lost: set[int]) -> None:
    values = tuple(None if place in lost else value for place, value in enumerate(whole.values))
    series = whole._replace(values=values, lost=frozenset(lost))
    said = infer_mode(series)
    assert (said.mode is None) is (said.confidence is ASK)
    if said.fill is not None:
        assert said.proposal is SUM
        assert sum(value for value in said.fill if value) == series.annual
        assert all(new == old for old, new in zip(values, said.fill, strict=True) if old is not None)


@pytest.mark.parametrize(
    "name",
    [
        "Angka kemiskinan kecamatan",
        "Prevalensi stunting",
        "Jumlah pelanggaran Perda",
        "Jumlah keluhan masyarakat",
        "Jumlah pengaduan masyarakat",
        "Gangguan ketenteraman",
        "Jumlah konflik antarwarga",
        "Keterlambatan penyampaian laporan",
        "Lama layanan KTP",
        "Rata-rata waktu pelayanan surat",
        "Lama penyelesaian pelayanan",
        "Temuan pemeriksaan",
        "Temuan yang belum ditindaklanjuti",
        "Tunggakan PBB",
    ],
)
def test_a_negative_name_is_asked(name: str) -> None:
    assert asks_direction(name)


@pytest.mark.parametrize(
    "name",
    [
        "Jumlah Laporan Kejadian Gangguan Ketentraman",
        "Persentase penyelesaian konflik di wilayah kecamatan",
        "Persentase Temuan Pengelolaan Anggaran yang ditindaklanjuti",
        "Persentase temuan yang ditindak lanjuti",
        "Cakupan potensi konflik yang dilaporkan",
        "Pengaduan terselesaikan",
        "Persentase layanan tepat waktu",
        "Layanan tepat waktu pelayanan",
        "Jumlah dokumen",
        "",
    ],
)
def test_handling_and_ordinary_names_are_not_asked(name: str) -> None:
    assert not asks_direction(name)
