"""Asking plugins in a thread of its own, for at most two seconds each: no command or page waits for ever."""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextvars import copy_context
from queue import SimpleQueue
from typing import Any

from cchc_flow.plugin_host.loading import Answer, Plugins, said

REST_SECONDS = 30.0
"""How long a plugin that took too long is not waited for again by what only draws."""
SEATS = 4

Given = Callable[[str], Mapping[str, Any]]
Job = Callable[[], None]


class TookTooLong(Exception):
    """What was asked did not come to its end in time."""


class Bench:
    """The threads in which plugins are asked; one that hangs is left behind with its bench.

    The threads end with the process: one that never comes back does not keep a server from stopping.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs = _seated()

    def run(self, job: Job, seconds: float) -> None:
        """Run a job, which raises nothing itself; raise TookTooLong when it is not done in time."""
        done, jobs = threading.Lock(), self._jobs
        done.acquire()
        jobs.put((job, done))
        if not done.acquire(timeout=seconds):
            self._renew(jobs)
            raise TookTooLong

    def _renew(self, jobs: "SimpleQueue[Any]") -> None:
        with self._lock:
            if self._jobs is jobs:
                self._jobs = _seated()
                for _ in range(SEATS):
                    jobs.put(None)


def _seated() -> "SimpleQueue[Any]":
    """Return a queue at which threads wait for jobs; each leaves when it finds None."""
    jobs: SimpleQueue[Any] = SimpleQueue()
    for number in range(SEATS):
        threading.Thread(target=_sit, args=(jobs,), name=f"plugins-{number}", daemon=True).start()
    return jobs


def _sit(jobs: "SimpleQueue[Any]") -> None:
    while (found := jobs.get()) is not None:
        job, done = found
        try:
            job()
        finally:
            done.release()


_bench: list[Bench] = []
os.register_at_fork(after_in_child=_bench.clear)  # threads do not live through a fork


def _the_bench() -> Bench:
    """Return the bench of this process, made when it is first needed."""
    if not _bench:
        _bench.append(Bench())
    return _bench[0]


def asked(known: Plugins, hook: str, only: Collection[str] | None, given: Given) -> Iterator[Answer]:
    """Yield what each plugin (of `only`) answers, in the order of their names; `given` makes its arguments.

    All are asked in one thread. One that is too slow has a fault, and those after it are asked in another.
    """
    waiting = known.answering(hook, only)
    while waiting:
        turn = _Turn(known, hook, waiting, given)
        heard = turn.take()
        yield from heard
        waiting = waiting[len(heard) :]


def drawn(known: Plugins, hook: str, only: Collection[str] | None, given: Given) -> Iterator[Answer]:
    """Yield the answers for a page; one that was too slow just now is not waited for again."""
    for name in known.answering(hook, only):
        if _rests(known, name):
            yield _too_long(known, name)
        else:
            yield from asked(known, hook, {name}, given)


def painted(known: Plugins, name: str, paint: Callable[[], str]) -> Answer:
    """Return what a plugin's template draws, in the time that a hook has; what it raises is a fault."""
    if _rests(known, name):
        return _too_long(known, name)
    painting = _Painting(name, paint)
    try:
        _the_bench().run(painting.go, known.patience)
    except TookTooLong:
        known.late[name] = time.monotonic()
        return _too_long(known, name)
    return painting.answer


def _rests(known: Plugins, name: str) -> bool:
    return name in known.late and time.monotonic() - known.late[name] < REST_SECONDS


def _too_long(known: Plugins, name: str) -> Answer:
    return Answer(name, fault=f"không trả lời trong {known.patience:.2g} giây")


class _Painting:
    """One template being drawn, with the request that it is drawn for."""

    def __init__(self, name: str, paint: Callable[[], str]) -> None:
        self._name, self._paint, self._context = name, paint, copy_context()
        self.answer = Answer(name)

    def go(self) -> None:
        try:
            self.answer = Answer(self._name, self._context.run(self._paint))
        except BaseException as error:  # a template of others, and values that may be anything
            self.answer = Answer(self._name, fault=said(error))


class _Turn:
    """One thread's way along the plugins that wait to be asked."""

    def __init__(self, known: Plugins, hook: str, waiting: list[str], given: Given) -> None:
        self._known, self._hook, self._waiting, self._given = known, hook, waiting, given
        self._heard: list[Answer] = []
        self._given_up = False

    def take(self) -> list[Answer]:
        """Return the answers so far as the time allows; the last one may be that of the one who hung."""
        try:
            _the_bench().run(self._go, self._known.patience)
        except TookTooLong:
            self._given_up = True
            heard = self._heard[: len(self._waiting) - 1]
            late = self._waiting[len(heard)]
            self._known.late[late] = time.monotonic()
            return [*heard, _too_long(self._known, late)]
        return self._heard

    def _go(self) -> None:
        for name in self._waiting:
            self._heard.append(self._answer(name))
            if self._given_up:
                return

    def _answer(self, name: str) -> Answer:
        try:
            return self._known.ask_one(name, self._hook, self._given(name))
        except (
            BaseException
        ) as error:  # what ends a thread must not leave the one who waits without an answer
            return Answer(name, fault=said(error))
