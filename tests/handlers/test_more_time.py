"""Who decides about more time, and who is told: taps that nobody offered, several posts, nobody to ask."""

from typing import Any

import pytest

from handlers.messages import Press
from storage.tables import Extension, Outbox
from tests.transcripts.chat import Town, words_of

SARI, RATNA, DEWI, AGUS, JOKO = (
    "Bu Sari Andini",
    "Bu Ratna Dewanti",
    "Bu Dewi Lestari",
    "Pak Agus Prasetya",
    "Pak Joko Santosa",
)


def town_of(url: str, plan: str = "kecil", joined: tuple[str, ...] = (RATNA, DEWI, AGUS, JOKO)) -> Town:
    """Everybody but Sari, who joins when she speaks first."""
    town = Town(url)
    town.load(plan)
    town.set_clock("2022-04-04 09:00")
    for name in joined:
        town.join(name)
    return town


def ask(town: Town, who: str = SARI) -> None:
    """More time for March until 8 April."""
    for line in ("waktu maret", "8 april", "1", "kirim permintaan"):
        town.hear(who, line)


def press(town: Town, who: str, token: str) -> str:
    (reply,) = town.say(who, Press(token=token))
    return words_of(reply)


def decisions(town: Town) -> list[tuple[Any, ...]]:
    return town.rows(Extension, "decision", "until")


@pytest.mark.parametrize("who", [SARI, JOKO, AGUS])
@pytest.mark.parametrize("word", ["setuju", "tolak"])
def test_nobody_beside_the_line_above_decides(who: str, word: str, sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    ask(town)
    assert press(town, who, f"!{word}:1").startswith("Permintaan itu diputuskan oleh atasan")
    assert decisions(town) == [("asked", None)]
    assert town.letters == []


@pytest.mark.parametrize("number", ["99", "x", "-1", "9" * 30, "1;drop"])
def test_a_request_that_is_none_is_answered(number: str, sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    ask(town)
    assert press(town, RATNA, f"!setuju:{number}").startswith("Permintaan itu tidak ditemukan")
    assert decisions(town) == [("asked", None)]


@pytest.mark.parametrize("day", ["2022-04-05", "2022-12-30", "besok"])
def test_a_button_cannot_name_a_day_that_may_not_be_granted(day: str, sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    ask(town)
    assert "tidak dapat diberikan" in press(town, RATNA, f"!setuju:1:{day}")
    assert decisions(town) == [("asked", None)]


def test_an_admin_decides_too_and_only_asker_and_decider_are_told(sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    ask(town)
    assert [name for name, _letter in town.letters] == [RATNA]
    assert press(town, DEWI, "!setuju:1").startswith("Disetujui.")
    assert [name for name, _letter in town.letters] == [SARI]
    assert "sudah disetujui Bu Dewi Lestari pada Senin 4 April" in press(town, RATNA, "!tolak:1")
    assert town.letters == []


def test_an_unreachable_superior_is_passed_over(sqlite_url: str) -> None:
    town = town_of(sqlite_url, joined=(AGUS, DEWI))
    ask(town)
    assert [name for name, _letter in town.letters] == [DEWI]


def test_whoever_has_nobody_above_asks_the_admin(sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    town.appoint(RATNA, "Kasi Pemerintahan", "Plt")
    ask(town, RATNA)
    assert [name for name, _letter in town.letters] == [DEWI]


def test_with_nobody_to_decide_it_is_said_and_nothing_is_entered(sqlite_url: str) -> None:
    town = town_of(sqlite_url, joined=())
    (reply,) = town.hear(SARI, "waktu maret")
    assert words_of(reply).startswith("Atasan dan admin kantor Anda belum dapat dihubungi")
    assert decisions(town) == []


def test_who_holds_two_posts_asks_for_both(sqlite_url: str) -> None:
    town = town_of(sqlite_url, "dua-jabatan")
    town.appoint(SARI, "Kasi Pembangunan", "Plt")
    ask(town)
    assert town.rows(Extension, "decision") == [("asked",), ("asked",)]
    assert [name for name, _letter in town.letters] == [RATNA, RATNA]
    (reply,) = town.hear(RATNA, "setuju")
    assert words_of(reply) == "Permintaan mana yang disetujui?"
    assert press(town, RATNA, "!setuju:2").startswith("Disetujui.")
    assert press(town, RATNA, "!tolak:1").startswith("Tidak disetujui.")


def test_a_request_made_at_night_is_read_in_the_morning(sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    town.set_clock("2022-04-03 21:00")
    ask(town)
    (opens_at,) = [row[1] for row in town.rows(Outbox, "dedup_key", "opens_at") if row[0].startswith("more-time:")]
    assert f"{opens_at:%Y-%m-%d %H:%M}" == "2022-04-03 23:30"
