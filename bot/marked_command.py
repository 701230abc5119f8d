"""`renaksi check FILE --marked OUT.xlsx`: what was read, as an office workbook with its doubtful cells marked."""

from pathlib import Path

from bot.plan_files import read_plan
from bot.refused import Refused, why
from storage.plan_json import plan_from_json


def write_marked(file: Path, out: Path) -> int:
    """Write the marked workbook of a plan's file; return how many questions it asks.

    Raises Refused for a file that is no plan, or whose plan names no year, and where `out` cannot be written.
    """
    from bot.documents.marked_workbook import write_marked as write

    if out.suffix.lower() != ".xlsx":
        raise Refused("Nama berkas bertanda harus berakhiran .xlsx.")
    if out.exists():
        raise Refused(f"Berkas {out} sudah ada dan tidak ditimpa; pilih nama lain.")
    read = read_plan(file, file.name)
    if read.refused or read.complaints:
        raise Refused(read.refused or "\n".join(f"{one.place}: {one.text}" for one in read.complaints))
    if read.plan is None:
        raise Refused("Tahun rencana tidak tercetak di berkas itu. Tambahkan tahunnya di judul, lalu coba lagi.")
    plan = plan_from_json(read.plan)
    try:
        write(plan, out, {})
    except OSError as failed:
        raise Refused(f"Berkas {out} tidak dapat ditulis: {why(failed)}.") from failed
    answered = {(one.indicator, one.about) for one in plan.answers}
    return sum((one.indicator, one.about) not in answered for one in plan.questions)
