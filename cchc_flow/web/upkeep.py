"""What a running server does every few seconds, whether somebody asks or not."""

import logging
import threading
from collections.abc import Callable, Sequence

EVERY_SECONDS = 5.0


class Upkeep:
    """A thread that does some jobs again and again; one that raises keeps none of the others back."""

    def __init__(self, jobs: Sequence[Callable[[], object]], every: float = EVERY_SECONDS) -> None:
        self._jobs, self._every = jobs, every
        self._stopping = threading.Event()
        self._failing: set[Callable[[], object]] = set()

    def start(self) -> threading.Thread:
        """Start and return the thread, which ends with the process or after `stop`."""
        thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Let the thread end after the job that it is doing."""
        self._stopping.set()

    def do_jobs(self) -> None:
        """Do each job once; what one raises is logged when it begins to fail, and not each time."""
        for job in self._jobs:
            try:
                job()
                self._failing.discard(job)
            except Exception:  # the thread must live as long as the server
                if job not in self._failing:
                    logging.getLogger(__name__).exception("upkeep")
                self._failing.add(job)

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            self.do_jobs()
