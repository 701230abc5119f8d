"""A picture of QR codes: as many as there are links, each the code of its own link, below its label."""

from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.qr_picture import qr_picture
from handlers.messages import HIDDEN, File, Scan, outgoing_json, without_secret

LINKS = (
    Scan(label="Telegram", text="https://t.me/renaksi_contoh_bot?start=ABCDE23456"),
    Scan(label="WhatsApp", text="https://wa.me/6281200009000?text=ABCDE23456"),
)


def modules(picture: Image.Image, text: str) -> list[list[bool]]:
    """The dark modules of a code that fills the picture, as a scanner sees them."""
    size = int(segno.make_qr(text, error="m").symbol_size(border=4)[0])
    step = picture.width / size
    return [
        [picture.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) == 0 for x in range(size)]
        for y in range(size)
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_each_link_can_be_scanned(number: int) -> None:
    picture = Image.open(BytesIO(qr_picture(LINKS[:number]))).convert("L")
    assert picture.width == 40 + number * 460
    for at, scan in enumerate(LINKS[:number]):
        shown = picture.crop((40 + at * 460, 96, 460 + at * 460, 516))
        code = segno.make_qr(scan.text, error="m")
        border = 4
        expected = [[bool(dark) for dark in row] for row in code.matrix_iter(border=border)]
        assert modules(shown, scan.text) == expected


def test_a_bare_code_can_be_scanned_by_every_phone() -> None:
    code = segno.make_qr("ABCDE23456", error="m")
    shown = Image.open(BytesIO(qr_picture((Scan(label="Kode", text="ABCDE23456"),)))).convert("L")
    assert not code.is_micro
    expected = [[bool(dark) for dark in row] for row in code.matrix_iter(border=4)]
    assert modules(shown.crop((40, 96, 460, 516)), "ABCDE23456") == expected


def test_a_code_is_forgotten_wherever_it_stands() -> None:
    code = "ABCDE23456"
    file = File(ref="", name="x.png", caption=f"Kode: {code}", is_picture=True, scans=LINKS, secret=code)
    kept = without_secret(file.model_dump(mode="json"))
    assert kept is not None and code not in str(kept)
    assert outgoing_json.validate_python(kept) == file.model_copy(
        update={
            "caption": f"Kode: {HIDDEN}",
            "scans": tuple(one.model_copy(update={"text": one.text.replace(code, HIDDEN)}) for one in LINKS),
            "secret": "",
        }
    )
    assert without_secret({"kind": "say", "text": code}) is None
