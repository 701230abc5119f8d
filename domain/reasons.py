"""Why a figure is low or high and what comes next: what was said of it, what is to be asked, and what is offered to say
(domain.md 1, 4.3 and 9)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.explaining import Asked, ExplainRule
from domain.ledger import Measure
from domain.openings import Duty
from domain.periods import Period

ALL_ZERO = "nihil semua"
"""What is noted with every report of "nihil semua", whose note is what stood in the way."""
_QUARTER = 3
_MONTHS = 12
_LABEL = r"(?:rencana )?tindak lanjut(?:nya)?|rtl"
_BETWEEN = re.compile(rf"\s*(?:[;\n]|\b(?:{_LABEL})\s*:)\s*", re.IGNORECASE)
_LEADING = re.compile(
    rf"\s*(?:(?:{_LABEL}|kendala(?:nya)?|faktor (?:penghambat|pendorong)(?:nya)?)\s*:)?\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Explained:
    """What was said about the figure of one indicator and period.

    `handler` and `until`, who does it and until when, are known at a quarter's end only. `capaian` is the one s/d, in
    percent, about which it was said; `done` that the action is.
    """

    kind: Asked
    cause: str
    action: str = ""
    handler: str = ""
    until: date | None = None
    capaian: Decimal | None = None
    done: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return bool(self.action) and not self.done


def is_quarter_end(period: Period) -> bool:
    """Whether a quarter ends with the period: the stricter limit holds, and who and until when are asked."""
    return period.last_month % _QUARTER == 0


def asked_about(duty: Duty, period: Period, rule: ExplainRule) -> Asked | None:
    """What is asked about a reported figure by its capaian s/d.

    None where nothing is: also for services and invented values, and for mere progress towards the target of the year.
    """
    if duty.service or period not in duty.values or period in duty.samples or _is_progress(duty.measure, period):
        return None
    return rule.asks(duty.figures[period].capaian_to_date, quarter_end=is_quarter_end(period))


def _is_progress(measure: Measure, period: Period) -> bool:
    return not measure.effective_targets and period.last_month < _MONTHS


def is_answered(asked: Asked, capaian: Decimal | None, said: Explained | None) -> bool:
    """Whether what was said still answers: the same was asked, and a low figure has not become worse since."""
    if said is None or said.kind is not asked:
        return False
    return asked is Asked.DRIVER or said.capaian is None or capaian is None or capaian >= said.capaian


def worst_first(figures: Iterable[tuple[Duty, Period]]) -> list[tuple[Duty, Period]]:
    """Figures in the order in which they are asked about: the lowest capaian s/d first."""
    return sorted(figures, key=lambda one: one[0].figures[one[1]].capaian_to_date or Decimal(0))


def newest_reported(duty: Duty) -> Period | None:
    """The last period of an indicator for which a figure was reported; None before the first."""
    return max((period for period in duty.values if period.kind is duty.kind), default=None)


def before(period: Period) -> Period | None:
    """The period of the same length before; None for the year's first."""
    return None if period.number == 1 else Period(period.year, period.kind, period.number - 1)


def split_answer(typed: str) -> tuple[str, str]:
    """`menunggu desa; surat ke desa` as cause and action, each begun with a capital; the action is empty where only one
    is said."""
    cause, *rest = _BETWEEN.split(_without_label(typed), maxsplit=1)
    return _begun(cause), _begun(_without_label(rest[0])) if rest else ""


def _without_label(words: str) -> str:
    return words[_LEADING.match(words).end() :]  # pyright: ignore[reportOptionalMemberAccess]  # it matches nothing, too


def _begun(words: str) -> str:
    plain = words.strip(" ,.;\n")
    return plain[:1].upper() + plain[1:]


def suggested(earlier: Sequence[tuple[int, str]], indicator_id: int, ready: Sequence[str]) -> tuple[str, ...]:
    """What can be offered to say about an indicator: what its post said before, then what is ready-made.

    `earlier` are what was said by indicator, the newest last. What was said of the same indicator comes first, then
    what was said most often, then the newest.
    """
    counts = Counter(text.casefold() for _about, text in earlier if text)
    of_same = {text.casefold() for about, text in earlier if about == indicator_id}
    newest = {text.casefold(): at for at, (_about, text) in enumerate(earlier)}
    order = sorted(counts, key=lambda text: (text not in of_same, -counts[text], -newest[text]))
    known = [earlier[newest[text]][1] for text in order]
    return (*known, *(one for one in ready if one.casefold() not in counts))
