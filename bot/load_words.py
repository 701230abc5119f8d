"""What `renaksi load` says when it is done: what was loaded, what is still open, what changes for whom."""

from collections.abc import Iterator

from bot.loading import Changed
from domain.plan import OfficePlan, Role
from domain.plan_changes import PostChanges

_NEXT = "Berikutnya: renaksi invite untuk membuat undangan."


def told(done: Changed) -> str:
    """The lines for a terminal."""
    plan = done.plan
    if not done.loaded.changed:
        return f"Rencana {plan.office} {plan.year} sudah dimuat sebelumnya; tidak ada yang berubah."
    return "\n".join([_loaded(done), *_unassigned(plan), *_changes(done.changes), _NEXT])


def _loaded(done: Changed) -> str:
    plan = done.plan
    services = sum(row.service for row in plan.indicators)
    counted = f"{services} layanan, " if services else ""
    still_open = max(len(plan.questions) - len(plan.answers), 0)
    return (
        f"Rencana {plan.office} {plan.year} versi {done.loaded.version} dimuat: {_reported(plan)} indikator, "
        f"{counted}{len(plan.posts)} jabatan, {still_open} pertanyaan masih terbuka."
    )


def _unassigned(plan: OfficePlan) -> Iterator[str]:
    """That a plan which names no posts left everything with whoever looks after it."""
    owners = {row.post for row in plan.indicators if row.post is not None}
    admins = [post.title for post in plan.posts if post.is_admin and post.title in owners]
    if plan.only_plan and admins and not any(post.role in (Role.KASI, Role.PELAKSANA) for post in plan.posts):
        yield (
            f"Berkas itu tidak menyebut jabatan, jadi indikatornya dicatat pada {admins[0]}. Untuk membaginya, isi "
            "kolom Jabatan pada buku kerja dari renaksi check --marked, lalu muat buku kerja itu."
        )


def _reported(plan: OfficePlan) -> int:
    """The indicators of a workbook with its rows for orientation, as before; those of a plan file without them."""
    return sum(not row.service and not (plan.only_plan and row.context) for row in plan.indicators)


def _changes(changes: tuple[PostChanges, ...]) -> Iterator[str]:
    changed = [one for one in changes if one.anything]
    if not changes:
        return
    yield "Yang berubah:" if changed else "Tidak ada target yang berubah."
    for one in changed:
        counts = ((len(one.changed), "berubah"), (len(one.added), "baru"), (len(one.gone), "tidak ada lagi"))
        told = ", ".join(f"{count} {what}" for count, what in counts if count)
        yield f"- {one.post or 'Belum ada jabatannya'}: {told}"
