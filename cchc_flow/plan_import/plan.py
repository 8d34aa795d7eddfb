"""Builds the proposal from a document's outline: first the content of each section, then the remarks."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cchc_flow.hookspecs import Area as KnownArea
from cchc_flow.plan_import.extraction.annex import annex_rows
from cchc_flow.plan_import.extraction.areas import extract_work
from cchc_flow.plan_import.extraction.deadlines import apply_exclusive_before, find_deadlines
from cchc_flow.plan_import.extraction.leads import add_suggested_leads
from cchc_flow.plan_import.extraction.letterhead import (
    is_day_blank,
    issuer_of,
    legal_bases_of,
    number_of,
    recipients_of,
    signer_of,
    title_of,
    year_of,
)
from cchc_flow.plan_import.extraction.measures import measures
from cchc_flow.plan_import.extraction.sections import Sections, find_sections, statement_nodes
from cchc_flow.plan_import.extraction.units import Duties, extract_duties
from cchc_flow.plan_import.proposal import Deadline, Goal, Proposal, Statement
from cchc_flow.plan_import.review.checks import Source, check_plan
from cchc_flow.plan_import.review.unread import unread_remarks
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.outline import Node
from cchc_flow.plan_import.structure.topics import assign_topics

EVERYONE = "Các cơ quan, đơn vị"


def build_proposal(
    document: DocumentParts,
    outline: Node,
    known_areas: Sequence[KnownArea],
    *,
    before_is_exclusive: bool = True,
) -> Proposal:
    """Return the proposal with its remarks; for a text that is no plan it has neither areas nor targets.

    A task «trước ngày 25/01» is due on the 24th, or on the 25th if `before_is_exclusive` is false.
    """
    root = assign_topics(outline, known_areas)
    nodes = tuple(descendants(root))
    text = "\n".join([*(line.text for line in document.front), *(node.full_text for node in nodes)])
    proposal = extract_proposal(document, find_sections(root), text)
    areas = apply_exclusive_before(proposal.areas) if before_is_exclusive else proposal.areas
    proposal = replace(proposal, areas=add_suggested_leads(areas, proposal.units, known_areas))
    source = Source(nodes, text, is_day_blank(document), document.has_appendix)
    remarks = (*check_plan(proposal, source), *unread_remarks(proposal, document, root.children))
    return replace(proposal, warnings=remarks)


def extract_proposal(document: DocumentParts, sections: Sections, text: str) -> Proposal:
    """Return the proposal without remarks; `text` is the document's text up to the end of the body."""
    work = extract_work(sections)
    whole_text = "\n".join([text, *(line.text for line in (*document.closing, *document.tail))])
    duties = extract_duties(sections.assignments, whole_text)
    year = year_of(document)
    return Proposal(
        title=title_of(document),
        number=number_of(document),
        year=year,
        issuer=issuer_of(document),
        legal_bases=legal_bases_of(document),
        objectives=goals(sections.objectives),
        requirements=tuple(
            Statement(node.ref, node.full_text)
            for section in sections.requirements
            for node in statement_nodes(section)
        ),
        areas=work.areas,
        targets=(*goals(sections.targets), *(goal(node) for node in work.targets)),
        units=duties.units,
        general_assignments=duties.general,
        deadlines=tuple(deadlines_of(duties, year)),
        annex=annex_rows(document.tables, year),
        warnings=(),
        closing_day=f"{year}-12-31" if year else None,
        funding=tuple(node.full_text for section in sections.funding for node in statement_nodes(section)),
        recipients=recipients_of(document),
        signer=signer_of(document),
    )


def goals(sections: Sequence[Node]) -> tuple[Goal, ...]:
    """Return the goals of some sections: one for each statement in them."""
    return tuple(goal(node) for section in sections for node in statement_nodes(section))


def goal(node: Node) -> Goal:
    """Return a node as a goal, with the measures that its text states."""
    return Goal(node.ref, node.full_text, measures(node.full_text))


def deadlines_of(duties: Duties, year: int | None) -> Iterator[Deadline]:
    """Yield the deadlines for everyone, then those of each unit in document order."""
    for assignment in duties.general:
        yield from find_deadlines(EVERYONE, assignment, year)
    for unit in duties.units:
        for assignment in unit.assignments:
            yield from find_deadlines(unit.name, assignment, year)


def descendants(node: Node) -> Iterator[Node]:
    """Yield all nodes below a node in document order."""
    for child in node.children:
        yield child
        yield from descendants(child)
