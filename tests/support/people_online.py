"""People who ask a real server over HTTP, and what it has acknowledged to them."""

import os
import re
import secrets
import signal
import time
from collections import Counter
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from support.serving import Running
from support.visitors import Site
from support.world import TASK, TASKS, World

from cchc_flow import clock
from cchc_flow.commands import NewTask
from cchc_flow.eventlog.verification.verify import verify_log

WORKSPACE = "/xa-mau"
SERVE_WITHOUT_AREAS = """
import sys
from pathlib import Path
from cchc_flow.clock import now
from cchc_flow.web.server import serve
serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), now)
"""


def commune_of_today(folder: Path, *, more_tasks: int = 0) -> World:
    """Return a commune whose events were recorded by the machine's clock, as a real server wants them.

    `more_tasks` come to its own, with the ids that `task_id` returns.
    """
    world = World(folder / "data")
    world.time = clock.now()
    more = (
        NewTask(ref=f"III.1.{9 + n}", title=f"Việc {n}", text="Việc.", area="1") for n in range(more_tasks)
    )
    return world.settle((*TASKS, *more))


def task_id(number: int) -> str:
    """Return the id of one of the tasks that came to the commune's own."""
    return f"2026-III.1.{9 + number}"


class Online:
    """A person who is signed in; `acknowledged` holds the ids of the comments that the server accepted."""

    def __init__(self, site: Site, login: str) -> None:
        visitor = site.visitor(login)
        page = visitor.get(f"{WORKSPACE}/board").text
        token = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert token
        cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in visitor._cookies.values())
        self._headers = {"Cookie": cookies, "X-CSRFToken": token[1]}
        self.acknowledged: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.broken_by: list[str] = []

    def get(self, port: int, page: str) -> int:
        """Return the status of a page."""
        return self._ask(port, "GET", WORKSPACE + page, None)

    def comment(self, port: int, command: str = "", task: str = TASK) -> int:
        """Comment on a task, and remember the command when it was acknowledged; return the status.

        When many others were faster, it is sent once more, as the answer asks for.
        """
        command = command or f"tu-xa-{secrets.token_hex(8)}"
        form = urlencode({"text": f"Ý kiến {command}", "command_id": command, "seen": "1"})
        status = 409
        for _ in range(20):
            if status == 409:
                status = self._ask(port, "POST", f"{WORKSPACE}/items/{task}/comments", form)
        if status == 303:
            self.acknowledged.append(command)
        return status

    def comment_until_it_breaks(self, port: int) -> None:
        """Comment again and again, until the server is gone; remember what else it answered, and the end."""
        try:
            while True:
                self.statuses[self.comment(port)] += 1
        except OSError as gone:
            self.broken_by.append(repr(gone.__cause__))

    def _ask(self, port: int, method: str, page: str, form: str | None) -> int:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        headers = self._headers | ({"Content-Type": "application/x-www-form-urlencoded"} if form else {})
        try:
            connection.request(method, page, form, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except Exception as error:
            raise OSError("the server is gone") from error
        finally:
            connection.close()


def kill(running: Running) -> None:
    """Kill a server and its worker, as the machine's end does."""
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()
    for process in (running.process.pid, *map(int, children)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    running.process.communicate()
    for child in map(int, children):  # its ports and locks are free only when it is gone
        while Path(f"/proc/{child}/fd").exists() and _is_alive(child):
            time.sleep(0.01)


def _is_alive(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    return False


def require_all_recorded_once(world: World, commands: list[str]) -> None:
    """Assert that each acknowledged command is in the log once, with its words, and that the log verifies."""
    world.ws.close()
    comments = [event for event in world.ws.log.read_events() if event.type.startswith("item.commented/")]
    recorded = [event.command_id for event in comments]
    assert set(commands) <= set(recorded)
    assert len(set(recorded)) == len(recorded)
    for event in comments:
        assert world.ws.vault.load(event.data["text"]["digest"]).decode() == f"Ý kiến {event.command_id}"
    assert verify_log(world.ws.folder).ok
