"""The simulated year: what must hold of any log holds of a whole year of a whole commune."""

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from support.figures import cards_behind
from support.year import Year, simulate_year

from cchc_flow import commands
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import counts, items, queries
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import end_of_day
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.item import Item, evolve, fold
from cchc_flow.workflow.policy import ROLES

DAYS = [date(2026, 1, 5) + timedelta(days=9 * number) for number in range(41)]
NEVER_IN_A_YEAR = {"item.workflow_changed/1", "item.advanced/1", "item.overruled/1", "item.weighted/1"}


@pytest.fixture(scope="module")
def log(year: Year) -> list[RecordedEvent]:
    """All events of the year."""
    return list(year.ws.log.read_events())


@pytest.fixture(scope="module")
def streams(log: list[RecordedEvent]) -> dict[str, list[Any]]:
    """The events of each item."""
    histories: dict[str, list[Any]] = {}
    for event in log:
        if event.type.startswith("item."):
            histories.setdefault(event.stream.removeprefix("item-"), []).append(event)
    return histories


def lived(events: list[Any], item_id: str) -> Iterator[tuple[Item, Any, Item]]:
    """Yield each event of an item but the first, between the item before it and after it."""
    item: Item | None = None
    for event in events:
        after = evolve(item, item_id, event)
        if item:
            yield item, event, after
        item = after


def event_facts(event: RecordedEvent) -> tuple[str, str, str, str | None, str]:
    """Return what a seed decides of an event: all but ids, and the salts of the vault."""
    return event.stream, event.type, event.actor, event.data.get("to"), event.recordedtime


def test_it_is_a_year_of_about_five_thousand_events(log: list[RecordedEvent]) -> None:
    assert 4_500 <= len(log) <= 5_500
    assert {event.recordedtime[:7] for event in log} == {f"2026-{month:02}" for month in range(1, 13)}


def test_it_has_fifteen_units_and_people_of_every_role(year: Year) -> None:
    db = year.ws.read()
    assert len(directory.units(db)) == 15
    assert {role for person in directory.people(db) for role in person.roles} == set(ROLES)


def test_everything_that_can_happen_to_work_happens(log: list[RecordedEvent]) -> None:
    types = {event.type for event in log}
    expected = {name for name in ev.CLASSES if name.startswith("item.")} - NEVER_IN_A_YEAR
    assert expected <= types
    assert "settings.changed/1" in types


def test_its_tasks_have_every_cadence_one_unit_and_many(year: Year) -> None:
    db = year.ws.read()
    cards = [card for card in queries.all_cards(db) if card.kind == "task" and not card.parent]
    assert len(cards) == 63
    distributions = [items.item(db, card.id).distribution for card in cards if card.whole]
    ways = {
        (distribution.cadence, len(distribution.units) > 1) for distribution in distributions if distribution
    }
    once = {("once", True)}
    assert ways == once | set(
        itertools.product(("monthly", "quarterly", "half_yearly", "yearly"), (True, False))
    )


def test_every_unit_was_asked_for_every_report(year: Year) -> None:
    cards = [card for card in queries.all_cards(year.ws.read()) if card.kind == "report"]
    assert Counter(card.period for card in cards) == dict.fromkeys({card.period for card in cards}, 15)
    assert len({card.period for card in cards}) == 12


def test_some_work_is_late_and_more_is_in_time(year: Year) -> None:
    db = year.ws.read()
    for kind in ("task", "report"):
        figures = counts.counts(db, Filters(kind=kind), date(2026, 12, 31))
        assert 0.05 < figures.done_late / figures.done < 0.35
        assert 0 < figures.open_late < 0.15 * figures.total


def test_the_same_seed_tells_the_same_and_an_earlier_end_only_less(year: Year, tmp_path: Any) -> None:
    ws = simulate_year(tmp_path, "again", until="2026-01-31")
    first_days = [event_facts(event) for event in ws.log.read_events()]
    ws.close()
    full_year = [event_facts(event) for event in year.ws.log.read_events(0, len(first_days))]
    assert first_days[1:] == full_year[1:]  # the first event names the workspace
    assert year.ws.log.event(len(first_days) + 1).recordedtime >= end_of_day(date(2026, 1, 31)).isoformat()


def test_another_seed_tells_another_year(year: Year, tmp_path: Any) -> None:
    ws = simulate_year(tmp_path, "other", seed="other", until="2026-01-20")
    other = [event_facts(event) for event in ws.log.read_events()]
    ws.close()
    assert other[1:] != [event_facts(event) for event in year.ws.log.read_events(1, len(other))]


def test_folding_every_stream_gives_the_items_of_the_read_models(
    year: Year, streams: dict[str, list[Any]]
) -> None:
    db = year.ws.read()
    assert {name: fold(name, events) for name, events in streams.items()} == {
        name: items.item(db, name) for name in streams
    }


def test_read_models_made_again_are_those_that_grew_with_the_year(year: Year) -> None:
    assert year.ws.differences() == []


def test_the_log_is_whole_with_every_seal(year: Year) -> None:
    report = verify_log(year.ws.folder, all_checkpoints=True)
    assert report.ok
    assert report.count == year.ws.log.size()


def test_no_item_is_ever_in_a_state_that_its_definition_does_not_name(
    year: Year, streams: dict[str, list[Any]]
) -> None:
    db = year.ws.read()
    rows = db.execute("SELECT DISTINCT kind, workflow, state FROM cards").fetchall()
    for kind, version, state in rows:
        assert workflows.workflow(db, kind, version).state(state)
    assert {state for _, _, state in rows} == {
        event.data["to"] for events in streams.values() for event in events if "to" in event.data
    }


def test_every_move_begins_where_the_one_before_ended(streams: dict[str, list[Any]]) -> None:
    for events in streams.values():
        moves = [event.data for event in events if "to" in event.data]
        assert all(later["from"] == earlier["to"] for earlier, later in itertools.pairwise(moves))


def test_every_event_reads_as_a_sentence(year: Year, log: list[RecordedEvent]) -> None:
    names = directory.names(year.ws.read())
    for event in log:
        words = event_sentence(event, names)
        assert words.endswith(".")
        assert "đã ghi sự kiện" not in words
        assert "None" not in words
        assert event.actor.startswith("system") or names[event.actor] in words


@pytest.mark.parametrize("kind", ["task", "report"])
def test_on_any_day_the_four_counts_sum_to_what_somebody_had_to_do(
    year: Year, log: list[RecordedEvent], kind: str
) -> None:
    db = year.ws.read()
    for day, leaves, given_up in by_day(year, log, kind):
        figures = counts.counts(db, Filters(kind=kind), day, at=year.ws.log.position_before(end_of_day(day)))
        four = figures.done_in_time + figures.done_late + figures.open_in_time + figures.open_late
        assert (day, four, figures.given_up) == (day, leaves, given_up)


@pytest.mark.parametrize("kind", ["task", "report"])
def test_each_figure_opens_as_many_items_as_it_counts(year: Year, kind: str) -> None:
    db = year.ws.read()
    for day in DAYS[::8]:
        at = year.ws.log.position_before(end_of_day(day))
        figures = counts.counts(db, Filters(kind=kind), day, at=at)
        for figure in counts.FIGURES:
            behind = cards_behind(db, figure, Filters(kind=kind), day, at=at)
            assert (figure, len(behind)) == (figure, getattr(figures, figure))


@pytest.mark.parametrize("column", ["lead", "area", "period", "officer"])
def test_the_counts_of_all_parts_sum_to_the_whole(year: Year, column: str) -> None:
    db, day = year.ws.read(), date(2026, 9, 30)
    at = year.ws.log.position_before(end_of_day(day))
    total = counts.counts(db, Filters(), day, at=at)
    parts = counts.counts_by(db, column, Filters(), day, at=at).values()
    for figure in counts.FIGURES:
        assert sum(getattr(part, figure) for part in parts) == getattr(total, figure)


def by_day(year: Year, log: list[RecordedEvent], kind: str) -> Iterator[tuple[date, int, int]]:
    """Yield how many leaves there were to do on each of the days, and how many given up, by folding alone."""
    db = year.ws.read()
    items_by_id: dict[str, Item] = {}
    waiting = iter(log)
    event = next(waiting, None)
    for day in DAYS:
        limit = end_of_day(day).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        while event and event.recordedtime < limit:
            if event.type.startswith("item."):
                name = event.stream.removeprefix("item-")
                items_by_id[name] = evolve(items_by_id.get(name), name, event)
            event = next(waiting, None)
        leaves = [item for item in items_by_id.values() if item.kind == kind and item.distribution is None]
        states = [workflows.workflow(db, kind, item.workflow).state(item.state) for item in leaves]
        given_up = sum(state.final and not state.lane for state in states)
        yield day, len(leaves) - given_up, given_up


def test_nobody_reviews_or_closes_his_own_work_nor_decides_his_own_wish(
    streams: dict[str, list[Any]],
) -> None:
    judged = 0
    for name, events in streams.items():
        for before, event, _ in lived(events, name):
            if event.type in ("item.approved/1", "item.returned/1", "item.closed/1"):
                assert event.actor != before.submitted_by
                judged += 1
            if event.type in ("item.extension_granted/1", "item.extension_refused/1"):
                assert before.extension and event.actor != before.extension.by
                judged += 1
    assert judged > 1_000


def test_no_due_day_lies_before_the_day_on_which_it_was_set_nor_after_the_plan(
    streams: dict[str, list[Any]],
) -> None:
    for name, events in streams.items():
        for before, event, after in lived(events, name):
            if after.due != before.due and after.due and event.type != "item.undone/1":
                assert event.recordedtime[:10] <= after.due <= "2026-12-31"


def test_a_whole_is_finished_exactly_when_its_parts_are_and_no_period_is_to_come(
    streams: dict[str, list[Any]],
) -> None:
    finals = {"closed", "cancelled", "excused"}
    folded = {name: fold(name, events) for name, events in streams.items()}
    wholes = {name: item for name, item in folded.items() if item and item.distribution}
    for name, whole in wholes.items():
        states = {item.state for item in folded.values() if item and item.parent == name}
        if whole.state == "closed":
            assert states <= finals
        elif whole.state == "distributed":
            assert states - finals
    assert {whole.state for whole in wholes.values()} == {"closed", "distributed", "cancelled"}


def test_the_year_goes_on_when_its_people_come_back(year_to_write: Year) -> None:
    ws, clock = year_to_write.ws, year_to_write.clock
    clock.moment += timedelta(days=4)
    card = next(
        card for card in queries.all_cards(ws.read()) if card.kind == "task" and card.state == "approved"
    )
    outcome = commands.take_step(ws, card.id, TakeStep("close", {}), commands.Order("chu.tich", ws.new_id()))
    assert outcome.item.state == "closed"
    assert outcome.receipt and ws.log.event(outcome.receipt.first).recordedtime.startswith("2027-01-04")
