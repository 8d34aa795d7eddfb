"""Reactions: what plugins want to follow from an event, each a command that is carried out once.

This is a process manager: it listens to events and gives commands. `dispatch` carries the commands out.
"""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from cchc_flow.commands import channels
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

MAX_DEPTH = 5
"""How far reactions to reactions go: deeper than this, a plugin would answer itself for ever."""
CHAIN = "system:react"
CarryOut = Callable[[Workspace, Opening | Taking, Order], Outcome]


def carry_out_reactions(ws: Workspace, receipt: Receipt | None, carry_out: CarryOut) -> int:
    """Carry out the reactions to the events of a commit, and those to them; return how many there were."""
    if receipt is None or not ws.plugins.has_hook("react"):
        return 0
    events = ws.log.read_events(receipt.first - 1, receipt.last)
    return sum(_react_to_event(ws, event, carry_out)[0] for event in events)


def catch_up(ws: Workspace, carry_out: CarryOut) -> int:
    """Carry out the reactions to any event that were left undone; return how many there were.

    The position that was reached is kept in a file beside the keys, and stays before an event about which a
    plugin could not be asked. Without the file all events are gone through again: since each reaction is
    carried out once, nothing happens twice.
    """
    if not ws.plugins.has_hook("react"):
        return 0
    position_file, reached, done = ws.private / "reacted", ws.log.size(), 0
    for event in ws.log.read_events(_last_position(position_file), reached):
        count, is_complete = _react_to_event(ws, event, carry_out)
        done += count
        reached = reached if is_complete else min(reached, event.position - 1)
    write_atomically(position_file, b"%d" % reached)
    return done


def _last_position(position_file: Path) -> int:
    """Return the position that a file holds; 0 when it is missing or damaged."""
    digits = position_file.read_text(errors="replace") if position_file.is_file() else ""
    return int(digits) if digits.isdecimal() else 0


def _react_to_event(ws: Workspace, event: RecordedEvent, carry_out: CarryOut) -> tuple[int, bool]:
    """Carry out the reactions to one event; return how many there were, and whether every plugin answered."""
    depth = _depth(event)
    if not event.type.startswith("item.") or depth >= MAX_DEPTH:
        return 0, True
    done, faults = 0, list[str]()
    for plugin, command in _consequences(ws, event, faults):
        order = Order(
            f"{PLUGIN}{plugin}",
            f"{CHAIN}-{depth + 1}:{plugin}:{event.id}:{command.key}",
            causation_id=event.id,
            correlation_id=event.correlation_id,
            channel=channels.reaction(plugin),
        )
        try:
            done += _carry_out_consequence(ws, command, order, carry_out)
        except Conflict as error:  # others wrote in between, three times: the next catch-up tries again
            faults.append(plugin)
            _log_fault(plugin, event, str(error))
        except CchcError as error:
            _log_fault(plugin, event, str(error))
    return done, not faults


def _consequences(
    ws: Workspace, event: RecordedEvent, faults: list[str]
) -> Iterator[tuple[str, Opening | Taking]]:
    """Yield what each plugin wants to follow from an event, with its name; `faults` gets those that fail."""
    source = ws.fact_source()
    item = items.find_item(source.read(), event.stream.removeprefix("item-"))
    if item is None:
        return
    arguments = source.arguments(event=event.type, item=item)
    enabled = rules.enabled_plugins(source.read())
    for answer in call_hook(ws.plugins, "react", enabled, arguments, source.abandon):
        if answer.fault:
            faults.append(answer.plugin)
            _log_fault(answer.plugin, event, answer.fault)
        yield from ((answer.plugin, command) for command in answer.value or ())


def _carry_out_consequence(
    ws: Workspace, command: Opening | Taking, order: Order, carry_out: CarryOut
) -> int:
    """Carry out one reaction and those to it; return how many that were, 0 if it was done before."""
    receipt = carry_out(ws, command, order).receipt
    if receipt is None or receipt.repeated:
        return 0
    return 1 + carry_out_reactions(ws, receipt, carry_out)


def _depth(event: RecordedEvent) -> int:
    """Return how many reactions led to an event, one after another, as its command's id says."""
    chain = event.command_id.partition(":react-")[2]
    digits = chain.partition(":")[0]
    return int(digits) if digits.isdigit() else 0


def _log_fault(plugin: str, event: RecordedEvent, fault: str) -> None:
    logging.getLogger(__name__).error("plugin %s: react to %s %s: %s", plugin, event.type, event.id, fault)
