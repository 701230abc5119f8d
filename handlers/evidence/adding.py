"""Evidence that comes after the report: first for which figure, then the files; or files first, and then for which."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial

from pydantic import BaseModel, ConfigDict

from domain.evidence import EvidenceKind
from handlers.dialogue import Begin, Dialogue, Done, Next, Question, Retry, Said, Tap
from handlers.evidence.figures import OwnFigure, named, own_figure, own_figures
from handlers.evidence.pieces import (
    Intake,
    Piece,
    album_of,
    brings,
    note_warning,
    pieces_of,
    refused,
    take,
    takes_links,
    to_warn,
    with_warning,
)
from handlers.messages import (
    BUTTON_LABEL,
    BUTTONS,
    ROW_LABEL,
    Choose,
    Contact,
    Document,
    Edited,
    MediaFailed,
    Option,
    Outgoing,
    Photo,
    Say,
    Text,
)
from handlers.texts import evidence as texts
from handlers.texts import general
from handlers.texts.formats import indicator, shortened
from storage.desk import Desk

LOOSE = "lepas"
"""The subject of a conversation that began with files."""
_PAGE = 8
"""Figures that are offered at once: with "Lainnya" and "Nanti" the rows of a list."""


class Step(StrEnum):
    """FIGURE: for which figure? FILES: which pictures, files or links?"""

    FIGURE = "figure"
    FILES = "files"


class Draft(BaseModel):
    """`indicator` and `period` are the figure that was chosen; `loose` are pieces that wait for one; `words` narrow
    what is offered, of which `page` is shown."""

    model_config = ConfigDict(frozen=True)
    indicator: int = 0
    period: str = ""
    loose: tuple[Piece, ...] = ()
    intake: Intake = Intake()
    words: str = ""
    page: int = 0


Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]


# --- beginning ------------------------------------------------------------------------------------------------------


def choose_figure(words: str, desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing | None:
    """Ask for which figure, of those that the words name; at once for files where it is only one. None where the words
    name none of the person's own."""
    figures = own_figures(desk)
    if not figures:
        return None if words else Say(text=texts.NOTHING_OF_OWN)
    wanted = named(words, figures, desk) if words else figures
    if not wanted:
        return None
    if len(wanted) == 1:
        return files_for(wanted[0])
    return Begin(EVIDENCE, Step.FIGURE, Draft(words=words), anew=True)


def files_for(figure: OwnFigure) -> Begin[Step, Draft, Desk]:
    """Ask for the files of one figure."""
    return Begin(EVIDENCE, Step.FILES, _draft(figure), anew=True)


def _draft(figure: OwnFigure) -> Draft:
    return Draft(indicator=figure.duty.id, period=figure.period.code)


def sent_unasked(said: Photo | Document | Text, desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing | None:
    """What came while nothing was asked: for which figure is it? None for the rest of an album that was answered."""
    pieces = pieces_of(said)
    if not pieces:
        return Say(text=texts.BAD_LINK)
    if (of_album := desk.evidence.figure_of_album(album_of(said) or "", desk.person.id)) is not None:
        return _rest_of_album(pieces, of_album[0], of_album[1].code, desk)
    if not own_figures(desk):
        return Say(text=general.FILE_NOT_EXPECTED)
    if why := refused(pieces, desk):
        return Say(text=f"{texts.left_out(len(pieces), why, alone=True)} {texts.TYPE_TO_ADD}")
    intake = with_warning(Intake()) if to_warn(pieces, desk) else Intake()
    if note := note_warning(intake):
        note(desk)
    album = album_of(said)
    if not desk.evidence.file_follows(album):
        return Begin(
            EVIDENCE, Step.FIGURE, Draft(loose=pieces, intake=intake.answered(album)), LOOSE, intake.note(""), anew=True
        )
    return Begin(EVIDENCE, Step.FIGURE, Draft(loose=pieces, intake=intake), LOOSE, anew=True)


def _rest_of_album(pieces: Sequence[Piece], indicator_id: int, code: str, desk: Desk) -> Outgoing | None:
    """It belongs to the figure for which the others came."""
    figure = own_figure(indicator_id, code, desk)
    if figure is None:
        return Say(text=general.FILE_NOT_EXPECTED)
    taken, intake = take(pieces, figure.duty, figure.period, (), Intake(), desk)
    _keep(figure, taken, desk)
    return Say(text=intake.note("")) if intake.refused or intake.lines else None


def _keep(figure: OwnFigure, pieces: Sequence[Piece], desk: Desk) -> None:
    desk.add_evidence([piece.for_figure(figure.duty.id, figure.period) for piece in pieces])


def _keep_and_note(figure: OwnFigure, pieces: Sequence[Piece], note: Callable[[Desk], None] | None, desk: Desk) -> None:
    _keep(figure, pieces, desk)
    if note:
        note(desk)


# --- asking ---------------------------------------------------------------------------------------------------------


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    match step:
        case Step.FIGURE:
            return _ask_figure(draft, desk)
        case Step.FILES:
            figure = own_figure(draft.indicator, draft.period, desk)
            return _closed(texts.GONE) if figure is None else _ask_files(figure, desk)


def _closed(text: str) -> Question:
    return Choose(text=text, options=(Option(key="done", label=texts.FINISHED),))


def _offered(draft: Draft, desk: Desk) -> list[OwnFigure]:
    figures = own_figures(desk)
    return (named(draft.words, figures, desk) if draft.words else figures) or figures


def _page(draft: Draft, desk: Desk) -> list[OwnFigure]:
    return _offered(draft, desk)[draft.page * _PAGE : (draft.page + 1) * _PAGE]


def _ask_figure(draft: Draft, desk: Desk) -> Question:
    shown = _page(draft, desk)
    if not shown:
        return _closed(texts.NOTHING_OF_OWN)
    lines = [
        texts.figure_line(number, one.duty.name, one.period, one.pieces, texts.marked(one.lacks))
        for number, one in enumerate(shown, start=1)
    ]
    more = len(_offered(draft, desk)) > _PAGE
    room = BUTTON_LABEL if len(shown) + more <= BUTTONS else ROW_LABEL
    options = [
        Option(key=one.key, label=shortened(f"{number} {indicator(one.duty.name)}", room))
        for number, one in enumerate(shown, start=1)
    ]
    if more:
        options.append(Option(key="more", label=texts.MORE))
    kinds = Counter(piece.kind for piece in draft.loose)
    return Choose(text=texts.which_figure(lines, kinds), options=tuple(options))


def _ask_files(figure: OwnFigure, desk: Desk) -> Question:
    see = Option(key=f"!bukti:{figure.key}", label=texts.see_label(figure.pieces))
    options = (
        *((see,) if figure.pieces else ()),
        Option(key="done", label=texts.FINISHED),
        Option(key="other", label=texts.ANOTHER),
    )
    kinds, links = _kinds(figure, desk), takes_links(figure.duty, desk)
    text = texts.files_please(kinds, figure.lacks, figure.duty.demand, links=links)
    title = texts.figure_title(figure.duty.name, figure.period)
    return Choose(title=title, text=text, options=options, by_number=False)


def _kinds(figure: OwnFigure, desk: Desk) -> Mapping[EvidenceKind, int]:
    return desk.evidence.kinds([figure.duty.id]).get((figure.duty.id, figure.period), {})


# --- answers --------------------------------------------------------------------------------------------------------


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case Contact() | Edited():
            return Retry(general.no_answer(said))
        case MediaFailed():
            return _failed(step, draft, said, desk)
        case _ if step is Step.FIGURE:
            return _answer_figure(draft, said, desk)
        case _:
            return _answer_files(draft, said, desk)


def _failed(step: Step, draft: Draft, said: MediaFailed, desk: Desk) -> Reply:
    """A file that could not be taken is asked for again; what came with it stays."""
    if desk.evidence.file_follows(said.album) or draft.intake.is_told:
        return Retry(general.media_failed(said))
    note = f"{draft.intake.note('')}\n{general.media_failed(said)}"
    return Next(step, _with_intake(draft, draft.intake.answered(said.album)), note, instead=True)


def _with_intake(draft: Draft, intake: Intake) -> Draft:
    return draft.model_copy(update={"intake": intake})


def _answer_figure(draft: Draft, said: Said, desk: Desk) -> Reply:
    match said:
        case Photo() | Document() | Text() if brings(said):
            return _more_loose(draft, said, desk)
        case Tap(key="done"):
            return Done(lambda _desk: Say(text=texts.CANCELLED))
        case Tap(key="more"):
            pages = -(-len(_offered(draft, desk)) // _PAGE)
            return Next(Step.FIGURE, draft.model_copy(update={"page": (draft.page + 1) % pages}), instead=True)
        case Tap(key=key):
            indicator_id, _, code = key.partition(":")
            figure = own_figure(int(indicator_id), code, desk)
            return Retry(texts.PICK) if figure is None else _chosen(draft, figure, desk)
        case Text(body=body) if wanted := _meant(body, draft, desk):
            if len(wanted) == 1:
                return _chosen(draft, wanted[0], desk)
            return Next(Step.FIGURE, draft.model_copy(update={"words": body[:100], "page": 0}), instead=True)
        case _:
            return Retry(texts.PICK)


def _meant(words: str, draft: Draft, desk: Desk) -> list[OwnFigure]:
    """The figures that are named: of those that are offered, else of all of the person's own."""
    if not words.strip():
        return []
    return named(words, _offered(draft, desk), desk) or named(words, own_figures(desk), desk)


def _chosen(draft: Draft, figure: OwnFigure, desk: Desk) -> Reply:
    """What waited is kept for the figure, and that ends it; else its files are asked for."""
    if not draft.loose:
        return Next(Step.FILES, _draft(figure))
    taken, intake = take(draft.loose, figure.duty, figure.period, (), Intake(), desk)
    text = f"{intake.note(texts.about(figure.duty.name, figure.period))}\n{texts.TYPE_TO_ADD}"
    return Done(lambda _desk: Say(text=text), partial(_keep, figure, taken))


def _more_loose(draft: Draft, said: Photo | Document | Text, desk: Desk) -> Reply:
    """More came before it was said what for; an album is answered once."""
    pieces = [new for new in pieces_of(said) if not any(new.is_same(known) for known in draft.loose)]
    if not pieces and isinstance(said, Text):
        return Retry(texts.BAD_LINK)
    if why := refused(pieces, desk):
        return Retry(texts.left_out(len(pieces), why, alone=True))
    most = desk.office.rules.evidence.most
    if len(draft.loose) + len(pieces) > most:
        return Retry(texts.left_out(1, texts.at_most(most), alone=True))
    waiting = draft.model_copy(update={"loose": (*draft.loose, *pieces)})
    album = album_of(said)
    if desk.evidence.file_follows(album):
        return Next(Step.FIGURE, waiting, instead=True, quiet=True)
    is_late = bool(album) and draft.intake.album == album
    answered = _with_intake(waiting, draft.intake.answered(album))
    return Next(Step.FIGURE, answered, draft.intake.note(""), instead=True, quiet=is_late)


def _answer_files(draft: Draft, said: Said, desk: Desk) -> Reply:
    figure = own_figure(draft.indicator, draft.period, desk)
    if figure is None:
        return Done(lambda _desk: Say(text=texts.GONE))
    match said:
        case Photo() | Document() | Text() if brings(said):
            return _received(draft, figure, said, desk)
        case Tap(key="done"):
            text = texts.finished(figure.pieces, figure.duty.name, figure.period)
            return Done(lambda _desk: Say(text=text))
        case Tap(key="other"):
            return Next(Step.FIGURE, Draft())
        case _:
            return Retry(texts.send_or_finish(links=takes_links(figure.duty, desk)))


def _received(draft: Draft, figure: OwnFigure, said: Photo | Document | Text, desk: Desk) -> Reply:
    """What came is kept at once; what comes together is answered together."""
    pieces = pieces_of(said)
    if not pieces:
        return Retry(texts.BAD_LINK)
    album = album_of(said)
    taken, intake = take(pieces, figure.duty, figure.period, (), draft.intake, desk)
    if to_warn(taken, desk):
        intake = with_warning(intake)
    keep = partial(_keep_and_note, figure, taken, note_warning(intake))
    if desk.evidence.file_follows(album):
        return Next(Step.FILES, _with_intake(draft, intake), command=keep, instead=True, quiet=True)
    is_late = bool(album) and draft.intake.album == album
    answered = _with_intake(draft, intake.answered(album))
    quiet = is_late and not (intake.refused or intake.lines)
    return Next(Step.FILES, answered, intake.note(""), keep, instead=True, quiet=quiet)


def is_waiting(desk: Desk) -> bool:
    """Whether files were put off before it was said what for."""
    state = desk.conversation_state or {}
    return f"{EVIDENCE.name}:{LOOSE}" in state.get("trails", {})


def waiting() -> Begin[Step, Draft, Desk]:
    """Go on with what was put off."""
    return Begin(EVIDENCE, Step.FIGURE, Draft(), LOOSE)


EVIDENCE = Dialogue(
    "evidence",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.RESTART,
    cancelled=texts.CANCELLED,
    saved=texts.SAVED,
)
