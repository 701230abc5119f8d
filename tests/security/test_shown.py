"""What people enter is shown as they entered it: it forms nothing, hides nothing, and turns nothing round."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from bot.channels.telegram import rendering as telegram
from bot.channels.whatsapp import rendering as whatsapp
from domain.shown import shown
from handlers.messages import Option, Text
from storage.engine import writing
from storage.tables import Outbox, table
from tests.bot.telegram.telegram_html import parse_html
from tests.bot.test_isolation import OFFICE, PERSON, ROW, SAID, STORY, TITLE, Place, marked, photo
from tests.joined import join
from tests.offices import WITH_BUDGET, make_office

EVIL = '<b>Zaq</b> &lt;i&gt; *t* _m_ `k` <a href="http://contoh.invalid">z</a> [z](http://contoh.invalid)\u202e\u2066\x1b\x07'
SHORT = "<b>Z</b> *t* _m_\u202e\x07"
"""The same for what must fit on a button."""
UNSEEN = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PAIR = re.compile(r"(?<!\w)([*_~])(?=\S)([^\n]*?)(?<=\S)\1(?!\w)")
_outbox = table(Outbox)
odd = st.text(
    alphabet=st.sampled_from("ab1 .,\n<>&;/'\"=*_~`[]()@#\u202e\u2066\u200f\x07\x1b\r\t"), min_size=1, max_size=24
)


@given(odd, odd, odd, odd)
def test_words_form_nothing_on_telegram(text: str, title: str, label: str, hint: str) -> None:
    option = Option(key="k", label=label[:20], hint=hint)
    seen = parse_html(telegram.body(text, title, (option,)))
    assert {entity["type"] for entity in seen.entities} <= {"bold"}
    assert {*seen.marked("bold")} <= {shown(title), shown(option.label)}
    assert seen.text == "\n".join([shown(title), shown(text), "", f"{shown(option.label)}: {shown(hint)}"])
    assert not UNSEEN.search(seen.text)
    [[button]] = telegram.keyboard((option,))["inline_keyboard"]  # pyright: ignore[reportOptionalSubscript]
    assert button["text"] and "url" not in button and not UNSEEN.search(button["text"])


@given(odd, odd, odd)
def test_words_form_nothing_on_whatsapp(text: str, label: str, hint: str) -> None:
    option = Option(key="k", label=label[:20], hint=hint)
    asked = whatsapp.asked(text, "", (option,))
    assert not _PAIR.search(asked.body) and "`" not in asked.body
    assert not UNSEEN.search(asked.body)
    for section in whatsapp.as_list((option,)).sections:
        for row in section.rows:
            assert row.title and not UNSEEN.search(row.title + (row.description or ""))


# --- one office whose every word is hostile ------------------------------------------------------------------------


def hostile(held: Any) -> Any:
    """The same plan with hostile words for the marks in it."""
    match held:
        case str():
            words = {OFFICE: f"Kantor {SHORT}", TITLE: SHORT, PERSON: SHORT, ROW: EVIL, SAID: EVIL}
            return re.sub("|".join(words), lambda found: words[found[0]], held)
        case tuple():
            return tuple(hostile(one) for one in held)
        case dict():
            return {hostile(key): hostile(value) for key, value in held.items()}
        case _ if is_dataclass(held) and not isinstance(held, type):
            return replace(held, **{one.name: hostile(getattr(held, one.name)) for one in fields(held) if one.init})
        case _:
            return held


@pytest.fixture
def said(engine: Engine) -> Iterator[list[dict[str, Any]]]:
    """Everything that the assistant ever says in such an office to whom enters such words."""
    with writing(engine) as connection:
        own = make_office(connection, name=f"Kantor {SHORT}", plan=hostile(marked(WITH_BUDGET)))
        place = Place(connection, own, own)
        for key, person_id in own.people.items():
            join(connection, own.id, person_id, key.split()[0], place.now)
        for name, line in STORY:
            words = line.replace(SAID, EVIL)
            place.say(name.split()[0], photo(words) if line.startswith("[foto") else Text(body=words))
        place.tick()
        wanted = select(_outbox.c.message).where(_outbox.c.message.is_not(None))
        yield list(connection.execute(wanted).scalars())


@pytest.mark.sampled_on_postgresql
def test_no_word_of_an_office_forms_anything(said: list[dict[str, Any]]) -> None:
    assert len([one for one in said if "Zaq" in json.dumps(one)]) > 30
    for message in said:
        words = message.get("text") or message.get("caption") or ""
        title = message.get("title") or ""
        options = tuple(Option.model_validate(one) for one in message.get("options", ()))
        seen = parse_html(telegram.body(words, title, options))
        assert {*seen.marked("bold")} <= {shown(title), *(shown(one.label) for one in options)}
        assert len(seen.entities) == len(seen.marked("bold"))
        assert not UNSEEN.search(seen.text)
        written = whatsapp.asked(words, "", options).body
        assert not _PAIR.search(written) and not UNSEEN.search(written)
