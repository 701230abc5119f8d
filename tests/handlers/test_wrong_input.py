"""Wrong input of any kind at every step: one helpful sentence, the question stays open, nothing is changed."""

import pytest

from handlers.messages import Contact, Edited, Incoming, MediaFailed, Outgoing, Press, Text, Unknown
from tests.handlers.scenes import DIALOGUES_OF_ALL, SCENES, play
from tests.transcripts.chat import options_of, words_of
from tests.transcripts.test_transcripts import INTERNAL

NEVER_ASKED = {("report_other", "hat"), *(("practice", step) for step in ("hat", "mode", "reason", "proof"))}
"""Steps of a conversation that another one borrows, which it has no use for."""
STEPS = [
    (dialogue.name, step)
    for dialogue in DIALOGUES_OF_ALL
    for step in dialogue.steps.__members__.values()
    if (dialogue.name, step) not in NEVER_ASKED
]
WRONG: dict[str, Incoming] = {
    "an emoji": Text(body="😀"),
    "4096 characters": Text(body="x" * 4096),
    "nothing": Text(body=""),
    "blanks": Text(body="  \n "),
    "a tag": Text(body="<b>tebal</b>"),
    "a formula": Text(body="=1+1"),
    "a number of 40 digits": Text(body="9" * 40),
    "a word": Text(body="entahlah"),
    "a sticker": Unknown(what="sticker"),
    "a voice note": Unknown(what="voice"),
    "a contact": Contact(phone="+6281200000099", own=False),
    "a file of 30 MB": MediaFailed(reason="too_large"),
    "a file that is gone": MediaFailed(reason="gone"),
    "an edited message": Edited(of="m9999", body="12"),
    "an old button": Press(token="0:send", label="Kirim"),
    "a foreign button": Press(token="<script>"),
}
LONGEST_HINT = 200
TAKES_WORDS = {
    ("report", "reason"),
    ("report", "note"),
    ("correct", "note"),
    ("correct", "reason"),
    ("correct", "decline"),
    ("register", "name"),
    ("all_zero", "obstacle"),
    ("more_time", "reason"),
    ("locking", "reason"),
    ("returning", "reason"),
    ("verification", "reason"),
    ("report_other", "reason"),
    ("report_other", "note"),
    ("report_for", "basis"),
    ("practice", "note"),
    ("opening", "source"),
    ("opening", "reason"),
    ("money", "reason"),
    ("plan_file", "reason"),
    ("notes", "text"),
    ("staff", "name"),
    ("staff", "title"),
    ("staff", "unit"),
    ("explain", "cause"),
    ("explain", "action"),
    ("explain", "handler"),
}
"""Steps at which a word is an answer."""


@pytest.mark.sampled
@pytest.mark.parametrize(("dialogue", "step"), STEPS)
def test_the_question_stays_open(dialogue: str, step: str, sqlite_url: str) -> None:
    scene = SCENES[dialogue, step]
    town = play(scene, sqlite_url)
    before = town.state_of(scene.speaker)
    assert (before.dialogue, before.step) == (dialogue, step)
    (asked,) = town.say(scene.speaker, WRONG["an old button"])
    question = words_of(asked).split("\n\n", 1)[1]
    for kind, said in WRONG.items():
        if kind == "a word" and (dialogue, step) in TAKES_WORDS:
            continue
        (reply,) = town.say(scene.speaker, said)
        assert town.state_of(scene.speaker) == before, kind
        assert_helps(reply, question, asked, kind)


def assert_helps(reply: Outgoing, question: str, asked: Outgoing, kind: str) -> None:
    """A sentence above the same question with the same buttons."""
    said = words_of(reply)
    assert said.endswith(question), kind
    assert options_of(reply) == options_of(asked), kind
    hint = said.removesuffix(question).strip()
    assert hint[-1:] in (".", ":", "?"), (kind, hint)
    assert len(hint) <= LONGEST_HINT, (kind, hint)
    assert not INTERNAL.search(hint), (kind, hint)


@pytest.mark.parametrize("kind", WRONG)
def test_something_helpful_is_said_when_nothing_is_asked(kind: str, sqlite_url: str) -> None:
    scene = SCENES["report", "value"]
    town = play(scene, sqlite_url)
    town.hear(scene.speaker, "batal")
    (reply,) = town.say(scene.speaker, WRONG[kind])
    assert not town.state_of(scene.speaker).active
    assert "Ketik " in words_of(reply) or "kirim" in words_of(reply).lower() or kind == "a contact"
    assert not INTERNAL.search(words_of(reply))
