"""The summary of a proposal for a person at a terminal: what it is, what is doubtful, what was read."""

from collections.abc import Iterator, Sequence

from cchc_flow.plan_import.proposal import Area, Proposal, Remark, Task, leaves
from cchc_flow.plan_import.review.doubts import (
    doubt_line,
    doubtful_passages,
    quote,
    split_unread,
    where_words,
)
from cchc_flow.plan_import.review.ranking import folded_remarks, group_remarks, short_list

MOST_DOUBTS, MOST_UNREAD = 10, 10
RANK_WORDS = {"decide": "Cần quyết định", "look": "Nên xem", "info": "Thông tin"}


def summary(proposal: Proposal, *, is_full: bool = False) -> str:
    """Return the plan in some forty lines: its head, its doubtful lines, its counts, what is unread, remarks.

    If `is_full` all doubtful and unread lines and all remarks are named, else the weightiest.
    """
    parts = (
        list(_head_lines(proposal)),
        list(_doubt_lines(proposal, None if is_full else MOST_DOUBTS)),
        [*(_area_line(area) for area in proposal.areas), "", _counts_line(proposal)],
        list(_unread_lines(proposal, None if is_full else MOST_UNREAD)),
        list(_remark_lines(proposal.warnings, is_full=is_full)),
    )
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head_lines(proposal: Proposal) -> Iterator[str]:
    """Yield the title, number, year and issuer, and what the document is and why."""
    yield proposal.title
    yield (
        f"Số: {proposal.number or 'để trống'} · Năm: {proposal.year or 'không rõ'} · {proposal.issuer or ''}"
    )
    carrier = f" ban hành kèm theo {proposal.carrier}" if proposal.carrier else ""
    reasons = f" ({'; '.join(proposal.kind_reasons[:3])})" if proposal.kind_reasons else ""
    yield f"Loại văn bản: kế hoạch{carrier}{reasons}"


def _doubt_lines(proposal: Proposal, most: int | None) -> Iterator[str]:
    """Yield the doubtful lines, the least sure first."""
    doubtful = doubtful_passages(proposal)
    if doubtful:
        yield f"Chưa chắc đọc đúng ({len(doubtful)} đoạn):"
        yield from (f"  {doubt_line(passage)}" for passage in doubtful[:most])
        yield from _more(len(doubtful), most)


def _unread_lines(proposal: Proposal, most: int | None) -> Iterator[str]:
    """Yield the lines that went into no part of the plan; those that open and close it in one line."""
    unread, formal = split_unread(proposal)
    if unread:
        yield f"Không đưa vào kế hoạch ({len(unread)} đoạn):"
        yield from (f"  {where_words(passage)}: «{quote(passage.text)}»" for passage in unread[:most])
        yield from _more(len(unread), most)
    if formal:
        yield f"Lời mở đầu, lời kết, chỉ để đọc: {', '.join(map(where_words, formal))}."


def _more(count: int, most: int | None) -> Iterator[str]:
    """Yield a line that says how many were not named."""
    if most is not None and count > most:
        yield f"  … và {count - most} đoạn nữa (thêm --all để xem hết)"


def _remark_lines(warnings: Sequence[Remark], *, is_full: bool) -> Iterator[str]:
    """Yield the few remarks to read, or all of them."""
    shown, folded = (warnings, ()) if is_full else (short_list(warnings), folded_remarks(warnings))
    if shown:
        yield "Cần xem lại:"
        yield from (f"  {RANK_WORDS[remark.rank]} · {remark.ref}: {remark.message}" for remark in shown)
    if folded:
        yield f"Thông tin thêm: {len(group_remarks(folded))} điều (thêm --all để xem hết)."


def _area_line(area: Area) -> str:
    """Return a line with an area, its number, and how many work items it has."""
    return f"  {area.code}. {area.title}: {len(_work_items(area))} công việc"


def _work_items(area: Area) -> list[Task]:
    """Return the tasks of an area that become work items."""
    return [leaf for task in area.tasks for leaf in leaves(task)]


def _counts_line(proposal: Proposal) -> str:
    """Return a line with the numbers of areas, work items, targets, measures, units and deadlines."""
    work = sum(len(_work_items(area)) for area in proposal.areas)
    measures = sum(len(target.measures) for target in proposal.targets)
    assignments = sum(len(unit.assignments) for unit in proposal.units)
    return "; ".join(
        (
            f"{len(proposal.areas)} lĩnh vực, {work} công việc",
            f"{len(proposal.targets)} chỉ tiêu với {measures} thước đo",
            f"{len(proposal.units)} đơn vị với {assignments} nhiệm vụ riêng",
            f"{len(proposal.deadlines)} hạn báo cáo.",
        )
    )
