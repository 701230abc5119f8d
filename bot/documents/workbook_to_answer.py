"""Reading the sheet `Perlu dijawab` of a marked workbook: what a plan's file left open, and the answers beside it."""

from collections.abc import Mapping, Sequence

from bot.clock import machine_now
from bot.documents.answers_in_cells import answer_in_form, form_of
from bot.documents.workbook_cells import Row, complain_if_twice, shortened
from bot.documents.workbook_layout import ABOUTS
from bot.documents.workbook_office import Titles
from domain.periods import Period
from domain.plan import About, GivenAnswer, IndicatorRow, OpenQuestion

BY = "berkas bertanda"
"""Who is said to have answered: the sheet does not ask for a name."""


def read_to_answer(
    rows: Sequence[Row], by_code: Mapping[str, IndicatorRow], titles: Titles, year: int
) -> tuple[tuple[OpenQuestion, ...], tuple[GivenAnswer, ...]]:
    """The questions and the answers that were filled in. A question that was answered by mending the cell that it is
    about is one no more."""
    questions: list[OpenQuestion] = []
    answers: list[GivenAnswer] = []
    seen: dict[object, Row] = {}
    for row in rows:
        code = row.line("Kode", required=True)
        about = row.choice("Perihal", ABOUTS, About.MODE, required=True)
        complain_if_twice(row, "Perihal", (code, about), seen)
        if code not in by_code:
            row.complain("Kode", f'Kode "{shortened(code)}" tidak ada di lembar Indikator, mohon jangan diubah.')
            continue
        question = _question(row, code, about, titles, year)
        written = row.paragraph("Jawaban")
        if written:
            answers.append(_given(row, question, _in_form(row, "Jawaban", about, written, titles, year)))
        if written or not _is_mended(question, by_code[code]):
            questions.append(question)
    return tuple(questions), tuple(answers)


def _question(row: Row, code: str, about: About, titles: Titles, year: int) -> OpenQuestion:
    options = [option.strip() for option in row.paragraph("Pilihan").splitlines() if option.strip()]
    return OpenQuestion(
        code,
        about,
        row.paragraph("Pertanyaan", required=True),
        _in_form(row, "Usulan", about, row.paragraph("Usulan"), titles, year),
        tuple(_in_form(row, "Pilihan", about, option, titles, year) for option in options),
        row.line("Tempat") or row.place,
    )


def _in_form(row: Row, header: str, about: About, written: str, titles: Titles, year: int) -> str:
    """An answer in the form of its `About`; blank stays blank, and what does not fit is complained about."""
    answer = answer_in_form(about, written, titles, year) if written else ""
    if answer is None:
        row.complain(header, f'"{shortened(written)}" tidak sesuai, mohon isi dengan {form_of(about, year)}.')
    return answer or ""


def _given(row: Row, question: OpenQuestion, value: str) -> GivenAnswer:
    today = machine_now().date()
    return GivenAnswer(question.indicator, question.about, value, BY, today, place=row.at("Jawaban"))


def _is_mended(question: OpenQuestion, indicator: IndicatorRow) -> bool:
    """Whether a cell that was blank because of the question is filled in."""
    match question.about:
        case About.MODE:
            return indicator.mode is not None
        case About.OWNER:
            return indicator.post is not None
        case About.ANNUAL:
            return indicator.annual_target is not None
        case About.TARGETS if question.proposal:
            periods = [Period.parse(part.partition("=")[0].strip()) for part in question.proposal.split(";")]
            return all(period in indicator.targets for period in periods)
        case _:
            return False
