"""The sheets `Layanan`, `Renstra` and `Tanda tangan`: what is taken from them, and what they are complained about."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.documents.office_workbook import read_workbook
from domain.modes import Confidence, Mode, Rhythm
from domain.plan import About, OfficePlan, RenstraRow, SignerRow
from domain.renstra import RenstraFigures
from tests.bot.documents.workbooks import Cells, save, sheets

SERVICE_HEADERS = ["Kode", "Kelompok", "Jenis pelayanan", "Satuan", "Jabatan", "Keterangan"]
RENSTRA_HEADERS = [
    "Kode", "Target akhir Renstra", "Anggaran Renstra", "Realisasi s/d tiga tahun lalu", "Target dua tahun lalu",
    "Realisasi dua tahun lalu", "Target tahun lalu", "Realisasi s/d tahun lalu", "Anggaran terealisasi s/d tahun lalu",
]  # fmt: skip
SIGNER_HEADERS = ["Peran", "Jabatan", "Nama", "Pangkat", "NIP"]
KK = ["L-1", "Adminduk", "Kartu Keluarga", "berkas", "Kasi Pemerintahan", "Loket 1"]
HEADERS = {"Layanan": SERVICE_HEADERS, "Renstra": RENSTRA_HEADERS, "Tanda tangan": SIGNER_HEADERS}


def with_sheet(name: str, *rows: list[Any]) -> dict[str, Cells]:
    return {**sheets(), name: [HEADERS[name], *rows]}


def read(folder: Path, content: dict[str, Cells]) -> OfficePlan:
    plan = read_workbook(save(folder / "kantor.xlsx", content))
    assert isinstance(plan, OfficePlan), plan
    return plan


def refused(folder: Path, content: dict[str, Cells]) -> dict[str, str]:
    """The complaints, place to text."""
    complaints = read_workbook(save(folder / "kantor.xlsx", content))
    assert isinstance(complaints, tuple)
    return {complaint.place: complaint.text for complaint in complaints}


# --- Layanan ----------------------------------------------------------------------------------------------------


def test_a_service_is_counted_every_month_and_has_no_target(tmp_path: Path) -> None:
    _indicator, service = read(tmp_path, with_sheet("Layanan", KK)).indicators
    assert (service.code, service.name, service.unit, service.post) == (
        "L-1", "Kartu Keluarga", "berkas", "Kasi Pemerintahan",
    )  # fmt: skip
    assert (service.service, service.mode, service.confidence) == (True, Mode.SUM, Confidence.HIGH)
    assert (service.rhythm, service.targets, service.annual_target) == (Rhythm.MONTHLY, {}, None)
    assert (service.path, service.note, service.place) == ({"layanan": "Adminduk"}, "Loket 1", "Layanan!2")


def test_a_service_needs_neither_group_nor_unit_and_asks_for_a_post_that_is_left_blank(tmp_path: Path) -> None:
    plan = read(tmp_path, with_sheet("Layanan", ["L-1", None, "Legalisasi", None, None, None]))
    service = plan.indicators[1]
    assert (service.path, service.unit, service.post, service.context) == ({}, "layanan", None, False)
    (question,) = plan.questions
    assert (question.indicator, question.about, question.place) == ("L-1", About.OWNER, "Layanan!E2")


def test_realisations_may_name_a_service(tmp_path: Path) -> None:
    content = with_sheet("Layanan", KK)
    content["Realisasi"] = [["Kode", "Periode", "Nilai", "Dilaporkan"], ["L-1", "2022-01", 426, "03/02/2022"]]
    (report,) = read(tmp_path, content).reports
    assert (report.indicator, report.value) == ("L-1", Decimal(426))


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        ([None, *KK[1:]], "Layanan!A3", "masih kosong"),
        (["L-1", *KK[1:]], "Layanan!A3", "sudah dipakai di Layanan!2"),
        (["A-1", *KK[1:]], "Layanan!A3", "sudah dipakai di Indikator!2"),
        (["L-2", None, None, *KK[3:]], "Layanan!C3", "masih kosong"),
        (["L-2", *KK[1:4], "Kasi Pemerintah", None], "Layanan!E3", 'mungkin maksudnya "Kasi Pemerintahan"'),
    ],
)
def test_services_that_cannot_be_taken(tmp_path: Path, row: list[Any], place: str, says: str) -> None:
    assert says in refused(tmp_path, with_sheet("Layanan", KK, row))[place]


# --- Renstra ----------------------------------------------------------------------------------------------------


def test_what_is_not_filled_in_of_the_renstra_is_not_there(tmp_path: Path) -> None:
    row = ["A-1", 100, 250_000_000, None, "-", 0, 90, None, None]
    (found,) = read(tmp_path, with_sheet("Renstra", row)).renstra
    known = RenstraFigures(
        end_target=Decimal(100),
        end_budget=Decimal(250_000_000),
        realised_two_before=Decimal(0),
        target_one_before=Decimal(90),
    )
    assert found == RenstraRow("A-1", known, "Renstra!2")


def test_the_columns_may_be_named_as_the_forms_number_the_years(tmp_path: Path) -> None:
    content = sheets()
    headers = ["Kode", "Realisasi s/d n-3", "Target n-2", "Realisasi n-2", "Target n-1", "Realisasi s/d n-1"]
    content["Renstra"] = [headers, ["A-1", 1, 2, 3, 4, 5]]
    (row,) = read(tmp_path, content).renstra
    found = row.figures
    assert (found.early, found.target_two_before, found.realised_two_before) == (1, 2, 3)
    assert (found.target_one_before, found.before) == (4, 5)


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        (["A-9", 100], "Renstra!A3", "tidak ada di lembar Indikator"),
        (["A-1", 100], "Renstra!A3", "sudah ada di Renstra!2"),
        ([None, 100], "Renstra!A3", "masih kosong"),
        (["A-1", "10 0"], "Renstra!B3", "bukan satu angka yang jelas"),
        (["A-1", 100, "Rp1,5"], "Renstra!C3", "mohon"),
        (["A-1", 100, -5], "Renstra!C3", "angka bulat"),
    ],
)
def test_figures_of_the_renstra_that_cannot_be_taken(tmp_path: Path, row: list[Any], place: str, says: str) -> None:
    assert says in refused(tmp_path, with_sheet("Renstra", ["A-1", 100], row))[place]


def test_a_service_has_no_renstra(tmp_path: Path) -> None:
    content = {**with_sheet("Renstra", ["L-1", 100]), "Layanan": [SERVICE_HEADERS, KK]}
    assert "tidak ada di lembar Indikator" in refused(tmp_path, content)["Renstra!A2"]


# --- Tanda tangan -----------------------------------------------------------------------------------------------


def test_signers_keep_their_order_and_all_but_the_role_may_be_left_to_be_written(tmp_path: Path) -> None:
    rows = (["Mengetahui", "Camat", "Ratna Dewanti", "Pembina", "NIP contoh 000001"], ["Disusun oleh"])
    assert read(tmp_path, with_sheet("Tanda tangan", *rows)).signers == (
        SignerRow("Mengetahui", "Camat", "Ratna Dewanti", "Pembina", "NIP contoh 000001"),
        SignerRow("Disusun oleh", ""),
    )


def test_a_signer_without_a_role_is_complained_about(tmp_path: Path) -> None:
    assert "masih kosong" in refused(tmp_path, with_sheet("Tanda tangan", [None, "Camat"]))["Tanda tangan!A2"]


def test_a_nip_of_which_the_cell_kept_only_the_first_digits_is_complained_about(tmp_path: Path) -> None:
    row = ["Mengetahui", "Camat", None, None, 900000000000000017]
    assert "ubah ke Teks" in refused(tmp_path, with_sheet("Tanda tangan", row))["Tanda tangan!E2"]
