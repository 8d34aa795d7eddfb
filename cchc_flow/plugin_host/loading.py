"""The plugins of a process: what is known of each, and how each is called by itself."""

import reprlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from math import ceil
from pathlib import Path
from types import CodeType
from typing import Any

import msgspec
import pluggy

from cchc_flow import __version__, hookspecs
from cchc_flow.conversion import convert
from cchc_flow.errors import CchcError
from cchc_flow.plugin_host.call_slots import CallSlots
from cchc_flow.plugin_host.digest import digest_of_files
from cchc_flow.plugin_host.manager import Manager, error_words, load_manager
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.policy import BUILT_IN

TIMEOUT_SECONDS = 2.0
"""How long a plugin may take to answer."""
HOLD_SECONDS, LONGEST_HOLD_SECONDS = 300.0, 86_400.0
"""How long a plugin that held the interpreter is not called: the first time, and at most; it doubles."""
RESULT_TYPES: dict[str, Any] = {
    "areas": list[hookspecs.Area],
    "figures": list[hookspecs.Figure],
    "rules": list[hookspecs.Rule],
    "workflows": list[Workflow],
    "fields": list[Field],
    "check": list[hookspecs.Violation],
    "react": list[hookspecs.Opening | hookspecs.Taking],
    "measures": list[hookspecs.Measure],
    "badges": list[Badge],
    "assessments": list[hookspecs.Assessment],
    "report_section": hookspecs.Section | hookspecs.Report,
    "panel": hookspecs.Panel,
    "prompts": list[hookspecs.Prompt],
    "questions": list[hookspecs.Question],
    "answer": list[hookspecs.Hit],
}
"""What each hook must return."""
Trace = Callable[[str], None]


class About(msgspec.Struct, frozen=True):
    """A loaded plugin: `title` is the first line of its docstring, `origin` the package that brought it.

    `digest` is that of its files when it was loaded.
    """

    name: str
    title: str
    version: str
    origin: str
    digest: str = ""


class HookResult(msgspec.Struct, frozen=True):
    """What one plugin returned from a hook; or its `fault`, in words, when it could not."""

    plugin: str
    value: Any = None
    fault: str = ""


class Hold(msgspec.Struct, frozen=True):
    """A plugin held the interpreter so many times; it is not called for `pause` seconds.

    `until` is when that ends, by the clock of `time.monotonic`.
    """

    times: int
    until: float
    pause: float


class Plugins:
    """The plugins of this process; each is called by itself, so that one that fails breaks no other.

    `trace` gets a line about every call: plugin, hook, time and result.
    """

    def __init__(self, manager: Manager | None = None, *, trace: Trace | None = None) -> None:
        plugins = manager.list_name_plugin() if manager else []
        self._implementations = _implementations(manager) if manager else {}
        self._modules = dict(plugins)
        self._trace = trace
        self.is_host = manager is not None
        """False for `NONE`: such a process loads no plugins, so it does not know which are missing."""
        self.about = {name: _about(manager, name) for name, _ in sorted(plugins)} if manager else {}
        self.faults = tuple(manager.faults) if manager else ()
        self.timeout = TIMEOUT_SECONDS
        self.timed_out: dict[str, float] = {}
        """When a plugin last took too long, by the clock of `time.monotonic`."""
        self.calls = CallSlots()
        self.holds: dict[str, Hold] = {}
        """The plugins that held the interpreter until their process was ended."""

    @property
    def load_faults(self) -> dict[str, str]:
        """The plugins that are there and could not be loaded, each with the sentence that says why."""
        return {fault.plugin: fault.words for fault in self.faults if fault.plugin not in self.about}

    def call(self, hook: str, only: Collection[str] | None = None, **arguments: Any) -> Iterator[HookResult]:
        """Yield what each plugin (of `only`) returns from a hook, in the order of their names."""
        for name in self.implementers(hook, only):
            yield self.call_one(name, hook, arguments)

    def call_one(self, name: str, hook: str, arguments: Mapping[str, Any]) -> HookResult:
        """Return what a plugin, which has to implement the hook, returns from it; a fault while it rests."""
        if fault := self.hold_fault(name):
            return HookResult(name, fault=fault)
        begun = time.perf_counter()
        with self.calls.mark(name):
            result = call_implementation(self._implementations[hook][name], name, hook, arguments)
        self.trace_call(hook, result, time.perf_counter() - begun)
        return result

    def add_hold(self, name: str) -> Hold:
        """Note that a plugin held the interpreter until its process was ended; return how long it rests."""
        times = self.holds[name].times + 1 if name in self.holds else 1
        pause = min(HOLD_SECONDS * 2 ** min(times - 1, 10), LONGEST_HOLD_SECONDS)
        self.holds[name] = Hold(times, time.monotonic() + pause, pause)
        return self.holds[name]

    def hold_fault(self, name: str) -> str:
        """Return in words why a plugin is not called at this moment, as it held the interpreter; else ""."""
        hold = self.holds.get(name)
        seconds = hold.until - time.monotonic() if hold else 0
        if seconds <= 0:
            return ""
        return f"đã làm máy chủ đứng yên nên tạm thời không được gọi; thử lại sau {ceil(seconds / 60)} phút"

    def trace_call(self, hook: str, result: HookResult, seconds: float) -> None:
        """Write a line about a call, its result cut short, where calls are traced."""
        if self._trace:
            outcome = f"fault: {result.fault}" if result.fault else _SHORT.repr(result.value)
            self._trace(f"{result.plugin}.{hook} {1000 * seconds:.1f} ms: {' '.join(outcome.split())}")

    def hooks_of(self, name: str) -> tuple[str, ...]:
        """Return the names of the hooks that a plugin implements, in alphabetical order."""
        return tuple(sorted(hook for hook, found in self._implementations.items() if name in found))

    def implementers(self, hook: str, only: Collection[str] | None = None) -> list[str]:
        """Return the names of the plugins (of `only`) that implement a hook, in order."""
        return [name for name in self._implementations.get(hook, ()) if only is None or name in only]

    def has_hook(self, hook: str) -> bool:
        """Tell whether any plugin implements a hook."""
        return bool(self._implementations.get(hook))

    def code_files(self, name: str) -> list[Path]:
        """Return the Python files of a plugin that is a module or a package, in order; none of another."""
        module = self._modules.get(name)
        folders, file = getattr(module, "__path__", ()), getattr(module, "__file__", None)
        files = [path for folder in folders for path in Path(folder).rglob("*.py")]
        return sorted(files) if folders else [Path(file)] if file else []

    def hook_code(self, name: str, hook: str) -> CodeType | None:
        """Return the code with which a plugin implements a hook, None when it does not."""
        implementation = self._implementations.get(hook, {}).get(name)
        return getattr(implementation.function, "__code__", None) if implementation else None

    def folders(self, inner: str) -> dict[str, Path]:
        """Return, by plugin, the folders of this name inside plugins that are packages, where they exist."""
        folders = {
            name: Path(path) / inner
            for name, module in self._modules.items()
            for path in getattr(module, "__path__", ())
        }
        return {name: folder for name, folder in folders.items() if folder.is_dir()}

    def template_folders(self) -> list[Path]:
        """Return the folders of the templates that plugins bring."""
        return list(self.folders("templates").values())


NONE = Plugins()
"""No plugin at all: the core works without."""

_SHORT = reprlib.Repr()
_SHORT.maxother = 80
_SHORT.maxlist = 3


def load_plugins(trace: Trace | None = None) -> Plugins:
    """Return all plugins that came with the program; raise PluginError for a hook that does not exist."""
    return Plugins(load_manager(), trace=trace)


def plugins_from(**plugins: object) -> Plugins:
    """Return these plugins and no others, each under its keyword's name."""
    manager = Manager()
    for name, plugin in plugins.items():
        manager.register(plugin, name=name)
    manager.check_pending()
    return Plugins(manager)


def call_implementation(
    implementation: pluggy.HookImpl, plugin: str, hook: str, arguments: Mapping[str, Any]
) -> HookResult:
    """Return what a plugin returns from a hook, its type checked; what it raises becomes a fault."""
    try:
        own_arguments = {name: arguments[name] for name in implementation.argnames}
        return HookResult(plugin, _convert_result(implementation.function(**own_arguments), hook))
    except CchcError as error:
        return HookResult(plugin, fault=str(error))
    except (Exception, SystemExit) as error:  # a plugin's own code may raise anything
        return HookResult(plugin, fault=error_words(error))


def _convert_result(value: object, hook: str) -> Any:
    """Return the value if it has the type that the hook asks for, down to each field of a struct.

    The values of a panel may be anything that a template can show.
    """
    if hook == "panel" or value == []:
        return convert(value, RESULT_TYPES[hook])
    return convert(msgspec.to_builtins(value), RESULT_TYPES[hook])


def _implementations(manager: pluggy.PluginManager) -> dict[str, dict[str, pluggy.HookImpl]]:
    """Return the implementations of each hook by their plugins' names, in order."""
    return {
        hook: dict(sorted((impl.plugin_name, impl) for impl in getattr(manager.hook, hook).get_hookimpls()))
        for hook in RESULT_TYPES
    }


def _about(manager: Manager, name: str) -> About:
    """Return what is known of a loaded plugin."""
    plugin = manager.get_plugin(name)
    title = next(iter((plugin.__doc__ or "").strip().splitlines()), name).rstrip(".")
    version, origin, home = manager.sources.get(name) or (__version__, BUILT_IN, "")
    return About(name, title, version, origin, digest_of_files(plugin, home))
