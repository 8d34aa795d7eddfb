"""Who may read what: a definition names roles and relations; without any it is everybody who has a role."""

from typing import Any

import msgspec
import pytest
from support.story import Story

from cchc_flow.workflow.definition import Field, State, Workflow, as_data, from_data
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import (
    ALL,
    LEAD,
    READERS,
    RELATIONS,
    ROLES,
    SUBJECT,
    Actor,
    may_read,
    readable_kinds,
    reading_scopes,
)
from cchc_flow.workflow.task import TASK

ASKS = (Field("who", "person", "Người được xét"), Field("boss", "line", "Người quản lý"))


def kind(*readers: str, name: str = "case") -> Workflow:
    return Workflow(name, 1, "Sổ", "a", (State("a", "A", final=True),), (), asks=ASKS, readers=readers)


def item(**changes: Any) -> Item:
    return msgspec.structs.replace(
        Story().it, **{"lead": "phong-a", "fields": {"who": "lan", "boss": "nam"}} | changes
    )


def actor(*roles: str, unit: str | None = None, name: str = "x") -> Actor:
    return Actor(name, frozenset(roles), unit)


@pytest.mark.parametrize("role", ROLES)
def test_a_kind_that_names_no_readers_is_read_by_every_role(role: str) -> None:
    assert may_read(kind(), item(), actor(role))
    assert may_read(TASK, item(), actor(role))


@pytest.mark.parametrize("readers", [(), ("leader",), ("subject",), ("lead_unit",), tuple(READERS)])
def test_who_has_no_role_reads_nothing_even_when_named(readers: tuple[str, ...]) -> None:
    assert not may_read(kind(*readers), item(), actor(unit="phong-a", name="lan"))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_is_named_reads_every_item_and_others_none(role: str) -> None:
    assert may_read(kind("leader"), item(), actor(role)) is (role in ("leader", "inspector"))


def test_an_inspector_reads_what_no_definition_grants() -> None:
    assert may_read(kind("lead_head"), item(), actor("inspector"))


@pytest.mark.parametrize(
    ("reader", "roles", "unit", "is_read"),
    [
        ("lead_unit", ("officer",), "phong-a", True),
        ("lead_unit", ("unit_head",), "phong-a", True),
        ("lead_unit", ("viewer",), "phong-a", False),
        ("lead_unit", ("officer",), "phong-b", False),
        ("lead_unit", ("officer",), None, False),
        ("lead_head", ("unit_head",), "phong-a", True),
        ("lead_head", ("officer",), "phong-a", False),
        ("lead_head", ("unit_head",), "phong-b", False),
        ("unit_head", ("unit_head",), "phong-b", True),
    ],
)
def test_a_unit_reads_what_it_leads(
    reader: str, roles: tuple[str, ...], unit: str | None, is_read: bool
) -> None:
    assert may_read(kind(reader), item(), actor(*roles, unit=unit)) is is_read


def test_an_item_without_a_unit_is_not_read_by_people_without_one() -> None:
    assert not may_read(kind("lead_head", "lead_unit"), item(lead=None), actor("unit_head", "officer"))


def test_a_person_reads_what_names_the_person_in_a_field_for_people_and_in_no_other() -> None:
    assert may_read(kind("subject"), item(), actor("viewer", name="lan"))
    assert not may_read(kind("subject"), item(), actor("viewer", name="nam"))


def test_how_much_may_be_read_of_a_kind_is_known_without_any_item() -> None:
    head = actor("unit_head", unit="phong-a")
    assert reading_scopes(kind("lead_head", "subject"), head) == {LEAD, SUBJECT}
    kinds = [kind("leader", name="closed"), kind("lead_head", name="own"), kind(name="open")]
    assert readable_kinds(kinds, head) == {"own": {LEAD}, "open": {ALL}}


def test_every_relation_that_readers_and_steps_share_has_one_meaning_in_words() -> None:
    shared = READERS.keys() & RELATIONS.keys()
    assert {READERS[name] for name in shared} == {RELATIONS[name][0] for name in shared}


def test_a_definition_without_readers_is_stored_as_before_there_were_any() -> None:
    assert "readers" not in as_data(TASK)
    assert from_data(as_data(TASK)) == TASK


def test_a_definition_with_readers_reads_back() -> None:
    assert as_data(kind("leader"))["readers"] == ("leader",)
    assert from_data(as_data(kind("leader"))) == kind("leader")
