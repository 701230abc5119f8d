"""The two lists of pinned packages are one: pyproject.toml for `uv run`, requirements.txt for everything else."""

import re
import tomllib

from tests.house.repository import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = PROJECT["tool"]["uv"]["constraint-dependencies"]
REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")


def test_both_lists_pin_the_same_versions() -> None:
    exported = re.findall(r"^([a-z0-9].*?) \\$", REQUIREMENTS, re.MULTILINE)
    assert exported == PINNED
    assert all("==" in pin for pin in PINNED)


def test_every_package_comes_with_its_hashes() -> None:
    blocks = re.split(r"^(?=[a-z0-9])", REQUIREMENTS, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PINNED)
    assert all("--hash=sha256:" in block for block in blocks)


def test_everything_that_the_project_asks_for_is_pinned() -> None:
    project = PROJECT["project"]
    asked = [
        *project["dependencies"],
        *project["optional-dependencies"]["postgres"],
        *PROJECT["dependency-groups"]["dev"],
    ]
    pinned = {_name(pin) for pin in PINNED}
    assert [wanted for wanted in asked if _name(wanted) not in pinned] == []


def test_no_list_names_an_index() -> None:
    for text in (REQUIREMENTS, (ROOT / "pyproject.toml").read_text(encoding="utf-8")):
        assert re.findall(r"://|--index|--extra-index|--find-links|\[\[tool\.uv\.index", text) == []


def _name(requirement: str) -> str:
    """The name of a requirement as packages are compared: lower case, dashes."""
    return re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0].lower().replace("_", "-")
