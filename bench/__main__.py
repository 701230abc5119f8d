"""Measure everything and print the table: `uv run python -m bench`."""

from collections.abc import Callable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from bench import figures, forms, pictures
from bench.measure import Row, peak_memory

PARTS: tuple[Callable[[], Iterator[Row]], ...] = (pictures.rows, forms.rows, figures.rows)
"""What is measured, in this order; each part yields its rows."""


def main() -> None:
    """Run every part; each row is told against what is to be reached."""
    rows = [row for part in PARTS for row in part()]
    console = Console(width=140)
    console.print(_table(rows))
    console.print(
        f"Peak memory {peak_memory()} MiB; {sum(row.missed for row in rows)} rows miss what is to be reached."
    )


def _table(rows: Sequence[Row]) -> Table:
    table = Table("what", "beside", "ours", "peer", "ratio", "reach", "")
    for row in rows:
        table.add_row(
            row.what,
            row.beside,
            f"{row.ours:.2f} {row.unit}",
            f"{row.peer:.2f} {row.unit}",
            f"{row.ratio:.2f}",
            "" if row.reach is None else f"<= {row.reach:.2f}",
            "miss" if row.missed else "ok",
        )
    return table


if __name__ == "__main__":
    main()
