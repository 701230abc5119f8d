"""What is asked about one figure, the same for "lapor" and "koreksi": which reading is right, and a note about it."""

from domain.numbers import Doubt
from domain.openings import Duty
from domain.periods import Period
from handlers.dialogue import Question, Said, Tap
from handlers.messages import BUTTON_LABEL, Choose, Option, Text
from handlers.report.reading import Pending
from handlers.texts import doubts, formats
from handlers.texts import report as texts
from handlers.words import plain_words

_LETTERS = 2
_LENGTH = 300


def ask_doubt(pending: Pending, duty: Duty, which: Period) -> Question:
    """Which reading is right; where a number is unusual, whether it is right all the same."""
    labels = [
        doubts.candidate_label(pending.doubt, pending.candidates, index, which, duty.unit)
        for index in range(len(pending.candidates))
    ]
    text = doubts.question(pending.doubt, duty, which, pending.typed, pending.candidates, pending.also)
    if any(len(label) > BUTTON_LABEL for label in labels):
        text = f"{text}\n{doubts.numbered(pending.candidates, duty.unit)}"
        labels = [doubts.choice_label(index) for index in range(len(labels))]
    options = [Option(key=f"take{index}", label=label) for index, label in enumerate(labels)]
    if pending.doubt is Doubt.ZERO_OR_NOT_YET:
        options.append(Option(key="not_yet", label=texts.NOT_YET))
    else:
        options.append(Option(key="retype", label=texts.RETYPE))
    return Choose(title=formats.indicator(duty.name), text=text, options=tuple(options), by_number=False)


def ask_note(duty: Duty) -> Question:
    """What whoever checks an unusual figure should know; nobody has to say anything."""
    options = (Option(key="no_note", label=doubts.NO_NOTE),)
    return Choose(title=formats.indicator(duty.name), text=doubts.NOTE, options=options, by_number=False)


def read_note(said: Said) -> str | None:
    """The note, empty for none; None where neither was said."""
    match said:
        case Tap(key="no_note"):
            return ""
        case Text(body=body):
            return plain_words(body, _LETTERS, _LENGTH)
        case _:
            return None
