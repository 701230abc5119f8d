"""Whom "ingatkan" reaches: everybody below who misses a report, of what is below, and nobody else."""

from handlers.messages import Notice, Outgoing
from tests.handlers.scenes import DEWI, JOKO, SARI
from tests.transcripts.chat import Town, words_of

CAMAT = "Bu Ratna Dewanti"
GAJI, ARSIP, BUKU = "ASN yang menerima gaji", "Arsip surat", "buku wajib"


def town_of(url: str, *joined: str) -> Town:
    town = Town(url)
    town.load("kecil")
    town.set_clock("2022-04-04 09:00")
    for speaker in joined:
        town.join(speaker)
    return town


def told(town: Town) -> dict[str, str]:
    """The words of what was just written to others, by person."""
    return {receiver: words_of(letter) for receiver, letter in town.letters}


def nudge(town: Town, speaker: str, line: str = "ingatkan") -> str:
    (reply,) = town.hear(speaker, line)
    return words_of(reply)


def test_who_reports_for_posts_inside_and_outside_is_told_only_of_those_inside(sqlite_url: str) -> None:
    town = town_of(sqlite_url, SARI)
    town.appoint(SARI, "Pengelola Gaji", "Plt")
    assert "Bu Sari Andini (Pengelola Gaji): 2 indikator" in nudge(town, DEWI)
    assert list(told(town)) == [SARI]
    assert GAJI in told(town)[SARI]
    assert BUKU not in told(town)[SARI]


def test_one_person_of_two_posts_is_told_once_of_both(sqlite_url: str) -> None:
    town = town_of(sqlite_url, SARI)
    town.appoint(SARI, "Pengelola Gaji", "Plt")
    assert "Bu Sari Andini (Kasi Pemerintahan, Pengelola Gaji): 5 indikator" in nudge(town, CAMAT)
    assert [receiver for receiver, _letter in town.letters] == [SARI]


def test_a_superior_who_acts_below_is_not_reminded_by_herself(sqlite_url: str) -> None:
    town = town_of(sqlite_url, JOKO)
    town.appoint(DEWI, "Pengelola Gaji", "Plt")
    town.hear(DEWI, "status")
    assert "pimpinan dan admin" in nudge(town, DEWI)
    assert town.letters == []


def test_what_was_filled_in_but_not_sent_is_not_asked_again(sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    town.hear(SARI, "lapor maret")
    town.hear(SARI, "1")
    nudge(town, CAMAT)
    assert "1 sudah diisi tetapi belum dikirim" in told(town)[SARI]
    assert BUKU not in told(town)[SARI]


def test_the_buttons_lead_to_the_period_that_was_asked(sqlite_url: str) -> None:
    town = town_of(sqlite_url, SARI)
    nudge(town, CAMAT, "ingatkan februari")
    assert options(town.letters[0][1]) == ["!lapor:2022-02", "!tunda:2022-02", "!lainnya:2022-02"]


def options(message: Outgoing) -> list[str]:
    assert isinstance(message, Notice)
    return [option.key for option in message.options]


def test_a_new_day_allows_a_new_reminder(sqlite_url: str) -> None:
    town = town_of(sqlite_url, SARI)
    for clock, reached in (("04 09:00", [SARI]), ("04 15:00", []), ("05 09:00", [SARI])):
        town.set_clock(f"2022-04-{clock}")
        nudge(town, CAMAT)
        assert list(told(town)) == reached


def test_when_everybody_has_reported_nobody_is_reminded(sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    for line in ("lapor maret", "1. 1 2. 1 3. 25", "kirim"):
        town.hear(SARI, line)
    for line in ("lapor maret", "benar", "10", "233", "kirim"):
        town.hear(JOKO, line)
    assert "Semua di bawah Anda sudah lapor" in nudge(town, CAMAT, "ingatkan maret")
    assert town.letters == []


def test_more_time_of_one_is_not_told_to_the_others(sqlite_url: str) -> None:
    town = town_of(sqlite_url, SARI, JOKO, CAMAT)
    for line in ("waktu maret", "8 april", "Menunggu desa", "kirim permintaan"):
        town.hear(SARI, line)
    town.hear(CAMAT, "setuju")
    town.set_clock("2022-04-06 09:00")
    nudge(town, CAMAT)
    assert "batas tambahan Jumat 8 April.\n" in told(town)[SARI]
    assert "Batas Selasa 5 April sudah lewat, laporan masih diterima.\n" in told(town)[JOKO]


def test_what_is_all_filled_in_is_not_listed_as_missing(sqlite_url: str) -> None:
    town = town_of(sqlite_url)
    for line in ("lapor maret", "1. 1 2. 1 3. 25"):
        town.hear(SARI, line)
    nudge(town, CAMAT)
    assert told(town)[SARI].splitlines()[1].startswith("3 sudah diisi, tinggal dikirim.")
    assert BUKU not in told(town)[SARI]
    (later,) = town.hear(SARI, "tunda maret")
    assert "3 belum dikirim, batas Selasa 5 April." in words_of(later)


def test_without_a_period_the_nearest_last_day_is_meant(sqlite_url: str) -> None:
    town = town_of(sqlite_url, SARI)
    for day, period in (("03-29", "Maret dan TW I"), ("04-11", "Maret dan TW I"), ("04-28", "April")):
        town.set_clock(f"2022-{day} 09:00")
        assert f"untuk {period} 2022" in nudge(town, CAMAT)
