"""Sentences for the admin about the running of the program; none quotes what a person wrote."""

INVITE = "Buat undangan"

FOREIGN_POLLER = (
    "Ada program lain yang memakai token Telegram kantor ini, sehingga sebagian pesan mungkin tidak sampai. "
    "Minta pemasang mematikan program itu atau mengganti token."
)


def channel_stopped(channel: str) -> str:
    """`channel` by its name: what the admin is told when nothing can be sent there."""
    return (
        f"{channel} kantor ini sedang tidak dapat mengirim pesan. Tidak ada pesan yang hilang: semuanya menunggu dan "
        "terkirim sendiri setelah diperbaiki. Minta pemasang menjalankan renaksi doctor."
    )


def guessing(name: str) -> str:
    """What an admin is told when somebody tries invitation codes."""
    return (
        f"{name}, ada yang berkali-kali mencoba kode undangan yang salah dan sekarang harus menunggu satu jam. "
        "Bila itu pegawai Anda, ketik undang untuk membuatkan undangan baru; bila bukan, abaikan saja pesan ini."
    )


def poison_reported(inbox_id: int) -> str:
    """What the admin is told of a message that could not be handled; its content stays private."""
    return f"Satu pesan tidak dapat diproses dan disisihkan (nomor {inbox_id}). Sampaikan nomor ini kepada pemasang."
