"""Who only inspects reads everything and writes nothing but inspections and findings."""

import pytest

from cchc_flow.commands.workspace_setup import BUILT_IN
from cchc_flow.errors import NotAllowed
from cchc_flow.plugin_host.contributions import collect
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.hands import AUDIT_KIND, FINDING_KIND
from cchc_flow.workflow.item import Item, Last
from cchc_flow.workflow.item_changes import Extension
from cchc_flow.workflow.policy import Actor, acting_role, reading_scopes

OWN = {AUDIT_KIND, FINDING_KIND}
INSPECTOR = Actor("thu", frozenset({"inspector"}), "kinh-te", coordinator_closes=True)
DEFINITIONS = [*BUILT_IN, *(register for _, register in collect(load_plugins()).registers)]
KINDS = [definition.kind for definition in DEFINITIONS]


def closest_item(definition: Workflow) -> Item:
    """Return an item with which the inspector has to do in every way that there is."""
    return Item(
        id="1",
        kind=definition.kind,
        workflow=definition.version,
        state=definition.initial,
        version=1,
        state_version=1,
        last=Last("1", "item.opened/2", "thu", "2026-03-02T01:00:00.000000Z", True),
        moved_by="thu",
        moved_at="2026-03-02T01:00:00.000000Z",
        lead="kinh-te",
        support=("kinh-te",),
        officer="thu",
        taken_by="thu",
        submitted_by="thu",
        handed_on_by="thu",
        extension=Extension("2026-07-31", "thu"),
    )


@pytest.mark.parametrize("definition", DEFINITIONS, ids=KINDS)
def test_no_step_of_what_is_inspected_is_taken_by_who_only_inspects(definition: Workflow) -> None:
    allowed = []
    for step in definition.transitions:
        try:
            acting_role(step, closest_item(definition), INSPECTOR)
        except NotAllowed:
            continue
        allowed.append(step.name)
    assert bool(allowed) == (definition.kind in OWN), allowed


@pytest.mark.parametrize("definition", DEFINITIONS, ids=KINDS)
def test_no_register_is_written_by_who_only_inspects(definition: Workflow) -> None:
    assert "inspector" not in definition.writers
    assert {*definition.openers} == {*definition.writers} | ({"inspector"} & {*definition.openers})


@pytest.mark.parametrize("definition", DEFINITIONS, ids=KINDS)
def test_every_kind_is_read_whole_by_who_inspects(definition: Workflow) -> None:
    assert "all" in reading_scopes(definition, INSPECTOR)
