"""What a drawer does: pictures and forms from their snapshots. Slow, and with nothing but what it is given."""

from importlib import import_module

from storage.stored_snapshot import StoredSnapshot

HEAVY = ("bot.charts.catalogue", "bot.documents.forms.catalogue")
"""Modules that are imported where they are used, because the chat does without them."""


def pages(snapshot: StoredSnapshot, zone: str) -> tuple[bytes, ...]:
    """The pages of a snapshot's picture as PNG; `zone` is the office's, for the time in the footer."""
    from bot.charts.catalogue import of_snapshot
    from bot.charts.footer import Footer
    from domain.periods import Period
    from domain.zones import local
    from handlers.texts.formats import moment, period_with_year

    period, made = period_with_year(Period.parse(snapshot.period)), moment(local(snapshot.made_at, zone), zone)
    return of_snapshot(snapshot.kind).pages(snapshot.figures, Footer(period, made, snapshot.number))


def page(snapshot: StoredSnapshot, zone: str, number: int) -> bytes:
    """One page of a snapshot's picture; of fewer pages the last one."""
    drawn = pages(snapshot, zone)
    return drawn[min(number, len(drawn)) - 1]


def form(snapshot: StoredSnapshot, zone: str, ending: str) -> bytes:
    """The form that a snapshot keeps, as a file with that ending."""
    from bot.documents.forms.catalogue import paper_of, rendered

    return rendered(paper_of(snapshot, zone), ending)


def warm_up() -> None:
    """Import what drawing needs, before the first picture is waited for."""
    for module in HEAVY:
        import_module(module)
