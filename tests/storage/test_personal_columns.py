"""Nothing that is kept is forgotten when a person is erased."""

from sqlalchemy import JSON, Engine, inspect, text
from sqlmodel.sql.sqltypes import AutoString

from storage.columns import MessageId
from storage.engine import reading
from storage.personal_columns import FATES, SEALED, SWEPT, Fate
from storage.tables import METADATA


def test_every_column_of_words_has_a_fate() -> None:
    words = {
        table.name: {column.name for column in table.columns if isinstance(column.type, AutoString | JSON | MessageId)}
        for table in METADATA.sorted_tables
    }
    wanting = {name: sorted(columns - set(FATES.get(name, {}))) for name, columns in words.items()}
    assert {name: columns for name, columns in wanting.items() if columns} == {}, "put them into personal_columns.py"
    gone = {name: sorted(set(fates) - words.get(name, set())) for name, fates in FATES.items()}
    assert {name: columns for name, columns in gone.items() if columns} == {}


def test_what_is_sealed_is_not_promised_to_change() -> None:
    allowed = {Fate.ARCHIVE, Fate.NONE}
    assert [name for name in SEALED if not set(FATES[name].values()) <= allowed] == []
    assert not SEALED & set(SWEPT)


def test_the_database_guards_what_is_called_sealed(engine: Engine) -> None:
    """Every such table, and no other, refuses to be changed."""
    with reading(engine) as connection:
        if connection.dialect.name == "sqlite":
            found = "SELECT tbl_name FROM sqlite_master WHERE name LIKE '%_no_update' OR name LIKE '%_no_change'"
        else:
            found = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_no_change'"
        assert set(connection.execute(text(found)).scalars()) == SEALED
        assert set(inspect(connection).get_table_names()) > SEALED
