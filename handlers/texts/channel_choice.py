"""Sentences of "saluran": where reminders and summaries go."""

from collections.abc import Sequence

from handlers.texts.formats import listed

LAST_USED = "Terakhir dipakai"
WHERE = "Ke mana pengingat dikirim?"
PICK = "Pilih salah satu tombol, atau ketik namanya, misalnya WhatsApp."
RESTART = "Ketik saluran"
CANCELLED = "Baik, tidak ada yang berubah."
ANSWERS = "Balasan selalu datang di tempat Anda menulis."


def only(name: str) -> str:
    """Somebody who joined on one channel."""
    return (
        f"Anda terhubung lewat {name}; pengingat dan ringkasan dikirim ke sana.\n"
        "Untuk menambah saluran lain, minta undangan kepada admin, lalu kirim kodenya dari saluran itu."
    )


def present(names: Sequence[str], chosen: str, last: str, lost: Sequence[str]) -> str:
    """Where the person joined, where reminders go now, and where they cannot be written to.

    `chosen` is empty where they go to `last`, the channel that was used last.
    """
    to = chosen or f"{last} (terakhir dipakai)"
    lines = [
        f"Anda terhubung lewat {listed(names)}.",
        *(f"{one} tidak dapat dikirimi pesan; tulis halo di sana untuk memakainya lagi." for one in lost),
        f"Pengingat dan ringkasan sekarang dikirim ke {to}.",
    ]
    return "\n".join(lines)


def question(standing: str) -> str:
    return f"{standing}\n{ANSWERS}\n{WHERE}"


def agreed(chosen: str, others: Sequence[str]) -> str:
    """`chosen` is empty for the channel that was used last."""
    if not chosen:
        return f"Baik, pengingat dan ringkasan mengikuti saluran yang terakhir Anda pakai. {ANSWERS}"
    other = f" Bila {chosen} tidak dapat dikirimi, dipakai {listed(others)}." if others else ""
    return f"Baik, pengingat dan ringkasan dikirim ke {chosen}.{other} {ANSWERS}"


def joined_another(names: Sequence[str]) -> str:
    """Below the welcome of somebody who joined before, on another channel."""
    return f"Anda kini terhubung lewat {listed(names)}. Ketik saluran untuk memilih ke mana pengingat dikirim."
