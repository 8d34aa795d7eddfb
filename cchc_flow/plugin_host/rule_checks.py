"""Asks plugins about a step before it is taken; the step is refused when one of them cannot be asked."""

from typing import Any, cast

from sqlite_utils import Database

from cchc_flow.errors import MissingData, Refusal
from cchc_flow.hookspecs import Violation
from cchc_flow.plugin_host.calling import call_hook
from cchc_flow.plugin_host.facts import FactSource
from cchc_flow.plugin_host.loading import HookResult
from cchc_flow.plugin_host.rule_law import lawful_violations
from cchc_flow.projections import rules
from cchc_flow.projections.rules import LoadedPlugin
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import (
    Content,
    Data,
    ItemCommented,
    ItemOverruled,
    ItemReminded,
    ItemWithdrawn,
    JsonObject,
)
from cchc_flow.workflow.item import Item

OVERRIDE = Field("override", "text", "Lý do vẫn làm", hint="Bắt buộc khi quy tắc có cảnh báo")

GOES_ON = (ItemCommented, ItemReminded, ItemWithdrawn)
"""What is done whether or not a missing plugin can be asked: it decides nothing, or takes back."""


class RuleBroken(Refusal):
    """A rule of a plugin blocks the step."""


class RuleNotAsked(Refusal):
    """A plugin whose rules are in force could not be asked, so the step is not taken."""


class Warned(MissingData):
    """Rules warn of the step; with a reason it may be taken all the same."""


def refuse_missing_rules(source: FactSource, kind: str, event: type[Data], item: Item | None) -> None:
    """Raise RuleNotAsked when a plugin that is gone, or could not be loaded, decides about a step.

    These are the steps of its registers, and those of items of its areas, as it was last loaded: all but the
    few events of GOES_ON. It blocks until it is back, or switched off. `item` is None for a new entry.
    """
    if not source.plugins.is_host or issubclass(event, GOES_ON):
        return
    db = source.read()
    for name, plugin in rules.loaded_plugins(db).items():
        if plugin.enabled and name not in source.plugins.about and _decides(source, plugin, kind, item):
            is_there = name in source.plugins.load_faults
            raise _not_asked_error(db, name, "không nạp được" if is_there else "không còn trong phần mềm")


def _decides(source: FactSource, plugin: LoadedPlugin, kind: str, item: Item | None) -> bool:
    """Tell whether the hooks of a missing plugin have a say in the steps of an item."""
    loaded = plugin.loaded
    if not loaded.digest:  # the first version of the event did not say what a plugin decides about
        return plugin.name in source.plugins.load_faults
    if not plugin.decides():
        return False
    is_only_rules = not (loaded.kinds or loaded.areas)
    return is_only_rules or kind in loaded.kinds or (item is not None and source.lies_in(item, loaded.areas))


def gather_fields(source: FactSource, kind: str, step: str, item: Item | None) -> tuple[Field, ...]:
    """Return the fields that plugins add to those of a step; raise RuleNotAsked when one cannot be asked."""
    if not source.plugins.has_hook("fields"):
        return ()
    arguments = {"kind": kind, "step": step, "item": item}
    only = rules.enabled_plugins(source.read())
    answers = call_hook(source.plugins, "fields", only, lambda plugin: arguments, source.abandon)
    return tuple(field for answer in answers for field in _require_value(source, answer))


def check_rules(
    source: FactSource, item: Item, step: Transition, data: JsonObject, reason: Typed | None
) -> tuple[ItemOverruled, ...]:
    """Ask the rules about a step; raise RuleBroken, RuleNotAsked, or Warned where a reason is missing.

    `data` are the cleaned values of the step's form. Return the event that records which warnings (as
    plugin.rule) the reason overrides; none when no rule warned.
    """
    if not source.plugins.has_hook("check"):
        return ()
    arguments = source.arguments(item=item, step=step, data=plain_data(data))
    only = rules.enabled_plugins(source.read())
    answers = call_hook(source.plugins, "check", only, arguments, source.abandon)
    violations: list[tuple[str, Violation]]
    violations = [
        (answer.plugin, violation) for answer in answers for violation in _lawful_answer(source, answer)
    ]
    blocking = [violation for _, violation in violations if violation.blocks]
    if blocking:
        raise RuleBroken(
            " ".join(violation.why for violation in blocking),
            " ".join(violation.now for violation in blocking if violation.now),
        )
    if not violations:
        return ()
    if reason is None:
        raise Warned(
            {OVERRIDE.name: " ".join(f"{warning.why} {warning.now}".strip() for _, warning in violations)}
        )
    # what was typed becomes a reference to the vault when the event is stored
    overridden = tuple(f"{plugin}.{warning.rule}" for plugin, warning in violations)
    return (ItemOverruled(step=step.name, rules=overridden, reason=cast("Content", reason)),)


def _lawful_answer(source: FactSource, answer: HookResult) -> list[Violation]:
    """Return what a plugin answered, as far as the law of the day allows; raise RuleNotAsked if it failed."""
    violations, today = _require_value(source, answer), local_day(source.now())
    return lawful_violations(source.plugins, source.read(), answer.plugin, violations, today)


def plain_data(data: JsonObject) -> JsonObject:
    """Return cleaned values of a form as plugins see them: words as strings, files as their names."""
    return {name: _plain(value) for name, value in data.items()}


def _plain(value: object) -> object:
    match value:
        case Typed(text=text):
            return text
        case Upload(name=name):
            return name
        case tuple():
            return tuple(_plain(part) for part in value)
        case _:
            return value


def _require_value(source: FactSource, answer: HookResult) -> list[Any]:
    """Return what a plugin answered; raise RuleNotAsked when it failed."""
    if answer.fault:
        raise _not_asked_error(source.read(), answer.plugin, answer.fault)
    value: list[Any] = answer.value
    return value


def _not_asked_error(db: Database, name: str, fault: str) -> RuleNotAsked:
    plugin = rules.loaded_plugins(db).get(name)
    return RuleNotAsked(
        f"Không hỏi được quy tắc của lĩnh vực «{plugin.title if plugin else name}» ({fault}),"
        " nên việc này chưa được thực hiện.",
        "Hãy báo quản trị; quản trị hoặc đầu mối CCHC có thể tắt lĩnh vực này, kèm lý do, ở trang Lĩnh vực.",
    )
