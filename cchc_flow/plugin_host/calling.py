"""Calls hooks in threads of their own, with a time limit, so that no command or page waits for ever."""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextvars import copy_context
from queue import SimpleQueue
from typing import Any

from cchc_flow.plugin_host.loading import HookResult, Plugins
from cchc_flow.plugin_host.manager import error_words

SKIP_SECONDS = 30.0
"""How long pages skip a plugin that took too long."""
WORKERS = 4

Arguments = Callable[[str], Mapping[str, Any]]
"""Makes the arguments of a hook for the plugin of a name."""
Job = Callable[[], None]


class TookTooLong(Exception):
    """A job did not end in time."""


class WorkerPool:
    """The threads in which plugins run; when one of them hangs, all are replaced by new ones.

    They are daemon threads: one that never comes back does not keep a server from stopping.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs = _start_workers()

    def run(self, job: Job, seconds: float) -> None:
        """Run a job, which must not raise, and wait for its end; raise TookTooLong when time is up."""
        done, jobs = threading.Lock(), self._jobs
        done.acquire()
        jobs.put((job, done))
        if not done.acquire(timeout=seconds):
            self._replace_workers(jobs)
            raise TookTooLong

    def _replace_workers(self, jobs: "SimpleQueue[Any]") -> None:
        """Start new threads and let the old ones end, unless another caller has done so already."""
        with self._lock:
            if self._jobs is jobs:
                self._jobs = _start_workers()
                for _ in range(WORKERS):
                    jobs.put(None)


def _start_workers() -> "SimpleQueue[Any]":
    """Return a queue whose jobs new threads run; a thread ends when it takes None from it."""
    jobs: SimpleQueue[Any] = SimpleQueue()
    for number in range(WORKERS):
        threading.Thread(target=_work, args=(jobs,), name=f"plugins-{number}", daemon=True).start()
    return jobs


def _work(jobs: "SimpleQueue[Any]") -> None:
    """Run jobs from a queue, one after another, until it gives None; release each one's lock at its end."""
    while (entry := jobs.get()) is not None:
        job, done = entry
        try:
            job()
        finally:
            done.release()


_pools: list[WorkerPool] = []
os.register_at_fork(after_in_child=_pools.clear)  # threads do not live through a fork


def _worker_pool() -> WorkerPool:
    """Return the pool of this process, made when it is first needed."""
    if not _pools:
        _pools.append(WorkerPool())
    return _pools[0]


def call_hook(
    plugins: Plugins,
    hook: str,
    only: Collection[str] | None,
    arguments: Arguments,
    abandon: Callable[[], None] = lambda: None,
) -> Iterator[HookResult]:
    """Yield what each plugin (of `only`) returns from a hook, in the order of their names.

    All are called in one thread. One that takes too long has a fault, and a new thread calls those after it;
    `abandon` is called then, since what the plugin reads from may stay in use by it for ever.
    """
    waiting = plugins.implementers(hook, only)
    while waiting:
        results = _Round(plugins, hook, waiting, arguments).run(abandon)
        yield from results
        waiting = waiting[len(results) :]


def call_hook_for_page(
    plugins: Plugins,
    hook: str,
    only: Collection[str] | None,
    arguments: Arguments,
    abandon: Callable[[], None] = lambda: None,
) -> Iterator[HookResult]:
    """Yield results as `call_hook`, but skip for a while, with a fault, a plugin that took too long."""
    for name in plugins.implementers(hook, only):
        if _is_skipped(plugins, name):
            yield _timeout_result(plugins, name)
        else:
            yield from call_hook(plugins, hook, {name}, arguments, abandon)


def render_with_timeout(
    plugins: Plugins, name: str, render: Callable[[], str], abandon: Callable[[], None] = lambda: None
) -> HookResult:
    """Return what `render` makes of a plugin's template, under the time limit of hooks."""
    if _is_skipped(plugins, name):
        return _timeout_result(plugins, name)
    if fault := plugins.hold_fault(name):
        return HookResult(name, fault=fault)
    rendering = _Rendering(plugins, name, render)
    try:
        _worker_pool().run(rendering.run, plugins.timeout)
    except TookTooLong:
        abandon()
        plugins.timed_out[name] = time.monotonic()
        return _timeout_result(plugins, name)
    return rendering.result


def _is_skipped(plugins: Plugins, name: str) -> bool:
    return name in plugins.timed_out and time.monotonic() - plugins.timed_out[name] < SKIP_SECONDS


def _timeout_result(plugins: Plugins, name: str) -> HookResult:
    return HookResult(name, fault=f"không trả lời trong {plugins.timeout:.2g} giây")


class _Rendering:
    """One template being rendered, in the context of the request that it is for."""

    def __init__(self, plugins: Plugins, name: str, render: Callable[[], str]) -> None:
        self._plugins, self._name = plugins, name
        self._render, self._context = render, copy_context()
        self.result = HookResult(name)

    def run(self) -> None:
        """Render, and leave what came of it in `result`; nothing is raised."""
        try:
            with self._plugins.calls.mark(self._name):
                self.result = HookResult(self._name, self._context.run(self._render))
        except BaseException as error:  # a template of others, and values that may be anything
            self.result = HookResult(self._name, fault=error_words(error))


class _Round:
    """One thread that calls a hook of several plugins in turn, as far as it gets in the time limit."""

    def __init__(self, plugins: Plugins, hook: str, waiting: list[str], arguments: Arguments) -> None:
        self._plugins, self._hook, self._waiting, self._arguments = plugins, hook, waiting, arguments
        self._results: list[HookResult] = []
        self._is_abandoned = False

    def run(self, abandon: Callable[[], None]) -> list[HookResult]:
        """Return the results so far; if time ran out, the last one is the fault of the plugin that hung."""
        try:
            _worker_pool().run(self._call_all, self._plugins.timeout)
        except TookTooLong:
            self._is_abandoned = True
            abandon()
            results = self._results[: len(self._waiting) - 1]
            late = self._waiting[len(results)]
            self._plugins.timed_out[late] = time.monotonic()
            result = _timeout_result(self._plugins, late)
            self._plugins.trace_call(self._hook, result, self._plugins.timeout)
            return [*results, result]
        return self._results

    def _call_all(self) -> None:
        """Call plugin after plugin, until the round is abandoned."""
        for name in self._waiting:
            self._results.append(self._call(name))
            if self._is_abandoned:
                return

    def _call(self, name: str) -> HookResult:
        """Return what one plugin returns; nothing is raised."""
        try:
            return self._plugins.call_one(name, self._hook, self._arguments(name))
        except BaseException as error:  # a thread that ends without a result leaves its caller waiting
            result = HookResult(name, fault=error_words(error))
            self._plugins.trace_call(self._hook, result, 0)
            return result
