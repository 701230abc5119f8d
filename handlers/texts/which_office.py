"""Sentences for whoever works for several offices."""

from collections.abc import Sequence

from handlers.texts.formats import listed, office

WHICH = "Untuk kantor mana?"
REPORT_NOW = "Lapor sekarang"
LOOK_FIRST = "Lihat status"
NOT_YOURS = "Kantor itu tidak terhubung dengan akun ini. Ketik kantor untuk melihat pilihan."


def name(office_name: str, kabupaten: str) -> str:
    """`Kecamatan Kubutambahan`; `Kabupaten Wanasari` where somebody looks after its offices."""
    return office(office_name) if office_name else of_kabupaten(kabupaten)


def of_kabupaten(kabupaten: str) -> str:
    """`Kabupaten Wanasari`, `Kota Wanasari`: whether or not the workbook wrote the word."""
    is_named = kabupaten.casefold().startswith(("kabupaten", "kota"))
    return kabupaten if is_named else f"Kabupaten {kabupaten}"


def question(present: str) -> str:
    return f"Sekarang untuk {present}.\n{WHICH}"


def only(present: str) -> str:
    """Somebody of one office."""
    return (
        f"Anda terhubung dengan satu kantor: {present}.\n"
        "Untuk kantor lain, mintalah undangan kepada adminnya, lalu kirim kodenya ke sini."
    )


def same(present: str) -> str:
    return f"Anda memang sedang di {present}. Ketik lapor, status, atau bantuan."


def moved(present: str) -> str:
    return (
        f"Baik, sekarang untuk {present}, sampai Anda mengetik kantor lagi.\n"
        "Ketik lapor untuk melapor atau melanjutkan yang belum selesai."
    )


def moved_to_kabupaten(present: str) -> str:
    return f"Baik, sekarang untuk {present}, sampai Anda mengetik kantor lagi.\nKetik peringkat atau belum."


def joined_another(names: Sequence[str]) -> str:
    """Below the welcome of somebody who works for others, too."""
    return f"Anda kini terhubung dengan {listed(names)}. Ketik kantor untuk berpindah."
