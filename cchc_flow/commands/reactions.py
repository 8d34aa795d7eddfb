"""Reactions: what plugins want to follow from an event, each a command that is carried out once.

This is a process manager: it listens to events and gives commands. `dispatch` carries the commands out.
"""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from sqlite_utils.utils import sqlite3

from cchc_flow.commands import channels
from cchc_flow.commands.outcome import Outcome
from cchc_flow.commands.reaction_retries import (
    FAILURES_IN_A_ROW,
    Retry,
    RetryQueue,
    pause_after,
    resting_plugins,
)
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.errors import CchcError, Conflict
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.port import Receipt, RecordedEvent
from cchc_flow.files import write_atomically
from cchc_flow.hookspecs import Opening, Taking
from cchc_flow.plugin_host.calling import call_hook
from cchc_flow.plugin_host.manager import Fault
from cchc_flow.plugin_host.rule_checks import RuleNotAsked
from cchc_flow.projections import rules
from cchc_flow.projections.cards import items
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.policy import PLUGIN
from cchc_flow.workspace import Workspace

MAX_DEPTH = 5
"""How far reactions to reactions go: deeper than this, a plugin would answer itself for ever."""
CHAIN = "system:react"
REACTED = "reacted"
"""The file that holds how far reactions have come."""
CarryOut = Callable[[Workspace, Opening | Taking, Order], Outcome]


def carry_out_reactions(ws: Workspace, receipt: Receipt | None, carry_out: CarryOut) -> int:
    """Carry out the reactions to the events of a commit, and those to them; return how many there were."""
    if receipt is None or not ws.plugins.has_hook("react"):
        return 0
    events = ws.log.read_events(receipt.first - 1, receipt.last)
    return sum(_react_to_event(ws, event, carry_out)[0] for event in events)


def catch_up(ws: Workspace, carry_out: CarryOut) -> int:
    """Carry out all reactions that were left undone, also those that failed; return how many there were.

    The position that was reached is kept in a file beside the keys, and stays before an event on which a
    failure could not be noted. Without the file all events are gone through again: since each reaction is
    carried out once, nothing happens twice.
    """
    if not ws.plugins.has_hook("react"):
        return 0
    position_file, size = ws.private / REACTED, ws.log.size()
    reached, done = size, _retry(ws, RetryQueue(ws.private).retries(), carry_out)
    for event in ws.log.read_events(_last_position(position_file, size), size):
        count, is_settled = _react_to_event(ws, event, carry_out)
        done += count
        reached = reached if is_settled else min(reached, event.position - 1)
    write_atomically(position_file, b"%d" % reached)
    return done


def retry_due(ws: Workspace, carry_out: CarryOut) -> int:
    """Carry out the reactions that failed and whose pause is over; return how many there were."""
    now = format_instant(ws.now())
    due = [retry for retry in RetryQueue(ws.private).retries() if retry.next <= now]
    return _retry(ws, due, carry_out)


def faults(ws: Workspace) -> list[Fault]:
    """Return a sentence for each plugin whose reactions fail: since when, why, and when they are retried."""
    retries = RetryQueue(ws.private).retries()
    plugins = sorted({retry.plugin for retry in retries})
    return [
        Fault(plugin, _fault_words(ws, plugin, [retry for retry in retries if retry.plugin == plugin]))
        for plugin in plugins
    ]


def _fault_words(ws: Workspace, plugin: str, retries: Sequence[Retry]) -> str:
    """Return the sentence on the reactions of one plugin that failed."""
    title = ws.plugins.about[plugin].title if plugin in ws.plugins.about else plugin
    since, upcoming = min(retry.since for retry in retries), min(retry.next for retry in retries)
    return (
        f"Lĩnh vực «{title}» chưa làm được việc tự động theo {len(retries)} sự kiện, kể từ"
        f" {moment_words(since)}: {retries[-1].fault}. Việc này được tự động thử lại, lần tới lúc"
        f" {moment_words(upcoming)}."
    )


def _last_position(position_file: Path, size: int) -> int:
    """Return the position that a file holds; 0 when it is missing, damaged, or that of a longer log."""
    digits = position_file.read_text(errors="replace") if position_file.is_file() else ""
    reached = int(digits) if digits.isdecimal() else 0
    return reached if reached <= size else 0


def _retry(ws: Workspace, retries: Sequence[Retry], carry_out: CarryOut) -> int:
    """Ask again about the events of retries; return how many reactions were carried out.

    A plugin that is not there keeps its retries until it comes back.
    """
    return sum(
        _retry_of_plugin(ws, [retry for retry in retries if retry.plugin == plugin], carry_out)
        for plugin in ws.plugins.implementers("react", {retry.plugin for retry in retries})
    )


def _retry_of_plugin(ws: Workspace, retries: Sequence[Retry], carry_out: CarryOut) -> int:
    """Ask one plugin again; once it fails several times in a row, its other retries wait like the last."""
    queue, done, failures = RetryQueue(ws.private), 0, 0
    for number, retry in enumerate(retries):
        event = _find_event(ws, retry)
        count, fault = _ask(ws, event, {retry.plugin}, carry_out) if event else (0, {})
        done += count
        if event is None or not fault:
            queue.remove(retry)
            failures = 0
            continue
        queue.add_failure(retry.plugin, event, fault[retry.plugin], ws.now())
        failures += 1
        if failures == FAILURES_IN_A_ROW:
            queue.postpone(retries[number + 1 :], ws.now() + pause_after(retry.attempts + 1))
            break
    return done


def _find_event(ws: Workspace, retry: Retry) -> RecordedEvent | None:
    """Return the event of a retry; None when the log was put back to before it."""
    event = ws.log.event(retry.position) if retry.position <= ws.log.size() else None
    return event if event and event.id == retry.event else None


def _react_to_event(ws: Workspace, event: RecordedEvent, carry_out: CarryOut) -> tuple[int, bool]:
    """Carry out the reactions to an event, but those that are left to a retry; return how many there were.

    The second value is False when a failure could not be noted for a retry, as on a full disk.
    """
    queue, now = RetryQueue(ws.private), ws.now()
    retries = queue.retries()
    waiting = {retry.plugin for retry in retries if retry.event == event.id}
    resting = resting_plugins(retries, now) - waiting
    plugins = rules.enabled_plugins(ws.read()) - waiting - resting
    done, failed = _ask(ws, event, plugins, carry_out)
    try:
        for plugin, fault in failed.items():
            queue.add_failure(plugin, event, fault, now)
        if _may_be_answered(event):
            for plugin in ws.plugins.implementers("react", resting):
                queue.add_waiting(plugin, event, now)
    except (OSError, sqlite3.Error) as error:  # the command itself is done: it must not seem to have failed
        logging.getLogger(__name__).error("the retry of a reaction to %s: %s", event.id, error)
        return done, False
    return done, True


def _may_be_answered(event: RecordedEvent) -> bool:
    """Tell whether plugins are asked about an event: one of an item, and no answer to too many others."""
    return event.type.startswith("item.") and _depth(event) < MAX_DEPTH


def _ask(
    ws: Workspace, event: RecordedEvent, plugins: Collection[str], carry_out: CarryOut
) -> tuple[int, dict[str, str]]:
    """Carry out what plugins want to follow from an event; return how much that was, and who failed, and how.

    A command that is refused is an answer, and is not given again.
    """
    done, failed = 0, dict[str, str]()
    if not _may_be_answered(event):
        return done, failed
    for plugin, command in _consequences(ws, event, plugins, failed):
        order = Order(
            f"{PLUGIN}{plugin}",
            f"{CHAIN}-{_depth(event) + 1}:{plugin}:{event.id}:{command.key}",
            causation_id=event.id,
            correlation_id=event.correlation_id,
            channel=channels.reaction(plugin),
        )
        try:
            done += _carry_out_consequence(ws, command, order, carry_out)
        except (Conflict, RuleNotAsked) as error:  # others wrote in between, or an area is not there now
            failed[plugin] = str(error)
            _log_fault(plugin, event, str(error))
        except CchcError as error:
            _log_fault(plugin, event, str(error))
    return done, failed


def _consequences(
    ws: Workspace, event: RecordedEvent, plugins: Collection[str], failed: dict[str, str]
) -> Iterator[tuple[str, Opening | Taking]]:
    """Yield what plugins want to follow from an event, each with its name; `failed` gets those that fail."""
    source = ws.fact_source()
    item = items.find_item(source.read(), event.stream.removeprefix("item-"))
    if item is None:
        return
    arguments = source.arguments(event=event.type, item=item)
    enabled = rules.enabled_plugins(source.read()).intersection(plugins)
    for answer in call_hook(ws.plugins, "react", enabled, arguments, source.abandon):
        if answer.fault:
            failed[answer.plugin] = answer.fault
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
