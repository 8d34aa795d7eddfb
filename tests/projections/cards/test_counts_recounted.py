"""The official counts are those that a naive recount of the folded items finds: any scope, any day."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.figures import cards_behind
from support.world import ASSIGN, PEOPLE, TASK, World
from support.year import Year

from cchc_flow import commands
from cchc_flow.commands.scheduled_openings import open_scheduled_work
from cchc_flow.commands.settings import change_setting
from cchc_flow.errors import Refusal
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import counts, items
from cchc_flow.projections.cards.counts import FIGURES
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.word_search import name_parts
from cchc_flow.projections.search import search_key
from cchc_flow.simulation import cast
from cchc_flow.workflow.calendar import day_of, deadline, end_of_day, local_day, standing
from cchc_flow.workflow.decide import steps_for
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.item import Item, done_on, evolve
from cchc_flow.workflow.settings.values import Settings, with_setting

PLAN = Filters(plan="2026")
EVERYWHERE = (
    PLAN,
    Filters(),
    Filters(kind="report", plan="2026"),
    Filters(plan="2025"),
    Filters(plan="2026", area="2"),
    Filters(plan="2026", unit="phong-kinh-te"),
    Filters(plan="2026", officer="lan"),
    Filters(plan="2026", period="2026-03"),
    Filters(plan="2026", words="thu tuc"),
    Filters(plan="2026", words="lan"),
    Filters(plan="2026", area="2", unit="tram-y-te", words="ra soat"),
)

PERSON_NAMES = {one.login: one.name for one in cast.PEOPLE} | {login: name for login, name, *_ in PEOPLE}
ACTORS = ("hoa", "hoa", "nam", "lan", "lan", "binh", "binh", "thu")
STEP = st.tuples(st.sampled_from(ACTORS), st.integers(0, 10**6), st.integers(0, 10**6))
WAYS: dict[str, tuple[tuple[str, str, Callable[[World], dict[str, Any]]], ...]] = {
    "begin": (("hoa", "assign", lambda world: ASSIGN), ("lan", "start", lambda world: {})),
    "extend": (
        ("lan", "ask_extension", lambda world: {"due": ahead(world, 40), "reason": "Chưa đủ số liệu."}),
        ("hoa", "grant_extension", lambda world: {"due": ahead(world, 30)}),
    ),
    "finish": (
        ("lan", "submit", lambda world: {"result": "Xong."}),
        ("hoa", "approve", lambda world: {"quality": "met"}),
    ),
    "divide": (
        ("hoa", "distribute", lambda world: {"units": ["phong-kinh-te", "tram-y-te"], "cadence": "monthly"}),
    ),
}
WAY = st.sampled_from(sorted(WAYS))
WAIT = st.integers(1, 40)
ROLL = st.booleans()


@settings(max_examples=15)
@given(st.lists(st.one_of(STEP, STEP, STEP, WAY, WAIT, ROLL), min_size=10, max_size=60), st.data())
def test_every_figure_of_any_scope_on_any_day_is_what_a_naive_recount_finds(
    acts: list[Any], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder)).settle()
        for act in acts:
            happen(world, act)
        days = [world.time.date() - timedelta(days=n) for n in (0, *data.draw(DAYS))]
        for day in days:
            at = world.ws.log.position_before(end_of_day(day))
            naive = list(recount(world, at))
            for scope in EVERYWHERE:
                compare(world, scope, day, at, naive)
        for scope in EVERYWHERE:
            compare(world, scope, local_day(world.time), None, list(recount(world, world.ws.log.size())))
        world.ws.close()


DAYS = st.lists(st.integers(1, 200), min_size=2, max_size=3)


@pytest.mark.parametrize("day", ["2026-02-28", "2026-06-14", "2026-09-30", "2026-12-31"])
def test_the_figures_of_the_simulated_year_are_what_a_naive_recount_finds(year: Year, day: str) -> None:
    end = date.fromisoformat(day)
    at = year.ws.log.position_before(end_of_day(end))
    naive = list(recount(year, at))
    for scope in EVERYWHERE:
        compare(year, scope, end, at, naive)


def compare(
    world: World | Year, scope: Filters, day: date, at: int | None, naive: list[tuple[Item, Settings]]
) -> None:
    """Demand that counts, groups and lists say what the naive figures say."""
    db = world.ws.read()
    expected = {figure: set() for figure in FIGURES}
    for item, rules in naive:
        if is_in(scope, item):
            for figure in naive_figures(world, item, rules, day):
                expected[figure].add(item.id)
    figures = counts.counts(db, scope, day, at=at)
    assert {figure: getattr(figures, figure) for figure in FIGURES} == {
        figure: len(ids) for figure, ids in expected.items()
    }
    for figure, ids in expected.items():
        assert {card.id for card in cards_behind(db, figure, scope, day, at=at)} == ids
    leads = {item.id: item.lead for item, _ in naive}
    grouped = {
        part: figures.total
        for part, figures in counts.counts_by(db, "lead", scope, day, at=at).items()
        if figures.total
    }
    assert grouped == tally(leads[item] for item in expected["total"])


def tally(values: Iterator[str | None]) -> dict[str | None, int]:
    numbers: dict[str | None, int] = {}
    for value in values:
        numbers[value] = numbers.get(value, 0) + 1
    return numbers


def recount(world: World | Year, at: int) -> Iterator[tuple[Item, Settings]]:
    """Yield every item as it was at a position, folded from its events, and the settings that judge it."""
    folded: dict[str, Item] = {}
    history: list[tuple[date, Settings]] = [(date.min, Settings())]
    for event in world.ws.log.read_events(0, at):
        if event.type == "settings.changed/1":
            now = with_setting(history[-1][1], event.data["setting"], event.data["value"])
            history.append((day_of(event.recordedtime), now))
        elif event.type.startswith("item."):
            name = event.stream.removeprefix("item-")
            folded[name] = evolve(folded.get(name), name, event)
    for item in folded.values():
        judged = done_on(item) or date.max
        yield item, [rules for since, rules in history if since <= judged][-1]


def naive_figures(world: World | Year, item: Item, rules: Settings, day: date) -> set[str]:
    if item.distribution:
        return set()
    state = workflows.workflow(world.ws.read(), item.kind, item.workflow).state(item.state)
    if state.final and not state.lane:
        return {"given_up", "all"}
    done = done_on(item)
    clock = date.fromisoformat(item.rests_since) if item.rests_since else day
    last = deadline(date.fromisoformat(item.due), rules) if item.due else None
    kind = "regular" if item.period or item.due is None else "dated"
    side = standing(last, done, clock)
    figures = {"total", "all", kind, side}
    if done:
        return figures | {"done", f"{kind}_done"}
    if side == "open_in_time":
        figures.add("not_started" if item.state in ("planned", "assigned", "due") else "under_way")
    return figures | ({"unmet"} if item.returns else set())


def is_in(scope: Filters, item: Item) -> bool:
    required = {"kind": scope.kind, "plan": scope.plan, "area": scope.area, "lead": scope.unit}
    required |= {"period": scope.period}
    holder = item.officer or item.taken_by
    if scope.officer and scope.officer != holder:
        return False
    named = name_parts(PERSON_NAMES.get(holder or "", ""))
    text = search_key(" ".join(filter(None, (item.ref, item.title, item.heading, item.text, item.product))))
    same = all(getattr(item, name) == value for name, value in required.items() if value)
    return same and all(
        word in text or any(part.startswith(word) for part in named) for word in scope.words.split()
    )


def happen(world: World, act: Any) -> None:
    """Let time pass, change how due days are read, or let a person take one of the steps that are open."""
    if isinstance(act, bool):
        value = {"roll": act, "before_is_exclusive": True, "soon": 3}
        change_setting(world.ws, "deadlines", value, "Quy chế", world.order("hoa"))
    elif isinstance(act, str):
        for actor, name, data in WAYS[act]:
            with contextlib.suppress(Refusal):
                world.take(actor, name, "2026-III.2.10" if act == "divide" else TASK, **data(world))
    elif isinstance(act, int):
        world.wait(days=act)
        open_scheduled_work(world.ws)
    else:
        step(world, *act)


def ahead(world: World, days: int) -> str:
    return (local_day(world.time) + timedelta(days=days)).isoformat()


def step(world: World, login: str, which: int, how: int) -> None:
    db = world.ws.read()
    kind = "report" if how % 5 == 0 else "task"
    ids = [row["id"] for row in db.query("SELECT id FROM items WHERE kind = ? ORDER BY id", [kind])]
    if not ids:
        return
    item = items.item(db, ids[which % len(ids)])
    workflow = workflows.workflow(db, item.kind, item.workflow)
    actor = directory.actor(db, login)
    rare = () if how % 29 == 0 else ("cancel", "distribute", "excuse", "hand_over")
    skipped = ("comment", "remind", *rare)
    steps = [step for step in steps_for(workflow, item, actor) if step.name not in skipped]
    try:
        if how % 13 == 0 or not steps:
            commands.undo_step(world.ws, item.id, world.order(login))
        else:
            chosen = steps[how % len(steps)]
            data = {field.name: typed(world, field, how // 7) for field in chosen.fields}
            world.take(login, chosen.name, item.id, **data)
    except Refusal:
        pass


def typed(world: World, field: Field, how: int) -> Any:
    """Return what somebody might type into a field."""
    units = ["phong-kinh-te", "phong-kinh-te", "tram-y-te", "phong-van-hoa-xa-hoi"]
    far = 30 if field.required else 0  # an extension leads to a later day
    offered = {
        "unit": units[how % 4],
        "units": sorted(set(units[: how % 5])),
        "person": ("lan", "", "")[how % 3],
        "day": ahead(world, far + how % 30) if field.required or how % 3 else "",
        "choice": ("met",) if field.name == "quality" else ("monthly", "once", "quarterly"),
        "percent": str(how % 101),
        "count": str(how % 4),
        "files": [],
    }
    value = offered.get(field.kind, "Chữ.")
    return value[how % len(value)] if field.kind == "choice" else value
