"""The simulator's page in a real browser, on a phone's width and on a desktop's."""

import asyncio
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from bot.channels.simulator.uploads import UPLOAD_LIMIT
from handlers.messages import Chart, Choose, File, Notice, Option, Say

pytestmark = pytest.mark.asyncio(loop_scope="module")

NARROW, WIDE = (360, 740), (1280, 800)
both_widths = pytest.mark.parametrize(
    "size", [pytest.param(NARROW, marks=pytest.mark.sampled), WIDE], ids=["360", "1280"]
)


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(key=label, label=label, token=f"q:{number}") for number, label in enumerate(labels, start=1))


def sari(page: Page) -> Locator:
    return page.get_by_role("tabpanel", name="Telepon Kasi Pemerintahan")


def words(phone: Locator) -> Locator:
    return phone.locator(".bubble .words")


async def write(phone: Locator, text: str) -> None:
    await phone.get_by_role("textbox").fill(text)
    await phone.get_by_role("textbox").press("Enter")


async def open_clock(page: Page) -> None:
    if await page.locator("#clock-form").is_hidden():
        await page.locator("#clock-face").click()


@both_widths
async def test_what_is_typed_is_sent_and_answered(reader: Any, size: tuple[int, int]) -> None:
    page = await reader.open(*size)
    phone = sari(page)
    await phone.get_by_role("textbox").fill("1. 12 dok")
    await phone.get_by_role("textbox").press("Shift+Enter")
    await phone.get_by_role("textbox").press_sequentially("2. nihil")
    await phone.get_by_role("textbox").press("Enter")

    await expect(words(phone)).to_have_text(["1. 12 dok\n2. nihil"], use_inner_text=True)
    await expect(phone.get_by_role("img", name="Terkirim")).to_be_visible()
    await expect(phone.locator(".presence")).to_have_text("sedang mengetik …")
    await expect(phone.get_by_role("textbox")).to_have_value("")

    await reader.rehearsal.stage.answer("sim-5", Say(title="Tercatat", text="12 dokumen dan nihil."))

    await expect(words(phone)).to_have_text(["1. 12 dok 2. nihil", "12 dokumen dan nihil."])
    await expect(phone.get_by_role("strong").or_(phone.locator(".title"))).to_have_text("Tercatat")
    await expect(phone.get_by_role("img", name="Sampai")).to_be_visible()
    await expect(phone.locator(".presence")).to_have_text("asisten rencana aksi")
    await expect(phone.locator(".day")).to_have_text("Selasa 29 Maret 2022")
    await expect(phone.locator(".bubble time").first).to_have_text("10.42")
    assert reader.mishaps == []


@both_widths
async def test_the_top_bar_names_the_office_and_its_plan(reader: Any, size: tuple[int, int]) -> None:
    page = await reader.open(*size)
    await expect(page.locator("#office-name")).to_have_text("Kecamatan Kubutambahan")
    await expect(page.locator("#plan-name")).to_have_text("Rencana aksi 2022")
    await expect(page.locator("#plan-name")).to_be_in_viewport()


@both_widths
async def test_a_button_is_tapped(reader: Any, size: tuple[int, int]) -> None:
    page = await reader.open(*size)
    await reader.rehearsal.stage.answer("sim-5", Choose(text="Berapa desa?", options=options("Nihil", "Lewati")))
    await sari(page).get_by_role("button", name="Nihil").click()
    await expect(sari(page).locator(".mine .words")).to_have_text("Nihil")
    assert await reader.rehearsal.stage.presses(1) == [("sim-5", "q:1", "Nihil")]


@both_widths
async def test_more_than_three_choices_open_as_a_list(reader: Any, size: tuple[int, int]) -> None:
    page = await reader.open(*size)
    phone = sari(page)
    rows = (Option(key="x", label="Peraturan desa", hint="Target Maret 1 desa", token="q:9"), *options(*"ABCD"))
    await reader.rehearsal.stage.answer("sim-5", Choose(text="Yang mana?", options=rows))
    opener = phone.get_by_role("button", name="Pilih")

    await opener.click()
    sheet = phone.get_by_role("dialog", name="Pilih salah satu")
    await expect(sheet.locator(".sheet-hint")).to_have_text("Target Maret 1 desa")
    await expect(sheet.locator("li")).to_have_count(5)
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await expect(opener).to_be_focused()

    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(sheet).to_be_hidden()
    await expect(phone.locator(".mine .words")).to_have_text("A")
    assert await reader.rehearsal.stage.presses(1) == [("sim-5", "q:1", "A")]


@both_widths
async def test_a_picture_opens_large_and_closes(reader: Any, size: tuple[int, int], png: bytes) -> None:
    chart = Chart(
        chart="overview", snapshot=1, title="Ringkasan", caption="Maret (sementara)", options=options("Unduh")
    )
    await reader.rehearsal.stage.answer("sim-5", chart, png=png, sample=True)
    page = await reader.open(*size)
    viewer = page.get_by_role("dialog", name="Gambar")
    for closing in ("Escape", "click"):
        await sari(page).get_by_role("button", name="Perbesar gambar: Ringkasan").click()
        large = viewer.get_by_role("img", name="Ringkasan")
        await expect(large).to_be_visible()
        assert await large.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 108
        await (page.keyboard.press("Escape") if closing == "Escape" else large.click())
        await expect(viewer).to_be_hidden()
    await expect(sari(page).locator(".sample")).to_have_text("contoh")


@both_widths
async def test_a_file_comes_with_words_and_buttons_and_a_picture_is_seen(
    reader: Any, size: tuple[int, int], png: bytes
) -> None:
    said = "<b>Buku</b> wajib desa"
    photo = File(ref="a", name="foto.jpg", is_picture=True, title="Bukti 1 dari 2", caption=said, options=options("B"))
    await reader.rehearsal.stage.answer("sim-5", photo, png=png)
    await reader.rehearsal.stage.answer(
        "sim-5", File(ref="b", name="perdes.pdf", title="Bukti 2 dari 2", caption=said, options=options("S"))
    )
    page = await reader.open(*size)
    phone = sari(page)
    await phone.get_by_role("button", name="Perbesar gambar: Bukti 1 dari 2").click()
    await expect(page.get_by_role("dialog", name="Gambar").get_by_role("img", name="Bukti 1 dari 2")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(phone.get_by_role("link", name="Unduh perdes.pdf")).to_be_visible()
    await expect(phone.locator(".title")).to_have_text(["Bukti 1 dari 2", "Bukti 2 dari 2"])
    await expect(words(phone)).to_have_text([said, said])
    for label in ("B", "S"):
        await phone.get_by_role("button", name=label, exact=True).click()
    assert [label for _, _, label in await reader.rehearsal.stage.presses(2)] == ["B", "S"]


@both_widths
async def test_files_are_sent_and_come_back(reader: Any, size: tuple[int, int], png: bytes) -> None:
    page = await reader.open(*size)
    phone = sari(page)
    async with page.expect_file_chooser() as chooser:
        await phone.get_by_role("button", name="Kirim gambar atau berkas").click()
    await (await chooser.value).set_files(
        [
            {"name": "foto buku.png", "mimeType": "image/png", "buffer": png},
            {"name": "daftar.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"},
        ]
    )
    await expect(phone.get_by_role("button", name="Perbesar gambar: foto buku.png")).to_be_visible()
    async with page.expect_download() as download:
        await phone.get_by_role("link", name="Unduh daftar.pdf").click()
    assert (await download.value).suggested_filename == "daftar.pdf"
    assert sorted(name for _, _, name in reader.rehearsal.stage.files.values()) == ["daftar.pdf", "foto buku.png"]
    first, second = reader.rehearsal.stage.albums
    assert first == second != ""


async def drop(phone: Locator, name: str, size: int) -> None:
    """Drop a file of `size` zero bytes on a phone."""
    await phone.locator(".screen").evaluate(
        """(screen, { name, size }) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(size)], name));
            screen.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        {"name": name, "size": size},
    )


async def test_a_file_dropped_on_a_phone_is_sent(reader: Any) -> None:
    page = await reader.open(*WIDE)
    await drop(sari(page), "daftar.txt", 5)
    await expect(sari(page).get_by_role("link", name="Unduh daftar.txt")).to_be_visible()


async def test_a_file_over_20_mb_is_refused_with_a_sentence(reader: Any) -> None:
    page = await reader.open(*WIDE)
    await drop(sari(page), "video.mp4", UPLOAD_LIMIT + 1)
    await expect(sari(page).locator(".retry")).to_contain_text("lebih dari 20 MB")
    assert await reader.rehearsal.chat("sim-5") == []


@both_widths
async def test_the_clock_moves_and_shows_that_it_does(reader: Any, size: tuple[int, int]) -> None:
    page = await reader.open(*size)
    stage = reader.rehearsal.stage
    status = page.locator("#clock-status")
    await expect(page.locator("#clock-time")).to_have_text("10.42 WITA")
    stage.held = asyncio.Event()
    await open_clock(page)

    await page.get_by_role("button", name="Senin 08.00").click()
    await expect(status).to_have_text("memindahkan jam …")
    for name in ("Besok", "Senin 08.00", "Akhir bulan", "Pindahkan"):
        await expect(page.get_by_role("button", name=name, exact=True)).to_be_disabled()
    stage.held.set()

    await expect(page.locator("#clock-day")).to_have_text("Senin 4 April 2022")
    await expect(page.locator("#clock-time")).to_have_text("08.00 WITA")
    await expect(status).to_contain_text("Jam sampai di 04/04/2022 08.00")
    await open_clock(page)
    await expect(page.get_by_role("button", name="Besok")).to_be_enabled()


@both_widths
async def test_words_the_clock_does_not_take_are_answered(reader: Any, size: tuple[int, int]) -> None:
    page = await reader.open(*size)
    await open_clock(page)
    field = page.get_by_role("textbox", name="Pindahkan jam ke waktu lain")
    await field.fill("kemarin")
    await field.press("Enter")
    await expect(page.locator("#clock-status")).to_contain_text('Tulis misalnya "besok"')
    await expect(field).to_be_focused()
    await expect(field).to_have_value("kemarin")
    await field.fill("5 April 2022 09.30")
    await field.press("Enter")
    await expect(page.locator("#clock-day")).to_have_text("Selasa 5 April 2022")


async def test_a_clock_moved_elsewhere_shows_here(reader: Any) -> None:
    page = await reader.open(*WIDE)
    await reader.rehearsal.client.post("/simulator/api/clock", json={"to": "akhir bulan"})
    await expect(page.locator("#clock-day")).to_have_text("Kamis 31 Maret 2022")
    await expect(page.locator("#clock-status")).to_be_hidden()


async def test_time_that_simply_passed_shows_with_the_next_message(reader: Any) -> None:
    page = await reader.open(*WIDE)
    reader.rehearsal.stage.clock += timedelta(hours=1)
    await reader.rehearsal.stage.answer("sim-5", Say(text="Halo"))
    await expect(page.locator("#clock-time")).to_have_text("11.42 WITA")


async def test_an_event_overtaken_by_its_answer_changes_nothing(reader: Any) -> None:
    page = await reader.open(*WIDE)
    scripts = """async () => {
        const { Clock } = await import("/simulator/clock.js");
        const clock = new Clock();
        clock.settle("2022-04-04T08:00:00+08:00", false, 8);
        clock.tell("Tidak dapat.", "refused");
        clock.hear({ now: "2022-03-29T10:42:00+08:00", moving: true, tick: 7 });
        clock.hear({ now: "2022-03-29T10:42:00+08:00", moving: false, tick: 8 });
    }"""
    await page.evaluate(scripts)
    await expect(page.locator("#clock-status")).to_have_text("Tidak dapat.")
    await expect(page.locator("#clock-day")).to_have_text("Senin 4 April 2022")


async def test_a_desktop_shows_three_phones_and_a_narrow_screen_one(reader: Any) -> None:
    page = await reader.open(*WIDE)
    names = [await phone.get_attribute("aria-label") for phone in await page.locator(".phone").all()]
    assert names == ["Telepon Kasi Pemerintahan", "Telepon Kasubbag Umum & Keuangan", "Telepon Camat"]
    await expect(page.locator(".phone:visible")).to_have_count(3)
    for width in (1440, 1280, 1020, 768, 360, 320):
        await page.set_viewport_size({"width": width, "height": 740})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        await expect(page.locator(".phone:visible")).to_have_count(3 if width >= 1020 else 1)
        await expect(page.get_by_text("SIMULATOR", exact=True).first).to_be_in_viewport()


async def test_on_a_narrow_screen_tabs_tell_of_answers_elsewhere(reader: Any) -> None:
    page = await reader.open(*NARROW)
    camat = page.get_by_role("tab", name="Camat")
    await reader.rehearsal.stage.answer("sim-1", Say(text="Selamat pagi, Pak Camat."))
    await expect(camat.locator(".tab-unread")).to_have_text("1")

    await page.get_by_role("tab", name="Kasi Pemerintahan").focus()
    await page.keyboard.press("ArrowLeft")

    await expect(camat).to_be_focused()
    await expect(page.locator(".phone:visible")).to_have_attribute("aria-label", "Telepon Camat")
    await expect(words(page.locator(".phone:visible"))).to_be_in_viewport()
    await expect(camat.locator(".tab-unread")).to_be_hidden()


async def test_each_person_keeps_a_draft_and_a_chat(reader: Any) -> None:
    page = await reader.open(*WIDE)
    phone = page.locator(".phone").first
    draft = phone.get_by_role("textbox")
    await reader.rehearsal.stage.answer("sim-6", Say(text="Halo Pak Made."))
    await draft.fill("belum selesai")

    await phone.get_by_role("combobox").select_option("sim-6")
    await expect(words(phone)).to_have_text(["Halo Pak Made."])
    await expect(phone.locator(".holder-name")).to_have_text("Made Wirawan")
    await expect(draft).to_have_value("")

    await page.reload()
    await expect(phone.locator(".holder-name")).to_have_text("Made Wirawan")
    await phone.get_by_role("combobox").select_option("sim-5")
    await expect(draft).to_have_value("belum selesai")
    await expect(words(phone)).to_have_count(0)


async def test_a_reader_who_scrolled_up_is_told_and_not_moved(reader: Any) -> None:
    stage = reader.rehearsal.stage
    for number in range(30):
        await stage.answer("sim-5", Say(text=f"Pesan {number}"))
    page = await reader.open(*WIDE)
    phone = sari(page)
    await expect(phone.get_by_text("Pesan 29", exact=True)).to_be_in_viewport()
    await phone.get_by_role("log").evaluate("log => { log.scrollTop = 0; }")
    await expect(phone.get_by_text("Pesan 0", exact=True)).to_be_in_viewport()

    await stage.answer("sim-5", Say(text="Pesan terbaru"))

    pill = phone.get_by_role("button", name="Pesan baru")
    await expect(pill).to_be_visible()
    await expect(phone.get_by_text("Pesan terbaru")).not_to_be_in_viewport()
    await pill.click()
    await expect(phone.get_by_text("Pesan terbaru")).to_be_in_viewport()
    await expect(pill).to_be_hidden()


async def test_what_people_and_plans_write_is_never_markup(reader: Any) -> None:
    page = await reader.open(*WIDE)
    evil = '<img src=x onerror="document.title=1"><b>tebal</b> =1+1 $x$'
    notice = Notice(name="n", params=(), title=evil, text=evil, options=options("<i>Ya</i>"))
    await write(sari(page), evil)
    await expect(words(sari(page))).to_have_text([evil])
    await reader.rehearsal.stage.answer("sim-5", notice)
    await expect(words(sari(page))).to_have_text([evil, evil])
    await expect(sari(page).get_by_role("button", name="<i>Ya</i>")).to_be_visible()
    assert await sari(page).locator(".bubble img, .bubble b, .reply i").count() == 0
    assert reader.mishaps == []


async def test_a_message_that_cannot_be_sent_waits_to_be_sent_again(reader: Any) -> None:
    page = await reader.open(*WIDE)
    await reader.context.set_offline(True)
    await write(sari(page), "lapor")
    await expect(sari(page).get_by_role("img", name="Gagal terkirim")).to_be_visible()
    await expect(sari(page).locator(".retry")).to_contain_text("Simulator tidak menjawab")
    await reader.context.set_offline(False)
    await sari(page).get_by_role("button", name="Kirim ulang").click()
    await expect(sari(page).get_by_role("img", name="Terkirim")).to_be_visible()
    await expect(words(sari(page))).to_have_text(["lapor"])
    assert [bubble["text"] for bubble in await reader.rehearsal.chat("sim-5")] == ["lapor"]


async def test_it_survives_a_server_that_stops_and_starts_again(reader: Any) -> None:
    page = await reader.open(*WIDE)
    await write(sari(page), "lapor")
    await expect(words(sari(page))).to_have_count(1)

    await reader.rehearsal.stop()
    await expect(page.locator("#connection")).to_be_visible()
    await reader.rehearsal.stage.answer("sim-5", Say(text="Sementara itu."))
    await reader.rehearsal.start()

    await expect(words(sari(page))).to_have_text(["lapor", "Sementara itu."])
    await expect(page.locator("#connection")).to_be_hidden()
    await reader.rehearsal.stage.answer("sim-5", Say(text="Kembali."))
    await expect(words(sari(page)).last).to_have_text("Kembali.")


async def test_an_answer_recorded_only_after_it_was_told_is_still_found(reader: Any) -> None:
    page = await reader.open(*WIDE)
    row = reader.rehearsal.stage.rows
    await reader.rehearsal.stage.answer("sim-5", Say(text="Satu."))
    await expect(words(sari(page))).to_have_text(["Satu."])
    address, late = row[0]

    async with page.expect_response(re.compile("/chat/sim-5")):
        reader.rehearsal.channel.changed("sim-5")
    row.append((address, json.dumps(json.loads(late) | {"id": 2, "text": "Dua."})))

    await expect(words(sari(page))).to_have_text(["Satu.", "Dua."])


async def test_nothing_is_asked_of_another_host(reader: Any, png: bytes) -> None:
    chart = Chart(chart="overview", snapshot=1, title="Ringkasan", caption="Maret")
    await reader.rehearsal.stage.answer("sim-5", chart, png=png)
    page = await reader.open(*WIDE)
    await write(sari(page), "lapor")
    await expect(words(sari(page))).to_have_count(2)

    resources = await page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    blocked = await page.evaluate(
        """async () => {
            const blocked = new Promise((told) => document.addEventListener("securitypolicyviolation", (event) =>
                told(event.effectiveDirective), { once: true }));
            await fetch("https://example.com/").catch(() => null);
            return blocked;
        }"""
    )

    assert blocked == "connect-src"
    assert len(resources) > 10
    own = reader.rehearsal.url + "/"
    assert [url for url in (*resources, *reader.asked) if not url.startswith((own, "https://example.com/"))] == []


PAIRS = [
    ("--ink", "--card"),
    ("--ink", "--mine"),
    ("--ink", "--bar"),
    ("--soft", "--card"),
    ("--soft", "--paper"),
    ("--soft", "--bar"),
    ("--nila-text", "--card"),
    ("--nila-text", "--mine"),
    ("--on-nila", "--nila"),
    ("--on-nila-soft", "--nila"),
    ("--sogan", "--sogan-wash"),
    ("--sogan", "--card"),
    ("--alarm", "--paper"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_colour_of_words_stands_out_from_its_ground(reader: Any, scheme: Any) -> None:
    page = await reader.open(*WIDE)
    await page.emulate_media(color_scheme=scheme)
    styles = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    weak = [
        (words, ground)
        for words, ground in PAIRS
        if contrast(await page.evaluate(styles, words), await page.evaluate(styles, ground)) < 4.5
    ]
    assert weak == []


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two colours written `#rrggbb`; 4.5 is level AA for words."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
