"""Reads what the tables of a plan hold: targets, assignments, and the tasks of an appendix."""

from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.annex import annex_rows
from cchc_flow.plan_import.extraction.sections import PlacedNode
from cchc_flow.plan_import.extraction.target_tables import placed_goals
from cchc_flow.plan_import.extraction.unit_tables import UnitRow, unit_rows
from cchc_flow.plan_import.proposal import AnnexRow, Goal
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.tagged_lines import STRUCTURE

TABLE = "Bảng"


class TableContent(msgspec.Struct, frozen=True):
    """What the tables hold, and the reference of each of their rows that went into the proposal, by place."""

    targets: tuple[Goal, ...]
    units: tuple[UnitRow, ...]
    annex: tuple[AnnexRow, ...]
    refs: dict[int, str]


def read_tables(document: DocumentParts, placed: Sequence[PlacedNode], plan_year: int | None) -> TableContent:
    """Return what the tables of a document hold; a day without a year is of the plan's."""
    annex = annex_rows(document.tables, plan_year)
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
    return TableContent(tuple(targets), tuple(units), annex, refs)


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
