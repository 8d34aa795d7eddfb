"""The threads that answer requests: a few at a time, and more only while some of them take long.

Threads of Python share one interpreter. With many that compute at once each query waits for all the others,
and now and then one starves for seconds; a few after another are all quicker. What takes long (a password,
a document, a wait for another writer) makes room after a moment, so that it holds up nobody.
"""

import logging
import threading
import time
from collections import deque
from typing import Protocol

from cchc_flow import waits

LONG_SECONDS = 5.0
"""After this time a request is taken for one that waits, and another one begins beside it. On a busy machine
many take a second: were that long, they would all compete again."""

LONG_AGO = float("-inf")


class Task(Protocol):
    """A request that is complete; `service` answers it, `cancel` gives it up."""

    def service(self) -> None:
        """Answer the request."""

    def cancel(self) -> None:
        """Give the request up."""


class Workers:
    """Answers requests in the order in which they came, `at_once` of them at a time, in `most` threads."""

    def __init__(self, at_once: int, most: int, long_seconds: float = LONG_SECONDS) -> None:
        self._at_once, self._most, self._long_seconds = at_once, most, long_seconds
        self._lock = threading.Lock()
        self._waiting: deque[Task] = deque()
        self._begun: dict[_Worker, float] = {}
        self._idle: list[_Worker] = []
        self._has_stopped = False

    def add_task(self, task: Task) -> None:
        """Let a request be answered when it is its turn."""
        with self._lock:
            self._waiting.append(task)
            self._begin_waiting()

    def look(self) -> None:
        """Begin what waits behind requests that take long; to be called about once a second."""
        with self._lock:
            self._begin_waiting()

    def make_room(self, worker: "_Worker") -> None:
        """Begin another request beside that of a worker, which waits for something."""
        with self._lock:
            self._begun[worker] = LONG_AGO
            self._begin_waiting()

    def busy(self) -> int:
        """Return how many requests are being answered, or wait for their turn."""
        with self._lock:
            return len(self._begun) + len(self._waiting)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """Begin no more requests, and tell whether any was given up; threads end with the program."""
        with self._lock:
            self._has_stopped = True
            given_up = list(self._waiting)
            self._waiting.clear()
        for task in given_up:
            task.cancel()
        return bool(given_up)

    def next_task(self, worker: "_Worker") -> Task | None:
        """Return what a worker that is done shall answer next, None when there is nothing for now."""
        with self._lock:
            del self._begun[worker]
            if self._waiting and self._has_room():
                self._begun[worker] = time.monotonic()
                return self._waiting.popleft()
            self._idle.append(worker)
            return None

    def _begin_waiting(self) -> None:
        """Hand waiting requests to workers while there is room; the worker that was busy last comes first."""
        while self._waiting and self._has_room():
            worker = self._idle.pop() if self._idle else _Worker(self)
            self._begun[worker] = time.monotonic()
            worker.take(self._waiting.popleft())

    def _has_room(self) -> bool:
        if self._has_stopped or len(self._begun) >= self._most:
            return False
        recent = time.monotonic() - self._long_seconds
        return sum(begun > recent for begun in self._begun.values()) < self._at_once


class _Worker:
    """One thread, which answers a request, then asks for another or waits until it is handed one."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._handed: list[Task] = []
        self._has_work = threading.Semaphore(0)
        threading.Thread(target=self._run, name="request", daemon=True).start()

    def take(self, task: Task) -> None:
        """Answer a request in this thread, which was idle."""
        self._handed.append(task)
        self._has_work.release()

    def _run(self) -> None:
        waits.observe(lambda: self._workers.make_room(self))
        while True:
            self._has_work.acquire()
            task: Task | None = self._handed.pop()
            while task is not None:
                try:
                    task.service()
                except Exception:  # the thread must live as long as the server
                    logging.getLogger(__name__).exception("a request")
                task = self._workers.next_task(self)
