"""Rules of the house that no linter knows."""

import ast
import re
import sys
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.repository import ROOT, python_files, texts

PRODUCT = ("bot", "handlers", "storage", "domain")
OURS = frozenset(PRODUCT)
ALLOWED = {
    "domain": frozenset[str](),
    "handlers": frozenset({"pydantic", "rapidfuzz", "phonenumbers"}),
    "storage": frozenset({"sqlalchemy", "sqlmodel", "alembic", "pydantic", "typing_extensions"}),
}
"""What each floor may import beside the standard library and the floors below it."""
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
CLOCK_FILE = Path("bot/clock.py")
INVENTED_PHONE = re.compile(r"812[ -]?0000")
PHONE = re.compile(r"(?<![\d.,])(?:\+?62[ -]?|0)8\d{2}(?:[ -]?\d{3,4}){2}(?!\d)")
NIP = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]) ?(?:19|20)\d{4} ?[12] ?\d{3}(?!\d)")
"""18 digits: born on, appointed in, sex, number."""
PACKAGE_HOSTS = [
    re.compile(rf"\b{name}\b") for name in ("py" + "pi", "python" + "hosted", "npm" + "js", "crates" + r"\.io")
]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(texts()[path])


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in python_files(*PRODUCT, "docs") if not ast.get_docstring(tree(path))]
    assert [str(path) for path in silent if texts()[path].strip()] == []


@pytest.mark.parametrize("floor", ALLOWED)
def test_a_floor_imports_only_what_it_may(floor: str) -> None:
    found = {
        (str(path), name)
        for path in python_files(floor)
        for name in _imported(tree(path))
        if name not in sys.stdlib_module_names and name not in OURS | ALLOWED[floor]
    }
    assert found == set()


def _imported(module: ast.Module) -> set[str]:
    """The packages that a module imports, by the first part of their name."""
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def test_only_the_clock_reads_the_time() -> None:
    read = [
        f"{path}:{node.lineno}"
        for path in python_files(*PRODUCT)
        if path != CLOCK_FILE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    ]
    assert read == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"#.*\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    assert [str(path) for path in python_files(*PRODUCT, "tests", "docs") if marks.search(texts()[path])] == []


def test_type_errors_are_not_silenced_without_a_rule() -> None:
    silenced = re.compile(r"#\s*type:\s*ignore|#\s*pyright:\s*ignore(?!\[)|#\s*noqa(?!: ?[A-Z])")
    assert [str(path) for path in python_files(*PRODUCT) if silenced.search(texts()[path])] == []


def test_nobody_real_is_in_the_repository() -> None:
    found = [
        f"{path}: {number}"
        for path, text in (texts() | _workbooks()).items()
        if path.name != "requirements.txt"
        for number in PHONE.findall(text) + NIP.findall(text)
        if not INVENTED_PHONE.search(number)
    ]
    assert found == []


def _workbooks() -> dict[Path, str]:
    """What stands in the cells of every workbook that is kept."""
    found: dict[Path, str] = {}
    for path in (ROOT / "samples").glob("*.xlsx"):
        with ZipFile(path) as book:
            parts = [book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml")]
        found[path.relative_to(ROOT)] = re.sub(r"<[^>]+>", " ", " ".join(parts))
    return found


def test_the_rule_against_real_people_would_find_one() -> None:
    other = "813" + "5555" + "0199"  # in parts, so that the rule does not find it here
    assert PHONE.search(f"+62 {other[:3]}-{other[3:7]}-{other[7:]}")
    assert PHONE.search(f"0{other}")
    assert NIP.search("19700101 " + "199503 1 001")


def test_no_package_host_is_named() -> None:
    found = [str(path) for path, text in texts().items() if any(host.search(text) for host in PACKAGE_HOSTS)]
    assert found == []
