"""What a program takes of its machine while it runs: memory, files and threads, its children's included."""

from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

PROC = Path("/proc")


@dataclass(frozen=True)
class Taken:
    """At one moment: memory of its own in MB, open files, threads."""

    memory: float
    files: int
    threads: int


def taken(pid: int) -> Taken:
    """What a process and its children take now."""
    family = [pid, *_children(pid)]
    status = [
        dict(line.split(":", 1) for line in (PROC / str(one) / "status").read_text().splitlines()) for one in family
    ]
    return Taken(
        sum(int(one["RssAnon"].split()[0]) for one in status) / 1024,
        sum(len(list((PROC / str(one) / "fd").iterdir())) for one in family),
        sum(int(one["Threads"]) for one in status),
    )


def _children(pid: int) -> list[int]:
    listed = (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    return [grandchild for child in map(int, listed) for grandchild in (child, *_children(child))]


@dataclass
class Growth:
    """What a program took again and again."""

    pid: int
    samples: list[Taken] = field(default_factory=list)

    def look(self) -> None:
        """Take a sample."""
        self.samples.append(taken(self.pid))

    def early(self) -> Taken:
        """What it took in the second quarter of the time, when it had met everybody."""
        quarter = max(1, len(self.samples) // 4)
        return _middle(self.samples[quarter : 2 * quarter] or self.samples)

    def late(self) -> Taken:
        """What it took in the last quarter."""
        return _middle(self.samples[-max(1, len(self.samples) // 4) :])

    def __str__(self) -> str:
        before, after = self.early(), self.late()
        return (
            f"memory {before.memory:.0f} -> {after.memory:.0f} MB, files {before.files} -> {after.files}, "
            f"threads {before.threads} -> {after.threads}"
        )


def _middle(samples: list[Taken]) -> Taken:
    return Taken(
        median(one.memory for one in samples),
        round(median(one.files for one in samples)),
        round(median(one.threads for one in samples)),
    )
