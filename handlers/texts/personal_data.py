"""The copy of everything that is held of a person, as they read it; the same data goes beside it as JSON."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.texts.audit import ACTIONS
from handlers.texts.formats import full_day, month, office
from storage.personal_data import Held, PersonalData

HEADINGS: Mapping[str, str] = {
    "person": "Nama dan nomor",
    "tenure": "Jabatan",
    "absence": "Cuti dan dinas luar",
    "account": "Akun obrolan",
    "conversation": "Pertanyaan yang sedang terbuka",
    "numberchange": "Ganti nomor",
    "invite": "Undangan",
    "report": "Laporan realisasi",
    "behalf": "Laporan untuk jabatan lain",
    "openingasked": "Posisi awal yang ditanyakan",
    "budgetreport": "Laporan keuangan",
    "correctionrequest": "Permintaan koreksi",
    "review": "Pemeriksaan laporan",
    "note": "Catatan",
    "followup": "Kendala dan tindak lanjut",
    "followupend": "Tindak lanjut yang selesai",
    "evidence": "Bukti yang dikirim",
    "extension": "Waktu tambahan",
    "periodturn": "Kunci periode",
    "erasurerequest": "Permintaan hapus data",
    "inbox": "Pesan dari Anda",
    "outbox": "Pesan kepada Anda",
    "planupload": "Rencana aksi yang dikirim",
    "job": "Pekerjaan yang diminta",
    "officegroup": "Grup kantor",
    "overseer": "Admin kabupaten",
    "audit": "Catatan kegiatan",
}
"""By table, in the order in which they stand in the copy."""

LABELS: Mapping[str, str] = {
    "name": "nama", "salutation": "sapaan", "phone": "nomor", "preferred_channel": "saluran pilihan",
    "post": "jabatan", "capacity": "sebagai", "starts": "mulai", "ends": "sampai", "kind": "jenis",
    "withdrawn": "dibatalkan", "entered_at": "dicatat", "channel": "saluran", "address": "alamat",
    "reachable": "dapat dihubungi", "joined_at": "bergabung", "last_inbound_at": "pesan terakhir",
    "dialogue": "percakapan", "state": "keadaan", "asked_at": "diminta", "decision": "keputusan",
    "decided_at": "diputuskan", "decided_as": "diputuskan sebagai", "made_at": "dibuat",
    "expires_at": "berlaku sampai", "used_at": "dipakai", "revoked_at": "dicabut", "indicator": "indikator",
    "line": "baris anggaran", "period": "periode", "revision": "revisi", "value": "realisasi", "spent": "terpakai",
    "physical": "fisik", "numerator": "pembilang", "denominator": "penyebut", "note": "keterangan",
    "reason": "alasan", "confirmed_doubt": "dipastikan", "provisional": "sementara", "late": "terlambat",
    "reported_at": "dilaporkan", "verdict": "hasil", "at": "waktu", "text": "isi", "cause": "kendala",
    "action": "tindakan", "handler": "pelaksana", "until": "batas", "capaian": "capaian", "word": "kata penutup",
    "size": "ukuran (byte)", "caption": "keterangan foto", "received_at": "diterima", "removed_at": "dihapus",
    "wanted": "diminta sampai", "asked_on": "diminta", "decided_on": "diputuskan",
    "decision_reason": "alasan keputusan", "locks": "mengunci", "keeper": "sebagai", "day": "hari", "said": "isi",
    "media": "berkas", "said_at": "waktu", "message": "isi", "error": "hambatan kirim", "settled_at": "terkirim",
    "details": "rincian", "subject": "perihal", "old": "lama", "new": "baru", "sent_at": "dikirim",
    "answers": "jawaban", "document": "nomor dokumen", "chosen": "dipilih", "to_date": "posisi s/d",
    "basis": "dasar", "confirmed_at": "dibenarkan", "begins": "mulai dipakai", "title": "nama",
    "changed_at": "berubah", "kabupaten": "kabupaten", "ended_at": "berakhir",
}  # fmt: skip
"""By column."""

TECHNICAL = frozenset({
    "id", "person_id", "stand_in_id", "used_by", "decided_by", "asked_by", "removed_by", "conversation_id", "inbox_id",
    "report_id", "followup_id", "evidence_id", "hash", "shown", "fingerprint", "mime", "album", "external_id",
    "message_id", "sequence", "source", "step", "window_closed_at", "done_at", "lane", "dedup_key", "occasion",
    "due_at", "opens_at", "counted_as", "plan_id", "provider_id", "template", "fate", "fate_at",
    "holder_id", "confirmed_by", "answered_on", "shared", "minute_began", "minute_messages",
})  # fmt: skip
"""Columns that stand in the JSON only: numbers by which rows and messages are found, and how they were sent."""
_VALUES: Mapping[str, str] = {
    **ACTIONS, "asked": "diminta", "agreed": "disetujui", "granted": "diberikan", "refused": "ditolak",
    "declined": "ditolak", "superseded": "diganti", "photo": "foto", "document": "dokumen", "voice": "suara",
    "video": "video", "link": "tautan", "done": "selesai", "ready": "menunggu", "fetching": "menunggu berkas",
    "sent": "terkirim", "due": "menunggu dikirim", "waiting": "menunggu jam kerja", "failed": "gagal",
    "not_needed": "tidak diperlukan lagi", "expired": "kedaluwarsa", "to_call": "perlu dihubungi langsung",
    "poison": "tidak dapat diproses",
}  # fmt: skip
"""Words of tables that mean something to people."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")

_WORDS = ("title", "body", "text", "caption", "label", "name")
"""Where the words of a message stand."""


def as_text(data: PersonalData, zone: str) -> str:
    """The whole copy. `zone` is how the office's clock is called (`WITA`)."""
    made = data.made_at
    head = [
        "SALINAN DATA PRIBADI",
        f"Renaksi {office(data.office)}, dibuat {full_day(made.date())} {made:%H.%M} {zone}",
        f"Atas nama: {data.name}",
        "",
        "Berkas ini memuat semua yang disimpan tentang Anda. Simpan baik-baik. Jabatan, angka, dan catatan kegiatan",
        "adalah arsip kantor; nama, nomor, akun, dan isi obrolan dapat diminta dihapus dengan mengetik data saya.",
        "Nomor teknis (sidik berkas, nomor pesan) ada di salinan JSON, yang dapat diminta kepada admin.",
    ]
    by_table = {one.table: one for one in data.held}
    sections = [_section(by_table[name]) for name in HEADINGS if name in by_table]
    return "\n".join([*head, *(line for lines in sections for line in lines), ""])


def _section(held: Held) -> list[str]:
    return ["", f"{HEADINGS[held.table].upper()} ({len(held.rows)})", *(f"- {_line(row)}" for row in held.rows)]


def _line(row: Mapping[str, Any]) -> str:
    heard = {column: value for column, value in row.items() if column not in TECHNICAL}
    return " · ".join(f"{LABELS.get(column, column)}: {_plain(value)}" for column, value in heard.items())


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case dict():
            said = [str(value[part]) for part in _WORDS if value.get(part)]
            return " / ".join(" ".join(one.split()) for one in said) or json.dumps(value, ensure_ascii=False)
        case list():
            return json.dumps(value, ensure_ascii=False)
        case str() if _MOMENT.fullmatch(value):
            at = datetime.fromisoformat(value)
            return f"{at.day} {month(at.month)} {at.year} {at:%H.%M}"
        case _:
            return _VALUES.get(str(value)) or " ".join(str(value).split())
