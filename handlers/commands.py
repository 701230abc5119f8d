"""What finished conversations ask to be done, carried out inside the caller's transaction."""

from collections.abc import Callable

from storage.desk import Desk
from storage.reports import NewEvidence, NewReport


def submit_all(reports: tuple[NewReport, ...], evidence: tuple[NewEvidence, ...]) -> Callable[[Desk], None]:
    """Record the values of a sitting with what supports them."""

    def carry_out(desk: Desk) -> None:
        desk.submit(reports)
        desk.add_evidence(evidence)

    return carry_out
