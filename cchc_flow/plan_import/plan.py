"""Builds the proposal from a document's tagged lines: first what each part holds, then the remarks."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cchc_flow.hookspecs import Area as KnownArea
from cchc_flow.plan_import.extraction.annex_joining import areas_of, join_annex
from cchc_flow.plan_import.extraction.areas import extract_areas
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
from cchc_flow.plan_import.extraction.passages import build_passages, descendants
from cchc_flow.plan_import.extraction.sections import (
    PlacedNode,
    is_requirement,
    place_nodes,
    statements_of,
    whole_text,
)
from cchc_flow.plan_import.extraction.tables import TableContent, read_tables
from cchc_flow.plan_import.extraction.units import Duties, extract_duties
from cchc_flow.plan_import.proposal import Area, Deadline, Goal, Proposal, Statement
from cchc_flow.plan_import.review.checks import Source, check_plan
from cchc_flow.plan_import.review.unread import unread_remarks
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.outline import Node
from cchc_flow.plan_import.structure.topics import topic_named

EVERYONE = "Các cơ quan, đơn vị"


def build_proposal(
    document: DocumentParts,
    root: Node,
    known_areas: Sequence[KnownArea],
    *,
    before_is_exclusive: bool = True,
) -> Proposal:
    """Return the proposal with its remarks; for a text that is no plan it has neither areas nor targets.

    A task «trước ngày 25/01» is due on the 24th, or on the 25th if `before_is_exclusive` is false.
    """
    nodes = tuple(descendants(root))
    front = [line.text for line in document.front]
    text = "\n".join([*front, *(whole_text(node) for node in root.children)])
    tables = read_tables(document, tuple(place_nodes(root)), year_of(document))
    proposal = extract_proposal(document, root, tables, known_areas, text)
    areas = with_areas_of_tables(proposal, tables, known_areas)
    if before_is_exclusive:
        areas = apply_exclusive_before(areas)
    annex = join_annex(proposal.annex, areas) if proposal.areas else proposal.annex
    areas = add_suggested_leads(areas, proposal.units, known_areas)
    proposal = replace(proposal, areas=areas, annex=annex)
    passages = build_passages(proposal, document, root, tables)
    proposal = replace(proposal, passages=passages)
    source = Source(nodes, text, is_day_blank(document), document.has_appendix)
    remarks = (*check_plan(proposal, source), *unread_remarks(proposal, document, root.children))
    return replace(proposal, warnings=remarks)


def with_areas_of_tables(
    proposal: Proposal, tables: TableContent, known_areas: Sequence[KnownArea]
) -> tuple[Area, ...]:
    """Return the areas of the text and of tables below its headings; without any, those of the appendix."""
    rows = tables.work if proposal.areas else proposal.annex
    more = areas_of(rows, lambda title: topic_named(title, known_areas))
    areas = (*proposal.areas, *more)
    return tuple(replace(area, code=str(code)) for code, area in enumerate(areas, 1))


def extract_proposal(
    document: DocumentParts,
    root: Node,
    tables: TableContent,
    known_areas: Sequence[KnownArea],
    text: str,
) -> Proposal:
    """Return the proposal without remarks; `text` is the document's text up to the end of the body."""
    placed = tuple(place_nodes(root))
    whole = "\n".join([text, *(line.text for line in (*document.closing, *document.tail))])
    year = year_of(document)
    duties = extract_duties(placed, [row.assignment for row in tables.units], whole)
    goals = tuple(statements_of(placed, "goal"))
    reporting = tuple(reporting_rules(placed))
    return Proposal(
        title=title_of(document),
        number=number_of(document),
        year=year,
        issuer=issuer_of(document),
        legal_bases=legal_bases_of(document),
        objectives=tuple(goal(one.node) for one in goals if not is_requirement(one)),
        requirements=tuple(statement(one.node) for one in goals if is_requirement(one)),
        areas=extract_areas(root, known_areas, year, tables.heads),
        targets=(*(goal(one.node) for one in statements_of(placed, "target")), *tables.targets),
        units=duties.units,
        general_assignments=duties.general,
        deadlines=(*deadlines_of(duties, reporting, year), *table_deadlines(tables, year)),
        annex=tables.annex,
        warnings=(),
        closing_day=f"{year}-12-31" if year else None,
        funding=tuple(one.node.full_text for one in statements_of(placed, "funding")),
        recipients=recipients_of(document),
        signer=signer_of(document),
        reporting=reporting,
    )


def goal(node: Node) -> Goal:
    """Return a node as a goal, with the measures that its text states."""
    return Goal(node.ref, node.full_text, measures(node.full_text))


def statement(node: Node) -> Statement:
    """Return a node as a statement."""
    return Statement(node.ref, node.full_text)


def reporting_rules(placed: Sequence[PlacedNode]) -> Iterator[Statement]:
    """Yield the rules on reporting, each with what stands below it."""
    for one in placed:
        if one.node.role == "reporting" and one.nearest("reporting") is None:
            yield Statement(one.node.ref, whole_text(one.node))


def deadlines_of(duties: Duties, reporting: Sequence[Statement], year: int | None) -> Iterator[Deadline]:
    """Yield the deadlines for everyone, then those of each unit in document order, then those for reports."""
    for assignment in duties.general:
        yield from find_deadlines(EVERYONE, assignment, year)
    for unit in duties.units:
        for assignment in unit.assignments:
            yield from find_deadlines(unit.name, assignment, year)
    for rule in reporting:
        yield from find_deadlines(EVERYONE, rule, year)


def table_deadlines(tables: TableContent, year: int | None) -> Iterator[Deadline]:
    """Yield the deadlines that stand in a column of their own beside a unit's work."""
    for row in tables.units:
        if row.days:
            rule = Statement(row.assignment.ref, row.days)
            yield from find_deadlines(row.assignment.name or EVERYONE, rule, year)
