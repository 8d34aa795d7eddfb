"""Asking the plugins whose rules are in force, before a step is taken: who cannot be asked, refuses."""

from typing import Any, cast

from sqlite_utils import Database

from cchc_flow.errors import MissingData, Refusal
from cchc_flow.hookspecs import Violation
from cchc_flow.plugin_host.calling import call_hook
from cchc_flow.plugin_host.facts import FactSource
from cchc_flow.plugin_host.loading import HookResult
from cchc_flow.projections import rules
from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import Content, ItemOverruled, JsonObject
from cchc_flow.workflow.item import Item

OVERRIDE = Field("override", "text", "Lý do vẫn làm", hint="Bắt buộc khi quy tắc có cảnh báo")


class RuleBroken(Refusal):
    """A rule of a plugin keeps the step out."""


class RuleNotAsked(Refusal):
    """A plugin whose rules are in force could not be asked, so the step is not taken."""


class Warned(MissingData):
    """Rules warn of the step: with a reason it may be taken all the same."""


def gather_fields(source: FactSource, kind: str, step: str, item: Item | None) -> tuple[Field, ...]:
    """Return what plugins ask for besides the fields of a step; raise RuleNotAsked when one cannot say."""
    _refuse_broken(source)
    if not source.plugins.has_hook("fields"):
        return ()
    given = {"kind": kind, "step": step, "item": item}
    only = rules.enabled_plugins(source.read())
    answers = call_hook(source.plugins, "fields", only, lambda name: given, source.abandon)
    return tuple(field for answer in answers for field in _value(source, answer))


def check_rules(
    source: FactSource, item: Item, step: Transition, data: JsonObject, reason: Typed | None
) -> tuple[ItemOverruled, ...]:
    """Ask the rules about a step; raise RuleBroken, RuleNotAsked, or Warned where a reason is missing.

    `data` are the cleaned values of the step's form. Return the event that keeps which warnings the reason
    overrides, as plugin.rule; none where no rule warned.
    """
    if not source.plugins.has_hook("check"):
        return ()
    given = source.arguments(item=item, step=step, data=plain_data(data))
    answers = call_hook(source.plugins, "check", rules.enabled_plugins(source.read()), given, source.abandon)
    found: list[tuple[str, Violation]]
    found = [(answer.plugin, violation) for answer in answers for violation in _value(source, answer)]
    blocking = [violation for _, violation in found if violation.blocks]
    if blocking:
        raise RuleBroken(
            " ".join(violation.why for violation in blocking),
            " ".join(violation.now for violation in blocking if violation.now),
        )
    if not found:
        return ()
    if reason is None:
        raise Warned({OVERRIDE.name: " ".join(f"{one.why} {one.now}".strip() for _, one in found)})
    # what was typed becomes a reference to the vault when the event is stored
    broken = tuple(f"{plugin}.{violation.rule}" for plugin, violation in found)
    return (ItemOverruled(step=step.name, rules=broken, reason=cast("Content", reason)),)


def plain_data(data: JsonObject) -> JsonObject:
    """Return what a form gave as plugins see it: words as strings, files as their names."""
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


def _value(source: FactSource, answer: HookResult) -> list[Any]:
    if answer.fault:
        raise _not_asked(source.read(), answer.plugin, answer.fault)
    value: list[Any] = answer.value
    return value


def _refuse_broken(source: FactSource) -> None:
    """Rules that are in force and could not be loaded cannot be asked, until somebody switches them off."""
    if source.plugins.load_faults:
        db = source.read()
        for name in sorted(rules.enabled_plugins(db) & source.plugins.load_faults.keys()):
            raise _not_asked(db, name, "không nạp được")


def _not_asked(db: Database, name: str, fault: str) -> RuleNotAsked:
    plugin = rules.loaded_plugins(db).get(name)
    return RuleNotAsked(
        f"Không hỏi được quy tắc của lĩnh vực «{plugin.title if plugin else name}» ({fault}),"
        " nên việc này chưa được thực hiện.",
        "Hãy báo quản trị; có thể tạm tắt lĩnh vực này ở trang Lĩnh vực.",
    )
