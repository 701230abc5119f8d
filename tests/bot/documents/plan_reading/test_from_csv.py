"""Values divided by signs become one table, whatever sign and encoding the program chose."""

from pathlib import Path

import pytest

from bot.documents.plan_reading.files.from_csv import delimiter_of, read_csv
from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.source import PlanRefused
from tests.bot.documents.plan_reading.packages import texts


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("No;Indikator;TW I\n1;Layanan, surat;3,1\n", [("No", "Indikator", "TW I"), ("1", "Layanan, surat", "3,1")]),
        (
            'No,Indikator,TW I\n1,"Layanan, surat","3,1"\n',
            [("No", "Indikator", "TW I"), ("1", "Layanan, surat", "3,1")],
        ),
        ("No\tTW I\n1\t2,5\n", [("No", "TW I"), ("1", "2,5")]),
        ("No|TW I\n1|2,5\n", [("No", "TW I"), ("1", "2,5")]),
        ("sep=,\nA,B;C\n", [("A", "B;C")]),
        (
            "RENCANA AKSI, TAHUN 2023;;\n\nNo;A;B\n1;2;3\n",
            [("RENCANA AKSI, TAHUN 2023", "", ""), ("", "", ""), ("No", "A", "B"), ("1", "2", "3")],
        ),
        ("satu saja\n", [("satu saja",)]),
    ],
)
def test_the_delimiter_is_found(content: str, rows: list[tuple[str, ...]]) -> None:
    assert texts(read_csv(content, "a.csv")) == [rows]


def test_a_row_over_several_lines_has_the_number_of_its_first() -> None:
    (table,) = read_csv('A;B\n"Jumlah\ndokumen";"1"";2"\n3;4\n', "a.csv").tables
    assert [(row.place.line, row.texts) for row in table.rows] == [
        (1, ("A", "B")),
        (2, ("Jumlah dokumen", '1";2')),
        (4, ("3", "4")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("name", ["rencana.csv", "rencana.txt"])
def test_values_are_told_by_name_or_by_look_in_any_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("No;Café;TW I\r\n1;é;2\r\n".encode(encoding))
    assert texts(read_source(path)) == [[("No", "Café", "TW I"), ("1", "é", "2")]]


def test_sentences_are_no_values() -> None:
    assert delimiter_of("Kami, para pegawai; dan lain-lain.\nDemikian.\n") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a;" * 300 + "\n", "200 kolom"),
        ('"' + "a" * 40_000, "terlalu panjang"),
        ("a;b\n" * 20_001, "20.000 baris"),
        ((";" * 150 + "\n") * 1500, "200.000 sel"),
        ((("a" * 30_000) + ";b\n") * 80, "terlalu panjang"),
    ],
)
def test_more_than_a_plan_holds_is_refused(content: str, said: str) -> None:
    with pytest.raises(PlanRefused, match=said):
        read_csv(content, "a.csv")
