"""`docs/security.md` tells the truth: every threat has a test that exists, and everybody who attacks has threats."""

import ast
import re
from functools import cache

import pytest

from tests.house.repository import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


THREATS = [row for row in rows("What is done") if not row[0].startswith("**")]


@cache
def functions_of(path: str) -> frozenset[str]:
    """The tests of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("row", THREATS, ids=[row[0][:60] for row in THREATS])
def test_every_threat_names_what_is_done_and_tests_that_exist(row: list[str]) -> None:
    _threat, done, shown_by = row
    assert done
    named = _TEST.findall(shown_by)
    assert named and len(named) == shown_by.count("::")
    for path, name in named:
        assert name.startswith("test_") and name in functions_of(path), f"{path}::{name}"


def test_everybody_who_attacks_has_threats() -> None:
    attackers = {row[0].lower() for row in rows("Who attacks")}
    told = [row[0].strip("*").lower() for row in rows("What is done")]
    assert attackers <= set(told)
    for name in attackers:
        assert not rows("What is done")[told.index(name) + 1][0].startswith("**"), name


def test_every_file_of_these_tests_is_named() -> None:
    files = {f"tests/security/{path.name}" for path in (ROOT / "tests" / "security").glob("test_*.py")}
    named = {path for path, _name in _TEST.findall(PAGE)}
    assert files - named == {"tests/security/test_document.py"}
