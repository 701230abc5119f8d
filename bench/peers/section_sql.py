"""The numbers of an office by hand-written SQL over the table of figures: one GROUP BY."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

_QUERY = text(
    """
    SELECT figure.office_id, post.section, count(*) AS due, sum(figure.reported) AS reported,
           avg(CASE WHEN figure.reported THEN min(max(figure.capaian_to_date, 0), 100000000) END) AS mean
    FROM achievement AS figure
    JOIN indicator ON indicator.id = figure.indicator_id
    JOIN post ON post.id = indicator.post_id
    WHERE figure.period = :period AND figure.due AND figure.office_id IN :offices
    GROUP BY figure.office_id, post.section
    """
).bindparams(bindparam("offices", expanding=True))


def sections(connection: Connection, offices: Sequence[int], period: str) -> Sequence[Row[Any]]:
    """Counts and the mean capped capaian s/d (in millionths) of every section."""
    return connection.execute(_QUERY, {"period": period, "offices": list(offices)}).all()
