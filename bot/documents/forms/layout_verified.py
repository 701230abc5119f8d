"""What a form says of its figures on their way to the camat: which are verified, and what limits it until all are."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from bot.documents.forms.paper import Line, Stamp, Value
from domain.forms.source import FormHead
from domain.standing import Standing

_LABEL = "Status verifikasi"
_PROVISIONAL, _SAMPLE = "Sementara", "Memuat data contoh"


def checked_cells(cells: Mapping[str, Value], found: Mapping[str, Standing | None]) -> dict[str, Standing]:
    """How far the numbers of a line have come, by column: of cells that hold one, where it is known."""
    return {key: one for key, one in found.items() if one is not None and isinstance(cells.get(key), Decimal)}


def facts_of_checks(lines: Sequence[Line], stamp: Stamp) -> tuple[tuple[str, str], ...]:
    """The sentence above the table, where its stars begin; none for a form without figures, and where it
    is not known of any."""
    found = _found(lines)
    waiting = sum(not one.is_verified for one in found)
    if not found:
        return ()
    if not waiting:
        approved = " dan disahkan camat" if all(one is Standing.APPROVED for one in found) else ""
        return ((_LABEL, f"Seluruh angka terverifikasi{approved} per {stamp.made}"),)
    if waiting == len(found):
        return ((_LABEL, "Seluruh angka masih sementara, belum diverifikasi"),)
    return ((_LABEL, f"Angka bertanda * masih sementara ({waiting} dari {len(found)})"),)


def marks_of(head: FormHead, *, provisional: bool) -> tuple[str, ...]:
    """What limits the form, in the words above its table."""
    return (*[_PROVISIONAL] * provisional, *[_SAMPLE] * head.sample)


def is_provisional(lines: Iterable[Line]) -> bool:
    """Whether any figure is not verified; true where it is not known of any."""
    found = _found(lines)
    return not found or not all(one.is_verified for one in found)


def _found(lines: Iterable[Line]) -> list[Standing]:
    return [one for line in lines for one in line.checked.values()]
