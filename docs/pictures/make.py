"""Makes the pictures of the README: two from the real demo in a real browser, four from the samples.

    uv run python -m docs.pictures.make

Needs a Chromium on the machine (`tests/browser.py` knows where). Run it again when the page or the picture changes.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Locator, Page, expect, sync_playwright
from pypdfium2 import PdfDocument
from sqlalchemy import select

from bot.chart_command import Wanted as Picture
from bot.chart_command import draw
from bot.clock import machine_now
from bot.export_command import Wanted as Form
from bot.export_command import export
from bot.holiday_dates import NationalAlmanac
from bot.loading import apply, read_plan
from storage import migrate
from storage.desk import Desk
from storage.engine import Engine, open_engine, writing
from storage.tables import Office, table
from tests.bot.demo_process import starting_demo
from tests.browser import ARGUMENTS, chromium
from tests.verified import check

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
COLOURS = 256
"""Enough for the accents of a page, too; keeps a picture far below 300 kB."""
PATIENCE = 60_000
"""Milliseconds for what the demo does at most at once: a week of its clock."""


def main() -> None:
    """Drive the demo through one report and one Monday."""
    with page_of_demo() as page:
        page.get_by_role("combobox", name="Telepon ini dipegang oleh").first.select_option("Kasi Pemerintahan – Sari")
        kasi = phone_of(page, "Kasi Pemerintahan")
        write(kasi, "lapor")
        expect(kasi.get_by_role("log")).to_contain_text("berapa desa?")
        write(kasi, "1")
        expect(kasi.get_by_role("log")).to_contain_text("✓ 1 desa")
        page.get_by_role("button", name="Senin 08.00").click()
        camat = phone_of(page, "Camat").get_by_role("button", name=re.compile("Perbesar gambar"))
        expect(camat).to_be_visible(timeout=PATIENCE)
        camat.locator("img").evaluate("picture => picture.decode()")
        expect(page.locator("#clock-status")).to_be_hidden(timeout=PATIENCE)
        camat.evaluate("picture => picture.scrollIntoView({ block: 'start' })")
        page.screenshot(path=HERE / "simulator.png")
        (HERE / "ringkasan.png").write_bytes(picture_behind(page, camat))
    shrink(HERE / "simulator.png", 1280)
    shrink(HERE / "ringkasan.png", 540)
    draw_samples()


def draw_samples() -> None:
    """A section, the budget, and a page of two forms, of two samples; some of the figures are verified."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'samples.sqlite3'}")
        migrate.upgrade(engine)
        for name in ("kubutambahan-2022", "randuagung-2024"):
            apply(engine, read_plan(ROOT / "samples" / f"{name}.xlsx"), machine_now())
        verify_some(engine)
        section, budget = Path(folder) / "seksi.png", Path(folder) / "serapan.png"
        draw(engine, Picture("section", "2022-02", "Kubutambahan", section="Pembangunan"), section)
        draw(engine, Picture("budget", "2024-02", "Randuagung"), budget)
        forms = {
            "formulir": Form("rfk", "2024-02", "Randuagung"),
            "monitoring": Form("renaksi", "2022-02", "Kubutambahan"),
        }
        for name, form in forms.items():
            export(engine, form, Path(folder) / f"{name}.pdf")
        engine.dispose()
        for drawn in (section, budget):
            (HERE / drawn.name).write_bytes(drawn.read_bytes())
            shrink(HERE / drawn.name, 540)
        for name in forms:
            with PdfDocument(Path(folder) / f"{name}.pdf") as document:
                document[0].render(scale=2).to_pil().save(HERE / f"{name}.png")
            shrink(HERE / f"{name}.png", 1080)


def verify_some(engine: Engine) -> None:
    """Of the samples' figures all of two indicators in three."""
    with writing(engine) as connection:
        for office_id in connection.execute(select(table(Office).c.id)).scalars().all():
            desk = Desk(connection, office_id, machine_now(), NationalAlmanac())
            figures = [
                (duty.id, period) for at, duty in enumerate(desk.office_duties) if at % 3 for period in duty.values
            ]
            check(connection, office_id, figures, desk.now)


@contextmanager
def page_of_demo() -> Iterator[Page]:
    """The demo's page on a desktop."""
    with TemporaryDirectory() as folder, starting_demo(Path(folder), "--port", "0") as demo, sync_playwright() as play:
        demo.wait_until_ready()
        browser = play.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(locale="id-ID", reduced_motion="reduce", viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE)
        page.goto(demo.address)
        yield page
        browser.close()


def phone_of(page: Page, post: str) -> Locator:
    return page.get_by_role("tabpanel", name=f"Telepon {post}", exact=True)


def write(phone: Locator, text: str) -> None:
    phone.get_by_role("textbox").fill(text)
    phone.get_by_role("textbox").press("Enter")


def picture_behind(page: Page, thumbnail: Locator) -> bytes:
    """The picture itself, as the page loads it."""
    address = thumbnail.locator("img").get_attribute("src")
    return page.request.get(f"{page.url.rstrip('/')}{address}").body()


def shrink(path: Path, width: int) -> None:
    """Bring a picture to that width and few colours."""
    with Image.open(path) as picture:
        height = round(picture.height * width / picture.width)
        small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    small.quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
