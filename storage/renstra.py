"""The Renstra of an office's indicators: entered with its workbook, read for the official forms."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

from sqlalchemy import Connection, select

from domain.plan import RenstraRow
from domain.renstra import RenstraFigures
from storage import figures, schema
from storage.rows import add_all

_indicator = schema.indicator
_renstra = schema.renstra

_FIGURES = tuple(field.name for field in fields(RenstraFigures))


def enter(connection: Connection, office_id: int, codes: Mapping[str, int], rows: Iterable[RenstraRow]) -> None:
    """What a workbook says of the indicators of a new plan version; `codes` are their ids."""
    entered = [
        {
            "indicator_id": codes[row.code],
            "office_id": office_id,
            **{name: getattr(row.figures, name) for name in _FIGURES},
        }
        for row in rows
    ]
    add_all(connection, _renstra, entered)


def of_office(connection: Connection, office_id: int) -> dict[int, RenstraFigures]:
    """What is known of the indicators of the current plans, by indicator id; those of which nothing is are left out."""
    rows = connection.execute(
        select(_renstra)
        .join(_indicator, _indicator.c.id == _renstra.c.indicator_id)
        .where(_renstra.c.office_id == office_id, _indicator.c.plan_id.in_(figures.current_plans(office_id)))
    )
    return {row.indicator_id: RenstraFigures(**{name: getattr(row, name) for name in _FIGURES}) for row in rows}
