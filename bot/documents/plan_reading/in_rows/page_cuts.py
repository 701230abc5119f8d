"""What a page cut took, and what it tore apart.

A scan loses rows where a page ends: periods of an indicator, its name, several indicators with the heading of their
post. Periods behind a cut are read as those of the indicator before it only where nothing speaks against it, and are
asked about even then. The printed numbers of the rows are the best witness: where none is free between two of them,
there was no third indicator.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.documents.plan_reading.in_rows.period_blocks import Block


def mend_cuts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with what cuts tore apart joined, told which may belong together and which may lack a heading."""
    joined = _joined(_with_strays(blocks))
    return tuple(_doubting(block, _torn_pages(joined)) for block in joined)


# --- periods of another indicator beside a name -------------------------------------------------------------------


def _with_strays(blocks: Sequence[Block]) -> list[Block]:
    """The last periods of one indicator beside the name of the next, whose own begin below: the first are strays."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found and found[-1].at == block.at else None
        if before is not None and _took_strays(before, block):
            found[-1] = replace(
                before, entries=block.entries, strays=before.entries, last_page=block.last_page,
                first_page_rows=before.first_page_rows + block.first_page_rows,
            )  # fmt: skip
        else:
            found.append(block)
    return found


def _took_strays(before: Block, block: Block) -> bool:
    is_whole_head = before.head.opens and not before.is_tail and not before.is_late
    starts_late = bool(before.entries) and not before.starts
    return is_whole_head and starts_late and block.head.is_blank and block.starts and before.last_page == block.page


# --- both sides of a cut ------------------------------------------------------------------------------------------


def _joined(blocks: Sequence[Block]) -> list[Block]:
    found: list[Block] = []
    latest: dict[int, int] = {}
    for at, block in enumerate(blocks):
        before = found[latest[block.at]] if block.at in latest else None
        if before is not None and _may_continue(before, block):
            if _is_no_other(blocks, at):
                found[latest[block.at]] = _together(before, block)
                continue
            block = replace(block, maybe_of=before)
        latest[block.at] = len(found)
        found.append(block)
    return found


def _may_continue(before: Block, block: Block) -> bool:
    """Whether a block without a head could be the rest of the one before: its periods are all later ones."""
    is_headless = block.head.number is None and not block.has_head
    same_kind = block.kind is before.kind or before.kind is None
    later = before.last < block.first if before.entries else True
    return is_headless and same_kind and later and not before.is_complete


def _is_no_other(blocks: Sequence[Block], at: int) -> bool:
    """Whether the row numbers around leave no number for another indicator; True where they say nothing."""
    strip = blocks[at].at
    own = [index for index, block in enumerate(blocks) if block.at == strip]
    here = own.index(at)
    before = next((blocks[index].head.number for index in reversed(own[:here]) if _is_numbered(blocks[index])), None)
    after = next((blocks[index].head.number for index in own[here + 1 :] if _is_numbered(blocks[index])), None)
    if before is None or after is None or after <= before:
        return _has_name_before(blocks, own[:here])
    return after - before == 1


def _is_numbered(block: Block) -> bool:
    return block.head.number is not None


def _has_name_before(blocks: Sequence[Block], own: Sequence[int]) -> bool:
    return bool(own) and blocks[own[-1]].has_head


def _together(before: Block, block: Block) -> Block:
    """One block of both sides, its later periods marked."""
    labels = frozenset(entry.label for entry in block.entries if entry.label)
    head = before.head.with_more(block.head.names[0]) if block.head.names else before.head
    return replace(
        before, head=head, entries=(*before.entries, *block.entries), last_page=block.last_page,
        joined=before.joined | labels,
    )  # fmt: skip


# --- headings of posts that may be lost ---------------------------------------------------------------------------


def _torn_pages(blocks: Sequence[Block]) -> frozenset[int]:
    """Pages before which rows are lost: the one before ends, or this one begins, inside an indicator."""
    torn: set[int] = set()
    for before, block in pairwise(blocks):
        if before.last_page != block.page and (not before.is_complete or not _begins_whole(block)):
            torn.add(block.page)
    return frozenset(torn)


def _begins_whole(block: Block) -> bool:
    return block.starts and (block.has_head or block.head.number is not None)


def _doubting(block: Block, torn: frozenset[int]) -> Block:
    """The block without the rungs, and doubting the post, whose printing may be lost between them and it."""
    path = {
        level: rung
        for level, rung in block.path.items()
        if level not in block.own_rungs or not _is_torn(torn, rung.page, block.page)
    }
    return replace(block, path=path, may_lack_heading=_is_torn(torn, block.post_page, block.page))


def _is_torn(torn: frozenset[int], printed: int, page: int) -> bool:
    return any(printed < each <= page for each in torn)
