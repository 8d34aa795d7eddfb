"""What recording a read costs on the page of an item, and how long one new entry takes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bench.browsing import session_cookie
from bench.measure import Result, at_most, median_seconds
from bench.worlds import commune
from cchc_flow import clock
from cchc_flow.audit import reads
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.web import create_app
from cchc_flow.workspace import Workspace

TASKS, VIEWS, ENTRIES = 60, 60, 300
ITEM = "2026-III.2.1"
AIM = 1.05
MOST = 0.5


def rows() -> Iterator[Result]:
    """Yield how many times longer an item's page takes, and how long one new entry takes."""
    with tempfile.TemporaryDirectory() as folder:
        ws = commune(Path(folder), TASKS)
        client = create_app(Path(folder), clock.now).test_client()
        client.set_cookie(*session_cookie(ws, "hoa"))

        def show() -> None:
            assert client.get(f"/{ws.name}/items/{ITEM}").status_code == 200

        def show_without() -> None:
            with _nothing_recorded():
                show()

        mine, other = median_seconds(show, show_without, VIEWS)
        detail = f"{mine * 1000:.2f} of {other * 1000:.2f} ms"
        yield at_most("an item's page that records reads, of one that does not", mine / other, AIM, detail)
        yield _new_entries(ws)


def _new_entries(ws: Workspace) -> Result:
    """Return how long a new entry takes, in times of an event that is appended to the log."""
    numbers = count()

    def record() -> None:
        assert reads.record_read(ws, "hoa", reads.OPENED, f"item-{next(numbers)}")

    def append() -> None:
        number = f"bench-{next(numbers)}"
        draft = Draft("item.commented/1", {"text": None})
        meta = Meta(
            actor="hoa", time=clock.now(), command_id=number, command_digest=b"bench", channel="bench"
        )
        ws.log.append([Change(number, 0, (draft,))], meta)

    mine, other = median_seconds(record, append, ENTRIES)
    detail = f"{mine * 1000:.2f} of {other * 1000:.2f} ms"
    return at_most("a new entry of who read what, of an event's append", mine / other, MOST, detail)


@contextmanager
def _nothing_recorded() -> Iterator[None]:
    recording = reads.record_read
    reads.record_read = lambda *_, **__: False
    try:
        yield
    finally:
        reads.record_read = recording
