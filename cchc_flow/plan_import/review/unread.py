"""Names the passages of a document that went into no part of the proposal, so that nothing is lost unseen."""

import re
from collections.abc import Iterator, Sequence, Set

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.proposal import Passage, Proposal, Remark
from cchc_flow.plan_import.review.doubts import quote
from cchc_flow.plan_import.review.ranking import make_remark
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.outline import Node

MOST_REMARKS = 30
APPENDIX = re.compile(r"(?:phụ lục|PHỤ LỤC|Phụ lục)\b")


def unread_remarks(proposal: Proposal, document: DocumentParts, nodes: Sequence[Node]) -> Iterator[Remark]:
    """Yield a remark for each section, introduction, appendix and table that was not used; 30 at most."""
    used = used_lines(proposal.passages)
    remarks = [remark for node in nodes for remark in unused_parts(node, used, "")]
    yield from remarks[:MOST_REMARKS]
    if len(remarks) > MOST_REMARKS:
        rest = f"Còn {len(remarks) - MOST_REMARKS} đoạn khác không được đưa vào kế hoạch."
        yield make_remark("unread", "", rest)
    yield from unused_tables_and_appendix(proposal, document)


def used_lines(passages: Sequence[Passage]) -> frozenset[int]:
    """Return the indexes of the lines that are in the proposal."""
    return frozenset(index for index, passage in enumerate(passages) if passage.ref)


def unused_parts(node: Node, used: Set[int], above: str) -> Iterator[Remark]:
    """Yield a remark for each part of a node that was not used; a node without any used part is one remark.

    `used` are the lines that the proposal uses, `above` is the reference of the node above.
    """
    if not is_used(node, used):
        is_introduction = node.kind == "text" and above
        yield introduction_remark(node, above) if is_introduction else left_out_remark(node)
        return
    for child in node.children:
        yield from unused_parts(child, used, node.ref)


def introduction_remark(node: Node, ref: str) -> Remark:
    """Return the remark on a paragraph that only leads to what stands below the same heading."""
    return make_remark(
        "introduction", ref, f"Lời dẫn chỉ để đọc, không thành công việc: «{quote(node.full_text)}»."
    )


def left_out_remark(node: Node) -> Remark:
    """Return the remark on a node that is not in the proposal, with all that stands below it."""
    paragraphs = count_paragraphs(node)
    size = f" ({paragraphs} đoạn)" if paragraphs > 1 else ""
    return make_remark("unread", node.ref, f"Không đưa vào kế hoạch: «{quote(node.full_text)}»{size}.")


def is_used(node: Node, used: Set[int]) -> bool:
    """Return whether a line of the node or of a node below it is in the proposal."""
    return any(line in used for line in node.lines) or any(is_used(child, used) for child in node.children)


def count_paragraphs(node: Node) -> int:
    """Return how many paragraphs a node and those below it have."""
    return len(node.lines) + sum(map(count_paragraphs, (*node.attributes, *node.children)))


def unused_tables_and_appendix(proposal: Proposal, document: DocumentParts) -> Iterator[Remark]:
    """Yield a remark for each table without tasks, and for an appendix that is not a table of tasks."""
    places = {passage.place for passage in proposal.passages if passage.ref}
    for table in document.tables:
        if not places.intersection(range(table.place, table.place + len(table.rows))):
            yield make_remark(
                "unread_table",
                "Bảng",
                f"Bảng «{quote(table_heading(table))}» không phải bảng nhiệm vụ; không đưa vào.",
            )
    start = next((index for index, line in enumerate(document.tail) if APPENDIX.match(line.text)), None)
    lines = len(document.tail) - start - 1 if start is not None else 0
    if lines > 1 and not proposal.annex:
        words = f"Phụ lục có {lines} đoạn không ở dạng bảng nhiệm vụ; không đưa vào."
        yield make_remark("unread_table", "Phụ lục", words)


def table_heading(table: Table) -> str:
    """Return the texts of a table's first row, to name the table by."""
    return " · ".join(cell for cell in table.rows[0] if cell) if table.rows else ""
