"""The plugins: from `plugins/` and installed packages; a misspelt hook is refused, each is asked alone."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec
import pluggy

from cchc_flow import __version__, hookspecs
from cchc_flow import plugins as areas
from cchc_flow.errors import CchcError
from cchc_flow.hookspecs import Area
from cchc_flow.projections.search import search_key
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.policy import BUILT_IN

PATIENCE_SECONDS = 2.0
"""How long a plugin may take to answer."""
ANSWERS: dict[str, Any] = {
    "areas": list[Area],
    "figures": list[hookspecs.Figure],
    "rules": list[hookspecs.Rule],
    "workflows": list[Workflow],
    "fields": list[Field],
    "check": list[hookspecs.Violation],
    "react": list[hookspecs.Opening | hookspecs.Taking],
    "measures": list[hookspecs.Measure],
    "badges": list[Badge],
    "report_section": hookspecs.Section,
    "panel": hookspecs.Panel,
}


class PluginError(CchcError):
    """A plugin cannot be used as it is."""


class About(msgspec.Struct, frozen=True):
    """What came with the program: `title` is the first line of its docstring, `origin` what brought it."""

    name: str
    title: str
    version: str
    origin: str


class Answer(msgspec.Struct, frozen=True):
    """What one plugin answered to a hook; or its `fault`, in words, when it could not."""

    plugin: str
    value: Any = None
    fault: str = ""


class Fault(msgspec.Struct, frozen=True):
    """What of a plugin cannot be used, and why, in a sentence that names it."""

    plugin: str
    words: str


class Manager(pluggy.PluginManager):
    """Knows the plugins that could be loaded, what brought each, and which could not be."""

    def __init__(self) -> None:
        super().__init__("cchc_flow")
        self.add_hookspecs(hookspecs)
        self.brought: dict[str, tuple[str, str]] = {}
        self.faults: list[Fault] = []

    def bring(self, name: str, load: Callable[[], object], version: str, origin: str) -> None:
        """Load and register a plugin; what cannot be loaded is a fault, and the rest goes on without it."""
        try:
            plugin = load()
        except (Exception, SystemExit) as error:  # code of others: anything may happen as it is imported
            self.faults.append(Fault(name, f"Trình cắm «{name}» không nạp được: {said(error)}."))
            return
        if self.has_plugin(name) or self.is_registered(plugin):
            words = f"Trình cắm «{name}» của gói «{origin}» bị bỏ qua: tên hoặc mã của nó đã được nạp rồi."
            self.faults.append(Fault(name, words))
            return
        self.register(plugin, name=name)
        self.brought[name] = version, origin


class Plugins:
    """The plugins of this process; each is called by itself: one that fails breaks no other."""

    def __init__(self, manager: Manager | None = None) -> None:
        known = manager.list_name_plugin() if manager else []
        self._hooks = _implementations(manager) if manager else {}
        self._modules = dict(known)
        self.about = {name: _about(manager, name) for name, _ in sorted(known)} if manager else {}
        self.faults = tuple(manager.faults) if manager else ()
        self.patience = PATIENCE_SECONDS
        self.late: dict[str, float] = {}
        """When a plugin last took too long, by the clock of `time.monotonic`."""

    @property
    def broken(self) -> dict[str, str]:
        """The plugins that are there and could not be loaded, each with the sentence that says why."""
        return {one.plugin: one.words for one in self.faults if one.plugin not in self.about}

    def ask(self, hook: str, only: Collection[str] | None = None, **facts: Any) -> Iterator[Answer]:
        """Yield what each plugin (of `only`) answers to a hook, in the order of their names."""
        for name in self.answering(hook, only):
            yield self.ask_one(name, hook, facts)

    def answering(self, hook: str, only: Collection[str] | None = None) -> list[str]:
        """Return the names of the plugins (of `only`) that answer a hook, in order."""
        return [name for name in self._hooks.get(hook, ()) if only is None or name in only]

    def ask_one(self, name: str, hook: str, facts: Mapping[str, Any]) -> Answer:
        """Return what one plugin, which answers the hook, has to say."""
        return answer(name, self._hooks[hook][name], hook, facts)

    def folders(self, inner: str) -> dict[str, Path]:
        """Return the folder of this name that each plugin which is a package keeps, where it has one."""
        found = {name: Path(place) / inner for name, one in self._modules.items() for place in _places(one)}
        return {name: folder for name, folder in found.items() if folder.is_dir()}

    def templates(self) -> list[Path]:
        """Return the folders in which plugins that are packages keep templates of their own."""
        return list(self.folders("templates").values())

    def answers(self, hook: str) -> bool:
        """Tell whether any plugin answers a hook."""
        return bool(self._hooks.get(hook))


NONE = Plugins()
"""No plugin at all: the core works without."""


def _places(module: object) -> list[str]:
    return list(getattr(module, "__path__", ()))


def loaded() -> Plugins:
    """Return all plugins that came with the program; raise PluginError for a hook that does not exist."""
    return Plugins(manager())


def plugged(**plugins: object) -> Plugins:
    """Return these plugins and no others, each under its keyword's name."""
    found = Manager()
    for name, plugin in plugins.items():
        found.register(plugin, name=name)
    found.check_pending()
    return Plugins(found)


def answer(name: str, implementation: pluggy.HookImpl, hook: str, facts: Mapping[str, Any]) -> Answer:
    """Return what one plugin answers, checked for its type; whatever it raises is a fault in words."""
    try:
        given = {argument: facts[argument] for argument in implementation.argnames}
        return Answer(name, _exactly(implementation.function(**given), hook))
    except CchcError as error:
        return Answer(name, fault=str(error))
    except (Exception, SystemExit) as error:  # a plugin's own code may raise anything
        return Answer(name, fault=said(error))


def _exactly(value: object, hook: str) -> Any:
    """Return the answer if it is what the hook asks for, down to the last word of each struct.

    The values of a panel may be anything that a template can show.
    """
    if hook == "panel" or value == []:
        return msgspec.convert(value, ANSWERS[hook])
    return msgspec.convert(msgspec.to_builtins(value), ANSWERS[hook])


def said(error: BaseException) -> str:
    """Return in a few words what was raised."""
    first = next(iter(str(error).strip().splitlines()), "")
    return f"{type(error).__name__}: {first}"[:300]


def manager() -> Manager:
    """Return a manager that knows all plugins; raise PluginError for a hook that does not exist."""
    found = Manager()
    try:
        _load(found)
        found.check_pending()
    except pluggy.PluginValidationError as error:
        name = found.get_name(error.plugin) or error.plugin
        raise PluginError(f"Trình cắm «{name}» khai báo hook không có: {error}") from error
    return found


def _load(manager: Manager) -> None:
    for module in sorted(pkgutil.iter_modules(areas.__path__), key=lambda one: one.name):
        load = partial(importlib.import_module, f"{areas.__name__}.{module.name}")
        manager.bring(module.name, load, __version__, BUILT_IN)
    for point in sorted(metadata.entry_points(group="cchc_flow"), key=lambda one: one.name):
        if point.dist is not None:
            manager.bring(point.name, point.load, point.dist.version, point.dist.name)


def _implementations(manager: pluggy.PluginManager) -> dict[str, dict[str, pluggy.HookImpl]]:
    """Return the implementations of each hook by their plugins' names, in order."""
    return {
        hook: dict(sorted((one.plugin_name, one) for one in getattr(manager.hook, hook).get_hookimpls()))
        for hook in ANSWERS
    }


def _about(manager: Manager, name: str) -> About:
    plugin = manager.get_plugin(name)
    title = next(iter((plugin.__doc__ or "").strip().splitlines()), name).rstrip(".")
    version, origin = manager.brought.get(name) or (__version__, BUILT_IN)
    return About(name, title, version, origin)


def recognised(title: str, known: Sequence[Area]) -> Area | None:
    """Return the area that a plan's heading names first (of two there, the longer name); None for no area."""
    text = search_key(title)
    said = [(found.start(), -found.end(), place) for place, area in enumerate(known)
            if (found := spoken(area.says, text))]  # fmt: skip
    return known[min(said)[2]] if said else None


def spoken(words: tuple[str, ...], text: str) -> re.Match[str] | None:
    """Return where a folded text first says one of the words, or None if it says none."""
    return _any_of(words).search(text) if words else None


@lru_cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(search_key, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
