"""The copy of everything that is held of a person, as they read it; the same data goes beside it as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from handlers.texts.formats import full_day, office
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
    "job": "Pekerjaan yang diminta",
    "audit": "Catatan kegiatan",
}
"""By table, in the order in which they stand in the copy."""

LABELS: Mapping[str, str] = {
    "id": "no.", "name": "nama", "salutation": "sapaan", "phone": "nomor", "preferred_channel": "saluran pilihan",
    "post": "jabatan", "capacity": "sebagai", "starts": "mulai", "ends": "sampai", "kind": "jenis",
    "withdrawn": "dibatalkan", "entered_at": "dicatat", "channel": "saluran", "address": "alamat",
    "reachable": "dapat dihubungi", "joined_at": "bergabung", "last_inbound_at": "pesan terakhir",
    "window_closed_at": "jendela ditutup", "dialogue": "percakapan", "step": "langkah", "state": "keadaan",
    "asked_at": "diminta", "decision": "keputusan", "decided_at": "diputuskan", "made_at": "dibuat",
    "expires_at": "berlaku sampai", "used_at": "dipakai", "revoked_at": "dicabut", "indicator": "indikator",
    "line": "baris anggaran", "period": "periode", "revision": "revisi", "value": "realisasi", "spent": "terpakai",
    "physical": "fisik", "numerator": "pembilang", "denominator": "penyebut", "note": "keterangan",
    "reason": "alasan", "confirmed_doubt": "dipastikan", "provisional": "sementara", "late": "terlambat",
    "source": "asal", "message_id": "no. pesan", "reported_at": "dilaporkan", "verdict": "hasil", "at": "waktu",
    "text": "isi", "cause": "kendala", "action": "tindakan", "handler": "pelaksana", "until": "batas",
    "capaian": "capaian", "word": "kata penutup", "hash": "sidik berkas", "size": "ukuran (byte)",
    "caption": "keterangan foto", "mime": "jenis isi", "shown": "sidik salinan", "fingerprint": "sidik gambar",
    "album": "album", "received_at": "diterima", "removed_at": "dihapus", "wanted": "diminta sampai",
    "asked_on": "diminta", "decided_on": "diputuskan", "decision_reason": "alasan keputusan", "locks": "mengunci",
    "keeper": "sebagai", "day": "hari", "external_id": "no. dari kanal", "sequence": "urutan", "said": "isi",
    "media": "berkas", "said_at": "waktu", "done_at": "selesai", "lane": "jalur", "dedup_key": "kunci pesan",
    "message": "isi", "occasion": "sebab", "due_at": "dikirim mulai", "opens_at": "menunggu sampai",
    "counted_as": "dihitung untuk", "provider_id": "no. di kanal", "template": "templat", "fate": "nasib",
    "fate_at": "diketahui", "error": "hambatan kirim", "settled_at": "terkirim", "details": "rincian",
    "subject": "perihal", "old": "lama", "new": "baru",
    "person_id": "no. orang", "stand_in_id": "no. pengganti", "used_by": "dipakai oleh no.",
    "decided_by": "diputuskan oleh no.", "decided_as": "diputuskan sebagai", "asked_by": "diminta oleh no.",
    "removed_by": "dihapus oleh no.", "conversation_id": "no. obrolan", "inbox_id": "no. pesan masuk",
    "report_id": "no. laporan", "followup_id": "no. tindak lanjut", "evidence_id": "no. bukti",
}  # fmt: skip
"""By column."""

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
    ]
    by_table = {one.table: one for one in data.held}
    sections = [_section(by_table[name]) for name in HEADINGS if name in by_table]
    return "\n".join([*head, *(line for lines in sections for line in lines), ""])


def _section(held: Held) -> list[str]:
    return ["", f"{HEADINGS[held.table].upper()} ({len(held.rows)})", *(f"- {_line(row)}" for row in held.rows)]


def _line(row: Mapping[str, Any]) -> str:
    return " · ".join(f"{LABELS.get(column, column)}: {_plain(value)}" for column, value in row.items())


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case dict():
            said = [str(value[part]) for part in _WORDS if value.get(part)]
            return " / ".join(" ".join(one.split()) for one in said) or json.dumps(value, ensure_ascii=False)
        case list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return " ".join(str(value).split())
