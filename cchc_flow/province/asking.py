"""Asks communes one after the other, in bounded time: what was not reached is named, and asked for next.

A thread asks, each commune is opened for its question and closed after it, so memory does not grow with their
number. When the time is over, the answer is what there is by then; the thread ends with the commune that it
is in. At most `AT_ONCE` such threads run in a process.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

import msgspec

from cchc_flow.errors import CchcError, NotAllowed, Refusal
from cchc_flow.projections.province import ListedCommune
from cchc_flow.workspace import Workspace

AT_ONCE = 2
SECONDS = 5.0
"""For how long a page waits for its communes."""
Borrow = Callable[[str], AbstractContextManager[Workspace]]
"""Gives an open workspace of this name until the end of the block; raises what keeps it from opening."""
T = TypeVar("T")
_turns = threading.BoundedSemaphore(AT_ONCE)


class Heard(msgspec.Struct, Generic[T], frozen=True):
    """What a commune answered, or why it did not (`trouble`)."""

    commune: ListedCommune
    value: T | None = None
    trouble: str = ""


class Hearing(msgspec.Struct, Generic[T], frozen=True):
    """What was heard, in the order of the communes, and those that were not reached in time.

    The first of those may be the one that took too long; `outside` did not join, or left.
    """

    heard: tuple[Heard[T], ...]
    outside: tuple[ListedCommune, ...]
    unreached: tuple[ListedCommune, ...]


def ask_communes(
    communes: Sequence[ListedCommune],
    borrow: Borrow,
    ask: Callable[[Workspace], T],
    *,
    seconds: float = SECONDS,
    turns: threading.BoundedSemaphore = _turns,
) -> Hearing[T]:
    """Return what each commune answers within some seconds.

    `ask` raises NotAllowed for a commune that the province may not read. Raise Refusal while as many others
    are asking as may at once.
    """
    end = time.monotonic() + seconds
    if not turns.acquire(timeout=seconds / 2):
        raise Refusal("Nhiều người đang tra cứu các xã cùng lúc.", "Hãy thử lại sau ít phút.")
    answers: list[Heard[T] | None] = []
    done, is_over = threading.Event(), threading.Event()

    def walk() -> None:
        try:
            for commune in communes:
                if is_over.is_set():
                    return
                answers.append(_ask_one(commune, borrow, ask))
        finally:
            turns.release()
            done.set()

    threading.Thread(target=walk, name="ask-communes", daemon=True).start()
    done.wait(max(0.0, end - time.monotonic()))
    is_over.set()
    told = list(answers)
    return Hearing(
        tuple(answer for answer in told if answer is not None),
        tuple(one for one, answer in zip(communes, told, strict=False) if answer is None),
        tuple(communes[len(told) :]),
    )


def _ask_one(commune: ListedCommune, borrow: Borrow, ask: Callable[[Workspace], T]) -> Heard[T] | None:
    """Return what a commune answers, or its trouble; None for one that is not open to the province."""
    try:
        with borrow(commune.workspace) as ws:
            return Heard(commune, ask(ws))
    except NotAllowed:
        return None
    except CchcError as error:
        return Heard(commune, trouble=f"{error.why} {error.now}".strip())
    except Exception as error:  # whatever is broken there concerns this commune and no other
        logging.getLogger(__name__).exception("asking %s", commune.workspace)
        return Heard(commune, trouble=f"Phần mềm gặp lỗi khi tra cứu ({type(error).__name__}).")
