"""The camat's picture by plain pyplot: a figure, axes with texts and horizontal bars, then savefig.

After matplotlib's own examples "Horizontal bar chart" (gallery, lines_bars_and_markers/barh), "Hatch-filled histograms"
(lines_bars_and_markers/filled_step) for what is missing, and "Text properties and layout" (users/explain/text). It says
every word and number that the product's picture says, in the same font.
"""

from io import BytesIO

from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from bot.charts.letters import FILES
from domain.summary import Behind, OfficeSummary, SectionFigures

_INK, _MUTED, _TRACK, _CARD, _BAND, _PALE = "#17212b", "#4a5866", "#e3e8ee", "#eef2f6", "#123a5a", "#dbe7f1"
_COLOURS = {"Tinggi": "#2563eb", None: "#a9b3bd"}
_BODY = 33
_FULL = 100
_CROWDED = 11
"""Sections beyond which only the last of the indicators is named, as in the product's picture."""

for _file in FILES.values():
    font_manager.fontManager.addfont(_file)
plt.rcParams["font.family"] = "Roboto"


def draw(summary: OfficeSummary, period: str, made: str, number: int) -> bytes:
    """The same numbers and names on 1080 x 1350 pixels, as a PNG."""
    figure = plot(summary, period, made, number)
    file = BytesIO()
    figure.savefig(file, format="png")
    plt.close(figure)
    return file.getvalue()


def words(summary: OfficeSummary, period: str, made: str, number: int) -> list[str]:
    """Every text of the picture."""
    figure = plot(summary, period, made, number)
    plt.close(figure)
    return [text.get_text() for texts in (figure.texts, *(axes.texts for axes in figure.axes)) for text in texts]


def plot(summary: OfficeSummary, period: str, made: str, number: int) -> Figure:
    """The figure, to be closed."""
    figure, (head, top, middle, bottom, foot) = plt.subplots(
        5, 1, figsize=(15, 18.75), dpi=72, gridspec_kw={"height_ratios": (1.3, 2, 7, 3, 1), "hspace": 0.05}
    )
    figure.subplots_adjust(left=0.05, right=0.95, top=1, bottom=0)
    for axes in (head, top, middle, bottom, foot):
        axes.axis("off")
        axes.set_xlim(0, _FULL)
    figure.add_artist(Rectangle((0, 0.912), 1, 0.088, color=_BAND, zorder=-1))
    head.text(0, 0.6, summary.office, fontsize=50, fontweight="bold", color="white")
    head.text(0, 0.2, f"Ringkasan {period}", fontsize=38, color=_PALE)
    _cards(top, summary, period)
    _sections(middle, summary, period)
    _lists(bottom, summary)
    foot.text(0, 0.6, f"{summary.office} · {period}", fontsize=_BODY, color=_MUTED)
    foot.text(_FULL, 0.6, f"Data no. {number}", fontsize=_BODY, color=_MUTED, ha="right")
    foot.text(0, 0.1, f"Dibuat {made}", fontsize=_BODY, color=_MUTED)
    foot.text(_FULL, 0.1, "Sementara", fontsize=_BODY, fontweight="bold", ha="right")
    return figure


def _cards(axes: Axes, summary: OfficeSummary, period: str) -> None:
    axes.set_ylim(0, 1)
    for left, wide in ((0, 45), (48, 52)):
        axes.add_patch(FancyBboxPatch((left, 0), wide, 0.95, boxstyle="round,pad=0", color=_CARD))
    before = summary.posts_reported_before or 0
    axes.text(3, 0.6, f"{summary.posts_reported}", fontsize=84, fontweight="bold")
    axes.text(14, 0.6, f"dari {summary.posts_due}", fontsize=50, fontweight="bold")
    axes.text(3, 0.3, "jabatan sudah lapor", fontsize=_BODY, fontweight="bold")
    axes.text(3, 0.1, f"{_change(summary.posts_reported - before)} dari pekan lalu", fontsize=_BODY)
    axes.text(51, 0.6, f"{summary.mean:.0f}%", fontsize=84, fontweight="bold")
    axes.text(70, 0.6, _change(int(summary.change or 0), " poin"), fontsize=_BODY, color=_MUTED)
    axes.text(51, 0.3, f"capaian s/d {period}", fontsize=_BODY, fontweight="bold")
    coverage = summary.coverage
    counted = f"sementara, {coverage.reported} dari {coverage.due} lapor" if coverage.missing else "tanpa predikat"
    axes.text(51, 0.1, counted, fontsize=_BODY)


def _change(by: int, unit: str = "") -> str:
    if not by:
        return "tetap"
    return f"{'naik' if by > 0 else 'turun'} {abs(by)}{unit}"


def _sections(axes: Axes, summary: OfficeSummary, period: str) -> None:
    rows = sorted(summary.sections, key=lambda one: (bool(one.coverage.missing), -(one.mean or 0)))
    places = [at + 0.4 for at in range(len(rows))]
    axes.set_ylim(max(len(rows), 4), -1)
    axes.text(0, -0.5, f"Capaian per seksi s/d {period}", fontsize=38, fontweight="bold")
    axes.text(_FULL, -0.5, "belum lapor", fontsize=_BODY, color=_MUTED, ha="right")
    axes.barh(places, _FULL, height=0.25, color=_TRACK)
    shares = [1 - one.coverage.missing / one.coverage.due for one in rows]
    means = [float(one.mean or 0) * share for one, share in zip(rows, shares, strict=True)]
    axes.barh(places, means, height=0.25, color=[_COLOURS[one.predicate] for one in rows])
    missing = [_FULL * (1 - share) for share in shares]
    lefts = [_FULL * share for share in shares]
    axes.barh([-0.6], 5, height=0.25, left=75, color=_TRACK, hatch="//", edgecolor=_MUTED)
    axes.barh(places, missing, height=0.25, left=lefts, color=_TRACK, hatch="//", edgecolor=_MUTED)
    for at, one in enumerate(rows):
        axes.text(0, at + 0.2, _label(at, one, rows), fontsize=_BODY)
        verdict = f"belum lapor {one.coverage.missing}" if one.coverage.missing else one.predicate or ""
        axes.text(88, at + 0.2, verdict, fontsize=_BODY, color=_MUTED, ha="right")
        axes.text(_FULL, at + 0.2, f"{one.mean:.0f}%", fontsize=_BODY, fontweight="bold", ha="right")


def _label(at: int, one: SectionFigures, rows: list[SectionFigures]) -> str:
    ranked = sum(not row.coverage.missing for row in rows)
    return f"{at + 1}. {one.name}" if at < ranked > 1 else one.name


def _lists(axes: Axes, summary: OfficeSummary) -> None:
    axes.set_ylim(6, 0)
    axes.text(0, 1, "Paling tertinggal", fontsize=38, fontweight="bold")
    for at, one in enumerate(summary.behind[: 1 if len(summary.sections) > _CROWDED else None]):
        axes.text(0, at + 2, one.name, fontsize=_BODY)
        axes.text(88, at + 2, _share(one), fontsize=_BODY, color=_MUTED, ha="right")
        axes.text(_FULL, at + 2, f"{one.capaian:.0f}%", fontsize=_BODY, fontweight="bold", ha="right")
    axes.text(0, 5, "Belum lapor:", fontsize=38, fontweight="bold")
    axes.text(30, 5, ", ".join(summary.missing_posts[:2]), fontsize=_BODY)


def _share(one: Behind) -> str:
    return f"{one.realisation:.0f} dari {one.target:.0f} {one.unit}"
