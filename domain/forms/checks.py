"""How far the figures of a form have come on their way to the camat, whatever form it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, cast

from domain.forms.paten_form import PatenRow
from domain.standing import Standing

_CHECKED = "checked"
"""How the fields begin that say it."""


def checks_of(figures: Any) -> Iterator[Standing]:
    """How far each figure of a form has come, as its rows hold it; none of money, which is not verified. A month of a
    service that is over and not reported is MISSING."""
    if isinstance(figures, PatenRow) and figures.missing:
        yield Standing.MISSING
    if is_dataclass(figures):
        for field in fields(figures):
            value = getattr(figures, field.name)
            yield from _standings(value) if field.name.startswith(_CHECKED) else checks_of(value)
    elif isinstance(figures, Mapping):
        for value in cast(Mapping[Any, Any], figures).values():
            yield from checks_of(value)
    elif isinstance(figures, Sequence) and not isinstance(figures, str):
        for value in cast(Sequence[Any], figures):
            yield from checks_of(value)


def _standings(value: Any) -> Iterator[Standing]:
    """One standing, or those of several periods; None where there is no figure."""
    several = cast(Sequence[Any], value) if isinstance(value, tuple) else (value,)
    yield from (one for one in several if isinstance(one, Standing))
