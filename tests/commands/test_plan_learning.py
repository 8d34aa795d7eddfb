"""What people corrected while a plan was read: kept with its adoption, and discarded as a whole."""

import pytest
from msgspec.structs import replace
from support.world import World, adoption

from cchc_flow import commands
from cchc_flow.commands.plan_learning import corrected_documents, discard_learning
from cchc_flow.errors import NotAllowed
from cchc_flow.workflow.events import ReadingCorrection

TARGET = ReadingCorrection(place=41, fingerprint="3fa0c56f0b7d9e21", role="target")
UNUSED = ReadingCorrection(place=77, fingerprint="b81d4e0a92c67f35", role="other")


def adopt(world: World, *corrections: ReadingCorrection) -> None:
    commands.adopt_plan(world.ws, replace(adoption(), corrections=corrections), world.order())
    world.add_people()


def test_corrections_are_events_of_the_adoption_and_hold_no_text(new_world: World) -> None:
    adopt(new_world, TARGET, UNUSED)
    first, *others = new_world.ws.log.stream("plan-2026")
    (event,) = (one for one in others if one.type == "plan.reading_corrected/1")
    assert event.command_id == first.command_id
    assert event.data["document_digest"] == first.data["document_digest"]
    assert event.data["corrections"] == [
        {"place": 41, "fingerprint": "3fa0c56f0b7d9e21", "role": "target"},
        {"place": 77, "fingerprint": "b81d4e0a92c67f35", "role": "other"},
    ]


def test_a_plan_adopted_as_it_was_read_has_no_such_event(new_world: World) -> None:
    adopt(new_world)
    assert {event.type for event in new_world.ws.log.stream("plan-2026")} == {"plan.adopted/2"}
    assert corrected_documents(new_world.ws) == []


def test_very_many_corrections_are_several_events_of_one_commit(new_world: World) -> None:
    many = [
        ReadingCorrection(place=place, fingerprint="0" * 16, role="legal_basis") for place in range(1, 1002)
    ]
    adopt(new_world, *many)
    (document,) = corrected_documents(new_world.ws)
    assert document.corrections == tuple(many)
    sizes = [len(event.data["corrections"]) for event in new_world.ws.log.stream("plan-2026")[1:]]
    assert sizes == [400, 400, 201]


def test_the_document_of_corrections_is_found_in_the_vault(new_world: World) -> None:
    adopt(new_world, TARGET)
    (document,) = corrected_documents(new_world.ws)
    assert new_world.ws.vault.load(document.content.digest) == adoption().document.content


def test_discarding_leaves_the_corrections_in_the_log_and_learns_from_none(new_world: World) -> None:
    adopt(new_world, TARGET, UNUSED)
    assert discard_learning(new_world.ws, new_world.order("hoa"))
    assert corrected_documents(new_world.ws) == []
    assert new_world.ws.log.stream("plan-learning")[-1].data == {"corrections": 2}
    assert len(new_world.ws.log.stream("plan-2026")) == 2


def test_discarding_what_was_never_learned_writes_nothing(new_world: World) -> None:
    adopt(new_world)
    assert not discard_learning(new_world.ws, new_world.order("hoa"))
    assert new_world.ws.log.stream("plan-learning") == []


def test_who_only_does_the_work_discards_nothing(new_world: World) -> None:
    adopt(new_world, TARGET)
    with pytest.raises(NotAllowed):
        discard_learning(new_world.ws, new_world.order("lan"))
