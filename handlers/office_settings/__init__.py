""" "atur tenggat": the admin changes one setting of the office at a time, and sees the next month's dates before it
holds."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.refusals import BadSetting
from handlers.dialogue import BACK, Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.messages import Choose, Contact, Edited, MediaFailed, Option, Outgoing, Say, Text
from handlers.office_settings.catalogue import BY_KEY, SETTINGS, Choice, Setting, choice_of, find
from handlers.office_settings.preview import compared, next_month
from handlers.texts import general
from handlers.texts import office_settings as texts
from handlers.texts.refusals import refusal
from storage.desk import Desk

__all__ = ["SETTINGS_TALK", "Draft", "Step", "start"]

_CHOICE = "c"
"""Keys of offered values: `c0`, `c1` ..."""


class Step(StrEnum):
    """SETTING: which one? VALUE: what should it be? CONFIRM: with these dates?"""

    SETTING = "setting"
    VALUE = "value"
    CONFIRM = "confirm"


class Draft(BaseModel):
    """`setting` is a key of the catalogue, `words` what was typed for it: it is read anew when it is saved, so that
    what somebody else changed meanwhile stays. `page` is that of the list, from 0."""

    model_config = ConfigDict(frozen=True)
    setting: str = SETTINGS[0].key
    words: str = ""
    page: int = 0


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


def start(desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing:
    """Show everything that can be set; only for the admin."""
    return Begin(SETTINGS_TALK, Step.SETTING, Draft()) if desk.is_admin else Say(text=texts.ADMIN_ONLY)


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    setting = BY_KEY.get(draft.setting, SETTINGS[0])
    match step:
        case Step.SETTING:
            return _overview(desk, draft.page)
        case Step.VALUE:
            return _value_question(setting, desk)
        case Step.CONFIRM:
            return _preview(setting, draft.words, desk)


def _overview(desk: Desk, page: int) -> Question:
    pages = _pages(desk)
    close = Option(key="close", label=texts.CLOSE)
    turn = Option(key="more", label=texts.FIRST if page + 1 >= len(pages) else texts.MORE)
    options = (turn, close) if len(pages) > 1 else (close,)
    shown = pages[min(page, len(pages) - 1)]
    return Choose(title=texts.TITLE, text=texts.overview(shown), options=options, by_number=False)


def _pages(desk: Desk) -> list[list[str]]:
    """Everything that can be set, on as many pages as it takes."""
    present = choice_of(desk)
    return texts.pages([(setting.label, setting.value(present)) for setting in SETTINGS])


def _value_question(setting: Setting, desk: Desk) -> Question:
    options = [Option(key=f"{_CHOICE}{index}", label=choice) for index, choice in enumerate(setting.choices)]
    options.append(Option(key=BACK, label=texts.BACK_LABEL))
    text = texts.value_question(setting.value(choice_of(desk)), setting.example)
    return Choose(title=setting.label, text=text, options=tuple(options), by_number=False)


def _preview(setting: Setting, words: str, desk: Desk) -> Question:
    present = choice_of(desk)
    chosen = _read(setting, words, present)
    if not isinstance(chosen, Choice):
        return _value_question(setting, desk)
    month = next_month(desk.today, chosen.rules.begins)
    text = texts.preview(setting.value(chosen), setting.value(present), month, compared(desk, chosen))
    options = (Option(key="save", label=texts.SAVE), Option(key=BACK, label=texts.AGAIN))
    return Choose(title=setting.label, text=text, options=options)


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    if not desk.is_admin:
        return Done(lambda _desk: Say(text=texts.ADMIN_ONLY))
    setting = BY_KEY.get(draft.setting, SETTINGS[0])
    match said:
        case Tap(key="close"):
            return Done(lambda _desk: Say(text=texts.CLOSED))
        case Tap(key="more"):
            return Next(Step.SETTING, Draft(page=_next_page(draft.page, desk)), instead=True)
        case Tap(key="save"):
            return _save(setting, draft.words, desk)
        case Tap(key=key) if key.startswith(_CHOICE):
            return _typed(setting, setting.choices[int(key.removeprefix(_CHOICE))], desk)
        case Text(body=body) if step is Step.SETTING:
            found = find(body)
            return Retry(texts.NO_SUCH) if found is None else Next(Step.VALUE, Draft(setting=found.key))
        case Text(body=body) if step is Step.VALUE:
            return _typed(setting, body, desk)
        case MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case _:
            return Retry(_how_to_answer(step, setting))


def _next_page(page: int, desk: Desk) -> int:
    return (page + 1) % len(_pages(desk))


def _how_to_answer(step: Step, setting: Setting) -> str:
    match step:
        case Step.SETTING:
            return texts.NO_SUCH
        case Step.VALUE:
            return texts.not_read(setting.example)
        case Step.CONFIRM:
            return texts.SAVE_OR_AGAIN


def _read(setting: Setting, words: str, present: Choice) -> Choice | str:
    """The new choice, or why the words make none."""
    try:
        return setting.read(words, present) or texts.not_read(setting.example)
    except BadSetting as refused:
        return refusal(refused)


def _typed(setting: Setting, words: str, desk: Desk) -> Reply:
    present = choice_of(desk)
    chosen = _read(setting, words, present)
    if isinstance(chosen, str):
        return Retry(chosen)
    if chosen == present:
        return Retry(texts.SAME)
    return Next(Step.CONFIRM, Draft(setting=setting.key, words=words))


def _save(setting: Setting, words: str, desk: Desk) -> Reply:
    """The setting is read and changed in one transaction, upon what the office has chosen by then."""
    chosen = _read(setting, words, choice_of(desk))
    if isinstance(chosen, str):
        return Next(Step.VALUE, Draft(setting=setting.key), chosen, instead=True)
    return Done(
        lambda _desk: Say(text=texts.saved(setting.label, setting.value(chosen))),
        lambda desk: desk.settings.choose(chosen.rules, chosen.zone),
    )


def _labels(step: Step) -> tuple[str, ...]:
    """What may be typed while the list is shown; "Bukti" is also a word of the menu."""
    return tuple(setting.label for setting in SETTINGS) if step is Step.SETTING else ()


SETTINGS_TALK = Dialogue(
    "office_settings",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_SETTINGS,
    cancelled=texts.CANCELLED,
    can_wait=False,
    listed=_labels,
)
