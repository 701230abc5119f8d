"""What the conversation about people and posts shows at each step."""

from datetime import date, timedelta

from domain.appointments import PLT_MONTHS, PLT_MOST_MONTHS, Change, acting_until
from domain.periods import Period, PeriodKind
from handlers.absence_notices import name_of
from handlers.dialogue import BACK, CANCEL, Question
from handlers.messages import Choose, Option, Say
from handlers.staff import choices
from handlers.staff.outcome import outcome
from handlers.staff.steps import (
    CAPACITIES,
    Draft,
    Step,
    entered_already,
    extends,
    left_by_newcomer,
    takes_over_on,
    tenure_of,
)
from handlers.texts import staff as texts
from handlers.texts.formats import day
from handlers.texts.formats import post as post_title
from storage.desk import Desk

_CLOSE = Option(key="close", label=texts.CLOSE)
PERSON_EXTRAS = (Option(key="new", label=texts.SOMEBODY_NEW), Option(key="nobody", label=texts.NOBODY))


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The open question, as things stand now."""
    match step:
        case Step.MENU:
            return _ask_menu(desk)
        case Step.WHO:
            rows = choices.tenure_rows(choices.tenures_to_leave(desk), desk)
            return _listed(draft, rows, texts.WHO_LEAVES)
        case Step.POST:
            rows = choices.post_rows(choices.posts_for(draft, desk), desk)
            return _listed(draft, rows, texts.which_post(draft.change))
        case Step.PRESENT:
            return _ask_present(draft, desk)
        case Step.FIRST:
            return _titled(draft, texts.first_day(_title(draft, desk)), first_days(draft, desk), by_number=False)
        case Step.LAST:
            return _ask_last(draft, desk)
        case Step.WHERE:
            both = (Option(key="inside", label=texts.INSIDE), Option(key="outside", label=texts.OUTSIDE))
            return _titled(draft, texts.where_to(leaver_name(draft, desk)), both)
        case Step.TARGET:
            rows = choices.post_rows([post for post in choices.open_posts(desk) if post.id != draft.post], desk)
            return _listed(draft, rows, texts.target(leaver_name(draft, desk)))
        case Step.PERSON:
            return _ask_person(draft, desk)
        case Step.NAME:
            return Say(title=_heading(draft), text=texts.WHAT_IS_THE_NAME)
        case Step.SALUTATION:
            three = (Option(key="Bu", label="Bu"), Option(key="Pak", label="Pak"), _none(texts.NO_SALUTATION))
            return _titled(draft, texts.salutation(draft.name), three)
        case Step.PHONE:
            return _titled(draft, texts.phone(draft.name), (_none(texts.NO_PHONE),), by_number=False)
        case Step.KEEPS:
            return _ask_keeps(draft, desk)
        case Step.TITLE:
            return Say(title=_heading(draft), text=texts.new_title(_title(draft, desk)))
        case Step.ROLE:
            roles = tuple(Option(key=role.value, label=texts.ROLES[role]) for role in choices.roles(desk))
            return _titled(draft, texts.which_role(draft.title), roles)
        case Step.SUPERIOR:
            rows = choices.post_rows(choices.superiors_for(draft, desk), desk)
            return _listed(draft, rows, texts.which_superior(draft.title or _title(draft, desk)))
        case Step.UNIT:
            return _ask_unit(draft, desk)
        case Step.HEIR:
            rows = choices.post_rows([post for post in choices.open_posts(desk) if post.id != draft.post], desk)
            indicators = desk.staff.indicators_of(draft.post)
            return _listed(draft, rows, texts.heir(_title(draft, desk), indicators))
        case Step.CONFIRM:
            return _ask_confirm(draft, desk)


def _ask_menu(desk: Desk) -> Question:
    posts = choices.open_posts(desk)
    vacant = [post.title for post in posts if post.id not in desk.holders]
    changes = tuple(Option(key=change.value, label=label) for change, label in texts.LABELS.items())
    return Choose(text=texts.overview(len(posts), vacant), options=changes)


def _ask_present(draft: Draft, desk: Desk) -> Question:
    card = entered_already(draft, desk)
    if card is None:
        return Choose(text=texts.GONE, options=(_CLOSE,))
    name, title = name_of(desk, card.person_id), choices.title_of(desk, card.post_id)
    if draft.change is Change.TRANSFER and card.ends is not None:
        two = (Option(key="another_day", label=texts.ANOTHER_DAY), Option(key="call_off", label=texts.CALL_OFF))
        return _titled(draft, texts.ends_already(name, title, card.ends), two)
    text = texts.acts_already(name, post_title(title, card.capacity), card.starts, card.ends)
    return _titled(draft, text, (Option(key="extend", label=texts.EXTEND), Option(key="end", label=texts.END_NOW)))


def _ask_last(draft: Draft, desk: Desk) -> Question:
    card = tenure_of(draft, desk)
    options = last_days(draft, desk)
    if draft.change is Change.TRANSFER:
        text = texts.last_day(leaver_name(draft, desk), _title(draft, desk))
    elif card is not None and card.ends is not None:
        text = texts.extended_until(card.ends, most_of(draft, desk))
    elif draft.change is Change.PLT:
        text = texts.plt_until(draft.first or desk.today, most_of(draft, desk))
    else:
        text = texts.until_when(draft.first or desk.today)
    return _titled(draft, text, options, by_number=False)


def _ask_person(draft: Draft, desk: Desk) -> Question:
    rows = choices.people_rows(choices.candidates(draft, desk), desk)
    capacity = CAPACITIES.get(draft.change)
    if capacity is not None:
        text = texts.who_acts(capacity, _title(draft, desk))
        return _titled(draft, text, choices.options(rows, draft.page))
    text = texts.successor(_title(draft, desk), takes_over_on(draft, desk))
    extras = PERSON_EXTRAS if draft.change is Change.TRANSFER else PERSON_EXTRAS[:1]
    return _titled(draft, text, choices.options(rows, draft.page, extras))


def _ask_keeps(draft: Draft, desk: Desk) -> Question:
    titles = [choices.title_of(desk, card.post_id) for card in left_by_newcomer(draft, desk)]
    two = (Option(key="leaves", label=texts.LEAVES), Option(key="keeps", label=texts.KEEPS))
    return _titled(draft, texts.keeps(name_of(desk, draft.person), titles), two)


def _ask_unit(draft: Draft, desk: Desk) -> Question:
    rows = [choices.Row(f"u{unit}", unit) for unit in choices.units(desk)]
    options = choices.options(rows, draft.page, (_none(texts.OF_KECAMATAN),))
    return _titled(draft, texts.which_unit(draft.title or _title(draft, desk)), options)


def _ask_confirm(draft: Draft, desk: Desk) -> Question:
    found = outcome(draft, desk)
    if found is None:
        return Choose(text=texts.GONE, options=(_CLOSE,))
    options = (
        Option(key="save", label=texts.SAVE),
        Option(key=BACK, label=texts.BACK),
        Option(key=CANCEL, label=texts.CANCEL),
    )
    return _titled(draft, "\n".join(found.lines), options)


# --- their parts ------------------------------------------------------------------------------------------------------


def _listed(draft: Draft, rows: tuple[choices.Row, ...], text: str) -> Question:
    """A question with a list whose rows say more than a button can."""
    return _titled(draft, f"{choices.numbered(rows, draft.page)}\n{text}", choices.options(rows, draft.page))


def _titled(draft: Draft, text: str, options: tuple[Option, ...], *, by_number: bool = True) -> Question:
    return Choose(title=_heading(draft), text=text, options=options, by_number=by_number)


def _heading(draft: Draft) -> str:
    return texts.LABELS[draft.change]


def _title(draft: Draft, desk: Desk) -> str:
    return choices.title_of(desk, draft.post)


def _none(label: str) -> Option:
    return Option(key="none", label=label)


def leaver_name(draft: Draft, desk: Desk) -> str:
    """Who leaves the post."""
    card = tenure_of(draft, desk)
    return "" if card is None else name_of(desk, card.person_id)


def most_of(draft: Draft, desk: Desk) -> date:
    """The last day on which a Plt may act: at first three months, with the extension six from the first day on."""
    card = tenure_of(draft, desk)
    if extends(draft) and card is not None:
        return acting_until(card.starts, PLT_MOST_MONTHS)
    return acting_until(draft.first or desk.today, PLT_MONTHS)


def first_days(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """Today, tomorrow and the first of next month; of a post that is held until a day, the day after that first."""
    free = choices.vacant_from(draft.post, desk) if draft.change in (Change.PLT, Change.FILL) else None
    today = desk.today
    month = Period.of_day(today, PeriodKind.MONTH).end + timedelta(days=1)
    days = [today, today + timedelta(days=1), month] if free is None or free <= today else [free]
    return tuple(_day(one, today) for one in dict.fromkeys(days))


def last_days(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """The likeliest last days."""
    today = desk.today
    if draft.change is Change.TRANSFER:
        month = Period.of_day(today, PeriodKind.MONTH)
        return tuple(_day(one, today) for one in dict.fromkeys((today, month.end)))
    if draft.change is Change.PLT:
        return (_day(most_of(draft, desk), today),)
    card = tenure_of(draft, desk)
    first = draft.first or (None if card is None else card.ends) or today
    days = (first, first + timedelta(days=6), acting_until(first, 1))
    return tuple(_day(one, today) for one in days if card is None or one > first)


def _day(which: date, today: date) -> Option:
    label = {today: texts.TODAY, today + timedelta(days=1): texts.TOMORROW}.get(which, day(which))
    return Option(key=which.isoformat(), label=label)
