""" "unduh": the official forms as files, for those who see the office; for who leads a section, that section's rows;
for who reports the whole budget, the RFK.

Its buttons last: `!unduh:<form>:<period>:<ending>:<post>`, each part empty until it is chosen; a section is told by the
first of its posts, and `lain` in place of a period asks for another one.
"""

from dataclasses import dataclass, replace

from domain.checked import least
from domain.forms.checks import checks_of
from domain.periods import Period, PeriodKind
from domain.roles import section_names
from handlers.form_files import FORM_FILES, file_name
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Choose, Form, Option, Outgoing, Say
from handlers.period_words import OfYear, read_period
from handlers.texts import downloads as texts
from handlers.texts import general
from handlers.texts.formats import period_with_year, shortened
from storage.desk import Desk
from storage.form_book import FORMS, FormBook, NoForm

_MOST_WORDS = 5
_OTHER = "lain"
_OF_MONEY = "rfk"
_SPELLINGS = {"tc29": ("t-c.29", "tc-29", "tc 29"), "renja": ("e81", "e.81", "evaluasi"), "renaksi": ("monitoring",)}
_ENDINGS = {"excel": "xlsx", "word": "docx", "cetak": "pdf"} | {ending: ending for ending in texts.FILES}


@dataclass(frozen=True)
class _Wish:
    """What is to be downloaded, as far as it is known. `post` stands for the section of that post, 0 for none."""

    form: str
    period: Period | None = None
    ending: str = ""
    post: int = 0
    asks_period: bool = False

    @property
    def key(self) -> str:
        """The button that goes on from here."""
        period = _OTHER if self.asks_period else self.period.code if self.period else ""
        parts = (self.form, period, self.ending, str(self.post or ""))
        return f"!unduh:{':'.join(parts).rstrip(':')}"


def takes(words: str) -> bool:
    """Whether words after "unduh" may name a form: a longer sentence only begins like it."""
    return len(words.split()) <= _MOST_WORDS


def may_download(desk: Desk) -> bool:
    """Who sees the office, leads a section or reports the whole budget."""
    return any(_may_have(desk, form) for form in FORMS)


def _may_have(desk: Desk, form: str) -> bool:
    """Whether a form is for this person: of the office, of the own section, or of the money they report."""
    if desk.sight.office or (form == _OF_MONEY and desk.sees_budget):
        return True
    return FORMS[form].by_section and bool(_sections(desk))


def download(desk: Desk, words: str) -> Outgoing:
    """Answer "unduh", its buttons, and "unduh" with the name of a form, a period and a file."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    if not may_download(desk):
        return Say(text=texts.NOT_YOURS)
    plain = " ".join(words.casefold().split())
    if not plain:
        return _forms(desk)
    wish = _pressed(plain) or _typed(desk, plain)
    return _forms(desk, texts.not_understood(shortened(words.strip(), 40))) if wish is None else _next(desk, wish)


def _next(desk: Desk, wish: _Wish) -> Outgoing:
    """What is still to be chosen, in order; the file when nothing is."""
    if not _may_have(desk, wish.form):
        return Say(text=texts.OFFICE_ONLY.format(texts.NAMES[wish.form]) if _sections(desk) else texts.NOT_YOURS)
    if not _has(desk, wish.form):
        return Say(text=texts.nothing(wish.form, _usual(desk, wish.form)))
    wish = _of_only_section(desk, wish)
    if FORMS[wish.form].by_section and not desk.sight.office and not wish.post:
        return _which_section(desk, wish)
    if wish.asks_period:
        return _which_period(desk, wish)
    chosen = replace(wish, period=wish.period or _usual(desk, wish.form))
    return _file(desk, chosen) if chosen.ending else _which_file(desk, chosen)


# --- what was said ----------------------------------------------------------------------------------------------------


def _pressed(words: str) -> _Wish | None:
    """The wish that a button carries; None for words that are none."""
    parts = [*words.split(":"), "", "", ""]
    form, period, ending, post = parts[:4]
    if form not in FORMS or len(parts) > 7 or (ending and ending not in FORM_FILES[form]):
        return None
    wish = _Wish(form, ending=ending, post=int(post) if post.isdecimal() else 0)
    if period == _OTHER:
        return replace(wish, asks_period=True)
    try:
        return replace(wish, period=Period.parse(period.upper())) if period else wish
    except ValueError:
        return None


def _typed(desk: Desk, words: str) -> _Wish | None:
    """`renja tw i pdf`: a form, then a period and a file where they are said; None for anything else."""
    named = ((form, name) for form in FORMS for name in (form, *_SPELLINGS.get(form, ())))
    found = next(((form, words[len(name) :]) for form, name in named if f"{words} ".startswith(f"{name} ")), None)
    if found is None:
        return None
    form, rest = found[0], found[1].split()
    ending = _ENDINGS.get(rest[-1], "") if rest else ""
    said = " ".join(rest[:-1] if ending else rest)
    period = read_period(said, lambda of_year: _of_plan(desk, of_year)) if said else None
    return None if said and period is None else _Wish(form, period, ending)


# --- what is still to be chosen ---------------------------------------------------------------------------------------


def _forms(desk: Desk, hint: str = "") -> Choose:
    theirs = [form for form in FORMS if _may_have(desk, form) and _has(desk, form)]
    example = next(iter(theirs), next(iter(FORMS)))
    which = texts.WHICH_FORM.format(example, texts.PERIOD_EXAMPLES[FORMS[example].periods[0]])
    options = (Option(key=_Wish(form).key, label=texts.NAMES[form], hint=texts.ABOUT[form]) for form in theirs)
    return Choose(text=f"{hint} {which}".strip(), options=tuple(options), by_number=False)


def _has(desk: Desk, form: str) -> bool:
    """Whether the office has what stands in a form at all."""
    match form:
        case "rfk":
            return bool(desk.budget)
        case "paten":
            return any(duty.service for duty in desk.office_duties)
        case _:
            return bool(desk.office_duties)


def _which_section(desk: Desk, wish: _Wish) -> Choose:
    posts = list(_sections(desk).items())[:ROWS]
    room = ROW_LABEL if len(posts) > BUTTONS else BUTTON_LABEL
    options = (
        Option(key=replace(wish, post=post).key, label=shortened(name, room), hint=shortened(name, ROW_HINT))
        for name, post in posts
    )
    return Choose(text=texts.WHICH_SECTION, options=tuple(options), by_number=False)


def _which_period(desk: Desk, wish: _Wish) -> Choose:
    """The newest periods of that form; older ones are typed."""
    kinds = FORMS[wish.form].periods
    options = tuple(
        Option(key=replace(wish, period=period, asks_period=False).key, label=period_with_year(period))
        for period in _periods(desk, kinds)[:ROWS]
    )
    text = texts.WHICH_PERIOD.format(texts.NAMES[wish.form], wish.form, texts.PERIOD_EXAMPLES[kinds[0]])
    return Choose(text=text, options=options, by_number=False)


def _which_file(desk: Desk, wish: _Wish) -> Outgoing:
    assert wish.period is not None
    endings = FORM_FILES[wish.form]
    files = tuple(Option(key=replace(wish, ending=ending).key, label=texts.FILES[ending]) for ending in endings)
    other = Option(key=replace(wish, period=None, asks_period=True).key, label=texts.OTHER_PERIOD)
    return Choose(
        title=texts.heading(wish.form, wish.period, _section(desk, wish)),
        text=texts.WHICH_FILE if "pdf" in endings else texts.WHICH_DATA,
        options=(*files, other),
        by_number=False,
    )


def _file(desk: Desk, wish: _Wish) -> Outgoing:
    """The form, kept under a number and made into a file when it is sent; or why there is none."""
    assert wish.period is not None
    form, period, section = wish.form, wish.period, _section(desk, wish)
    if wish.ending not in FORM_FILES[form]:
        return Say(text=texts.other_file(form, wish.ending, FORM_FILES[form]))
    book = FormBook(desk)
    figures = book.figures(form, period, section)
    if isinstance(figures, NoForm):
        return Say(text=_refusal(figures, form, period))
    number = book.keep(form, period, figures, section)
    return Form(
        form=form,
        snapshot=number,
        ending=wish.ending,
        name=file_name(form, period.code, number, wish.ending),
        caption=texts.caption(form, period, section, wish.ending, number, least(checks_of(figures))),
    )


def _refusal(why: NoForm, form: str, period: Period) -> str:
    match why:
        case NoForm.LENGTH:
            return texts.wrong_length(form, FORMS[form].periods)
        case NoForm.SECTION | NoForm.UNKNOWN:
            return texts.SECTION_GONE
        case NoForm.NOT_BEGUN:
            return texts.NOT_BEGUN.format(period_with_year(period))
        case NoForm.NOTHING:
            return texts.nothing(form, period)


# --- sections ---------------------------------------------------------------------------------------------------------


def _sections(desk: Desk) -> dict[str, int]:
    """The sections that the person leads and that have anything to report, with the first post of each."""
    busy = set(desk.pictures.sections)
    firsts: dict[str, int] = {}
    for post_id, name in section_names(desk.organisation.posts.values()).items():
        if name in busy and name in desk.sight.sections:
            firsts.setdefault(name, post_id)
    return firsts


def _of_only_section(desk: Desk, wish: _Wish) -> _Wish:
    """Of the only section where there is but one, of none for who sees the office or does not lead that of `post`, and
    for a form that is made of the whole office only."""
    is_whole = desk.sight.office or not FORMS[wish.form].by_section
    posts = () if is_whole else tuple(_sections(desk).values())
    only = posts[0] if len(posts) == 1 else 0
    return replace(wish, post=only or (wish.post if wish.post in posts else 0))


def _section(desk: Desk, wish: _Wish) -> str:
    """The name of the section of a wish, empty for the whole office."""
    return section_names(desk.organisation.posts.values())[wish.post] if wish.post else ""


# --- periods ----------------------------------------------------------------------------------------------------------


def _usual(desk: Desk, form: str) -> Period:
    """The newest period that has ended, of the length the form is usually made for; the running one before that."""
    begun = _periods(desk, FORMS[form].periods[:1])
    return next((period for period in begun if period.end < desk.today), begun[0])


def _periods(desk: Desk, kinds: tuple[PeriodKind, ...]) -> list[Period]:
    """The periods of these lengths that have begun, in the years of the office's plans: those that have ended first,
    the newest at the head."""
    every = (one for year in _years(desk) for kind in kinds for one in Period.whole_year(year).split(kind))
    begun = sorted((one for one in every if one.start <= desk.today), reverse=True)
    return sorted(begun, key=lambda one: one.end >= desk.today) or [Period.whole_year(desk.today.year)]


def _of_plan(desk: Desk, of_year: OfYear) -> Period:
    """A period that was named without its year: the newest that has begun and that the office has a plan for."""
    named = (of_year(year) for year in sorted(_years(desk), reverse=True))
    return next((period for period in named if period.start <= desk.today), of_year(desk.today.year))


def _years(desk: Desk) -> set[int]:
    """The years of the office's plans."""
    return {*desk.plan_years, *(line.year for line in desk.budget)}
