"""Pictures made by code, since tests have no photographs: offices, attendance lists, and what a phone does to them."""

import io
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

SIZE = (800, 600)
PAGE = (620, 877)
SENSOR = 24
"""Spread of the noise that a camera adds, in levels of 255."""


@dataclass(frozen=True)
class View:
    """A photo of a meeting: which room, who sits in it, and from where it is taken.

    `shift` is how far the camera has moved sideways and `turn` how far it was turned, in parts of the picture's width;
    `shot` only changes the camera's noise.
    """

    room: int
    people: int = 1
    shift: float = 0
    turn: float = 0
    shot: int = 1


def office(view: View) -> Image.Image:
    """A room as a camera sees it."""
    image = _lit(_with_people(_room(random.Random(view.room)), random.Random(view.people)))
    if view.shift or view.turn:
        moved = SIZE[0] * view.shift
        matrix = (1 + view.turn, 0.02, moved, view.turn / 10, 1 + view.turn / 2, moved / 3, view.turn / SIZE[0], 0)
        image = image.transform(SIZE, Image.Transform.PERSPECTIVE, matrix, Image.Resampling.BICUBIC)
    return _through_a_lens(image, view.shot)


def attendance_list(names: int) -> Image.Image:
    """A filled-in form; `names` says with whom. The lines of the form are always the same."""
    paper, pen = Image.new("RGB", PAGE, (238, 236, 230)), random.Random(names)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((75, 45, 545, 65), fill=(40, 40, 40))
    for top in range(130, 810, 17):
        draw.line((50, top + 14, 570, top + 14), fill=(120, 120, 120))
        end = pen.randint(170, 300)
        draw.rectangle((85, top + 4, end, top + 10), fill=(70, 70, 80))
        signature = [(400 + 7 * step, top + 6 + pen.randint(-4, 4)) for step in range(pen.randint(6, 16))]
        draw.line(signature, fill=(30, 30, 120), width=2)
    for left in (50, 75, 390, 570):
        draw.line((left, 125, left, 810), fill=(120, 120, 120))
    return _through_a_lens(paper, names)


def sent_again(image: Image.Image) -> Mapping[str, bytes]:
    """The same picture as it comes back after a round through other phones, by what happened to it."""
    width, height = image.size
    return {
        "quality 40": as_jpeg(image, 40),
        "half the size": as_jpeg(image.resize((width // 2, height // 2)), 75),
        "a fifth of the size": as_jpeg(image.resize((width // 5, height // 5)), 60),
        "a little brighter": as_jpeg(ImageEnhance.Brightness(image).enhance(1.15), 85),
        "a little more contrast": as_jpeg(ImageEnhance.Contrast(image).enhance(1.15), 85),
        "a screenshot": as_png(image.resize((width * 2 // 3, height * 2 // 3))),
    }


def as_jpeg(image: Image.Image, quality: int = 85, **about: bytes | Image.Exif) -> bytes:
    """A JPEG file; `about` may have `exif`, `xmp`, `comment` ..."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, **about)
    return file.getvalue()


def as_png(image: Image.Image) -> bytes:
    """A PNG file."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@cache
def photo() -> bytes:
    """A small photo (JPEG), always the same."""
    return as_jpeg(office(View(room=1)))


def _room(plan: random.Random) -> Image.Image:
    """Wall and floor, a window, a board, a table."""
    width, height = SIZE
    image = Image.new("RGB", SIZE, (plan.randint(170, 225), plan.randint(165, 220), plan.randint(150, 210)))
    draw = ImageDraw.Draw(image)
    floor = int(height * plan.uniform(0.6, 0.72))
    wood = (plan.randint(90, 150), plan.randint(70, 120), plan.randint(50, 100))
    draw.rectangle((0, floor, width, height), fill=wood)
    left, top = int(width * plan.uniform(0.05, 0.35)), int(height * plan.uniform(0.08, 0.18))
    window = (left, top, left + width // 5, top + height // 4)
    draw.rectangle(window, fill=(220, 235, 250), outline=(90, 60, 40), width=6)
    left = int(width * plan.uniform(0.58, 0.7))
    board = (left, top, left + width // 4, top + height // 5)
    draw.rectangle(board, fill=(245, 245, 245), outline=(60, 60, 60), width=4)
    left = int(width * plan.uniform(0.15, 0.4))
    right, far, near = left + width // 2, floor + 15, height - 60
    draw.polygon((left, far, right, far, right + 60, near, left - 60, near), fill=(130, 85, 45))
    return image


def _with_people(image: Image.Image, who: random.Random) -> Image.Image:
    draw = ImageDraw.Draw(image)
    for _person in range(who.randint(4, 8)):
        left, top = int(who.uniform(0.05, 0.9) * SIZE[0]), int(who.uniform(0.35, 0.6) * SIZE[1])
        head = who.randint(30, 55)
        clothes = (who.randint(20, 200), who.randint(20, 200), who.randint(20, 200))
        draw.ellipse((left, top, left + head, top + head * 1.2), fill=(150, 110, 85))
        draw.rectangle((left - head // 2, top + head * 1.2, left + head * 1.5, top + head * 4), fill=clothes)
    return image


def _lit(image: Image.Image) -> Image.Image:
    """Brighter where the window is."""
    light = Image.linear_gradient("L").resize(image.size).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return Image.composite(image, ImageEnhance.Brightness(image).enhance(0.75), light)


def _through_a_lens(image: Image.Image, shot: int) -> Image.Image:
    """With a camera's noise, and a little out of focus."""
    grain = random.Random(shot)
    noise = Image.frombytes("L", image.size, grain.randbytes(image.width * image.height))
    noise = noise.point([128 + (level - 128) * SENSOR // 128 for level in range(256)])
    noisy = ImageChops.add(image, Image.merge("RGB", [noise] * 3), 1, -128)
    return noisy.filter(ImageFilter.GaussianBlur(0.8))
