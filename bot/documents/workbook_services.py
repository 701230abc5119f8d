"""Reading the sheet `Layanan`: what is counted every month without a target, as the services of PATEN are."""

from collections.abc import Sequence
from decimal import Decimal

from bot.documents.plan_questions import owner_question
from bot.documents.workbook_cells import Row, shortened
from bot.documents.workbook_office import Titles
from domain.modes import Confidence, Mode, Rhythm
from domain.plan import SERVICES, IndicatorRow, Level, OpenQuestion

UNIT = "layanan"
"""What is counted where the sheet does not say."""


def read_services(
    rows: Sequence[Row], titles: Titles, indicators: Sequence[IndicatorRow]
) -> tuple[tuple[IndicatorRow, ...], tuple[OpenQuestion, ...]]:
    """Every service, and a question for each that no post reports yet.

    Codes are unique among the `indicators` too: a realisation names its indicator or service by the code alone.
    """
    taken = {indicator.code: indicator.place for indicator in indicators}
    services = tuple(_service(row, titles) for row in rows)
    for row, service in zip(rows, services, strict=True):
        place = taken.setdefault(service.code, row.place)
        if service.code and place != row.place:
            text = f'Kode "{shortened(service.code)}" sudah dipakai di {place}, mohon beri kode lain.'
            row.complain("Kode", text)
    ownerless = [(row, service) for row, service in zip(rows, services, strict=True) if service.post is None]
    return services, tuple(owner_question(one.code, titles.all, row.at("Jabatan")) for row, one in ownerless)


def _service(row: Row, titles: Titles) -> IndicatorRow:
    group = row.line("Kelompok")
    return IndicatorRow(
        code=row.line("Kode", required=True),
        name=row.line("Jenis pelayanan", required=True) or None,
        unit=row.line("Satuan") or UNIT,
        level=Level.AKSI,
        path={SERVICES: group} if group else {},
        post=titles.of(row, "Jabatan"),
        rhythm=Rhythm.MONTHLY,
        targets={},
        mode=Mode.SUM,
        confidence=Confidence.HIGH,
        low=Decimal(0),
        note=row.paragraph("Keterangan"),
        service=True,
        place=row.place,
    )
