"""The numbers of sections by hand-written SQL over the table of figures: one GROUP BY.

Figures are kept in millionths, and so are the means. `figure.post_id` says for whom a figure counts, which spares the
peer the join over the indicators of the newest plans.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

_OFFICE_YEAR = text(
    """
    SELECT post.section, figure.period, count(*) AS due, sum(figure.reported) AS reported,
           avg(CASE WHEN figure.reported THEN min(max(figure.capaian, 0), :cap) END) AS mean,
           avg(CASE WHEN figure.reported AND figure.missing_before = 0
               THEN min(max(figure.capaian_to_date, 0), :cap) END) AS mean_to_date
    FROM achievement AS figure
    JOIN post ON post.id = figure.post_id
    WHERE figure.office_id = :office AND figure.due
    GROUP BY post.section, figure.period
    """
)
_OFFICES = text(
    """
    SELECT figure.office_id, figure.post_id, count(*) AS due, sum(figure.reported AND figure.missing_before = 0)
           AS reported, avg(CASE WHEN figure.reported AND figure.missing_before = 0
           THEN min(max(figure.capaian_to_date, 0), :cap) END) AS mean_to_date
    FROM achievement AS figure
    WHERE figure.period = :period AND figure.due AND figure.office_id IN :offices AND figure.post_id IS NOT NULL
    GROUP BY figure.office_id, figure.post_id
    """
).bindparams(bindparam("offices", expanding=True))


def office_year(connection: Connection, office: int, cap: int) -> Sequence[Row[Any]]:
    """Counts and the mean capped capaian, of the period alone and s/d, of every section and period of an office."""
    return connection.execute(_OFFICE_YEAR, {"office": office, "cap": cap}).all()


def offices_to_date(connection: Connection, offices: Sequence[int], period: str, cap: int) -> Sequence[Row[Any]]:
    """Counts and the mean capped capaian s/d a period of every section, by its post, of many offices."""
    return connection.execute(_OFFICES, {"offices": list(offices), "period": period, "cap": cap}).all()
