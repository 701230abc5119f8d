"""What `renaksi doctor` says of WhatsApp, against an emulated Meta."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.whatsapp.templates import CATALOGUE
from bot.doctor_whatsapp import examine_whatsapp
from bot.findings import Finding
from bot.settings import Settings
from bot.templates_command import submission
from tests.bot.whatsapp.graph_server import Failure, GraphServer

Broken = Callable[[GraphServer, dict[str, Any]], None]


@pytest.fixture
async def graph() -> AsyncIterator[GraphServer]:
    async with GraphServer() as server:
        for template in CATALOGUE.values():
            server.approve(submission(template))
        yield server


def settings_of(graph: GraphServer) -> dict[str, Any]:
    return {
        "whatsapp_token": graph.token,
        "whatsapp_phone_id": graph.phone_id,
        "whatsapp_business_id": graph.business_id,
        "whatsapp_app_secret": graph.app_secret,
        "whatsapp_verify_token": graph.verify_token,
        "whatsapp_api_url": graph.url,
    }


def change(**about: Any) -> Broken:
    """The server is otherwise than it should be."""
    return lambda graph, _settings: vars(graph).update(about)


def put(**about: str) -> Broken:
    """A setting is otherwise than it should be."""
    return lambda _graph, settings: settings.update({f"whatsapp_{name}": value for name, value in about.items()})


def pause(name: str) -> Broken:
    """Meta has paused a template."""

    def paused(graph: GraphServer, _settings: dict[str, Any]) -> None:
        template = graph.template(name)
        assert template is not None
        template.status = "PAUSED"

    return paused


async def test_all_is_well(graph: GraphServer) -> None:
    found = await examine_whatsapp(Settings(**settings_of(graph)))
    assert found == [
        Finding("whatsapp: token", True, "berlaku tanpa batas waktu"),
        Finding("whatsapp: nomor", True, "+62 812-0000-0000, Renaksi (contoh)"),
        Finding("whatsapp: webhook", True, "pesan dikirim Meta ke https://renaksi.example/whatsapp"),
        Finding("whatsapp: templat", True, f"{len(CATALOGUE)} disetujui Meta"),
    ]


@pytest.mark.parametrize(
    ("broken", "check", "text"),
    [
        (put(token="EAAother"), "whatsapp: token", "ditolak Meta: 190"),
        (change(rights=("whatsapp_business_messaging",)), "whatsapp: token", "tidak berhak whatsapp_business_manage"),
        (
            change(token_ends_at=int(datetime(2026, 11, 23, 3, tzinfo=UTC).timestamp())),
            "whatsapp: token",
            "hanya berlaku sampai 2026-11-23 10.00 WIB",
        ),
        (put(phone_id="999"), "whatsapp: nomor", "WHATSAPP_PHONE_ID 999 tidak dikenal"),
        (change(quality="RED"), "whatsapp: nomor", "dinilai merah"),
        (put(business_id="999"), "whatsapp: webhook", "WHATSAPP_BUSINESS_ID 999 tidak dikenal"),
        (change(apps=[]), "whatsapp: webhook", "akun belum dihubungkan"),
        (change(public_address=""), "whatsapp: webhook", "alamat belum diisi"),
        (change(public_address="https://renaksi.example/"), "whatsapp: webhook", "bukan https://.../whatsapp"),
        (change(public_address="http://renaksi.example/whatsapp"), "whatsapp: webhook", "bukan https://.../whatsapp"),
        (change(templates=[]), "whatsapp: templat", f" dan {len(CATALOGUE) - 3} lainnya"),
        (
            pause("renaksi_reminder"),
            "whatsapp: templat",
            f"1 dari {len(CATALOGUE)} belum dapat dipakai: renaksi_reminder",
        ),
        (put(api_url="http://127.0.0.1:9"), "whatsapp", "tidak terhubung: ConnectError"),
    ],
)
async def test_what_is_wrong_is_named_with_how_to_mend_it(
    graph: GraphServer, broken: Broken, check: str, text: str
) -> None:
    settings = settings_of(graph)
    broken(graph, settings)
    (found,) = [one for one in await examine_whatsapp(Settings(**settings)) if one.check == check]
    assert (found.ok, text in found.text, bool(found.mend)) == (False, True, True), found
    assert graph.token not in f"{found}"


async def test_a_meta_that_is_away_is_one_finding(graph: GraphServer) -> None:
    graph.fail(Failure.BAD_GATEWAY, path="subscribed_apps")
    assert [one.check for one in await examine_whatsapp(Settings(**settings_of(graph)))] == ["whatsapp"]
