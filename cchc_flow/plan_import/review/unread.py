"""Lists the passages of a document that went into no part of the proposal, so that nothing is lost unseen."""

from collections.abc import Iterator, Sequence

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.proposal import Proposal, Remark, Task
from cchc_flow.plan_import.structure.document_parts import APPENDIX, DocumentParts
from cchc_flow.plan_import.structure.outline import Node

MOST_REMARKS = 30
LONGEST_QUOTE = 80


def unread_remarks(proposal: Proposal, document: DocumentParts, nodes: Sequence[Node]) -> Iterator[Remark]:
    """Yield a remark for each section, introduction, appendix and table that was not used; 30 at most."""
    refs = used_refs(proposal)
    texts = set(proposal.funding)
    remarks = [remark for node in nodes for remark in unused_parts(node, refs, texts)]
    yield from remarks[:MOST_REMARKS]
    if len(remarks) > MOST_REMARKS:
        yield Remark("", f"Còn {len(remarks) - MOST_REMARKS} đoạn khác không được đưa vào kế hoạch.")
    yield from unused_tables_and_appendix(proposal, document)


def used_refs(proposal: Proposal) -> set[str]:
    """Return the references of everything that is in the proposal."""
    goals = {goal.ref for goal in (*proposal.objectives, *proposal.targets)}
    assignments = [assignment for unit in proposal.units for assignment in unit.assignments]
    statements = (*proposal.requirements, *proposal.general_assignments, *assignments)
    tasks = [task for area in proposal.areas for task in area.tasks]
    return (
        goals
        | {statement.ref for statement in statements}
        | {ref for task in tasks for ref in refs_of_task_and_subtasks(task)}
    )


def refs_of_task_and_subtasks(task: Task) -> Iterator[str]:
    """Yield the references of a task and of all its subtasks."""
    yield task.ref
    for child in task.children:
        yield from refs_of_task_and_subtasks(child)


def unused_parts(node: Node, refs: set[str], texts: set[str]) -> Iterator[Remark]:
    """Yield a remark for each part of a node that was not used; a node without any used part is one remark.

    `refs` and `texts` are what the proposal uses.
    """
    if node.ref in refs or node.full_text in texts:
        return
    if not is_used(node, refs, texts):
        paragraphs = count_paragraphs(node)
        size = f" ({paragraphs} đoạn)" if paragraphs > 1 else ""
        yield Remark(node.ref, f"Không đưa vào kế hoạch: «{quote(node.full_text)}»{size}.")
        return
    if node.children and node.body:
        yield Remark(node.ref, f"Lời dẫn chỉ để đọc, không thành công việc: «{quote(' '.join(node.body))}».")
    for child in node.children:
        yield from unused_parts(child, refs, texts)


def is_used(node: Node, refs: set[str], texts: set[str]) -> bool:
    """Return whether the node, a paragraph of its body or a node below it is in the proposal."""
    if node.ref in refs or node.full_text in texts or any(line in texts for line in node.body):
        return True
    return any(f"{node.ref}.{number}" in refs for number in range(1, len(node.body) + 1)) or any(
        is_used(child, refs, texts) for child in node.children
    )


def count_paragraphs(node: Node) -> int:
    """Return how many paragraphs a node and those below it have."""
    return 1 + len(node.body) + sum(map(count_paragraphs, node.children))


def quote(text: str) -> str:
    """Return the text; of a long one its first whole words, 80 characters at most, and "…"."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rpartition(' ')[0]} …"


def unused_tables_and_appendix(proposal: Proposal, document: DocumentParts) -> Iterator[Remark]:
    """Yield a remark for each table without tasks, and for an appendix that is not a table of tasks."""
    for table in document.tables if not proposal.annex else ():
        yield Remark("Bảng", f"Bảng «{quote(table_heading(table))}» không phải bảng nhiệm vụ; không đưa vào.")
    start = next((index for index, line in enumerate(document.tail) if APPENDIX.match(line.text)), None)
    lines = len(document.tail) - start - 1 if start is not None else 0
    if lines > 1 and not proposal.annex:
        yield Remark("Phụ lục", f"Phụ lục có {lines} đoạn không ở dạng bảng nhiệm vụ; không đưa vào.")


def table_heading(table: Table) -> str:
    """Return the texts of a table's first row, to name the table by."""
    return " · ".join(cell for cell in table.rows[0] if cell) if table.rows else ""
