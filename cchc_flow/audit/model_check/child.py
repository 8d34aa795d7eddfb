"""The process that compares the read models of a long log; its parent holds its standard input open."""

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from cchc_flow import clock
from cchc_flow.audit.model_check.check import run_check
from cchc_flow.audit.model_check.state import load_state
from cchc_flow.eventlog import opening

LOWEST = 19
"""The priority of this process: whoever serves pages comes first."""


def main(folder: Path, private: Path) -> None:
    """Compare what a workspace shows with its log, as the state that the parent has saved says."""
    os.nice(LOWEST)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    state = load_state(private)
    if state is None:
        return
    log = opening.open_log(folder, private, now=clock.now, for_repair=True)
    try:
        run_check(folder, private, log, state)
    finally:
        log.close()


def _end_with_parent() -> None:
    with suppress(OSError):
        sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
