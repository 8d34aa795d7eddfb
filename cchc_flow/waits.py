"""A thread tells that it is about to wait, to whoever shares the machine out among threads.

Code that waits for a lock or a slow function calls `announce`; the server then begins another request.
"""

import threading
from collections.abc import Callable

_local = threading.local()


def observe(observer: Callable[[], object]) -> None:
    """Call the observer whenever this thread announces a wait."""
    _local.observer = observer


def announce() -> None:
    """Tell that this thread is about to wait; without an observer nothing happens."""
    if observer := getattr(_local, "observer", None):
        observer()
