"""What plugins bring, as far as it can be used: what cannot be is left out, and told in a sentence."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from cchc_flow.hookspecs import Area, Figure, Rule
from cchc_flow.plugin_host.calling import asked
from cchc_flow.plugin_host.loading import Fault, Plugins
from cchc_flow.workflow.definition import Workflow, problems
from cchc_flow.workflow.guards import CONDITIONS, RULES
from cchc_flow.workflow.periods import SORTS
from cchc_flow.workflow.policy import BUILT_IN, OPENERS, RELATIONS

T = TypeVar("T")

CORE_KINDS = ("task", "report")
COLOUR = re.compile("#[0-9a-fA-F]{6}")


class Brought(msgspec.Struct, frozen=True):
    """What does not change while a process runs, each with its plugin, and what is wrong with the rest."""

    areas: tuple[tuple[str, Area], ...]
    registers: tuple[tuple[str, Workflow], ...]
    figures: tuple[tuple[str, Figure], ...]
    rules: tuple[tuple[str, Rule], ...]
    faults: tuple[Fault, ...]


@lru_cache(16)
def brought(known: Plugins) -> Brought:
    """Return what the plugins bring, asked once."""
    faults = list(known.faults)
    return Brought(
        areas=tuple(_areas(known, faults)),
        registers=tuple(_registers(known, faults)),
        figures=tuple(_answers(known, "figures", "số liệu", faults)),
        rules=tuple(_answers(known, "rules", "quy tắc", faults)),
        faults=tuple(faults),
    )


def of(plugin: str, pairs: Iterable[tuple[str, T]]) -> list[T]:
    """Return what one plugin brought."""
    return [value for name, value in pairs if name == plugin]


def areas(known: Plugins) -> list[Area]:
    """Return the areas of all plugins that can be used, in the order of the plugins' names."""
    return [area for _, area in brought(known).areas]


def plugin_of(known: Plugins, kind: str, area: str | None) -> str | None:
    """Return the plugin that rules an item: the one that brought its kind, else the one of its area."""
    by_kind = {one.kind: plugin for plugin, one in brought(known).registers}
    by_area = {one.key: plugin for plugin, one in brought(known).areas}
    return by_kind.get(kind) or by_area.get(area or "")


def owners(known: Plugins) -> dict[str, Area]:
    """Return the area that each kind of register belongs to: the first of the plugin that brought it."""
    first = dict(reversed(brought(known).areas))
    return {one.kind: first[plugin] for plugin, one in brought(known).registers if plugin in first}


def faults(known: Plugins) -> tuple[Fault, ...]:
    """Return what of the plugins cannot be used, and why."""
    return brought(known).faults


def _areas(known: Plugins, faults: list[Fault]) -> list[tuple[str, Area]]:
    found: list[tuple[str, Area]] = []
    for plugin, area in _answers(known, "areas", "lĩnh vực", faults):
        wrong = _wrong_area(area, found)
        if wrong:
            faults.append(Fault(plugin, f"Lĩnh vực «{area.key}» của trình cắm «{plugin}»: {wrong}."))
        else:
            found.append((plugin, area))
    return sorted(found, key=lambda pair: pair[0])


def _wrong_area(area: Area, found: list[tuple[str, Area]]) -> str:
    """Return why an area cannot be used beside those that were found before it; "" if it can."""
    if not area.key.isidentifier() or not area.key.isascii():
        return "mã phải là chữ thường không dấu và dấu gạch dưới"
    if not COLOUR.fullmatch(area.colour):
        return f"màu «{area.colour}» không có dạng #rrggbb"
    for plugin, other in found:
        if area.key == other.key:
            return f"mã này đã là của trình cắm «{plugin}»"
        if area.label == other.label:
            return f"tên tắt «{area.label}» đã là của trình cắm «{plugin}»"
    return ""


def _registers(known: Plugins, faults: list[Fault]) -> list[tuple[str, Workflow]]:
    found: dict[str, tuple[str, Workflow]] = {}
    for plugin, definition in _answers(known, "workflows", "sổ theo dõi", faults):
        wrong = "; ".join(_wrong_register(definition, found))
        if wrong:
            words = f"Sổ theo dõi «{definition.kind}» của trình cắm «{plugin}»: {wrong}."
            faults.append(Fault(plugin, words))
        else:
            found[definition.kind] = plugin, definition
    return list(found.values())


def _wrong_register(definition: Workflow, found: dict[str, tuple[str, Workflow]]) -> Iterator[str]:
    if definition.kind in CORE_KINDS:
        yield "tên loại là của phần lõi"
    elif definition.kind in found:
        yield f"tên loại đã có của «{found[definition.kind][0]}»"
    if not definition.kind.isidentifier() or not definition.kind.isascii():
        yield "tên loại phải là chữ thường không dấu và dấu gạch dưới"
    yield from problems(definition)
    yield from _unknown(definition)


def _unknown(definition: Workflow) -> Iterator[str]:
    """Yield the names in a definition that nobody knows: of roles, relations, conditions, rules, periods."""
    yield from (f"không có vai trò «{role}»" for role in definition.openers if role not in OPENERS)
    for field in (*definition.asks, *(one for step in definition.transitions for one in step.fields)):
        sorts = field.choices if field.kind == "period" else ()
        yield from (f"ô {field.name}: không có loại kỳ «{one}»" for one, _ in sorts if one not in SORTS)
    for step in definition.transitions:
        yield from (f"bước {step.name}: không có «{by}»" for by in step.by if by not in RELATIONS)
        yield from (
            f"bước {step.name}: không có điều kiện «{one}»" for one in step.when if one not in CONDITIONS
        )
        yield from (f"bước {step.name}: không có quy tắc «{one}»" for one in step.rules if one not in RULES)


def _answers(known: Plugins, hook: str, what: str, faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    """Yield what each plugin brings, those of the program first: no other may take a name from them."""
    answers = sorted(
        asked(known, hook, None, lambda name: {}),
        key=lambda one: (known.about[one.plugin].origin != BUILT_IN, one.plugin),
    )
    for one in answers:
        if one.fault:
            words = f"Trình cắm «{one.plugin}» không cho biết {what} của nó: {one.fault}."
            faults.append(Fault(one.plugin, words))
        yield from ((one.plugin, value) for value in one.value or ())
