"""Figures and times come back exactly as they went in, on both engines."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, DateTime, Engine, Float, Numeric, func, literal, select, text
from sqlalchemy.dialects import sqlite

from domain.achievement import rounded, rounded_whole
from storage.audit import Actor, record
from storage.columns import LARGEST, MILLIONTH, MessageId, Millionths, UtcTime, floor_millionths
from storage.engine import reading, writing
from storage.rows import add
from storage.tables import METADATA, Audit, Indicator, Target, table
from tests.offices import BUKU, NOW, make_office

_target = table(Target)
_audit = table(Audit)

EXACT = (
    "12345678901.123456",
    "-12345678901.123456",
    "9223372036854.775807",
    "-9223372036854.775807",
    "0.000001",
    "0",
    "1E+3",
    "2800",
    "3.10",
)


def stored(connection: Connection, value: Decimal) -> Decimal:
    """What the database gives back for a figure."""
    indicator_id = connection.execute(select(table(Indicator).c.id).limit(1)).scalar_one()
    connection.execute(_target.delete())
    add_target = _target.insert().values(indicator_id=indicator_id, period="2022-01", value=value)
    connection.execute(add_target)
    return connection.execute(select(_target.c.value)).scalar_one()


@pytest.mark.parametrize("figure", EXACT)
def test_a_figure_is_kept_to_the_last_digit(engine: Engine, figure: str) -> None:
    with writing(engine) as connection:
        make_office(connection)
        assert stored(connection, Decimal(figure)) == Decimal(figure)


@pytest.mark.parametrize("wrong", ["0.1234567", "9223372036854.775808", "1E+40", "NaN", "Infinity", "-Infinity"])
def test_a_figure_that_does_not_fit_is_refused(engine: Engine, wrong: str) -> None:
    with writing(engine) as connection:
        make_office(connection)
        with pytest.raises(Exception, match=r"more than six decimals|beyond what a figure may be"):
            stored(connection, Decimal(wrong))


def test_a_long_tail_of_digits_is_refused_however_small() -> None:
    with pytest.raises(ValueError, match="six decimals"):
        Millionths().process_bind_param(Decimal("1." + "0" * 50 + "1"), None)  # pyright: ignore[reportArgumentType]  # no dialect matters


@given(st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1))
def test_every_number_of_millionths_survives(whole: int) -> None:
    value = Millionths().process_result_value(whole, None)  # pyright: ignore[reportArgumentType]  # no dialect matters
    assert value == Decimal(whole) / 10**6 if abs(whole) < 10**20 else True
    assert Millionths().process_bind_param(value, None) == whole  # pyright: ignore[reportArgumentType]  # as above


def test_the_engines_add_exactly(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        connection.execute(_target.delete())
        for month, value in ((1, "0.1"), (2, "0.2"), (3, "12345678901.123456")):
            values = {"indicator_id": made.indicators[BUKU], "period": f"2022-{month:02}", "value": Decimal(value)}
            connection.execute(_target.insert().values(**values))
        total = connection.execute(select(func.sum(_target.c.value, type_=Millionths()))).scalar_one()
    assert total == Decimal("12345678901.423456")


figures = st.decimals(min_value=-(10**12), max_value=10**12, places=12)


@given(figures)
@example(Decimal("-0.004999999"))
@example(Decimal("90.9949999"))
@example(Decimal("90.995"))
@example(Decimal("50.9949999999999999"))
def test_cutting_to_millionths_never_changes_what_is_shown_or_rated(capaian: Decimal) -> None:
    cut = floor_millionths(capaian)
    assert rounded(cut) == rounded(capaian)
    assert rounded_whole(cut) == rounded_whole(capaian)
    assert abs(cut) <= abs(capaian)
    assert abs(capaian - cut) < MILLIONTH


@pytest.mark.parametrize("figure", ["1E+20", "-1E+20", "9223372036854.7758079"])
def test_a_figure_beyond_the_column_is_kept_as_the_greatest(figure: str) -> None:
    assert abs(floor_millionths(Decimal(figure))) == LARGEST


def test_no_column_is_a_float_and_every_time_is_utc() -> None:
    columns = [column for one in METADATA.tables.values() for column in one.columns]
    assert len(columns) > 100
    for column in columns:
        assert not isinstance(column.type, (Float, Numeric)), f"{column} would not be exact"
        assert not isinstance(column.type, DateTime), f"{column} is not a UtcTime"


moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.integers(min_value=-12, max_value=14).map(lambda hours: timezone(timedelta(hours=hours))),
)


@given(moments)
def test_sqlite_is_given_a_time_as_sqlalchemy_spells_it(moment: datetime) -> None:
    dialect = sqlite.dialect()
    spelt = sqlite.DATETIME().bind_processor(dialect)
    assert spelt is not None
    assert UtcTime().bind_processor(dialect)(moment) == spelt(moment.astimezone(UTC).replace(tzinfo=None))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments)
def test_a_time_comes_back_as_the_same_instant_in_utc(engine: Engine, moment: datetime) -> None:
    with engine.connect() as connection, connection.begin() as undone:
        made = make_office(connection)
        record(connection, made.id, Actor(None, None, "", "test", None), moment, "tried", "")
        back = connection.execute(select(_audit.c.at).where(_audit.c.action == "tried")).scalar_one()
        undone.rollback()
    assert back == moment
    assert back.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        actor = Actor(None, None, "", "test", None)
        with pytest.raises(Exception, match="no time zone"):
            record(connection, made.id, actor, NOW.replace(tzinfo=None), "tried", "")


def test_times_are_compared_as_instants(engine: Engine) -> None:
    wita = timezone(timedelta(hours=8))
    with writing(engine) as connection:
        made = make_office(connection)
        record(connection, made.id, Actor(None, None, "", "test", None), NOW, "tried", "")
        tried = select(func.count()).select_from(_audit).where(_audit.c.action == "tried")
        assert connection.execute(tried.where(_audit.c.at < NOW.astimezone(wita))).scalar_one() == 0
        assert connection.execute(tried.where(_audit.c.at <= NOW.astimezone(wita))).scalar_one() == 1


def test_postgresql_keeps_the_zone_and_sqlite_plain_utc(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        add(
            connection,
            table(Audit),
            {"office_id": made.id, "capacity": "", "action": "tried", "subject": "", "old": "", "new": "",
             "reason": "", "channel": "", "at": NOW.astimezone(timezone(timedelta(hours=8)))},
        )  # fmt: skip
    with reading(engine) as connection:
        if engine.dialect.name == "sqlite":
            plain = connection.execute(text("SELECT at FROM audit WHERE action = 'tried'")).scalar_one()
            assert plain == "2022-03-29 02:30:00.000000"
        else:
            kind = text(
                "SELECT data_type FROM information_schema.columns WHERE table_name='audit' AND column_name='at'"
            )
            assert connection.execute(kind).scalar_one() == "timestamp with time zone"


def test_a_number_in_the_id_of_a_message_is_not_kept(engine: Engine) -> None:
    """Meta writes the number of the person into it, in base64; it is still found by the same id."""
    with reading(engine) as connection:
        of_number = "wamid.HBgNNjI4MTIwMDAwMDAwNBUC"
        kept = connection.execute(select(literal(of_number, MessageId))).scalar_one()
        assert "NjI4MTIwMDAwMDAwN" not in kept
        assert connection.execute(select(literal(of_number, MessageId) == literal(kept, MessageId))).scalar_one()
        assert connection.execute(select(literal("m77", MessageId))).scalar_one() == "m77"
