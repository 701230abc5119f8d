"""The invented office that `renaksi template` writes, to be overwritten by a real one."""

from decimal import Decimal

from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period
from domain.plan import IndicatorRow, Level, OfficePlan, PersonRow, PostRow, Role
from domain.zones import Zone

_CAMAT = "Camat"
_SEKRETARIS = "Sekretaris Kecamatan"
_PERENCANAAN = "Kasubbag Perencanaan"
_PEMERINTAHAN = "Kasi Pemerintahan"


def example_office(year: int) -> OfficePlan:
    """Four posts and three indicators, one for each usual way of counting."""
    return OfficePlan(
        office="Contoh",
        kabupaten="Contoh",
        year=year,
        zone=Zone.WIB.value,
        posts=(
            PostRow(_CAMAT, Role.CAMAT, None),
            PostRow(_SEKRETARIS, Role.SEKRETARIS, _CAMAT, section="Sekretariat"),
            PostRow(_PERENCANAAN, Role.KASUBBAG, _SEKRETARIS, is_admin=True),
            PostRow(_PEMERINTAHAN, Role.KASI, _CAMAT, section="Seksi Pemerintahan"),
        ),
        people=(
            PersonRow("Sari Contoh", _PEMERINTAHAN, salutation="Bu", phone="+6281200000001"),
            PersonRow("Budi Contoh", _PERENCANAAN, salutation="Pak", phone="+6281200000002"),
        ),
        indicators=(_monthly(year), _quarterly(year), _service(year)),
        document=f"Rencana Aksi Tahun {year}",
    )


def _monthly(year: int) -> IndicatorRow:
    return IndicatorRow(
        code="PEM-1",
        name="Jumlah desa yang dibina",
        unit="desa",
        level=Level.SUB_KEGIATAN,
        path={"program": "Program Pembinaan dan Pengawasan Pemerintahan Desa"},
        post=_PEMERINTAHAN,
        rhythm=Rhythm.MONTHLY,
        targets={Period.month(year, month): Decimal(1) for month in range(1, 13)},
        annual_target=Decimal(12),
        mode=Mode.SUM,
        confidence=Confidence.HIGH,
        low=Decimal(0),
    )


def _quarterly(year: int) -> IndicatorRow:
    return IndicatorRow(
        code="PEM-2",
        name="Persentase realisasi PBB",
        unit="%",
        level=Level.SASARAN,
        path={"sasaran": "Meningkatnya pendapatan daerah"},
        post=_PEMERINTAHAN,
        rhythm=Rhythm.QUARTERLY,
        targets={Period.quarter(year, number): Decimal(25 * number) for number in range(1, 5)},
        annual_target=Decimal(100),
        mode=Mode.CUM,
        confidence=Confidence.HIGH,
        low=Decimal(0),
        high=Decimal(100),
    )


def _service(year: int) -> IndicatorRow:
    return IndicatorRow(
        code="SEK-1",
        name="Persentase surat yang diselesaikan sesuai SOP",
        unit="%",
        level=Level.KEGIATAN,
        path={"kegiatan": "Administrasi Umum"},
        post=_PERENCANAAN,
        rhythm=Rhythm.QUARTERLY,
        targets={Period.quarter(year, number): Decimal(100) for number in range(1, 5)},
        annual_target=Decimal(100),
        mode=Mode.LEVEL,
        confidence=Confidence.HIGH,
        low=Decimal(0),
        high=Decimal(100),
    )
