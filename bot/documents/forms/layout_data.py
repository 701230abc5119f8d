"""The plain data as a table: one line per indicator and period, for spreadsheets and other programs."""

from decimal import Decimal

from bot.documents.forms.layout_parts import LEVELS, facts_of, rung_name
from bot.documents.forms.layout_verified import marks_of
from bot.documents.forms.paper import CellKind, Heading, Line, Paper, Stamp, Value
from domain.achievement import rounded
from domain.forms.data_form import DataForm, DataRow
from domain.periods import Period
from domain.plan import Level
from handlers.texts.formats import period_with_year, standing_word

_RUNGS = tuple(level for level in Level if level is not Level.INDIVIDU)


def lay_out_data(form: DataForm, stamp: Stamp) -> Paper:
    """Every field in a column of its own, under the name that programs find it by."""
    which = Period.parse(form.head.period)
    return Paper(
        name="data",
        title=("DATA REALISASI RENCANA AKSI", period_with_year(which).upper()),
        headings=_headings(),
        lines=tuple(Line(_cells(row, which.year), key=f"{row.code}:{row.period}") for row in form.rows),
        stamp=stamp,
        facts=facts_of(form.head),
        marks=marks_of(form.head, provisional=any(_waits(row) for row in form.rows)),
    )


def _waits(row: DataRow) -> bool:
    """Whether something of a row is due and missing, or was given and is not verified, or it is not known."""
    return (row.due or row.realisation is not None) and (row.checked is None or not row.checked.is_verified)


def _headings() -> tuple[Heading, ...]:
    number, whole, percent = CellKind.NUMBER, CellKind.WHOLE, CellKind.PERCENT
    return (
        Heading("tahun", "Tahun", 6, whole),
        Heading("periode", "Periode", 9),
        Heading("kode", "Kode", 10),
        Heading("indikator", "Indikator", 40),
        Heading("satuan", "Satuan", 10),
        Heading("jenjang", "Jenjang", 12),
        *(Heading(level.value, LEVELS[level], 24) for level in _RUNGS),
        Heading("kelompok_layanan", "Kelompok layanan", 18),
        Heading("seksi", "Seksi", 18),
        Heading("jabatan", "Jabatan", 20),
        Heading("cara_hitung", "Cara hitung", 9),
        Heading("arah", "Arah", 9),
        Heading("layanan", "Layanan", 8),
        Heading("target_tahunan", "Target tahunan", 11, number),
        Heading("target", "Target", 11, number),
        Heading("realisasi", "Realisasi", 11, number),
        Heading("capaian", "Capaian %", 10, percent),
        Heading("target_sd", "Target s/d", 11, number),
        Heading("realisasi_sd", "Realisasi s/d", 11, number),
        Heading("capaian_sd", "Capaian s/d %", 10, percent),
        Heading("pembilang", "Pembilang", 10, number),
        Heading("penyebut", "Penyebut", 10, number),
        Heading("wajib_lapor", "Wajib lapor", 8),
        Heading("sudah_lapor", "Sudah lapor", 8),
        Heading("sementara", "Sementara", 9),
        Heading("status_verifikasi", "Status verifikasi", 12),
        Heading("dikembalikan", "Dikembalikan", 9),
        Heading("terlambat", "Terlambat", 9),
        Heading("contoh", "Contoh", 8),
        Heading("revisi", "Revisi", 7, whole),
        Heading("dilaporkan_oleh", "Dilaporkan oleh", 18),
        Heading("dilaporkan_pada", "Dilaporkan pada", 22),
        Heading("catatan", "Catatan", 24),
        Heading("bukti", "Bukti", 7, whole),
        Heading("faktor_pendorong", "Faktor pendorong", 20),
        Heading("faktor_penghambat", "Faktor penghambat", 20),
        Heading("tindak_lanjut", "Tindak lanjut", 20),
        Heading("tindak_lanjut_oleh", "Tindak lanjut oleh", 16),
        Heading("tindak_lanjut_sampai", "Tindak lanjut s/d", 10),
        Heading("rencana_versi", "Rencana versi", 7, whole),
    )


def _cells(row: DataRow, year: int) -> dict[str, Value]:
    return {
        "tahun": Decimal(year),
        "periode": row.period,
        "kode": row.code,
        "indikator": row.name,
        "satuan": row.unit,
        "jenjang": row.level.value,
        **{level.value: rung_name(row.path, level) for level in _RUNGS},
        "kelompok_layanan": row.group,
        "seksi": row.section,
        "jabatan": row.post,
        "cara_hitung": row.mode.value,
        "arah": row.polarity.value,
        "layanan": _yes(row.service),
        **_numbers(row),
        "wajib_lapor": _yes(row.due),
        "sudah_lapor": _yes(row.reported),
        "sementara": _yes(row.provisional),
        "status_verifikasi": "" if row.checked is None else standing_word(row.checked),
        "dikembalikan": _yes(row.returned),
        "terlambat": _yes(row.late),
        "contoh": _yes(row.sample),
        "revisi": Decimal(row.revision),
        "dilaporkan_oleh": row.reporter,
        "dilaporkan_pada": row.sent_at,
        "catatan": row.note,
        "bukti": Decimal(row.evidence),
        "faktor_pendorong": row.driver,
        "faktor_penghambat": row.obstacle,
        "tindak_lanjut": row.plan,
        "tindak_lanjut_oleh": row.handler,
        "tindak_lanjut_sampai": row.until,
        "rencana_versi": Decimal(row.version) if row.version else None,
    }


def _numbers(row: DataRow) -> dict[str, Value]:
    """Figures as they are; a capaian with the two decimals that every other form shows."""
    return {
        "target_tahunan": row.annual_target,
        "target": row.target,
        "realisasi": row.realisation,
        "capaian": _two_decimals(row.capaian),
        "target_sd": row.target_to_date,
        "realisasi_sd": row.realisation_to_date,
        "capaian_sd": _two_decimals(row.capaian_to_date),
        "pembilang": row.numerator,
        "penyebut": row.denominator,
    }


def _two_decimals(capaian: Decimal | None) -> Decimal | None:
    return None if capaian is None else rounded(capaian)


def _yes(said: bool) -> str:
    return "ya" if said else "tidak"
