"""What the page of an item shows of inspections: the samples and findings of one, or those about it."""

from collections.abc import Sequence
from typing import Any

import msgspec
from flask import g

from cchc_flow.audit import naming
from cchc_flow.audit.item_history import texts_of_step
from cchc_flow.commands import Loaded
from cchc_flow.commands.inspections import findings_of
from cchc_flow.commands.samples import Sample, samples_of
from cchc_flow.errors import NotFound
from cchc_flow.projections import directory, settings, workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.queries import Card, due_badge
from cchc_flow.projections.reading import may_read
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import Badge, local_day
from cchc_flow.workflow.hands import AUDIT_KIND, FINDING_KIND, INSPECTION_KINDS
from cchc_flow.workflow.inspection import ESTABLISH, SEVERITIES
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import AUDITOR


class FindingRow(msgspec.Struct, frozen=True):
    """A finding in a list: its card, its unit, state and severity in words, and how its due day stands."""

    card: Card
    unit: str
    state: str
    severity: str
    due: Badge


def find_audit(audit_id: str) -> Item:
    """Return an inspection; raise NotFound for any other item, and for one that may not be read."""
    item = items.find_readable_item(g.db, audit_id, g.reader)
    if item is None or item.kind != AUDIT_KIND:
        raise NotFound("Không có cuộc kiểm tra này.", "Hãy mở lại trang Cuộc kiểm tra.")
    return item


def inspection_context(loaded: Loaded) -> dict[str, Any]:
    """Return the variables of `inspections/_panel.html` for the page of an item.

    `texts` is what was found and is to be remedied, with the titles of the fields.
    """
    item = loaded.item
    is_audit = item.kind == AUDIT_KIND
    is_inspector = AUDITOR in g.person.roles
    may_be_noted = is_inspector and item.kind not in INSPECTION_KINDS
    found = findings_of(g.db, item.id, "audit" if is_audit else "about")
    is_over = is_audit and workflows.workflow(g.db, item.kind, item.workflow).state(item.state).final
    return {
        "is_audit": is_audit,
        "texts": _texts_of_finding(loaded) if item.kind == FINDING_KIND else [],
        "findings": finding_rows(found),
        "samples": readable_samples(item) if is_audit else [],
        "may_inspect": is_inspector and not is_over,
        "open_audits": items.unfinished_items(g.db, AUDIT_KIND) if may_be_noted else [],
    }


def _texts_of_finding(loaded: Loaded) -> list[tuple[str, str]]:
    """Return what was typed when a finding was last established, each text with the title of its field."""
    names = naming.all_names(g.ws, g.db) | naming.workflow_titles(loaded.workflow)
    return texts_of_step(g.ws, loaded.events, ESTABLISH, names, g.reader)


def readable_samples(audit: Item) -> list[Sample]:
    """Return the samples of an inspection as of the position that the page shows."""
    return samples_of(g.ws.log, audit.id, position(g.db))


def finding_rows(found: Sequence[Item]) -> list[FindingRow]:
    """Return the findings that the person may read, as a list shows them."""
    names, titles = directory.marked_names(g.db), workflows.state_titles(g.db)
    today, severities = local_day(g.ws.now()), dict(SEVERITIES)
    soon = settings.effective_settings(g.db).deadlines.soon
    rows = []
    for item in found:
        if may_read(g.db, g.reader, item):
            card = queries.card(g.db, item.id)
            unit = names.get(item.lead or "", "")
            severity = severities.get(item.fields.get("severity") or "", "")
            rows.append(
                FindingRow(card, unit, titles[item.kind, item.state], severity, due_badge(card, today, soon))
            )
    return rows
