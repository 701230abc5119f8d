"""Which indicators of a plan's new version are those of the version before, though its file gives them other codes."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from domain.plan import IndicatorRow, OfficePlan

_NO_LETTER = re.compile(r"[\W_]+")


def with_known_codes(plan: OfficePlan, before: Iterable[IndicatorRow]) -> OfficePlan:
    """The plan with the code of the version before for every indicator that has the same name and the same owner, so
    that its reports go on. A name that stands twice in either version decides nothing; where it is open who reports an
    indicator, its name alone decides."""
    codes = _renamed(plan.indicators, tuple(before))
    if not codes:
        return plan
    return replace(
        plan,
        indicators=tuple(replace(row, code=codes.get(row.code, row.code)) for row in plan.indicators),
        questions=tuple(replace(one, indicator=codes.get(one.indicator, one.indicator)) for one in plan.questions),
        answers=tuple(replace(one, indicator=codes.get(one.indicator, one.indicator)) for one in plan.answers),
        reports=tuple(replace(one, indicator=codes.get(one.indicator, one.indicator)) for one in plan.reports),
        renstra=tuple(replace(one, code=codes.get(one.code, one.code)) for one in plan.renstra),
    )


def _renamed(rows: tuple[IndicatorRow, ...], before: tuple[IndicatorRow, ...]) -> Mapping[str, str]:
    """New code to the one that it had."""
    taken = {row.code for row in rows}
    known = _by_name(row for row in before if row.code not in taken)
    new = _by_name(row for row in rows if row.code not in {old.code for old in before})
    owned = {row.code: known[name].code for name, row in new.items() if name in known}
    kept = set(owned.values())
    left = _by_name(replace(row, post=None) for row in known.values() if row.code not in kept)
    ownerless = _by_name(replace(row, post=None) for row in new.values() if row.code not in owned)
    is_open = {row.code for row in rows if row.post is None}
    named = {row.code: left[name].code for name, row in ownerless.items() if name in left and row.code in is_open}
    return {**owned, **named}


def _by_name(rows: Iterable[IndicatorRow]) -> dict[tuple[str, str | None], IndicatorRow]:
    found = [((_NO_LETTER.sub(" ", (row.name or "").casefold()).strip(), row.post), row) for row in rows]
    often = Counter(name for name, _row in found)
    return {name: row for name, row in found if name[0] and often[name] == 1}
