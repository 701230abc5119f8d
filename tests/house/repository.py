"""What is kept in the repository: the texts that a fresh clone has."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_FOLDERS = ("bot", "handlers", "storage", "domain", "tests", "samples", "docs", "scripts", "bench", ".ci")


@cache
def texts() -> dict[Path, str]:
    """The content of every file that is text, by its path below the root."""
    kept = [path for path in ROOT.iterdir() if path.is_file() and path.name not in {".env", "uv.lock"}]
    for folder in _FOLDERS:
        kept += [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(ROOT): text for path in kept if (text := _text(path)) is not None}


def _text(path: Path) -> str | None:
    data = path.read_bytes()
    return None if b"\0" in data[:8192] else data.decode("utf-8")


def python_files(*packages: str) -> list[Path]:
    """The Python files of these folders, as paths below the root."""
    return [path for path in texts() if path.suffix == ".py" and path.parts[0] in packages]
