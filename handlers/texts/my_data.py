"""Sentences about a person's own data: what is held, the copy of it, and who decides that it is erased."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.channels import name as channel_name
from handlers.texts.formats import day, listed
from handlers.texts.office_settings import kept

TITLE = "Data Anda di Renaksi"
COPY = "Kirim salinan saya"
ASK = "Minta dihapus"
WITHDRAW = "Batalkan permintaan"
SHOW = "Lihat permintaan"
ERASE = "Hapus datanya"
DECLINE = "Tolak"
CERTAIN = "Ya, hapus"
NOT_YET = "Jangan dulu"
OWN = "Lihat data saya"
COPY_NAME = "data-saya.txt"
COPYING = "Salinan data Anda sedang disiapkan dan segera dikirim ke sini."
COPY_FAILED = "Salinan data belum berhasil dibuat. Ketik data untuk mencoba lagi."
COPIED = (
    "Ini semua yang disimpan tentang Anda. Simpan baik-baik, karena berisi nomor dan obrolan Anda. "
    "Ketik data untuk pilihan lain."
)
WITHDRAWN = "Permintaan hapus data dibatalkan. Ketik data untuk melihat yang disimpan."
NOTHING_WAITS = "Tidak ada permintaan hapus data yang menunggu. Ketik data untuk melihat yang disimpan."
NOT_YOURS = "Penghapusan data diputuskan oleh admin atau camat. Ketik data untuk melihat data Anda sendiri."
NOBODY = "Nama itu tidak ditemukan. Tulis misalnya: data pegawai Sari Andini"
GONE = "Data orang itu sudah dihapus sebelumnya. Ketik bantuan untuk pilihan lain."
ONLY_OTHERS = "Data Anda sendiri diputuskan oleh admin lain atau camat. Ketik data, lalu pilih Minta dihapus."
NO_NUMBER = "belum dicatat"


def overview(
    name: str,
    phone: str,
    channels: Sequence[str],
    posts: Sequence[str],
    counts: Sequence[tuple[str, int]],
    months: int | None,
) -> str:
    """What is held of the person who asks, in one screen."""
    held = " · ".join(f"{label} {number}" for label, number in counts if number) or "belum ada"
    return (
        f"Nama: {name}\n"
        f"Nomor: {phone or NO_NUMBER}\n"
        f"Obrolan: {listed([channel_name(one) for one in channels]) or 'belum tersambung'}\n"
        f"Jabatan: {listed(posts) or 'tidak ada'}\n"
        f"Tersimpan: {held}\n"
        f"Isi obrolan disimpan {kept(months)}.\n"
        "Jabatan, angka, dan catatan kegiatan adalah arsip kantor."
    )


def with_request(text: str, deciders: Sequence[str]) -> str:
    return f"{text}\n\nPermintaan hapus data menunggu {listed(deciders) or 'admin'}."


def with_waiting(text: str, number: int) -> str:
    return f"{text}\n\n{number} permintaan hapus data menunggu keputusan Anda."


def asked(deciders: Sequence[str], posts: Sequence[str]) -> str:
    """What the person is answered who asked to be erased."""
    who = listed(deciders) or "admin kantor"
    if posts:
        return (
            f"Permintaan dicatat untuk {who}. Selama Anda {listed(posts)}, nama dan nomor Anda masih diperlukan; "
            "data dihapus sesudah jabatan itu berakhir."
        )
    return (
        f"Permintaan dicatat untuk {who}. Bila disetujui, nama, nomor, akun, dan isi obrolan dihapus, "
        "lalu Renaksi tidak lagi mengenali Anda di sini."
    )


def to_decide(who: str, since: date | None, lines: Sequence[str], *, serving: bool) -> str:
    """What a decider sees of somebody: who asked since when, what goes and what stays."""
    begin = f"{who} meminta datanya dihapus ({day(since)})." if since else f"Data {who}."
    if serving:
        then = "; Anda diberi tahu bila sudah bisa." if since else "."
        return (
            f"{begin}\nMasih memegang jabatan, jadi belum dapat dihapus. Akhiri dulu masa jabatannya di buku kerja, "
            f"lalu muat lagi{then}"
        )
    return "\n".join((begin, *lines))


def goes_and_stays(reports: int, others: int) -> tuple[str, ...]:
    """What is erased of somebody, and what stays as an archive."""
    counted = [f"{number} {what}" for number, what in ((reports, "laporan"), (others, "catatan")) if number]
    return (
        "Dihapus: nama, nomor, akun, dan isi obrolan.",
        f"Tetap, tanpa nama: {listed(['jabatan', *counted, 'bukti', 'catatan kegiatan'])}.",
    )


def certain(who: str) -> str:
    return f"Hapus data {who} sekarang? Ini tidak dapat dibatalkan, dan orangnya tidak lagi dikenali di Renaksi."


def erased(sealed: int) -> str:
    """What was done; without the name, which is gone."""
    archive = f" Catatan arsip yang masih menyebut namanya: {sealed}." if sealed else ""
    return (
        f"Nama, nomor, akun, dan isi obrolan orang itu sudah dihapus.{archive}\n"
        "Hapus juga dari buku kerja kantor, supaya tidak termuat lagi."
    )


def declined(who: str, *, told: bool) -> str:
    rest = f"{who} diberi tahu." if told else f"Mohon beri tahu {who} secara langsung."
    return f"Baik, data {who} tetap disimpan. {rest}"


def turned_down(by: str) -> str:
    """What the person is told whose request was declined."""
    return f"Permintaan hapus data Anda tidak disetujui oleh {by}. Tanyakan alasannya langsung, atau ketik data."


def which(number: int) -> str:
    return f"{number} orang cocok. Siapa yang dimaksud?"


def former(who: str, titles: Sequence[str]) -> str:
    """`Bu Sari Andini (mantan Kasi Pemerintahan)`."""
    return f"{who} (mantan {listed(titles)})" if titles else who
