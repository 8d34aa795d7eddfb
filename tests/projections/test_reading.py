"""What the queries show somebody is what the core lets the person read, whatever a kind's readers are."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from support.figures import cards_behind

from cchc_flow import commands
from cchc_flow.commands.workspace_setup import publish
from cchc_flow.hookspecs import Field, Workflow, hookimpl
from cchc_flow.plugin_kit import transition
from cchc_flow.projections import reading, workflows
from cchc_flow.projections.cards import counts, items, queries
from cchc_flow.projections.cards.filters import Filters, filter_condition
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.reading import Reader
from cchc_flow.testing import OTHER_UNIT, UNIT, Commune, login
from cchc_flow.workflow import policy
from cchc_flow.workflow.definition import State
from cchc_flow.workflow.policy import READERS, ROLES

RELATIONS = ("lead_unit", "lead_head", "subject")
SUBSETS = [readers for size in range(4) for readers in combinations(RELATIONS, size)]
TODAY = date(2026, 3, 2)


def register(*readers: str, number: int = 0, version: int = 1) -> Workflow:
    """Return a register that these may read."""
    return Workflow(
        kind=f"book_{number}",
        version=version,
        title=f"Sổ {number}",
        initial="open",
        states=(State("open", "Mở"), State("done", "Xong", final=True)),
        transitions=(
            transition("finish", "Xong", "finishings", from_=("open",), to="done", by=("coordinator",)),
        ),
        asks=(Field("who", "person", "Người được xét"), Field("note", "line", "Ghi chú")),
        openers=("coordinator",),
        readers=readers,
    )


MIXED = [("lead_head", "leader"), ("subject", "admin", "viewer")]
KINDS = [register(*readers, number=number) for number, readers in enumerate([*SUBSETS, *MIXED])]


class Books:
    """A plugin with a register for every way to limit readers."""

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return KINDS


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commune]:
    made = Commune(tmp_path_factory.mktemp("books"), books=Books())
    for name, unit, role in (
        ("head.2", OTHER_UNIT, "unit_head"),
        ("officer.2", OTHER_UNIT, "officer"),
        ("none", UNIT, None),
    ):
        commands.add_person(made.ws, name, name, None, unit, made.order("system:test"))
        if role:
            commands.grant_role(made.ws, name, role, made.order("system:test"))
    for kind in KINDS:
        for unit in (UNIT, OTHER_UNIT):
            for who in ("viewer", "officer.2", None):
                told: dict[str, Any] = {"who": who} if who else {}
                made.entry(kind.kind, "coordinator", lead=unit, title=f"{unit} {who}", note="admin", **told)
    yield made
    made.ws.close()


PEOPLE = [*(login(role) for role in ROLES), "head.2", "officer.2", "none"]


def allowed(commune: Commune, kind: Workflow, reader: Reader) -> set[str]:
    """Return the ids of the items of a kind that the core lets somebody read."""
    return {item.id for item in commune.entries(kind.kind) if policy.may_read(kind, item, reader.actor)}


@pytest.mark.parametrize("who", PEOPLE)
def test_lists_columns_and_counts_have_exactly_what_may_be_read(commune: Commune, who: str) -> None:
    db = commune.ws.read()
    reader, numbers = reading.reader_of(db, who), items.item_numbers(db, reading.reader_of(db, who))
    at = commune.ws.log.size()
    for kind in KINDS:
        expected = allowed(commune, kind, reader)
        assert numbers.get(kind.kind, 0) == len(expected)
        if kind.kind not in reader.scopes:
            assert expected == set()
            continue
        scope = Filters(kind=kind.kind, readable=reading.readable_items(db, reader, kind.kind))
        for moment in (None, at):
            listed = {card.id for card in cards_behind(db, "all", scope, TODAY, at=moment)}
            shown = {card.id for card in queries.column(db, "open", scope, TODAY, at=moment).cards}
            assert listed == shown == expected
            assert counts.counts(db, scope, TODAY, at=moment).all == len(expected)
            assert sum(
                one.all for one in counts.counts_by(db, "lead", scope, TODAY, at=moment).values()
            ) == len(expected)
            assert queries.count_cards(db, "open", scope, TODAY, at=moment) == len(expected)


@pytest.mark.parametrize("who", PEOPLE)
def test_cards_of_all_kinds_are_those_that_may_be_read(commune: Commune, who: str) -> None:
    db = commune.ws.read()
    reader = reading.reader_of(db, who)
    expected = {item for kind in KINDS for item in allowed(commune, kind, reader)}
    shown = {card.id for card in queries.readable_cards(db, queries.all_cards(db), reader)}
    assert shown == expected
    condition, values = reading.condition_of_reader(db, reader)
    rows = db.query(f"SELECT item FROM cards WHERE to_position = {OPEN} AND {condition}", values)  # noqa: S608
    assert {row["item"] for row in rows} == expected


def test_everybody_reads_what_is_counted_for_all(commune: Commune) -> None:
    db = commune.ws.read()
    assert len(queries.readable_cards(db, queries.all_cards(db), None)) == 6 * len(KINDS)
    assert sum(items.item_numbers(db).values()) == 6 * len(KINDS)


def test_a_relation_of_readers_is_tried_here_unless_it_is_a_role() -> None:
    assert {*RELATIONS} == READERS.keys() - ROLES.keys()


def test_the_newest_version_decides_about_items_of_an_older_one_and_about_past_days(tmp_path: Path) -> None:
    commune = Commune(tmp_path, books=Books())
    item = commune.entry("book_0", "coordinator")
    at, db = commune.ws.log.size(), commune.ws.read()
    assert reading.may_read(db, reading.reader_of(db, "viewer"), commune.then(item))
    publish(commune.ws, register("lead_head", number=0, version=2))
    db = commune.ws.read()
    reader = reading.reader_of(db, "viewer")
    assert workflows.newest_workflow(db, "book_0").version == 2 and commune.then(item).workflow == 1
    assert "book_0" not in reader.scopes and not reading.may_read(db, reader, commune.then(item))
    head = reading.reader_of(db, "unit.head")
    scope = Filters(kind="book_0", readable=reading.readable_items(db, head, "book_0"))
    assert [card.id for card in cards_behind(db, "all", scope, TODAY, at=at)] == [item]
    commune.ws.close()


def test_the_query_of_a_kind_that_is_read_whole_is_the_same_as_for_all(commune: Commune) -> None:
    db = commune.ws.read()
    assert reading.readable_items(db, reading.reader_of(db, "viewer"), "task") is None
    assert filter_condition(db, Filters(), TODAY, None)[0] == f"kind = :kind AND to_position = {OPEN}"
