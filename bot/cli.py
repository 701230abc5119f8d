"""The `renaksi` command. Errors are one clear sentence on standard error; exit code 2 for bad input."""

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.clock import machine_now
from bot.sample_plans import SAMPLES
from bot.settings import Settings, SettingsUnusable, read_settings
from domain.zones import local

DEMO_PORT = 8765
INVITE_DAYS = 14
BAD_INPUT = 2

app = typer.Typer(
    help="Renaksi: asisten obrolan untuk laporan rencana aksi kecamatan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_Json = Annotated[bool, typer.Option("--json", help="Cetak sebagai JSON untuk program lain.")]


def main() -> None:
    """Run the command; a person never sees a stack trace."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


def _stop(sentence: str, code: int = BAD_INPUT) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(code)


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsUnusable as wrong:
        raise _stop(str(wrong)) from wrong


def _database(settings: Settings) -> Any:
    from storage import migrate
    from storage.engine import DatabaseError, DatabaseUnusable, open_engine

    try:
        engine = open_engine(settings.database_url)
        migrate.upgrade(engine)
    except DatabaseUnusable as wrong:
        raise _stop(str(wrong)) from wrong
    except DatabaseError as wrong:
        raise _stop("Database tidak dapat dibuka. Jalankan renaksi doctor untuk melihat sebabnya.", 1) from wrong
    return engine


@app.command()
def demo(
    plan: Annotated[str, typer.Option(help=f"Rencana contoh: {', '.join(SAMPLES)}.")] = SAMPLES[0],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port halaman; 0 memilih yang kosong.")] = DEMO_PORT,
) -> None:
    """Coba tanpa token: tiga telepon dan jam yang bisa dipindah, di http://127.0.0.1:8765."""
    from bot.demo import PortTaken, run_demo

    if plan not in SAMPLES:
        raise _stop(f"Rencana {plan!r} tidak ada. Pilih salah satu: {', '.join(SAMPLES)}.")

    def announce(address: str) -> None:
        typer.echo(f"Simulator Renaksi siap di {address}\nBuka alamat itu di peramban. Ctrl-C untuk berhenti.")

    try:
        run_demo(plan, port, announce)
    except PortTaken as taken:
        raise _stop(str(taken)) from taken
    typer.echo("Simulator berhenti.")


@app.command()
def run() -> None:
    """Jalankan untuk kantor sungguhan: kanal, pengingat, dan pengiriman."""
    from bot.logs import set_up_logs
    from bot.run import NothingToRun, serve
    from storage.engine import DatabaseError, DatabaseUnusable

    settings = _settings()
    set_up_logs(settings.log_level)
    try:
        asyncio.run(serve(settings))
    except (NothingToRun, DatabaseUnusable) as wrong:
        raise _stop(str(wrong)) from wrong
    except DatabaseError as wrong:
        raise _stop("Database tidak dapat dibuka. Jalankan renaksi doctor untuk melihat sebabnya.", 1) from wrong


@app.command()
def check(file: Path, as_json: _Json = False) -> None:
    """Baca buku kerja kantor dan katakan apa yang dipahami, ditanyakan, dan salah; tidak mengubah apa pun."""
    from bot.documents.check_report import report

    if not file.is_file():
        raise _stop(f"Berkas {file} tidak ada.")
    found = report(file)
    typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2) if as_json else found.as_text())
    if found.errors:
        raise typer.Exit(BAD_INPUT)


@app.command()
def load(
    file: Path,
    year: Annotated[int | None, typer.Option(help="Tahun rencana, bila harus sama dengan isi berkas.")] = None,
) -> None:
    """Muat buku kerja kantor, seluruhnya atau tidak sama sekali; berkas yang sama tidak mengubah apa pun."""
    from bot.documents.office_workbook import read_workbook
    from storage.engine import writing
    from storage.plans import apply_plan

    if not file.is_file():
        raise _stop(f"Berkas {file} tidak ada.")
    plan = read_workbook(file)
    if isinstance(plan, tuple):
        raise _stop("\n".join(f"{one.place}: {one.text}" for one in plan))
    if year is not None and plan.year != year:
        raise _stop(f"Berkas itu untuk tahun {plan.year}, bukan {year}.")
    engine = _database(_settings())
    with writing(engine) as connection:
        loaded = apply_plan(connection, plan, machine_now())
    if not loaded.changed:
        typer.echo(f"Rencana {plan.office} {plan.year} sudah dimuat sebelumnya; tidak ada yang berubah.")
        return
    still_open = len(plan.questions) - len(plan.answers)
    typer.echo(
        f"Rencana {plan.office} {plan.year} versi {loaded.version} dimuat: {len(plan.indicators)} indikator, "
        f"{len(plan.posts)} jabatan, {max(still_open, 0)} pertanyaan masih terbuka.\n"
        "Berikutnya: renaksi invite untuk membuat undangan."
    )


@app.command()
def template(file: Path) -> None:
    """Tulis buku kerja kantor yang kosong dengan contoh, untuk diisi."""
    from bot.documents.example_office import example_office
    from bot.documents.workbook_template import write_workbook

    if file.suffix.lower() != ".xlsx":
        raise _stop("Nama berkas harus berakhiran .xlsx.")
    try:
        write_workbook(example_office(local(machine_now(), "Asia/Jakarta").year), file)
    except OSError as refused:
        raise _stop(f"Berkas {file} tidak dapat ditulis: {refused.strerror}.") from refused
    typer.echo(f"Buku kerja ditulis ke {file}. Isi, lalu periksa dengan renaksi check {file}.")


@app.command()
def invite(
    post: Annotated[str | None, typer.Option(help="Nama jabatan; tanpa ini semua jabatan.")] = None,
    office: Annotated[str | None, typer.Option(help="Nama kantor, bila lebih dari satu.")] = None,
    pictures: Annotated[Path | None, typer.Option(help="Folder untuk gambar QR.")] = None,
    as_json: _Json = False,
) -> None:
    """Buat tautan dan kode undangan sekali pakai, satu untuk tiap jabatan."""
    from bot.invites import InviteRefused, make_invites, write_qr

    settings = _settings()
    engine = _database(settings)
    try:
        made = asyncio.run(make_invites(engine, settings, office, post, timedelta(days=INVITE_DAYS)))
    except InviteRefused as refused:
        raise _stop(str(refused)) from refused
    if pictures is not None:
        write_qr(made, pictures)
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in made], ensure_ascii=False, indent=2))
        return
    for one in made:
        typer.echo(f"{one.post}: {one.telegram_link or one.code}")
    typer.echo(f"Berlaku sampai {made[0].expires_words}. Kirim masing-masing hanya kepada pemegang jabatannya.")


@app.command()
def chart(
    out: Annotated[Path, typer.Option(help="Berkas PNG.")],
    kind: Annotated[str, typer.Option(help="Jenis gambar: overview.")] = "overview",
    office: Annotated[str | None, typer.Option(help="Nama kantor, bila lebih dari satu.")] = None,
) -> None:
    """Gambar ringkasan kantor saat ini."""
    from bot.chart_command import ChartRefused, draw_now

    engine = _database(_settings())
    try:
        draw_now(engine, kind, office, out)
    except ChartRefused as refused:
        raise _stop(str(refused)) from refused
    typer.echo(f"Gambar ditulis ke {out}.")


@app.command()
def doctor(as_json: _Json = False) -> None:
    """Periksa pengaturan, database, kanal, dan jam, dan katakan cara memperbaikinya."""
    from bot.doctor import examine

    found = asyncio.run(examine())
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            typer.echo(f"{'baik ' if one.ok else 'RUSAK'}  {one.check}: {one.text}")
            if one.mend:
                typer.echo(f"       {one.mend}")
    if not all(one.ok for one in found):
        raise typer.Exit(1)
