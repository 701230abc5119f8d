"""The invented office that `renaksi template` writes, to be overwritten by a real one."""

from decimal import Decimal

from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period
from domain.plan import (
    SERVICES,
    BudgetRow,
    IndicatorRow,
    Level,
    OfficePlan,
    PersonRow,
    PostRow,
    RenstraRow,
    Role,
    SignerRow,
)
from domain.renstra import RenstraFigures
from domain.zones import Zone

_CAMAT = "Camat"
_SEKRETARIS = "Sekretaris Kecamatan"
_PERENCANAAN = "Kasubbag Perencanaan"
_PEMERINTAHAN = "Kasi Pemerintahan"


def example_office(year: int) -> OfficePlan:
    """Four posts, three indicators, one for each usual way of counting, two services, and what the forms need besides:
    Renstra, budget and who signs."""
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
        indicators=(_monthly(year), _quarterly(year), _quality(year), *_services()),
        document=f"Rencana Aksi Tahun {year}",
        renstra=(RenstraRow("PEM-1", RenstraFigures(Decimal(60), target_one_before=Decimal(12), before=Decimal(34))),),
        signers=(SignerRow("Disusun oleh", _PERENCANAAN), SignerRow("Mengetahui", _CAMAT)),
        budget=_budget(),
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


def _quality(year: int) -> IndicatorRow:
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


def _services() -> tuple[IndicatorRow, ...]:
    names = {"LYN-1": "Kartu Keluarga", "LYN-2": "Surat Keterangan Pindah"}
    return tuple(
        IndicatorRow(
            code=code,
            name=name,
            unit="layanan",
            level=Level.AKSI,
            path={SERVICES: "Administrasi kependudukan"},
            post=_PEMERINTAHAN,
            rhythm=Rhythm.MONTHLY,
            targets={},
            mode=Mode.SUM,
            confidence=Confidence.HIGH,
            low=Decimal(0),
            service=True,
        )
        for code, name in names.items()
    )


def _budget() -> tuple[BudgetRow, ...]:
    return (
        BudgetRow("7.01", "Program Penunjang Urusan Pemerintahan Daerah", Level.PROGRAM, None),
        BudgetRow("7.01.01", "Administrasi Umum", Level.KEGIATAN, Decimal(48_000_000), post=_PERENCANAAN),
        BudgetRow("7.02", "Program Pembinaan Desa", Level.PROGRAM, Decimal(24_000_000), post=_PEMERINTAHAN),
    )
