"""Tells of each line of a document what it was read as, and where in the proposal it went."""

from collections.abc import Iterator, Mapping, Set
from typing import Protocol

from cchc_flow.plan_import.extraction.areas import all_tasks
from cchc_flow.plan_import.extraction.attribute_labels import read_attributes
from cchc_flow.plan_import.extraction.attributes import attribute_texts
from cchc_flow.plan_import.extraction.table_cells import split_units
from cchc_flow.plan_import.extraction.tables import TableContent
from cchc_flow.plan_import.proposal import Passage, Proposal
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.outline import Node
from cchc_flow.plan_import.structure.tagged_lines import BODY, ENDING, OPENING, TaggedLine


class HasRef(Protocol):
    """A part of the proposal that has a reference."""

    @property
    def ref(self) -> str: ...


SUREST_OF_A_PICTURE = 0.84
"""Below what counts as sure."""
IN_FRONT, AT_END = "Mở đầu", "Kết thúc"


def build_passages(
    proposal: Proposal, document: DocumentParts, root: Node, tables: TableContent
) -> tuple[Passage, ...]:
    """Return a passage for each line of a document, in order."""
    used = used_refs(proposal) | tables.heads
    refs = dict(refs_of_lines(root, used, attribute_values(proposal)))
    bases = set(proposal.legal_bases)
    refs |= {line.index: IN_FRONT for line in document.body if line.text.strip(" ;.,") in bases}
    return tuple(
        Passage(
            place=line.line.place,
            page=line.line.page,
            ref=refs.get(line.index) or ref_outside_outline(line, document, tables.refs),
            text=line.text,
            role=line.role,
            section=line.tag.section,
            confidence=confidence_of(line),
            other=line.tag.other,
            legibility=line.line.legibility,
        )
        for line in document.lines
    )


def confidence_of(line: TaggedLine) -> float:
    """Return how sure a line is: its role, and its words where they were recognised in a picture.

    What was recognised is never quite sure: a person compares it with the paper.
    """
    legibility = line.line.legibility
    if legibility is None:
        return line.tag.confidence
    return round(min(line.tag.confidence * legibility, SUREST_OF_A_PICTURE), 3)


def ref_outside_outline(line: TaggedLine, document: DocumentParts, rows: Mapping[int, str]) -> str:
    """Return where a line went that is no part of the outline: into the formal parts, or a row of a table."""
    if row := rows.get(line.line.place, "") if line.is_row else "":
        return row
    if line.index < document.body_start and line.role in OPENING | ENDING:
        return IN_FRONT
    if line.index >= document.body_end and line.role in ENDING and not line.is_row:
        return AT_END
    return ""


def used_refs(proposal: Proposal) -> set[str]:
    """Return the references of everything that is in the proposal, a funding rule's by its text."""
    assignments = [assignment for unit in proposal.units for assignment in unit.assignments]
    parts: tuple[HasRef, ...] = (
        *proposal.objectives, *proposal.targets, *proposal.requirements, *proposal.general_assignments,
        *proposal.reporting, *assignments, *proposal.areas, *proposal.units, *all_tasks(proposal.areas),
    )  # fmt: skip
    return {part.ref for part in parts if part.ref} | set(proposal.funding)


def attribute_values(proposal: Proposal) -> set[str | None]:
    """Return the values of all attributes of tasks."""
    tasks = list(all_tasks(proposal.areas))
    return {value for task in tasks for value in (task.lead, task.due_text, *task.support)}


def refs_of_lines(
    node: Node, used: set[str], known: Set[str | None], above: str = ""
) -> Iterator[tuple[int, str]]:
    """Yield the index of each line below a node that went into the proposal, and the reference it went into.

    `known` are the values of the attributes of tasks, `above` is the reference of an assignment or rule that
    holds the texts of all nodes below it.
    """
    for child in node.children:
        is_used = child.ref in used or child.full_text in used
        own = child.ref if is_used else above
        holds_all = child.role in ("duty", "reporting") and bool(own)
        if own or (child.role in BODY and heads_used(child, used)):
            yield from ((line, own or child.ref) for line in child.lines)
        if is_used or holds_all:
            yield from attribute_lines(child, own, known)
        yield from refs_of_lines(child, used, known, own if holds_all else "")


def heads_used(node: Node, used: set[str]) -> bool:
    """Return whether a node heads something that is in the proposal."""
    return any(
        child.ref in used or child.full_text in used or heads_used(child, used) for child in node.children
    )


def attribute_lines(node: Node, ref: str, known: Set[str | None]) -> Iterator[tuple[int, str]]:
    """Yield the lines that say who leads a task, until when …, with the reference of the task."""
    for attribute in node.attributes:
        if node.role in ("task", "duty", "reporting") or is_told(attribute, known):
            yield from ((line, ref) for one in (attribute, *descendants(attribute)) for line in one.lines)


def is_told(attribute: Node, known: Set[str | None]) -> bool:
    """Return whether all that an attribute of a heading says is told of some task."""
    found = [part for text in attribute_texts(attribute) for part in read_attributes(text)]
    values = [
        value
        for part in found
        for value in (split_units(part.value) if part.name == "support" else [part.value])
    ]
    return bool(values) and all(value in known for value in values)


def descendants(node: Node) -> Iterator[Node]:
    """Yield all nodes below a node in document order."""
    for child in node.children:
        yield child
        yield from descendants(child)
