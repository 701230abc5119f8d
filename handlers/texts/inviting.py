"""Sentences of inviting people to their posts (word "undang")."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.zones import local
from handlers.texts.channels import name as channel_name
from handlers.texts.formats import day, listed, moment, office
from storage.invites import InviteCard
from storage.people import Closed

TITLE = "Undangan"
ALL_JOINED = "Semua pemegang jabatan sudah bergabung. Ketik undang dan nama jabatannya untuk mengundang lagi."
PICK = "Pilih jabatannya, atau ketik undang dan namanya."
NEXT_PAGE = "Berikutnya"
ALL = "Undang semua"
REVOKE = "Cabut"
ANEW = "Buat baru"
CODE = "Kode"
NOBODY = "kosong"
NONE_LEFT = "Semua yang belum bergabung sudah diundang. Ketik undang untuk melihat daftarnya."
WHICH = "Jabatan mana yang diundang?"
GONE = "Undangan itu tidak ada di kantor ini. Ketik undang untuk melihat daftarnya."
PERSON_GONE = "Pejabat itu tidak lagi akan memegang jabatan ini. Ketik undang untuk melihat daftarnya."
POST_GONE = "Jabatan itu tidak ada lagi. Ketik undang untuk melihat daftarnya."
CLOSED = {
    Closed.USED: "Undangan itu sudah dipakai, jadi tidak perlu dicabut.",
    Closed.REVOKED: "Undangan itu sudah dicabut sebelumnya.",
    Closed.EXPIRED: "Masa berlaku undangan itu sudah lewat.",
}


def send_all(number: int) -> str:
    return f"Kirim {number} undangan"


def heading(missing: int, posts: int) -> str:
    return f"Belum bergabung: {missing} dari {posts} jabatan"


def row(number: int, title: str, holder: str, fate: str) -> str:
    """`1 Camat (Bu Ratna Dewanti): belum diundang`"""
    return f"{number} {title} ({holder}): {fate}"


def coming(name: str, begins: date) -> str:
    """Somebody who is still to come, with their first day."""
    return f"{name}, mulai {day(begins)}"


def which_person(title: str, people: Sequence[str]) -> str:
    """A post changes hands: who of them is invited?"""
    return "\n".join((f"{title} berganti pejabat. Siapa yang diundang?", *people))


def fate(card: InviteCard | None, zone: str) -> str:
    """What became of the newest invitation to somebody who has not joined."""
    if card is None:
        return "belum diundang"
    match card.closed:
        case None:
            return f"diundang {_day(card.made_at, zone)}, berlaku s/d {_day(card.expires_at, zone)}"
        case Closed.EXPIRED:
            return f"undangan {_day(card.made_at, zone)} lewat masanya"
        case _:
            return f"undangan {_day(card.made_at, zone)} tidak berlaku lagi"


def only_by(channels: Sequence[str]) -> str:
    """Somebody has joined, but not by every channel."""
    return f"baru lewat {listed([channel_name(one) for one in channels])}"


def _day(when: datetime, zone: str) -> str:
    return day(local(when, zone).date())


def not_found(words: str) -> str:
    return f'Jabatan "{words}" tidak ada. Ketik undang untuk melihat daftarnya.'


def confirm_all(number: int) -> str:
    """Before every invitation is made."""
    return (
        f"{number} jabatan belum bergabung dan belum punya undangan yang berlaku.\n"
        "Tiap undangan datang sebagai satu pesan, untuk diteruskan kepada pemegang jabatannya."
    )


def all_made(titles: Sequence[str]) -> str:
    return (
        f"{len(titles)} undangan menyusul, satu pesan untuk tiap jabatan: {listed(titles)}. "
        "Teruskan masing-masing kepada pemegangnya."
    )


def already(title: str, card: InviteCard, zone: str) -> str:
    """An invitation still holds; its code is kept nowhere, so that it cannot be shown again."""
    until = moment(local(card.expires_at, zone), zone)
    return (
        f"{title} sudah diundang {_day(card.made_at, zone)}, berlaku s/d {until}.\n"
        "Kodenya tidak kami simpan. Bila pesannya hilang, buat yang baru: yang lama dicabut."
    )


def revoked(title: str) -> str:
    return f"Undangan untuk {title} dicabut; tautan dan kodenya tidak dapat dipakai lagi. Ketik undang untuk yang baru."


def title_of(office_name: str) -> str:
    return f"Undangan Renaksi {office(office_name)}"


def invitation(post: str, holder: str, links: Sequence[tuple[str, str]], code: str, until: str) -> str:
    """What is passed on to the holder of a post; `links` are those by the channels' names."""
    whom = f"Untuk {post} ({holder})" if holder else f"Untuk {post}"
    ways = "".join(f"\n{channel_name(channel)}: {link}" for channel, link in links)
    how = "Buka tautannya atau pindai gambarnya" if links else "Kirim kodenya ke Renaksi"
    return (
        f"{whom}{ways}\nKode: {code}\nBerlaku s/d {until}, sekali pakai, hanya untuk pemegang jabatan itu.\n"
        f"{how}, lalu jawab Ya, saya."
    )


def label_of(channel: str) -> str:
    return channel_name(channel)
