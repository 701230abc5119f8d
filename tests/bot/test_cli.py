"""Every command of `renaksi` as scripts and people use it: what it prints, what it changes, how it ends."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from bot.cli import app
from bot.doctor import LEAST_DISK, clock, disk, holidays
from bot.loading import apply, read_plan
from bot.sample_plans import SAMPLES, sample_path
from storage.engine import open_engine
from storage.migrate import upgrade
from tests import bytecode
from tests.bot.documents.workbooks import indicator, save, sheets
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.terminal import Terminal, offices_in
from tests.house.repository import ROOT

KUBUTAMBAHAN = str(sample_path("kubutambahan-2022"))
COMMANDS = sorted(command.callback.__name__ for command in app.registered_commands if command.callback)


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the plan of Kubutambahan, made once and copied for each test."""
    path = tmp_path_factory.mktemp("kubutambahan") / "renaksi.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    apply(engine, read_plan(Path(KUBUTAMBAHAN)), datetime(2022, 1, 3, tzinfo=UTC))
    engine.dispose()
    return path


@pytest.fixture
def office(renaksi: Terminal, tmp_path: Path, loaded_once: Path) -> Terminal:
    """A terminal in a folder in which that plan is loaded."""
    database = tmp_path / "data" / "renaksi.sqlite3"
    database.parent.mkdir()
    shutil.copy(loaded_once, database)
    database.chmod(0o600)  # as the program itself leaves it
    return renaksi


# --- help and words that are none --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(renaksi: Terminal, command: str) -> None:
    told = renaksi(command, "--help")
    assert told.code == 0
    assert f"renaksi {command}" in told.out


def test_help_names_every_command(renaksi: Terminal) -> None:
    told = renaksi("--help")
    assert told.code == 0
    assert [command for command in COMMANDS if command not in told.out] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lapor"], "Perintah tidak dapat dibaca. Lihat renaksi --help."),
        (["--keras"], "Pilihan --keras tidak dikenal. Lihat renaksi --help."),
        (["check"], "FILE belum diisi. Lihat renaksi check --help."),
        (["chart"], "--out belum diisi. Lihat renaksi chart --help."),
        (["demo", "--port", "sebelas"], "Isi --port tidak dapat dipakai. Lihat renaksi demo --help."),
        (["demo", "--port", "65536"], "Isi --port tidak dapat dipakai. Lihat renaksi demo --help."),
        (["demo", "--port"], "Pilihan --port tidak dapat dibaca. Lihat renaksi --help."),
        (["check", "a.xlsx", "b.xlsx"], "Perintah tidak dapat dibaca. Lihat renaksi check --help."),
        (["check", "tiada.xlsx"], "Berkas tiada.xlsx tidak ada."),
        (["load", "."], "Berkas . tidak ada."),
        (["template", "kantor.docx"], "Nama berkas harus berakhiran .xlsx."),
        (["template", "tiada/kantor.xlsx"], "Berkas tiada/kantor.xlsx tidak dapat ditulis: foldernya tidak ada."),
        (["demo", "--plan", "sukamaju"], f"Rencana 'sukamaju' tidak ada. Pilih salah satu: {', '.join(SAMPLES)}."),
        (["invite"], "Belum ada kantor. Muat dulu buku kerjanya: renaksi load BERKAS.xlsx"),
        (["chart", "--out", "a.png"], "Belum ada kantor. Muat dulu buku kerjanya: renaksi load BERKAS.xlsx"),
    ],
)
def test_a_wrong_command_ends_with_one_sentence(renaksi: Terminal, words: list[str], sentence: str) -> None:
    told = renaksi(*words)
    assert (told.code, told.out, told.err) == (2, "", f"{sentence}\n")


@pytest.mark.parametrize(("words", "code"), [(["check", "tiada.xlsx"], 2), (["--help"], 0), ([], 2), (["run"], 2)])
def test_a_real_process_ends_in_the_same_way(tmp_path: Path, words: list[str], code: int) -> None:
    command = [sys.executable, "-m", "bot", *words]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **bytecode.environment()}
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert ended.returncode == code
    assert "Traceback" not in ended.stdout + ended.stderr
    assert bool(ended.stdout) == (words in (["--help"], []))


# --- check ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", SAMPLES)
def test_check_tells_what_it_understood_and_changes_nothing(renaksi: Terminal, tmp_path: Path, plan: str) -> None:
    told = renaksi("check", str(sample_path(plan)))
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"{plan}.xlsx: Kecamatan ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("plan", SAMPLES)
def test_check_as_json_has_the_promised_fields(renaksi: Terminal, plan: str) -> None:
    found = renaksi("check", "--json", str(sample_path(plan))).json
    promised = ["file", "office", "year", "indicators", "questions", "errors", "ignored"]
    assert list(found) == [*promised, "services", "budget"]
    budgets = {"randuagung-2024": "1916486189", "sidayu-2020": "1021600000"}
    assert (found["budget"] or {"total": None})["total"] == budgets.get(plan)
    assert found["year"] == int(plan[-4:])
    assert found["errors"] == []
    assert len(found["questions"]) >= 3
    for one in found["indicators"]:
        assert {"indicator", "unit", "level", "path", "code", "post", "mode", "confidence", "annual_target",
                "targets", "budget", "place", "status"} <= set(one)  # fmt: skip
        assert one["status"] in {"ok", "ask"}
        assert all(value is None or isinstance(value, str) for value in one["targets"].values())


def test_check_of_a_broken_workbook_names_the_cell(renaksi: Terminal, tmp_path: Path) -> None:
    broken = str(save(tmp_path / "kantor.xlsx", sheets(indicator(Jabatan="Kasi Tiada"))))
    told = renaksi("check", broken)
    assert told.code == 2
    assert "- Indikator!E2: " in told.out

    as_json = renaksi("check", "--json", broken)
    assert as_json.code == 2
    assert as_json.json["errors"][0]["place"]["cell"] == "E2"
    assert as_json.json["indicators"] == []


# --- load and template ---------------------------------------------------------------------------------------------


def test_load_applies_a_plan_once(renaksi: Terminal, tmp_path: Path) -> None:
    first = renaksi("load", KUBUTAMBAHAN)
    assert first.code == 0
    assert first.out.startswith("Rencana Kubutambahan 2022 versi 1 dimuat: ")
    again = renaksi("load", KUBUTAMBAHAN, "--year", "2022")
    assert (again.code, again.out) == (
        0,
        "Rencana Kubutambahan 2022 sudah dimuat sebelumnya; tidak ada yang berubah.\n",
    )
    assert offices_in(tmp_path) == ["Kubutambahan"]


def test_load_of_another_year_than_asked_for_changes_nothing(renaksi: Terminal, tmp_path: Path) -> None:
    told = renaksi("load", KUBUTAMBAHAN, "--year", "2023")
    assert (told.code, told.err) == (2, "Berkas itu untuk tahun 2022, bukan 2023.\n")
    assert list(tmp_path.iterdir()) == []


def test_load_of_a_broken_workbook_changes_nothing(renaksi: Terminal, tmp_path: Path) -> None:
    renaksi("load", KUBUTAMBAHAN)
    broken = save(tmp_path / "kantor.xlsx", sheets(indicator(), indicator(Jabatan="Kasi Tiada")))
    told = renaksi("load", str(broken))
    assert (told.code, told.out) == (2, "")
    assert "Indikator!E3: " in told.err
    assert offices_in(tmp_path) == ["Kubutambahan"]


def test_load_of_a_file_that_is_no_workbook(renaksi: Terminal, tmp_path: Path) -> None:
    (tmp_path / "kantor.xlsx").write_text("bukan buku kerja")
    told = renaksi("load", "kantor.xlsx")
    assert (told.code, told.out) == (2, "")
    assert len(told.err.splitlines()) == 1


def test_the_template_can_be_checked_loaded_and_invited_to(renaksi: Terminal, tmp_path: Path) -> None:
    assert renaksi("template", "kantor.xlsx").code == 0
    assert renaksi("check", "--json", "kantor.xlsx").json["errors"] == []
    assert renaksi("load", "kantor.xlsx").code == 0
    assert "sudah dimuat" in renaksi("load", "kantor.xlsx").out
    assert offices_in(tmp_path) == ["Contoh"]
    assert [one["post"] for one in renaksi("invite", "--json").json][-1] == "Kasi Pemerintahan"


def test_the_template_never_overwrites_what_was_filled_in(renaksi: Terminal, tmp_path: Path) -> None:
    (tmp_path / "kantor.xlsx").write_bytes(b"isian orang")
    told = renaksi("template", "kantor.xlsx")
    assert (told.code, told.err) == (2, "Berkas kantor.xlsx sudah ada dan tidak ditimpa; pilih nama lain.\n")
    assert (tmp_path / "kantor.xlsx").read_bytes() == b"isian orang"


# --- invite --------------------------------------------------------------------------------------------------------


def test_invite_makes_one_code_a_post(office: Terminal) -> None:
    made = office("invite", "--json").json
    assert len(made) == 15
    assert len({one["code"] for one in made}) == 15
    assert set(made[0]) == {"post", "code", "telegram_link", "whatsapp_link", "expires"}
    assert datetime.fromisoformat(made[0]["expires"]).utcoffset() is not None

    told = office("invite", "--post", "kasi pemerintahan")
    assert told.code == 0
    assert told.out.startswith("Kasi Pemerintahan: ")
    assert len(told.out.splitlines()) == 2


def test_invite_to_an_unknown_post_lists_the_posts(office: Terminal) -> None:
    told = office("invite", "--post", "Lurah")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("Jabatan 'Lurah' tidak ada. Jabatan kantor ini: Camat, Sekretaris Kecamatan, ")


def test_invite_draws_a_qr_picture_for_each_post(office: Terminal, tmp_path: Path) -> None:
    assert office("invite", "--pictures", "undangan").code == 0
    pictures = sorted((tmp_path / "undangan").iterdir())
    assert len(pictures) == 15
    assert pictures[0].name == "01-camat.png"
    with Image.open(pictures[0]) as picture:
        assert picture.width == picture.height > 100


def test_without_whatsapp_nothing_is_sent_and_nobody_invited(office: Terminal) -> None:
    told = office("invite", "--send")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("WhatsApp belum diatur: isi WHATSAPP_TOKEN")


def test_invite_into_a_file_invites_nobody(renaksi: Terminal, tmp_path: Path) -> None:
    (tmp_path / "undangan").write_text("")
    told = renaksi("invite", "--pictures", "undangan")
    assert (told.code, told.err) == (2, "Folder undangan tidak dapat dibuat: nama itu sudah dipakai sebuah berkas.\n")


def test_with_two_offices_a_command_asks_which(office: Terminal) -> None:
    office("template", "kantor.xlsx")
    office("load", "kantor.xlsx")
    told = office("invite")
    assert (told.code, told.err) == (2, "Sebutkan kantornya dengan --office. Yang ada: Kubutambahan, Contoh.\n")
    assert office("invite", "--office", "contoh").code == 0


# --- chart ---------------------------------------------------------------------------------------------------------


def test_preview_prints_what_would_be_sent(office: Terminal) -> None:
    shown = office("preview", "--from", "2022-04-04", "--to", "2022-04-05")
    assert (shown.code, shown.err) == (0, "")
    assert "Senin 4 April 2022 08.00 WITA" in shown.out
    told = office("preview", "--from", "2022-04-04", "--to", "2022-04-05", "--json").json
    assert {(one["kind"], one["stage"]) for one in told} == {("reminder", "H-1"), ("reminder", "H"), ("digest", None)}
    assert all(set(one) >= {"at", "to", "kind", "stage", "period", "text"} for one in told)


@pytest.mark.parametrize("period", ["2022-03", "2022-TW1", "2022"])
def test_chart_draws_a_closed_period(office: Terminal, tmp_path: Path, period: str) -> None:
    told = office("chart", "--kind", "overview", "--period", period, "--out", "gambar.png")
    assert (told.code, told.out) == (0, "Gambar ditulis ke gambar.png.\n")
    with Image.open(tmp_path / "gambar.png") as picture:
        assert picture.size == (1080, 1350)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--kind", "pai"],
            "Jenis gambar 'pai' belum ada. Pilih: overview, section, indicator, compliance, budget, years.",
        ),
        (["--period", "maret"], "Periode 'maret' tidak terbaca; contoh: 2026-03, 2026-TW1 atau 2026."),
        (["--period", "2019-03"], "Tidak ada yang harus dilaporkan untuk periode 2019-03 di kantor ini."),
        (["--period", "2099-03"], "Tidak ada yang harus dilaporkan untuk periode 2099-03 di kantor ini."),
        ([], "Tidak ada periode yang sedang dilaporkan. Sebutkan periodenya, mis. --period 2026-03."),
        (["--office", "Sukamaju"], "Sebutkan kantornya dengan --office. Yang ada: Kubutambahan."),
    ],
)
def test_chart_says_what_it_cannot_draw(office: Terminal, words: list[str], sentence: str) -> None:
    told = office("chart", "--out", "gambar.png", *words)
    assert (told.code, told.err) == (2, f"{sentence}\n")


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        (["section", "--section", "pemerintahan"], ["gambar.png", "gambar-2.png"]),
        (["section", "--section", "pemerintahan", "--period", "2022-TW1"], ["gambar.png", "gambar-2.png"]),
        (["indicator", "--indicator", "buku wajib", "--period", "2022-03"], ["gambar.png"]),
        (["compliance"], ["gambar.png", "gambar-2.png"]),
        (["compliance", "--period", "2022-TW1"], ["gambar.png", "gambar-2.png"]),
    ],
)
def test_chart_draws_every_kind(office: Terminal, tmp_path: Path, words: list[str], pages: list[str]) -> None:
    told = office("chart", "--out", "gambar.png", "--kind", *words)
    assert (told.code, told.out, told.err) == (0, f"Gambar ditulis ke {', '.join(pages)}.\n", "")
    assert sorted(path.name for path in tmp_path.glob("*.png")) == sorted(pages)


@pytest.mark.parametrize(
    ("words", "begins", "lists"),
    [
        (["section"], "Sebutkan --section. Yang ada:\n  Camat\n", "  Seksi Pemerintahan\n"),
        (["section", "--section", "hantu"], "--section 'hantu' tidak ada. Yang ada:\n  Camat\n", "Seksi Sosial Budaya"),
        (
            ["section", "--section", "seksi"],
            "--section 'seksi' cocok dengan beberapa. Yang ada:\n",
            "Seksi Pemerintahan",
        ),
        (["indicator", "--indicator", "xyz"], "--indicator 'xyz' tidak ada. Yang ada:\n", "lainnya\n"),
        (["indicator", "--indicator", "desa"], "--indicator 'desa' cocok dengan beberapa. Yang ada:\n", "Desa"),
        (["section", "--section", "pemerintahan", "--period", "2099-03"], "Tidak ada yang harus dilaporkan", "2099-03"),
        (["indicator", "--indicator", "buku", "--period", "2021"], "Tidak ada yang harus dilaporkan", "2021"),
        (["compliance", "--period", "2019"], "Tidak ada yang harus dilaporkan", "2019"),
        (["budget"], "Belum ada baris anggaran", "lembar Anggaran"),
        (["years"], "Perbandingan butuh rencana aksi dua tahun", "di keduanya."),
    ],
)
def test_chart_lists_what_there_is(office: Terminal, words: list[str], begins: str, lists: str) -> None:
    told = office("chart", "--out", "gambar.png", "--kind", *words)
    assert told.code == 2
    assert told.err.startswith(begins) and lists in told.err


def test_chart_writes_only_what_it_is_named(office: Terminal, tmp_path: Path) -> None:
    told = office("chart", "--period", "2022-03", "--out", "gambar.pdf")
    assert (told.code, told.err) == (2, "Nama berkas harus berakhiran .png.\n")
    assert not (tmp_path / "gambar.pdf").exists()


def test_chart_into_a_folder_that_is_not_there(office: Terminal) -> None:
    told = office("chart", "--period", "2022-03", "--out", "tiada/gambar.png")
    assert told.code == 2
    assert told.err == "Berkas tiada/gambar.png tidak dapat ditulis: foldernya tidak ada.\n"


# --- doctor, settings and a database that is none -------------------------------------------------------------------


@contextmanager
def telegram() -> Iterator[BotApiServer]:
    """A Bot API server that answers while commands run their own event loops."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    server = BotApiServer()
    asyncio.run_coroutine_threadsafe(server.start(), loop).result(30)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_with_telegram_invitations_are_links_and_all_is_well(office: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with telegram() as server:
        monkeypatch.setenv("TELEGRAM_TOKEN", server.token)
        monkeypatch.setenv("TELEGRAM_API_URL", server.url)
        (made,) = office("invite", "--post", "Camat", "--json").json
        told = office("doctor")
        found = office("doctor", "--json").json
    assert made["telegram_link"] == f"https://t.me/{server.username}?start={made['code']}"
    assert told.code == 0
    assert "RUSAK" not in told.out
    assert [set(one) for one in found] == [{"check", "ok", "text", "mend"}] * len(found)
    assert found[-1]["text"] == f"terhubung sebagai @{server.username}"


def test_without_telegram_an_invitation_is_a_code_and_says_so(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:RAHASIA")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    told = office("invite", "--post", "Camat", "--json")
    assert told.json[0]["telegram_link"] == ""
    assert told.err.startswith("Telegram tidak terhubung")


@pytest.mark.parametrize(
    ("setting", "value", "check"),
    [
        ("DATABASE_URL", "mysql://localhost/renaksi", "database"),
        ("DATABASE_URL", "bukan alamat", "database"),
        ("DATABASE_URL", "postgresql://localhost:lima/renaksi", "database"),
        ("DATABASE_URL", "postgresql://127.0.0.1:9/renaksi", "database"),
        ("DATABASE_URL", "sqlite:///.", "database"),
        ("EVIDENCE_URL", "berkas.txt", "berkas bukti"),
        ("TELEGRAM_TOKEN", "", "telegram"),
        ("TELEGRAM_TOKEN", "1:RAHASIA", "telegram"),
        ("TELEGRAM_TOKEN", "bukan token", "telegram"),
    ],
)
def test_doctor_names_what_is_wrong_and_how_to_mend_it(
    renaksi: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, check: str
) -> None:
    (tmp_path / "berkas.txt").write_text("")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv(setting, value)
    told = renaksi("doctor", "--json")
    assert told.code == 1
    (found,) = [one for one in told.json if one["check"] == check]
    assert (found["ok"], bool(found["text"]), bool(found["mend"])) == (False, True, True)
    assert value == "" or "RAHASIA" not in told.out + told.err


def test_doctor_on_a_full_disk_a_lost_clock_and_a_year_without_a_decree() -> None:
    assert not disk(Path("data"), LEAST_DISK - 1).ok
    assert disk(Path("data"), LEAST_DISK).text == "folder data, ruang kosong 1 GB"
    assert not clock(datetime(1970, 1, 1, tzinfo=UTC)).ok
    assert clock(datetime(2026, 7, 1, 3, tzinfo=UTC)).text == "2026-07-01 10.00 WIB"
    assert holidays(datetime(2022, 7, 1, tzinfo=UTC)).ok
    assert not holidays(datetime(2099, 7, 1, tzinfo=UTC)).ok


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        (
            "TELEGRAM_WEBHOOK_SECRET",
            "dua kata",
            "TELEGRAM_WEBHOOK_SECRET harus berisi 1 sampai 256 huruf, angka, _ atau -",
        ),
        ("HTTP_PORT", "0", "HTTP_PORT harus berisi angka 1 sampai 65535"),
        ("HTTP_PORT", "delapan", "HTTP_PORT harus berisi angka 1 sampai 65535"),
        ("LOG_LEVEL", "keras", "LOG_LEVEL harus berisi DEBUG, INFO, WARNING atau ERROR"),
        ("EVIDENCE_URL", "s3:bukti", "EVIDENCE_URL harus berisi nama folder, atau alamat seperti s3://ember/folder"),
        ("TELEGRAM_API_URL", "127.0.0.1", "TELEGRAM_API_URL harus berisi alamat http:// atau https://"),
        ("TELEGRAM_WEBHOOK_URL", "http://a.id", "TELEGRAM_WEBHOOK_URL harus berisi alamat https://"),
        (
            "TELEGRAM_WEBHOOK_URL",
            "https://a.id",
            "TELEGRAM_WEBHOOK_SECRET wajib diisi bila TELEGRAM_WEBHOOK_URL dipakai",
        ),
    ],
)
def test_a_wrong_setting_is_named_and_stops_the_start(
    renaksi: Terminal, tmp_path: Path, setting: str, value: str, sentence: str
) -> None:
    (tmp_path / ".env").write_text(f"{setting}={value}\n")
    for command in (["load", KUBUTAMBAHAN], ["run"], ["invite"]):
        told = renaksi(*command)
        assert (told.code, told.out) == (2, "")
        assert told.err == f"Periksa pengaturan di .env. {sentence}.\n"
    assert renaksi("doctor").code == 1


def test_an_env_file_that_is_no_text(renaksi: Terminal, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    told = renaksi("invite")
    assert (told.code, told.err) == (2, "Berkas .env tidak dapat dibaca; simpan ulang sebagai teks UTF-8.\n")


def test_a_database_that_is_none(renaksi: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rusak.db").write_text("bukan database " * 100)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///rusak.db")
    told = renaksi("load", KUBUTAMBAHAN)
    assert (told.code, told.out) == (1, "")
    assert told.err == "Database tidak dapat dipakai. Jalankan renaksi doctor untuk melihat sebabnya.\n"
    assert "bukan database" in (tmp_path / "rusak.db").read_text()


def test_a_database_of_an_unknown_kind(renaksi: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/renaksi")
    told = renaksi("load", KUBUTAMBAHAN)
    assert (told.code, told.err) == (2, "DATABASE_URL menyebut mysql; yang didukung: sqlite dan postgresql.\n")
