"""Everything that is known of every indicator and period, one row each: for other programs and for looking closer.

Decimals are exact as they are stored; a capaian stands only beside a period that has ended (domain.md 2.1).
"""

from dataclasses import dataclass
from decimal import Decimal

from domain.checked import checked
from domain.explaining import Asked
from domain.forms.source import FormHead, FormSource, Rung, Sent, head_of
from domain.ledger import Figure
from domain.modes import Mode, Polarity
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Level
from domain.reasons import Explained
from domain.roles import section_names
from domain.standing import Standing


@dataclass(frozen=True)
class DataRow:
    """One indicator in one period. Figures are in its unit, capaian in percent; `sent_at` is an ISO time with its
    offset, empty while nothing was sent, `reporter` empty for a file. `checked` says how far the figure of the period
    has come, None for one that is not due and not there, and in snapshots from before verification. `driver`,
    `obstacle` and `plan` are what was said of it; `handler` and `until` (an ISO date) who does the plan and when."""

    code: str
    name: str
    unit: str
    level: Level
    path: tuple[Rung, ...]
    section: str
    post: str
    mode: Mode
    polarity: Polarity
    service: bool
    group: str
    period: str
    annual_target: Decimal | None
    target: Decimal | None
    realisation: Decimal | None
    capaian: Decimal | None
    target_to_date: Decimal | None
    realisation_to_date: Decimal | None
    capaian_to_date: Decimal | None
    due: bool
    reported: bool
    provisional: bool
    returned: bool
    late: bool
    sample: bool
    numerator: Decimal | None
    denominator: Decimal | None
    revision: int
    reporter: str
    sent_at: str
    note: str
    evidence: int
    checked: Standing | None = None
    driver: str = ""
    obstacle: str = ""
    plan: str = ""
    handler: str = ""
    until: str = ""
    version: int = 0
    """The version of the plan under which the report was made, where another holds now."""


@dataclass(frozen=True)
class DataForm:
    """Every indicator and period of a part of the year, in the order of the plan and of the periods."""

    head: FormHead
    rows: tuple[DataRow, ...]


def data_form(source: FormSource, period: Period, section: str = "") -> DataForm | None:
    """The rows of the periods that lie in `period` and have begun; None where there is none."""
    duties = source.of_year(period.year, section)
    names = section_names(source.organisation.posts.values())
    rows = tuple(
        _row(source, duty, one, names[duty.post_id])
        for duty in duties
        for one in Period.whole_year(period.year).split(duty.kind)
        if period.covers(one) and one.start <= source.today
    )
    return DataForm(head_of(source, period, duties, section), rows) if rows else None


def _row(source: FormSource, duty: Duty, period: Period, section: str) -> DataRow:
    figure, about = duty.figures[period], source.particulars[duty.id]
    sent, ended = about.sent.get(period), source.has_ended(period)
    return DataRow(
        code=duty.code,
        name=duty.name,
        unit=duty.unit or "",
        level=about.level,
        path=about.path,
        section=section,
        post=source.organisation.posts[duty.post_id].title,
        mode=duty.measure.mode,
        polarity=about.polarity,
        service=duty.service,
        group=duty.group,
        period=period.code,
        annual_target=duty.figures[Period.whole_year(period.year)].target,
        target=figure.target,
        realisation=figure.realisation,
        capaian=figure.capaian if ended else None,
        target_to_date=figure.target_to_date,
        realisation_to_date=figure.realisation_to_date,
        capaian_to_date=figure.capaian_to_date if ended else None,
        due=figure.due,
        reported=_is_in(duty, figure),
        provisional=not ended or figure.provisional,
        returned=period in duty.returned,
        late=period in duty.late,
        sample=period in duty.samples,
        numerator=sent.numerator if sent else None,
        denominator=sent.denominator if sent else None,
        revision=sent.revision if sent else 0,
        reporter=sent.reporter if sent else "",
        sent_at=_iso(sent),
        note=sent.note if sent else "",
        evidence=sum(about.evidence.get(period, {}).values()),
        checked=checked(duty, period) if figure.due or figure.realisation is not None else None,
        **_said(about.explained.get(period)),
        version=sent.version if sent else 0,
    )


def _said(said: Explained | None) -> dict[str, str]:
    """Why the figure is low or high, and what is done about it."""
    if said is None:
        return {}
    return {
        "driver" if said.kind is Asked.DRIVER else "obstacle": said.cause,
        "plan": said.action,
        "handler": said.handler,
        "until": said.until.isoformat() if said.until else "",
    }


def _is_in(duty: Duty, figure: Figure) -> bool:
    return figure.reported and figure.period not in duty.returned


def _iso(sent: Sent | None) -> str:
    return sent.at.isoformat(timespec="seconds") if sent else ""
