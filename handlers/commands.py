"""What finished conversations ask to be done, carried out inside the caller's transaction."""

from collections.abc import Callable

from handlers.messages import Notice
from handlers.texts.formats import office
from handlers.which_office import named
from storage.desk import Desk
from storage.evidence import NewEvidence
from storage.reports import NewReport


def submit_all(reports: tuple[NewReport, ...], evidence: tuple[NewEvidence, ...]) -> Callable[[Desk], None]:
    """Record the values of a sitting with what supports them."""

    def carry_out(desk: Desk) -> None:
        desk.submit(reports)
        desk.add_evidence(evidence)

    return carry_out


def tell(desk: Desk, person_id: int, key: str, notice: Notice) -> bool:
    """Write to somebody of the office who did not write first; there is only ever one of a `key`.

    Who works for several offices is told which one it is. False for somebody who cannot be reached.
    """
    said = named(notice, office(desk.office.name)) if desk.is_shared(person_id) else notice
    return desk.tell(person_id, key, said.model_dump(mode="json"))
