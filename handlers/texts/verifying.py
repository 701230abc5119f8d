"""Words of "periksa": whether the figures of a picture or form are still those of today."""

from collections.abc import Sequence

from domain.periods import Period
from domain.zones import local
from handlers.texts.downloads import NAMES
from handlers.texts.formats import indicator, moment, period_with_year, shortened
from storage.form_kinds import form_name, is_form
from storage.snapshots import StoredSnapshot
from storage.verification import Outcome, Verified

WHICH = "Nomor berapa? Ketik periksa dan nomor di bagian bawah gambar atau formulir, mis. periksa 123."
UNKNOWN = "Nomor {} tidak ada di antara gambar dan formulir kantor ini yang boleh Anda lihat. Periksa lagi angkanya."
ANEW, ANEW_PICTURE = "Unduh yang baru", "Lihat yang baru"

_PICTURES = {
    "summary": "Ringkasan kantor",
    "section": "Gambar seksi",
    "indicator": "Gambar indikator",
    "compliance": "Gambar siapa lapor kapan",
    "budget": "Gambar serapan anggaran",
    "years": "Gambar tahun ini dan tahun lalu",
}
_PICTURE = "Gambar"
_SAME = "✓ Angkanya masih sama dengan data sekarang."
_CHANGED = "Angkanya sudah berubah sejak itu."
_OTHER_CHANGE = "Isinya sudah berubah sejak itu, bukan karena laporan: rencana, jabatan, atau pengaturan kantor."
_NOT_COMPARABLE = "Ini dibuat sebelum angka dapat dibandingkan, jadi tidak dapat diperiksa. Buatlah yang baru."
_NAMED = 3
_NAME_ROOM = 60


def unknown(number: str) -> str:
    """One sentence for a number that there is not, and for one that is not for this person."""
    return UNKNOWN.format(shortened(number, 20))


def unknown_here(number: int) -> str:
    """The same on the command line, where everything may be seen."""
    return f"Nomor {number} tidak ada di antara gambar dan formulir kantor itu."


def title(snapshot: StoredSnapshot) -> str:
    """The number with the seal that stands beside it on paper."""
    return f"No. {snapshot.number} · {snapshot.seal}"


def body(found: Verified, office: str, zone: str) -> str:
    """What it is, when it was made, and whether it still holds; `zone` is the office's."""
    snapshot = found.snapshot
    made = moment(local(snapshot.made_at, zone), zone)
    return f"{_document(found)}, {office}.\nDibuat {made}.\n{_verdict(found)}"


def _document(found: Verified) -> str:
    snapshot = found.snapshot
    name = f"Formulir {NAMES[form_name(snapshot)]}" if is_form(snapshot) else _PICTURES.get(snapshot.kind, _PICTURE)
    words = f"{name} {period_with_year(Period.parse(snapshot.period))}"
    return f"{words}, {shortened(found.of, 200)}" if found.of else words


def _verdict(found: Verified) -> str:
    match found.outcome:
        case Outcome.SAME:
            return _SAME
        case Outcome.NOT_COMPARABLE:
            return _NOT_COMPARABLE
        case Outcome.CHANGED if found.indicators or found.lines:
            counted = (_counted(found.indicators, "indikator"), _counted(found.lines, "baris anggaran"))
            return "\n".join([_CHANGED, *(words for words in counted if words)])
        case Outcome.CHANGED:
            return _OTHER_CHANGE


def _counted(names: Sequence[str], of: str) -> str:
    """How many were reported since, the first of them by name."""
    if not names:
        return ""
    rest = len(names) - _NAMED
    named = "; ".join(indicator(name, _NAME_ROOM) for name in names[:_NAMED])
    more = f"; dan {rest} lainnya" if rest > 0 else ""
    return f"Laporan baru atau dikembalikan: {len(names)} {of} ({named}{more})."
