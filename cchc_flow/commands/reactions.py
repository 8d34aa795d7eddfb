"""What follows from events by the rules of plugins: each consequence is a command, carried out once."""

import logging
from collections.abc import Iterator
from pathlib import Path

from cchc_flow.commands.asking import with_facts
from cchc_flow.commands.items import take_step
from cchc_flow.commands.registers import open_by_rule
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.errors import CchcError, Conflict
from cchc_flow.eventlog.port import Receipt, RecordedEvent
from cchc_flow.files import write_atomically
from cchc_flow.hookspecs import Opening, Taking
from cchc_flow.plugin_host.calling import call_hook
from cchc_flow.projections import rules
from cchc_flow.projections.cards import items
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.policy import PLUGIN
from cchc_flow.workspace import Workspace

DEEPEST = 5
"""A consequence of a consequence of … : deeper than this a plugin answers itself for ever."""
CHAIN = "system:react"


def follow(ws: Workspace, receipt: Receipt | None) -> None:
    """Carry out what follows from the events of a commit, and what follows from that."""
    if receipt is None or not ws.plugins.has_hook("react"):
        return
    for event in ws.log.read_events(receipt.first - 1, receipt.last):
        _follow_event(ws, event)


def catch_up(ws: Workspace) -> int:
    """Carry out what still has to follow from any event, and return how much that was.

    How far this came is kept beside the keys; an event on which a plugin could not answer is asked about
    again the next time. Without the mark all events are gone through once more: since each consequence is
    carried out once, nothing happens twice.
    """
    if not ws.plugins.has_hook("react"):
        return 0
    mark, newest, done = ws.private / "reacted", ws.log.size(), 0
    for event in ws.log.read_events(_came_to(mark), newest):
        more, is_whole = _follow_event(ws, event)
        done += more
        newest = newest if is_whole else min(newest, event.position - 1)
    write_atomically(mark, b"%d" % newest)
    return done


def _came_to(mark: Path) -> int:
    digits = mark.read_text(errors="replace") if mark.is_file() else ""
    return int(digits) if digits.isdecimal() else 0


def _follow_event(ws: Workspace, event: RecordedEvent) -> tuple[int, bool]:
    """Carry out what follows from one event; return how much that was, and whether every plugin answered."""
    depth = _depth(event)
    if not event.type.startswith("item.") or depth >= DEEPEST:
        return 0, True
    done, faults = 0, list[str]()
    for plugin, command in _commands(ws, event, faults):
        order = Order(
            f"{PLUGIN}{plugin}",
            f"{CHAIN}-{depth + 1}:{plugin}:{event.id}:{command.key}",
            causation_id=event.id,
            correlation_id=event.correlation_id,
        )
        try:
            done += _carry_out(ws, command, order)
        except Conflict as error:  # others wrote in between, three times: it is asked about again
            faults.append(plugin)
            _say(plugin, event, str(error))
        except CchcError as error:
            _say(plugin, event, str(error))
    return done, not faults


def _commands(
    ws: Workspace, event: RecordedEvent, faults: list[str]
) -> Iterator[tuple[str, Opening | Taking]]:
    db = ws.read()
    item = items.find_item(db, event.stream.removeprefix("item-"))
    if item is None:
        return
    given = with_facts(ws, event=event.type, item=item)
    answers = call_hook(ws.plugins, "react", rules.enabled_plugins(db), given)
    for one in answers:
        if one.fault:
            faults.append(one.plugin)
            _say(one.plugin, event, one.fault)
        yield from ((one.plugin, command) for command in one.value or ())


def _carry_out(ws: Workspace, command: Opening | Taking, order: Order) -> bool:
    if isinstance(command, Opening):
        outcome = open_by_rule(ws, command, order)
    else:
        outcome = take_step(ws, command.item, TakeStep(command.step, dict(command.data)), order)
    if outcome.receipt and not outcome.receipt.repeated:
        follow(ws, outcome.receipt)
        return True
    return False


def _depth(event: RecordedEvent) -> int:
    chain = event.command_id.partition(":react-")[2]
    digits = chain.partition(":")[0]
    return int(digits) if digits.isdigit() else 0


def _say(plugin: str, event: RecordedEvent, fault: str) -> None:
    logging.getLogger(__name__).error("plugin %s: react to %s %s: %s", plugin, event.type, event.id, fault)
