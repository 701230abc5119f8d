"""The copy that a person can ask for has everything that is held of them, and nothing of others."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import NoResultFound

from storage.engine import writing
from storage.personal_data import held_of, tables_of_people
from storage.privacy import OPEN, RequestDecided
from storage.tables import METADATA, Audit, ErasureRequest, table
from tests.offices import NOW, MadeOffice, desk_of, make_office
from tests.storage.test_erasure import DEWI, LEFT, PHONE, SARI, TELEGRAM, leave, live

RATNA, JOKO = "Ratna Dewanti", "Joko Santosa"


def test_every_table_that_names_people_is_looked_through(engine: Engine) -> None:
    with writing(engine) as connection:
        made = live(connection)
        held = held_of(connection, made.id, made.people[SARI], NOW)
    named = {
        one.name
        for one in METADATA.sorted_tables
        if any(column.references(METADATA.tables["person"].c.id) for column in one.columns)
    }
    assert named < set(tables_of_people())
    assert {one.table for one in held.held} >= {
        "person", "tenure", "account", "report", "evidence", "inbox", "outbox", "audit", "numberchange", "job",
        "conversation", "erasurerequest",
    }  # fmt: skip


def test_it_is_told_in_words_on_the_office_s_clock(engine: Engine) -> None:
    with writing(engine) as connection:
        made = live(connection)
        held = held_of(connection, made.id, made.people[SARI], NOW)
    (person,) = held.rows("person")
    assert (person["name"], person["phone"]) == (SARI, PHONE)
    (report,) = held.rows("report")
    assert report["indicator"].endswith("Desa yang memiliki buku wajib administrasi")
    assert (report["period"], report["value"], report["post"]) == ("2022-03", "1", "Kasi Pemerintahan")
    assert report["reported_at"] == "2022-03-29T10:30:00+08:00"
    plain = json.loads(held.as_json())
    assert (plain["person"], plain["office"]) == (SARI, "Sukamaju")
    assert plain["held"]["account"][0]["address"] == TELEGRAM


def test_nothing_of_others_goes_along(engine: Engine) -> None:
    """Dewi decided about Sari's number: that she did is hers to know, the number is not."""
    with writing(engine) as connection:
        made = live(connection)
        held = held_of(connection, made.id, made.people[DEWI], NOW)
    (decided,) = held.rows("numberchange")
    assert decided["decision"] == "agreed"
    assert not {"address", "phone"} & set(decided)
    with writing(engine) as connection:
        other = make_office(connection, name="Sebelah")
        with pytest.raises(NoResultFound):
            held_of(connection, other.id, made.people[DEWI], NOW)


def requests(connection: Connection) -> list[str]:
    """What became of every request."""
    return list(
        connection.execute(select(table(ErasureRequest).c.decision).order_by(table(ErasureRequest).c.id)).scalars()
    )


def entries(connection: Connection, action: str) -> int:
    return connection.execute(select(func.count()).where(table(Audit).c.action == action)).scalar_one()


def asked_by_sari(connection: Connection) -> tuple[MadeOffice, int]:
    made = make_office(connection)
    return made, desk_of(connection, made, SARI).privacy.ask().id


def test_a_person_asks_once_and_can_take_it_back(engine: Engine) -> None:
    with writing(engine) as connection:
        made, first = asked_by_sari(connection)
        privacy = desk_of(connection, made, SARI).privacy
        assert privacy.ask().id == first
        assert privacy.withdraw()
        assert not privacy.withdraw()
        assert privacy.ask().id != first
        assert requests(connection) == ["withdrawn", OPEN]
        assert (entries(connection, "erasure asked"), entries(connection, "erasure withdrawn")) == (2, 1)


@pytest.mark.parametrize(("name", "may"), [(DEWI, True), (RATNA, True), (JOKO, False), (SARI, False)])
def test_camat_and_admins_decide_about_others(name: str, may: bool, engine: Engine) -> None:
    with writing(engine) as connection:
        made, request = asked_by_sari(connection)
        leave(connection, made, SARI)
        privacy = desk_of(connection, made, name).privacy
        if not may:
            for refused in (lambda: privacy.decline(request), lambda: privacy.erase(made.people[SARI])):
                with pytest.raises(PermissionError):
                    refused()
            return
        assert privacy.holdings(made.people[SARI]).phone == PHONE
        privacy.decline(request)
        with pytest.raises(RequestDecided):
            privacy.decline(request)
        assert requests(connection) == ["declined"]


def test_who_decides_erases_and_the_request_is_met(engine: Engine) -> None:
    with writing(engine) as connection:
        made, _request = asked_by_sari(connection)
        leave(connection, made, SARI)
        desk = desk_of(connection, made, DEWI, LEFT + timedelta(days=1))
        desk.privacy.erase(made.people[SARI])
        assert desk.people[made.people[SARI]].name == "(dihapus)"
        assert requests(connection) == ["erased"]


def test_nobody_decides_about_themselves(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        with pytest.raises(PermissionError):
            desk_of(connection, made, DEWI).privacy.erase(made.people[DEWI])
        with pytest.raises(PermissionError):
            desk_of(connection, made, SARI).privacy.holdings(made.people[DEWI])


def test_the_program_itself_has_no_data(engine: Engine) -> None:
    with writing(engine) as connection:
        privacy = desk_of(connection, make_office(connection)).privacy
        for refused in (privacy.ask, privacy.note_copy):
            with pytest.raises(PermissionError):
                refused()
        assert not privacy.withdraw()
