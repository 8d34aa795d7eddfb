"""A few requests are answered at a time, in their order, and one that takes long holds up nobody."""

import threading
import time
from collections.abc import Callable

from cchc_flow.web.serving.workers import Workers


class Job:
    """A task that does something, and tells when it is done."""

    def __init__(self, work: Callable[[], object] = lambda: None) -> None:
        self.work, self.done, self.was_given_up = work, threading.Event(), False

    def service(self) -> None:
        try:
            self.work()
        finally:
            self.done.set()

    def cancel(self) -> None:
        self.was_given_up = True


def test_no_more_are_answered_at_once_than_shall_be_and_all_in_their_order() -> None:
    workers, begun, at_once, most = Workers(2, 8), [], 0, 0
    lock = threading.Lock()

    def work(number: int) -> None:
        nonlocal at_once, most
        with lock:
            begun.append(number)
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.005)
        with lock:
            at_once -= 1

    jobs = [Job(lambda number=number: work(number)) for number in range(40)]
    for job in jobs:
        workers.add_task(job)
    assert all(job.done.wait(5) for job in jobs)
    assert most == 2
    assert all(abs(number - place) <= 1 for place, number in enumerate(begun))


def test_requests_that_take_long_make_room_for_others() -> None:
    workers, stuck = Workers(2, 8, long_seconds=0.05), threading.Event()
    for _ in range(4):
        workers.add_task(Job(stuck.wait))
    quick = Job()
    workers.add_task(quick)
    assert not quick.done.wait(0.02)
    until = time.monotonic() + 5
    while not quick.done.wait(0.02) and time.monotonic() < until:
        workers.look()
    assert quick.done.is_set()
    stuck.set()


def test_there_are_never_more_threads_than_the_machine_has_files_for() -> None:
    workers, stuck, before = Workers(2, 3, long_seconds=0), threading.Event(), threading.active_count()
    jobs = [Job(stuck.wait) for _ in range(6)]
    for job in jobs:
        workers.add_task(job)
    workers.look()
    assert workers.busy() == 6
    assert threading.active_count() == before + 3
    stuck.set()
    assert all(job.done.wait(5) for job in jobs)


def test_a_request_that_fails_does_not_end_its_thread() -> None:
    workers = Workers(1, 1)
    failing, next_one = Job(lambda: 1 // 0), Job()
    workers.add_task(failing)
    workers.add_task(next_one)
    assert failing.done.wait(5) and next_one.done.wait(5)


def test_what_waits_when_the_server_stops_is_given_up() -> None:
    workers, stuck = Workers(1, 1), threading.Event()
    waiting = Job()
    workers.add_task(Job(stuck.wait))
    workers.add_task(waiting)
    assert workers.shutdown()
    stuck.set()
    assert waiting.was_given_up
