"""The real server with all areas, in a process of its own, on a port that is free."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

SERVE = """
import os
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from cchc_flow.clock import now
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.settings import read_deployment
from cchc_flow.web.server import serve
serve(
    Path(sys.argv[1]),
    sys.argv[2],
    int(sys.argv[3]),
    now,
    plugins=load_plugins(),
    deployment=read_deployment(os.environ),
)
"""


class Running:
    """A server that is listening; `said` is its first line."""

    def __init__(self, data: Path, host: str = "127.0.0.1", **environment: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(data), host, str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"HOME": str(data)} | environment,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    def get(self, path: str, host: str = "localhost") -> int:
        """Return the status of the answer."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers={"Host": host})
            return connection.getresponse().status

    def stop(self, number: int = signal.SIGTERM) -> tuple[str, str, int]:
        """Return what it said on both streams, and its exit status."""
        self.process.send_signal(number)
        assert self.process.stdout is not None and self.process.stderr is not None
        with self.process.stdout, self.process.stderr:
            out, err = self.process.stdout.read(), self.process.stderr.read()
        return self.said + out, err, self.process.wait(timeout=15)


def free_port() -> int:
    """Return a port that nothing listens on, and that the system gives to no outgoing connection."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
