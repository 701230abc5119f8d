"""What the `renaksi` command understands. Exit code 2 for bad input."""

import asyncio
import json
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.clock import machine_now
from bot.ending import BAD_INPUT, FAILED, in_a_sentence, stop
from bot.entry import run_for_months
from bot.private_files import write_for_nobody_else
from bot.refused import Refused, why
from bot.sample_plans import SAMPLES
from bot.settings import Settings, read_settings
from bot.usage_errors import usage_sentence
from domain.zones import local

if TYPE_CHECKING:  # SQLAlchemy takes a third of a second, which --help need not wait for
    from bot.invites import Made
    from storage.engine import Engine

DEMO_PORT = 8765

app = typer.Typer(
    help="Renaksi: asisten obrolan untuk laporan rencana aksi kecamatan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

audit = typer.Typer(help="Catatan siapa melakukan apa.", no_args_is_help=True)
app.add_typer(audit, name="audit")
person = typer.Typer(help="Data seorang pegawai: salinan dan penghapusan.", no_args_is_help=True)
app.add_typer(person, name="person")
whatsapp = typer.Typer(help="Memeriksa WhatsApp.", no_args_is_help=True)
app.add_typer(whatsapp, name="whatsapp")

_Json = Annotated[bool, typer.Option("--json", help="Cetak sebagai JSON untuk program lain.")]
_Office = Annotated[str | None, typer.Option(help="Nama kantor, bila lebih dari satu.")]
_Person = Annotated[str, typer.Argument(help="Nama lengkap atau nomor telepon.", show_default=False)]
_Workbook = Annotated[Path, typer.Argument(help="Buku kerja kantor (.xlsx).", show_default=False)]
_PlanFile = Annotated[
    Path,
    typer.Argument(help="Buku kerja kantor, atau rencana aksi: xlsx, xls, ods, csv, docx, teks.", show_default=False),
]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Read the command line and do what it says."""
    write_for_nobody_else()
    with in_a_sentence():
        try:
            sys.exit(app(arguments, prog_name="renaksi", standalone_mode=False) or 0)
        except typer.TyperException as unreadable:
            if arguments or sys.argv[1:]:
                stop(usage_sentence(unreadable), BAD_INPUT)
            sys.exit(BAD_INPUT)  # nothing was asked for: the help is on the screen


@contextmanager
def _database(url: str) -> "Generator[Engine]":
    """The database with the tables of this version, closed again at the end of the command."""
    from storage import migrate
    from storage.engine import open_engine

    engine = open_engine(url)
    try:
        migrate.upgrade(engine)
        yield engine
    finally:
        engine.dispose()


@app.command()
def demo(
    plan: Annotated[str, typer.Option(help=f"Rencana contoh: {', '.join(SAMPLES)}.")] = SAMPLES[0],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port halaman; 0 memilih yang kosong.")] = DEMO_PORT,
) -> None:
    """Coba tanpa token: tiga telepon dan jam yang bisa dipindah, di http://127.0.0.1:8765."""
    from bot.demo import run_demo

    if plan not in SAMPLES:
        raise Refused(f"Rencana {plan!r} tidak ada. Pilih salah satu: {', '.join(SAMPLES)}.")

    def announce(address: str) -> None:
        typer.echo(f"Simulator Renaksi siap di {address}\nBuka alamat itu di peramban. Ctrl-C untuk berhenti.")

    run_demo(plan, port, announce)
    typer.echo("Simulator berhenti.")


@app.command()
def run(
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="Hanya bagian ini, bila beberapa proses berbagi satu database: poll, web, turns, delivery, schedule. "
            "Boleh diulang atau dipisah koma; tanpa ini semuanya."
        ),
    ] = None,
) -> None:
    """Jalankan untuk kantor sungguhan: kanal, pengingat, dan pengiriman."""
    run_for_months(only or [])


@app.command()
def move(
    to: Annotated[
        str | None, typer.Option(help="PostgreSQL kosong, mis. postgresql://pengguna:sandi@server/renaksi.")
    ] = None,
    evidence: Annotated[
        str | None, typer.Option(help="Tempat baru berkas bukti, mis. s3://ember/folder; kuncinya dari .env.")
    ] = None,
) -> None:
    """Pindahkan isi SQLite ke PostgreSQL dan/atau berkas bukti ke tempat lain, lalu cocokkan; asalnya tetap utuh."""
    from bot.move_command import move_evidence, move_tables

    if to is None and evidence is None:
        raise Refused("Sebutkan ke mana: --to untuk database, --evidence untuk berkas bukti.")
    settings = read_settings()
    if evidence is not None:  # first: no row may name a file that is not there
        move_evidence(settings, evidence, typer.echo)
    if to is not None:
        move_tables(settings, to, typer.echo)


@app.command()
def check(
    file: _PlanFile,
    as_json: _Json = False,
    marked: Annotated[
        Path | None, typer.Option(help="Tulis juga buku kerja (.xlsx) dengan sel yang perlu dijawab ditandai.")
    ] = None,
) -> None:
    """Baca buku kerja atau berkas rencana dan katakan apa yang dipahami dan ditanyakan; tidak mengubah apa pun."""
    from bot.documents.check_report import report

    found = report(_existing(file))
    typer.echo(found.as_json() if as_json else found.as_text())
    if found.errors:
        raise typer.Exit(BAD_INPUT)
    if marked is not None:
        from bot.marked_command import write_marked

        asked = write_marked(file, marked)
        typer.echo(f"Buku kerja bertanda ditulis ke {marked}, {asked} perlu dijawab.", err=True)


@app.command()
def load(
    file: _PlanFile,
    year: Annotated[int | None, typer.Option(help="Tahun rencana, bila harus sama dengan isi berkas.")] = None,
    office: Annotated[str | None, typer.Option(help="Nama kantor, bila tidak tercetak pada berkas.")] = None,
    zone: Annotated[str | None, typer.Option(help="Zona waktu kantor baru: WIB, WITA, atau WIT.")] = None,
    reason: Annotated[str, typer.Option(help="Alasan perubahan, bila rencana tahun itu sudah ada.")] = "",
    document: Annotated[str, typer.Option(help="Nomor dokumen rencana, mis. PK Perubahan.")] = "",
) -> None:
    """Muat buku kerja atau berkas rencana, seluruhnya atau tidak sama sekali; yang sama tidak mengubah apa pun."""
    from bot.load_words import told
    from bot.loading import Wanted, read_any
    from bot.loading import load as load_read

    wanted = Wanted(year, office, zone, reason, document)
    read = read_any(_existing(file), wanted)
    with _database(read_settings().database_url) as engine:
        typer.echo(told(load_read(engine, read, wanted, machine_now())))


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise Refused(f"Berkas {file} tidak ada.")
    return file


@app.command()
def template(file: _Workbook) -> None:
    """Tulis buku kerja kantor yang kosong dengan contoh, untuk diisi."""
    from bot.documents.example_office import example_office
    from bot.documents.workbook_template import write_workbook

    if file.suffix.lower() != ".xlsx":
        raise Refused("Nama berkas harus berakhiran .xlsx.")
    if file.exists():
        raise Refused(f"Berkas {file} sudah ada dan tidak ditimpa; pilih nama lain.")
    try:
        write_workbook(example_office(local(machine_now(), "Asia/Jakarta").year), file)
    except OSError as failed:
        raise Refused(f"Berkas {file} tidak dapat ditulis: {why(failed)}.") from failed
    typer.echo(f"Buku kerja ditulis ke {file}. Isi, lalu periksa dengan renaksi check {file}.")


@app.command()
def invite(
    post: Annotated[str | None, typer.Option(help="Nama jabatan; tanpa ini semua jabatan.")] = None,
    office: _Office = None,
    pictures: Annotated[Path | None, typer.Option(help="Folder untuk gambar QR.")] = None,
    send: Annotated[
        bool,
        typer.Option("--send", help="Kirim juga ke WhatsApp pemegang jabatan yang setuju dan tercatat nomornya."),
    ] = False,
    kabupaten: Annotated[
        str | None, typer.Option(help="Undang admin kabupaten ini, yang melihat peringkat kecamatannya.")
    ] = None,
    end: Annotated[
        bool, typer.Option("--end", help="Dengan --kabupaten: akhiri akses dan undangan semua adminnya.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Buat tautan dan kode undangan sekali pakai, satu untuk tiap jabatan, atau untuk admin kabupaten."""
    from bot.invites import end_overseers, make_invites, make_overseer_invite, picture_folder, write_qr
    from storage.invites import LIFE

    settings = read_settings()
    if kabupaten is not None and (post is not None or office is not None or send):
        raise Refused("--kabupaten tidak dipakai bersama --post, --office, atau --send.")
    if end:
        if kabupaten is None:
            raise Refused("--end dipakai bersama --kabupaten NAMA.")
        with _database(settings.database_url) as engine:
            ended = end_overseers(engine, kabupaten)
        typer.echo(f"{ended} akses atau undangan admin kabupaten diakhiri.")
        return
    if send and not settings.has_whatsapp:
        raise Refused("WhatsApp belum diatur: isi WHATSAPP_TOKEN dan lainnya di .env, atau undang tanpa --send.")
    folder = None if pictures is None else picture_folder(pictures)
    with _database(settings.database_url) as engine:
        if kabupaten is None:
            made = asyncio.run(make_invites(engine, settings, office, post, LIFE))
        else:
            made = [asyncio.run(make_overseer_invite(engine, settings, kabupaten, LIFE))]
    for channel, is_set_up, link in (
        ("Telegram", settings.telegram_token is not None, made[0].telegram_link),
        ("WhatsApp", settings.has_whatsapp, made[0].whatsapp_link),
    ):
        if is_set_up and not link:
            typer.echo(f"{channel} tidak terhubung, jadi tanpa tautannya. Periksa dengan renaksi doctor.", err=True)
    if folder is not None:
        write_qr(made, folder)
    if send:
        _send_invites(settings, made)
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in made], ensure_ascii=False, indent=2))
        return
    for one in made:
        typer.echo(f"{one.post}: {' atau '.join(one.links.values()) or one.code}")
    whom = "pemegang jabatannya" if kabupaten is None else "admin kabupaten itu"
    typer.echo(f"Berlaku sampai {made[0].expires_words}. Kirim masing-masing hanya kepada {whom}.")


def _send_invites(settings: Settings, made: "list[Made]") -> None:
    """Tell beside the links what went by itself; the rest is handed over as before."""
    from bot.sending_invites import send_invites

    for sending in asyncio.run(send_invites(settings, made)):
        told = f"tidak dikirim: {sending.reason}" if sending.reason else f"dikirim ke {sending.made.phone}"
        typer.echo(f"{sending.made.post}: {told}", err=True)


@app.command()
def preview(
    first: Annotated[str, typer.Option("--from", help="Hari pertama, mis. 2026-03-01.")],
    last: Annotated[str, typer.Option("--to", help="Hari terakhir, mis. 2026-04-30.")],
    office: _Office = None,
    as_json: _Json = False,
) -> None:
    """Cetak setiap pesan yang akan dikirim pada waktu itu bila tidak ada yang melapor; tidak mengubah apa pun."""
    from bot.preview_command import as_json as to_json
    from bot.preview_command import as_text
    from bot.preview_command import preview as planned

    with _database(read_settings().database_url) as engine:
        found = planned(engine, first, last, office)
    typer.echo(to_json(found) if as_json else as_text(found))


@app.command()
def chart(
    out: Annotated[Path, typer.Option(help="Berkas PNG; halaman berikutnya di sebelahnya, mis. gambar-2.png.")],
    kind: Annotated[
        str,
        typer.Option(
            help="overview (kantor), section (satu seksi), indicator (setahun), compliance (siapa lapor kapan), "
            "budget (serapan anggaran), years (tahun ini dan tahun lalu)."
        ),
    ] = "overview",
    period: Annotated[str | None, typer.Option(help="Periode, mis. 2026-03 atau 2026-TW1; tanpa ini: kini.")] = None,
    section: Annotated[str, typer.Option(help="Nama seksi, atau sebagian; untuk section.")] = "",
    indicator: Annotated[str, typer.Option(help="Kode indikator, atau kata dari namanya; untuk indicator.")] = "",
    office: _Office = None,
) -> None:
    """Gambar kantor, seksi, indikator, ketepatan lapor, serapan anggaran, atau perbandingan dua tahun."""
    from bot.chart_command import Wanted, draw

    with _database(read_settings().database_url) as engine:
        files = draw(engine, Wanted(kind, period, office, section, indicator), out)
    typer.echo(f"Gambar ditulis ke {', '.join(map(str, files))}.")


@app.command()
def export(
    form: Annotated[
        str,
        typer.Option(
            help="renaksi (monitoring), renja (E.81), tc29 (T-C.29), rfk (fisik dan keuangan), paten (pelayanan), data."
        ),
    ],
    period: Annotated[str, typer.Option(help="Periode, mis. 2026-03, 2026-TW1 atau 2026.")],
    out: Annotated[Path, typer.Option(help="Berkas; akhirannya (.pdf, .xlsx, .docx, .csv) menentukan jenisnya.")],
    office: _Office = None,
) -> None:
    """Tulis formulir resmi sebagai PDF, Excel, Word, atau CSV."""
    from bot.export_command import Wanted
    from bot.export_command import export as write

    with _database(read_settings().database_url) as engine:
        number = write(engine, Wanted(form, period, office), out)
    typer.echo(f"Formulir ditulis ke {out}, data no. {number}.")


@app.command()
def verify(
    number: Annotated[
        int, typer.Argument(help="Nomor data di bagian bawah gambar atau formulir.", min=1, max=2**63 - 1)
    ],
    office: _Office = None,
) -> None:
    """Periksa apakah angka sebuah gambar atau formulir masih sama; kode keluar 0 sama, 1 berubah, 2 tidak diketahui."""
    from bot.verify_command import EXITS, answer

    with _database(read_settings().database_url) as engine:
        found = answer(engine, number, office)
    typer.echo(found.text)
    if code := EXITS[found.outcome]:
        raise typer.Exit(code)


@audit.command("verify")
def audit_verify(office: _Office = None) -> None:
    """Periksa apakah catatan masih utuh: tidak ada yang diubah atau hilang; kode keluar 1 bila tidak."""
    from bot.audit_command import verify as examined

    with _database(read_settings().database_url) as engine:
        found = examined(engine, office)
    for one in found:
        typer.echo(one.text)
    if not all(one.intact for one in found):
        raise typer.Exit(FAILED)


@audit.command("export")
def audit_export(
    out: Annotated[Path, typer.Option(help="Berkas; akhirannya .csv atau .xlsx.")],
    office: _Office = None,
) -> None:
    """Tulis seluruh catatan sebuah kantor beserta segelnya, misalnya untuk Inspektorat."""
    from bot.audit_command import export as written

    with _database(read_settings().database_url) as engine:
        number = written(engine, office, out)
    typer.echo(f"{number} catatan ditulis ke {out}.")


@person.command("export")
def person_export(
    who: _Person,
    out: Annotated[Path, typer.Option(help="Berkas ZIP.")],
    office: _Office = None,
) -> None:
    """Tulis semua yang disimpan tentang seseorang, sebagai teks dan JSON."""
    from bot.privacy_command import export as written
    from handlers.texts import privacy as texts

    with _database(read_settings().database_url) as engine:
        name = written(engine, who, office, out)
    typer.echo(texts.copied(name, str(out)))


@person.command("erase")
def person_erase(
    who: _Person,
    office: _Office = None,
    yes: Annotated[bool, typer.Option("--yes", help="Jangan bertanya dulu.")] = False,
    with_evidence: Annotated[
        bool, typer.Option("--with-evidence", help="Hapus juga bukti yang dikirim orang itu.")
    ] = False,
    even_serving: Annotated[
        bool, typer.Option("--yes-still-serving", help="Juga bila orang itu masih memegang jabatan.")
    ] = False,
) -> None:
    """Hapus nama, nomor, akun, dan isi obrolan seseorang; jabatan, angka, dan catatan kegiatan tetap."""
    from bot import privacy_command as privacy
    from handlers.texts import privacy as texts

    with _database(read_settings().database_url) as engine:
        if not yes and not typer.confirm(privacy.question(engine, who, office)):
            typer.echo(texts.NOT_ERASED)
            return
        done = privacy.erase(engine, who, office, with_evidence=with_evidence, even_serving=even_serving)
    typer.echo(texts.erased(done))


@whatsapp.command("templates")
def whatsapp_templates(
    submit_file: Annotated[
        Path | None, typer.Option(help="Tulis yang perlu diajukan ke berkas ini (JSON, seperti diminta API Meta).")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Cetak templat pesan dan bandingkan dengan yang disetujui Meta; kode keluar 1 bila ada yang berbeda."""
    from bot import templates_command as templates

    settings = read_settings()
    reviews = templates.uncompared()
    if settings.has_whatsapp:
        reviews = asyncio.run(templates.compare(settings))
        with _database(settings.database_url) as engine:
            templates.remember(engine, reviews)
    if as_json:
        typer.echo(json.dumps([templates.as_json(one) for one in reviews], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(templates.told(one) for one in reviews))
    if submit_file is not None:
        count = templates.write_submissions(reviews, submit_file)
        typer.echo(f"{count} templat yang perlu diajukan ditulis ke {submit_file}.", err=as_json)
    if not settings.has_whatsapp:
        typer.echo("Belum dibandingkan dengan Meta: WhatsApp belum diatur di .env.", err=True)
    elif not all(one.is_usable for one in reviews):
        raise typer.Exit(FAILED)


@app.command()
def backup(
    target: Annotated[
        Path,
        typer.Argument(
            help="Berkas .zip; atau folder, yang lalu diisi dan dirapikan seperti cadangan tiap malam.",
            show_default=False,
        ),
    ],
) -> None:
    """Tulis semua yang diingat beserta bukti ke satu berkas, juga sementara Renaksi berjalan, lalu periksa isinya."""
    from bot.backup.commands import back_up

    typer.echo(back_up(read_settings(), target, machine_now()))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Berkas cadangan (.zip).", show_default=False)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Ganti semua isi database yang sudah berisi kantor.")
    ] = False,
    only_check: Annotated[bool, typer.Option("--check", help="Periksa saja apakah cadangannya utuh.")] = False,
) -> None:
    """Pulihkan cadangan ke tempat yang kosong, seluruhnya atau tidak sama sekali; yang lama diperbarui sekalian."""
    from bot.backup.commands import examine, put_back

    if only_check:
        typer.echo(examine(_existing(file)))
        return
    typer.echo(put_back(read_settings(), _existing(file), machine_now(), replace=replace))


@app.command()
def doctor(
    recount: Annotated[
        bool, typer.Option("--recount", help="Hitung ulang dulu angka yang berbeda dari laporannya.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Periksa pengaturan, database, angka, kanal, dan jam, dan katakan cara memperbaikinya."""
    from bot.doctor import examine
    from bot.doctor_figures import recount_figures

    if recount:
        with _database(read_settings().database_url) as engine:
            recount_figures(engine, machine_now())
    found = asyncio.run(examine())
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            typer.echo(f"{'baik ' if one.ok else 'RUSAK'}  {one.check}: {one.text}")
            if one.mend:
                typer.echo(f"       {one.mend}")
    if not all(one.ok for one in found):
        raise typer.Exit(FAILED)
