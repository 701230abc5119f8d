"""The five real plans that come with the program."""

from pathlib import Path

SAMPLES = ("kubutambahan-2022", "gumelar-2022", "kemangkon-2022", "sidayu-2020", "randuagung-2024")


def sample_path(plan: str) -> Path:
    """The office workbook of a plan: in the installed package, else beside it in a checkout."""
    here = Path(__file__).parent
    installed = here / "samples" / f"{plan}.xlsx"
    return installed if installed.exists() else here.parent / "samples" / f"{plan}.xlsx"
