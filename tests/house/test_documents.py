"""The documents tell the truth: every setting, command and page is in them."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.settings import Settings, read_settings
from tests.house.repository import ROOT, texts

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
COMMANDS = {name: command.params for name, command in get_command(app).commands.items()}  # pyright: ignore[reportAttributeAccessIssue]
DOCUMENTS = sorted(path for path in texts() if path.suffix == ".md" and path.parts[0] not in {"tests", "samples"})


def test_the_example_lists_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert set(listed) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        assert listed[name.upper()] == ("" if field.default is None else str(field.default))


def test_every_setting_of_the_example_is_explained() -> None:
    for block in EXAMPLE.strip().split("\n\n"):
        assert block.startswith("# "), block


def test_the_example_can_be_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    (tmp_path / ".env").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_settings().telegram_token is None


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_readme_names_every_setting(name: str) -> None:
    assert f"`{name.upper()}`" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_shows_every_command_with_its_options(name: str) -> None:
    (row,) = [line for line in README.splitlines() if line.startswith(f"| `renaksi {name}")]
    for parameter in COMMANDS[name]:
        assert (parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.opts[0].upper()) in row


@pytest.mark.parametrize("page", DOCUMENTS, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"(?:\]\(|src=\")([^)\"#]+)", texts()[page]):
        if "://" not in target:
            assert (ROOT / page.parent / target).exists(), target


def test_every_page_and_picture_of_the_docs_is_linked() -> None:
    linked = {
        (ROOT / page.parent / target).resolve()
        for page in DOCUMENTS
        for target in re.findall(r"(?:\]\(|src=\")([^)\"#]+)", texts()[page])
    }
    written = [path for path in (ROOT / "docs").rglob("*") if path.suffix in {".md", ".png"}]
    assert [path.name for path in written if path.resolve() not in linked] == []


def test_a_picture_is_quick_to_load() -> None:
    for picture in (ROOT / "docs").rglob("*.png"):
        assert picture.stat().st_size < 300_000


def test_decisions_have_their_four_parts() -> None:
    decisions = [text for path, text in texts().items() if re.match(r"\d{4}-", path.name) and path.suffix == ".md"]
    assert len(decisions) >= 8
    for text in decisions:
        for part in ("**Context.**", "**Decision.**", "**Cost.**", "**What would change our mind.**"):
            assert part in text


def test_the_changelog_knows_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_ci_runs_the_tests_as_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "\n```\nuv run pytest\n```\n" in README
    for command in ("uv run pytest", "uv run ruff check", "uv run ruff format --check", "uv run basedpyright",
                    "uv run lint-imports"):  # fmt: skip
        assert re.search(rf"^{command}\b", script, re.MULTILINE)
