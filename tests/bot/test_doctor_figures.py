"""`renaksi doctor` counts figures and their sums again from the reports, says what differs, and mends it when asked."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from bot.doctor_figures import RECOUNTED, examine_figures, recount_figures
from storage import figures
from storage.engine import open_engine, reading, writing
from storage.migrate import HEAD, upgrade
from storage.tables import Audit, table
from tests.bot.terminal import Terminal
from tests.offices import NOW, make_office

MISCOUNT = text("UPDATE rollup SET missing = missing + 1 WHERE office_id = :office AND period = '2022-03'")
MISREAD = text("UPDATE achievement SET realisation = 99 WHERE office_id = :office AND period = '2022-02'")


def test_what_differs_is_counted_named_and_mended_in_its_office_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        wrong, right = make_office(connection), make_office(connection, name="Sebelah")
        connection.execute(MISCOUNT, {"office": wrong.id})
        connection.execute(MISREAD, {"office": wrong.id})
        offices = {wrong.id: "Kubutambahan", right.id: "Sebelah"}
        differs = figures.recount(connection, wrong.id)
    told = examine_figures(engine, offices)
    assert not told.ok and told.mend.endswith("renaksi doctor --recount")
    counted = f"{len(differs.figures)} angka dan {len(differs.cells)} jumlah"
    assert told.text == f"Kubutambahan: {counted} berbeda dari laporannya, periode Februari dan Maret 2022"
    recount_figures(engine, NOW)
    recount_figures(engine, NOW)
    assert examine_figures(engine, offices).ok
    with reading(engine) as connection:
        audit = table(Audit)
        entries = connection.execute(select(audit.c.office_id).where(audit.c.action == RECOUNTED)).scalars().all()
    assert entries == [wrong.id]


def found(told: list[dict[str, Any]], check: str) -> dict[str, Any]:
    return next(one for one in told if one["check"] == check)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address that a terminal's settings name."""
    address = f"sqlite:///{tmp_path / 'doctor.sqlite3'}"
    monkeypatch.setenv("DATABASE_URL", address)
    return address


def change(database: str, statement: str) -> None:
    engine = open_engine(database)
    with writing(engine) as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_the_command_says_it_and_mends_it(renaksi: Terminal, database: str) -> None:
    engine = open_engine(database)
    upgrade(engine)
    with writing(engine) as connection:
        made = make_office(connection)
        connection.execute(MISCOUNT, {"office": made.id})
    engine.dispose()
    assert not found(renaksi("doctor", "--json").json, "angka")["ok"]
    assert found(renaksi("doctor", "--recount", "--json").json, "angka")["ok"]
    assert found(renaksi("doctor", "--json").json, "angka")["ok"]


@pytest.mark.parametrize(("revision", "ok"), [("0009", True), ("9999", False)])
def test_tables_of_another_version_are_told_apart(renaksi: Terminal, database: str, revision: str, ok: bool) -> None:
    engine = open_engine(database)
    upgrade(engine)
    engine.dispose()
    change(database, f"UPDATE alembic_version SET version_num = '{revision}'")
    told = found(renaksi("doctor", "--json").json, "database")
    assert (told["ok"], bool(told["mend"])) == (ok, True)
    assert ("lebih baru" in told["text"]) is not ok
    assert revision != HEAD
