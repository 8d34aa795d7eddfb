"""What a plugin is handed leads neither to the workspace nor to the program's configuration."""

from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, MethodType, ModuleType
from typing import Any

from flask import Flask
from support.misbehaving import site_of
from support.plugging import plugged
from support.world import ASSIGN, BEGIN, World

from cchc_flow.accounts import Accounts
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.sqlite import SqliteLog
from cchc_flow.hookspecs import (
    Badge,
    Facts,
    Item,
    JsonObject,
    Opening,
    Section,
    Transition,
    Violation,
    hookimpl,
)
from cchc_flow.plugin_host.facts import call_drawing_hook
from cchc_flow.workflow.periods import parse
from cchc_flow.workspace import Workspace

FORBIDDEN = (Workspace, SqliteLog, FolderVault, Accounts, Flask)


class Collecting:
    """Lĩnh vực thu thập"""

    def __init__(self) -> None:
        self.handed: list[object] = []

    @hookimpl
    def check(self, item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
        self.handed += [item, step, data, facts]
        return []

    @hookimpl
    def react(self, event: str, item: Item, facts: Facts) -> list[Opening]:
        self.handed += [event, item, facts]
        return []

    @hookimpl
    def badges(self, item: Item, facts: Facts) -> list[Badge]:
        self.handed += [item, facts]
        return []

    @hookimpl
    def report_section(self, facts: Facts) -> Section:
        self.handed += [facts, *facts.items("task")]
        return Section("Thu thập")


def leads(thing: object) -> Iterator[object]:
    """Yield what an object leads to: attributes, entries, and what a function or a method holds."""
    if isinstance(thing, MethodType):
        yield thing.__self__
    if isinstance(thing, FunctionType):
        yield from (cell.cell_contents for cell in thing.__closure__ or ())
        return
    if isinstance(thing, dict):
        yield from (*thing.keys(), *thing.values())
    elif isinstance(thing, list | tuple | set | frozenset):
        yield from thing
    yield from vars(thing).values() if hasattr(thing, "__dict__") else ()
    for name in getattr(type(thing), "__slots__", ()):
        yield getattr(thing, name, None)


def reachable(begin: list[Any]) -> Iterator[object]:
    """Yield everything that the objects lead to, one step after another, but what modules hold."""
    seen, waiting = set[int](), list(begin)
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, str | bytes | int | ModuleType | type):
            continue
        seen.add(id(thing))
        yield thing
        waiting.extend(leads(thing))


def test_nothing_that_a_hook_is_handed_leads_to_the_workspace_or_the_program(tmp_path: Path) -> None:
    collecting = Collecting()
    plugins = plugged(collecting=collecting)
    world = World(tmp_path / "data", plugins=plugins).settle()
    world.ws.now = lambda: BEGIN  # the clock of the test would lead to the workspace
    world.take("hoa", "assign", **ASSIGN)
    site_of(world, plugins).visitor("hoa").get("/xa-mau/items/2026-III.2.3.1")
    cutoff = world.ws.cutoff()
    world.take("lan", "start")  # a task that the facts of the cut-off fold from its stream
    source = world.ws.fact_source(cutoff=cutoff)
    (answer,) = call_drawing_hook(
        source, "report_section", frozenset({"collecting"}), period=parse("2026-03")
    )
    assert not answer.fault
    found = {type(thing).__name__ for thing in reachable(collecting.handed) if isinstance(thing, FORBIDDEN)}
    assert len(collecting.handed) >= 9 and found == set()
