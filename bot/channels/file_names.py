"""The name under which a file is sent: whoever named it first may have meant a folder of somebody else's machine."""

LONGEST = 120
"""Characters, of which the last ones are kept: they say what kind of file it is."""
_SEPARATORS = str.maketrans("/\\:", "___")


def file_name(name: str) -> str:
    """A name that fits a header and is a name only: no folders, no control characters, not hidden, never empty."""
    printable = "".join(sign for sign in name if sign.isprintable())
    return printable.translate(_SEPARATORS)[-LONGEST:].strip().lstrip(".").strip() or "berkas"
