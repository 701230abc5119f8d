"""Voice notes and videos: MP4, 3GP and QuickTime, Ogg, MP3."""

import struct

from bot.inspection.refusals import Refused

_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4A ", b"M4B ", b"MSNV"}
)
"""Of MP4 and M4A (registration authority of MP4, mp4ra.org); those of 3GP begin with `3g`."""
_QUICKTIME = b"qt  "
"""What iPhones make of a video."""
_VOICES = (b"OpusHead", b"\x01vorbis", b"Speex   ")
"""How the first packet of an Ogg stream of sound begins."""
_KBITS = {
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Bit rates of MPEG layer III in kbit/s by version: 3 is MPEG 1, 2 is MPEG 2 and 2.5 (ISO 11172-3, 13818-3)."""
_HERTZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_PADDING = 4096
"""Bytes between the tag of an MP3 file and its first frame in which that is looked for."""


def brands(data: bytes) -> frozenset[bytes]:
    """The brands that a file of boxes names in its first box (ISO 14496-12, 4.3)."""
    length = min(int.from_bytes(data[:4]), 4096)
    return frozenset({data[8:12], *(data[at : at + 4] for at in range(16, length - 3, 4))})


def mime_of_boxes(data: bytes) -> str:
    """Sound or video in MP4, 3GP or QuickTime. Raises Refused for other boxes, and where no track can be found."""
    named = brands(data)
    if data[8:10] == b"3g":
        family = "3gpp"
    elif _QUICKTIME in named:
        family = "quicktime"
    elif named & _BRANDS:
        family = "mp4"
    else:
        raise Refused("unknown_kind")
    tracks = _tracks(data)
    if b"vide" in tracks:
        return f"video/{family}"
    if b"soun" in tracks:
        return f"audio/{family}"
    raise Refused("broken")


def mime_of_stream(data: bytes) -> str | None:
    """Sound in Ogg or MP3; None for what is neither. Raises Refused for an Ogg stream of anything else."""
    if data.startswith(b"OggS"):
        segments = data[26] if len(data) > 26 else 0
        if data[27 + segments :].startswith(_VOICES):
            return "audio/ogg"
        raise Refused("unknown_kind")
    return "audio/mpeg" if _is_mp3(data) else None


def _tracks(data: bytes) -> set[bytes]:
    """What the handler boxes of the tracks say they hold (ISO 14496-12, 8.4.3)."""
    found: set[bytes] = set()
    at = data.find(b"hdlr")
    while at != -1:
        found.add(data[at + 12 : at + 16])
        at = data.find(b"hdlr", at + 4)
    return found


def _is_mp3(data: bytes) -> bool:
    """Two frames one after the other: two bytes that look like one are common."""
    first = _tag_length(data)
    furthest = first + _PADDING if first else 1
    return any(_is_frame_pair(data, at) for at in range(first, furthest))


def _is_frame_pair(data: bytes, at: int) -> bool:
    length = _frame_length(data, at)
    return length > 0 and _frame_length(data, at + length) > 0


def _tag_length(data: bytes) -> int:
    """Bytes of the ID3v2 tag before the sound, 0 for none; its length is told in four times seven bits."""
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    return 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9])


def _frame_length(data: bytes, at: int) -> int:
    """Bytes of the frame of MPEG layer III that begins there, 0 where none does."""
    if at + 4 > len(data):
        return 0
    (header,) = struct.unpack_from(">I", data, at)
    version, layer, rate, sampling = header >> 19 & 3, header >> 17 & 3, header >> 12 & 15, header >> 10 & 3
    if header >> 21 != 0x7FF or version == 1 or layer != 1 or rate in (0, 15) or sampling == 3:
        return 0
    kbits = _KBITS[3 if version == 3 else 2][rate - 1]
    samples = 144 if version == 3 else 72
    return samples * kbits * 1000 // _HERTZ[version][sampling] + (header >> 9 & 1)
