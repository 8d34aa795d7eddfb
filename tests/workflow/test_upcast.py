"""What older releases stored is read in the newest shape."""

import pytest
from support.story import CONTENT, Event

from cchc_flow.eventlog import catalogue
from cchc_flow.workflow import upcast
from cchc_flow.workflow.events import CLASSES
from cchc_flow.workflow.item import evolve

OLD = {name: value for name, value in CONTENT.items() if name not in ("parent", "unit", "period")}
FIRST = OLD | {"kind": "task", "workflow": 1, "from": None, "to": "planned"}


def test_an_item_opened_before_there_were_parts_is_no_part() -> None:
    event = Event("e", 1, "item.opened/1", "system:import", "2026-03-02T01:00:00.000000Z", FIRST)
    item = evolve(None, "2026-III.2.3.1", event)
    assert (item.parent, item.unit, item.period, item.lead) == (None, None, None, None)
    assert (item.title, item.workflow) == (CONTENT["title"], 1)


def test_what_was_stored_is_not_touched() -> None:
    before = dict(FIRST)
    upcast.upcast_event("item.opened/1", FIRST)
    assert before == FIRST


@pytest.mark.parametrize("name", sorted(catalogue.event_schemas()))
def test_every_version_ever_released_leads_to_one_that_is_read(name: str) -> None:
    newest = upcast.newest_name(name)
    assert newest in CLASSES
    assert upcast.newest_name(newest) == newest
    for example in catalogue.event_schemas()[name]["examples"]:
        assert upcast.upcast_event(name, example)[0] == newest


def test_a_name_of_a_later_release_is_left_as_it_is() -> None:
    assert upcast.upcast_event("item.painted/1", {"colour": "đỏ"}) == ("item.painted/1", {"colour": "đỏ"})
