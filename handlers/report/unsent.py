"""What a person has filled in but not sent: a reminder tells only what is left."""

from datetime import date

from pydantic import ValidationError

from handlers.dialogue import State
from handlers.report.sitting import Draft
from storage.desk import Desk


def filled_in(desk: Desk, end: date) -> frozenset[int]:
    """The indicators with a value in the person's unsent sitting of that closing, open or put off."""
    try:
        state = State.model_validate(desk.conversation_state or {})
        trail = state.trails.get(f"report:{end.isoformat()}", ())
        draft = Draft.model_validate(trail[-1].draft) if trail else None
    except ValidationError:  # of another version of the program
        return frozenset()
    if draft is None:
        return frozenset()
    return frozenset(key for key, entry in draft.entries.items() if entry.value is not None)
