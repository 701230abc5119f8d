"""What is deployed says the same in every place that says it."""

import re

from bot.channels.telegram.webhook import BODY_LIMIT as TELEGRAM
from bot.channels.whatsapp.webhook import BODY_LIMIT as WHATSAPP
from tests.house.repository import ROOT

UNITS = ROOT / "deploy" / "systemd"
OF_ITS_OWN = ("#", "Description=", "Environment=HTTP_PORT=")
"""How the lines begin in which the service of one process may differ from that of several."""


def shared_lines(unit: str) -> list[str]:
    lines = (UNITS / unit).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith(OF_ITS_OWN)]


def test_one_process_and_several_have_the_same_rights() -> None:
    assert shared_lines("renaksi.service") == shared_lines("renaksi@.service")


def test_nginx_lets_pass_what_the_webhooks_take() -> None:
    guide = (ROOT / "docs" / "operasi" / "vps.md").read_text(encoding="utf-8")
    [most] = re.findall(r"client_max_body_size (\d+)m;", guide)
    assert int(most) * 1024 * 1024 >= max(TELEGRAM, WHATSAPP)
