"""Half-sent requests, idle connections and many of one address hold up nobody: with real sockets."""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import Any

import pytest

from cchc_flow.settings import THIS_MACHINE
from cchc_flow.web.serving.connections import LINGER_SECONDS, Limits, Listener
from cchc_flow.web.serving.workers import Workers

QUICK = Limits(
    head_seconds=0.5,
    body_seconds=0.5,
    body_bytes_a_second=1_000,
    idle_seconds=0.5,
    answer_seconds=0.5,
    connections=40,
    connections_an_address=40,
    body_bytes=1_000_000,
    body_bytes_of_stranger=1_000,
)
LARGEST_ANSWER = 30_000_000


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the size of what was sent, or with more than a client reads at once."""
    size = len(environ["wsgi.input"].read())
    body = b"x" * LARGEST_ANSWER if environ["PATH_INFO"] == "/large" else b"%d" % size
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


class Serving:
    """A server in a thread, and clients of it."""

    def __init__(self, limits: Limits, **settings: Any) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.place = listening.getsockname()
        self._workers = Workers(2, 4)
        self._server = Listener(application, listening, self._workers, limits=limits, **settings)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()

    def send(self, data: bytes) -> socket.socket:
        """Return a connection on which something was sent, and that stays open."""
        client = socket.create_connection(self.place, timeout=10)
        client.sendall(data)
        return client

    def get(self, path: str = "/", body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """Return the status and the body of the answer to a whole request."""
        connection = HTTPConnection(*self.place, timeout=10)
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        status, text = answer.status, answer.read()
        connection.close()
        return status, text

    def open_connections(self) -> int:
        return len(self._server.active_channels)

    def stop(self) -> None:
        self._server.stop()
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def serving() -> Iterator[Serving]:
    serving = Serving(QUICK)
    yield serving
    serving.stop()


def is_closed_within(client: socket.socket, seconds: float) -> bool:
    client.settimeout(seconds)
    try:
        while client.recv(65_536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n"
HALF_SENT = {
    "nothing at all": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: loc",
    "half a body": HEAD + b"\r\n" + b"x" * 100,
    "half a chunk": b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n80\r\nxx",
    "a whole request, and then nothing": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("data", HALF_SENT.values(), ids=HALF_SENT)
def test_who_sends_half_a_request_is_not_waited_for_while_others_are_answered(
    serving: Serving, data: bytes
) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(serving.send(data)) for _ in range(30)]
        began = time.monotonic()
        assert serving.get() == (200, b"0")
        assert time.monotonic() - began < 1
        assert all(is_closed_within(client, 5) for client in clients)


@pytest.mark.parametrize("begin", [b"GET / HTTP/1.1\r\nX: ", HEAD + b"\r\n"], ids=["head", "body"])
def test_a_request_that_comes_drop_by_drop_is_given_up(serving: Serving, begin: bytes) -> None:
    began = time.monotonic()
    with serving.send(begin) as client, pytest.raises(OSError):  # reset, or a broken pipe
        while time.monotonic() - began < 10:
            client.sendall(b"x")
            time.sleep(0.05)
    assert time.monotonic() - began < 5


def test_a_large_body_that_comes_steadily_is_taken(serving: Serving) -> None:
    with serving.send(HEAD.replace(b"900", b"200000") + b"\r\n") as client:
        for _ in range(20):
            client.sendall(b"x" * 10_000)
            time.sleep(0.06)  # longer than `body_seconds` in all
        assert b"200 OK" in client.recv(1_000)


def test_who_does_not_read_the_answer_is_not_waited_for(serving: Serving) -> None:
    with serving.send(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        assert serving.get() == (200, b"0")
        until = time.monotonic() + 8
        while serving.open_connections() and time.monotonic() < until:
            time.sleep(0.05)
        assert serving.open_connections() == 0


def test_when_there_are_too_many_connections_the_one_that_waits_longest_makes_room(serving: Serving) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(serving.send(b"GET")) for _ in range(QUICK.connections + 20)]
        assert serving.get() == (200, b"0")
        assert serving.open_connections() <= QUICK.connections + 1
        assert is_closed_within(clients[0], 0.3)


def test_one_address_has_only_so_many_connections() -> None:
    serving = Serving(Limits(connections_an_address=5))
    with ExitStack() as stack:
        clients = [stack.enter_context(serving.send(b"GET")) for _ in range(8)]
        assert serving.get() == (200, b"0")
        assert [is_closed_within(client, 0.5) for client in clients] == [True] * 4 + [False] * 4
    serving.stop()


def test_the_connections_of_a_proxy_are_not_counted_as_of_one_address() -> None:
    serving = Serving(Limits(connections_an_address=5), proxies=THIS_MACHINE)
    with ExitStack() as stack:
        clients = [stack.enter_context(serving.send(b"GET")) for _ in range(8)]
        assert serving.get() == (200, b"0")
        assert not any(is_closed_within(client, 0.1) for client in clients)
    serving.stop()


def test_a_stranger_sends_little_and_who_is_signed_in_sends_much() -> None:
    serving = Serving(QUICK, may_send_much=lambda cookies: cookies == "cchc-xa-mau=good")
    much = b"x" * 500_000
    assert serving.get(body=much[:900]) == (200, b"900")
    assert serving.get(body=much, Cookie="cchc-xa-mau=good") == (200, b"500000")
    refused, words = serving.get(body=much[:2_000], Cookie="cchc-xa-mau=bad")
    assert (refused, "lớn quá mức" in words.decode()) == (413, True)
    with serving.send(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n") as client:
        client.sendall(b"800\r\n" + b"x" * 2_048 + b"\r\n0\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 413")
    serving.stop()


def test_a_head_that_is_too_long_is_refused(serving: Serving) -> None:
    assert serving.get(Long="x" * 40_000)[0] == 431


class Stopping:
    """A server whose answers wait for `may_answer`, and that is asked to stop while one is being made."""

    def __init__(self, grace_seconds: float = 5) -> None:
        self.has_begun, self.may_answer = threading.Event(), threading.Event()
        listening = socket.create_server(("127.0.0.1", 0))
        self.place = listening.getsockname()
        self.server = Listener(self._answer, listening, Workers(1, 1))
        self._thread = threading.Thread(target=self.server.run, args=(grace_seconds,))
        self._thread.start()

    def ask(self, rest: bytes = b"\r\n") -> socket.socket:
        """Return a connection on which a request was sent, without `rest` only half of it."""
        client = socket.create_connection(self.place, timeout=10)
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + rest)
        return client

    def has_ended(self, seconds: float = 5) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.has_begun.set()
        self.may_answer.wait(10)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"done"]


def read_all(client: socket.socket) -> bytes:
    with client, client.makefile("rb") as answer:
        return answer.read()


def test_what_has_come_when_the_server_stops_is_answered_and_nothing_else() -> None:
    stopping = Stopping()
    being_answered = stopping.ask()
    assert stopping.has_begun.wait(5)
    waiting, half_sent = stopping.ask(), stopping.ask(b"")
    stopping.server.stop()
    with pytest.raises(ConnectionRefusedError):
        for _ in range(100):
            stopping.ask().close()
            time.sleep(0.01)
    half_sent.sendall(b"\r\n")
    stopping.may_answer.set()
    answers = [read_all(client) for client in (being_answered, waiting, half_sent)]
    assert all(answer.endswith(b"done") for answer in answers)
    assert all(b"Connection: close" in answer for answer in answers[1:])
    assert stopping.has_ended()


def test_a_server_that_stops_waits_for_nobody_longer_than_its_grace() -> None:
    stopping = Stopping(grace_seconds=60)
    client = stopping.ask()
    assert stopping.has_begun.wait(5)
    stopping.server.stop(0.1)
    assert stopping.has_ended(2)
    stopping.may_answer.set()
    client.close()


def test_a_client_that_stopped_in_the_middle_holds_up_a_stop_for_a_moment_only() -> None:
    stopping = Stopping(grace_seconds=60)
    with stopping.ask(b""), socket.create_connection(stopping.place):
        stopping.server.stop()
        assert stopping.has_ended(LINGER_SECONDS + 2)
