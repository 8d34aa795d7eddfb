"""The plugins: from `plugins/` and installed packages; a misspelt hook is refused, each is asked alone."""

import importlib
import pkgutil
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec
import pluggy

from cchc_flow import hookspecs, resources
from cchc_flow.errors import CchcError
from cchc_flow.hookspecs import Area
from cchc_flow.projections.search import folded
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.definition import Field, Workflow

# The folder lies beside the package in a checkout: this makes cchc_flow.plugins.<area> importable in both.
__path__ = [str(resources.folder("plugins"))]

BUILT_IN = "built-in"
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


class Plugins:
    """The plugins of this process; each is called by itself: one that fails breaks no other."""

    def __init__(self, manager: pluggy.PluginManager | None = None) -> None:
        self._hooks = _implementations(manager) if manager else {}
        self._modules = [module for _, module in manager.list_name_plugin()] if manager else []
        names = [name for name, _ in manager.list_name_plugin()] if manager else []
        self.about = {name: _about(manager, name) for name in sorted(names)} if manager else {}

    def ask(self, hook: str, only: Collection[str] | None = None, **facts: Any) -> Iterator[Answer]:
        """Yield what each plugin (of `only`) answers to a hook, in the order of their names."""
        for name, implementation in self._hooks.get(hook, ()):
            if only is None or name in only:
                yield answer(name, implementation, hook, facts)

    def templates(self) -> list[Path]:
        """Return the folders in which plugins that are packages keep templates of their own."""
        folders = [Path(place) / "templates" for module in self._modules for place in _places(module)]
        return [folder for folder in folders if folder.is_dir()]

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


def answer(name: str, implementation: pluggy.HookImpl, hook: str, facts: Any) -> Answer:
    """Return what one plugin answers, checked for its type; whatever it raises is a fault in words."""
    try:
        given = {argument: facts[argument] for argument in implementation.argnames}
        return Answer(name, msgspec.convert(implementation.function(**given), ANSWERS[hook]))
    except CchcError as error:
        return Answer(name, fault=str(error))
    except Exception as error:  # a plugin's own code may raise anything
        return Answer(name, fault=f"{type(error).__name__}: {error}"[:300])


def manager() -> pluggy.PluginManager:
    """Return a manager that knows all plugins; raise PluginError for a hook that does not exist."""
    found = pluggy.PluginManager("cchc_flow")
    found.add_hookspecs(hookspecs)
    try:
        _load(found)
        found.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginError(f"Trình cắm «{error.plugin}» khai báo hook không có: {error}") from error
    return found


def _load(manager: pluggy.PluginManager) -> None:
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda one: one.name):
        manager.register(importlib.import_module(f"{__name__}.{module.name}"), name=module.name)
    manager.load_setuptools_entrypoints("cchc_flow")


def _implementations(manager: pluggy.PluginManager) -> dict[str, list[tuple[str, pluggy.HookImpl]]]:
    """Return the implementations of each hook in the order of their plugins' names."""
    return {
        hook: sorted(
            ((one.plugin_name, one) for one in getattr(manager.hook, hook).get_hookimpls()),
            key=lambda pair: pair[0],
        )
        for hook in ANSWERS
    }


def _about(manager: pluggy.PluginManager, name: str) -> About:
    plugin = manager.get_plugin(name)
    title = next(iter((plugin.__doc__ or "").strip().splitlines()), name).rstrip(".")
    for module, distribution in manager.list_plugin_distinfo():
        if module is plugin:
            return About(name, title, distribution.version, distribution.project_name)
    return About(name, title, metadata.version("cchc-flow"), BUILT_IN)


def areas(plugins: pluggy.PluginManager) -> list[Area]:
    """Return the areas of all plugins in the order of their names; raise PluginError, naming who failed."""
    implementations = sorted(plugins.hook.areas.get_hookimpls(), key=lambda one: one.plugin_name)
    return [area for one in implementations for area in _areas_of(one)]


def _areas_of(implementation: pluggy.HookImpl) -> list[Area]:
    try:
        return msgspec.convert(implementation.function(), list[Area])
    except Exception as error:  # a plugin's own code may raise anything
        name = implementation.plugin_name
        raise PluginError(f"Trình cắm «{name}» không cho biết lĩnh vực của nó: {error!r}.") from error


def recognised(title: str, known: Sequence[Area]) -> Area | None:
    """Return the area that a plan's heading names first (of two there, the longer name); None for no area."""
    text = folded(title)
    said = [(found.start(), -found.end(), place) for place, area in enumerate(known)
            if (found := spoken(area.says, text))]  # fmt: skip
    return known[min(said)[2]] if said else None


def spoken(words: tuple[str, ...], text: str) -> re.Match[str] | None:
    """Return where a folded text first says one of the words, or None if it says none."""
    return _any_of(words).search(text) if words else None


@lru_cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(folded, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
