"""Nothing of one office reaches, or is changed by, anybody who has no right to it: every word, button and file.

One office lives through a story that brings about every kind of message, file and id; then all that its buttons ever
said, and every word of the menu, is tried by everybody else, on both channels.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from bot.holiday_dates import NationalAlmanac
from bot.kabupaten_work import standings_of
from bot.notices import Ticker
from bot.turns import Clocks, TurnTaker
from domain.plan import OfficePlan
from handlers import unasked
from handlers.menu import MENU
from handlers.messages import Document, FromGroup, Incoming, Photo, Press, Text, Worked
from storage import conversations, inbox, jobs, kabupaten, outbox
from storage.conversations import AfterTurn
from storage.desk import Desk
from storage.engine import Connection, writing
from storage.inbox import NewMessage
from storage.plan_json import plan_to_json
from storage.tables import METADATA, Inbox, Outbox, Snapshot, Tenure, table
from tests.joined import join
from tests.offices import BUKU, KASI, WITH_BUDGET, MadeOffice, make_office

pytestmark = pytest.mark.sampled_on_postgresql

OFFICE, TITLE, PERSON, ROW, SAID = "ZAQKANTOR", "ZAQJABATAN", "ZAQORANG", "ZAQBARIS", "ZAQKATA"
"""What marks every word of the first office: its name, its posts, its people, its plan, what was said in it."""
ANY = re.compile(r"ZAQ|7\.?3\d9\b")
"""Its words, and its figures, of which no other office has any."""
INSIDE = re.compile(rf"{ROW}|{SAID}|7\.?3\d9\b")
"""What even who knows the office's name may not see."""
NOW = datetime(2022, 3, 29, 1, tzinfo=UTC)
RATNA, AGUS, DEWI, SARI, JOKO = (person.name for person in WITH_BUDGET.people)
CHANNELS = ("telegram", "whatsapp")
GROUP = "-4001"
LESS_ELSEWHERE = 3
"""How many times fewer attempts there are on PostgreSQL."""
_inbox, _outbox, _snapshot = table(Inbox), table(Outbox), table(Snapshot)
_CLEARED: dict[str, Any] = {}
REVISION = Document(ref="a" * 64, size=900, name=f"buku kerja {SAID}.xlsx", mime="application/vnd.ms-excel")


def marked(plan: OfficePlan) -> OfficePlan:
    """The same plan with its mark in every word, and figures of its own."""

    def post(title: str | None) -> str | None:
        return title and f"{title} {TITLE}"

    def row(one: Any) -> Any:
        targets = {period: Decimal(7309) for period in one.targets} if one.code == BUKU else one.targets
        annual = Decimal(7309 * 12) if one.code == BUKU else one.annual_target
        return replace(one, name=f"{one.name} {ROW}", post=post(one.post), targets=targets, annual_target=annual)

    return replace(
        plan,
        office=OFFICE,
        posts=tuple(
            replace(one, title=f"{one.title} {TITLE}", superior=post(one.superior), section=post(one.section) or "")
            for one in plan.posts
        ),
        people=tuple(replace(one, name=f"{one.name} {PERSON}", post=f"{one.post} {TITLE}") for one in plan.people),
        indicators=tuple(row(one) for one in plan.indicators),
        questions=tuple(replace(one, text=f"{one.text} {ROW}") for one in plan.questions),
        budget=tuple(replace(one, name=f"{one.name} {ROW}", post=post(one.post)) for one in plan.budget),
    )


@dataclass
class Place:
    """A database with its offices, and everybody who chats with the assistant: one connection, one transaction."""

    connection: Connection
    own: MadeOffice
    other: MadeOffice
    now: datetime = NOW
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    own_files: frozenset[str] = frozenset()
    """Those of the first office."""
    written: list[str] = field(default_factory=list[str])
    """Files that were written for somebody: a personal copy, a marked workbook."""

    def __post_init__(self) -> None:
        self.almanac = NationalAlmanac()
        self.taker = TurnTaker(Clocks(lambda: self.now, lambda: self.now), self.almanac, "test")

    def say(self, address: str, said: Incoming, channel: str = "telegram") -> list[dict[str, Any]]:
        """What an address is answered, work beside the turn included."""
        number = f"u{next(self.numbers)}"
        message = NewMessage(channel, address, number, number, said.model_dump(mode="json"))
        inbox.store(self.connection, [message], self.now)
        before = self.connection.execute(select(func.max(_outbox.c.id))).scalar_one() or 0
        taken = 1
        while taken:
            taken = self.taker.take_batch(self.connection).conversations + self._work()
        wanted = select(_outbox.c.message).where(
            _outbox.c.id > before, _outbox.c.dedup_key.startswith("reply:"), _outbox.c.address == address
        )
        return [message for message in self.connection.execute(wanted).scalars() if message]

    def _work(self) -> bool:
        """Do one piece of work beside the turns; False where there is none."""
        claimed = jobs.claim(self.connection, "test", self.now)
        if claimed is None:
            return False
        said = Worked(job=claimed.kind, result=self._result(claimed)).model_dump(mode="json")
        return jobs.settle(self.connection, claimed, "done", said, self.now)

    def _result(self, job: jobs.Claimed) -> dict[str, Any]:
        match job.kind:
            case "kabupaten_standings":
                return standings_of(self.connection, self.almanac, job.details)
            case "read plan":
                plan = replace(marked(WITH_BUDGET), document=f"Nomor 9 {SAID}", reason=SAID)
                return {"ref": REVISION.ref, "name": REVISION.name, "plan": plan_to_json(plan)}
            case _:
                self.written.append(f"{job.id:064x}")
                return {"ref": self.written[-1]}

    def forget_question(self, address: str, channel: str) -> None:
        """Nothing is asked at an address any more: each try begins anew."""
        key = self.conversation(address, channel)
        conversations.save_all(self.connection, [AfterTurn(key, "", "", _CLEARED)])
        conversations.save_wrong_codes(self.connection, key, 0, None)

    def conversation(self, address: str, channel: str) -> int:
        account = METADATA.tables["account"]
        wanted = select(account.c.conversation_id).where(
            account.c.channel == channel, account.c.address == address, account.c.chosen
        )
        return self.connection.execute(wanted).scalar_one()

    def tick(self) -> list[dict[str, Any]]:
        """What falls due now, as it is put into words for everybody."""
        Ticker(self.almanac, lambda: self.now).tick(self.connection, self.now)
        unsaid = select(_outbox).where(_outbox.c.message.is_(None), _outbox.c.occasion.is_not(None))
        said: list[dict[str, Any]] = []
        for row in self.connection.execute(unsaid).all():
            desk = Desk(self.connection, row.office_id, self.now, self.almanac, row.person_id)
            message = unasked.compose(desk, row.occasion)
            if message is not None:
                said.append(message.model_dump(mode="json"))
                outbox.write_message(self.connection, row.id, said[-1])
        return said


def address_of(name: str) -> str:
    return f"chat-{name}"


def photo(words: str) -> Photo:
    ref = hashlib.sha256(words.encode()).hexdigest()
    return Photo(ref=ref, size=1000, caption=words, shown=ref, fingerprint=ref)


# --- the story of the office ----------------------------------------------------------------------------------------

STORY: Sequence[tuple[str, str]] = (
    (SARI, "lapor"), (SARI, "7319"), (SARI, "nihil"), (SARI, "25"),
    (SARI, "kirim"), (SARI, "menunggu desa"), (SARI, f"surat {SAID}"), (SARI, "nanti saja"),
    (JOKO, "lapor"), (JOKO, "benar"), (JOKO, "10"), (JOKO, "233"), (JOKO, "kirim"), (JOKO, "nanti saja"),
    (SARI, "bukti"), (SARI, "1"), (SARI, f"[foto {SAID}]"), (SARI, "selesai"), (SARI, "bukti buku"),
    (JOKO, "keuangan maret"), (JOKO, "7329000"), (JOKO, "45"), (JOKO, "7349000"), (JOKO, "50"), (JOKO, "kirim"),
    (RATNA, "catatan buku"), (RATNA, f"mohon dicek {SAID}"), (SARI, "catatan"),
    (DEWI, "verifikasi"), (DEWI, "mulai"), (DEWI, "kembalikan"), (DEWI, f"alasan {SAID}"),
    (SARI, "lapor"), (SARI, "7319"), (SARI, "kirim"),
    (SARI, "waktu maret"), (SARI, "8 april"), (SARI, "1"), (SARI, "kirim"),
    (SARI, "cuti"), (SARI, "senin 9 mei"), (SARI, "10 mei"), (SARI, "agus"), (SARI, "simpan"),
    (DEWI, "ringkasan"), (DEWI, "grafik"), (DEWI, "grafik buku"), (DEWI, "ketepatan"), (DEWI, "serapan"),
    (DEWI, "rincian"), (DEWI, "unduh"), (DEWI, "1"), (DEWI, "riwayat buku"), (DEWI, "tindak"), (DEWI, "kendala"),
    (DEWI, "pertanyaan"), (DEWI, "tenggat"), (DEWI, "batal"), (DEWI, "libur"), (DEWI, "batal"), (DEWI, "terjangkau"),
    (DEWI, "kelola"), (DEWI, "batal"), (DEWI, "rencana"), (DEWI, "batal"), (DEWI, "mewakili"), (DEWI, "batal"),
    (DEWI, "undang"), (DEWI, "undang semua"), (DEWI, "1"), (SARI, "latihan"), (SARI, "2"), (SARI, "batal"),
    (DEWI, "ingatkan"), (DEWI, "tim"), (DEWI, "lainnya"), (DEWI, "bantuan"), (DEWI, "periksa 1"), (DEWI, "serah"),
    (SARI, "data"), (SARI, "data salinan"), (SARI, "data hapus"), (SARI, "ya, hapus"), (DEWI, "data"),
    (SARI, "koreksi maret"), (SARI, "1"), (SARI, "1"), (SARI, "3"), (SARI, f"salah {SAID}"), (SARI, "kirim koreksi"),
    (DEWI, "lapor untuk kasi pemerintahan februari"), (DEWI, "telepon"), (DEWI, "7339"), (DEWI, "nihil"),
    (DEWI, "kirim"), (DEWI, "nanti saja"), (DEWI, "kelola daftar"), (DEWI, "batal"), (SARI, "posisi"),
    (DEWI, "kunci februari"), (DEWI, "kunci februari"), (DEWI, "tunda"), (DEWI, "batal"),
)  # fmt: skip
UNTOLD = (
    "!kantor:#", "!rencana:setuju:#", "!rencana:tolak:#", "!undang:hal:#", "!undang:#:1", "!undang:1:#",
    "!undang:baru:#:1",
)  # fmt: skip
"""Lasting buttons with a number that the story does not come by."""


def live_through(place: Place) -> None:
    """Everybody of the first office joins, and does whatever leaves something behind."""
    for made, mark in ((place.own, f" {PERSON}"), (place.other, "")):
        for name in (RATNA, AGUS, DEWI, SARI, JOKO):
            key = f"{name}{mark}"
            for channel in CHANNELS:
                join(place.connection, made.id, made.people[key], f"{address_of(key)}-{channel}", place.now, channel)
    for name, line in STORY:
        place.say(home(name), photo(line) if line.startswith("[foto") else Text(body=line))
    place.say(home(DEWI), REVISION)
    place.say(GROUP, FromGroup(news="asked", by=home(DEWI), title=f"Grup {SAID}"))
    sari = place.own.people[f"{SARI} {PERSON}"]
    desk = Desk(place.connection, place.own.id, place.now, place.almanac, sari)
    desk.numbers.ask(sari, "whatsapp", "6281200000099")
    for moment in (NOW, datetime(2022, 4, 4, 2, tzinfo=UTC), datetime(2022, 4, 5, 2, tzinfo=UTC)):
        place.now = moment
        place.tick()
    place.say(home(RATNA), Text(body="setuju"))
    place.say(home(DEWI), Text(body="tandai"))
    place.own_files = frozenset(place.written)


def home(name: str) -> str:
    """Where somebody of the first office writes on Telegram."""
    return f"{address_of(f'{name} {PERSON}')}-telegram"


# --- what is tried, and by whom -------------------------------------------------------------------------------------


def tokens_of(connection: Connection, office_id: int) -> list[str]:
    """What every button of an office ever carried, of open questions too."""
    found: set[str] = set()
    for message in connection.execute(select(_outbox.c.message).where(_outbox.c.office_id == office_id)).scalars():
        found |= {one["token"] or one["key"] for one in (message or {}).get("options", ())}
    return sorted(found)


def forged(place: Place, tokens: Sequence[str]) -> list[str]:
    """The lasting buttons with a number in them, with every id of the office in its place."""
    numbered = [token for token in tokens if token.startswith("!") and re.search(r":\d", token)]
    shapes = {re.sub(r"\d+", "#", token, count=1) for token in numbered} | {*UNTOLD}
    ids = {*place.own.posts.values(), *place.own.people.values(), *place.own.indicators.values(), 1, 2, 3}
    snapshots = place.connection.execute(select(_snapshot.c.id).where(_snapshot.c.office_id == place.own.id)).scalars()
    checked = {f"!periksa:{number}" for number in snapshots}
    return sorted({shape.replace("#", str(key), 1) for shape in shapes for key in sorted(ids)[::3]} | checked)


def words_of_menu() -> list[Incoming]:
    """Every word, bare and with something behind it that means a thing of the first office."""
    bare = [Text(body=entry.word) for entry in MENU]
    about = ("buku", f"7309 {ROW}", OFFICE, "maret", "1", f"{KASI} {TITLE}")
    return [*bare, *(Text(body=f"{one.word} {about[at % len(about)]}") for at, one in enumerate(MENU))]


def attempts(place: Place, tokens: Sequence[str]) -> list[Incoming]:
    pressed: list[Incoming] = [Press(token=token) for token in (*tokens, *forged(place, tokens))]
    return [*pressed, *words_of_menu(), photo(f"bukti {SAID}")]


def rows_of(connection: Connection, office_id: int, but: Sequence[str] = ()) -> dict[str, list[str]]:
    """Every row that belongs to an office, as the driver gives it."""
    where = {name: f"office_id = {office_id}" for name, one in METADATA.tables.items() if "office_id" in one.columns}
    where["target"] = f"indicator_id IN (SELECT id FROM indicator WHERE office_id = {office_id})"
    where["tenure"] = f"post_id IN (SELECT id FROM post WHERE office_id = {office_id})"
    where["account"] = f"person_id IN (SELECT id FROM person WHERE office_id = {office_id})"
    where["office"] = f"id = {office_id}"
    found = {
        name: connection.exec_driver_sql(f"SELECT * FROM {name} WHERE {which}")
        for name, which in where.items()
        if name not in but
    }
    return {name: sorted(map(str, rows)) for name, rows in found.items()}


def leaks(
    place: Place, said: Incoming, answers: Sequence[dict[str, Any]], secret: re.Pattern[str], office_id: int | None
) -> list[str]:
    """What of the first office stands in answers, or hangs on them: a picture or form of its figures, a file of it.

    What somebody typed themselves may be said to them again.
    """
    typed = said.body.split() if isinstance(said, Text) else []
    found = [json.dumps(one, ensure_ascii=False)[:400] for one in answers if secret.search(_without(typed, _read(one)))]
    for one in answers:
        if one["kind"] in ("chart", "form"):
            wanted = select(_snapshot.c.office_id).where(_snapshot.c.id == one["snapshot"])
            if place.connection.execute(wanted).scalar_one() != office_id:
                found.append(f"snapshot {one['snapshot']}")
        if one["kind"] == "file" and one["ref"] in files_of(place):
            found.append(f"file {one['name']}")
    return found


def _without(typed: Sequence[str], answer: str) -> str:
    return " ".join(word for word in re.findall(r"[\w.]+", answer) if word.strip(".") not in typed)


def _read(message: dict[str, Any]) -> str:
    """All of a message that is read: its buttons' labels too, not what they carry."""
    labels = [f"{option['label']} {option['hint']}" for option in message.get("options", ())]
    return " ".join([*(str(message.get(part, "")) for part in ("title", "text", "caption", "name")), *labels])


def files_of(place: Place) -> frozenset[str]:
    evidence = METADATA.tables["evidence"]
    wanted = select(evidence.c.hash).where(evidence.c.office_id == place.own.id)
    return frozenset(place.connection.execute(wanted).scalars()) | {REVISION.ref, *place.own_files}


@pytest.fixture
def place(engine: Engine) -> Iterator[Place]:
    with writing(engine) as connection:
        own = make_office(connection, name=OFFICE, plan=marked(WITH_BUDGET))
        other = make_office(connection, plan=WITH_BUDGET)
        yield Place(connection, own, other)


def sampled(place: Place, tried: Sequence[Incoming], request: pytest.FixtureRequest, of: int) -> Sequence[Incoming]:
    """One `of` so many, drawn by the seed of the run, on the embedded engine, and fewer on the other: what is said does
    not depend on it."""
    less = 1 if place.connection.dialect.name == "sqlite" else LESS_ELSEWHERE
    seed = request.config.getoption("randomly_seed", 0)
    return tried if of * less == 1 else Random(seed).sample(list(tried), len(tried) // (of * less))


parts = pytest.mark.parametrize("of", [3, pytest.param(1, marks=pytest.mark.soak)], ids=["a third", "all"])


@parts
def test_nothing_of_an_office_reaches_or_is_changed_by_others(
    place: Place, request: pytest.FixtureRequest, of: int
) -> None:
    live_through(place)
    tokens = tokens_of(place.connection, place.own.id)
    assert len(tokens) > 60
    words = {token[1:].split(":")[0] for token in tokens if token.startswith("!")}
    assert words >= {"undang", "mewakili", "grup", "rencana", "nomor", "bukti", "data"}
    tried = sampled(place, attempts(place, tokens), request, of)
    strangers, overseers = guests(place)
    before = rows_of(place.connection, place.own.id)
    found: dict[str, list[str]] = {}
    for name in (RATNA, AGUS, DEWI, SARI, JOKO):
        found |= tried_by(place, address_of(name), tried, ANY, place.other.id)
    for name in (*strangers, overseers["other"]):
        found |= tried_by(place, name, tried[::3], ANY, None)
    found |= tried_by(place, overseers["own"], tried[::3], INSIDE, None)
    assert found == {}
    assert changes(before, rows_of(place.connection, place.own.id)) == {}


def guests(place: Place) -> tuple[list[str], dict[str, str]]:
    """Somebody unknown, and who looks after the kabupaten of the offices or another one."""
    strangers = ["chat-tamu"]
    overseers = {"own": "chat-komang", "other": "chat-wayan"}
    for key, name in (("own", WITH_BUDGET.kabupaten), ("other", "Banyuasri")):
        for channel in CHANNELS:
            code = kabupaten.new_invite(place.connection, name, place.now, place.now + timedelta(days=9))
            for line in (code, "ya, saya"):
                place.say(f"{overseers[key]}-{channel}", Text(body=line), channel)
    for channel in CHANNELS:
        place.say(f"chat-tamu-{channel}", Text(body="halo"), channel)
    return strangers, overseers


def tried_by(
    place: Place, who: str, tried: Sequence[Incoming], secret: re.Pattern[str], office_id: int | None
) -> dict[str, list[str]]:
    """What leaked to somebody, by what they tried; every other time on the other channel."""
    found: dict[str, list[str]] = {}
    for at, said in enumerate(tried):
        channel = CHANNELS[at % 2]
        address = f"{who}-{channel}"
        if leaked := leaks(place, said, place.say(address, said, channel), secret, office_id):
            found[f"{who}: {said}"] = leaked
        place.forget_question(address, channel)
    return found


def changes(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """Rows that came, went or changed, by table."""
    return {name: sorted(set(before[name]) ^ set(after[name])) for name in before if before[name] != after[name]}


# --- people of the office itself ------------------------------------------------------------------------------------

OWN_DOING = ("outbox", "conversation", "snapshot", "account", "audit", "erasurerequest")
"""What somebody's own words leave behind: also who has left may ask for their data, and that it be erased."""


@parts
def test_who_left_the_office_sees_and_changes_nothing(place: Place, request: pytest.FixtureRequest, of: int) -> None:
    live_through(place)
    tokens = tokens_of(place.connection, place.own.id)
    leave(place, AGUS)
    tried = sampled(place, attempts(place, tokens), request, of)
    before = rows_of(place.connection, place.own.id, OWN_DOING)
    assert tried_by(place, address_of(f"{AGUS} {PERSON}"), tried, INSIDE, place.own.id) == {}
    assert changes(before, rows_of(place.connection, place.own.id, OWN_DOING)) == {}


def leave(place: Place, name: str) -> None:
    """Somebody's last day was yesterday."""
    tenure = table(Tenure)
    ended = {"ends": (place.now - timedelta(days=1)).date()}
    person_id = place.own.people[f"{name} {PERSON}"]
    place.connection.execute(tenure.update().where(tenure.c.person_id == person_id).values(**ended))


def test_who_has_no_right_changes_nothing_that_others_decide(place: Place) -> None:
    """A pelaksana presses what the camat, the admin and the Kasi were offered."""
    live_through(place)
    of_others = [token for token in tokens_of(place.connection, place.own.id) if token.startswith("!")]
    tried = [Press(token=token) for token in of_others]
    decided = ("office", "officeday", "post", "tenure", "plan", "indicator", "question", "review", "periodturn",
               "numberchange", "officegroup", "extension", "correctionrequest", "invite", "report", "target", "person",
               "followup", "evidence", "note")  # fmt: skip
    before = rows_of(place.connection, place.own.id)
    tried_by(place, address_of(f"{JOKO} {PERSON}"), tried, re.compile("$^"), place.own.id)
    after = rows_of(place.connection, place.own.id)
    assert {name: changed for name, changed in changes(before, after).items() if name in decided} == {}


def test_what_is_looked_for_would_be_noticed(place: Place) -> None:
    """The admin of the office itself is shown its words, its pictures and its files, and changes its tables."""
    live_through(place)
    assert place.own_files
    shown = {line: place.say(home(DEWI), Text(body=line)) for line in ("ringkasan", "tim", "periksa 1")}
    for line, answers in shown.items():
        assert leaks(place, Text(body="?"), answers, ANY, place.other.id), line
    before = rows_of(place.connection, place.own.id)
    place.say(home(RATNA), Press(token="!nomor:1:benar"))
    assert {"numberchange", "account", "audit", "outbox"} <= changes(
        before, rows_of(place.connection, place.own.id)
    ).keys()
