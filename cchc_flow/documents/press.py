"""The warm process that sets documents as PDF, as this process sees it: started when needed, and kept."""

import atexit
import os
import socket
import subprocess  # nosec B404  # our own program, with fixed arguments
import sys
import threading
import time

from cchc_flow.documents.equipment import FONTS

PIECE = 1 << 20
MOST_COMPLAINTS = 1 << 16
ENDING_SECONDS = 1
"""How long a process that ends takes to be gone."""


class Press:
    """Sends jobs to the process, and starts it again when it has ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs: socket.socket | None = None
        self._owner = 0

    def ask(self, job: bytes, seconds: float) -> tuple[bytes, str]:
        """Return the answer to a job and what was complained of; raise TimeoutError after its time.

        The answer is empty when whoever worked at it died. A process that ended by itself meanwhile, because
        it had been idle for long or had done its share, is replaced and asked again.
        """
        deadline = time.monotonic() + seconds
        for _ in range(2):
            process, channel, complaints = self._hand_over()
            try:
                answer = _converse(channel, job, deadline)
            finally:
                channel.close()
                words = _read_complaints(complaints)
            if answer or not _has_ended(process):
                break
        return answer, words

    def stop(self) -> None:
        """End the process; the next job starts another."""
        with self._lock:
            self._stop()

    def _hand_over(self) -> tuple[subprocess.Popen[bytes], socket.socket, int]:
        """Return the process, the channel over which it awaits a job, and where it complains."""
        ours, theirs = socket.socketpair()
        complaints, complain = os.pipe()
        with theirs, self._lock:
            try:
                for _ in range(2):
                    process, jobs = self._running()
                    try:
                        socket.send_fds(jobs, [b"."], [theirs.fileno(), complain])
                        break
                    except OSError:  # it ended between two jobs
                        self._stop()
            finally:
                os.close(complain)
        return process, ours, complaints

    def _running(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        """Return the process and the socket that it listens at; a fork of this process starts its own."""
        if self._process and self._jobs and self._owner == os.getpid() and self._process.poll() is None:
            return self._process, self._jobs
        self._stop()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # nosec B603
                [sys.executable, "-I", "-B", "-m", "cchc_flow.documents.child"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"FONTCONFIG_FILE": str(FONTS / "fonts.conf")},
                cwd="/",
            )
        self._jobs, self._owner = ours, os.getpid()
        return self._process, self._jobs

    def _stop(self) -> None:
        if self._jobs:
            self._jobs.close()
        if self._process and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        self._process = self._jobs = None


def _converse(channel: socket.socket, job: bytes, deadline: float) -> bytes:
    """Send a job and return its answer; raise TimeoutError at the deadline."""
    answer = bytearray()
    try:
        channel.settimeout(max(deadline - time.monotonic(), 0.001))
        channel.sendall(job)
        channel.shutdown(socket.SHUT_WR)
        while piece := channel.recv(PIECE):
            answer += piece
            channel.settimeout(max(deadline - time.monotonic(), 0.001))
    except ConnectionError:
        return b""
    return bytes(answer)


def _read_complaints(handle: int) -> str:
    """Return what the process wrote to its standard error, as far as it is there by now."""
    os.set_blocking(handle, False)
    with os.fdopen(handle, "rb") as written:
        return (written.read(MOST_COMPLAINTS) or b"").decode(errors="replace").strip()


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


PRESS = Press()
atexit.register(PRESS.stop)
