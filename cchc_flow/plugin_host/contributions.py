"""What plugins contribute, as far as it can be used: each thing left out is named in a sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import msgspec

from cchc_flow.hookspecs import Area, Figure, Rule
from cchc_flow.plugin_host.calling import call_hook
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugin_host.manager import Fault
from cchc_flow.plugin_host.places import place_of_step
from cchc_flow.plugin_host.questions import usable_questions
from cchc_flow.projections.search import search_key
from cchc_flow.question_values import Question
from cchc_flow.workflow.bearing import event_problems
from cchc_flow.workflow.definition import Workflow, as_data, problems
from cchc_flow.workflow.guards import CONDITIONS, RULES
from cchc_flow.workflow.hands import CORE_KINDS, INSPECTION_KINDS
from cchc_flow.workflow.law import begin
from cchc_flow.workflow.periods import SORTS
from cchc_flow.workflow.policy import BUILT_IN, OPENERS, OWN_WORK, READERS, RELATIONS

T = TypeVar("T")


class HasWords(Protocol):
    """An area that is recognised by words: one of a plugin, or as the log describes it."""

    @property
    def says(self) -> tuple[str, ...]: ...


Recognised = TypeVar("Recognised", bound=HasWords)

COLOUR = re.compile("#[0-9a-fA-F]{6}")
LARGEST_REGISTER = 60_000
"""How many bytes of a definition go, with the rest of the event that publishes it, into the log."""


class Contributions(msgspec.Struct, frozen=True):
    """What plugins define once and for all, as (plugin, thing), and what of it cannot be used."""

    areas: tuple[tuple[str, Area], ...]
    registers: tuple[tuple[str, Workflow], ...]
    figures: tuple[tuple[str, Figure], ...]
    rules: tuple[tuple[str, Rule], ...]
    questions: tuple[tuple[str, Question], ...]
    faults: tuple[Fault, ...]


@lru_cache(16)
def collect(plugins: Plugins) -> Contributions:
    """Return what the plugins contribute; they are asked once, since it does not change while they run."""
    faults = list(plugins.faults)
    return Contributions(
        areas=tuple(_usable_areas(plugins, faults)),
        registers=tuple(_usable_registers(plugins, faults)),
        figures=tuple(_usable_figures(plugins, faults)),
        rules=tuple(_values(plugins, "rules", "quy tắc", faults)),
        questions=tuple(usable_questions(_values(plugins, "questions", "câu hỏi", faults), faults)),
        faults=tuple(faults),
    )


def values_of(plugin: str, pairs: Iterable[tuple[str, T]]) -> list[T]:
    """Return the values of one plugin among pairs of (plugin, value)."""
    return [value for name, value in pairs if name == plugin]


def areas(plugins: Plugins) -> list[Area]:
    """Return the areas of all plugins that can be used, in the order of the plugins' names."""
    return [area for _, area in collect(plugins).areas]


def responsible_plugin(plugins: Plugins, kind: str, area: str | None) -> str | None:
    """Return the plugin whose rules an item follows: the one that defines its kind, else that of its area."""
    by_kind = {register.kind: plugin for plugin, register in collect(plugins).registers}
    by_area = {area.key: plugin for plugin, area in collect(plugins).areas}
    return by_kind.get(kind) or by_area.get(area or "")


def register_areas(plugins: Plugins) -> dict[str, Area]:
    """Return the area that each kind of register belongs to: the first area of its plugin."""
    first = dict(reversed(collect(plugins).areas))
    return {
        register.kind: first[plugin] for plugin, register in collect(plugins).registers if plugin in first
    }


def faults(plugins: Plugins) -> tuple[Fault, ...]:
    """Return what of the plugins cannot be used, and why."""
    return collect(plugins).faults


def recognise_area(heading: str, areas: Sequence[Recognised]) -> Recognised | None:
    """Return the area that a plan's heading names first, the longer name of two at one place; else None."""
    text = search_key(heading)
    matches = [
        (match.start(), -match.end(), index)
        for index, area in enumerate(areas)
        if (match := find_any_word(area.says, text))
    ]
    return areas[min(matches)[2]] if matches else None


def find_any_word(words: tuple[str, ...], text: str) -> re.Match[str] | None:
    """Return the first match of one of the words in a text, which must be a search key; None without one."""
    return _pattern_of(words).search(text) if words else None


@lru_cache
def _pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that matches any of the words as a whole word, the longest first."""
    longest_first = sorted(map(search_key, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _usable_areas(plugins: Plugins, faults: list[Fault]) -> list[tuple[str, Area]]:
    """Return the areas that can be used, by plugin; add a fault for each of the others."""
    usable: list[tuple[str, Area]] = []
    for plugin, area in _values(plugins, "areas", "lĩnh vực", faults):
        problem = _area_problem(area, usable)
        if problem:
            faults.append(Fault(plugin, f"Lĩnh vực «{area.key}» của trình cắm «{plugin}»: {problem}."))
        else:
            usable.append((plugin, area))
    return sorted(usable, key=lambda pair: pair[0])


def _area_problem(area: Area, others: list[tuple[str, Area]]) -> str:
    """Return why an area cannot be used beside the others, which came before it; "" if it can."""
    if not area.key.isidentifier() or not area.key.isascii():
        return "mã phải là chữ thường không dấu và dấu gạch dưới"
    if not COLOUR.fullmatch(area.colour):
        return f"màu «{area.colour}» không có dạng #rrggbb"
    for plugin, other in others:
        if area.key == other.key:
            return f"mã này đã là của trình cắm «{plugin}»"
        if area.label == other.label:
            return f"tên tắt «{area.label}» đã là của trình cắm «{plugin}»"
    return ""


def _usable_figures(plugins: Plugins, faults: list[Fault]) -> Iterator[tuple[str, Figure]]:
    """Yield the figures by plugin; one with two values for one day keeps its present one, and is a fault."""
    for plugin, figure in _values(plugins, "figures", "số liệu", faults):
        first_days = [begin(edition) for edition in figure.all_editions()]
        if len(set(first_days)) < len(first_days):
            words = f"Số liệu «{figure.title}» của trình cắm «{plugin}» có hai mức cho cùng một ngày áp dụng"
            faults.append(Fault(plugin, f"{words}; phần mềm chỉ dùng mức hiện hành {figure.value}."))
            figure = msgspec.structs.replace(figure, editions=())
        yield plugin, figure


def _usable_registers(plugins: Plugins, faults: list[Fault]) -> list[tuple[str, Workflow]]:
    """Return the registers that can be used, by plugin; add a fault for each of the others."""
    usable: dict[str, tuple[str, Workflow]] = {}
    for plugin, definition in _values(plugins, "workflows", "sổ theo dõi", faults):
        wrong = list(_register_problems(definition, usable))
        if wrong:
            lines = [*wrong, *_places(plugins, plugin, definition)]
            words = f"Sổ theo dõi «{definition.kind}» của trình cắm «{plugin}»: {'; '.join(lines)}."
            faults.append(Fault(plugin, words))
        else:
            usable[definition.kind] = plugin, definition
    return list(usable.values())


def _register_problems(definition: Workflow, others: dict[str, tuple[str, Workflow]]) -> Iterator[str]:
    """Yield why a register cannot be used beside the others, which came before it."""
    if definition.kind in (*CORE_KINDS, *INSPECTION_KINDS):
        yield "tên loại là của phần lõi"
    elif definition.kind in others:
        yield f"tên loại đã có của «{others[definition.kind][0]}»"
    if not definition.kind.isidentifier() or not definition.kind.isascii():
        yield "tên loại phải là chữ thường không dấu và dấu gạch dưới"
    size = len(msgspec.json.encode(as_data(definition)))
    if size > LARGEST_REGISTER:  # the log would not take the event that publishes it
        yield f"sổ dài {size} byte, nhiều nhất {LARGEST_REGISTER}: hãy bớt lựa chọn và lời hướng dẫn"
    yield from problems(definition)
    yield from event_problems(definition)
    yield from _unknown_names(definition)


def _places(plugins: Plugins, plugin: str, definition: Workflow) -> Iterator[str]:
    """Yield where the steps stand in a plugin's code that make an event which its register cannot bear."""
    for step in definition.transitions:
        is_wrong = event_problems(msgspec.structs.replace(definition, transitions=(step,)))
        if is_wrong and (place := place_of_step(plugins, plugin, step.name)):
            yield f"xem {place}"


def _unknown_names(definition: Workflow) -> Iterator[str]:
    """Yield a complaint for each unknown role, reader, relation, condition, rule or sort of period."""
    yield from (f"không có vai trò «{role}»" for role in definition.openers if role not in OPENERS)
    yield from (f"không có người đọc «{name}»" for name in definition.readers if name not in READERS)
    for field in (*definition.asks, *(field for step in definition.transitions for field in step.fields)):
        sorts = field.choices if field.kind == "period" else ()
        yield from (f"ô {field.name}: không có loại kỳ «{sort}»" for sort, _ in sorts if sort not in SORTS)
    for step in definition.transitions:
        yield from (f"bước {step.name}: không có «{by}»" for by in step.by if by not in RELATIONS)
        if step.four_eyes and step.four_eyes not in OWN_WORK:
            yield f"bước {step.name}: không biết «{step.four_eyes}» là ai để giữ bốn mắt"
        yield from (
            f"bước {step.name}: không có điều kiện «{name}»" for name in step.when if name not in CONDITIONS
        )
        yield from (
            f"bước {step.name}: không có quy tắc «{name}»" for name in step.rules if name not in RULES
        )


def _values(plugins: Plugins, hook: str, what: str, faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    """Yield (plugin, value) for all that a hook returns; built-in plugins come first, so their names win."""
    results = sorted(
        call_hook(plugins, hook, None, lambda name: {}),
        key=lambda result: (plugins.about[result.plugin].origin != BUILT_IN, result.plugin),
    )
    for result in results:
        if result.fault:
            words = f"Trình cắm «{result.plugin}» không cho biết {what} của nó: {result.fault}."
            faults.append(Fault(result.plugin, words))
        yield from ((result.plugin, value) for value in result.value or ())
