"""As which files each official form is had: known here, because the chat offers them and the edge makes them."""

from collections.abc import Mapping

PDF, XLSX, DOCX, CSV = "pdf", "xlsx", "docx", "csv"

FORM_FILES: Mapping[str, tuple[str, ...]] = {
    "renaksi": (PDF, XLSX, DOCX),
    "renja": (PDF, XLSX),
    "tc29": (PDF, XLSX),
    "rfk": (PDF, XLSX),
    "paten": (PDF, XLSX, DOCX),
    "data": (XLSX, CSV),
}
"""Endings by the name of a form. DOCX is for forms in which the office writes; the others are tables of figures."""


def file_name(form: str, period: str, number: int, ending: str) -> str:
    """What a form is called on somebody's phone: `renaksi-2022-tw1-no123.pdf`."""
    return f"{form}-{period.lower()}-no{number}.{ending}"
