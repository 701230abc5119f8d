"""Sentences of `renaksi person`."""

from handlers.texts.formats import office as office_name
from storage.erasure import Erased

NOBODY = "Tidak ada pegawai dengan nama atau nomor itu. Tulis nama lengkapnya seperti di buku kerja, atau nomornya."
STILL_SERVING = (
    "Orang itu masih memegang jabatan. Akhiri dulu masa jabatannya di buku kerja lalu jalankan renaksi load, atau "
    "pakai --yes-still-serving."
)
NOT_ERASED = "Tidak ada yang dihapus."


def several(number: int) -> str:
    return f"Ada {number} pegawai dengan nama itu. Sebutkan nomornya."


def question(name: str, office: str) -> str:
    """What is asked before somebody is erased."""
    return (
        f"Hapus nama, nomor, akun, dan isi obrolan {name} dari {office_name(office)}? "
        "Jabatan, angka, dan catatan kegiatan tetap. Ini tidak dapat dibatalkan."
    )


def copied(name: str, out: str) -> str:
    return f"Salinan data {name} ditulis ke {out}. Serahkan hanya kepada orangnya, lalu hapus berkas itu."


def erased(done: Erased) -> str:
    """What was erased, and where the person is mentioned still."""
    evidence = f", {done.evidence} bukti" if done.evidence else ""
    archive = f"\nArsip yang tidak dapat diubah masih menyebutnya di {done.sealed} tempat." if done.sealed else ""
    return (
        f"Dihapus: nama, nomor, akun, {done.messages} pesan, {done.mentions} sebutan di tempat lain{evidence}."
        f"{archive}\n"
        "Hapus juga dari buku kerja dan dari cadangan lama, supaya tidak termuat lagi."
    )
