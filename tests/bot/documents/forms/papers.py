"""Papers as ugly as offices make them, of invented people."""

from datetime import UTC, datetime
from decimal import Decimal

from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Signer, Stamp

STAMP = Stamp(123, "A1B2 C3D4", "6 April 2022 09.00 WITA", datetime(2022, 4, 6, 1, tzinfo=UTC))
LONG = (
    "Persentase Penyelesaian Koordinasi Penyelenggaraan Kegiatan Pemberdayaan Masyarakat Desa dan Kelurahan serta "
    "Fasilitasi Penyusunan Peraturan Desa dan Peraturan Kepala Desa di Wilayah Kecamatan"
)
"""200 characters."""
EVIL = '=HYPERLINK("http://contoh.invalid";"klik")'
MONTHS = ("Jan", "Peb", "Maret", "April", "Mei", "Juni", "Juli", "Agus", "Sept", "Okt", "Nov", "Des")
SIGNERS = (
    Signer("Mengetahui,", "Camat", "Drs. I Wayan Contoh, M.Si.", "Pembina Tingkat I", "000001"),
    Signer("Disusun oleh,", "Kasubbag Perencanaan"),
)
FACTS = (("Kantor", "Kecamatan Kubutambahan"), ("Kabupaten", "Buleleng"), ("Periode", "TW I 2022"))


def monitoring(indicators: int = 60) -> Paper:
    """A monitoring form: grouped headings, long words, numbers and words in one column, formulas."""
    return Paper(
        name="renaksi",
        title=("MONITORING RENCANA AKSI", "KECAMATAN KUBUTAMBAHAN", "TRIWULAN I TAHUN 2022"),
        headings=(
            Heading("no", "No", 4, centred=True, number="1"),
            Heading("nama", "Sasaran / Program / Kegiatan / Indikator", 34, indents=True, number="2"),
            Heading("satuan", "Satuan", 9, centred=True, number="3"),
            Heading("tahun", "Target tahunan", 10, CellKind.NUMBER, number="4"),
            Heading(
                "tw",
                "TW I",
                children=(
                    Heading("target", "Target", 9, CellKind.NUMBER, number="5"),
                    Heading("realisasi", "Realisasi", 9, CellKind.NUMBER, number="6"),
                    Heading("capaian", "Capaian %", 10, CellKind.PERCENT, number="7"),
                ),
            ),
            Heading("pagu", "Pagu (Rp)", 15, CellKind.RUPIAH, number="8"),
            Heading("predikat", "Predikat", 10, number="9"),
            Heading("hambat", "Faktor penghambat", 22, number="10"),
            Heading("lanjut", "Rencana tindak lanjut", 22, number="11"),
            Heading("pj", "Penanggung jawab", 16, number="12"),
        ),
        lines=(
            Line(across="Sasaran: Meningkatnya kualitas pelayanan publik kecamatan"),
            Line({"nama": "Program Pemberdayaan Masyarakat Desa dan Kelurahan"}, strong=True),
            *(_indicator(number) for number in range(1, indicators + 1)),
        ),
        totals=(
            Line(
                {"nama": "Jumlah", "pagu": Decimal(indicators) * PAGU},
                formulas={"pagu": f"SUM({{pagu@i1}}:{{pagu@i{indicators}}})"} if indicators else {},
                strong=True,
            ),
        ),
        stamp=STAMP,
        facts=FACTS,
        foot=(
            FootLine("Rata-rata capaian", "83,33% (sementara, 40 dari 60 lapor)"),
            FootLine("Predikat", "-"),
            FootLine("Faktor pendorong", ruled=2),
            FootLine("Faktor penghambat", f"{LONG}; {LONG}"),
        ),
        signers=SIGNERS,
        dateline="Kubutambahan, ……………… April 2022",
        marks=("Sementara", "Data contoh"),
    )


PAGU = Decimal("1916486189")


def _indicator(number: int) -> Line:
    reported = number % 3
    target, real = Decimal(3 * number), Decimal(2 * number) + Decimal("0.5")
    cells = {
        "no": str(number),
        "nama": LONG if number % 4 == 0 else "Jumlah Desa yang Memiliki Buku Wajib Administrasi",
        "satuan": "dokumen",
        "tahun": Decimal(12 * number),
        "target": target,
        "realisasi": real if reported else "belum lapor",
        "capaian": real / target * 100 if reported else None,
        "pagu": PAGU,
        "predikat": "Sangat Rendah" if reported else "-",
        "hambat": EVIL if number == 2 else (LONG if number % 5 == 0 else ""),
        "lanjut": "A" * 90 if number == 3 else "",
        "pj": "Kepala Seksi Ketenteraman dan Ketertiban Umum",
    }
    return Line(cells, {"capaian": "{realisasi}/{target}*100"}, key=f"i{number}", indent=1 + number % 2)


def services(rows: int = 13) -> Paper:
    """Twelve months of counts with their sums, by row and by column."""
    counts = [[Decimal((row * 37 + month * 11) % 460) for month in range(12)] for row in range(rows)]
    lines = tuple(_service(number, values) for number, values in enumerate(counts, start=1))
    by_month = [sum((row[month] for row in counts), Decimal(0)) for month in range(12)]
    last = f"s{rows}"
    return Paper(
        name="paten",
        title=("REKAPITULASI PELAYANAN ADMINISTRASI TERPADU KECAMATAN", "KECAMATAN RANDUAGUNG TAHUN 2024"),
        headings=(
            Heading("no", "No", 4, centred=True),
            Heading("layanan", "Jenis pelayanan", 34, indents=True),
            Heading(
                "bulan",
                "Bulan",
                children=tuple(Heading(f"m{at}", word, 7, CellKind.WHOLE) for at, word in enumerate(MONTHS)),
            ),
            Heading("jumlah", "KET (jumlah)", 10, CellKind.WHOLE),
        ),
        lines=lines,
        totals=(
            Line(
                {
                    "layanan": "Jumlah",
                    **{f"m{at}": value for at, value in enumerate(by_month)},
                    "jumlah": sum(by_month, Decimal(0)),
                },
                {
                    **{f"m{at}": f"SUM({{m{at}@s1}}:{{m{at}@{last}}})" for at in range(12)},
                    "jumlah": f"SUM({{jumlah@s1}}:{{jumlah@{last}}})",
                },
                strong=True,
            ),
        )
        if rows
        else (),
        stamp=STAMP,
        facts=FACTS,
        signers=SIGNERS[:1],
        dateline="Randuagung, ……………… 2024",
    )


def _service(number: int, values: list[Decimal]) -> Line:
    cells = {
        "no": str(number),
        "layanan": LONG if number == 6 else "Kartu Keluarga",
        **{f"m{at}": value for at, value in enumerate(values)},
        "jumlah": sum(values, Decimal(0)),
    }
    return Line(cells, {"jumlah": "SUM({m0}:{m11})"}, key=f"s{number}", indent=number % 2)
