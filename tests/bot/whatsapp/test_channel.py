"""What people see on WhatsApp, and what happens to what cannot be sent, over HTTP."""

from datetime import timedelta

import pytest

from bot.channels.base import (
    Attachment,
    Channel,
    ChannelStopped,
    FetchFailed,
    Media,
    Picture,
    RecipientGone,
    Rejected,
    SendError,
    Sent,
    TryLater,
    WindowClosed,
)
from bot.channels.whatsapp.channel import FILE_LIMIT, WhatsAppChannel
from bot.channels.whatsapp.templates import CATALOGUE
from handlers.messages import Chart, Choose, File, Form, Notice, Option, Outgoing, Say
from tests.bot.whatsapp.conftest import Clock, Memory
from tests.bot.whatsapp.graph_server import Failure, GraphServer
from tests.bot.whatsapp.people import Person, Shown
from tests.photos import photo

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def options(*labels: str, hint: str = "") -> tuple[Option, ...]:
    return tuple(Option(key=label.lower(), label=label, hint=hint, token=f"q1:{label.lower()}") for label in labels)


YES_NO = options("Ya", "Tidak")
FIVE = options("Rincian", "Ingatkan", "Unduh", "Serapan", "Ketepatan")
REMINDER = Notice(
    name="reminder",
    params=("Bu Sari", "2", "Selasa 5 April"),
    text="Masih kurang 2 dari 3.",
    options=options("Lapor sekarang", "Ingatkan nanti", "Lainnya"),
)
DIGEST = Chart(
    chart="overview",
    snapshot=1,
    title="Yth. Pak Camat, ringkasan Senin 4 April 2022",
    caption="Maret: 12 dari 15 jabatan sudah lapor\nBelum: Kasi Kamtib",
    options=FIVE,
)


def enclosure_of(message: Outgoing) -> Picture | Attachment | None:
    match message:
        case Chart():
            return Picture(PNG, "ringkasan.png")
        case File() | Form():
            return Attachment(b"isi berkas", message.name)
        case _:
            return None


async def send(channel: WhatsAppChannel, person: Person, message: Outgoing) -> Shown:
    """Send with the enclosure that the message needs; the id it returns must be that of what arrived first."""
    before = len(person.messages)
    sent = await channel.send(person.address, message, enclosure_of(message))
    assert sent.provider_id == person.messages[before].id
    return person.messages[-1]


async def test_say_shows_a_bold_title_and_the_words(channel: WhatsAppChannel, sari: Person) -> None:
    contract: Channel = channel
    assert contract.name == "whatsapp"
    shown = await send(channel, sari, Say(text="Target 3, 50 % lebih", title="Maret 2022 · 1 dari 3"))
    assert (shown.kind, shown.text) == ("text", "*Maret 2022 · 1 dari 3*\nTarget 3, 50 % lebih")
    assert shown.raw["text"]["preview_url"] is False


async def test_choose_up_to_three_options_are_reply_buttons(channel: WhatsAppChannel, sari: Person) -> None:
    shown = await send(channel, sari, Choose(text="Benar untuk Anda?", title="Undangan", options=YES_NO))
    assert (shown.kind, shown.text) == ("buttons", "*Undangan*\nBenar untuk Anda?")
    assert [(tap.label, tap.token) for tap in shown.taps] == [("Ya", "q1:ya"), ("Tidak", "q1:tidak")]


async def test_choose_more_options_are_a_list_with_their_hints(channel: WhatsAppChannel, sari: Person) -> None:
    four = (*options("Maret", "April", hint="3 indikator"), *options("Mei", "Juni"))
    shown = await send(channel, sari, Choose(text="Periode mana?", options=four))
    assert (shown.kind, shown.text, shown.labels) == ("list", "Periode mana?", ("Maret", "April", "Mei", "Juni"))
    assert [tap.hint for tap in shown.taps] == ["3 indikator", "3 indikator", "", ""]
    assert shown.raw["interactive"]["action"]["button"] == "Pilih"


async def test_hints_of_buttons_stand_in_the_words(channel: WhatsAppChannel, sari: Person) -> None:
    hinted = options("Lapor sekarang", "Nanti", hint="3 indikator")
    shown = await send(channel, sari, Choose(text="Apa sekarang?", options=hinted))
    assert shown.text == "Apa sekarang?\n• Lapor sekarang: 3 indikator\n• Nanti: 3 indikator"
    assert shown.kind == "buttons"


async def test_hints_that_do_not_fit_the_words_make_a_list(channel: WhatsAppChannel, sari: Person) -> None:
    shown = await send(channel, sari, Choose(text="x" * 1000, options=options("Ya", "Tidak", hint="h" * 30)))
    assert (shown.kind, [tap.hint for tap in shown.taps]) == ("list", ["h" * 30] * 2)


async def test_two_options_of_the_same_label_are_a_list(channel: WhatsAppChannel, sari: Person) -> None:
    twins = (Option(key="1", label="Rapat", hint="Maret"), Option(key="2", label="Rapat", hint="April"))
    shown = await send(channel, sari, Choose(text="Yang mana?", options=twins))
    assert (shown.kind, [tap.token for tap in shown.taps]) == ("list", ["1", "2"])


async def test_a_notice_within_the_window_is_shown_like_a_question(channel: WhatsAppChannel, sari: Person) -> None:
    shown = await send(channel, sari, REMINDER)
    assert (shown.kind, shown.text) == ("buttons", "Masih kurang 2 dari 3.")
    assert shown.labels == ("Lapor sekarang", "Ingatkan nanti", "Lainnya")


async def test_a_picture_with_few_options_is_one_message(channel: WhatsAppChannel, sari: Person) -> None:
    chart = Chart(chart="section", snapshot=7, caption="12 dari 15 lapor", title="Ringkasan", options=YES_NO)
    shown = await send(channel, sari, chart)
    assert (shown.kind, shown.text, shown.labels) == ("buttons", "*Ringkasan*\n12 dari 15 lapor", ("Ya", "Tidak"))
    assert (shown.file, shown.mime) == (PNG, "image/png")
    assert len(sari.messages) == 1


async def test_a_picture_without_options_is_an_image(channel: WhatsAppChannel, sari: Person) -> None:
    shown = await send(channel, sari, Chart(chart="section", snapshot=7, caption="12 dari 15 lapor"))
    assert (shown.kind, shown.text, shown.file) == ("image", "12 dari 15 lapor", PNG)


async def test_a_picture_without_words_passes_with_and_without_options(channel: WhatsAppChannel, sari: Person) -> None:
    bare = await send(channel, sari, Chart(chart="section", snapshot=7, caption=""))
    asked = await send(channel, sari, Chart(chart="section", snapshot=7, caption="", options=YES_NO))
    assert (bare.text, asked.text) == ("", "Silakan pilih untuk melanjutkan.")


async def test_a_picture_with_many_options_is_followed_by_their_list(channel: WhatsAppChannel, sari: Person) -> None:
    shown = await send(channel, sari, DIGEST)
    picture, below = sari.messages
    assert (picture.kind, picture.file) == ("image", PNG)
    assert picture.text == f"*{DIGEST.title}*\n{DIGEST.caption}"
    assert (below, below.kind, below.labels) == (shown, "list", tuple(option.label for option in FIVE))


async def test_a_picture_is_not_repeated_because_its_list_failed(
    channel: WhatsAppChannel, graph: GraphServer, sari: Person
) -> None:
    graph.refuse(130429, skip=1)
    with pytest.raises(TryLater):
        await channel.send(sari.address, DIGEST, Picture(PNG, "a.png"))
    sent = await channel.send(sari.address, DIGEST, Picture(PNG, "a.png"))
    assert [message.kind for message in sari.messages] == ["image", "list"]
    assert sent.provider_id == sari.messages[0].id
    await channel.send(sari.address, DIGEST, Picture(PNG, "a.png"))
    assert [message.kind for message in sari.messages] == ["image", "list"] * 2


async def test_another_person_gets_the_picture_that_waits_for_its_list(
    channel: WhatsAppChannel, graph: GraphServer, sari: Person
) -> None:
    budi = graph.person("Budi")
    budi.types("halo")
    graph.fail(Failure.SERVER_ERROR, path="messages", skip=1)
    with pytest.raises(TryLater):
        await channel.send(sari.address, DIGEST, Picture(PNG, "a.png"))
    await channel.send(budi.address, DIGEST, Picture(PNG, "a.png"))
    assert [message.kind for message in budi.messages] == ["image", "list"]


async def test_a_list_that_is_refused_for_good_leaves_the_picture_sent(
    channel: WhatsAppChannel, graph: GraphServer, sari: Person
) -> None:
    graph.refuse(131009, skip=1)
    sent = await channel.send(sari.address, DIGEST, Picture(PNG, "a.png"))
    assert [(message.kind, message.id) for message in sari.messages] == [("image", sent.provider_id)]


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ('Laporan "Maret" é.xlsx', "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("renja.PDF", "application/pdf"),
        ("data.csv", "text/plain"),
        ("foto.jpg", "image/jpeg"),
        ("tanpa ending", "text/plain"),
    ],
)
async def test_a_file_is_a_document_under_its_own_name(
    channel: WhatsAppChannel, sari: Person, name: str, mime: str
) -> None:
    shown = await send(channel, sari, File(ref="0" * 64, name=name, caption="R & D"))
    assert (shown.kind, shown.file, shown.text) == ("document", b"isi berkas", "R & D")
    assert (shown.file_name, shown.mime) == (name, mime)


async def test_a_form_is_a_document_too(channel: WhatsAppChannel, sari: Person) -> None:
    form = Form(form="renja", snapshot=1, ending="pdf", name="renja-2022-tw1-no1.pdf", caption="Renja TW I 2022")
    shown = await send(channel, sari, form)
    assert (shown.kind, shown.file, shown.text) == ("document", b"isi berkas", "Renja TW I 2022")


async def test_a_name_of_control_characters_still_makes_a_file(channel: WhatsAppChannel, sari: Person) -> None:
    assert (await send(channel, sari, File(ref="0" * 64, name="\r\n"))).file_name == "berkas"


@pytest.mark.parametrize(
    "message",
    [
        Say(text="x" * 4095),
        Say(text="x" * 4000, title="t" * 95),
        Choose(text="x" * 1000, title="t" * 23, options=YES_NO),
        Notice(name="reminder", params=("a", "2", "b"), text="*x* " * 250, title="t" * 23, options=FIVE),
        Chart(chart="overview", snapshot=1, caption="_x_ " * 125, title="t" * 523),
        Chart(chart="overview", snapshot=1, caption="x" * 500, title="t" * 523, options=YES_NO),
        Chart(chart="overview", snapshot=1, caption="x" * 500, title="t" * 523, options=FIVE),
        Choose(
            text="x" * 1023,
            options=tuple(Option(key=str(n), label="l" * 24, hint="h" * 72, token=f"{n}" * 64) for n in range(10)),
        ),
        Choose(
            text="x" * 1023,
            options=tuple(Option(key=str(n), label=f"{n}" * 20, hint="h" * 72, token=f"{n}" * 64) for n in range(3)),
        ),
    ],
    ids=lambda message: message.kind,
)
async def test_what_the_message_types_allow_whatsapp_takes(
    channel: WhatsAppChannel, sari: Person, message: Outgoing
) -> None:
    await send(channel, sari, message)


async def test_a_file_with_few_options_is_one_message(channel: WhatsAppChannel, sari: Person) -> None:
    file = File(ref="0", name="perdes.pdf", title="Bukti 1 dari 2", caption="*R & D*", options=YES_NO)
    shown = await send(channel, sari, file)
    assert (shown.kind, shown.text) == ("buttons", "*Bukti 1 dari 2*\n∗R & D∗")
    assert (shown.file, shown.mime, shown.labels) == (b"isi berkas", "application/pdf", ("Ya", "Tidak"))
    assert len(sari.messages) == 1


async def test_a_file_that_is_a_picture_is_an_image(channel: WhatsAppChannel, sari: Person) -> None:
    bare = File(ref="0", name="foto buku", is_picture=True, caption="buku desa")
    asked = bare.model_copy(update={"options": YES_NO, "caption": ""})
    await channel.send(sari.address, bare, Attachment(photo(), bare.name))
    await channel.send(sari.address, asked, Attachment(photo(), asked.name))
    first, second = sari.messages
    assert (first.kind, first.text, first.file, first.mime) == ("image", "buku desa", photo(), "image/jpeg")
    assert (second.kind, second.text) == ("buttons", "Silakan pilih untuk melanjutkan.")
    assert (second.file, second.mime) == (photo(), "image/jpeg")


@pytest.mark.parametrize(("is_picture", "kind"), [(True, "image"), (False, "document")])
async def test_a_file_with_many_options_is_followed_by_their_list(
    channel: WhatsAppChannel, graph: GraphServer, sari: Person, is_picture: bool, kind: str
) -> None:
    file = File(ref="0", name="foto.jpg", is_picture=is_picture, title="Bukti", caption="buku", options=FIVE)
    graph.refuse(130429, skip=1)
    with pytest.raises(TryLater):
        await channel.send(sari.address, file, Attachment(photo(), file.name))
    sent = await channel.send(sari.address, file, Attachment(photo(), file.name))
    assert [message.kind for message in sari.messages] == [kind, "list"]
    assert (sari.messages[0].text, sari.messages[0].id) == ("*Bukti*\nbuku", sent.provider_id)
    assert sari.messages[1].labels == tuple(option.label for option in FIVE)


async def test_large_pictures_and_files_pass(channel: WhatsAppChannel, sari: Person) -> None:
    large, chart = bytes(3 * 1024 * 1024), Chart(chart="overview", snapshot=1, caption="x")
    await channel.send(sari.address, chart, Picture(large, "a.png"))
    await channel.send(sari.address, File(ref="0", name="a.pdf"), Attachment(large, "a.pdf"))
    assert [len(message.file) for message in sari.messages] == [len(large)] * 2


@pytest.mark.parametrize(
    ("message", "enclosure"),
    [
        (Chart(chart="overview", snapshot=1, caption="x"), None),
        (File(ref="0", name="a.pdf"), Picture(PNG, "a.png")),
        (Say(text="halo"), Picture(PNG, "a.png")),
    ],
)
async def test_the_wrong_enclosure_is_a_bug_of_ours(
    channel: WhatsAppChannel, sari: Person, message: Outgoing, enclosure: Picture | None
) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        await channel.send(sari.address, message, enclosure)
    assert sari.messages == []


async def test_a_person_who_hides_their_number_is_written_to_by_their_id(
    channel: WhatsAppChannel, graph: GraphServer
) -> None:
    tamu = graph.person("Tamu", shows_number=False)
    tamu.types("halo")
    shown = await send(channel, tamu, Say(text="Selamat datang"))
    assert (shown.raw.get("recipient"), "to" in shown.raw) == (tamu.user_id, False)


# --- the window and templates -------------------------------------------------------------------------------------


def approve(graph: GraphServer, *names: str, status: str = "APPROVED") -> None:
    for name in names:
        template = CATALOGUE[name]
        graph.approve(
            {"name": template.name, "language": "id", "category": "UTILITY", "components": template.components()},
            status,
        )


@pytest.mark.parametrize("told_beforehand", [True, False], ids=["known to be closed", "refused"])
async def test_a_notice_outside_the_window_goes_as_its_template(
    channel: WhatsAppChannel, graph: GraphServer, memory: Memory, clock: Clock, sari: Person, told_beforehand: bool
) -> None:
    approve(graph, "reminder")
    clock.pass_a_day()
    memory.closed = {sari.address} if told_beforehand else set()
    sent = await channel.send(sari.address, REMINDER, None)
    [shown] = sari.messages
    assert sent == Sent(shown.id, template="renaksi_reminder")
    assert shown.text == (
        "Pengingat untuk Bu Sari: masih ada 2 laporan rencana aksi yang kurang, dengan batas Selasa 5 April.\n"
        "Balas lapor untuk mengisinya sekarang."
    )
    assert [(tap.label, tap.token) for tap in shown.taps] == [
        ("Lapor sekarang", "q1:lapor sekarang"),
        ("Ingatkan nanti", "q1:ingatkan nanti"),
        ("Lainnya", "q1:lainnya"),
    ]


async def test_a_button_that_the_notice_has_not_begins_what_it_says(
    channel: WhatsAppChannel, graph: GraphServer, memory: Memory, sari: Person
) -> None:
    approve(graph, "reminder")
    memory.closed = {sari.address}
    await channel.send(sari.address, REMINDER.model_copy(update={"options": ()}), None)
    assert [tap.token for tap in sari.messages[0].taps] == ["!lapor", "!tunda", "!lainnya"]


async def test_the_weekly_summary_goes_as_a_template_with_its_picture(
    channel: WhatsAppChannel, graph: GraphServer, memory: Memory, sari: Person
) -> None:
    approve(graph, "weekly_summary")
    memory.closed = {sari.address}
    sent = await channel.send(sari.address, DIGEST, Picture(PNG, "ringkasan.png"))
    [shown] = sari.messages
    assert (sent.template, shown.file) == ("renaksi_weekly_summary", PNG)
    assert shown.parameters == (
        "Yth. Pak Camat, ringkasan Senin 4 April 2022",
        "Maret: 12 dari 15 jabatan sudah lapor · Belum: Kasi Kamtib",
    )


@pytest.mark.parametrize(
    "message",
    [
        Say(text="halo"),
        Choose(text="Benar?", options=YES_NO),
        Chart(chart="section", snapshot=1, title="Seksi", caption="x"),
        File(ref="0", name="a.pdf"),
        Form(form="renja", snapshot=1, ending="pdf", name="a.pdf"),
        Notice(name="something_new", params=(), text="x"),
    ],
    ids=lambda message: message.kind,
)
async def test_what_has_no_template_finds_the_window_closed(
    channel: WhatsAppChannel, graph: GraphServer, memory: Memory, clock: Clock, sari: Person, message: Outgoing
) -> None:
    memory.closed = {sari.address}
    assert type(await refused(channel, sari, message)) is WindowClosed
    assert graph.calls == []
    memory.closed = set()
    clock.pass_a_day()
    assert type(await refused(channel, sari, message)) is WindowClosed
    assert sari.messages == []


async def test_a_template_that_cannot_be_sent_is_not_tried(
    channel: WhatsAppChannel, graph: GraphServer, memory: Memory, sari: Person
) -> None:
    memory.closed, memory.statuses = {sari.address}, {"renaksi_reminder": "paused"}
    assert type(await refused(channel, sari, REMINDER)) is WindowClosed
    assert graph.calls == []


@pytest.mark.parametrize(
    ("status", "noted"), [("PAUSED", "paused"), ("DISABLED", "disabled"), ("REJECTED", "missing"), (None, "missing")]
)
async def test_a_refused_template_is_remembered(
    channel: WhatsAppChannel, graph: GraphServer, memory: Memory, sari: Person, status: str | None, noted: str
) -> None:
    if status is not None:
        approve(graph, "reminder", status=status)
    memory.closed = {sari.address}
    assert type(await refused(channel, sari, REMINDER)) is WindowClosed
    assert memory.statuses == {"renaksi_reminder": noted}


async def test_a_template_that_meta_knows_otherwise_is_remembered(
    channel: WhatsAppChannel, graph: GraphServer, memory: Memory, sari: Person
) -> None:
    approve(graph, "reminder")
    graph.templates[0].components = [{"type": "BODY", "text": "Halo {{1}}, apa kabar?"}]
    memory.closed = {sari.address}
    assert type(await refused(channel, sari, REMINDER)) is WindowClosed
    assert memory.statuses == {"renaksi_reminder": "differs"}


async def test_free_text_that_fails_later_looks_sent_at_first(
    channel: WhatsAppChannel, graph: GraphServer, clock: Clock, sari: Person
) -> None:
    graph.refuses_late = True
    clock.pass_a_day()
    sent = await channel.send(sari.address, Say(text="halo"), None)
    assert (sent.template, sari.messages, graph.sent[0].id) == ("", [], sent.provider_id)


# --- refusals (issue 5, part 4) -----------------------------------------------------------------------------------


async def refused(channel: WhatsAppChannel, person: Person, message: Outgoing | None = None) -> SendError:
    said = message or Say(text="halo")
    with pytest.raises(SendError) as caught:
        await channel.send(person.address, said, enclosure_of(said))
    return caught.value


@pytest.mark.parametrize(
    ("code", "means"),
    [
        (130429, TryLater),
        (131048, TryLater),
        (131056, TryLater),
        (131016, TryLater),
        (131000, TryLater),
        (80007, TryLater),
        (131026, RecipientGone),
        (131030, RecipientGone),
        (131047, WindowClosed),
        (132001, WindowClosed),
        (132015, WindowClosed),
        (132016, WindowClosed),
        (133016, ChannelStopped),
        (190, ChannelStopped),
        (131031, ChannelStopped),
        (368, ChannelStopped),
        (200, ChannelStopped),
        (131009, Rejected),
        (100, Rejected),
        (131051, Rejected),
    ],
)
async def test_each_code_leads_to_what_is_to_be_done(
    channel: WhatsAppChannel, graph: GraphServer, sari: Person, code: int, means: type[SendError]
) -> None:
    graph.refuse(code)
    refusal = await refused(channel, sari)
    assert type(refusal) is means
    assert str(code) in str(refusal)
    assert sari.messages == []


@pytest.mark.parametrize(
    ("code", "asked", "seconds"), [(130429, None, 5), (130429, 7, 7), (131048, None, 900), (131056, None, None)]
)
async def test_how_long_to_wait(
    channel: WhatsAppChannel, graph: GraphServer, sari: Person, code: int, asked: int | None, seconds: int | None
) -> None:
    graph.refuse(code, retry_after=asked)
    refusal = await refused(channel, sari)
    assert isinstance(refusal, TryLater)
    assert refusal.after == (None if seconds is None else timedelta(seconds=seconds))


async def test_a_wrong_token_stops_the_channel(graph: GraphServer, memory: Memory, sari: Person) -> None:
    channel = WhatsAppChannel("EAAwrong", graph.phone_id, memory.is_open, memory, graph.url)
    refusal = await refused(channel, sari)
    await channel.close()
    assert type(refusal) is ChannelStopped
    assert "EAAwrong" not in str(refusal)


async def test_a_number_without_whatsapp_is_a_recipient_gone(channel: WhatsAppChannel, graph: GraphServer) -> None:
    with pytest.raises(RecipientGone):
        await channel.send("6281200009999", Say(text="halo"), None)


@pytest.mark.parametrize(
    ("failure", "means"),
    [
        (Failure.SERVER_ERROR, TryLater),
        (Failure.BAD_GATEWAY, TryLater),
        (Failure.DROP, TryLater),
        (Failure.DROP_AFTER, TryLater),
        (Failure.FOREIGN, Rejected),
    ],
)
async def test_what_is_no_answer_of_meta(
    channel: WhatsAppChannel, graph: GraphServer, sari: Person, failure: Failure, means: type[SendError]
) -> None:
    graph.fail(failure)
    assert type(await refused(channel, sari)) is means
    await send(channel, sari, Say(text="lagi"))


async def test_a_server_that_hangs_or_is_away_is_tried_later(graph: GraphServer, memory: Memory, sari: Person) -> None:
    hasty = WhatsAppChannel(graph.token, graph.phone_id, memory.is_open, memory, graph.url, timeout=0.2)
    graph.fail(Failure.HANG)
    assert type(await refused(hasty, sari)) is TryLater
    graph.fail(Failure.HANG, path="media")
    assert type(await refused(hasty, sari, DIGEST)) is TryLater
    await graph.stop()
    assert type(await refused(hasty, sari)) is TryLater
    await hasty.close()


async def test_a_file_that_meta_does_not_take_is_rejected(channel: WhatsAppChannel, sari: Person) -> None:
    with pytest.raises(Rejected):
        await channel.send(sari.address, DIGEST, Picture(bytes(6 * 1024 * 1024), "a.png"))


async def test_the_limits_of_pace_are_told(channel: WhatsAppChannel, clock: Clock, sari: Person) -> None:
    for _message in range(45):
        await channel.send(sari.address, Say(text="halo"), None)
    assert type(await refused(channel, sari)) is TryLater
    clock.now += 6
    await send(channel, sari, Say(text="lagi"))


async def test_a_channel_needs_a_token_and_a_number(memory: Memory) -> None:
    for token, phone_id in (("", "1"), ("EAA", "")):
        with pytest.raises(ValueError, match="token"):
            WhatsAppChannel(token, phone_id, memory.is_open, memory)


# --- files that people send ---------------------------------------------------------------------------------------


async def fetched(channel: WhatsAppChannel, media: Media) -> bytes:
    return b"".join([piece async for piece in channel.fetch(media)])


async def test_a_picture_is_fetched_in_two_steps(channel: WhatsAppChannel, graph: GraphServer) -> None:
    data = bytes(range(256)) * 2_000
    media_id = graph.keep(data, "image/jpeg")
    assert await fetched(channel, Media(media_id, is_photo=True)) == data


async def test_a_file_unknown_to_meta_is_gone(channel: WhatsAppChannel) -> None:
    with pytest.raises(FetchFailed) as failed:
        await fetched(channel, Media("120000000000999", is_photo=True))
    assert (failed.value.reason, failed.value.again) == ("gone", False)


@pytest.mark.parametrize("told", [FILE_LIMIT + 1, None], ids=["in the message", "only when asked"])
async def test_a_file_above_the_limit_is_not_fetched(
    channel: WhatsAppChannel, graph: GraphServer, told: int | None
) -> None:
    media_id = graph.keep(bytes(FILE_LIMIT + 1), "application/pdf")
    with pytest.raises(FetchFailed) as failed:
        await fetched(channel, Media(media_id, is_photo=False, size=told))
    assert failed.value.reason == "too_large"


@pytest.mark.parametrize("failure", [Failure.BAD_GATEWAY, Failure.DROP, Failure.DROP_AFTER])
async def test_a_download_that_breaks_is_tried_again(
    channel: WhatsAppChannel, graph: GraphServer, failure: Failure
) -> None:
    media = Media(graph.keep(bytes(100_000), "image/jpeg"), is_photo=True)
    graph.fail(failure, path="files")
    with pytest.raises(FetchFailed) as failed:
        await fetched(channel, media)
    assert (failed.value.reason, failed.value.again) == ("unavailable", True)
    assert len(await fetched(channel, media)) == 100_000


async def test_a_question_for_a_file_that_fails_is_tried_again(channel: WhatsAppChannel, graph: GraphServer) -> None:
    media = Media(graph.keep(b"isi", "image/jpeg"), is_photo=True)
    for failure in (Failure.SERVER_ERROR, Failure.BAD_GATEWAY, Failure.DROP):
        graph.fail(failure)
        with pytest.raises(FetchFailed) as failed:
            await fetched(channel, media)
        assert failed.value.again
