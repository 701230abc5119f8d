"""What an officer reads on the official forms: headings of the plan, why a number is not there, how one is checked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.documents.forms.layout_data import lay_out_data
from bot.documents.forms.layout_paten import lay_out_paten
from bot.documents.forms.layout_renaksi import lay_out_renaksi
from bot.documents.forms.layout_renja import lay_out_renja
from bot.documents.forms.layout_rfk import lay_out_rfk
from bot.documents.forms.layout_tc29 import lay_out_tc29
from bot.documents.forms.paper import Line, Paper, Stamp, Value, formula_of
from domain.budget import LineFigures
from domain.forms.data_form import DataForm, DataRow
from domain.forms.explained import Plan
from domain.forms.paten_form import PatenForm, PatenRow
from domain.forms.renaksi_form import EvidenceCount, RenaksiForm, RenaksiRow, Status
from domain.forms.renja_form import Both, NamedObstacle, RenjaForm, RenjaRow
from domain.forms.rfk_form import RfkForm, RfkRow
from domain.forms.source import FormHead, Rung
from domain.forms.standing import Obstacle, Standing
from domain.forms.tc29_form import Tc29Form, Tc29Row
from domain.modes import Mode, Polarity
from domain.plan import Level, SignerRow
from domain.summary import Coverage, IndicatorFigures

STAMP = Stamp(123, "A1B2 C3D4", "6 April 2022 09.00 WITA", datetime(2022, 4, 6, 1, tzinfo=UTC))
HEAD = FormHead("Kecamatan Sukamaju", "Wanasari", "2022-TW1", "", "2022-TW1", True, False, ())
COMPLETE = Standing(Coverage(2, 2, 2), Decimal("83.335"), "Tinggi")
MISSING = Standing(Coverage(10, 4, 4), Decimal(75), None)
PROGRAM, KEGIATAN = Rung(Level.PROGRAM, "Program Pemerintahan"), Rung(Level.KEGIATAN, "Koordinasi")
AKSI = Rung(Level.AKSI, "Rapat dengan desa")


def D(value: int | str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def line_of(paper: Paper, key: str) -> Line:
    return next(line for line in paper.rows if line.key == key)


def cells_of(paper: Paper, key: str) -> dict[str, Value]:
    return dict(line_of(paper, key).cells)


# --- renaksi --------------------------------------------------------------------------------------------------------


def monitored(
    code: str,
    path: Sequence[Rung] = (PROGRAM,),
    *,
    realisation: int | None = 3,
    capaian: str | None = "75",
    status: Status = Status.PROVISIONAL,
) -> RenaksiRow:
    target = Decimal(4)
    to_date = IndicatorFigures(
        "Desa", "desa", target, D(realisation), D(capaian), None, 1, int(realisation is not None)
    )
    if realisation is None:
        to_date = replace(to_date, no_capaian="belum lapor")
    return RenaksiRow(
        code=code,
        name="Desa dibina",
        unit="desa",
        path=tuple(path),
        post="Kasi",
        annual_target=Decimal(16),
        period="2022-TW1",
        target=target,
        realisation=D(realisation),
        capaian=D(capaian),
        to_date_period="2022-TW1",
        to_date=to_date,
        obstacles=(),
        evidence=(),
        reporter="",
        sent_on="",
        status=status,
    )


def test_monitoring_stands_under_the_headings_of_the_plan() -> None:
    rows = (monitored("a"), monitored("b", (PROGRAM, KEGIATAN)), monitored("c", (PROGRAM, KEGIATAN)))
    lines = lay_out_renaksi(RenaksiForm(HEAD, rows, COMPLETE), STAMP).lines
    assert [line.across or line.key for line in lines] == [
        "Program Pemerintahan",
        "a",
        "Kegiatan: Koordinasi",
        "b",
        "c",
    ]
    assert [line.cells["no"] for line in lines if line.cells] == [1, 2, 3]


def test_a_heading_returns_when_the_plan_goes_back_up() -> None:
    rows = (monitored("a", (PROGRAM, KEGIATAN)), monitored("b", (Rung(Level.PROGRAM, "Umum"), KEGIATAN)))
    lines = lay_out_renaksi(RenaksiForm(HEAD, rows, COMPLETE), STAMP).lines
    assert [line.across for line in lines if line.across] == [
        "Program Pemerintahan",
        "Kegiatan: Koordinasi",
        "Program: Umum",
        "Kegiatan: Koordinasi",
    ]


def test_what_is_not_reported_says_so_and_has_no_formula() -> None:
    row = monitored("a", realisation=None, capaian=None, status=Status.MISSING)
    paper = lay_out_renaksi(RenaksiForm(HEAD, (row, monitored("b")), MISSING), STAMP)
    cells = cells_of(paper, "a")
    assert (cells["realisasi"], cells["capaian_sd"], cells["status"]) == ("belum lapor", "belum lapor", "Belum lapor")
    assert cells["predikat"] == "sementara"
    assert formula_of(paper, line_of(paper, "a"), "capaian") is None
    assert formula_of(paper, line_of(paper, "b"), "capaian") == "{realisasi}/{target}*100"


@pytest.mark.parametrize(
    ("capaian", "formula"),
    [
        ("75", "{realisasi}/{target}*100"),
        ("125", "(2*{target}-{realisasi})/{target}*100"),
        ("33.33", None),
    ],
)
def test_a_formula_stands_only_where_it_gives_our_number(capaian: str, formula: str | None) -> None:
    paper = lay_out_renaksi(RenaksiForm(HEAD, (monitored("a", capaian=capaian),), COMPLETE), STAMP)
    assert formula_of(paper, line_of(paper, "a"), "capaian") == formula


def test_who_sent_what_and_what_stood_in_the_way() -> None:
    row = replace(
        monitored("a"),
        obstacles=(Obstacle("2022-01", "menunggu desa"), Obstacle("2022-03", "jadwal bentrok")),
        drivers=(Obstacle("2022-02", "dukungan desa"),),
        plans=(
            Plan("2022-01", "surat ke desa"),
            Plan("2022-02", "surat ke desa"),
            Plan("2022-03", "rapat", "Kasi", "2022-04-29"),
        ),
        evidence=(EvidenceCount("document", 1), EvidenceCount("photo", 3)),
        reporter="Sari Andini",
        sent_on="2022-04-02",
    )
    cells = cells_of(lay_out_renaksi(RenaksiForm(HEAD, (row,), COMPLETE), STAMP), "a")
    assert cells["penghambat"] == "Januari 2022: menunggu desa; Maret 2022: jadwal bentrok"
    assert (cells["data_dukung"], cells["dilaporkan"]) == ("1 dokumen, 3 foto", "Sari Andini, 2-4-2022")
    assert cells["pendorong"] == "dukungan desa"
    plans = "Januari 2022, Februari 2022: surat ke desa; Maret 2022: rapat (Kasi, s/d 29-4-2022)"
    assert cells["tindak_lanjut"] == plans


def test_actions_have_a_column_where_the_plan_has_any() -> None:
    with_action = lay_out_renaksi(RenaksiForm(HEAD, (monitored("a", (PROGRAM, AKSI)),), COMPLETE), STAMP)
    without = lay_out_renaksi(RenaksiForm(HEAD, (monitored("a"),), COMPLETE), STAMP)
    assert cells_of(with_action, "a")["rencana_aksi"] == "Rapat dengan desa"
    assert "rencana_aksi" not in {column.key for column in without.columns}


def test_a_mean_that_is_not_complete_has_no_predikat() -> None:
    foot = {line.label: line.text for line in lay_out_renaksi(RenaksiForm(HEAD, (), MISSING), STAMP).foot}
    assert foot["Rata-rata capaian s/d"] == "75,00%, sementara: 4 dari 10 indikator sudah lengkap"
    assert foot["Predikat"] == "belum ada, karena ada yang belum lapor"
    foot = {line.label: line.text for line in lay_out_renaksi(RenaksiForm(HEAD, (), COMPLETE), STAMP).foot}
    assert (foot["Rata-rata capaian s/d"], foot["Predikat"]) == ("83,34% dari 2 indikator", "Tinggi")


def test_the_head_says_what_limits_the_form() -> None:
    limited = replace(HEAD, section="Seksi Pemerintahan", period="2022-TW2", ended=False, sample=True, unasked=3)
    paper = lay_out_renaksi(RenaksiForm(limited, (), COMPLETE), STAMP)
    assert ("Bagian", "Seksi Pemerintahan") in paper.facts
    assert ("Capaian s/d", "TW I 2022, periode terakhir yang berakhir") in paper.facts
    assert paper.marks == ("Sementara", "Memuat data contoh")
    assert paper.foot[-1].text.startswith("3 indikator rencana aksi belum dapat dilaporkan")


def test_signers_are_the_offices_own_or_blank() -> None:
    own = replace(HEAD, signers=(SignerRow("Disusun oleh", "Kasubbag", "Dewi Lestari", "Penata", ""),))
    assert lay_out_renaksi(RenaksiForm(own, (), COMPLETE), STAMP).signers[0].name == "Dewi Lestari"
    blank = lay_out_renaksi(RenaksiForm(HEAD, (), COMPLETE), STAMP).signers
    assert [(one.role, one.name) for one in blank] == [("Disusun oleh", ""), ("Mengetahui", "")]


# --- renja and T-C.29 -----------------------------------------------------------------------------------------------

NONE = Both(None, None)


def evaluated(code: str, **about: Both | bool | tuple[Both, ...] | tuple[bool, ...]) -> RenjaRow:
    plain = RenjaRow(
        code=code,
        name="Desa dibina",
        unit="desa",
        path=(PROGRAM, KEGIATAN),
        post="Kasi",
        renstra_target=NONE,
        renstra_before=NONE,
        plan=Both(Decimal(8), None),
        quarters=(NONE,),
        year=NONE,
        renstra=NONE,
        level=NONE,
        missing=(True,),
        has_money=False,
        provisional=True,
    )
    return replace(plain, **about)  # pyright: ignore[reportArgumentType]  # whichever fields a test sets


def renja(*rows: RenjaRow, budget: int | None = None) -> Paper:
    obstacles = (NamedObstacle("Jumlah desa dibina", (Obstacle("2022-01", "menunggu desa"),)),)
    return lay_out_renja(RenjaForm(HEAD, rows, COMPLETE, obstacles, D(budget), None, None), STAMP)


def test_the_evaluation_counts_its_fifteen_columns() -> None:
    paper = renja(evaluated("a"))
    assert [heading.number for heading in paper.headings] == [str(number) for number in range(1, 16)]


def test_what_the_renstra_lacks_is_not_filled_in_and_money_nobody_has_is_blank() -> None:
    cells = cells_of(renja(evaluated("a")), "a")
    assert (cells["renstra_k"], cells["sampai_lalu_k"], cells["tw1_k"]) == ("belum diisi", "belum diisi", "belum lapor")
    assert (cells["renstra_rp"], cells["tw1_rp"], cells["tahun_ini_rp"]) == (None, None, None)
    assert "tw2_k" not in cells


def test_money_that_is_not_reported_is_never_nought() -> None:
    paper = renja(evaluated("a", has_money=True, plan=Both(None, Decimal(1000))), budget=1000)
    cells, total = cells_of(paper, "a"), cells_of(paper, "total")
    assert (cells["renja_rp"], cells["tw1_rp"], cells["tahun_ini_rp"]) == (1000, "belum dilaporkan", "belum dilaporkan")
    assert (total["renja_rp"], total["tahun_ini_rp"]) == (1000, "belum dilaporkan")
    assert {line.label: line.text for line in paper.foot}["Serapan anggaran"] == "belum dilaporkan"


def test_years_are_added_in_a_formula_only_where_they_add_up() -> None:
    before, year = Both(Decimal(100), None), Both(Decimal(51), None)
    quarters = (Both(Decimal(22), None), Both(Decimal(29), None))
    common = {"renstra_before": before, "year": year, "quarters": quarters, "missing": (False, False)}
    paper = renja(
        evaluated("adds", renstra=Both(Decimal(151), None), **common),
        evaluated("not", renstra=Both(Decimal(51), None), **common),
    )
    formulas = [formula_of(paper, line_of(paper, key), "sampai_ini_k") for key in ("adds", "not")]
    assert formulas == ["{sampai_lalu_k}+{tahun_ini_k}", None]
    assert formula_of(paper, line_of(paper, "not"), "tahun_ini_k") == "{tw1_k}+{tw2_k}"


def test_the_own_rung_shares_the_line_of_its_indicator() -> None:
    lines = renja(evaluated("a"), evaluated("b")).lines
    assert [(line.key, line.cells.get("program")) for line in lines] == [
        ("", "Program Pemerintahan"),
        ("a", "Kegiatan: Koordinasi"),
        ("b", ""),
    ]


def test_what_stood_in_the_way_is_named_and_the_rest_left_to_be_written() -> None:
    foot = {line.label: line for line in renja(evaluated("a")).foot}
    assert foot["Faktor penghambat"].text == "Desa dibina: menunggu desa"
    assert foot["Tindak lanjut Renja berikutnya"].ruled
    assert foot["Predikat kinerja"].text == "Tinggi"


def test_earlier_years_say_what_is_not_filled_in() -> None:
    row = Tc29Row("a", "Desa", "%", (PROGRAM,), D(100), D(100), D(100), D(100), D(100), D(100), D(100), D(100))
    empty = Tc29Row("b", "Desa", "desa", (PROGRAM,), None, None, None, None, None, None, None, None)
    paper = lay_out_tc29(Tc29Form(replace(HEAD, period="2022"), (row, empty)), STAMP)
    assert [column.number for column in paper.columns] == [str(number) for number in range(1, 12)]
    assert cells_of(paper, "b")["perkiraan_k"] == "belum diisi"
    assert formula_of(paper, line_of(paper, "a"), "perkiraan_k") is None  # 100+100+100 would be 300
    assert formula_of(paper, line_of(paper, "a"), "tingkat_dua") == "{realisasi_dua}/{target_dua}*100"


# --- money, services, data ------------------------------------------------------------------------------------------


def budget_row(code: str, depth: int, ceiling: int, spent: int | None, *, due: int = 1, reported: int = 1) -> RfkRow:
    absorbed = None if spent is None else Decimal(spent) * 100 / ceiling
    level = (Level.PROGRAM, Level.KEGIATAN)[min(depth, 1)]
    figures = LineFigures(
        code, f"Baris {code}", level, depth, Decimal(ceiling), Decimal(ceiling), D(spent), absorbed, None, due, reported
    )
    return RfkRow(figures, Decimal(ceiling) / 40, None)


def rfk(second: int | None, total: int) -> Paper:
    rows = (
        budget_row("1", 0, 4000, total, due=2, reported=1 + (second is not None)),
        budget_row("1.1", 1, 1000, 250),
        budget_row("1.2", 1, 3000, second, reported=int(second is not None)),
    )
    return lay_out_rfk(RfkForm(HEAD, "2022-03", rows, budget_row("", 0, 4000, total, due=2, reported=1)), STAMP)


def test_a_line_above_others_is_the_sum_of_those_right_below_it() -> None:
    paper = rfk(750, 1000)
    assert formula_of(paper, line_of(paper, "1"), "realisasi") == "{realisasi@1.1}+{realisasi@1.2}"
    assert formula_of(paper, line_of(paper, "total"), "realisasi") == "{realisasi@1}"
    assert formula_of(paper, line_of(paper, "1.1"), "persen_keuangan") == "{realisasi}/{pagu_perubahan}*100"


def test_a_line_that_is_not_reported_says_so() -> None:
    paper = rfk(None, 250)
    assert cells_of(paper, "1.2")["realisasi"] == "belum dilaporkan"
    assert cells_of(paper, "1")["ket"] == "1 dari 2 baris dilaporkan"
    assert formula_of(paper, line_of(paper, "1"), "realisasi") is None
    assert "1 dari 2 baris anggaran" in paper.foot[0].text


def test_services_have_letters_in_their_group_and_their_months_beside_each_other() -> None:
    def row(code: str, group: str, *counts: int | None) -> PatenRow:
        known = [count for count in counts if count is not None]
        return PatenRow(
            code, code.upper(), "surat", group, "Kasi", tuple(map(D, counts)), D(sum(known)), counts.count(None)
        )

    rows = (row("ktp", "Adminduk", 88, 94), row("kk", "Adminduk", 0, None), row("legalisasi", "", 5, 6))
    form = PatenForm(HEAD, ("2022-01", "2022-02"), 2, rows, (D(93), D(100)), D(193))
    paper = lay_out_paten(form, STAMP)
    assert [(line.cells["no"], line.cells["jenis"]) for line in paper.lines] == [
        ("1", "Adminduk"),
        ("", "a) KTP"),
        ("", "b) KK"),
        ("2", "LEGALISASI"),
    ]
    kk = cells_of(paper, "kk")
    assert (kk["jan"], kk["feb"], kk["mar"], kk["ket"]) == (0, "belum", None, "1 bulan belum lapor")
    assert formula_of(paper, line_of(paper, "ktp"), "jumlah") == "SUM({jan}:{des})"
    assert formula_of(paper, line_of(paper, "total"), "jan") == "{jan@ktp}+{jan@kk}+{jan@legalisasi}"


def test_a_form_without_capaian_does_not_say_until_when_it_counts() -> None:
    running = replace(HEAD, period="2022-TW2", ended=False)
    papers = (
        lay_out_paten(PatenForm(running, (), 0, (), (), None), STAMP),
        lay_out_rfk(RfkForm(running, "2022-06", (), budget_row("", 0, 4000, None)), STAMP),
    )
    assert [label for paper in papers for label, _ in paper.facts] == ["Kantor", "Kabupaten", "Periode"] * 2


def test_data_have_a_column_for_everything_under_a_plain_name() -> None:
    row = DataRow(
        "a", "=Desa", "desa", Level.KEGIATAN, (PROGRAM, KEGIATAN), "Seksi", "Kasi", Mode.SUM, Polarity.POSITIVE,
        False, "", "2022-03", D(12), D(3), D(2), D("66.666666"), D(3), D(2), D("66.666666"), True, True, True, False,
        True, False, None, None, 2, "Sari Andini", "2022-04-02T09:00:00+08:00", "", 1,
    )  # fmt: skip
    paper = lay_out_data(DataForm(HEAD, (row,)), STAMP)
    cells = dict(paper.lines[0].cells)
    assert set(cells) == {column.key for column in paper.columns}
    assert all(key.isidentifier() and key == key.lower() for key in cells)
    assert (cells["program"], cells["kegiatan"], cells["sub_kegiatan"]) == ("Program Pemerintahan", "Koordinasi", "")
    assert (cells["capaian"], cells["terlambat"], cells["sementara"]) == (Decimal("66.67"), "ya", "ya")
    assert cells["wajib_lapor"] == "ya"  # in periods to come, too: no word of when it falls due
