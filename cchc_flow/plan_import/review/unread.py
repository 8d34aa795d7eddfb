"""What a plan says that went into no part of the proposal: named to the reader, so that nothing is lost."""

from collections.abc import Iterator, Sequence

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.proposal import Proposal, Remark, Task
from cchc_flow.plan_import.structure.document_parts import APPENDIX, DocumentParts
from cchc_flow.plan_import.structure.outline import Node

MOST_REMARKS = 30
LONGEST_QUOTE = 80


def unread_remarks(proposal: Proposal, frame: DocumentParts, nodes: Sequence[Node]) -> Iterator[Remark]:
    """A remark for each part, each leading paragraph, appendix and table of which nothing was taken."""
    known = used_refs(proposal)
    taken = set(proposal.funding)
    remarks = [remark for node in nodes for remark in unused_parts(node, known, taken)]
    yield from remarks[:MOST_REMARKS]
    if len(remarks) > MOST_REMARKS:
        yield Remark("", f"Còn {len(remarks) - MOST_REMARKS} đoạn khác không được đưa vào kế hoạch.")
    yield from unused_tables(proposal, frame)


def used_refs(proposal: Proposal) -> set[str]:
    goals = {one.ref for one in (*proposal.objectives, *proposal.targets)}
    told = [one for unit in proposal.units for one in unit.assignments]
    stated = {one.ref for one in (*proposal.requirements, *proposal.general_assignments, *told)}
    tasks = [task for area in proposal.areas for task in area.tasks]
    return goals | stated | {ref for task in tasks for ref in task_refs(task)}


def task_refs(task: Task) -> Iterator[str]:
    yield task.ref
    for child in task.children:
        yield from task_refs(child)


def unused_parts(node: Node, known: set[str], taken: set[str]) -> Iterator[Remark]:
    """What was left out at a node and below it; a part that was left out as a whole is one remark."""
    if node.ref in known or node.full_text in taken:
        return
    if not is_used(node, known, taken):
        paragraphs = count_paragraphs(node)
        size = f" ({paragraphs} đoạn)" if paragraphs > 1 else ""
        yield Remark(node.ref, f"Không đưa vào kế hoạch: «{quote(node.full_text)}»{size}.")
        return
    if node.children and node.body:
        yield Remark(node.ref, f"Lời dẫn chỉ để đọc, không thành công việc: «{quote(' '.join(node.body))}».")
    for child in node.children:
        yield from unused_parts(child, known, taken)


def is_used(node: Node, known: set[str], taken: set[str]) -> bool:
    """Whether the node or anything below it, marked or not, is in the proposal."""
    if node.ref in known or node.full_text in taken or any(line in taken for line in node.body):
        return True
    return any(f"{node.ref}.{place}" in known for place in range(1, len(node.body) + 1)) or any(
        is_used(child, known, taken) for child in node.children
    )


def count_paragraphs(node: Node) -> int:
    return 1 + len(node.body) + sum(map(count_paragraphs, node.children))


def quote(text: str) -> str:
    """The text, or its beginning up to a word."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rpartition(' ')[0]} …"


def unused_tables(proposal: Proposal, frame: DocumentParts) -> Iterator[Remark]:
    """Tables that list no tasks, and an appendix that is no table."""
    for table in frame.tables if not proposal.annex else ():
        yield Remark("Bảng", f"Bảng «{quote(table_heading(table))}» không phải bảng nhiệm vụ; không đưa vào.")
    begin = next((place for place, line in enumerate(frame.tail) if APPENDIX.match(line.text)), None)
    lines = len(frame.tail) - begin - 1 if begin is not None else 0
    if lines > 1 and not proposal.annex:
        yield Remark("Phụ lục", f"Phụ lục có {lines} đoạn không ở dạng bảng nhiệm vụ; không đưa vào.")


def table_heading(table: Table) -> str:
    return " · ".join(cell for cell in table.rows[0] if cell) if table.rows else ""
