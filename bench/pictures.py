"""The camat's picture from a snapshot to a PNG, beside the same picture by pyplot, and what drawing does to others."""

import asyncio
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

from bench.measure import MILLISECONDS, Row, medians, once
from bot import drawing
from bot.drawers import Drawers
from domain.summary import Behind, Coverage, OfficeSummary, SectionFigures
from storage.figures_json import to_json
from storage.stored_snapshot import StoredSnapshot

OFFICES = 20
THREADS = 8
HELD = 5.0
"""Milliseconds for which drawing may hold the event loop."""
_TICK = 0.001
"""Seconds between two looks at the clock."""
_SECTIONS = ("Pemerintahan", "Pembangunan", "Pelayanan Umum", "Sosial Budaya", "Ketenteraman", "Ekonomi", "Kebersihan")
_MADE_AT = datetime(2026, 12, 31, 2, tzinfo=UTC)
_MADE = "31 Desember 2026 10.00 WITA"
_PERIOD = "November 2026"
_ZONE = "Asia/Makassar"
_NUMBER = re.compile(r"\d[\d.,]*%?")


def rows(*, long: bool = False) -> Iterator[Row]:
    """A warm drawer; every round is another office, none is drawn twice."""
    offices = [_office(at) for at in range(-1, OFFICES)]
    snapshots = [_snapshot(number, office) for number, office in enumerate(offices)]
    yield from _beside_pyplot(offices, snapshots)
    yield from _beside_the_chat(snapshots)


def _beside_pyplot(offices: Sequence[OfficeSummary], snapshots: Sequence[StoredSnapshot]) -> Iterator[Row]:
    """Time and size; the first picture, which is counted apart, is that of a drawer that has just begun."""
    drawing.warm_up()
    sizes: dict[str, list[int]] = {"ours": [], "peer": []}

    def ours(number: int) -> None:
        sizes["ours"].append(len(drawing.page(snapshots[number + 1], _ZONE, 1)))

    cold = once(lambda: ours(-1))
    from bench.peers import pyplot_summary

    def peer(number: int) -> None:
        sizes["peer"].append(len(pyplot_summary.draw(offices[number + 1], _PERIOD, _MADE, number + 1)))

    _check(offices)
    taken = medians(ours, peer, OFFICES)
    yield Row(f"summary picture, {OFFICES} offices", "pyplot savefig", *taken, "ms", 0.25, note=f"first {cold:.0f} ms")
    size, peer_size = (sum(each) / len(each) / 1000 for each in sizes.values())
    yield Row("bytes of a summary picture", "pyplot savefig", size, peer_size, "kB", 0.5)


def _check(offices: Sequence[OfficeSummary]) -> None:
    """Show that both pictures say the same numbers. Raises ValueError."""
    from bench.peers import pyplot_summary
    from bot.charts.footer import Footer
    from bot.charts.overview import compose_overview

    for number, office in enumerate(offices):
        ours = [box.words for box in compose_overview(office, Footer(_PERIOD, _MADE, number)).boxes()]
        peer = pyplot_summary.words(office, _PERIOD, _MADE, number)
        if _numbers(ours) != _numbers(peer):
            raise ValueError(f"product and peer differ: {_numbers(ours) ^ _numbers(peer)}")
    print(f"pictures: product and pyplot say the same numbers of {len(offices)} offices", file=sys.stderr)  # noqa: T201


def _numbers(words: Sequence[str]) -> set[str]:
    """The numbers of a picture, but for those of the list of who is missing, which is as long as there is room."""
    told = (one for one in words if "lainnya" not in one and "jabatan" not in one)
    return {number for one in told for number in _NUMBER.findall(one)}


def _beside_the_chat(snapshots: Sequence[StoredSnapshot]) -> Iterator[Row]:
    """Through the processes that draw, as the chat has it done."""
    drawers = Drawers()
    try:
        drawers.drawn(drawing.page, snapshots[0], _ZONE, 1)
        quiet, held = asyncio.run(_held(drawers, snapshots))
        yield Row("event loop held while pictures are drawn", f"{HELD:g} ms", held, HELD, "ms", 1.0, floor=quiet)
        wrong = _wrong_in_threads(drawers, snapshots)
        number = len(snapshots) * THREADS
        yield Row(f"wrong pictures in {THREADS} threads", f"{number} drawn", wrong, number, "pictures", 0.0)
    finally:
        drawers.close()


async def _held(drawers: Drawers, snapshots: Sequence[StoredSnapshot]) -> tuple[float, float]:
    """For how long the loop took no turn, in ms: when nothing is drawn, and during a picture; medians of the worst."""
    quiet, busy = list[float](), list[float]()
    for snapshot in snapshots[1:]:
        started = time.perf_counter()
        busy.append(await _worst_gap(asyncio.create_task(drawers.draw(drawing.page, snapshot, _ZONE, 1))))
        lasted = time.perf_counter() - started
        quiet.append(await _worst_gap(asyncio.create_task(asyncio.sleep(lasted))))
    return statistics.median(quiet), statistics.median(busy)


async def _worst_gap(task: asyncio.Task[object]) -> float:
    """The longest time between two turns of a coroutine that wants one every millisecond, beyond that, in ms."""
    worst, last = 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(_TICK)
        now = time.perf_counter()
        worst, last = max(worst, now - last - _TICK), now
    await task
    return worst * MILLISECONDS


def _wrong_in_threads(drawers: Drawers, snapshots: Sequence[StoredSnapshot]) -> int:
    """How many pictures that are asked for from many threads at once are not, byte for byte, those drawn alone."""
    alone = [drawing.page(snapshot, _ZONE, 1) for snapshot in snapshots]

    def wrong(thread: int) -> int:
        turned = [(at + thread) % len(snapshots) for at in range(len(snapshots))]
        return sum(drawers.drawn(drawing.page, snapshots[at], _ZONE, 1) != alone[at] for at in turned)

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(wrong, range(THREADS)))


def _snapshot(number: int, office: OfficeSummary) -> StoredSnapshot:
    return StoredSnapshot(number, 1, "summary", office.period, to_json(office), _MADE_AT)


def _office(at: int) -> OfficeSummary:
    """An office of its own name and number of sections, some complete, some not."""
    sections = tuple(_section(at, number) for number in range(1 + at % 12))
    return OfficeSummary(
        office=f"Kecamatan Contoh {at}",
        period="2026-11",
        posts_due=12,
        posts_reported=12 - at % 5,
        posts_reported_before=7,
        missing_posts=tuple(f"Kasi {name}" for name in _SECTIONS[: at % 5]),
        coverage=Coverage(40, 40 - at % 7, 38 - at % 7),
        mean=Decimal(60 + at),
        predicate=None,
        change=Decimal(at % 7 - 3),
        sections=sections,
        behind=tuple(
            Behind(f"Indikator tertinggal nomor {n}", "desa", Decimal(9), Decimal(n), Decimal(11 * n), sections[0].name)
            for n in range(1, 4)
        ),
        provisional=True,
        sample=False,
        closed_period="2026-11",
    )


def _section(at: int, number: int) -> SectionFigures:
    due, missing = 8, (at + number) % 3
    mean = Decimal((at * 7 + number * 13) % 100)
    name = f"Seksi {_SECTIONS[number % len(_SECTIONS)]} {number}"
    return SectionFigures(name, Coverage(due, due - missing, due - missing), mean, None if missing else "Tinggi")
