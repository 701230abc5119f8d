"""A document's tables come in order with their merged cells, and the paragraphs between them."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.source import PlanRefused, Source
from tests.bot.documents.plan_reading.packages import docx, texts


def saved(path: Path, document: Any) -> Source:
    document.save(path)
    return read_source(path)


def filled(table: Any, rows: list[list[str]]) -> Any:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    return table


def test_tables_come_in_order_with_what_stands_between(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.author = "Bu Penyusun"
    document.add_heading("RENCANA AKSI", 1)
    document.add_paragraph("KECAMATAN CONTOH").add_run("\tTAHUN 2023")
    filled(document.add_table(2, 2), [["No", "TW I"], ["1", ""]])
    document.add_paragraph("")
    filled(document.add_table(1, 2), [["No", "TW I"]])
    document.add_paragraph("Camat")
    source = saved(tmp_path / "a.docx", document)
    assert texts(source) == [[("No", "TW I"), ("1", "")], [("No", "TW I")]]
    assert [table.before for table in source.tables] == [("RENCANA AKSI", "KECAMATAN CONTOH TAHUN 2023"), ()]
    assert [text for text, _ in source.lines] == ["RENCANA AKSI", "KECAMATAN CONTOH TAHUN 2023", "Camat"]
    assert [row.place.words() for table in source.tables for row in table.rows] == [
        "tabel 1 baris 1",
        "tabel 1 baris 2",
        "tabel 2 baris 1",
    ]
    assert "Penyusun" not in repr(source)


def test_merged_cells_keep_the_columns_in_place(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(4, 4)
    filled(
        table, [["NO", "INDIKATOR", "TARGET", ""], ["", "", "TW I", "TW II"], ["1", "A", "1", "2"], ["", "B", "3", "4"]]
    )
    for begin, end in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0))):
        table.cell(*begin).merge(table.cell(*end))
    table.cell(0, 1).paragraphs[0].runs[0].bold = True
    source = saved(tmp_path / "a.docx", document)
    rows = source.tables[0].rows
    assert texts(source) == [
        [("NO", "INDIKATOR", "TARGET", ""), ("", "", "TW I", "TW II"), ("1", "A", "1", "2"), ("", "B", "3", "4")]
    ]
    assert [(cell.rows, cell.columns) for cell in rows[0].cells] == [(2, 1), (2, 1), (1, 2), (1, 1)]
    assert [cell.covered for row in rows for cell in row.cells] == [
        *(False, False, False, True), *(True, True, False, False), *(False,) * 4, *(True, False, False, False),
    ]  # fmt: skip
    assert [cell.is_bold for cell in rows[0].cells] == [False, True, False, False]


def test_a_frame_of_one_cell_is_the_table_in_it(tmp_path: Path) -> None:
    document = Document()
    frame = document.add_table(2, 1)
    frame.cell(0, 0).text = "Lampiran"
    filled(frame.cell(1, 0).add_table(2, 2), [["No", "TW I"], ["1", "25%"]])
    assert texts(saved(tmp_path / "a.docx", document)) == [[("Lampiran",)], [("No", "TW I"), ("1", "25%")]]


def test_a_table_beside_other_cells_is_text_of_its_cell(tmp_path: Path) -> None:
    document = Document()
    outer = filled(document.add_table(1, 2), [["Jumlah dokumen"]])
    filled(outer.cell(0, 1).add_table(2, 2), [["TW I", "3"], ["TW II", "4"]])
    assert texts(saved(tmp_path / "a.docx", document)) == [[("Jumlah dokumen", "TW I 3 TW II 4")]]


def cell(content: str, style: str = "") -> str:
    return f"<w:tc><w:tcPr>{style}</w:tcPr><w:p>{content}</w:p></w:tc>"


def run(text: str, style: str = "") -> str:
    return f"<w:r><w:rPr>{style}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (run("12") + f"<w:del>{run('9').replace('w:t>', 'w:delText>')}</w:del>", "12"),
        (f"<w:ins>{run('12')}</w:ins><w:moveFrom>{run('9')}</w:moveFrom>", "12"),
        (run("12") + run("9", "<w:vanish/>"), "12"),
        (run("12", '<w:vanish w:val="0"/>'), "12"),
        (run("1") + run("2"), "12"),
        (run("Jumlah") + "<w:r><w:br/></w:r>" + run("dok"), "Jumlah dok"),
        (run("12") + f"<w:r><w:pict><w:txbxContent><w:p>{run('kotak')}</w:p></w:txbxContent></w:pict></w:r>", "12"),
        ("<w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r>" + run("12"), "12"),
        (f"<w:hyperlink>{run('12')}</w:hyperlink><w:sdt><w:sdtContent>{run(' dok')}</w:sdtContent></w:sdt>", "12 dok"),
    ],
)
def test_a_cell_is_what_is_seen_of_it(tmp_path: Path, content: str, seen: str) -> None:
    path = docx(tmp_path / "a.docx", f"<w:tbl><w:tr>{cell(content)}{cell(run('x'))}</w:tr></w:tbl>".encode())
    assert texts(read_source(path)) == [[(seen, "x")]]


def test_a_row_may_begin_later(tmp_path: Path) -> None:
    body = f"<w:tbl><w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell(run('a'))}</w:tr></w:tbl>"
    assert texts(read_source(docx(tmp_path / "a.docx", body.encode()))) == [[("", "", "a")]]


@pytest.mark.parametrize(
    ("kind", "target", "is_refused"),
    [
        ("attachedTemplate", "http://contoh.invalid/a.dotm", True),
        ("image", "\\\\peladen\\gambar.png", True),
        ("attachedTemplate", "file:///C:/Templat/Normal.dotm", False),
        ("hyperlink", "https://contoh.invalid", False),
    ],
)
def test_what_lies_on_other_machines_is_refused_and_never_followed(
    tmp_path: Path, kind: str, target: str, is_refused: bool
) -> None:
    listing = f'<R><Relationship Id="a" Type="x/{kind}" Target="{target}" TargetMode="External"/></R>'
    path = docx(tmp_path / "a.docx", b"<w:p/>", more={"word/_rels/settings.xml.rels": listing})
    if not is_refused:
        assert read_source(path).tables == ()
        return
    with pytest.raises(PlanRefused, match="dari luar"):
        read_source(path)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<w:tbl>" + "<w:tr/>" * 20_001 + "</w:tbl>", "20.000 baris"),
        ("<w:tbl><w:tr>" + "<w:tc/>" * 201 + "</w:tr></w:tbl>", "terlalu besar"),
        ("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr></w:tc></w:tr></w:tbl>", "200 kolom"),
        ("<w:tbl><w:tr><w:tc>" * 20, "terlalu besar"),
        ("<w:p>" + "<w:r><w:t>" + "a" * 40_000 + "</w:t></w:r></w:p>", "terlalu panjang"),
        ("<w:tr><w:tc/></w:tr>", "rusak"),
        ("<w:tbl>", "rusak"),
    ],
)
def test_more_than_a_plan_holds_is_refused(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(PlanRefused, match=said):
        read_source(docx(tmp_path / "a.docx", body.encode()))
