"""Comparing the read models with the log: at once for a short log, for a long one by a process of its own.

To fold a million events takes minutes of one core. So that pages go on meanwhile, a process with the lowest
priority does it, one at a time; it ends with the server that began it.
"""

import subprocess  # nosec B404
import sys
import threading
import time
from collections.abc import Callable, Iterator
from io import IOBase
from pathlib import Path

import msgspec

from cchc_flow.audit.model_check.state import CheckState, is_running, load_state, save_state, take_turn
from cchc_flow.errors import CchcError
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.port import EventLog
from cchc_flow.projections import HISTORY, PAGES, ModelSet
from cchc_flow.projections.comparison import Differences
from cchc_flow.projections.runner import Models, Progress
from cchc_flow.workspace import Workspace

AT_ONCE = 3_000
"""Up to how many events are folded while the reader waits: about a second."""
UNREADABLE = "Bảng đọc mà các trang đang dùng bị hỏng, không đọc được"
REBUILD = "Hãy giữ lại một bản sao làm bằng chứng, rồi chạy «cchc-flow rebuild» trên máy chủ."
SECONDS_BETWEEN = 0.5
"""How often a comparison says how far it is."""


def begin_check(ws: Workspace) -> CheckState | None:
    """Begin to compare the read models with the log, and return how far it is; go on with one that runs."""
    with take_turn(ws.private) as turn:
        if turn is not None:
            state = CheckState(format_instant(ws.now()), ws.log.size())
            save_state(ws.private, state)
            if state.size <= AT_ONCE:
                run_check(ws.folder, ws.private, ws.log, state)
            else:
                _start_process(ws.folder, ws.private, turn)
    return load_state(ws.private)


def find_check(ws: Workspace) -> tuple[CheckState | None, bool]:
    """Return the newest comparison, and whether it is running.

    Its process is looked for first and holds the lock a moment longer than it works: the state has the say.
    """
    running, state = is_running(ws.private), load_state(ws.private)
    return state, running and not (state and state.is_finished)


def run_check(folder: Path, private: Path, log: EventLog, state: CheckState) -> None:
    """Compare, and keep saying how far it is and in the end what was found."""
    try:
        found = tuple(_compare_sets(folder, log, _saying(private, state)))
    except (CchcError, sqlite3.DatabaseError) as error:
        words = str(error) if isinstance(error, CchcError) else f"{UNREADABLE} ({error}). {REBUILD}"
        save_state(private, msgspec.structs.replace(state, is_finished=True, failed=words))
    else:
        save_state(private, msgspec.structs.replace(state, is_finished=True, found=found))


def _compare_sets(folder: Path, log: EventLog, progress: Progress) -> Iterator[Differences]:
    """Yield what differs in each file; the index of the history is compared where there is one."""
    for models in _present_sets(folder):
        own = Models(folder, log, models)
        try:
            yield own.find_differences(progress)
        finally:
            own.close()


def _present_sets(folder: Path) -> Iterator[ModelSet]:
    yield PAGES
    if (folder / f"{HISTORY.name}.current").is_file():
        yield HISTORY


def _saying(private: Path, state: CheckState) -> Callable[[int, int], None]:
    """Return the function that is told how many events are folded, and saves it now and then."""
    last = 0.0

    def say(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN:
            last = time.monotonic()
            save_state(private, msgspec.structs.replace(state, done=done, total=total))

    return say


def _start_process(folder: Path, private: Path, turn: IOBase) -> None:
    """Let a process compare, which inherits the lock; it ends when its standard input does, with this one."""
    command = [sys.executable, "-I", "-B", "-m", "cchc_flow.audit.model_check.child"]
    process = subprocess.Popen(  # noqa: S603  # nosec B603
        [*command, str(folder.resolve()), str(private.resolve())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={},
        cwd="/",
        pass_fds=[turn.fileno()],
    )
    threading.Thread(target=_wait_for, args=(process,), daemon=True).start()


def _wait_for(process: "subprocess.Popen[bytes]") -> None:
    process.wait()
    if process.stdin:
        process.stdin.close()
