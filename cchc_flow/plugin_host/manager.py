"""Finds the plugins in `plugins/` and in installed packages, and imports them."""

import importlib
import pkgutil
from collections.abc import Callable
from functools import partial
from importlib import metadata

import msgspec
import pluggy

from cchc_flow import __version__, hookspecs
from cchc_flow import plugins as plugin_package
from cchc_flow.errors import CchcError
from cchc_flow.workflow.policy import BUILT_IN


class PluginError(CchcError):
    """A plugin cannot be used as it is."""


class Fault(msgspec.Struct, frozen=True):
    """What of a plugin cannot be used, and why, in a sentence that names it."""

    plugin: str
    words: str


class Manager(pluggy.PluginManager):
    """Pluggy's manager, which also knows where each plugin came from and which could not be loaded."""

    def __init__(self) -> None:
        super().__init__("cchc_flow")
        self.add_hookspecs(hookspecs)
        self.sources: dict[str, tuple[str, str, str]] = {}
        """The version, the origin and the package of each loaded plugin."""
        self.faults: list[Fault] = []

    def load(
        self, name: str, import_plugin: Callable[[], object], version: str, origin: str, home: str = ""
    ) -> None:
        """Import and register a plugin; one that fails is added to `faults`, and nothing is raised.

        `home` names the package whose files are its code, where it is not a module itself.
        """
        try:
            plugin = import_plugin()
        except (Exception, SystemExit) as error:  # code of others: anything may happen as it is imported
            self.faults.append(Fault(name, f"Trình cắm «{name}» không nạp được: {error_words(error)}."))
            return
        if self.has_plugin(name) or self.is_registered(plugin):
            words = f"Trình cắm «{name}» của gói «{origin}» bị bỏ qua: tên hoặc mã của nó đã được nạp rồi."
            self.faults.append(Fault(name, words))
            return
        self.register(plugin, name=name)
        self.sources[name] = version, origin, home


def load_manager() -> Manager:
    """Return a manager with all plugins; raise PluginError for a hook that does not exist."""
    manager = Manager()
    try:
        _load_all(manager)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        name = manager.get_name(error.plugin) or error.plugin
        raise PluginError(f"Trình cắm «{name}» khai báo hook không có: {error}") from error
    return manager


def _load_all(manager: Manager) -> None:
    """Load the plugins of the folder, then those of installed packages, each in the order of names."""
    for module in sorted(pkgutil.iter_modules(plugin_package.__path__), key=lambda module: module.name):
        import_plugin = partial(importlib.import_module, f"{plugin_package.__name__}.{module.name}")
        manager.load(module.name, import_plugin, __version__, BUILT_IN)
    for point in sorted(metadata.entry_points(group="cchc_flow"), key=lambda point: point.name):
        if point.dist is not None:
            package = point.module.partition(".")[0]
            manager.load(point.name, point.load, point.dist.version, point.dist.name, package)


def error_words(error: BaseException) -> str:
    """Return the class and the first line of an exception: «ValueError: no such day»."""
    first = next(iter(str(error).strip().splitlines()), "")
    return f"{type(error).__name__}: {first}"[:300]
