"""What ends a command with exit code 2, and why the machine refused a file or an address."""

import errno

REASONS = {
    errno.ENOENT: "foldernya tidak ada",
    errno.ENOTDIR: "foldernya tidak ada",
    errno.EISDIR: "itu sebuah folder",
    errno.EEXIST: "nama itu sudah dipakai sebuah berkas",
    errno.EACCES: "tidak ada hak akses",
    errno.EPERM: "tidak ada hak akses",
    errno.EROFS: "tempatnya hanya dapat dibaca",
    errno.ENOSPC: "ruang penyimpanan penuh",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EADDRINUSE: "sedang dipakai program lain",
    errno.EADDRNOTAVAIL: "bukan alamat komputer ini",
}


class Refused(Exception):
    """Bad input from the person at the command line; the message is one clear sentence in Indonesian."""


def why(failed: OSError) -> str:
    """The reason in Indonesian, to stand after a colon; the machine's own words for one that is not foreseen."""
    return REASONS.get(failed.errno or 0, failed.strerror or str(failed))
