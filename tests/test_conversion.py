"""Types are prepared once, so that threads may use them for the first time at the same moment."""

import sys
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from cchc_flow.conversion import convert, decode

THREADS = 4


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_that_use_a_type_for_the_first_time_at_once_all_get_its_values() -> None:
    for _ in range(100):
        inner = msgspec.defstruct("Inner", [(f"field{number}", int, 0) for number in range(60)])
        outer: Any = msgspec.defstruct("Outer", [("inner", inner)])
        together, values = threading.Barrier(THREADS), []

        def use(outer: Any, inner: Any, together: threading.Barrier, values: list[Any]) -> None:
            together.wait()
            values += [convert({"inner": {"field3": 7}}, outer), decode('{"inner":{"field3":7}}', outer)]
            values.append(outer(convert({"field3": 7}, inner)))

        arguments = (outer, inner, together, values)
        threads = [threading.Thread(target=use, args=arguments) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert values == [outer(inner(field3=7))] * (3 * THREADS)
