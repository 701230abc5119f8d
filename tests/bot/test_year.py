"""The year 2026 of two offices through the whole program, message by message, as files a person can read.

What happens to each stands at the head of its file. Nobody reports but those named there. `pytest
tests/bot/test_year.py --update` writes the files anew, to be read before they are committed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Row, insert, select, update

from bot.holiday_dates import NationalAlmanac
from bot.notices import Composer, Ticker
from domain.day_spans import DaySpan
from domain.message_plan import Call
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.plan import Capacity, OfficePlan
from domain.working_hours import Hours, Weekday, WeekHours
from domain.zones import Zone, instant, local
from handlers.occasions import calls_from_json
from storage import offices, outbox
from storage.absences import AbsenceKind
from storage.desk import Desk
from storage.engine import open_engine, reading, writing
from storage.migrate import upgrade
from storage.reports import NewReport
from storage.tables import Outbox, Person, Tenure, table
from tests.bot.edge import Clock
from tests.joined import join
from tests.offices import BUKU, GAJI, KASI, PELAKSANA, PERDES, PLAN, MadeOffice, make_office

Happening = tuple[datetime, Callable[[Connection], None]]
"""When people do something, and what."""
ALMANAC = NationalAlmanac()
GOLDEN = Path(__file__).parent / "golden"
WEEKDAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
SARI, DEWI, AGUS, JOKO, RATNA, PUTU = (
    "Sari Andini", "Dewi Lestari", "Agus Prasetya", "Joko Santosa", "Ratna Dewanti", "Putu Wirawan"
)  # fmt: skip
HOURS = OfficeRules(
    hours=Hours(),
    weekday_hours=((Weekday.FRIDAY, Hours(closes=time(11, 30))),),
    ramadan=WeekHours(Hours(opens=time(8), closes=time(15), sending_time=time(8, 30))),
)


@dataclass(frozen=True)
class Outage:
    """The program is down from one moment to another, both on the clock of Jakarta."""

    first: datetime
    last: datetime

    def holds(self, moment: datetime) -> bool:
        return self.first < moment < self.last


def jakarta(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


OUTAGES = (
    Outage(jakarta(3, 4, 16), jakarta(3, 6, 9, 10)),
    Outage(jakarta(11, 4, 16), jakarta(11, 9, 10)),
)


def plan_2026(zone: str) -> OfficePlan:
    """The invented plan, four years later; nothing of it is in doubt."""

    def shifted(targets: dict[Period, Decimal]) -> dict[Period, Decimal]:
        return {Period.parse(period.code.replace("2022", "2026")): value for period, value in targets.items()}

    rows = tuple(replace(row, targets=shifted(dict(row.targets))) for row in PLAN.indicators)
    return replace(PLAN, year=2026, zone=zone, indicators=rows)


class Year:
    """The program, its clocks and two offices, from 1 January to the end of January of the next year."""

    def __init__(self, folder: Path) -> None:
        self.engine = open_engine(f"sqlite:///{folder / 'year.db'}")
        upgrade(self.engine)
        start = jakarta(1, 1, 0)
        self.clock = Clock(start)
        self.ticker = Ticker(ALMANAC, self.clock)
        self.composer = Composer(ALMANAC, self.clock, self.clock)
        with writing(self.engine) as connection:
            self.wita = make_office(connection, start, name="Sukamaju", plan=plan_2026(Zone.WITA))
            self.wib = make_office(connection, start, name="Sukarukun", plan=plan_2026(Zone.WIB))
            for made in (self.wita, self.wib):
                desk = self._desk(connection, made)
                desk.settings.choose(HOURS, desk.office.zone)
                for name, person_id in made.people.items():
                    join(connection, made.id, person_id, f"{made.id}-{name}", start)
            self._before(connection)

    def _before(self, connection: Connection) -> None:
        """What is known when the year begins: the office's own day off, a mutation, a leave."""
        desk = self._desk(connection, self.wita)
        desk.settings.add_day_off(date(2026, 6, 17), "Galungan")
        putu = connection.execute(
            insert(table(Person)).values(office_id=self.wita.id, name=PUTU, salutation="Pak", phone="")
        ).inserted_primary_key
        assert putu is not None
        join(connection, self.wita.id, putu[0], f"{self.wita.id}-{PUTU}", desk.now)
        tenure, kasi = table(Tenure), self.wita.posts[KASI]
        connection.execute(update(tenure).where(tenure.c.post_id == kasi).values(ends=date(2026, 7, 31)))
        connection.execute(
            insert(tenure).values(
                post_id=kasi, person_id=putu[0], capacity=Capacity.DEFINITIF.value, starts=date(2026, 8, 1)
            )
        )
        away = DaySpan(date(2026, 10, 1), date(2026, 10, 12))
        desk.absences.enter(self.wita.people[JOKO], AbsenceKind.LEAVE, away, self.wita.people[DEWI])

    def _desk(self, connection: Connection, made: MadeOffice, name: str | None = None) -> Desk:
        person_id = None if name is None else made.people[name]
        return Desk(connection, made.id, self.clock.now, ALMANAC, person_id, "telegram")

    def pass_by(self) -> None:
        """Step through every instant at which something falls due; the program beats in between, but in an outage."""
        happening = sorted(self._happening(), key=lambda one: one[0])
        end = instant(date(2027, 1, 31), time(), "Asia/Jakarta")
        while (following := self._next(happening)) < end:
            outage = next((one for one in OUTAGES if one.holds(following)), None)
            self._beat(min(following, outage.first) if outage else following)
            self.clock.now = outage.last if outage else following
            while happening and happening[0][0] <= self.clock.now:
                with writing(self.engine) as connection:
                    happening.pop(0)[1](connection)
            with writing(self.engine) as connection:
                self.ticker.tick(connection, self.clock.now)
                self._deliver(connection)

    def _next(self, happening: Sequence[Happening]) -> datetime:
        with reading(self.engine) as connection:
            due = self.ticker.next_instant(connection, self.clock.now)
        assert due is not None
        return min(due, *(at for at, _what in happening[:1]), due)

    def _deliver(self, connection: Connection) -> None:
        """Everything that is due is claimed, put into words and counted as sent."""
        while claimed := outbox.claim_due(connection, outbox.NOTICE, "me", self.clock.now, 999):
            for sending in claimed:
                if self.composer.write(connection, sending) is not None:
                    outbox.settle(connection, sending.id, "sent", self.clock.now)

    def _beat(self, moment: datetime) -> None:
        """The program has run until that moment."""
        with writing(self.engine) as connection:
            for made in (self.wita, self.wib):
                offices.note_seen(connection, made.id, moment)

    def _happening(self) -> Iterator[Happening]:
        """What people do in the year."""
        yield jakarta(1, 20, 10), lambda c: self._report(c, self.wita, SARI, BUKU, 1)
        yield jakarta(3, 9, 10), lambda c: self._report(c, self.wib, JOKO, GAJI, 2)
        yield jakarta(5, 4, 10), lambda c: self._ask(c, "2026-04", date(2026, 5, 13))
        yield jakarta(5, 5, 9), lambda c: self._grant(c, date(2026, 5, 13))
        yield jakarta(6, 29, 10), lambda c: self._report(c, self.wita, SARI, PERDES, 6)

    def _report(self, connection: Connection, made: MadeOffice, name: str, code: str, month: int) -> None:
        report = NewReport(made.indicators[code], Period.month(2026, month), Decimal(1))
        self._desk(connection, made, name).submit([report])

    def _ask(self, connection: Connection, period: str, wanted: date) -> None:
        desk = self._desk(connection, self.wita, JOKO)
        posts = self.wita.posts
        desk.extensions.ask(desk.person.id, posts[PELAKSANA], Period.parse(period), wanted, "Menunggu slip gaji")

    def _grant(self, connection: Connection, until: date) -> None:
        self._desk(connection, self.wita, DEWI).extensions.grant(1, until)

    def office_of(self, zone: Zone) -> MadeOffice:
        return self.wita if zone is Zone.WITA else self.wib

    def rows(self, made: MadeOffice) -> list[Row[Any]]:
        """Every message of an office, in the order in which they were said."""
        out, person = table(Outbox), table(Person)
        with reading(self.engine) as connection:
            return list(
                connection.execute(
                    select(out, person.c.name)
                    .join(person, person.c.id == out.c.person_id)
                    .where(out.c.office_id == made.id)
                    .order_by(out.c.said_at, person.c.id, out.c.id)
                )
            )


def _line(row: Row[Any], zone: str) -> str:
    at = local(row.said_at, zone)
    occasion = row.occasion or {}
    why = "; ".join(_why(call) for call in calls_from_json(occasion.get("calls", [])))
    first = (row.message or {}).get("text", "") or (row.message or {}).get("title", "")
    ended = "" if row.state == "sent" else f" [{row.state}]"
    shown = f"{WEEKDAYS[at.weekday()]} {at:%d-%m %H.%M}  {row.name:<13} {why or occasion.get('kind', 'pesan')}{ended}"
    return f"{shown}\n    {first.splitlines()[0] if first else '-'}"


def _why(call: Call) -> str:
    periods = " ".join(period.code for period in call.stage.periods)
    return f"{call.stage.stage} {call.stage.deadline} {periods}"


HEADS = {
    Zone.WITA: """Sukamaju, WITA: Jumat sampai 11.30; Ramadan 08.00-15.00, pengingat 08.30; Galungan 17 Juni libur.
Sari melapor buku wajib Januari pada 20 Januari, peraturan desa Juni pada 29 Juni.
Joko minta waktu untuk April sampai 13 Mei, disetujui Dewi 5 Mei; cuti 1-12 Oktober, Plh Dewi.
Putu menggantikan Sari (Kasi Pemerintahan) sejak 1 Agustus.""",
    Zone.WIB: """Sukarukun, WIB: Jumat sampai 11.30; Ramadan 08.00-15.00, pengingat 08.30.
Joko melapor gaji Februari pada 9 Maret, terlambat.""",
}
OUTAGES_TOLD = "Renaksi tidak berjalan 4 Maret 16.00 - 6 Maret 09.10 WIB dan 4 November 16.00 - 9 November 10.00 WIB."


@pytest.mark.sampled(share=1 / 3)
def test_the_year(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    year = Year(tmp_path)
    year.pass_by()
    for zone in HEADS:
        rows = year.rows(year.office_of(zone))
        _check_hours(year, rows)
        _check_caps(rows, zone)
        told = "\n".join([HEADS[zone], OUTAGES_TOLD, "", *(_line(row, zone) for row in rows)]) + "\n"
        path = GOLDEN / f"tahun-2026-{zone.name.lower()}.txt"
        if request.config.getoption("--update"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(told, encoding="utf-8")
        assert told == path.read_text(encoding="utf-8")


def _check_hours(year: Year, rows: Sequence[Row[Any]]) -> None:
    """Nobody is written to outside hours or on a free day."""
    assert len(rows) > 150
    with reading(year.engine) as connection:
        for row in rows:
            desk = Desk(connection, row.office_id, row.said_at, ALMANAC)
            assert desk.is_open, f"{row.said_at} {row.occasion}"


def _check_caps(rows: Sequence[Row[Any]], zone: Zone) -> None:
    """Nobody gets more than one reminder a day and four a period."""
    ladder = [row for row in rows if (row.occasion or {}).get("kind") == "reminder"]
    days = Counter((row.person_id, local(row.said_at, zone).date()) for row in ladder)
    periods = Counter((row.person_id, row.counted_as) for row in ladder if row.counted_as)
    assert max(days.values()) == 1
    assert max(periods.values()) == 4
    assert all(row.state == "sent" for row in ladder)
