"""One figure as it is typed: read, doubted and confirmed, the same for "lapor" and "koreksi"."""

from collections.abc import Iterable
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from domain import ledger
from domain.ledger import Figure
from domain.modes import Mode
from domain.number_history import own_history
from domain.number_sense import BASIS, TOLD, UNUSUAL, weigh
from domain.numbers import Ask, Doubt, NoReport, NumberContext, Value, read_number
from domain.openings import Duty
from domain.periods import Period
from handlers.texts import doubts
from handlers.texts.report import NUMBER_PLEASE, previous_figure

_TYPED_ROOM = 200
"""Characters of what was typed that are kept while it is asked about."""
_YES = frozenset({"ya", "iya", "benar", "betul", "memang", "ya benar", "ya betul"})


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Entry(_Frozen):
    """What was filled in for one indicator; `value` None is "belum". `doubt` are the doubts about it that the
    person confirmed, with commas between; `note` is what they say to whoever checks it."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    doubt: str = ""
    note: str = ""
    message_id: str = ""


class Pending(_Frozen):
    """A value that is being asked about. Numerator and denominator belong to the first candidate; `also` are further
    doubts that are told with the first, `confirmed` those that were confirmed before. `indicator` is what it is for."""

    doubt: Doubt
    typed: str
    candidates: tuple[Decimal, ...]
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    message_id: str = ""
    also: tuple[Doubt, ...] = ()
    confirmed: tuple[Doubt, ...] = ()
    indicator: int = 0


# --- what is known, and what follows ----------------------------------------------------------------------------------


def figure_of(duty: Duty, which: Period, value: Decimal) -> Figure:
    """The figures of a period as they would be with this value."""
    return ledger.figure_of(duty.measure, {**duty.values, which: value}, which)


def number_context(duty: Duty, which: Period) -> NumberContext:
    """What is known of an indicator when a number is typed for that period."""
    figure = duty.figures[which]
    before = previous_figure(duty, which)
    history = own_history(duty, which)
    return NumberContext(
        unit=duty.unit,
        mode=duty.measure.mode,
        target=figure.target if figure.target is not None else _late_target(duty, which, figure),
        annual_target=duty.measure.annual_target,
        previous=before.realisation_to_date if before else Decimal(0) if which.number == 1 else None,
        low=duty.low,
        high=duty.high,
        ratio=duty.ratio,
        name=duty.name,
        target_before=before.target_to_date if before else None,
        average=history.average,
        planned_average=history.planned_average,
        last=history.last,
        running=history.running,
        following=history.following,
    )


def _late_target(duty: Duty, which: Period, figure: Figure) -> Decimal | None:
    """What a late fulfilment is measured by: the rest lacking of a sum, else the target of the position s/d."""
    if figure.target_to_date is None or duty.measure.mode is not Mode.SUM:
        return figure.target_to_date
    others = (figure.realisation_to_date or Decimal(0)) - duty.values.get(which, Decimal(0))
    return figure.target_to_date - others


# --- reading ----------------------------------------------------------------------------------------------------------


def read_figure(body: str, duty: Duty, which: Period, message_id: str) -> Entry | Pending | str:
    """What was typed for an indicator and period: a value or "belum"; what must be asked; or a sentence that says how
    to write it."""
    match read_number(body, number_context(duty, which)):
        case Value() as value:
            return entry_of(value, message_id)
        case NoReport():
            return Entry(value=None, message_id=message_id)
        case Ask(doubt=Doubt.NOT_A_NUMBER):
            return NUMBER_PLEASE
        case Ask(candidates=()) as asked if asked.doubt is not Doubt.ZERO_OR_NOT_YET:
            return doubts.question(asked.doubt, duty, which, body, ())
        case asked:
            return as_pending(asked, body, duty, message_id)


def entry_of(value: Value, message_id: str) -> Entry:
    """What a value fills in."""
    return Entry(value=value.number, numerator=value.numerator, denominator=value.denominator, message_id=message_id)


def as_pending(asked: Ask, body: str, duty: Duty, message_id: str) -> Pending:
    """What is asked about, as it is kept until it is answered."""
    return Pending(
        doubt=asked.doubt,
        typed=body[:_TYPED_ROOM],
        candidates=asked.candidates,
        numerator=asked.numerator,
        denominator=asked.denominator,
        message_id=message_id,
        also=asked.also,
        indicator=duty.id,
    )


def weighed(entry: Entry, duty: Duty, which: Period) -> Entry | Pending:
    """A value that was chosen, not typed: it is asked about where it is unusual."""
    return entry if entry.value is None else _settled(entry, duty, which, ())


def take(asked: Pending, index: int, duty: Duty, which: Period) -> Entry | Pending:
    """The reading that was chosen; it is asked about again where something else about it is unusual."""
    first = index == 0
    entry = Entry(
        value=asked.candidates[index],
        numerator=asked.numerator if first else None,
        denominator=asked.denominator if first else None,
        message_id=asked.message_id,
    )
    return _settled(entry, duty, which, (*asked.confirmed, asked.doubt, *asked.also))


def _settled(entry: Entry, duty: Duty, which: Period, answered: tuple[Doubt, ...]) -> Entry | Pending:
    value = Decimal(0) if entry.value is None else entry.value
    found = weigh(value, number_context(duty, which))
    answered = tuple(dict.fromkeys((*answered, *(BASIS if BASIS.intersection(answered) else ()))))
    left = [doubt for doubt in found if doubt not in answered]
    if not left:
        return entry.model_copy(update={"doubt": _recorded(answered, found)})
    return Pending(
        doubt=left[0],
        typed=doubts.typed_again(value, duty),
        candidates=(value,),
        numerator=entry.numerator,
        denominator=entry.denominator,
        message_id=entry.message_id,
        also=tuple(left[1:]),
        confirmed=answered,
        indicator=duty.id,
    )


def _recorded(answered: Iterable[Doubt], found: Iterable[Doubt]) -> str:
    """The doubts that were confirmed; a mix-up of period and s/d only where the doubtful reading was kept."""
    kept = {*found, *(doubt for doubt in answered if doubt not in BASIS)}
    return ",".join(doubt.value for doubt in TOLD if doubt in kept)


def is_unusual(entry: Entry) -> bool:
    """Whether a figure itself was doubted and confirmed, so that whoever checks it may want to know more."""
    return not {doubt.value for doubt in UNUSUAL}.isdisjoint(entry.doubt.split(","))


def is_confirmed(asked: Pending, body: str) -> bool:
    """Whether a word confirms what is asked about: there is one reading only."""
    return len(asked.candidates) == 1 and " ".join(body.casefold().split()).strip(" .!") in _YES
