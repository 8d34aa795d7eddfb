"""Connections that nobody can hold open: waitress, with deadlines, a cap for each address, and small limits.

Waitress receives heads and bodies without a thread, and hands over complete requests only. What it lacks is
here: a request that is half sent, or sent drop by drop, is given up; so is a connection without a request.
"""

import copy
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.utilities import Error

from cchc_flow.logs import report_refusal
from cchc_flow.settings import Network, is_within
from cchc_flow.web.http.limits import MAX_REQUEST, MAX_REQUEST_OF_STRANGER
from cchc_flow.web.serving.workers import Workers

Application = Callable[..., Any]
LINGER_SECONDS = 1.0
"""How long a server that stops waits for a client that said nothing yet, or stopped in the middle."""
MaySendMuch = Callable[[str], bool]
"""Tells by the Cookie header whether a request may have a large body: whether somebody signed in."""


class Limits(msgspec.Struct, frozen=True):
    """How long a connection may take, in seconds, how many there may be, and how large a request, in bytes.

    A body may take `body_seconds` and a second more for each `body_bytes_a_second` that came.
    """

    head_seconds: float = 10
    body_seconds: float = 20
    body_bytes_a_second: int = 2_000
    idle_seconds: float = 15
    answer_seconds: float = 60
    connections: int = 1_000
    connections_an_address: int = 100
    head_bytes: int = 32 * 1024
    body_bytes: int = MAX_REQUEST
    body_bytes_of_stranger: int = MAX_REQUEST_OF_STRANGER


class TooLarge(Error):  # type: ignore[misc]
    """The answer to a body that is larger than its sender may send."""

    code, reason = 413, "Content Too Large"

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return status, headers and body of the answer, in words."""
        words = "Biểu mẫu lớn quá mức cho phép. Hãy đăng nhập rồi gửi lại, hoặc chọn tệp nhỏ hơn.\n"
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")]
        return f"{self.code} {self.reason}", headers, words.encode()


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Parses a request, and lets only who signed in send a large body."""

    error: Error | None
    may_send_much: MaySendMuch
    adjustments_of_stranger: Adjustments

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the head, and decide by it how large the body may be."""
        super().parse_header(header_plus)
        small = self.adjustments_of_stranger.max_request_body_size
        is_large = self.chunked or self.content_length >= small
        if is_large and not self.may_send_much(self.headers.get("COOKIE", "")):
            self.adj = self.adjustments_of_stranger

    def received(self, data: bytes) -> int:
        """Take bytes of the request; return how many of them belonged to it."""
        taken: int = super().received(data)
        if self.error is not None:
            self.expect_continue = False  # what comes behind an error is not asked for
            if self.error.code == TooLarge.code:
                self.error = TooLarge("")
        return taken


class Connection(HTTPChannel):  # type: ignore[misc]
    """One connection, which knows since when it waits for the rest of a request."""

    server: "Listener"
    requests: list[Parser]
    last_activity: float

    def __init__(self, server: "Listener", *socket_and_address: Any, **others: Any) -> None:
        self.waits_since = time.monotonic()
        self._received_bytes = 0
        self.parser_class = server.parser
        super().__init__(server, *socket_and_address, **others)

    @property
    def address(self) -> str:
        """The network address from which the connection comes."""
        return str(self.addr[0])

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is being answered here, so that it can be closed."""
        return not self.requests

    def received(self, data: bytes) -> bool:
        """Take bytes from the client; the wait for a request begins with its first byte."""
        if self.request is None:
            self.waits_since, self._received_bytes = time.monotonic(), 0
        self._received_bytes += len(data)
        return bool(super().received(data))

    def service(self) -> None:
        """Answer one request; from then on the connection is idle."""
        if self.requests and (error := self.requests[0].error):  # answered here, without the application
            event = "malformed" if error.code < TooLarge.code else "too_large"
            report_refusal(event, address=self.address, status=error.code)
        if self.requests and self.server.is_stopping:  # the next request goes to another server
            self.requests[0].headers["CONNECTION"] = "close"
        super().service()
        self.waits_since = time.monotonic()

    def is_in_use(self, now: float) -> bool:
        """Tell whether something is still sent here, or is about to come, as on a connection that is new."""
        if self.total_outbufs_len:
            return True
        silent = time.time() - self.last_activity if self.request else now - self.waits_since
        return silent < LINGER_SECONDS

    def is_overdue(self, limits: Limits, now: float) -> bool:
        """Tell whether the client took too long to send a request, or to read its answer."""
        if self.total_outbufs_len:
            return time.time() - self.last_activity > limits.answer_seconds
        if not self.is_waiting:
            return False
        request = self.request
        if request is None:
            return now - self.waits_since > limits.idle_seconds
        if not request.headers_finished:
            return now - self.waits_since > limits.head_seconds
        granted = limits.body_seconds + self._received_bytes / limits.body_bytes_a_second
        return now - self.waits_since > granted


class Listener(TcpWSGIServer):  # type: ignore[misc]
    """Serves an application on a listening socket until `stop` is called.

    `proxies` are the networks of proxies in front of it: their connections are of many people and are not
    counted by address.
    """

    channel_class = Connection

    def __init__(
        self,
        application: Application,
        listening: socket.socket,
        workers: Workers,
        *,
        may_send_much: MaySendMuch = lambda cookies: True,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        proxies: tuple[Network, ...] = (),
    ) -> None:
        self.limits, self._proxies, self._workers = limits, proxies, workers
        adjustments = _adjustments(limits)
        of_stranger = copy.copy(adjustments)
        of_stranger.max_request_body_size = limits.body_bytes_of_stranger
        attributes = {"may_send_much": staticmethod(may_send_much), "adjustments_of_stranger": of_stranger}
        self.parser = type("Parser", (Parser,), attributes)
        self.is_stopping = False
        self._grace_seconds = float("inf")
        super().__init__(
            application,
            {},
            _sock=listening,
            dispatcher=workers,
            adj=adjustments,
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            bind_socket=False,
        )

    def run(self, grace_seconds: float = 0, show_life: Callable[[], object] = lambda: None) -> None:
        """Serve until `stop` is called, then answer what has come, for `grace_seconds` at most.

        No new connection is taken then; what waits for its turn when the time is over is given up. It calls
        `show_life` once a second, or more often.
        """
        self._grace_seconds = min(self._grace_seconds, grace_seconds)
        while not self.is_stopping:
            show_life()
            wasyncore.poll2(1.0, self._map)
        self._take_last_connections()
        self.del_channel()
        self.socket.close()
        began = time.monotonic()
        while self._has_work() and time.monotonic() - began < self._grace_seconds:
            show_life()
            wasyncore.poll2(0.05, self._map)
            self._workers.look()
        self._workers.shutdown()
        wasyncore.close_all(self._map, ignore_all=True)

    def stop(self, grace_seconds: float | None = None) -> None:
        """Let `run` return soon; may be called by a signal's handler, and by any thread.

        `grace_seconds` shortens what `run` grants.
        """
        self.is_stopping = True
        if grace_seconds is not None:
            self._grace_seconds = min(self._grace_seconds, grace_seconds)
        with suppress(OSError):  # `run` has returned in the meantime
            self.pull_trigger()

    def readable(self) -> bool:
        """Tell whether a new connection can be taken; looks after the others once a second."""
        is_due = time.time() >= self.next_channel_cleanup
        able: bool = super().readable()
        if is_due:
            self._workers.look()
        return able

    def handle_accept(self) -> None:
        """Take a new connection, for which one that waits is closed when there are too many."""
        super().handle_accept()
        newest = next(reversed(self.active_channels.values()), None)
        if newest is not None:
            self._make_room_for(newest)

    def maintenance(self, now: float) -> None:
        """Close the connections on which a client takes too long."""
        moment = time.monotonic()
        for connection in list(self.active_channels.values()):
            if connection.is_overdue(self.limits, moment):
                if connection.request is not None:  # one without a request is merely idle
                    report_refusal("too_slow", address=connection.address)
                connection.handle_close()

    def _make_room_for(self, newest: Connection) -> None:
        """Close the connection that waits longest where there are too many, of one address or in all."""
        connections = [
            connection for connection in self.active_channels.values() if not connection.will_close
        ]
        if len(connections) > self.limits.connections:
            report_refusal("too_many_connections", address=newest.address, connections=len(connections))
            _close_longest_waiting(connections, newest)
        if is_within(newest.address, self._proxies):
            return
        own = [connection for connection in connections if connection.address == newest.address]
        if len(own) > self.limits.connections_an_address:
            report_refusal("too_many_connections", address=newest.address, connections=len(own))
            _close_longest_waiting(own, newest)

    def _take_last_connections(self) -> None:
        """Take the connections that the system has accepted for us: closing its socket would break them."""
        for _ in range(self.limits.connections):
            before = len(self.active_channels)
            self.handle_accept()
            if len(self.active_channels) == before:
                return

    def _has_work(self) -> bool:
        """Tell whether an answer is being made, or is not wholly sent, or a request is just coming."""
        moment = time.monotonic()
        return bool(self._workers.busy()) or any(
            connection.is_in_use(moment) for connection in list(self.active_channels.values())
        )


def _close_longest_waiting(connections: list[Connection], newest: Connection) -> None:
    """Close the connection that waits longest for its client; the newest one where none of them waits."""
    waiting = [connection for connection in connections if connection.is_waiting and connection is not newest]
    longest = min(waiting, key=lambda connection: connection.waits_since, default=newest)
    longest.will_close = True


def _adjustments(limits: Limits) -> Adjustments:
    """Return waitress's settings; its own limit of connections would only stop it from taking new ones."""
    return Adjustments(
        connection_limit=limits.connections * 2,
        cleanup_interval=1,
        channel_timeout=24 * 3600,
        max_request_header_size=limits.head_bytes,
        max_request_body_size=limits.body_bytes,
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
        asyncore_use_poll=True,
        ident="",
    )
