"""The hand-over on the first day, and the end of a Plt, as they read on a phone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine

from domain.appointments import PLT_MONTHS, acting_until
from domain.modes import Mode, Rhythm
from domain.periods import Period
from domain.plan import Capacity
from handlers import handover, unasked
from handlers.messages import Choose, Notice, Say
from handlers.occasions import Before
from handlers.staff import notices
from storage.desk import Desk
from storage.engine import writing
from storage.reports import NewReport
from storage.staff import Enter, Leave, NewPerson
from tests.joined import join
from tests.offices import (
    BUKU,
    KASI,
    PBB,
    PELAKSANA,
    PERDES,
    PLAN,
    VACANT,
    MadeOffice,
    desk_of,
    indicator,
    make_office,
    monthly,
)
from tests.transcripts.chat import phone_lines

SARI, DEWI, JOKO = "Sari Andini", "Dewi Lestari", "Joko Santosa"
FEBRUARY, MARCH, FIRST_QUARTER = Period.month(2022, 2), Period.month(2022, 3), Period.quarter(2022, 1)
LAST, FIRST = date(2022, 3, 31), datetime(2022, 4, 1, 1, tzinfo=UTC)
MOST_LINES = 16
"""Of forty characters: a screen of a small phone, names wrapped."""


def moved(connection: Connection, made: MadeOffice) -> None:
    """Sari reported, and goes on the last day of March; Joko follows."""
    reported = ((BUKU, FEBRUARY, 1), (BUKU, MARCH, 2), (PERDES, MARCH, 0), (PBB, FIRST_QUARTER, 24))
    desk_of(connection, made, SARI).submit(
        [NewReport(made.indicators[code], period, Decimal(value)) for code, period, value in reported]
    )
    desk = desk_of(connection, made, DEWI)
    desk.return_report(made.indicators[PBB], FIRST_QUARTER, Decimal(24), "Mohon lampirkan bukti")
    book = desk.staff
    cards = {made_of.person_id: made_of for made_of in book.tenures}
    leaves = [Leave(cards[made.people[name]].id, LAST) for name in (SARI, JOKO)]
    book.move([*leaves, Enter(made.posts[KASI], made.people[JOKO], FIRST.date())])


def joko_on(connection: Connection, made: MadeOffice, day: datetime) -> Desk:
    return desk_of(connection, made, JOKO, day)


def test_the_successor_is_told_on_the_first_day_and_only_then(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        moved(connection, made)
        assert handover.due(desk_of(connection, made, None, datetime(2022, 3, 31, 1, tzinfo=UTC))) == ()
        (one,) = handover.due(desk_of(connection, made, None, FIRST))
        assert one.person_id == made.people[JOKO]
        assert one.key == f"handover:{made.id}:{made.posts[KASI]}:{made.people[JOKO]}:2022-04-01"
        notice = unasked.compose(joko_on(connection, made, FIRST), one.occasion)
        assert isinstance(notice, Notice)
        assert notice.text.splitlines() == [
            "Pak Joko Santosa, mulai hari ini Anda Kasi Pemerintahan, menggantikan Bu Sari Andini. Yang diteruskan:",
            "• Desa yang memiliki buku wajib administrasi: sisa 10 dari 13 desa",
            "• Peraturan desa yang diterbitkan: sisa 4 dari 4 desa",
            "• Realisasi PBB: belum ada laporan, target 100%",
            "Terbuka: 2 belum dilaporkan, 1 dikembalikan, dan 1 pertanyaan rencana.",
            "Berikutnya: Maret dan TW I 2022, batas Selasa 5 April.",
        ]
        assert phone_lines(notice.text) <= MOST_LINES
        assert [option.key for option in notice.options] == ["!lapor", f"!serah:{made.posts[KASI]}"]
        assert notice.params == ("Pak Joko Santosa", "Kasi Pemerintahan", "3")
        assert handover.due(desk_of(connection, made, None, datetime(2022, 5, 3, 1, tzinfo=UTC))) == ()
        assert unasked.compose(desk_of(connection, made, SARI, FIRST), one.occasion) is None


def test_who_holds_a_post_since_the_year_began_takes_nothing_over(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        assert handover.due(desk_of(connection, made, None, datetime(2022, 1, 3, 1, tzinfo=UTC))) == ()
        assert handover.on_joining(desk_of(connection, made, SARI)) == ""
        moved(connection, made)
        assert "serah terima" in handover.on_joining(joko_on(connection, made, FIRST))


def test_a_long_hand_over_has_pages_that_fit_and_is_nobody_elses(engine: Engine) -> None:
    rows = tuple(
        indicator(f"k-{at}", f"Kegiatan {at} " + "yang diselenggarakan seluruh desa " * 3, "kali", KASI, Rhythm.MONTHLY,
                  monthly(*[10] * 12), Mode.SUM, 120)
        for at in range(1, 10)
    )  # fmt: skip
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, indicators=rows, questions=()))
        sari, kasi = desk_of(connection, made, SARI), made.posts[KASI]
        pages = [handover.start(sari, f"{kasi} {page}") for page in (1, 2, 3)]
        titles = [page.title for page in pages if isinstance(page, Choose | Say)]
        assert titles == [f"Serah terima Kasi Pemerintahan · {page} dari 3" for page in (1, 2, 3)]
        shown = "".join(page.text for page in pages if isinstance(page, Choose | Say))
        assert all(f"Kegiatan {at} " in shown for at in range(1, 10))
        assert isinstance(pages[2], Say)
        assert handover.start(sari, f"{kasi} 9") == pages[0]
        for other in (JOKO, DEWI):
            refused = handover.start(desk_of(connection, made, other), str(kasi))
            assert isinstance(refused, Say) and "Kegiatan" not in refused.text


def test_a_plt_and_the_admin_are_warned_two_weeks_before_the_end(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        starts = date(2022, 3, 29)
        ends = acting_until(starts, PLT_MONTHS)
        book = desk_of(connection, made, DEWI).staff
        (card,) = book.move([Enter(made.posts[VACANT], made.people[SARI], starts, Capacity.PLT, ends)])
        early, now = datetime(2022, 6, 13, 1, tzinfo=UTC), datetime(2022, 6, 14, 1, tzinfo=UTC)
        assert notices.due(desk_of(connection, made, None, early)) == ()
        mine, admins = notices.due(desk_of(connection, made, None, now))
        assert [one.person_id for one in (mine, admins)] == [made.people[SARI], made.people[DEWI]]
        to_plt = unasked.compose(desk_of(connection, made, SARI, now), mine.occasion)
        to_admin = unasked.compose(desk_of(connection, made, DEWI, now), admins.occasion)
        assert isinstance(to_plt, Notice) and isinstance(to_admin, Notice)
        assert to_plt.text == (
            "Bu Sari Andini, tugas Anda sebagai Plt Kasi Pembangunan berakhir 14 hari lagi, Selasa 28 Juni. "
            "Dapat diperpanjang oleh admin kantor. Mohon laporkan yang masih terbuka: ketik lapor."
        )
        assert "Ketik plt untuk memperpanjang" in to_admin.text
        assert [option.key for option in to_admin.options] == [f"!plt:{made.posts[VACANT]}"]
        desk_of(connection, made, DEWI, now).staff.extend(card.id, date(2022, 9, 28))
        assert unasked.compose(desk_of(connection, made, SARI, now), mine.occasion) is None
        last = datetime(2022, 9, 20, 1, tzinfo=UTC)
        again = notices.due(desk_of(connection, made, None, last))[0]
        said = unasked.compose(desk_of(connection, made, SARI, last), again.occasion)
        assert isinstance(said, Notice) and "Perpanjangannya sudah dipakai" in said.text
        desk_of(connection, made, DEWI, last).staff.move(
            [Enter(made.posts[VACANT], NewPerson("Rina Kartika"), date(2022, 9, 29))]
        )
        assert unasked.compose(desk_of(connection, made, SARI, last), again.occasion) is None


def test_a_vacant_post_is_told_to_its_superior_with_what_can_be_done(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        for number, name in enumerate((DEWI, "Agus Prasetya"), start=1):
            join(connection, made.id, made.people[name], f"chat-{number}", FIRST)
        book = desk_of(connection, made, DEWI).staff
        card = next(card for card in book.tenures if card.post_id == made.posts[PELAKSANA])
        book.move([Leave(card.id, date(2022, 3, 28))])
        day_before = datetime(2022, 4, 4, 1, tzinfo=UTC)
        program = desk_of(connection, made, None, day_before)
        found = [
            one for one in unasked.due(program, Before({}, lambda _kinds: {})) if one.person_id == made.people[DEWI]
        ]
        (one,) = [one for one in found if one.occasion["kind"] == "reminder"]
        assert (one.counted_as, one.most) == ("2022-03", 4)
        notice = unasked.compose(desk_of(connection, made, DEWI, day_before), one.occasion)
        assert isinstance(notice, Notice)
        assert notice.text == (
            "Bu Dewi Lestari, jabatan Pengelola Gaji kosong: 2 indikator Maret belum ada yang melapor "
            "(batas Selasa 5 April).\nKetik mewakili untuk mengisinya, atau kelola untuk menunjuk Plt."
        )
        clerk = made.posts[PELAKSANA]
        assert [option.key for option in notice.options] == [f"!mewakili:{clerk}:2022-03", f"!plt:{clerk}"]
        plt = Enter(clerk, made.people[SARI], day_before.date(), Capacity.PLT, date(2022, 6, 30))
        desk_of(connection, made, DEWI, day_before).staff.move([plt])
        assert unasked.compose(desk_of(connection, made, DEWI, day_before), one.occasion) is None
