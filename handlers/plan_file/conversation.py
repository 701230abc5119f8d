"""The conversation about a plan's file, as the engine runs it."""

from handlers.dialogue import Dialogue
from handlers.plan_file.answering import DROP_WORDS, answer
from handlers.plan_file.asking import ask, in_review
from handlers.plan_file.steps import Draft, Step
from handlers.texts import general
from handlers.texts import plan_file as texts
from storage.desk import Desk


def _resumed(draft: Draft, desk: Desk) -> str:
    upload = in_review(draft, desk)
    if upload is None or not upload.questions:
        return general.RESUMED
    return texts.answered(len(upload.questions), len(upload.open_questions))


def _listed(step: Step) -> frozenset[str]:
    """What may be typed though it stands on no button."""
    return frozenset() if step in (Step.KIND, Step.YEAR) else DROP_WORDS | {"muat"}


PLAN_FILE = Dialogue(
    "plan_file",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_PLAN,
    cancelled=texts.PUT_OFF_BY_CANCEL,
    saved=texts.SAVED,
    resumed=_resumed,
    listed=_listed,
    takes_sentences=lambda step: step in (Step.REASON, Step.DOCUMENT),
)
