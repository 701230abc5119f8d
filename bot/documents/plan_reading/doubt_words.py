"""What is said of a doubt in a row, in one sentence with its place; the question follows it."""

from collections.abc import Sequence

from bot.documents.plan_reading.source import Cell, Place

_MOST_QUOTED = 3


def _quoted(cells: Sequence[Cell]) -> str:
    return ", ".join(f"\u201c{cell.text[:40]}\u201d" for cell in cells[:_MOST_QUOTED])


def slipped(place: Place, cells: Sequence[Cell], by: int) -> str:
    """Cells stand in wrong columns; `by` says how far, 0 where nobody knows."""
    if by:
        side = "kanan" if by > 0 else "kiri"
        return f"Di {place.words()}, target tampaknya bergeser {abs(by)} kolom ke {side}: {_quoted(cells)}."
    return f"Di {place.words()}, ada isi yang tidak cocok dengan judul kolomnya: {_quoted(cells)}."


def may_have_slipped(place: Place, by: int) -> str:
    side = "kanan" if by > 0 else "kiri"
    return f"Target lain di halaman {place.words()} bergeser ke {side}, mungkin target di sini juga."


def out_of_order(place: Place) -> str:
    return f"Di {place.words()}, nama di atas indikator ini tidak tercetak, mungkin isinya bergeser kolom."


def merged(place: Place) -> str:
    return f"Di {place.words()}, dua indikator berbagi satu baris target."


def other_count(place: Place, count: int, usual: int) -> str:
    """A row has more or fewer cells than the others of its table."""
    happened = "terpotong atau bergeser" if count < usual else "bergeser"
    return f"Di {place.words()} ada {count} sel, di baris lain {usual}, jadi isinya mungkin {happened}."


def nameless(place: Place, name: str) -> str:
    """No indicator is printed; `name` is what the row is called, empty for nothing."""
    if name:
        return f"Di {place.words()}, \u201c{name[:80]}\u201d tidak mempunyai indikator. Apa indikatornya?"
    return f"Di {place.words()}, ada target tanpa indikator. Indikator apa ini?"


def joined(place: Place) -> str:
    return f"Target di {place.words()} dibaca sebagai lanjutan baris di atasnya."


def lost_heading(place: Place) -> str:
    return f"Di tabel {place.words()}, kolom untuk sebagian periode tidak ada."


def doubled_heading(place: Place) -> str:
    return f"Di tabel {place.words()}, dua kolom memakai nama periode yang sama."


def mended_heading(place: Place) -> str:
    return f"Judul kolom di halaman {place.words()} bergeser, jadi target dibaca menurut urutannya."


def narrow_page(place: Place) -> str:
    return f"Halaman tempat {place.words()} berbeda jumlah kolomnya dengan judul tabelnya."


def owner_unclear(place: Place) -> str:
    return f"Di {place.words()}, isi kolom penanggung jawab bukan nama jabatan."


def one_cell(place: Place, cell: Cell) -> str:
    """A merged cell holds the target of several periods or rows."""
    return f"Di {place.words()}, satu sel gabungan \u201c{cell.text[:40]}\u201d menjadi beberapa target."


def owner_carried(place: Place, post: str) -> str:
    return f"Di {place.words()}, penanggung jawab kosong, di baris atasnya {post}."


def one_indicator(place: Place, cell: Cell) -> str:
    """A merged cell holds the indicator of several rows with targets."""
    return f"Indikator \u201c{cell.text[:40]}\u201d mencakup beberapa baris target, salah satunya {place.words()}."


def two_years(place: Place, other: Cell) -> str:
    """A second column may be the target of the year."""
    return f"Di {place.words()}, ada dua kolom target tahunan, yang lain berisi \u201c{other.text[:40]}\u201d."


def one_period(place: Place) -> str:
    """Only one of the rows of an indicator, each with a period, was found."""
    return f"Di {place.words()} hanya ada target satu periode, yang lain tidak terbaca."
