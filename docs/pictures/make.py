"""Makes the pictures of the guides and of the README: chats from the demo in a real browser, the rest from the samples.

    uv run python -m docs.pictures.make [NAME ...]

Needs a Chromium on the machine (`tests/browser.py` knows where). Run it again when the page or a sentence changes; a
test fails until `words.txt`, which it writes beside the pictures, says what the chats say. With names it takes only
those pictures of chats again. The four from the samples carry the day on which they were made.
"""

import asyncio
import io
import math
import sys
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Browser, FloatRect, Locator, Page, async_playwright, expect
from pypdfium2 import PdfDocument
from sqlalchemy import select

from bot.chart_command import Wanted as Drawing
from bot.chart_command import draw
from bot.clock import machine_now
from bot.export_command import Wanted as Form
from bot.export_command import export
from bot.holiday_dates import NationalAlmanac
from bot.loading import apply, read_plan
from docs.pictures.chats import ADMIN, CAMAT, CULTURE, WORDS, Picture, open_stage, play
from storage import migrate, schema
from storage.desk import Desk
from storage.engine import Engine, open_engine, writing
from tests.browser import ARGUMENTS, chromium
from tests.stories.office import Bubble
from tests.stories.office import Office as Stage
from tests.verified import check

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PHONE = 360
"""Pixels across a small phone."""
SCALE = 1.5
"""Dots of a picture to a pixel: sharp on a phone, and small."""
TALL = 2000
"""Pixels down in which any chat of a picture fits before it is cut to size."""
SHORT = 561
"""Pixels down below which the page leaves the head of a chat out."""
COLOURS = 32
"""Enough for the edges of letters on the page's few colours: a phone stays below 60 kB."""
CHART_COLOURS = 256
DESK = "simulator"
CHART = "ringkasan"
SUMMARY = "ringkasan-camat"
"""The picture of a chat at whose moment the desktop and the chart are taken, too."""
HOLDERS = "sessionStorage.setItem('renaksi-holders', JSON.stringify({}))"
CUT = """([count]) => {
  const log = document.querySelector("#phone-0 .log");
  const rows = [...log.querySelectorAll(":scope > .row")];
  const first = rows.at(-count);
  for (const child of [...log.children]) {
    const isDay = child.classList.contains("day") && child.nextElementSibling === first;
    if (child.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING && !isDay) child.hidden = true;
  }
  const below = parseFloat(getComputedStyle(log).paddingBottom);
  return log.clientHeight - rows.at(-1).offsetTop - rows.at(-1).offsetHeight - below;
}"""
"""Hides what was said before the last messages; returns how many pixels are then left empty."""
TO_CHART = """async () => {
  const log = document.querySelector("#phone-2 .log");
  log.scrollTop = [...log.querySelectorAll(".row.chart")].at(-1).offsetTop - 10;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def main(names: Collection[str]) -> None:
    """Take the pictures of chats that are named, or all pictures."""
    asyncio.run(photograph(names))
    if not names:
        draw_samples()


async def photograph(names: Collection[str]) -> None:
    """Play the story before the browser; where all pictures are taken, their words are written down."""
    with TemporaryDirectory() as folder:
        async with open_stage(Path(folder)) as stage, open_browser() as browser:

            async def take(picture: Picture, bubbles: Sequence[Bubble]) -> None:
                if not names or picture.name in names:
                    await shoot_phone(browser, stage, picture)
                if picture.name == SUMMARY and not names:
                    await shoot_desk(browser, stage)
                    chart = await stage.client.get(bubbles[-1]["media_url"])
                    save(chart.raise_for_status().content, CHART, CHART_COLOURS, width=540)

            words = await play(stage, take)
    if not names:
        WORDS.write_text(words, encoding="utf-8")


@asynccontextmanager
async def open_browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def open_page(
    browser: Browser, stage: Stage, posts: Sequence[str], width: int, height: int, scale: float
) -> AsyncGenerator[Page]:
    """The demo's page, its phones held by those posts, with everything on it loaded."""
    page = await browser.new_page(
        locale="id-ID",
        reduced_motion="reduce",
        color_scheme="light",
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
    )
    held = [stage.addresses[post] for post in posts]
    await page.add_init_script(HOLDERS.format(held))
    await page.goto(str(stage.client.base_url))
    for number, post in enumerate(posts):
        chat = await stage.client.get(f"/simulator/api/chat/{stage.addresses[post]}")
        await expect(page.locator(f"#phone-{number} .log > .row")).to_have_count(len(chat.json()["bubbles"]))
    await page.evaluate("Promise.all([...document.querySelectorAll('.thumbnail img')].map((one) => one.decode()))")
    await page.evaluate("document.fonts.ready")
    yield page
    await page.close()


async def shoot_phone(browser: Browser, stage: Stage, picture: Picture) -> None:
    """A phone just as tall as the picture's messages."""
    async with open_page(browser, stage, [picture.post], PHONE, TALL, SCALE) as page:
        room = await page.evaluate(CUT, [picture.messages])
        await page.set_viewport_size({"width": PHONE, "height": max(TALL - room, SHORT)})
        taken = await page.screenshot(animations="disabled", clip=await whole_dots(page.locator("#phone-0 .screen")))
    save(taken, picture.name, COLOURS)


async def whole_dots(part: Locator) -> FloatRect:
    """Where a part of the page lies, without the edges that share a dot of the picture with their neighbours."""
    box = await part.bounding_box()
    assert box is not None
    top, bottom = 2 * math.ceil(box["y"] / 2), 2 * math.floor((box["y"] + box["height"]) / 2)
    return {"x": box["x"], "y": top, "width": box["width"], "height": bottom - top}


async def shoot_desk(browser: Browser, stage: Stage) -> None:
    """Three phones side by side, the camat's from its picture on."""
    async with open_page(browser, stage, [CULTURE, ADMIN, CAMAT], 1280, 800, 1) as page:
        await page.evaluate(TO_CHART)
        save(await page.screenshot(animations="disabled"), DESK, CHART_COLOURS)


def draw_samples() -> None:
    """A section, the budget, and a page of two forms, of two samples; some of the figures are verified."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'samples.sqlite3'}")
        migrate.upgrade(engine)
        for name in ("kubutambahan-2022", "randuagung-2024"):
            apply(engine, read_plan(ROOT / "samples" / f"{name}.xlsx"), machine_now())
        verify_some(engine)
        section, budget = Path(folder) / "seksi.png", Path(folder) / "serapan.png"
        draw(engine, Drawing("section", "2022-02", "Kubutambahan", section="Pembangunan"), section)
        draw(engine, Drawing("budget", "2024-02", "Randuagung"), budget)
        forms = {
            "formulir": Form("rfk", "2024-02", "Randuagung"),
            "monitoring": Form("renaksi", "2022-02", "Kubutambahan"),
        }
        for name, form in forms.items():
            export(engine, form, Path(folder) / f"{name}.pdf")
        engine.dispose()
        for drawn in (section, budget):
            save(drawn.read_bytes(), drawn.stem, CHART_COLOURS, width=540)
        for name in forms:
            with PdfDocument(Path(folder) / f"{name}.pdf") as document:
                page = io.BytesIO()
                document[0].render(scale=2).to_pil().save(page, "PNG")
            save(page.getvalue(), name, CHART_COLOURS, width=1080)


def verify_some(engine: Engine) -> None:
    """Of the samples' figures all of two indicators in three."""
    with writing(engine) as connection:
        for office_id in connection.execute(select(schema.office.c.id)).scalars().all():
            desk = Desk(connection, office_id, machine_now(), NationalAlmanac())
            figures = [
                (duty.id, period) for at, duty in enumerate(desk.office_duties) if at % 3 for period in duty.values
            ]
            check(connection, office_id, figures, desk.now)


def save(taken: bytes, name: str, colours: int, *, width: int | None = None) -> None:
    """Keep a picture in few colours, brought to a width where one is given."""
    with Image.open(io.BytesIO(taken)) as picture:
        small = picture.convert("RGB")
    if width is not None:
        small = small.resize((width, round(small.height * width / small.width)), Image.Resampling.LANCZOS)
    small.quantize(colours).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
