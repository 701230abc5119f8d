"""The messages with which WhatsApp lets us write first: approved by Meta beforehand, one for each Notice.

Meta's rules, held by tests: Indonesian, category utility; body of at most 1024 characters once it is filled in;
parameters neither at its ends nor next to each other, without line breaks, tabs, runs of blanks or emptiness; quick
replies of at most 25 characters. A template says less than the message it stands for and how to read the rest.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp.marks import plain
from handlers.messages import BODY_LIMIT, Chart, Notice, Option, Outgoing

LANGUAGE = "id"
CATEGORY = "UTILITY"
REPLY_LABEL = 25
"""Characters of a quick reply below a template."""
SUMMARY = "overview"
"""The picture that goes out unasked, once a week."""
_EMPTY = "-"
"""Meta refuses an empty parameter."""
_CUT = "…"
_SHORTEST = 20
"""Characters that shortening leaves of a parameter."""


@dataclass(frozen=True)
class QuickReply:
    """A button below a template. `word` is what it does where the message itself has no button of that label."""

    label: str
    word: str


@dataclass(frozen=True)
class Template:
    """One message that Meta approves. `{{1}}`, `{{2}}` in `body` are filled in, for the reviewer with `examples`."""

    notice: str
    body: str
    examples: tuple[str, ...]
    replies: tuple[QuickReply, ...] = ()
    has_picture: bool = False

    @property
    def name(self) -> str:
        """Its name at Meta, where other programs of the office may have templates too."""
        return f"renaksi_{self.notice}"

    def filled(self, params: Sequence[str]) -> str:
        """What the person reads."""
        return re.sub(r"\{\{(\d+)\}\}", lambda found: params[int(found[1]) - 1], self.body)

    def components(self) -> list[dict[str, Any]]:
        """Header, body and buttons as Meta's API has them, without the example of the picture."""
        body = {"type": "BODY", "text": self.body, "example": {"body_text": [list(self.examples)]}}
        buttons = [{"type": "QUICK_REPLY", "text": reply.label} for reply in self.replies]
        header = [{"type": "HEADER", "format": "IMAGE"}] if self.has_picture else []
        return [*header, body, *([{"type": "BUTTONS", "buttons": buttons}] if buttons else [])]


@dataclass(frozen=True)
class Letter:
    """A template filled in: its parameters, and what each of its buttons sends back."""

    template: Template
    params: tuple[str, ...]
    payloads: tuple[str, ...]

    def components(self, picture_id: str = "") -> list[dict[str, Any]]:
        """What is sent with the template's name; `picture_id` is Meta's of the picture above it."""
        image = {"type": "image", "image": {"id": picture_id}}
        body = {"type": "body", "parameters": [{"type": "text", "text": param} for param in self.params]}
        replies = [
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": at,
                "parameters": [{"type": "payload", "payload": payload}],
            }
            for at, payload in enumerate(self.payloads)
        ]
        return [*([{"type": "header", "parameters": [image]}] if picture_id else []), body, *replies]


def _catalogue(*templates: Template) -> Mapping[str, Template]:
    return {template.notice: template for template in templates}


CATALOGUE: Mapping[str, Template] = _catalogue(
    Template(
        "invite",
        "Anda diundang bergabung dengan Renaksi, asisten pelaporan rencana aksi {{1}}, untuk jabatan {{2}}. "
        "Untuk bergabung, balas pesan ini dengan kode {{3}} paling lambat {{4}}. "
        "Bila undangan ini bukan untuk Anda, abaikan saja pesan ini.",
        ("Kecamatan Kubutambahan", "Kasi Pemerintahan", "KUBU2022", "Selasa 5 April"),
    ),
    Template(
        "reminder",
        "Pengingat untuk {{1}}: masih ada {{2}} laporan rencana aksi yang kurang, dengan batas {{3}}.\n"
        "Balas lapor untuk mengisinya sekarang.",
        ("Bu Sari Andini", "2", "Selasa 5 April"),
        (
            QuickReply("Lapor sekarang", "!lapor"),
            QuickReply("Ingatkan nanti", "!tunda"),
            QuickReply("Lainnya", "!lainnya"),
        ),
    ),
    Template(
        "reminder_below",
        "Kabar untuk {{1}}: laporan rencana aksi {{2}} jabatan di bawah Anda belum lengkap, dengan batas {{3}}.\n"
        "Balas status untuk melihat siapa saja.",
        ("Pak Budi Santosa", "3", "Selasa 5 April"),
        (QuickReply("Ingatkan mereka", "!ingatkan"), QuickReply("Lihat status", "!status")),
    ),
    Template(
        "weekly_summary",
        "Ringkasan mingguan rencana aksi.\n{{1}}, pokok-pokoknya: {{2}}.\nBalas ringkasan untuk melihat rinciannya.",
        ("Yth. Pak Camat, ringkasan Senin 4 April 2022", "Maret: 12 dari 15 jabatan sudah lapor, naik 4"),
        (
            QuickReply("Rincian seksi", "!rincian"),
            QuickReply("Ingatkan yang belum", "!ingatkan"),
            QuickReply("Unduh", "!unduh"),
        ),
        has_picture=True,
    ),
    Template(
        "returned",
        "Laporan Anda dikembalikan untuk diperbaiki: {{1}}.\nDikembalikan oleh {{2}} dengan alasan: {{3}}.\n"
        "Batasnya {{4}}; perbaikan sesudah itu tetap diterima.",
        (
            "Buku wajib administrasi, Maret 2022: 1 desa",
            "Kasubbag Perencanaan",
            "Mohon lampirkan foto bukunya",
            "Selasa 5 April",
        ),
        (QuickReply("Perbaiki", "!lapor"), QuickReply("Balas", "!catatan")),
    ),
    Template(
        "to_check",
        "Kabar untuk {{1}}: sebanyak {{2}} angka baru rencana aksi menunggu Anda periksa.\n"
        "Balas verifikasi untuk memeriksanya.",
        ("Bu Dewi Lestari", "7"),
        (QuickReply("Verifikasi", "!verifikasi"),),
    ),
    Template(
        "to_approve",
        "Kabar untuk {{1}}: semua angka {{2}} sudah terverifikasi, dan {{3}} angka menunggu pengesahan Anda.\n"
        "Balas sahkan untuk melihat ringkasannya.",
        ("Pak Budi Santosa", "TW I 2022", "48"),
        (QuickReply("Sahkan", "!sahkan"),),
    ),
    Template(
        "entered",
        "Kabar dari {{1}}: laporan untuk {{2}} sudah diisikan berdasarkan {{3}}, yaitu {{4}}.\n"
        "Balas koreksi bila ada yang salah.",
        (
            "Bu Dewi Lestari (Kasubbag Perencanaan)",
            "Kasi Pemerintahan",
            "telepon",
            "Buku wajib administrasi, Maret 2022: 1 desa",
        ),
        (QuickReply("Benar", "!status"), QuickReply("Perbaiki", "!koreksi")),
    ),
    Template(
        "corrected",
        "Kabar dari {{1}}: angka terverifikasi {{2}} dikoreksi dari {{3}} menjadi {{4}} dengan alasan: {{5}}.\n"
        "Balas verifikasi untuk memeriksanya lagi.",
        ("Bu Sari Andini", "Buku wajib administrasi, Maret 2022", "1 desa", "2 desa", "Salah ketik"),
        (QuickReply("Verifikasi", "!verifikasi"), QuickReply("Riwayat", "!riwayat")),
    ),
    Template(
        "correction_asked",
        "Permintaan koreksi dari {{1}} untuk periode yang sudah dikunci: {{2}}, dari {{3}} menjadi {{4}} dengan "
        "alasan: {{5}}.\nBalas koreksi untuk memutuskannya.",
        (
            "Bu Sari Andini (Kasi Pemerintahan)",
            "Buku wajib administrasi, Maret 2022",
            "1 desa",
            "2 desa",
            "Salah ketik",
        ),
        (QuickReply("Setujui koreksi", "!koreksi"), QuickReply("Tolak", "!koreksi"), QuickReply("Riwayat", "!riwayat")),
    ),
    Template(
        "correction_agreed",
        "Permintaan koreksi Anda disetujui oleh {{1}}. Untuk {{2}} kini tercatat {{3}}, terverifikasi.\n"
        "Balas riwayat untuk melihat perubahannya.",
        ("Bu Dewi Lestari", "Buku wajib administrasi, Maret 2022", "2 desa"),
        (QuickReply("Riwayat", "!riwayat"),),
    ),
    Template(
        "correction_declined",
        "Permintaan koreksi Anda ditolak oleh {{1}}. Untuk {{2}} tetap tercatat {{3}}, dengan alasan: {{4}}.\n"
        "Balas riwayat untuk melihat perubahannya.",
        ("Bu Dewi Lestari", "Buku wajib administrasi, Maret 2022", "1 desa", "Buktinya belum ada"),
        (QuickReply("Riwayat", "!riwayat"),),
    ),
    Template(
        "more_time",
        "Permintaan waktu tambahan dari {{1}} untuk jabatan {{2}}: laporan {{3}} sampai {{4}}. "
        "Permintaan ini menunggu keputusan Anda.\nBalas setuju untuk melihat alasannya.",
        ("Bu Sari Andini", "Kasi Pemerintahan", "Maret 2022", "Jumat 8 April"),
        (QuickReply("Setuju", "!setuju"), QuickReply("Tolak", "!tolak")),
    ),
    Template(
        "more_time_granted",
        "Waktu tambahan Anda disetujui oleh {{1}}. Batas laporan {{2}} untuk {{3}} menjadi {{4}}.\n"
        "Balas lapor untuk mengisinya.",
        ("Pak Budi Santosa", "Kasi Pemerintahan", "Maret 2022", "Jumat 8 April"),
        (QuickReply("Lapor sekarang", "!lapor"),),
    ),
    Template(
        "more_time_refused",
        "Waktu tambahan Anda tidak disetujui oleh {{1}}. Batas laporan {{2}} untuk {{3}} tetap {{4}}; "
        "sesudah itu laporan tetap diterima dan ditandai terlambat.\nBalas lapor untuk mengisinya.",
        ("Pak Budi Santosa", "Kasi Pemerintahan", "Maret 2022", "Selasa 5 April"),
        (QuickReply("Lapor sekarang", "!lapor"),),
    ),
    Template(
        "outage",
        "Pemberitahuan untuk {{1}}: Renaksi tidak berjalan dari {{2}} sampai {{3}}. "
        "Kiriman Anda di waktu itu mungkin tidak sampai.\nBalas status untuk melihat yang sudah kami terima.",
        ("Bu Sari Andini", "Senin 4 April 08.00 WITA", "Senin 4 April 15.30 WITA"),
        (QuickReply("Lapor sekarang", "!lapor"), QuickReply("Lihat status", "!status")),
    ),
    Template(
        "skipped",
        "Renaksi tidak berjalan dari {{1}} sampai {{2}}, sehingga {{3}} pengingat terlewat. "
        "Yang masih perlu sudah diingatkan sesudahnya.\nBalas status untuk melihat yang belum lapor.",
        ("Senin 4 April 08.00 WITA", "Senin 4 April 15.30 WITA", "3"),
        (QuickReply("Lihat status", "!status"),),
    ),
    Template(
        "cuti_bersama",
        "Pengingat kalender: cuti bersama tahun {{1}} belum ditetapkan, jadi hari kerja dan batas laporan tahun itu "
        "masih dapat berubah.\nBalas libur setelah keputusannya keluar untuk menambahkan tanggalnya.",
        ("2028",),
    ),
    Template(
        "note",
        "Catatan dari {{1}} tentang indikator {{2}}, isinya: {{3}}.\n"
        "Balas catatan untuk membaca semuanya dan menjawab.",
        ("Pak Camat (Camat)", "Buku wajib administrasi", "Mohon sertakan data desa yang belum"),
        (QuickReply("Balas", "!catatan"), QuickReply("Lihat grafik", "!grafik")),
    ),
    Template(
        "absence",
        "Pemberitahuan cuti dan dinas luar untuk {{1}} sebagai berikut: {{2}}\nBalas cuti untuk melihat yang tercatat.",
        ("Pak Budi Santosa", "Bu Sari Andini (Kasi Pemerintahan) cuti Senin 4 April, Plh: Bu Dewi Lestari."),
    ),
    Template(
        "stand_in",
        "Tugas pengganti (Plh) untuk {{1}} sebagai berikut: {{2}}\nBalas lapor untuk mengisi laporannya.",
        ("Bu Dewi Lestari", "Anda menjadi Plh Kasi Pemerintahan, Senin 4 April, karena Bu Sari Andini cuti."),
        (QuickReply("Lapor sekarang", "!lapor"),),
    ),
    Template(
        "stand_in_ends",
        "Perubahan tugas pengganti (Plh) untuk {{1}} sebagai berikut: {{2}}\nBalas status untuk melihat laporan Anda.",
        ("Bu Dewi Lestari", "tugas Anda sebagai Plh Kasi Pemerintahan sudah selesai."),
    ),
    Template(
        "staff_change",
        "Perubahan jabatan untuk {{1}} sebagai berikut: {{2}}\nBalas status untuk melihat laporan Anda.",
        ("Bu Dewi Lestari", "mulai Jumat 1 April Anda Kasi Pemerintahan."),
    ),
    Template(
        "acting_ends",
        "Masa tugas pelaksana tugas (Plt), kabar untuk {{1}}. Pemberitahuannya: {{2}}\n"
        "Balas lapor untuk mengisi laporannya.",
        ("Bu Dewi Lestari", "tugas Anda sebagai Plt Kasi Pembangunan berakhir 14 hari lagi, Selasa 28 Juni."),
        (QuickReply("Lapor sekarang", "!lapor"),),
    ),
    Template(
        "handover",
        "Serah terima jabatan untuk {{1}}: mulai hari ini Anda {{2}}, dengan {{3}} indikator yang diteruskan.\n"
        "Balas serah terima untuk melihat semuanya.",
        ("Bu Dewi Lestari", "Kasi Pemerintahan", "3"),
        (QuickReply("Selengkapnya", "!serah"), QuickReply("Lapor sekarang", "!lapor")),
    ),
    Template(
        "plan_changed",
        "Rencana aksi {{1}} kantor Anda berubah dengan dasar: {{2}}. Perubahannya bagi Anda, {{3}}.\n"
        "Balas status untuk melihat yang berlaku.",
        ("2026", "PK Perubahan, Nomor 050/12/2026", "Kasi Pemerintahan: 2 target berubah, 1 indikator baru"),
        (QuickReply("Lihat status", "!status"),),
    ),
    Template(
        "plan_waits",
        "Persetujuan Camat diperlukan: {{1}} ingin memuat rencana aksi {{2}} dengan alasan: {{3}}.\n"
        "Balas rencana untuk melihat isinya dan memutuskan.",
        ("Bu Dewi Lestari (Plt Kasubbag Perencanaan)", "2026", "PK Perubahan"),
        (QuickReply("Setuju", "!rencana"), QuickReply("Tolak", "!rencana")),
    ),
    Template(
        "plan_decided",
        "Keputusan tentang rencana aksi {{1}} yang Anda kirim: oleh {{2}}, hasilnya {{3}}.\n"
        "Balas rencana untuk melihat yang berlaku.",
        ("2026", "Bu Ratna Dewanti", "disetujui dan dimuat sebagai versi 2"),
    ),
    Template(
        "to_call",
        "Kabar untuk {{1}}: pesan Renaksi tidak sampai kepada {{2}} pegawai, yang perlu dihubungi langsung.\n"
        "Balas terjangkau untuk melihat siapa saja.",
        ("Bu Dewi Lestari", "2"),
        (QuickReply("Lihat daftar", "!terjangkau"),),
    ),
    Template(
        "group_asked",
        "Renaksi ditambahkan ke grup {{1}}. Apakah daftar jabatan {{2}} yang belum lapor boleh dikirim ke sana, tanpa "
        "angka?\nBalas grup untuk memutuskannya.",
        ("Kantor Kecamatan", "Kecamatan Kubutambahan"),
        (QuickReply("Ya", "!grup"), QuickReply("Tidak", "!grup")),
    ),
    Template(
        "group_lost",
        "Renaksi dikeluarkan dari grup {{1}}, jadi daftar yang belum lapor tidak dikirim lagi ke sana.\n"
        "Balas grup untuk melihat grup kantor Anda.",
        ("Kantor Kecamatan",),
    ),
    Template(
        "group_code",
        "Kode undangan untuk jabatan {{1}} ditulis di grup {{2}}, jadi undangan itu dicabut: siapa pun di sana dapat "
        "membacanya.\nBuat undangan baru, dan kirim langsung kepada pemegang jabatannya.",
        ("Kasi Pemerintahan", "Kantor Kecamatan"),
    ),
    Template(
        "kabupaten_week",
        "Kabar mingguan untuk {{1}}. Keadaan laporan kecamatan per {{2}}.\nBalas peringkat untuk melihat rinciannya.",
        ("Kabupaten Wanasari", "Senin 4 April 2022: 12 dari 20 kecamatan sudah lengkap"),
        (QuickReply("Peringkat", "!peringkat"), QuickReply("Siapa yang belum", "!belum")),
    ),
    Template(
        "follow_up",
        "Tindak lanjut untuk {{1}}: sebanyak {{2}} belum ditandai selesai, di antaranya {{3}}.\n"
        "Balas tindak untuk melihat dan menandai yang sudah selesai.",
        ("Bu Sari Andini", "2", "Peraturan desa: surat ke desa (s/d Jumat 29 April)"),
        (QuickReply("Tandai selesai", "!tindak"),),
    ),
    Template(
        "number_change",
        "Nomor WhatsApp {{1}} berganti dari {{2}} menjadi {{3}}. Pastikan dulu kepada orangnya, jangan lewat nomor "
        "baru itu. Bila benar, nomor lama ditutup.",
        ("Bu Sari Andini (Kasi Pemerintahan)", "+62 812-0000-0001", "+62 812-0000-0009"),
        (QuickReply("Nomor benar", "!nomor"), QuickReply("Nomor salah", "!nomor")),
    ),
    Template(
        "number_taken_over",
        "Nomor {{1}} sekarang dipakai untuk Renaksi {{2}}. Nomor lama Anda sudah ditutup.",
        ("+62 812-0000-0009", "Kecamatan Kubutambahan"),
        (QuickReply("Lapor sekarang", "!lapor"),),
    ),
    Template(
        "erasure_asked",
        "Kabar untuk admin kantor: {{1}} meminta datanya di Renaksi dihapus.\nBalas data untuk memutuskannya.",
        ("Bu Sari Andini (Kasi Pemerintahan)",),
        (QuickReply("Lihat permintaan", "!data"),),
    ),
    Template(
        "erasure_declined",
        "Permintaan hapus data Anda tidak disetujui oleh {{1}}. Tanyakan alasannya langsung.\n"
        "Balas data untuk melihat yang disimpan.",
        ("Bu Dewi Lestari",),
        (QuickReply("Lihat data saya", "!data"),),
    ),
    Template(
        "morning_report",
        "Laporan pagi Renaksi untuk {{1}}, tentang 24 jam terakhir: {{2}}.\nBalas terjangkau untuk melihat siapa saja "
        "yang tidak menerima pesan.",
        ("Bu Dewi Lestari", "34 pesan diterima, 58 terkirim, 0 gagal · Disk: sisa 41 GB"),
    ),
    Template(
        "guessing",
        "Kabar untuk {{1}}: ada yang berkali-kali mencoba kode undangan yang salah dan sekarang harus menunggu satu "
        "jam. Bila itu pegawai Anda, balas undang untuk membuatkan undangan baru; bila bukan, abaikan saja pesan ini.",
        ("Bu Dewi Lestari",),
        (QuickReply("Buat undangan", "!undang"),),
    ),
    Template(
        "number_declined",
        "Nomor {{1}} tidak disetujui sebagai nomor Anda, dan nomor lama tetap berlaku. "
        "Bila itu memang nomor Anda, hubungi admin kantor.",
        ("+62 812-0000-0009",),
    ),
)
"""By the name of the Notice; `invite` and `weekly_summary` stand for what is none."""


def letter_of(message: Outgoing) -> Letter | None:
    """The template as which a message may go outside the window; None for what can only be free text."""
    match message:
        case Notice(name=name, params=params) if name in CATALOGUE:
            return _letter(CATALOGUE[name], params, message.options)
        case Chart(chart=chart, title=title, caption=caption) if chart == SUMMARY and title and caption:
            points = " · ".join(line.rstrip(".") for line in caption.splitlines() if line.strip())
            return _letter(CATALOGUE["weekly_summary"], (title, points), message.options)
        case _:
            return None


def _letter(template: Template, params: Sequence[str], options: Sequence[Option]) -> Letter:
    by_label = {option.label: option.token or option.key for option in options}
    payloads = tuple(by_label.get(reply.label, reply.word) for reply in template.replies)
    cleaned = [_cleaned(template, at, param) for at, param in enumerate(params, start=1)]
    return Letter(template, _fitted(template, cleaned), payloads)


def _cleaned(template: Template, at: int, param: str) -> str:
    """One line without WhatsApp's marks, nor a full stop where the template has its own."""
    words = plain(" ".join(param.split()))
    return (words.rstrip(".") if f"{{{{{at}}}}}." in template.body else words) or _EMPTY


def _fitted(template: Template, params: list[str]) -> tuple[str, ...]:
    """The parameters, the longest of them shortened until the whole fits: the template says where the rest is."""
    while (excess := len(template.filled(params)) - BODY_LIMIT) > 0:
        longest = max(range(len(params)), key=lambda at: len(params[at]))
        room = max(_SHORTEST, len(params[longest]) - excess - len(_CUT))
        params[longest] = params[longest][:room].rstrip() + _CUT
    return tuple(params)
