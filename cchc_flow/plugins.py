"""The plugin manager: loads `plugins/` and installed packages, and refuses a misspelt hook."""

import importlib
import pkgutil
import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec
import pluggy

from cchc_flow import hookspecs, resources
from cchc_flow.errors import CchcError
from cchc_flow.hookspecs import Area
from cchc_flow.projections.search import folded

# The folder lies beside the package in a checkout: this makes cchc_flow.plugins.<area> importable in both.
__path__ = [str(resources.folder("plugins"))]


class PluginError(CchcError):
    """A plugin cannot be used as it is."""


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
