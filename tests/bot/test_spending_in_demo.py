"""A file of realisasi keuangan, sent to a demo as a person starts it: read beside the chat, reviewed and sent."""

import json
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.bot.demo_process import DemoProcess, starting_demo
from tests.bot.documents.workbooks import Cells, save
from tests.transcripts.chat import plan_of

PLAN = "randuagung-2024"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet() -> Cells:
    """Every line of the budget, three tenths of it spent."""
    lines = [[row.code, row.name, int((row.pagu or 0) * 3 / 10), 40] for row in plan_of(PLAN).budget if row.post]
    return [["Realisasi s/d Maret 2024"], ["Kode Rekening", "Uraian", "Realisasi Keuangan", "Fisik (%)"], *lines]


def ask(demo: DemoProcess, path: str, body: bytes | None = None, kind: str = "application/json") -> Any:
    """GET, or POST what the page would; the JSON that comes back."""
    headers = {"Origin": demo.address.rstrip("/"), "Content-Type": kind}
    request = urllib.request.Request(f"{demo.address.rstrip('/')}/simulator/api{path}", body, headers)
    with urllib.request.urlopen(request) as answer:  # the demo's own address
        told = answer.read()
    return json.loads(told) if told else None


def upload(demo: DemoProcess, address: str, path: Path) -> None:
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\nContent-Type: {XLSX}\r\n\r\n'
    body = head.encode() + path.read_bytes() + b"\r\n--b--\r\n"
    ask(demo, f"/chat/{quote(address)}/upload", body, "multipart/form-data; boundary=b")


def heard(demo: DemoProcess, address: str, words: str) -> str:
    """What was said with those words in it, once it is; a demo that never says it is killed by its watchdog."""
    while True:
        for bubble in ask(demo, f"/chat/{quote(address)}")["bubbles"]:
            if words in bubble["text"] and not bubble["mine"]:
                return bubble["text"]


def test_a_file_is_read_reviewed_and_sent(tmp_path: Path) -> None:
    path = save(tmp_path / "rfk.xlsx", {"RFK": sheet()})
    folder = tmp_path / "demo"
    folder.mkdir()
    with starting_demo(folder, "--port", "0", "--plan", PLAN) as demo:
        demo.wait_until_ready()
        address = next(one["address"] for one in ask(demo, "/cast") if one["post"] == "Bendahara")
        upload(demo, address, path)
        review = heard(demo, address, "baris terbaca")
        ask(demo, f"/chat/{quote(address)}", json.dumps({"text": "kirim"}).encode())
        farewell = heard(demo, address, "baris keuangan terkirim")
        shown = ask(demo, f"/chat/{quote(address)}")["bubbles"]
    assert "perlu diperiksa" in review  # some of the plan's invented positions are higher
    assert "Total s/d Maret Rp" in farewell
    assert "dari Rp1.916.486.189" in farewell
    assert [bubble["text"] for bubble in shown if bubble["mine"]][-2:] == ["", "kirim"]  # nothing said to itself
