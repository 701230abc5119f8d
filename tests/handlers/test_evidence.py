"""Evidence in the chat beyond the transcripts: albums that come in pieces, old buttons, who may look, what is kept."""

from typing import Any

import pytest

from domain.evidence import Demand, Demanded, EvidenceRule
from handlers.evidence.demanding import read_demand
from handlers.messages import Document, File, MediaFailed, Photo, Press, Text
from handlers.office_settings.reading import read_evidence
from storage.tables import Audit, Evidence
from tests.transcripts.chat import Town, words_of

SARI, DEWI, JOKO, RATNA = "Bu Sari Andini", "Bu Dewi Lestari", "Pak Joko Santosa", "Bu Ratna Dewanti"
SENT = ("lapor", "1", "nihil", "25", "kirim", "nanti saja")


def photo(name: str, album: str | None = None, caption: str = "") -> Photo:
    ref = name[0] * 64
    return Photo(ref=ref, size=1000, shown=ref[::-1], caption=caption, album=album)


@pytest.fixture
def town(sqlite_url: str) -> Town:
    town = Town(sqlite_url)
    town.load("kecil")
    town.set_clock("2022-04-01 09:00")
    for speaker in (SARI, DEWI, JOKO, RATNA):
        town.join(speaker)
    return town


def kept(town: Town) -> list[tuple[Any, ...]]:
    return town.rows(Evidence, "indicator_id", "period", "hash")


def test_what_comes_late_of_an_album_is_kept_without_another_answer(town: Town) -> None:
    town.hear(SARI, "lapor")
    assert "2 foto dicatat" in words_of(town.say(SARI, photo("a", "7"), photo("b", "7"))[0])
    assert town.say(SARI, photo("c", "7")) == []
    town.hear(SARI, "1")
    assert town.say(SARI, photo("d", "7")) == []  # the next indicator is asked: it belongs to the one before
    for line in ("1", "25", "kirim", "nanti saja"):
        town.hear(SARI, line)
    assert town.say(SARI, photo("e", "7")) == []  # even after it was sent
    assert [(period, ref[0]) for _id, period, ref in kept(town)] == [("2022-03", ref) for ref in "abcde"]
    assert len({indicator_id for indicator_id, _period, _ref in kept(town)}) == 1
    assert town.say(SARI, photo("e", "7")) == [] or len(kept(town)) == 5


def test_photos_without_an_album_that_came_together_are_answered_together(town: Town) -> None:
    town.hear(SARI, "lapor")
    answers = town.say(SARI, photo("a"), photo("b"), photo("c"))
    assert len(answers) == 1
    assert "3 foto dicatat" in words_of(answers[0])
    assert len(town.say(SARI, photo("d"))) == 1


def test_a_photo_between_two_albums_belongs_to_neither(town: Town) -> None:
    town.hear(SARI, "lapor")
    answers = town.say(SARI, photo("a", "7"), photo("b", "8"), photo("c", "8"), Text(body="1"))
    assert [words_of(answer).split("\n")[0].split(" dicatat")[0] for answer in answers[:2]] == ["✓ 1 foto", "✓ 2 foto"]
    assert "1 desa" in words_of(answers[2])


def test_the_last_of_an_album_that_fails_tells_of_the_others_too(town: Town) -> None:
    town.hear(SARI, "lapor")
    broken = MediaFailed(reason="broken", album="7", place=3)
    [answer] = town.say(SARI, photo("a", "7"), photo("b", "7"), broken)
    said = words_of(answer)
    assert "2 foto dicatat" in said
    assert "rusak" in said
    assert "2 bukti dicatat" in said
    assert "1 foto dicatat" in words_of(town.say(SARI, photo("c"))[0])


def test_an_album_after_the_report_is_asked_about_once(town: Town) -> None:
    for line in SENT:
        town.hear(SARI, line)
    [asked] = town.say(SARI, photo("a", "7"), photo("b", "7"))
    assert "2 foto diterima. Untuk indikator mana?" in words_of(asked)
    assert town.say(SARI, photo("c", "7")) == []
    [answer] = town.hear(SARI, "buku maret")
    assert "3 foto dicatat" in words_of(answer)
    assert len(kept(town)) == 3


def test_files_that_were_put_off_wait_and_new_ones_do_not_mix_with_them(town: Town) -> None:
    for line in SENT:
        town.hear(SARI, line)
    town.say(SARI, photo("a"))
    town.hear(SARI, "nanti")
    [asked] = town.say(SARI, photo("b"))
    assert "1 foto diterima" in words_of(asked)


def test_what_is_opened_is_a_copy_and_recorded_for_who_may_see_it(town: Town) -> None:
    town.hear(SARI, "lapor")
    town.say(SARI, photo("a", caption="Buku desa"))
    for line in ("1", "nihil", "25", "kirim", "nanti saja"):
        town.hear(SARI, line)
    button = Press(token=f"!bukti:{kept(town)[0][0]}:2022-03")
    [shown] = town.say(RATNA, button)
    assert isinstance(shown, File)
    assert (shown.is_picture, shown.ref, shown.options) == (True, "a" * 64, ())
    assert "Buku desa" in shown.caption
    assert shown.caption.endswith("Ketik bukti dan nama indikatornya untuk membuka yang lain.")
    [refused] = town.say(JOKO, button)
    assert "bukan untuk jabatan Anda" in words_of(refused)
    looked = [row for row in town.rows(Audit, "action", "subject") if row[0] == "evidence opened"]
    assert looked == [("evidence opened", "evidence 1")]


@pytest.mark.parametrize(
    "words", ["!bukti:999:2022-03", "!bukti:1:2099-01", "!bukti:1:bukan", "!bukti:1:2022-03:hapus:99", "!bukti:0:x:y"]
)
def test_a_button_of_something_gone_is_answered_kindly(town: Town, words: str) -> None:
    for line in SENT:
        town.hear(SARI, line)
    [answer] = town.say(SARI, Press(token=words))
    assert "Ketik bukti" in words_of(answer)


def test_the_warning_comes_once_whatever_becomes_of_the_photo(town: Town) -> None:
    town.hear(SARI, "lapor")
    [first] = town.hear(SARI, "https://drive.kab.go.id/buku")
    assert "KTP" not in words_of(first)
    [warned] = town.say(SARI, photo("a", "7"), photo("b", "7"))
    assert words_of(warned).count("KTP") == 1
    town.hear(SARI, "batal")
    town.hear(SARI, "lapor")
    [again] = town.say(SARI, photo("c"))
    assert "1 foto dicatat" in words_of(again)
    assert "KTP" not in words_of(again)


@pytest.mark.parametrize(("came", "is_late"), [("2022-04-05 09:00", False), ("2022-04-25 09:00", True)])
def test_what_came_after_the_period_was_locked_says_so(town: Town, came: str, is_late: bool) -> None:
    for line in SENT:
        town.hear(SARI, line)
    for line in ("atur tenggat", "kunci periode", "5", "simpan"):
        town.hear(DEWI, line)
    town.set_clock(came)
    town.hear(SARI, "bukti buku maret")
    town.say(SARI, photo("a"))
    [shown] = town.say(RATNA, Press(token=f"!bukti:{kept(town)[0][0]}:2022-03"))
    assert isinstance(shown, File)
    assert ("Dikirim sesudah periodenya dikunci." in shown.caption) is is_late


@pytest.mark.parametrize("typed", ["1", "riwayat", "(Riwayat)"])
def test_a_lasting_button_of_the_review_can_be_typed(town: Town, typed: str) -> None:
    for line in SENT:
        town.hear(SARI, line)
    for line in ("verifikasi", "mulai", "lainnya"):
        town.hear(DEWI, line)
    [shown] = town.hear(DEWI, typed)
    assert words_of(shown).startswith("Riwayat: Desa yang memiliki")


def test_nobody_takes_back_what_is_not_theirs(town: Town) -> None:
    town.hear(SARI, "lapor")
    town.say(SARI, photo("a"))
    for line in ("1", "nihil", "25", "kirim", "nanti saja"):
        town.hear(SARI, line)
    button = f"!bukti:{kept(town)[0][0]}:2022-03:hapus:1:ya"
    for speaker in (RATNA, DEWI, JOKO):
        [answer] = town.say(speaker, Press(token=button))
        assert "Bukti dihapus" not in words_of(answer)
    [answer] = town.say(SARI, Press(token=button))
    assert "Bukti dihapus" in words_of(answer)


def test_evidence_alone_may_come_for_a_figure_of_a_document(town: Town) -> None:
    for line in SENT:
        town.hear(SARI, line)
    sheet = Document(ref="d" * 64, size=9, name="=HYPERLINK(1).pdf", mime="application/pdf")
    town.say(SARI, sheet)
    town.hear(SARI, "buku maret")
    [shown] = town.say(SARI, Press(token=f"!bukti:{kept(town)[0][0]}:2022-03"))
    assert isinstance(shown, File)
    assert (shown.is_picture, shown.name) == (False, "=HYPERLINK(1).pdf")


def test_a_photo_of_which_there_is_no_copy_comes_as_a_file(town: Town) -> None:
    for line in SENT:
        town.hear(SARI, line)
    town.say(SARI, Document(ref="e" * 64, size=9, name="IMG_0412.HEIC", mime="image/heic"))
    town.hear(SARI, "buku maret")
    [shown] = town.say(SARI, Press(token=f"!bukti:{kept(town)[0][0]}:2022-03"))
    assert isinstance(shown, File)
    assert (shown.is_picture, shown.name, shown.ref) == (False, "IMG_0412.HEIC", "e" * 64)


@pytest.mark.parametrize(
    ("words", "demand"),
    [
        ("1 foto", Demand(Demanded.PHOTO, 1)),
        ("2 Dokumen.", Demand(Demanded.DOCUMENT, 2)),
        ("3 bukti", Demand(Demanded.ANYTHING, 3)),
        ("1 berkas", Demand(Demanded.FILE, 1)),
        ("tidak wajib", Demand()),
        ("0 foto", None),
        ("101 foto", None),
        ("foto", None),
        ("1 tautan", None),
        ("", None),
    ],
)
def test_a_demand_is_read_as_it_is_shown(words: str, demand: Demand | None) -> None:
    assert read_demand(words) == demand


def test_what_an_office_takes_is_read_piece_by_piece() -> None:
    usual = EvidenceRule()
    assert read_evidence("tautan tidak, rekaman boleh, paling banyak 10", usual) == EvidenceRule(True, False, 10)
    assert read_evidence("suara dan video boleh", usual) == EvidenceRule(recordings=True)
    assert read_evidence("tautan tidak boleh dan banyaknya 5 bukti", usual) == EvidenceRule(links=False, most=5)
    for words in ("", "boleh", "foto tidak", "paling banyak", "tautan mungkin"):
        assert read_evidence(words, usual) is None
