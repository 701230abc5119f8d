"""The demo as a person starts, uses and ends it."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from bot.demo import Asked, PortTaken, free_port
from tests.bot.demo_process import DemoProcess, starting_demo
from tests.browser import ARGUMENTS, PATIENCE_MS, chromium
from tests.house.repository import ROOT

signals = pytest.mark.parametrize(
    "number", [pytest.param(signal.SIGINT, marks=pytest.mark.sampled), signal.SIGTERM], ids=["SIGINT", "SIGTERM"]
)
"""Both end a demo in the same way, and each test takes the start of one."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoProcess]:
    """One running demo for the tests that end nothing."""
    with starting_demo(tmp_path_factory.mktemp("demo"), "--port", "0") as started:
        started.wait_until_ready()
        yield started


def test_it_serves_its_page_and_the_plan(demo: DemoProcess) -> None:
    with urllib.request.urlopen(demo.address) as page:
        assert "SIMULATOR" in page.read().decode()
    with urllib.request.urlopen(f"{demo.address}/simulator/api/office") as office:
        told = office.read().decode()
    assert '"name":"Kecamatan Kubutambahan"' in told
    assert '"plan_name":"kubutambahan-2022"' in told


def test_only_this_machine_reaches_it(demo: DemoProcess) -> None:
    for address in ("127.0.0.2", *_other_addresses()):
        with socket.socket() as visitor:
            visitor.settimeout(5)
            assert visitor.connect_ex((address, demo.port)) != 0, address


def _other_addresses() -> set[str]:
    """The machine's addresses on networks, as far as it knows them by its own name."""
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return set()
    return {str(sockaddr[0]) for *_, sockaddr in found if not str(sockaddr[0]).startswith("127.")}


def test_started_twice_the_second_says_where_the_first_is(demo: DemoProcess, tmp_path: Path) -> None:
    with starting_demo(tmp_path, "--port", str(demo.port)) as second:
        code, out, err = second.ended()
    assert (code, out) == (2, "")
    assert err == (
        f"Port {demo.port} sedang dipakai, mungkin oleh demo yang lain: buka {demo.address} "
        f"atau jalankan renaksi demo --port {demo.port + 1}.\n"
    )
    assert second.folders == []


def test_a_port_of_another_program_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortTaken, match="sedang dipakai"):
            free_port(other.getsockname()[1])


@signals
def test_a_signal_ends_it_and_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    with starting_demo(tmp_path, "--port", "0", "--plan", "randuagung-2024") as running:
        running.wait_until_ready()
        assert len(running.folders) == 1
        code, out, err = running.end(number)
    assert (code, err) == (0, "")
    assert "Simulator berhenti." in out
    assert running.folders == []


@signals
def test_a_signal_while_it_loads_ends_it_too(tmp_path: Path, number: signal.Signals) -> None:
    with starting_demo(tmp_path, "--port", "0") as loading:
        loading.wait_until_loading()
        code, _out, err = loading.end(number)
    assert (code, err) == (0, "")
    assert loading.folders == []


def test_a_signal_while_a_module_is_imported_is_no_other_end() -> None:
    program = "from bot.demo import *; asked = Asked()\nwith suppress(AskedToEnd): exec('asked(2, None)')"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_a_signal_whose_exception_was_dropped_is_heeded_all_the_same() -> None:
    asked = Asked()
    asked.heed()
    with suppress(KeyboardInterrupt):
        asked(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        asked.heed()


@pytest.fixture
def page(demo: DemoProcess) -> Iterator[Page]:
    """The page of the running demo on a desktop, in a browser that reports every mishap."""
    mishaps: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(locale="id-ID", reduced_motion="reduce", viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: mishaps.append(str(error)))
        page.on("console", lambda line: mishaps.append(line.text) if line.type == "error" else None)
        page.goto(demo.address)
        yield page
        browser.close()
    assert mishaps == []


def phone_of(page: Page, post: str) -> Locator:
    return page.get_by_role("tabpanel", name=f"Telepon {post}", exact=True)


def write(phone: Locator, text: str) -> None:
    phone.get_by_role("textbox").fill(text)
    phone.get_by_role("textbox").press("Enter")


def test_an_indicator_is_reported_and_the_camat_sees_the_picture(page: Page) -> None:
    page.get_by_role("combobox", name="Telepon ini dipegang oleh").first.select_option("Kasi Pemerintahan – Sari")
    kasi, camat = phone_of(page, "Kasi Pemerintahan"), phone_of(page, "Camat")

    write(kasi, "lapor")
    expect(kasi.get_by_role("log")).to_contain_text("Tambahan di bulan Maret, berapa desa?")
    write(kasi, "1")
    expect(kasi.get_by_role("log")).to_contain_text("✓ 1 desa · s/d Maret 3 dari 3 (100,00%)")
    send = kasi.get_by_role("button", name=re.compile("Kirim 1"))
    while not send.is_visible():
        headed = kasi.locator(".bubble .title")
        seen = headed.count()
        kasi.get_by_role("button", name="Lewati").last.click()
        expect(headed).to_have_count(seen + 1)
    send.click()
    expect(kasi.get_by_role("log")).to_contain_text("1 laporan terkirim")

    page.get_by_role("button", name="Senin 08.00").click()
    expect(page.locator("#clock-day")).to_have_text("Senin 28 Maret 2022")
    picture = camat.get_by_role("button", name=re.compile("Perbesar gambar: Yth. Pak Camat"))
    picture.click()
    large = page.get_by_role("dialog", name="Gambar").get_by_role("img")
    expect(large).to_be_visible()
    assert large.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 1080


def test_the_camat_downloads_a_form(page: Page) -> None:
    camat = phone_of(page, "Camat")
    write(camat, "unduh renaksi februari pdf")
    with page.expect_download() as got:
        camat.get_by_role("link", name=re.compile("Unduh renaksi-2022-02-no")).click()
    assert got.value.suggested_filename.startswith("renaksi-2022-02-no")
    assert got.value.path().read_bytes().startswith(b"%PDF-")
