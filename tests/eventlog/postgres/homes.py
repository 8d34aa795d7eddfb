"""One commune's log in a PostgreSQL database, for the contract that the logs of all homes keep."""

import subprocess
import sys
from pathlib import Path

from eventlog.appending import START, Clock

from cchc_flow.eventlog.keys import KeyStore, folder_keys
from cchc_flow.eventlog.postgres import opening
from cchc_flow.eventlog.postgres.log import PostgresLog
from cchc_flow.eventlog.postgres.pool import find_database

WRITER = Path(__file__).parent / "writer.py"


class PostgresTestHome:
    """The log of a workspace at an address; `private` is a node's folder, with the keys."""

    def __init__(self, url: str, private: Path, clock: Clock, workspace: str = "ea-thu") -> None:
        self.url, self.private, self.workspace = url, private / workspace, workspace
        self._clock = clock
        self._opened: list[PostgresLog] = []

    @property
    def keys(self) -> KeyStore:
        return folder_keys(self.private)

    def open(self, node: str = "") -> PostgresLog:
        """Open the log, as another node does: its memory is another, or that of the `node` of a name."""
        log = opening.create_log(
            find_database(self.url),
            self.keys,
            self.private / node,
            workspace=self.workspace,
            name="Xã Ea Thử",
            demo=False,
            time=START,
            now=self._clock,
        )
        self._opened.append(log)
        return log

    def appending_processes(self, processes: int, each: int) -> list[float]:
        commands = [
            [sys.executable, str(WRITER), self.url, str(self.private), f"item-{number}", str(each)]
            for number in range(processes)
        ]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
        outputs = [process.communicate(timeout=120)[0] for process in running]
        assert [process.returncode for process in running] == [0] * processes
        return [float(output.split()[-1]) for output in outputs]

    def close(self) -> None:
        for log in self._opened:
            log.close()
