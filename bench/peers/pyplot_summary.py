"""The camat's picture by plain pyplot: a figure, texts and bars, then savefig.

After matplotlib's own example "Horizontal bar chart" (gallery, lines_bars_and_markers/barh).
"""

from io import BytesIO

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from domain.summary import OfficeSummary


def draw(summary: OfficeSummary, period: str, made: str, number: int) -> bytes:
    """The same numbers and names on 1080 x 1350 pixels, as a PNG."""
    figure, (top, middle, bottom) = plt.subplots(
        3, 1, figsize=(15, 18.75), dpi=72, gridspec_kw={"height_ratios": (1, 3, 2)}
    )
    figure.suptitle(f"{summary.office}\nRingkasan {period}", fontsize=38, fontweight="bold")
    _headline(top, summary)
    _sections(middle, summary)
    _lists(bottom, summary)
    figure.text(0.05, 0.02, f"{summary.office} · {period}\n{made}", fontsize=28)
    figure.text(0.95, 0.02, f"Data no. {number}", fontsize=28, ha="right")
    file = BytesIO()
    figure.savefig(file, format="png")
    plt.close(figure)
    return file.getvalue()


def _headline(axes: Axes, summary: OfficeSummary) -> None:
    axes.axis("off")
    mean = "-" if summary.mean is None else f"{summary.mean:.0f}%"
    axes.text(0, 0.6, f"{summary.posts_reported}/{summary.posts_due}", fontsize=80, fontweight="bold")
    axes.text(0, 0.2, "jabatan sudah lapor", fontsize=28)
    axes.text(0.5, 0.6, mean, fontsize=80, fontweight="bold")
    axes.text(0.5, 0.2, summary.predicate or "sementara", fontsize=28)


def _sections(axes: Axes, summary: OfficeSummary) -> None:
    names = [section.name for section in summary.sections]
    means = [float(section.mean or 0) for section in summary.sections]
    bars = axes.barh(
        names, means, color=["#16a34a" if section.predicate else "#a9b3bd" for section in summary.sections]
    )
    axes.bar_label(bars, labels=[f"{mean:.0f}%" for mean in means], fontsize=28)
    axes.tick_params(axis="y", labelsize=28)
    axes.set_xlim(0, 110)
    axes.invert_yaxis()


def _lists(axes: Axes, summary: OfficeSummary) -> None:
    axes.axis("off")
    for at, one in enumerate(summary.behind):
        axes.text(0, 0.9 - at * 0.2, f"{one.name[:40]} {one.capaian:.0f}%", fontsize=28)
    axes.text(0, 0.1, "Belum: " + ", ".join(summary.missing_posts[:4]), fontsize=28, wrap=True)
