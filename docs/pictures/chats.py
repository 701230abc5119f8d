"""The chats that the pictures of the guides show: who says what, and up to where each picture looks.

One story in one demo, on a clock that stands still, so that it goes the same each time. `make` photographs it; a test
plays it without a browser and compares the words with `words.txt`.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.stories.office import PATIENCE, Bubble, Office, open_office, shown

PLAN = "kubutambahan-2022"
WORDS = Path(__file__).with_name("words.txt")

KASI, BUILDING, CULTURE = "Kasi Pemerintahan", "Kasi Pembangunan", "Kasi Sosial Budaya"
GENERAL = "Kasubbag Umum & Keuangan"
ADMIN, SEKCAM, CAMAT = "Kasubbag Perencanaan", "Sekretaris Kecamatan", "Camat"


@dataclass(frozen=True)
class Say:
    """Words that the holder of a post types; `(Label)` taps the newest button that begins so."""

    post: str
    words: str


@dataclass(frozen=True)
class Clock:
    """A move of the clock."""

    to: str


@dataclass(frozen=True)
class Picture:
    """The last `messages` of a phone, once `ends` stands in the last one."""

    name: str
    post: str
    messages: int
    ends: str


STORY: tuple[Say | Clock | Picture, ...] = (
    # Friday 25 March: a Kasi who has just joined reports. Whatever is due at that moment is put on its way first.
    Clock("25 Maret 2022 09.30"),
    Picture("bergabung", KASI, 3, "Terima kasih, Bu Sari"),
    Say(KASI, "lapor"),
    Say(KASI, "1"),
    Picture("lapor", KASI, 4, "2 dari 3"),
    Say(KASI, "9"),
    Say(KASI, "(Memang 9)"),
    Say(KASI, "tanpa catatan"),
    Say(KASI, "1"),
    Say(KASI, "11"),
    Say(KASI, "(Lewati)"),
    Say(KASI, "(Kirim 4 laporan)"),
    Picture("kirim", KASI, 3, "4 laporan terkirim"),
    Say(KASI, "(Nanti saja)"),
    Say(GENERAL, "lapor"),
    Say(GENERAL, "2"),
    Say(GENERAL, "2.800"),
    Picture("ragu", GENERAL, 3, "Memang 2.800"),
    Say(GENERAL, "(Ketik ulang)"),
    Say(GENERAL, "198"),
    Say(GENERAL, "(Kirim 2 laporan)"),
    Say(ADMIN, "pertanyaan"),
    Picture("pertanyaan", ADMIN, 2, "Pertanyaan 1 dari"),
    Say(ADMIN, "(Nanti saja)"),
    Say(ADMIN, "verifikasi"),
    Say(ADMIN, "(Mulai)"),
    Picture("verifikasi", ADMIN, 4, "Bukti: belum ada"),
    Say(ADMIN, "(Kembalikan)"),
    Say(ADMIN, "(Lampirkan bukti)"),
    Picture("kembalikan", ADMIN, 4, "diberi tahu"),
    Say(KASI, "(Perbaiki)"),
    Picture("dikembalikan", KASI, 3, "kirim foto atau dokumen dulu"),
    Say(ADMIN, "kelola"),
    Picture("kelola", ADMIN, 2, "Apa yang berubah?"),
    Say(ADMIN, "batal"),
    Say(ADMIN, "lapor"),
    Say(ADMIN, "1"),
    Say(ADMIN, "(Lewati)"),
    Say(ADMIN, "(Kirim 1 laporan)"),
    Say(SEKCAM, "verifikasi"),
    Say(SEKCAM, "(Setujui)"),
    Picture("verifikasi-sekcam", SEKCAM, 4, "Diverifikasi"),
    Say(SEKCAM, "tim"),
    Picture("tim", SEKCAM, 2, "Tim · Maret 2022"),
    Say(SEKCAM, "ingatkan"),
    Picture("ingatkan-sekcam", SEKCAM, 2, "Sudah diingatkan"),
    # The day before the cut-off, and the camat's Monday.
    Clock("4 April 2022 08.00"),
    Picture("pengingat", BUILDING, 1, "batas laporan Maret besok"),
    Say(CULTURE, "lapor"),
    Say(CULTURE, "1"),
    Picture("ringkasan-camat", CAMAT, 1, "ringkasan Senin 4 April"),
    Say(CAMAT, "(Ingatkan yang belum)"),
    Say(CAMAT, "(Bu Rai)"),
    Picture("ingatkan-camat", CAMAT, 4, "Sudah diingatkan"),
    Say(CAMAT, "grafik musrenbang"),
    Say(CAMAT, "(Beri catatan)"),
    Say(CAMAT, "Mohon dikejar sebelum Jumat."),
    Picture("catatan-camat", CAMAT, 5, "Catatan tersimpan"),
    Say(CAMAT, "sahkan"),
    Picture("sahkan", CAMAT, 2, "Pengesahan TW I"),
    Say(ADMIN, "unduh renaksi tw i"),
    Say(ADMIN, "(PDF"),
    Picture("unduh", ADMIN, 3, "Renaksi TW I 2022"),
)

Take = Callable[[Picture, Sequence[Bubble]], Awaitable[None]]


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncGenerator[Office]:
    """The demo that the story is played in, with its clock standing."""
    async with open_office(PLAN, folder, stands=True) as office:
        yield office


async def play(office: Office, take: Take) -> str:
    """Play the story, hand every picture's messages to `take`; return the words of all pictures, as in `words.txt`."""
    words: list[str] = []
    for step in STORY:
        match step:
            case Say():
                await say(office, step)
            case Clock():
                await office.move_clock(step.to)
            case Picture():
                chat = await until(office, step.post, lambda last, ends=step.ends: ends in shown(last))
                await take(step, chat[-step.messages :])
                words.append(told(step, chat[-step.messages :]))
    return "\n".join(words)


async def say(office: Office, step: Say) -> None:
    """Type or tap; a button is waited for, since what it stands under may have been another person's doing."""
    label = step.words.removeprefix("(").removesuffix(")") if step.words.startswith("(") else None
    if label is not None:
        await until(office, step.post, lambda last: any(one["label"].startswith(label) for one in last["options"]))
        await office.new_bubbles(step.post)
    await office.ask(step.post, step.words, label)


async def until(office: Office, post: str, is_so: Callable[[Bubble], bool]) -> list[Bubble]:
    """The whole chat of a phone, once its last message is so. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE):
        while not ((chat := await history(office, post)) and is_so(chat[-1])):
            await office.news.wait()
            office.news.clear()
    return chat


async def history(office: Office, post: str) -> list[Bubble]:
    answer = await office.client.get(f"/simulator/api/chat/{office.addresses[post]}")
    return answer.raise_for_status().json()["bubbles"]


def told(picture: Picture, bubbles: Sequence[Bubble]) -> str:
    """A picture's messages as text: whose phone it is, and then each message with its file and buttons."""
    lines = [f"== {picture.name}: {picture.post}"]
    for bubble in bubbles:
        who = "Anda" if bubble["mine"] else "Bot"
        file = [f"({bubble['name'] or 'gambar'})"] if bubble["media_url"] else []
        first, *rest = "\n".join([*file, shown(bubble)]).splitlines()
        lines += [f"{who}: {first}", *(f"     {line}" if line else "" for line in rest)]
    return "\n".join(lines) + "\n"
