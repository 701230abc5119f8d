"""Looking into a drawn picture."""

from collections import Counter
from io import BytesIO

from PIL import Image

from bot.charts.canvas import Box, Page


def opened(png: bytes) -> Image.Image:
    """The picture as it lies in the file."""
    return Image.open(BytesIO(png))


def colours(png: bytes, box: tuple[float, float, float, float] | None = None) -> Counter[str]:
    """How many pixels have which colour (`#rrggbb`), in the whole picture or inside left, top, right, bottom."""
    image = opened(png).convert("RGB")
    if box:
        left, top, right, bottom = box
        image = image.crop((round(left), round(top), round(right), round(bottom)))
    counted = image.getcolors(maxcolors=image.width * image.height) or []
    return Counter({"#" + bytes(colour).hex(): count for count, colour in counted})


def words(page: Page) -> list[str]:
    """Every line of text on a page."""
    return [box.words for box in page.boxes()]


def the_box(page: Page, start: str) -> Box:
    """Where the first text stands that begins so."""
    return next(box for box in page.boxes() if box.words.startswith(start))
