"""`renaksi person`: a copy of what is held of somebody, and erasing them on request."""

import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select, text, update

from storage.engine import open_engine, reading, writing
from storage.tables import METADATA, Audit, Person, table
from tests.bot.test_audit_command import loaded, run_command

__all__ = ["loaded"]
_person = table(Person)


@pytest.fixture
def somebody(loaded: str) -> tuple[str, str]:
    """The URL of a database with one office, and the name of somebody there, who has a number."""
    engine = open_engine(loaded)
    with writing(engine) as connection:
        row = connection.execute(select(_person).order_by(_person.c.id).limit(1)).one()
        connection.execute(update(_person).where(_person.c.id == row.id).values(phone="+6281200000077"))
    engine.dispose()
    return loaded, row.name


def actions(url: str) -> list[str]:
    engine = open_engine(url)
    with reading(engine) as connection:
        found = connection.execute(select(table(Audit).c.action).order_by(table(Audit).c.id)).scalars().all()
    engine.dispose()
    return list(found)


def everything(url: str) -> str:
    """Every row of every table, as one text."""
    engine = open_engine(url)
    with reading(engine) as connection:
        found = "\n".join(str(connection.execute(select(one)).all()) for one in METADATA.sorted_tables)
    engine.dispose()
    return found


def end_tenures(url: str) -> None:
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE tenure SET ends = '2022-12-31'"))
    engine.dispose()


def test_a_copy_is_for_people_and_for_programs(
    somebody: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, name = somebody
    out = tmp_path / "salinan.zip"
    assert run_command("person", "export", "0812-0000-0077", "--out", str(out)) == 0
    assert name in capsys.readouterr().out
    with ZipFile(out) as file:
        told, plain = file.read("data-pribadi.txt").decode(), json.loads(file.read("data-pribadi.json"))
    assert plain["held"]["person"][0]["name"] == name
    assert f"Atas nama: {name}" in told
    assert "JABATAN (" in told
    assert "data copied" in actions(url)


def test_what_cannot_be_exported_is_said(somebody: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    _url, name = somebody
    assert run_command("person", "export", name, "--out", "salinan.txt") == 2
    assert run_command("person", "export", "Entah Siapa", "--out", "salinan.zip") == 2
    said = capsys.readouterr().err
    assert "harus berakhiran .zip" in said
    assert "Tidak ada pegawai dengan nama" in said


def test_who_holds_a_post_is_refused_and_asked_for_again(
    somebody: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    url, name = somebody
    assert run_command("person", "erase", name, "--yes") == 2
    assert "masih memegang jabatan" in capsys.readouterr().err
    assert name in everything(url)
    end_tenures(url)
    assert run_command("person", "erase", name, "--yes") == 0
    assert "Dihapus: nama, nomor, akun" in capsys.readouterr().out
    assert name not in everything(url)
    assert "81200000077" not in everything(url)
    assert actions(url)[-1] == "person erased"
    assert run_command("person", "erase", name, "--yes") == 2
    assert run_command("audit", "verify") == 0


def test_it_asks_first(
    somebody: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, name = somebody
    end_tenures(url)
    for answer, is_left in (("n", True), ("y", False)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
        assert run_command("person", "erase", name) == 0
        said = capsys.readouterr().out
        assert f"Hapus nama, nomor, akun, dan isi obrolan {name}" in said
        assert ("Tidak ada yang dihapus" in said) == is_left
        assert (name in everything(url)) == is_left


def test_somebody_in_office_is_erased_where_that_is_meant(somebody: tuple[str, str]) -> None:
    url, name = somebody
    assert run_command("person", "erase", name, "--yes", "--yes-still-serving", "--with-evidence") == 0
    assert name not in everything(url)
