"""The child process of `bench.release`: it runs the same jobs in any release, on request.

It reads the name of a job from each line of its input, and answers with the seconds that the job took. It
knows the names of this release and of the one that it is compared with.
"""

import io
import itertools
import os
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from bench.worlds import UNIT, commune, order

try:  # this release
    from cchc_flow import commands
    from cchc_flow.plugin_host.loading import load_plugins
    from cchc_flow.simulation import BEGIN, SimulatedClock, simulate
    from cchc_flow.workflow.commands import TakeStep
except ImportError:  # the one that it is compared with
    from cchc_flow import handling as commands
    from cchc_flow.plugins import loaded as load_plugins
    from cchc_flow.simulation import BEGIN, simulate
    from cchc_flow.simulation import Clock as SimulatedClock
    from cchc_flow.workflow.commands import Step as TakeStep

try:
    from cchc_flow.eventlog.codec import decode_event as _decode
    from cchc_flow.eventlog.verification.verify import verify_log as _verify
except ImportError:
    from cchc_flow.eventlog.verify import verify as _verify

    from cchc_flow.eventlog.codec import decode as _decode

try:
    from cchc_flow.accounts.opening import open_accounts as _open_accounts
except ImportError:
    from cchc_flow.accounts import Accounts

    def _open_accounts(ws: Any) -> Any:
        return Accounts(ws.private)


from cchc_flow import clock, register_import
from cchc_flow.accounts import Client
from cchc_flow.eventlog import opening
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.web import create_app
from cchc_flow.workflow.item import evolve

COMMANDS = 200
HUNDREDS = 10
TASKS = 500
DROPS = 40
SIGN_INS = 5
LOOKS = 10
CROWD = 8
PARTS = f"?unit={UNIT}&parts=1&due=in_time"
PASSWORD = "lúa-chín-đồng-xa-42"
OPENINGS = 20
TABLE_ROWS = 5_000
TABLE_HEAD = ("Tên", "Đơn vị chủ trì", "Mã phản ánh, kiến nghị", "Ngày tiếp nhận", "Tiếp nhận qua")
LARGE_LOG = "CCHC_FLOW_BENCH_LOG"
"""The variable that names the data folder whose log `open` opens."""


class Jobs:
    """Two communes in a folder: one whose people work, one that only records."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ws, self.bare = commune(folder / "a", TASKS), commune(folder / "b", 1)
        self.tasks, self.days = itertools.cycle(range(1, TASKS + 1)), itertools.count()
        self.versions: Counter[str] = Counter()
        self.drops = itertools.count(1)
        self.years = itertools.count()
        self.tables = itertools.count()
        self.streams: dict[str, list[tuple[int, bytes]]] = {}

    def command(self) -> None:
        """Assign tasks anew, so that each card changes."""
        for _ in range(COMMANDS):
            number, day = next(self.tasks), next(self.days)
            data = {"lead": UNIT, "due": f"20{27 + day // 12 % 60}-{1 + day % 12:02}-01"}
            command = TakeStep("assign", data)
            commands.take_step(self.ws, _item(number), command, order(self.ws, "hoa"))

    def append(self) -> None:
        """Record the same events, and nothing else."""
        for _ in range(COMMANDS):
            self._append("bench-stream", 1)

    def append_hundreds(self) -> None:
        """Record such events a hundred at a time."""
        for _ in range(HUNDREDS):
            self._append("bench-hundreds", 100)

    def _append(self, stream: str, count: int) -> None:
        data: dict[str, Any] = {"from": "planned", "to": "assigned", "lead": UNIT, "support": []}
        data |= {"officer": None, "due": "2027-01-01", "cadence": None}
        drafts = (Draft("item.assigned/1", data),) * count
        meta = Meta(actor="hoa", time=self.bare.now(), command_id=self.bare.new_id(), command_digest=b"x")
        self.bare.log.append([Change(stream, self.versions[stream], drafts)], meta)
        self.versions[stream] += count

    def prepare_drops(self) -> None:
        """Make a commune with all its plugins, whose tasks are assigned and wait to be started."""
        self.site = commune(self.folder / "c", TASKS, under_way=0, plugins=load_plugins())
        for number in range(1, TASKS + 1):
            command = TakeStep("assign", {"lead": UNIT})
            commands.take_step(self.site, _item(number), command, order(self.site, "hoa"))
        self.visitor = _signed_in(self.site)
        page = self.visitor.get(f"/{self.site.name}/board").get_data(as_text=True)
        self.token = re.findall(r'name="csrf-token" content="([^"]+)"', page)[0]

    def drop(self) -> None:
        """Drop assigned cards on the next column, as a browser sends it."""
        for _ in range(DROPS):
            answer = self.visitor.post(
                f"/{self.site.name}/items/{_item(next(self.drops))}/moves",
                data={"to": "in_progress", "seen": "2", "command_id": self.site.new_id()},
                headers={"X-CSRFToken": self.token, "HX-Request": "true"},
            )
            assert answer.status_code == 200, answer.get_data(as_text=True)

    def prepare_boards(self) -> None:
        """Make communes of 500 and 5,000 tasks with all their plugins, and sign in eight browsers."""
        self.boards = {}
        for tasks in (500, 5_000):
            site = commune(self.folder / f"board-{tasks}", tasks, plugins=load_plugins())
            first = _signed_in(site)
            crowd = [first, *(first.application.test_client() for _ in range(CROWD - 1))]
            for visitor, cookie in itertools.product(crowd[1:], list(first._cookies.values())):
                visitor.set_cookie(cookie.key, cookie.value)
            self.boards[tasks] = f"/{site.name}/board", crowd

    def board_500(self) -> None:
        """Look at the board of 500 tasks, one time after another."""
        self._look(500)

    def board_5000(self) -> None:
        """Look at the board of 5,000 tasks."""
        self._look(5_000)

    def parts_500(self) -> None:
        """Look at the board of a unit, with its parts and a filter of days."""
        self._look(500, PARTS)

    def parts_5000(self) -> None:
        """Look at such a board of 5,000 tasks."""
        self._look(5_000, PARTS)

    def crowd_500(self) -> None:
        """Let eight people look at the board of 500 tasks at once."""
        self._look_at_once(500)

    def crowd_5000(self) -> None:
        """Let eight people look at the board of 5,000 tasks at once."""
        self._look_at_once(5_000)

    def _look(self, tasks: int, query: str = "", visitor: int = 0) -> None:
        address, crowd = self.boards[tasks]
        for _ in range(LOOKS):
            assert crowd[visitor].get(address + query).status_code == 200

    def _look_at_once(self, tasks: int) -> None:
        jobs = [threading.Thread(target=self._look, args=(tasks, "", number)) for number in range(CROWD)]
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()

    def prepare_sign_ins(self) -> None:
        """Open the form by which the officer signs in; her real password is set by now."""
        self.guest = self.visitor.application.test_client()
        page = self.guest.get(f"/{self.site.name}/sign-in").get_data(as_text=True)
        self.form = {"csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]}

    def sign_in(self) -> None:
        """Sign in by the form, with argon2 as it is for people."""
        form = self.form | {"login": "lan", "password": PASSWORD}
        for _ in range(SIGN_INS):
            answer = self.guest.post(f"/{self.site.name}/sessions", data=form)
            assert answer.status_code == 303, answer.get_data(as_text=True)

    def year(self) -> None:
        """Simulate a year, without registers."""
        clock = SimulatedClock(BEGIN)
        folder = self.folder / f"year-{next(self.years)}"
        self.told = commands.create_workspace(folder, "xa-do", title="xã Đo", clock=clock)
        simulate(self.told, clock)

    def fold(self) -> None:
        """Fold the items of the year that was simulated last, from their stored bytes."""
        if not self.streams:
            self.streams = _streams(self.told)
        for name, stream in self.streams.items():
            item = None
            for position, body in stream:
                item = evolve(item, name, _decode(position, body))

    def prepare_table(self) -> None:
        """Make a commune with all its plugins, and a table of many rows in files as large as are taken."""
        self.centre = commune(self.folder / f"table-{next(self.tables)}", 1, plugins=load_plugins())
        rows = [
            (f"Đường thôn {number} hỏng", UNIT, f"PA-{number}", "01/03/2026", "Trực tiếp")
            for number in range(TABLE_ROWS)
        ]
        most = register_import.MOST_ROWS
        self.files = [_workbook(rows[first : first + most]) for first in range(0, TABLE_ROWS, most)]

    def table(self) -> None:
        """Fill a register from the table."""
        fill = getattr(register_import, "fill_register", None) or register_import.fill
        for content in self.files:
            fill(self.centre, "feedback", "bang.xlsx", content, order(self.centre, "lan"))

    def open(self) -> None:
        """Open the log that the environment names, and close it again."""
        data = Path(os.environ[LARGE_LOG])
        for _ in range(OPENINGS):
            log = opening.open_log(data / "xa-do", data / "private" / "xa-do", now=clock.now)
            log.size()
            log.close()

    def verify(self) -> None:
        """Verify the log of the year that was simulated last."""
        assert _verify(self.told.folder).ok


def _item(number: int) -> str:
    return f"2026-III.{1 + number % 2}.{number}"


def _workbook(rows: list[tuple[str, ...]]) -> bytes:
    """Return an .xlsx with these rows below the headings."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (TABLE_HEAD, *rows):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _signed_in(ws: Any) -> Any:
    """Return a test client that is signed in as the officer."""
    accounts = _open_accounts(ws)
    accounts.set_password("lan", PASSWORD, clock.now())
    start = getattr(accounts, "start_session", None) or accounts.begin
    client = create_app(ws.folder.parent, clock.now, plugins=ws.plugins).test_client()
    client.set_cookie(f"cchc-{ws.name}", start("lan", Client("127.0.0.1", "bench"), clock.now()))
    return client


def _streams(ws: Any) -> dict[str, list[tuple[int, bytes]]]:
    """Return the stored bytes of each item's events, in order."""
    streams: dict[str, list[tuple[int, bytes]]] = {}
    read = getattr(ws.log, "read_events", None) or ws.log.read
    for event in read():
        if event.type.startswith("item."):
            stream = streams.setdefault(event.stream.removeprefix("item-"), [])
            stream.append((event.position, ws.log.body(event.position)))
    return streams


def main() -> None:
    """Answer each job's name with the seconds that it took."""
    memory = Path("/dev/shm")  # noqa: S108  # so that the disk does not decide
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        jobs = Jobs(Path(folder))
        for line in sys.stdin:
            job: Callable[[], None] = getattr(jobs, line.strip())
            begun = time.perf_counter()
            job()
            print(time.perf_counter() - begun, flush=True)


main()
