"""What a running server tells its operator: faults as text or as JSON, and one line for each refusal.

The security log names what was refused, whence, and of which account; nothing that anybody typed is in it.
"""

import logging
import sys
import threading
import time
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import TextIO

import msgspec

from cchc_flow.files import make_file, make_folder

SECURITY = "cchc_flow.security"
MOST_A_SECOND = 20
"""How many lines of one kind of refusal are written in a second: a stranger who tries fills no disk."""


class Logging(msgspec.Struct, frozen=True):
    """How a server logs: as JSON or as text, and where it writes refusals (None: beside the rest)."""

    as_json: bool = False
    security_file: Path | None = None


class Stderr(logging.StreamHandler[TextIO]):
    """Writes to what is the standard error stream at that moment."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        self.stream = sys.stderr
        super().emit(record)


class TextFormatter(logging.Formatter):
    """Writes a record as its sentence; of a refusal also what is known of it, as «name=value»."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text; only a traceback takes more than one line."""
        text = super().format(record)
        if record.name != SECURITY:
            return text
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        return " ".join(
            [when, "security", text, *(f"{name}={value}" for name, value in _facts(record).items())]
        )


class JsonFormatter(logging.Formatter):
    """Writes a record as a line of JSON: time (RFC 3339, UTC), level, logger, message, what is known."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON; a traceback is a text within it."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        sound = {name: _sound(value) for name, value in line.items()}
        return msgspec.json.encode(sound).decode()


class Flood(logging.Filter):
    """Lets a few refusals of each kind pass in a second; the next one tells how many were left out."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[int, int, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is written."""
        second = int(time.monotonic())
        with self._lock:
            since, count, left_out = self._seen.get(record.msg, (second, 0, 0))
            if since != second:
                since, count = second, 0
            if count >= MOST_A_SECOND:
                self._seen[record.msg] = since, count, left_out + 1
                return False
            self._seen[record.msg] = since, count + 1, 0
        if left_out:
            record.__dict__["facts"] = _facts(record) | {"left_out": left_out}
        return True


def configure(how: Logging) -> None:
    """Let this process log to stderr, and refusals to their file if there is one."""
    formatter = new_formatter(how)
    plain = Stderr()
    plain.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [*(one for one in root.handlers if not isinstance(one, Stderr)), plain]
    handler = _file_handler(how.security_file) if how.security_file else Stderr()
    handler.setFormatter(formatter)
    handler.addFilter(Flood())
    logging.getLogger("cchc_flow").setLevel(logging.INFO)
    security = logging.getLogger(SECURITY)
    for before in security.handlers:
        before.close()
    security.handlers, security.propagate = [handler], False
    security.setLevel(logging.INFO)


def new_formatter(how: Logging) -> logging.Formatter:
    """Return what writes a record in the form that was chosen."""
    return JsonFormatter() if how.as_json else TextFormatter()


def tell(sentence: str) -> None:
    """Tell the operator something that is no fault, such as what was loaded at the start."""
    logging.getLogger(__name__).info(sentence)


def report_refusal(event: str, **facts: str | int) -> None:
    """Write a line of the security log; `event` names the kind of refusal, as in docs/operating.md."""
    logging.getLogger(SECURITY).info(event, extra={"facts": facts})


def _facts(record: logging.LogRecord) -> dict[str, str | int]:
    facts: dict[str, str | int] = getattr(record, "facts", {})
    return facts


def _file_handler(path: Path) -> logging.Handler:
    """Return a handler that appends to a file for its owner alone, also after logrotate moved it away."""
    make_folder(path.parent)
    return WatchedFileHandler(make_file(path), encoding="utf-8")


def _sound(value: str | int) -> str | int:
    """Return a value, of a text without halves of letters, which JSON cannot hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
