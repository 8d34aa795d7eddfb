"""Reads what the tables of a plan hold: targets, assignments, and the tasks of an appendix."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.annex import annex_rows
from cchc_flow.plan_import.extraction.sections import PlacedNode
from cchc_flow.plan_import.extraction.target_tables import placed_goals
from cchc_flow.plan_import.extraction.unit_tables import UnitRow, unit_rows
from cchc_flow.plan_import.proposal import AnnexRow, Goal
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.nesting import LONGEST_HEADING
from cchc_flow.plan_import.structure.outline import Node
from cchc_flow.plan_import.structure.tagged_lines import STRUCTURE

TABLE = "Bảng"


class TableContent(msgspec.Struct, frozen=True):
    """What the tables hold, and the reference of each of their rows that went into the proposal, by place.

    `work` are the rows of the appendix that stand below a heading of the text, `heads` the references of
    such headings.
    """

    targets: tuple[Goal, ...]
    units: tuple[UnitRow, ...]
    annex: tuple[AnnexRow, ...]
    refs: dict[int, str]
    work: tuple[AnnexRow, ...] = ()
    heads: frozenset[str] = frozenset()


def read_tables(document: DocumentParts, placed: Sequence[PlacedNode], plan_year: int | None) -> TableContent:
    """Return what the tables of a document hold; a day without a year is of the plan's."""
    above = nodes_above_rows(document, placed)
    annex = tuple(with_area(row, above.get(row.place)) for row in annex_rows(document.tables, plan_year))
    refs = {row.place: row.ref for row in annex}
    targets: list[Goal] = []
    units: list[UnitRow] = []
    for number, table in enumerate(document.tables, 1):
        if any(place in refs for place in places_of(table)):
            continue
        ref = table_ref(table, number, document, placed)
        goals = list(placed_goals(table, ref, plan_year))
        rows = [] if goals else list(unit_rows(table, ref))
        refs |= {place: goal.ref for place, goal in goals} | {row.place: row.assignment.ref for row in rows}
        targets += [goal for _, goal in goals]
        units += rows
    for table in document.tables:
        if any(place in refs for place in places_of(table)):
            refs = dict.fromkeys(places_of(table), TABLE) | refs
    work = tuple(row for row in annex if row.place in above)
    heads = frozenset(above[row.place].ref for row in work)
    return TableContent(tuple(targets), tuple(units), annex, refs, work, heads)


def nodes_above_rows(document: DocumentParts, placed: Sequence[PlacedNode]) -> dict[int, Node]:
    """Return the node that heads nothing but the table of a row, by the place of the row."""
    last = {one.node.lines[-1]: one.node for one in placed if one.node.lines and not one.node.children}
    first_rows = {line.line.place: line.index for line in document.lines if line.is_row}
    above: dict[int, Node] = {}
    for table in document.tables:
        node = last.get(first_rows.get(table.place, 0) - 1)
        if node is not None and may_head(node):
            above |= dict.fromkeys(places_of(table), node)
    return above


def may_head(node: Node) -> bool:
    """Return whether a node can be the heading of a table of tasks."""
    is_short = len(node.full_text) <= LONGEST_HEADING and not node.full_text.endswith((".", ";"))
    return is_short and bool(node.label) and node.role in ("area", "task")


def with_area(row: AnnexRow, node: Node | None) -> AnnexRow:
    """Return the row in the area that the heading of its table names, unless the table names one."""
    return row if node is None or row.area is not None else replace(row, area=node.text.rstrip(" :."))


def places_of(table: Table) -> range:
    """Return the places of the rows of a table in the file."""
    return range(table.place, table.place + len(table.rows))


def table_ref(table: Table, number: int, document: DocumentParts, placed: Sequence[PlacedNode]) -> str:
    """Return the reference of the heading that a table stands under, else «Bảng» and its number.

    Where that heading has paragraphs of its own the rows are told from them by «Bảng» in their reference.
    """
    before = sum(line.line.place < table.place for line in document.lines)
    if not document.body_start <= before <= document.body_end:
        return f"{TABLE}-{number}"
    above = [one for one in placed if one.node.lines and one.node.lines[0] < before]
    last = above[-1] if above else None
    path = (*last.above, last.node) if last else ()
    heading = next((node for node in reversed(path) if node.role in STRUCTURE), None)
    if heading is None:
        return f"{TABLE}-{number}"
    has_items = any(child.role != "other" for child in heading.children)
    return f"{heading.ref}.{TABLE}-{number}" if has_items else heading.ref
