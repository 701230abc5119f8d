"""The messages that Meta approves: by its rules, filled in, and shortened where they would be too long."""

from typing import Any

import pytest

from bot.channels.whatsapp.templates import CATALOGUE, Letter, Template, letter_of
from handlers.messages import BODY_LIMIT, Chart, Notice, Option
from tests.bot.whatsapp.graph_rules import KnownTemplate, Refusal, Upload, check_message, check_new_template

UPLOADS = {"1": Upload(b"\x89PNG", "image/png")}


def submitted(template: Template) -> dict[str, Any]:
    """What is posted to Meta, with an example of the picture."""
    components = [
        {**one, "example": {"header_handle": ["4::aW1hZ2U="]}} if one["type"] == "HEADER" else one
        for one in template.components()
    ]
    return {"name": template.name, "language": "id", "category": "UTILITY", "components": components}


def taken(letter: Letter) -> str:
    """Have the emulated API take a letter; return what the person reads."""
    template = letter.template
    known = KnownTemplate(template.name, "id", "UTILITY", template.components())
    components = letter.components("1" if template.has_picture else "")
    content = {"name": template.name, "language": {"code": "id"}, "components": components}
    message = {"messaging_product": "whatsapp", "to": "6281200000001", "type": "template", "template": content}
    check_message(message, UPLOADS, [known])
    return template.filled(letter.params)


def letter(message: Notice | Chart) -> Letter:
    found = letter_of(message)
    assert found is not None
    return found


@pytest.mark.parametrize("template", CATALOGUE.values(), ids=lambda template: template.notice)
def test_meta_would_review_it(template: Template) -> None:
    check_new_template(submitted(template))


@pytest.mark.parametrize("template", CATALOGUE.values(), ids=lambda template: template.notice)
def test_it_is_taken_with_its_own_examples(template: Template) -> None:
    taken(Letter(template, template.examples, tuple(reply.word for reply in template.replies)))


@pytest.mark.parametrize("template", CATALOGUE.values(), ids=lambda template: template.notice)
def test_however_long_its_parameters_are_it_fits(template: Template) -> None:
    notice = Notice(name=template.notice, params=("kata " * 400,) * len(template.examples), text="x")
    assert len(taken(letter(notice))) <= BODY_LIMIT


def test_the_longest_parameter_alone_is_shortened_and_shows_it() -> None:
    note = Notice(name="note", params=("Pak Camat", "Buku wajib", "kata " * 400), text="x")
    author, name, words = letter(note).params
    assert (author, name, words[-1]) == ("Pak Camat", "Buku wajib", "…")
    assert BODY_LIMIT - 2 <= len(taken(letter(note))) <= BODY_LIMIT


@pytest.mark.parametrize(
    ("param", "shown"),
    [
        ("satu\ndua\t tiga      empat", "satu dua tiga empat"),
        ("", "-"),
        ("*tebal* dan _miring_", "∗tebal∗ dan ˍmiringˍ"),
        ("Mohon lampirkan foto.", "Mohon lampirkan foto"),
    ],
)
def test_parameters_are_what_meta_takes(param: str, shown: str) -> None:
    note = Notice(name="note", params=("Pak Camat", "Buku wajib", param), text="x")
    assert letter(note).params[2] == shown
    assert f": {shown}.\nBalas" in taken(letter(note))


def test_a_button_of_the_notice_keeps_what_it_does() -> None:
    options = (Option(key="!setuju:7", label="Setuju"), Option(key="!tolak:7", label="Tolak"))
    asked = Notice(name="more_time", params=("Sari", "Kasi", "Maret", "Jumat"), text="x", options=options)
    assert letter(asked).payloads == ("!setuju:7", "!tolak:7")


def test_only_the_weekly_picture_has_a_template() -> None:
    weekly = Chart(chart="overview", snapshot=1, title="Yth. Pak Camat, ringkasan Senin", caption="a.\nb\n\nc.")
    assert letter(weekly).params == ("Yth. Pak Camat, ringkasan Senin", "a · b · c")
    taken(letter(weekly))
    assert letter_of(Chart(chart="section", snapshot=1, title="Seksi", caption="x")) is None
    assert letter_of(Chart(chart="overview", snapshot=1, caption="x")) is None


@pytest.mark.parametrize(
    "body",
    ["{{1}} di awal ini tidak boleh", "Di akhir tidak boleh {{1}}.", "Dua {{1}} {{2}} bersebelahan tidak boleh ya"],
)
def test_the_rules_refuse_what_meta_refuses(body: str) -> None:
    examples = ("a",) if "{{2}}" not in body else ("a", "b")
    with pytest.raises(Refusal):
        check_new_template(submitted(Template("uji", body, examples)))
