"""Pictures: what is shown of them tells nothing of the place, and what looks alike is one photo."""

import io
import itertools
from collections.abc import Sequence

import pytest
from PIL import Image

from bot.inspection.pictures import DOTS, SIDE, Seen, seen
from bot.inspection.refusals import Refused
from domain.fingerprints import NEAR, alike, distance
from tests.bot.inspection import files
from tests.photos import View, as_jpeg, as_png, attendance_list, office, photo, sent_again

ROOMS = range(1, 5)
PLACE = {1: "S", 2: (8.0, 7.0, 12.0), 3: "E", 4: (115.0, 10.0, 30.0)}
"""Where a photo was taken, as a phone writes it."""
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def jpeg_seen(image: Image.Image, exif: Image.Exif | bytes | None = None) -> Seen:
    return seen(as_jpeg(image, exif=exif) if exif else as_jpeg(image), "image/jpeg")


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def fingerprint(data: bytes) -> str:
    return seen(data, "image/png" if data.startswith(b"\x89PNG") else "image/jpeg").fingerprint


def exif(**about: int) -> Image.Exif:
    written = Image.Exif()
    written[MAKER] = "Telepon rekaan"
    written.get_ifd(GPS).update(PLACE)
    written[ORIENTATION] = about.get("orientation", 1)
    return written


def test_a_copy_tells_nothing_that_the_camera_wrote() -> None:
    original = as_jpeg(office(View(1)), exif=exif(), xmp=b"<x:xmpmeta>Kubutambahan</x:xmpmeta>", comment=b"di kantor")
    assert picture(original).getexif().get_ifd(GPS)[2] == PLACE[2]
    copy = seen(original, "image/jpeg").copy
    shown = picture(copy)
    assert (dict(shown.getexif()), shown.getexif().get_ifd(GPS)) == ({}, {})
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(word in copy for word in (b"rekaan", b"Kubutambahan", b"kantor", b"Exif", b"xmpmeta"))


def test_a_png_loses_its_words_too() -> None:
    words = files.chunk(b"tEXt", b"Location\0Kubutambahan")
    copy = seen(files.png_of(64, 64, extra=words, depth=8), "image/png").copy
    assert b"Kubutambahan" not in copy


def test_an_iphones_photo_is_shown_and_told_like_any_other() -> None:
    """HEIC: its place stays in the original, and the same photo sent as a JPEG is known again."""
    original = files.heic(office(View(1)), exif())
    assert b"rekaan" in original
    found = seen(original, "image/heic")
    shown = picture(found.copy)
    assert (shown.format, dict(shown.getexif()), b"rekaan" in found.copy) == ("JPEG", {}, False)
    assert alike(found.fingerprint, jpeg_seen(office(View(1))).fingerprint)


def test_a_broken_photo_of_an_iphone_is_refused() -> None:
    with pytest.raises(Refused, match="broken"):
        seen(files.boxes(b"heic"), "image/heic")


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_a_copy_stands_upright(orientation: int, corner: tuple[int, int]) -> None:
    held = Image.new("RGB", (200, 100), "white")
    held.paste("black", (0, 0, 40, 40))
    shown = picture(jpeg_seen(held, exif=exif(orientation=orientation)).copy)
    assert shown.size == ((200, 100) if orientation in (1, 3) else (100, 200))
    at = [5 if not far else side - 6 for far, side in zip(corner, shown.size, strict=True)]
    assert shown.convert("L").getpixel((at[0], at[1])) == pytest.approx(0, abs=40)


@pytest.mark.parametrize(
    ("size", "shown"), [((3000, 1500), (SIDE, 800)), ((600, 400), (600, 400)), ((40, 4000), (16, SIDE))]
)
def test_a_copy_is_as_large_as_it_must_be(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert picture(jpeg_seen(Image.new("RGB", size, "gray")).copy).size == shown


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_mode_of_a_screenshot_is_shown(mode: str) -> None:
    image = Image.linear_gradient("L").convert(mode)
    assert picture(seen(as_png(image), "image/png").copy).mode == "RGB"


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    assert picture(seen(as_png(clear), "image/png").copy).getpixel((25, 25)) == (255, 255, 255)


def test_only_the_first_frame_of_what_moves_is_shown() -> None:
    file = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    shown = picture(seen(file.getvalue(), "image/webp").copy)
    assert shown.getpixel((20, 20)) == pytest.approx((254, 0, 0), abs=4)


# --- hostile ones -----------------------------------------------------------------------------------------------------


def refusal(data: bytes, mime: str) -> str:
    with pytest.raises(Refused) as refused:
        seen(data, mime)
    return refused.value.reason


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (files.png_of(10_000, 10_000), "image/png"),
        (files.png_of(DOTS // 1000 + 1, 1000), "image/png"),
        (files.webp_that_says(16_000, 16_000), "image/webp"),
    ],
)
def test_too_many_dots_are_refused_by_the_header(data: bytes, mime: str) -> None:
    assert refusal(data, mime) == "too_many_dots"


def test_a_jpeg_of_too_many_dots_is_refused_by_the_header() -> None:
    small = bytearray(photo())
    frame = small.index(b"\xff\xc0")
    small[frame + 5 : frame + 9] = (10_000).to_bytes(2) * 2
    assert refusal(bytes(small), "image/jpeg") == "too_many_dots"


def test_just_as_many_dots_as_may_be_are_taken() -> None:
    assert picture(seen(files.png_of(DOTS // 1000, 1000), "image/png").copy).size == (SIDE, 40)


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (photo()[: len(photo()) // 2], "image/jpeg"),
        (b"\xff\xd8\xff" + b"bukan foto" * 100, "image/jpeg"),
        (files.png_of(64, 64)[:-30], "image/png"),
        (files.png_of(64, 64, extra=files.endless_words()), "image/png"),
        (files.webp_that_says(100, 100), "image/webp"),
        (b"RIFF\x04\0\0\0WEBP", "image/webp"),
    ],
    ids=["half", "no photo", "cut", "words that unpack to 50 MB", "empty webp", "no webp"],
)
def test_a_broken_picture_is_told_from_a_whole_one(data: bytes, mime: str) -> None:
    assert refusal(data, mime) == "broken"


def test_a_broken_note_of_the_camera_does_not_matter() -> None:
    assert jpeg_seen(office(View(1)), exif=b"Exif\0\0MM\0*\0\0\xff\xff" + bytes(30)).copy


# --- fingerprints -----------------------------------------------------------------------------------------------------


def other_photos(room: int) -> Sequence[View]:
    """Photos of one room that are none of the first."""
    return (
        View(room, people=1, shift=0.04, shot=2),
        View(room, people=1, shift=0.08, shot=3),
        View(room, people=1, shift=0.04, turn=0.08, shot=4),
        View(room, people=2, shot=5),
        View(room, people=3, shift=0.05, turn=0.1, shot=6),
    )


@pytest.mark.parametrize("room", ROOMS)
def test_the_same_photo_is_known_again_whatever_a_phone_did_to_it(room: int) -> None:
    image = office(View(room))
    first = fingerprint(as_jpeg(image, 90))
    distances = {what: distance(first, fingerprint(data)) for what, data in sent_again(image).items()}
    assert max(distances.values()) <= NEAR * 2 // 3, distances


@pytest.mark.parametrize("room", ROOMS)
def test_two_photos_of_one_room_are_two(room: int) -> None:
    first = fingerprint(as_jpeg(office(View(room)), 90))
    distances = {view: distance(first, fingerprint(as_jpeg(office(view), 70))) for view in other_photos(room)}
    assert min(distances.values()) > NEAR * 4 // 3, distances


def test_a_list_sent_again_is_known_and_another_list_on_the_same_form_is_not() -> None:
    lists = [attendance_list(names) for names in range(4)]
    prints = [fingerprint(as_jpeg(one, 90)) for one in lists]
    for one, first in zip(lists, prints, strict=True):
        assert all(alike(first, fingerprint(data)) for data in sent_again(one).values())
    assert not any(alike(one, other) for one, other in itertools.combinations(prints, 2))


def test_a_photo_sent_as_a_file_and_turned_by_the_channel_is_one_photo() -> None:
    image = office(View(2))
    held = as_jpeg(image.transpose(Image.Transpose.ROTATE_90), exif=exif(orientation=6))
    assert alike(fingerprint(held), fingerprint(as_jpeg(image, 60)))


def test_a_picture_without_a_pattern_has_no_fingerprint() -> None:
    assert jpeg_seen(Image.new("RGB", (300, 200), (12, 12, 12))).fingerprint == ""
