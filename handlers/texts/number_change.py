"""Sentences of a changed number: how it is told, asked for, decided, and what then holds."""

from collections.abc import Sequence

from handlers.texts.formats import listed

RIGHT = "Nomor benar"
WRONG = "Nomor salah"
YOU = "Anda"
REPORT_NOW = "Lapor sekarang"
NOTHING_WAITS = "Tidak ada nomor baru yang menunggu keputusan."
UNKNOWN_CHANGE = "Permintaan ganti nomor itu tidak ditemukan. Ketik nomor untuk melihat yang menunggu."
NOT_YOURS = "Nomor baru diputuskan oleh admin atau camat, bukan oleh pemiliknya sendiri."
WITHOUT_NUMBER = (
    "Anda belum bergabung lewat WhatsApp. Mintalah undangan kepada admin kantor Anda, lalu kirim kodenya dari WhatsApp."
)
UNREADABLE = "Nomor itu tidak lengkap. Tulis misalnya: nomor 0812-0000-0009"
SAME = "Nomor itu sudah tercatat sebagai nomor Anda."
TAKEN = "Nomor itu sudah dipakai orang lain. Periksa lagi angkanya."
WAITS = (
    "Nomor ini menunggu persetujuan admin kantor Anda. Setelah disetujui, Anda kami kabari di sini. "
    "Sampai saat itu nomor lama tetap dipakai."
)
HIDDEN = "(nomor disembunyikan)"


def present(phone: str) -> str:
    """What is known of one's own number, and how to change it."""
    return (
        f"Nomor WhatsApp Anda: {phone or HIDDEN}.\n"
        "Bila berganti, ketik nomor dan nomor barunya, misalnya: nomor 0812-0000-0009"
    )


def asked(new: str, deciders: Sequence[str]) -> str:
    return (
        f"Permintaan mengganti nomor Anda menjadi {new} menunggu persetujuan {listed(deciders)}. "
        "Sampai disetujui, nomor lama tetap dipakai."
    )


def to_decide(who: str, old: str, new: str) -> str:
    """What a decider is asked; `who` comes with the post."""
    return (
        f"Nomor WhatsApp {who} berganti.\n"
        f"Lama: {old or HIDDEN}\n"
        f"Baru: {new or HIDDEN}\n"
        "Pastikan dulu kepada orangnya, jangan lewat nomor baru itu. Bila benar, nomor lama ditutup."
    )


def own_to_decide(old: str, new: str) -> str:
    """What an admin is asked whom nobody else in the office can be asked about."""
    return (
        "Ganti nomor WhatsApp Anda?\n"
        f"Lama: {old or HIDDEN}\n"
        f"Baru: {new or HIDDEN}\n"
        "Periksa angkanya: nomor lama ditutup, lalu Anda hanya dapat menulis dari nomor baru."
    )


def which(word: str) -> str:
    return "Nomor siapa yang benar?" if word == "benar" else "Nomor siapa yang salah?"


def you_agreed(who: str, new: str, *, told: bool) -> str:
    """What the decider is answered."""
    rest = f"{who} diberi tahu di sana." if told else f"Mohon beri tahu {who} secara langsung."
    return f"Nomor {who} sekarang {new or HIDDEN}; nomor lama ditutup. {rest}"


def you_declined(who: str, new: str) -> str:
    """What the decider is answered."""
    return f"Baik, {new or HIDDEN} tidak dipakai. Nomor lama {who} tetap berlaku."


def decided_before(who: str, new: str, by: str, *, agreed: bool) -> str:
    """A second tap, or a request that was replaced by another."""
    what = "sudah dipakai" if agreed else "tidak dipakai"
    return f"Nomor {new or HIDDEN} untuk {who} {what}{f', diputuskan oleh {by}' if by else ''}."


def taken_over(office: str, new: str) -> str:
    """What the person is told at the new number."""
    return f"Nomor {new or HIDDEN} sekarang dipakai untuk Renaksi {office}. Nomor lama sudah ditutup."


def turned_down(new: str) -> str:
    """What the person is told at the old number."""
    return (
        f"Nomor {new or HIDDEN} tidak disetujui sebagai nomor Anda; nomor lama tetap berlaku. "
        "Bila itu memang nomor Anda, hubungi admin kantor."
    )
