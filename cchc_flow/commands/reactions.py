"""What follows from events by the rules of plugins: each consequence is a command, carried out once.

A process manager: it listens to events and gives commands. How a command is carried out is the dispatch's.
"""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from cchc_flow.commands.outcome import Outcome
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.errors import CchcError, Conflict
from cchc_flow.eventlog.port import Receipt, RecordedEvent
from cchc_flow.files import write_atomically
from cchc_flow.hookspecs import Opening, Taking
from cchc_flow.plugin_host.calling import call_hook
from cchc_flow.projections import rules
from cchc_flow.projections.cards import items
from cchc_flow.workflow.policy import PLUGIN
from cchc_flow.workspace import Workspace

DEEPEST = 5
"""A consequence of a consequence of … : deeper than this a plugin answers itself for ever."""
CHAIN = "system:react"
CarryOut = Callable[[Workspace, Opening | Taking, Order], Outcome]


def follow(ws: Workspace, receipt: Receipt | None, carry_out: CarryOut) -> int:
    """Carry out what follows from the events of a commit, and from that; return how much it was."""
    if receipt is None or not ws.plugins.has_hook("react"):
        return 0
    events = ws.log.read_events(receipt.first - 1, receipt.last)
    return sum(_follow_event(ws, event, carry_out)[0] for event in events)


def catch_up(ws: Workspace, carry_out: CarryOut) -> int:
    """Carry out what still has to follow from any event, and return how much that was.

    How far this came is kept beside the keys; an event on which a plugin could not answer is asked about
    again the next time. Without the mark all events are gone through once more: since each consequence is
    carried out once, nothing happens twice.
    """
    if not ws.plugins.has_hook("react"):
        return 0
    mark, newest, done = ws.private / "reacted", ws.log.size(), 0
    for event in ws.log.read_events(_came_to(mark), newest):
        more, is_whole = _follow_event(ws, event, carry_out)
        done += more
        newest = newest if is_whole else min(newest, event.position - 1)
    write_atomically(mark, b"%d" % newest)
    return done


def _came_to(mark: Path) -> int:
    digits = mark.read_text(errors="replace") if mark.is_file() else ""
    return int(digits) if digits.isdecimal() else 0


def _follow_event(ws: Workspace, event: RecordedEvent, carry_out: CarryOut) -> tuple[int, bool]:
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
            done += _carry_out(ws, command, order, carry_out)
        except Conflict as error:  # others wrote in between, three times: it is asked about again
            faults.append(plugin)
            _say(plugin, event, str(error))
        except CchcError as error:
            _say(plugin, event, str(error))
    return done, not faults


def _commands(
    ws: Workspace, event: RecordedEvent, faults: list[str]
) -> Iterator[tuple[str, Opening | Taking]]:
    source = ws.fact_source()
    item = items.find_item(source.read(), event.stream.removeprefix("item-"))
    if item is None:
        return
    given = source.arguments(event=event.type, item=item)
    for answer in call_hook(ws.plugins, "react", rules.enabled_plugins(source.read()), given, source.abandon):
        if answer.fault:
            faults.append(answer.plugin)
            _say(answer.plugin, event, answer.fault)
        yield from ((answer.plugin, command) for command in answer.value or ())


def _carry_out(ws: Workspace, command: Opening | Taking, order: Order, carry_out: CarryOut) -> int:
    """Return how much was done: the consequence, and what followed from it; 0 if it was done before."""
    receipt = carry_out(ws, command, order).receipt
    if receipt is None or receipt.repeated:
        return 0
    return 1 + follow(ws, receipt, carry_out)


def _depth(event: RecordedEvent) -> int:
    chain = event.command_id.partition(":react-")[2]
    digits = chain.partition(":")[0]
    return int(digits) if digits.isdigit() else 0


def _say(plugin: str, event: RecordedEvent, fault: str) -> None:
    logging.getLogger(__name__).error("plugin %s: react to %s %s: %s", plugin, event.type, event.id, fault)
