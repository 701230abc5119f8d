"""The camat's picture from figures to PNG, beside the same picture by pyplot."""

from collections.abc import Iterator
from decimal import Decimal

from bench.measure import Row, medians, once
from bot.charts.catalogue import CHARTS
from bot.charts.footer import Footer
from domain.summary import Behind, Coverage, OfficeSummary, SectionFigures
from storage.figures_json import to_json

OFFICES = 20
ROUNDS = 20
_SECTIONS = ("Pemerintahan", "Pembangunan", "Pelayanan Umum", "Sosial Budaya", "Ketenteraman", "Ekonomi", "Kebersihan")
_MADE = "31 Desember 2026 10.00 WITA"
_PERIOD = "November 2026"


def rows(*, long: bool = False) -> Iterator[Row]:
    """Time of a warm drawer, and the size of the picture; every round is another office, none is drawn twice."""
    from bench.peers import pyplot_summary

    offices = [_office(at) for at in range(-1, ROUNDS)]
    kept = [to_json(office) for office in offices]
    sizes: dict[str, list[int]] = {"ours": [], "peer": []}

    def ours(number: int) -> None:
        (page,) = CHARTS["overview"].pages(kept[number + 1], Footer(_PERIOD, _MADE, number + 2))
        sizes["ours"].append(len(page))

    def peer(number: int) -> None:
        sizes["peer"].append(len(pyplot_summary.draw(offices[number + 1], _PERIOD, _MADE, number + 2)))

    cold = once(lambda: ours(-1))
    taken = medians(ours, peer, ROUNDS)
    yield Row(f"summary picture, {OFFICES} offices (the first {cold:.0f} ms)", "pyplot savefig", *taken, "ms", 0.25)
    size, peer_size = (sum(each) / len(each) / 1000 for each in sizes.values())
    yield Row("bytes of a summary picture", "pyplot savefig", size, peer_size, "kB", 0.5)


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
