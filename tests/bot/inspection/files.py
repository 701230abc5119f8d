"""Files of every kind, made by code: those that are taken, and hostile ones."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + b"perdes " * 200 + b"\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(48) + b"PE\0\0" + bytes(200)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
CONTENT_TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str, first: bytes = b"<xml/>") -> bytes:
    """A zip of small files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(name, first if number == 0 else b"<xml/>")
    return file.getvalue()


def open_document(kind: str) -> bytes:
    """An OpenDocument file: `text` or `spreadsheet`."""
    named = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped("mimetype", "content.xml", "META-INF/manifest.xml", first=named)


def zip_bomb() -> bytes:
    """A workbook of a few kB whose sheets unpack to more than a gigabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(CONTENT_TYPES, b"<xml/>")
        archive.writestr("xl/workbook.xml", b"<xml/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(1024 * 1024))
    packed = bytearray(file.getvalue())
    entry = packed.rindex(b"PK\x01\x02")
    struct.pack_into("<I", packed, entry + 24, 1_500_000_000)  # as its list of contents says
    return bytes(packed)


def compound(stream: str) -> bytes:
    """A compound file with one stream."""
    name = f"{stream}\0".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), 2, 1) + bytes(60)
    return OLE + bytes(504) + b"R\0o\0".ljust(128, b"\0") + entry + bytes(256)


def boxes(brand: bytes, *tracks: bytes) -> bytes:
    """An MP4 or 3GP file with tracks of sound (`soun`) or pictures (`vide`)."""
    head = struct.pack(">I", 20) + b"ftyp" + brand + bytes(4) + brand
    return head + b"".join(struct.pack(">I", 32) + b"hdlr" + bytes(8) + track + bytes(12) for track in tracks)


def heic(image: Image.Image, about: Image.Exif) -> bytes:
    """An iPhone's photo, with what the camera wrote."""
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, quality=80, exif=about.tobytes())
    return file.getvalue()


def ogg(packet: bytes) -> bytes:
    """The first page of an Ogg stream."""
    return b"OggS" + bytes(22) + b"\x01" + bytes([len(packet)]) + packet + bytes(100)


def mp3(tag: bytes = b"") -> bytes:
    """Two frames of 128 kbit/s at 44.1 kHz."""
    return tag + 2 * (b"\xff\xfb\x90\x00" + bytes(413))


def png_of(width: int, height: int, *, extra: bytes = b"", depth: int = 1) -> bytes:
    """A black PNG of any size, packed to almost nothing; `extra` are chunks before its dots."""
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    row = bytes(1 + (width * depth + 7) // 8)
    packer = zlib.compressobj(9)
    dots = b"".join([*(packer.compress(row) for _row in range(height)), packer.flush()])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def endless_words() -> bytes:
    """A chunk of a PNG with words that unpack to 50 MB."""
    return chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000)))


def webp_that_says(width: int, height: int) -> bytes:
    """The header of a WebP with a canvas of that size, and nothing else."""
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body
