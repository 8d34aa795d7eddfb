"""The clients of `bench.load`, in a process of their own: they read and write for a while.

The input is JSON: the port, the headers of each person, and the seconds. So is the output: the milliseconds
of each read, and of each write.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode

CLIENTS = 32
TASKS, UNDER_WAY = 500, 3
FORM_HEADERS = {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
WORKSPACE = "/xa-do"
READS = ("/board", "/items/{item}", "/overview", "/items?state=planned", "/items/{item}", "/board?area=1")
READS_A_WRITE = 4


class Visitor:
    """One browser, which asks again as soon as it has its answer."""

    def __init__(self, number: int, port: int, headers: dict[str, str]) -> None:
        self.chance = random.Random(number)  # noqa: S311  # which page is asked for is no secret
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers, self.number = headers, number
        self.reads: list[float] = []
        self.writes: list[float] = []

    def work(self, until: float) -> None:
        """Read and write until an instant of the monotonic clock."""
        for turn in self._turns():
            if time.monotonic() >= until:
                break
            if turn % (READS_A_WRITE + 1) == READS_A_WRITE:
                self.writes.append(self._comment(turn))
            else:
                page = self.chance.choice(READS).format(item=_item(self._number()))
                self.reads.append(self._milliseconds("GET", page, {}))
        self.connection.close()

    def _turns(self) -> Iterator[int]:
        turn = self.number  # not all of them write at once
        while True:
            yield turn
            turn += 1

    def _number(self) -> int:
        return self.chance.randrange(1, TASKS + 1)

    def _comment(self, turn: int) -> float:
        """Comment on a task, which leaves its state, and so the version that a form shows, as it is."""
        number = self._number()
        seen = 3 if number % UNDER_WAY == 1 else 1
        form = {"text": f"Ý kiến {turn}.", "command_id": f"bench-{self.number}-{time.time_ns()}"}
        return self._milliseconds("POST", f"/items/{_item(number)}/comments", form | {"seen": str(seen)})

    def _milliseconds(self, method: str, page: str, form: dict[str, str]) -> float:
        headers, body = self.headers, None
        if form:
            headers, body = headers | FORM_HEADERS, urlencode(form)
        begun = time.perf_counter()
        self.connection.request(method, WORKSPACE + page, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        assert answer.status in (200, 204), (method, page, answer.status, text[-300:])
        return (time.perf_counter() - begun) * 1000


def _item(number: int) -> str:
    return f"2026-III.{1 + number % 2}.{number}"


def main() -> None:
    """Run the clients, and print how long each of their requests took."""
    port, people, seconds = json.load(sys.stdin)
    clients = [Visitor(number, port, people[number % len(people)]) for number in range(CLIENTS)]
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.work, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reads = [read for client in clients for read in client.reads]
    writes = [write for client in clients for write in client.writes]
    print(json.dumps([reads, writes]))


if __name__ == "__main__":
    main()
