"""The twelve indicators of somebody with their last figures: one SQL join as one would write it by hand.

Of the same tables, for those who hold a post today, with the newest version of the plan: the target of the month, what
was reported last and for which month, and target, realisation and capaian s/d the month before.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

_JOIN = text("""
SELECT i.id, i.name, i.unit, i.annual_target, t.value AS target,
       last.period AS last_period, last.realisation AS last_value,
       done.target_to_date, done.realisation_to_date, done.capaian_to_date
FROM tenure AS h
JOIN indicator AS i ON i.post_id = h.post_id AND i.accepted
JOIN plan AS p ON p.id = i.plan_id
LEFT JOIN target AS t ON t.indicator_id = i.id AND t.period = :month
LEFT JOIN achievement AS done ON done.indicator_id = i.id AND done.period = :before
LEFT JOIN achievement AS last ON last.indicator_id = i.id AND last.period = (
    SELECT r.period FROM report AS r WHERE r.indicator_id = i.id ORDER BY r.period DESC, r.revision DESC LIMIT 1)
JOIN achievement AS present ON present.indicator_id = i.id AND present.period = :month
    AND present.due AND NOT present.reported
WHERE h.person_id = :person AND h.starts <= :today AND (h.ends IS NULL OR h.ends >= :today)
  AND NOT EXISTS (
    SELECT 1 FROM plan AS newer
    WHERE newer.office_id = p.office_id AND newer.year = p.year AND newer.version > p.version)
ORDER BY i.year, i.position
""")


def open_indicators(connection: Connection, person: int, month: str, before: str, today: date) -> Sequence[Row[Any]]:
    """The indicators that somebody has not reported for a month; figures in millionths, as they are kept."""
    asked = {"person": person, "month": month, "before": before, "today": today.isoformat()}
    return connection.execute(_JOIN, asked).all()
