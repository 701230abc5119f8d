"""`scripts/audit` passes only where it has looked."""

import json
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "audit"
PINS = {"pillow": "9.5.0", "python-docx": "1.2.0"}
RECORD = {
    "id": "PYSEC-2023-227",
    "modified": "2023-11-03T10:29:41Z",
    "affected": [{
        "package": {"ecosystem": "PyPI", "name": "Pillow"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "10.0.0"}]}],
    }],
}  # fmt: skip


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    loader = SourceFileLoader("audit_script", str(SCRIPT))
    spec = spec_from_loader("audit_script", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(("version", "holes"), [("9.5.0", ["PYSEC-2023-227"]), ("10.0.0", []), ("10.4.0", [])])
def test_a_known_hole_is_found_by_its_range(audit: ModuleType, version: str, holes: list[str]) -> None:
    assert audit.looked_up({"pillow": version}, [RECORD]).get("pillow", []) == holes


@pytest.mark.parametrize(
    ("affected", "hit"),
    [
        ({"versions": ["1.0", "1.1"]}, True),
        ({"versions": ["1.0"]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"last_affected": "1.1"}]}]}, True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.2"}]}]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "0.9"}]}]}, False),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, False),
    ],
)
def test_a_version_is_hit_as_the_records_say(audit: ModuleType, affected: dict[str, Any], hit: bool) -> None:
    assert audit.is_hit("1.1", affected) is hit


def test_what_could_not_be_looked_up_is_no_pass(audit: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """A registry without these data skips every package and says so in small print."""
    skipped = {"dependencies": [{"name": name, "skip_reason": "not found on PyPI"} for name in PINS]}
    _holes, unchecked = audit.answers_of(skipped)
    assert len(unchecked) == len(audit.pins_of(audit.REQUIREMENTS.read_text(encoding="utf-8"))) > 50
    assert audit.verdict(PINS, {}, list(PINS)) == 1
    assert "NOT CHECKED: 2 of 2" in capsys.readouterr().err
    assert audit.answers_of({"dependencies": []})[1] == unchecked
    assert audit.verdict({}, {}, []) == 1


def test_all_looked_up_and_no_hole_is_a_pass(audit: ModuleType) -> None:
    assert audit.verdict(PINS, {}, []) == 0
    assert audit.verdict(PINS, {"pillow": ["PYSEC-2023-227"]}, []) == 1


def test_withdrawn_records_and_other_files_are_left_out(audit: ModuleType, tmp_path: Path) -> None:
    for name, record in (("a", RECORD), ("b", {**RECORD, "withdrawn": "2024-01-01T00:00:00Z"}), ("c", [])):
        (tmp_path / f"{name}.json").write_text(json.dumps(record))
    found = list(audit.records_in(tmp_path))
    assert [one["id"] for one in found] == ["PYSEC-2023-227"]
    assert audit.newest(found) == "2023-11-03"
    assert audit.newest([]) == "never"
