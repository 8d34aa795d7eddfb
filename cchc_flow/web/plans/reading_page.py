"""The page on which a plan is checked before it is adopted: whole, or the part that a correction swaps."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec
from flask import g, request, url_for

from cchc_flow.plan_import.learned import find_learning
from cchc_flow.plan_import.proposal import Proposal
from cchc_flow.plan_import.review.doubts import ROLE_WORDS
from cchc_flow.plan_import.review.ranking import folded_remarks, short_list
from cchc_flow.projections import plan_templates
from cchc_flow.web.http import htmx
from cchc_flow.web.plans import form as plan_form
from cchc_flow.web.plans import unfinished
from cchc_flow.web.plans.annex_rows import review_rows
from cchc_flow.web.plans.documents import Reading
from cchc_flow.web.plans.doubts import review_proposal
from cchc_flow.web.plans.drafts import units_of_plans
from cchc_flow.web.plans.form import TaskInput
from cchc_flow.web.plans.typed import task_places

NO_ERRORS: Mapping[str, str] = MappingProxyType({})


class ReadingPage(msgspec.Struct, frozen=True):
    """What the page shows: a reading, the inputs of its tasks, and what is wrong with them.

    `choosing` is the line whose menu is open; `said` is what a correction did, `said_of` to which line.
    """

    reading: Reading
    inputs: Mapping[str, TaskInput]
    digest: str
    errors: Mapping[str, str] = NO_ERRORS
    choosing: int | None = None
    said: str = ""
    said_of: int | None = None


def render_reading(page: ReadingPage) -> str:
    """Return the page, or its changing part if a script asks for that."""
    reading, proposal = page.reading, page.reading.proposal
    units = units_of_plans()
    address = url_for("corrections.create", digest=page.digest)
    return htmx.page_or_fragment(
        "plans/reading.html",
        "plans/_reading.html",
        page=page,
        digest=page.digest,
        name=reading.document.name,
        proposal=proposal,
        inputs=page.inputs,
        errors=page.errors,
        places=task_places(proposal),
        decided=unfinished.decision_fields(reading.decisions),
        review=review_proposal(proposal, reading.decisions.lines, address=address, choosing=page.choosing),
        rows=review_rows(proposal, reading.decisions.rows),
        shown=short_list(proposal.warnings),
        folded=folded_remarks(proposal.warnings),
        roles=ROLE_WORDS,
        learning=find_learning(g.ws),
        totals=plan_form.plan_totals(proposal),
        units=plan_form.unit_names(proposal, units),
        remarks=plan_form.warnings_by_reference(proposal),
        anchors=plan_form.linkable_references(proposal),
        others=unfinished.readings_of_others(),
        received=plan_templates.received_document(g.db, page.digest),
        replaceable=plan_templates.current_templates(g.db),
        replaced=_replaced(proposal, page.digest),
    )


def _replaced(proposal: Proposal, digest: str) -> str:
    """Return which template of a province a document is likely to replace: its own, else the year's."""
    if "replaces" in request.form:
        return request.form["replaces"]
    likely = sorted(plan_templates.current_templates(g.db), key=lambda one: one.document != digest)
    return next((one.id for one in likely if one.document == digest or one.year == proposal.year), "")
