"""What is asked at each step of a correction."""

from collections.abc import Sequence

from handlers.correction.figures import (
    Figure,
    every_figure,
    figure_of_draft,
    given_of,
    is_locked,
    needs_reason,
    of_period,
    periods_of,
)
from handlers.correction.requests import find, request_text, why_not
from handlers.correction.steps import Draft, Step
from handlers.dialogue import BACK, CANCEL, Question
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_LABEL, ROWS, Choose, Option, Say
from handlers.replaced_figures import checkers_of, names
from handlers.report.doubting import ask_doubt, ask_note
from handlers.report.reading import figure_of
from handlers.texts import correction as texts
from handlers.texts.formats import indicator, period_with_year, shortened
from handlers.texts.report import BACK as BACK_LABEL
from storage.desk import Desk

_CANCEL = Option(key=CANCEL, label=texts.CANCEL)


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The open question as things stand now."""
    match step:
        case Step.PERIOD:
            return _ask_period(desk)
        case Step.INDICATOR:
            return _ask_indicator(draft, desk)
        case Step.DECLINE:
            return _ask_decline(draft, desk)
        case _:
            figure = figure_of_draft(draft, desk)
            return _gone(step) if figure is None else _ask_about(step, draft, figure, desk)


def _closed(text: str) -> Question:
    return Choose(text=text, options=(Option(key="close", label=texts.CLOSE),))


def _gone(step: Step) -> Question:
    if step is not Step.CONFIRM:
        return _closed(texts.GONE)
    return Choose(text=texts.GONE, options=(Option(key="keep", label=texts.KEEP),))


def _ask_period(desk: Desk) -> Question:
    periods = periods_of(every_figure(desk))
    if not periods:
        return _closed(texts.NOTHING)
    shown = periods[:BUTTONS]
    options = tuple(Option(key=which.code, label=period_with_year(which)) for which in shown)
    return Choose(text=texts.which_period(len(shown), len(periods)), options=options, by_number=False)


def _ask_indicator(draft: Draft, desk: Desk) -> Question:
    figures = of_period(draft.which, desk)
    if not figures:
        return _closed(texts.GONE)
    text = texts.which_indicator(draft.which, [one.duty for one in figures])
    if len(figures) > ROWS:
        return Say(text=text)
    return Choose(text=text, options=_rows(figures))


def _rows(figures: Sequence[Figure]) -> tuple[Option, ...]:
    room = BUTTON_LABEL if len(figures) <= BUTTONS else ROW_LABEL
    return tuple(
        Option(key=f"n{at}", label=shortened(f"{at} {indicator(one.duty.name)}", room))
        for at, one in enumerate(figures, start=1)
    )


def _ask_decline(draft: Draft, desk: Desk) -> Question:
    card = find(str(draft.request), desk)
    if card is None:
        return _closed(texts.NO_REQUEST)
    if refusal := why_not(card, desk):
        return _closed(refusal)
    options = tuple(Option(key=key, label=label) for key, label in texts.DECLINE_REASONS.items())
    return Choose(text=texts.decline_question(request_text(card, desk)), options=(*options, _CANCEL), by_number=False)


def _ask_about(step: Step, draft: Draft, figure: Figure, desk: Desk) -> Question:
    pending = draft.pending
    match step:
        case Step.DOUBT if pending is not None:
            return ask_doubt(pending, figure.duty, figure.which)
        case Step.NOTE:
            return ask_note(figure.duty)
        case Step.REASON:
            options = tuple(Option(key=key, label=label) for key, label in texts.REASONS.items())
            return Choose(title=texts.figure_name(figure.duty, figure.which), text=texts.REASON, options=options)
        case Step.REVIEW:
            return _ask_review(draft, figure, desk)
        case Step.CONFIRM:
            return _ask_confirm(draft, figure, desk)
        case _:
            back = Option(key=BACK, label=BACK_LABEL)
            text = texts.value_question(figure.duty, figure.which)
            return Choose(title=texts.heading(figure.which), text=text, options=(_CANCEL, back), by_number=False)


def _ask_review(draft: Draft, figure: Figure, desk: Desk) -> Question:
    """Old and new with what follows, before it is sent."""
    duty, which = figure.duty, figure.which
    new = figure.value if draft.value is None else draft.value
    change = texts.change(duty, figure.value, new)
    effect = texts.effect(duty, which, duty.figures[which], figure_of(duty, which, new))
    text = texts.review(
        indicator(duty.name),
        (change[0].upper() + change[1:], effect),
        draft.reason,
        draft.note,
        _follows(figure, desk),
    )
    options = (Option(key="send", label=texts.SEND), _CANCEL)
    return Choose(title=texts.heading(which), text=text, options=options, by_number=False)


def _follows(figure: Figure, desk: Desk) -> str:
    given = given_of(figure, desk)
    if is_locked(figure, desk):
        return texts.to_be_asked(figure.which, names(desk.corrections.deciders(given, desk.person.id), desk))
    return texts.follows(given.standing, names(checkers_of(given, desk), desk))


def _ask_confirm(draft: Draft, figure: Figure, desk: Desk) -> Question:
    """An edited message: shall its figure follow?"""
    new = figure.value if draft.value is None else draft.value
    text = texts.offer(figure.duty, figure.which, figure.value, new)
    if is_locked(figure, desk):
        text = f"{text}\n{_follows(figure, desk)}"
    if needs_reason(figure, desk):
        text = f"{text}\n{texts.reason_needed()}"
    options = (Option(key="change", label=texts.change_label(new)), Option(key="keep", label=texts.KEEP))
    return Choose(text=text, options=options, by_number=False)
