"""Reading the sheet `Perlu dijawab` of a marked workbook: what a plan's file left open, and the answers beside it."""

from collections.abc import Mapping, Sequence

from bot.clock import machine_now
from bot.documents.answers_in_cells import answer_in_form, form_of
from bot.documents.numbers_in_cells import spelled
from bot.documents.workbook_cells import Row, complain_if_twice, shortened
from bot.documents.workbook_layout import ABOUTS, DIRECTIONS, MODES_IN_CELLS, NO, YES
from bot.documents.workbook_office import Titles
from domain.plan import About, GivenAnswer, IndicatorRow, OpenQuestion

BY = "berkas bertanda"
"""Who is said to have answered: the sheet does not ask for a name."""
_NOTHING = "kosong"


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
        if written or not _is_mended(row, question, by_code[code]):
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


def as_it_stands(about: About, indicator: IndicatorRow) -> str:
    """What a row of `Indikator` says of what is asked: written beside the question, so that a cell that was mended in
    its stead is noticed."""
    match about:
        case About.MODE:
            said = "" if indicator.mode is None else MODES_IN_CELLS[indicator.mode]
        case About.OWNER:
            said = indicator.post
        case About.NAME:
            said = indicator.name
        case About.UNIT:
            said = indicator.unit
        case About.DIRECTION:
            said = DIRECTIONS.word(indicator.polarity)
        case About.ANNUAL:
            said = "" if indicator.annual_target is None else spelled(indicator.annual_target)
        case About.TARGETS:
            said = "; ".join(f"{period.code}={spelled(target)}" for period, target in sorted(indicator.targets.items()))
        case About.REPEATED:
            said = YES if indicator.context else NO
    return said or _NOTHING


def _is_mended(row: Row, question: OpenQuestion, indicator: IndicatorRow) -> bool:
    before = row.paragraph("Terbaca")
    return bool(before) and before != as_it_stands(question.about, indicator)
