"""Conversations as people see them, held over the tables: inbox rows in, turns taken, outbox rows out.

Who speaks writes in the town's channel, or in the one named behind them: `Bu Sari Andini (WhatsApp): lapor`.

Every line is said to a program that has just started: new connections and new objects, nothing but the database
between. Only the engine stays, because all that it remembers is how statements are written. What sets the scene and
what looks at the tables goes through connections of its own, which stay open.
"""

import hashlib
import json
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from textwrap import wrap
from typing import Any

from sqlalchemy import Engine, Row, bindparam, func, select

from bot.documents.office_workbook import read_workbook
from bot.holiday_dates import NationalAlmanac
from bot.sample_plans import sample_path
from bot.turns import Clocks, TurnTaker
from bot.window import WINDOW
from domain.office_rules import OfficeRules
from domain.plan import Capacity, OfficePlan
from domain.zones import instant
from handlers.dialogue import State
from handlers.messages import (
    Chart,
    Choose,
    Contact,
    Document,
    Edited,
    File,
    Form,
    FromGroup,
    Incoming,
    MediaFailed,
    Notice,
    Option,
    Outgoing,
    Photo,
    Press,
    Text,
    Unknown,
    outgoing_json,
)
from storage import doors, inbox, offices, people, undelivered
from storage.conversations import AfterTurn, mark_unreachable, save_all, window_since
from storage.desk import Desk
from storage.engine import Connection, reading, writing
from storage.inbox import NewMessage
from storage.rows import add
from storage.tables import Account, Conversation, Inbox, Invite, Outbox, Overseer, Person, Tenure, table
from tests.engines import engine_for
from tests.joined import join
from tests.loaded import load
from tests.lookups import looked_through
from tests.transcripts import spending_sheets
from tests.transcripts.phones import Phones
from tests.transcripts.plans import SMALL_PLANS

_inbox = table(Inbox)
_outbox = table(Outbox)
_NEWEST_LETTER = select(func.max(_outbox.c.id))
_LETTERS_SINCE = select(_outbox).where(_outbox.c.id > bindparam("before")).order_by(_outbox.c.id)
_TAP = re.compile(r"\((.+?)(?:, (\d+) pesan lalu)?\)")
_EDIT = re.compile(r'\[ubah "(.*)" jadi "(.*)"\]')
_SENT = re.compile(
    r"\[(foto|foto dikompres|dokumen|rekaman|video|stiker|pesan suara|kontak|kontak orang lain|berkas 30 MB|foto rusak)"
    r"(?:: (.*))?\]"
)
_ALBUM = re.compile(r"\[(\d+) foto(?:, nomor (\d+) rusak)?: (.*)\]")
_CHANNELS = {"Telegram": "telegram", "WhatsApp": "whatsapp"}
_IN_GROUP = re.compile(r"(.+) \(Grup\)")
GROUP, SUPERGROUP, GROUP_TITLE = "-4001", "-1004001", "Kantor Sukamaju"
_SPEAKER = re.compile(rf"(.+?)(?: \(({'|'.join(_CHANNELS)})\))?")
MONTH_LATER = timedelta(days=30)
UNKNOWN_NUMBERS = 1000
"""Above the last digits of the numbers in the plans."""


@cache
def plan_of(name: str) -> OfficePlan:
    """A sample's plan, or a small invented one."""
    if name in SMALL_PLANS:
        return SMALL_PLANS[name]
    plan = read_workbook(sample_path(name))
    assert isinstance(plan, OfficePlan)
    return plan


@dataclass(frozen=True)
class Told:
    """Something that the assistant wrote: to whom, and how it reads there."""

    to: str
    message: Outgoing
    lines: tuple[str, ...]


@dataclass
class Town:
    """An office in a database, and everybody who chats with its assistant in `channel`.

    With `phones` all that goes through WhatsApp goes the whole way there.
    """

    url: str
    channel: str = "telegram"
    phones: Phones | None = None
    zone: str = "Asia/Makassar"
    now: datetime = datetime(2022, 3, 29, 1, tzinfo=UTC)
    auto_join: bool = True
    said: int = 0
    joined: set[str] = field(default_factory=set[str])
    letters: list[tuple[str, Outgoing]] = field(default_factory=list[tuple[str, Outgoing]])
    """What the last line made the assistant write to others, and to whom."""
    told: list[Told] = field(default_factory=list[Told])
    """All that the last line made the assistant write, the answers first."""
    numbers: dict[str, str] = field(default_factory=dict[str, str])
    """The WhatsApp number of everybody who has one."""
    loaded: int = 0
    """How many offices there are."""
    group: str = GROUP
    """Where the office's group is written to."""
    codes: dict[str, str] = field(default_factory=dict[str, str])
    """What a transcript calls the codes of invitations that were made in it, and what they are."""
    _sent: dict[int, str] = field(default_factory=dict[int, str])
    """What WhatsApp calls the messages of the outbox."""
    pressed: str = ""
    """The provider's id of the message below which the last button was pressed."""

    # --- setting the scene ----------------------------------------------------------------------------------------

    def load(self, name: str) -> None:
        """Load the plan of an office at the beginning of its year."""
        plan = plan_of(name)
        self.zone = plan.zone
        self.loaded += 1
        with self._writing() as connection:
            load(connection, plan, instant(date(plan.year, 1, 3), time(8), plan.zone))

    def set_clock(self, words: str) -> None:
        """`2022-03-29 09:00` on the office's clock."""
        at = datetime.fromisoformat(words)
        self.now = instant(at.date(), at.time(), self.zone)

    def invite(self, post: str, code: str, life: timedelta = MONTH_LATER) -> None:
        """An invitation of a known code."""
        with self._writing() as connection:
            office_id, post_id = self._post(connection, post)
            values = {
                "office_id": office_id,
                "post_id": post_id,
                "code_hash": hashlib.sha256(code.encode()).hexdigest(),
                "made_at": self.now,
                "expires_at": self.now + life,
            }
            add(connection, table(Invite), values)

    def invite_to(self, office: str, post: str, code: str) -> None:
        """An invitation of another office than the first."""
        with self._writing() as connection:
            office_id = next(key for key, name in offices.names(connection).items() if name == office)
            post_id = next(one.id for one in people.posts(connection, office_id) if one.title == post)
            values = {
                "office_id": office_id,
                "post_id": post_id,
                "code_hash": people.hash_of(code),
                "made_at": self.now,
                "expires_at": self.now + MONTH_LATER,
            }
            add(connection, table(Invite), values)

    def invite_overseer(self, kabupaten: str, code: str) -> None:
        """An invitation to look after a kabupaten."""
        with self._writing() as connection:
            values = {
                "kabupaten": kabupaten,
                "code_hash": people.hash_of(code),
                "made_at": self.now,
                "expires_at": self.now + MONTH_LATER,
            }
            add(connection, table(Overseer), values)

    def appoint(self, speaker: str, post: str, capacity: str) -> None:
        """Give a person a second post."""
        with self._writing() as connection:
            office_id, post_id = self._post(connection, post)
            person_id = next(key for key, name in self._people(connection, office_id).items() if name == speaker)
            tenure = {
                "post_id": post_id,
                "person_id": person_id,
                "capacity": Capacity(capacity),
                "starts": date(2020, 1, 1),
            }
            add(connection, table(Tenure), tenure)

    def enter_number(self, speaker: str, phone: str) -> None:
        """The office has entered that number (E.164) for a person."""
        with self._writing() as connection:
            office_id = offices.all_offices(connection)[0]
            person_id = next(key for key, name in self._people(connection, office_id).items() if name == speaker)
            person = table(Person)
            connection.execute(person.update().where(person.c.id == person_id).values(phone=phone))

    def open_door(self, channel: str, name: str) -> None:
        """People can join through a channel, by the name under which it is found."""
        with self._writing() as connection:
            doors.note(connection, {channel: name})

    def vacate(self, post: str) -> None:
        """Nobody holds a post any more."""
        with self._writing() as connection:
            _office_id, post_id = self._post(connection, post)
            tenure = table(Tenure)
            connection.execute(tenure.delete().where(tenure.c.post_id == post_id))

    def block(self, speaker: str) -> None:
        """A person blocks the assistant."""
        with self._writing() as connection:
            mark_unreachable(connection, *self.account(speaker))

    def refuse(self, speaker: str) -> None:
        """The newest message to a person is refused by their channel, as free text outside its window is."""
        channel, address = self.account(speaker)
        with self._writing() as connection:
            newest = (
                select(_outbox.c.id)
                .where(_outbox.c.address == address, _outbox.c.state.in_(("waiting", "due")))
                .order_by(_outbox.c.id.desc())
                .limit(1)
            )
            outbox_id = connection.execute(newest).scalar_one()
            connection.execute(_outbox.update().where(_outbox.c.id == outbox_id).values(state="due"))
            undelivered.send_elsewhere(connection, outbox_id, channel, "131047", self.now)

    def choose(self, name: str, value: Any) -> None:
        """Change one setting of the office, named as it is stored."""
        with self._writing() as connection:
            desk = Desk(connection, offices.all_offices(connection)[0], self.now, NationalAlmanac())
            desk.settings.choose(OfficeRules.from_json({**desk.office.rules.to_json(), name: value}), self.zone)

    def _post(self, connection: Connection, title: str) -> tuple[int, int]:
        office_id = offices.all_offices(connection)[0]
        return office_id, next(post.id for post in people.posts(connection, office_id) if post.title == title)

    def _people(self, connection: Connection, office_id: int) -> dict[int, str]:
        return {one.id: f"{one.salutation} {one.name}".strip() for one in people.people(connection, office_id)}

    def state_of(self, speaker: str) -> State:
        """What is kept of a person's conversations."""
        conversation, account = table(Conversation), table(Account)
        with self._reading() as connection:
            kept = connection.execute(
                select(conversation.c.state)
                .join(account, account.c.conversation_id == conversation.c.id)
                .where(account.c.address == self.account(speaker)[1])
            ).scalar_one()
        return State.model_validate(kept or {})

    def put_state(self, speaker: str, state: State) -> None:
        """Make a person's conversations stand as an earlier release left them."""
        account = table(Account)
        with self._writing() as connection:
            wanted = select(account.c.conversation_id).where(account.c.address == self.account(speaker)[1])
            conversation_id = connection.execute(wanted).scalar_one()
            save_all(
                connection, [AfterTurn(conversation_id, state.dialogue, state.step, state.model_dump(mode="json"))]
            )

    # --- talking --------------------------------------------------------------------------------------------------

    def hear(self, speaker: str, line: str) -> list[Outgoing]:
        """Everything that is answered to a line of a transcript."""
        if (in_group := _IN_GROUP.fullmatch(speaker)) is not None:
            return self.say_in_group(in_group[1], line)
        if self.auto_join and speaker not in self.joined and self._who(speaker)[0] == speaker:
            self.join(speaker)
        return self.say(speaker, *self._read_all(speaker, line))

    def say(self, speaker: str, *said: Incoming) -> list[Outgoing]:
        """Everything that a freshly started program answers to one message, or to several that came together."""
        return self._say_at(*self.account(speaker), *said)

    def say_in_group(self, speaker: str, line: str) -> list[Outgoing]:
        """What happens in the office's group on Telegram, and what is said there."""
        said = _in_group(line, f"chat-{speaker}")
        answers = self._say_at("telegram", self.group, said)
        self.group = said.word if said.news == "moved" else self.group
        return answers

    def _say_at(self, channel: str, address: str, *said: Incoming) -> list[Outgoing]:
        with self._reading() as connection:
            before = connection.execute(_NEWEST_LETTER).scalar_one() or 0
        messages = [self._message(channel, address, one) for one in said]
        with self._started() as engine:
            with writing(engine) as connection:
                inbox.store(connection, messages, self.now)
            self._take_turns(engine)
            with reading(engine) as connection:
                rows = connection.execute(_LETTERS_SINCE, {"before": before}).all()
        told = [(is_answer(row), self._read_there(row)) for row in rows if row.message and row.state != "to_call"]
        self._note_sent()
        speaks_here = self._named(channel, address)
        answers = [one for is_reply, one in told if is_reply and one.to == speaks_here]
        letters = [one for is_reply, one in told if not is_reply]
        self.letters = [(one.to, one.message) for one in letters]
        self.told = [*answers, *letters]
        return [one.message for one in answers]

    def _take_turns(self, engine: Engine) -> None:
        """Until nothing waits; work beside the turns is looked for when one of them has begun some."""
        begun: list[bool] = []
        clocks = Clocks(lambda: self.now, lambda: self.now)
        taker = TurnTaker(clocks, NationalAlmanac(), "test", wake_jobs=lambda: begun.append(True))
        taken = 1
        while taken:
            with writing(engine) as connection:
                taken = taker.take_batch(connection).conversations
            while begun:
                with writing(engine) as connection:
                    done = spending_sheets.work(connection, self.now)
                taken += done
                if not done:
                    begun.clear()

    def _message(self, channel: str, address: str, said: Incoming) -> NewMessage:
        """What is stored of a message."""
        self.said += 1
        if self.phones is None or channel != "whatsapp":
            number, plain = f"update-{self.said}", said.model_dump(mode="json")
            return NewMessage(channel, address, number, f"m{self.said}", plain, answers=self.pressed)
        arrival, brought = self.phones.say(address, said)
        stored, about = brought.model_dump(mode="json"), (arrival.external_id, arrival.message_id)
        return NewMessage(channel, arrival.address, *about, stored, answers=arrival.answers)

    def _note_sent(self) -> None:
        """A button tells of its message by the id that the provider gave it: worth knowing where there are several
        offices."""
        if self.loaded < 2:
            return
        with self._writing() as connection:
            rows = connection.execute(
                select(_outbox).where(_outbox.c.provider_id == "", _outbox.c.message.is_not(None))
            )
            for row in rows.all():
                sent = self._sent.get(row.id, f"o{row.id}")
                connection.execute(_outbox.update().where(_outbox.c.id == row.id).values(provider_id=sent))

    def _read_there(self, row: Row[Any]) -> Told:
        """What was written, as it reads where it arrives."""
        message = outgoing_json.validate_python(row.message)
        to = self._named(row.channel, row.address)
        if isinstance(message, File) and message.secret and message.secret not in self.codes.values():
            self.codes[f"KODE{len(self.codes) + 1:06}"] = message.secret
        if self.phones is None or row.channel != "whatsapp":
            return Told(to, message, self._renamed(shown(message)))
        screen = self.phones.show(row.address, message)
        self._sent[row.id] = screen.shown.id
        # A template says less than the message that it stands for: held elsewhere.
        return Told(to, message, self._renamed(shown(message) if screen.template else screen.lines))

    def _renamed(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Every code by what the transcript calls it: it is another one each time."""
        for name, code in self.codes.items():
            lines = [line.replace(code, name) for line in lines]
        return tuple(lines)

    # --- who is who -----------------------------------------------------------------------------------------------

    def account(self, speaker: str) -> tuple[str, str]:
        """The channel in which somebody speaks, and their address there."""
        name, channel = self._who(speaker)
        return channel, self._number(name) if channel == "whatsapp" else f"chat-{name}"

    def _who(self, speaker: str) -> tuple[str, str]:
        found = _SPEAKER.fullmatch(speaker)
        assert found is not None
        return found[1], _CHANNELS.get(found[2], self.channel)

    def _number(self, name: str) -> str:
        """Everybody's own, given when it is first asked for: none that a plan knows."""
        if name not in self.numbers:
            self.take_number(name, f"628120000{UNKNOWN_NUMBERS + len(self.numbers) + 1:04}")
        return self.numbers[name]

    def take_number(self, name: str, number: str) -> None:
        """Somebody writes in WhatsApp from that number, in digits."""
        self.numbers[name] = number
        if self.phones is not None:
            self.phones.take(name, number)

    def _named(self, channel: str, address: str) -> str:
        """Whose address it is, with the channel where it is not the town's."""
        if address in (GROUP, SUPERGROUP):
            return "Grup"
        numbers = {number: name for name, number in self.numbers.items()}
        name = numbers.get(address, f"+{address}") if channel == "whatsapp" else address.removeprefix("chat-")
        label = next(label for label, key in _CHANNELS.items() if key == channel)
        return name if channel == self.channel else f"{name} ({label})"

    async def may_write_freely(self, address: str) -> bool:
        """Whether the window of 24 hours is open at a WhatsApp number."""
        with self._reading() as connection:
            since = window_since(connection, "whatsapp", address)
        return since is not None and self.now - since < WINDOW

    # --- what is said ---------------------------------------------------------------------------------------------

    def join(self, speaker: str) -> None:
        """Join silently the post that the person holds. Whoever has joined before sends an invitation of their own."""
        self.joined.add(speaker)
        person, _channel = self._who(speaker)
        with self._writing() as connection:
            office_id = offices.all_offices(connection)[0]
            names = {name: key for key, name in self._people(connection, office_id).items()}
            desk = Desk(connection, office_id, self.now, NationalAlmanac())
            posts = {held_by: post for post, held_by in reversed(desk.holders.items())}
            post_id = posts.get(names.get(person, 0))
            if post_id is None:  # Pak Tamu
                return
            if not desk.people[names[person]].joined:
                channel, address = self.account(speaker)
                join(connection, office_id, names[person], address, self.now, channel)
                return
        self._use_invitation(speaker, desk.organisation.posts[post_id].title)

    def _use_invitation(self, speaker: str, post: str) -> None:
        code = f"JABN{len(self.joined):06}".translate(str.maketrans("01", "ZY"))
        self.invite(post, code)
        self.say(speaker, Text(body=code))
        self.say(speaker, Text(body="Ya, saya"))

    def _read_all(self, speaker: str, line: str) -> list[Incoming]:
        if (album := _ALBUM.fullmatch(line)) is None:
            return [self._read(speaker, line)]
        number, broken, words = int(album[1]), int(album[2] or 0), album[3]
        named = f"album-{self.said}"
        return [
            MediaFailed(reason="broken", album=named, place=at)
            if at == broken
            else _photo(f"{words} {at}", named, words, at)
            for at in range(1, number + 1)
        ]

    def _read(self, speaker: str, line: str) -> Incoming:
        self.pressed = ""
        if match := _TAP.fullmatch(line):
            self.pressed, option = self._option(speaker, match[1], int(match[2] or 0))
            return Press(token=option.token or option.key, label=option.label)
        if match := _EDIT.fullmatch(line):
            return Edited(of=self._message_id(speaker, match[1]), body=match[2])
        if match := _SENT.fullmatch(line):
            return _other_kind(match[1], match[2] or "")
        for name, code in self.codes.items():
            line = line.replace(name, code)
        return Text(body=line.replace(" / ", "\n"))

    def _option(self, speaker: str, label: str, ago: int) -> tuple[str, Option]:
        """A button of the newest message that had it, not counting the last `ago` messages."""
        channel, address = self.account(speaker)
        if self.phones is not None and channel == "whatsapp":
            return "", self.phones.option(address, label, ago)
        for sent, message in self._told(speaker)[ago:]:
            for option in options_of(message):
                if option.label == label:
                    return sent, option
        raise AssertionError(f"no message to {speaker} has a button {label!r}")

    def _told(self, speaker: str) -> list[tuple[str, Outgoing]]:
        """What somebody was sent, the newest first, with the provider's id of it."""
        with self._reading() as connection:
            rows = connection.execute(
                select(_outbox.c.provider_id, _outbox.c.message)
                .where(_outbox.c.address == self.account(speaker)[1])
                .order_by(_outbox.c.id.desc())
            )
            return [(sent, outgoing_json.validate_python(message)) for sent, message in rows if message is not None]

    def _message_id(self, speaker: str, body: str) -> str:
        with self._reading() as connection:
            rows = connection.execute(
                select(_inbox).where(_inbox.c.address == self.account(speaker)[1]).order_by(_inbox.c.id.desc())
            )
            return next(row.message_id for row in rows if (row.said or {}).get("body") == body.replace(" / ", "\n"))

    def rows(self, of: Any, *columns: str) -> list[tuple[Any, ...]]:
        """What stands in a table, in order."""
        wanted = table(of)
        with self._reading() as connection:
            chosen = select(*(wanted.c[column] for column in columns)).order_by(wanted.c.id)
            return [tuple(row) for row in connection.execute(chosen)]

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        with writing(engine_for("scenery", self.url).at(self.url)) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Generator[Connection]:
        with reading(engine_for("scenery", self.url).at(self.url)) as connection:
            yield connection

    @contextmanager
    def _started(self) -> Generator[Engine]:
        """An engine whose connection knows nothing of the turns before."""
        of_all = engine_for("program", self.url)
        engine = of_all.at(self.url)
        try:
            with looked_through(engine) as slow:
                yield engine
            assert not slow, "\n".join(slow)
        finally:
            of_all.restart()


def _in_group(line: str, by: str) -> FromGroup:
    match line:
        case "[ditambahkan]":
            return FromGroup(news="added", by=by, title=GROUP_TITLE)
        case "[dikeluarkan]":
            return FromGroup(news="removed", by=by, title=GROUP_TITLE)
        case "[pindah]":
            return FromGroup(news="moved", word=SUPERGROUP)
        case "/grup":
            return FromGroup(news="asked", by=by, title=GROUP_TITLE)
        case _ if line.startswith("/"):
            return FromGroup(news="command", by=by, title=GROUP_TITLE)
        case _:
            return FromGroup(news="code", by=by, title=GROUP_TITLE, word=line)


def _other_kind(kind: str, words: str) -> Incoming:
    ref = _hash(f"{kind} {words}")
    match kind:
        case "foto":
            return Photo(ref=ref, size=1000, caption=words, shown=ref, fingerprint=_hash(words))
        case "foto dikompres":  # what is told by its few different bits from the photo of these words
            near = f"{int(_hash(words), 16) ^ 0b111:064x}"
            return Photo(ref=ref, size=900, caption=words, shown=ref, fingerprint=near)
        case "rekaman":
            return Document(ref=ref, size=3000, name="rekaman.ogg", mime="audio/ogg", caption=words)
        case "video":
            return Document(ref=ref, size=4000, name="video.mp4", mime="video/mp4", caption=words)
        case "foto rusak":
            return MediaFailed(reason="broken", name=words)
        case "dokumen":
            return Document(ref=ref, size=2000, name=words or "daftar.pdf", mime="application/pdf")
        case "kontak" | "kontak orang lain":
            return Contact(phone=words or "+6281200000099", own=kind == "kontak")
        case "berkas 30 MB":
            return MediaFailed(reason="too_large")
        case _:
            return Unknown(what=kind)


def _photo(words: str, album: str, caption: str, at: int) -> Photo:
    """One of an album, of which the first has the words."""
    ref, look = _hash(f"foto {words}"), _hash(words)
    return Photo(ref=ref, size=1000, shown=ref, fingerprint=look, caption=caption if at == 1 else "", album=album)


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def is_answer(row: Row[Any]) -> bool:
    """Whether a row of the outbox answers a message."""
    return row.dedup_key.startswith("reply:")


def options_of(message: Outgoing) -> tuple[Option, ...]:
    return message.options if isinstance(message, Choose | Chart | File | Notice) else ()


def words_of(message: Outgoing) -> str:
    """Everything of a message that is read."""
    title = getattr(message, "title", "")
    text = message.caption if isinstance(message, Chart | File | Form) else message.text
    return f"{title}\n{text}" if title else text


def shown(message: Outgoing) -> list[str]:
    """A message as a transcript shows it: a picture by its name, options in brackets on a last line."""
    is_picture = isinstance(message, Chart) or (isinstance(message, File) and message.is_picture)
    lines = ["(gambar)"] if is_picture else []
    if isinstance(message, File | Form) and not is_picture:
        lines.append(f"(berkas {message.name})")
    lines += words_of(message).split("\n")
    labels = " ".join(f"[{option.label}]" for option in options_of(message))
    return [*lines, *([labels] if labels else [])]


def phone_lines(text: str, width: int = 40) -> int:
    """How many lines a text takes on a small phone."""
    return sum(max(1, len(wrap(line, width))) for line in text.split("\n"))


def run(script: Sequence[str], town: Town) -> str:
    """Hold a conversation: what people say is taken from the script, what is answered is written anew."""
    lines: list[str] = []
    for line in script:
        if line.startswith("#"):
            lines += ["", line] if lines and not lines[-1].startswith("#") else [line]
        elif line.startswith("@ "):
            _direct(line.removeprefix("@ "), town)
            lines += ["", line] if lines and lines[-1][:1] not in "#@" else [line]
        elif (match := re.match(r"(?!Bot\b)([A-Z][^:\[]{1,30}):(?: (.*))?$", line)) and line[:1] != " ":
            lines.append(line.rstrip())
            answers = town.hear(match[1], match[2] or "")
            for at, told in enumerate(town.told):
                lines += _block("Bot" if at < len(answers) else f"Bot kepada {told.to}", told.lines)
    return "\n".join(lines) + "\n"


def _block(who: str, lines: Sequence[str]) -> list[str]:
    first, *rest = lines
    return [f"{who}: {first}", *(f"     {more}".rstrip() for more in rest)]


def _direct(words: str, town: Town) -> None:
    """A line that sets the scene."""
    kind, _, rest = words.partition(" ")
    match kind:
        case "kantor":
            town.load(rest)
        case "tamu":  # nobody has joined before
            town.auto_join = False
        case "undangan":
            post, code, *days = rest.rsplit(" ", 2) if rest[-1].isdecimal() and rest[-2] == " " else rest.rsplit(" ", 1)
            town.invite(post, code, timedelta(days=int(days[0])) if days else MONTH_LATER)
        case "undangan-di":
            office, _, about = rest.partition(": ")
            town.invite_to(office, *about.rsplit(" ", 1))
        case "undangan-kabupaten":
            town.invite_overseer(*rest.rsplit(" ", 1))
        case "jabatan":
            speaker, _, post = rest.partition(": ")
            capacity, _, title = post.partition(" ")
            town.appoint(speaker, title, capacity)
        case "bergabung":
            town.join(rest)
        case "aturan":
            name, _, value = rest.partition(" ")
            town.choose(name, json.loads(value))
        case "blokir":
            town.block(rest)
        case "tertolak":
            town.refuse(rest)
        case "kosong":
            town.vacate(rest)
        case "pintu":
            town.open_door(*rest.split())
        case "nomor":
            town.take_number(*rest.rsplit(" ", 1))
        case "tercatat":
            town.enter_number(*rest.rsplit(" ", 1))
        case _:
            town.set_clock(words)
