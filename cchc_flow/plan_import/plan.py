"""From an outline to a proposed plan: each part by its meaning, then the remarks on the whole."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cchc_flow.hookspecs import Area as KnownArea
from cchc_flow.plan_import.extraction.annex import annex_of
from cchc_flow.plan_import.extraction.areas import work_of
from cchc_flow.plan_import.extraction.deadlines import deadlines_in, with_days_before
from cchc_flow.plan_import.extraction.leads import with_leads
from cchc_flow.plan_import.extraction.letterhead import (
    day_is_blank,
    issuer_of,
    legal_bases_of,
    number_of,
    recipients_of,
    signer_of,
    title_of,
    year_of,
)
from cchc_flow.plan_import.extraction.measures import measures
from cchc_flow.plan_import.extraction.sections import Sections, items, sections
from cchc_flow.plan_import.extraction.units import Duties, duties_of
from cchc_flow.plan_import.proposal import Deadline, Goal, Proposal, Statement
from cchc_flow.plan_import.review.checks import Source, clashes
from cchc_flow.plan_import.review.unread import unread
from cchc_flow.plan_import.structure.document_parts import Frame
from cchc_flow.plan_import.structure.outline import Node
from cchc_flow.plan_import.structure.topics import with_topics

EVERYONE = "Các cơ quan, đơn vị"


def plan_from(
    frame: Frame, outlined: Node, known: Sequence[KnownArea], *, before_is_exclusive: bool = True
) -> Proposal:
    """The plan as understood, with remarks; a text that is no plan gives one without areas and targets.

    A task «trước ngày 25/01» is due on the 24th, or on the 25th where that is not exclusive.
    """
    root = with_topics(outlined, known)
    nodes = tuple(every(root))
    text = "\n".join([*(line.text for line in frame.front), *(node.full_text for node in nodes)])
    read = without_remarks(frame, sections(root), text)
    areas = with_days_before(read.areas) if before_is_exclusive else read.areas
    proposal = replace(read, areas=with_leads(areas, read.units, known))
    source = Source(nodes, text, day_is_blank(frame), frame.has_appendix)
    remarks = (*clashes(proposal, source), *unread(proposal, frame, root.children))
    return replace(proposal, warnings=remarks)


def without_remarks(frame: Frame, parts: Sections, text: str) -> Proposal:
    work = work_of(parts)
    searched = "\n".join([text, *(line.text for line in (*frame.closing, *frame.tail))])
    duties = duties_of(parts.assignments, searched)
    year = year_of(frame)
    return Proposal(
        title=title_of(frame),
        number=number_of(frame),
        year=year,
        issuer=issuer_of(frame),
        legal_bases=legal_bases_of(frame),
        objectives=goals(parts.objectives),
        requirements=tuple(
            Statement(one.ref, one.full_text) for node in parts.requirements for one in items(node)
        ),
        areas=work.areas,
        targets=(*goals(parts.targets), *(goal(node) for node in work.targets)),
        units=duties.units,
        general_assignments=duties.general,
        deadlines=tuple(deadlines_of(duties)),
        annex=annex_of(frame.tables),
        warnings=(),
        closing_day=f"{year}-12-31" if year else None,
        funding=tuple(one.full_text for node in parts.funding for one in items(node)),
        recipients=recipients_of(frame),
        signer=signer_of(frame),
    )


def goals(nodes: Sequence[Node]) -> tuple[Goal, ...]:
    return tuple(goal(item) for node in nodes for item in items(node))


def goal(node: Node) -> Goal:
    return Goal(node.ref, node.full_text, measures(node.full_text))


def deadlines_of(duties: Duties) -> Iterator[Deadline]:
    """First what all must keep, then what each unit must, in the order of the document."""
    for told in duties.general:
        yield from deadlines_in(EVERYONE, told)
    for unit in duties.units:
        for told in unit.assignments:
            yield from deadlines_in(unit.name, told)


def every(node: Node) -> Iterator[Node]:
    """All nodes below this one, in the order of the document."""
    for child in node.children:
        yield child
        yield from every(child)
