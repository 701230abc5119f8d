"""The process that looks at files: `python -m bot.inspection.looking PIPE`. It can write nothing and take little.

It is sent `{"path", "name"}` and sends back `{"mime", "refusal", "fingerprint", "copy"}`, then the bytes of the copy
where it has any. Everything is JSON: nothing that a hostile file makes of this process is believed.
"""

import json
from multiprocessing.connection import Connection
from pathlib import Path

from bot.inspection import kinds, pictures
from bot.inspection.refusals import Refused
from bot.limited_process import limit_this_process
from bot.piped_process import opened_pipe

MEMORY = 640 * 1024 * 1024
"""Bytes of address space. Measured with 40 million dots: JPEG 260 to 440 MB, PNG 350 to 600, WebP 700: of that kind
about 30 million are taken."""


def looked(path: Path, name: str) -> tuple[dict[str, object], bytes]:
    """What a file is, and a copy to show of a picture."""
    try:
        data = path.read_bytes()
        mime = kinds.mime_of(data, name)
        seen = pictures.seen(data, mime) if pictures.is_decoded(mime) else pictures.Seen(b"", "")
    except Refused as refused:
        return _found(refusal=refused.reason), b""
    except Exception:  # whatever a hostile file makes a reader stumble over says no more than that it is broken
        return _found(refusal="broken"), b""
    return _found(mime, fingerprint=seen.fingerprint, copy=bool(seen.copy)), seen.copy


def _found(mime: str = "", *, refusal: str = "", fingerprint: str = "", copy: bool = False) -> dict[str, object]:
    return {"mime": mime, "refusal": refusal, "fingerprint": fingerprint, "copy": copy}


def serve(pipe: Connection) -> None:
    """Look at one file after the other until the other end is closed."""
    while True:
        try:
            asked = json.loads(pipe.recv_bytes())
        except EOFError:
            return
        found, copy = looked(Path(asked["path"]), asked["name"])
        pipe.send_bytes(json.dumps(found).encode())
        if copy:
            pipe.send_bytes(copy)


if __name__ == "__main__":
    limit_this_process(MEMORY)
    with opened_pipe() as ours:
        ours.send_bytes(b"{}")
        serve(ours)
