"""Views taken out of a commune's log, and a commune with what an inspector would like to find."""

from pathlib import Path
from typing import Any

from support.world import ASSIGN, RESULT, World

from cchc_flow import commands
from cchc_flow.audit.event_search import parse_search
from cchc_flow.audit.exports.export import write_export
from cchc_flow.audit.exports.formats import FORMATS
from cchc_flow.audit.exports.view import EventView
from cchc_flow.commands import NewTask, Order
from cchc_flow.commands.exports import Export
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.projections.reading import Reader
from cchc_flow.workspace import Workspace

TITLES = (
    "Ban hành văn bản", '=HYPERLINK("http://x";"+1")', "Rà soát <thủ tục> & «mẫu»", "Công khai 📋 thủ tục",
    "Chấm điểm", "Kiểm tra", "Tập huấn", "Tổng kết",
)  # fmt: skip
LAWFUL = tuple(f"2026-III.{number}" for number in range(1, 5))
PLANTED = ("2026-III.5", "2026-III.6")
"""The tasks that were approved by who had submitted them."""
NEAR_MISS = "2026-III.7"
"""Submitted and taken back by who then approved what somebody else submitted: under the rules."""
IMPOSSIBLE = "2026-III.8"
"""Approved without ever having been submitted."""


def query_view(ws: Workspace, reader: Reader | None = None, **filters: str) -> EventView:
    """Return the view of filters as an address has them (`since` for `from`)."""
    pairs = [("from" if name == "since" else name, value) for name, value in filters.items()]
    return EventView(ws, parse_search(ws, pairs, reader), reader)


def take_out(view: EventView, name: str, path: Path, actor: str = "system:test") -> Export:
    """Write a view in a format to a new file; return what was recorded."""
    return write_export(view, FORMATS[name], path, Order(actor, view.ws.new_id()))


def planted_commune(data: Path) -> World:
    """Return a commune with lawful tasks, two that one person judged alone, and one that skips its review."""
    world = World(data)
    world.time = world.time.replace(microsecond=123_456)
    world.settle(tuple(_task(number, title) for number, title in enumerate(TITLES, 1)))
    for number, item in enumerate((*LAWFUL, *PLANTED, NEAR_MISS, IMPOSSIBLE)):
        world.wait(minutes=7, microseconds=11)
        world.take("hoa", "assign", item, **ASSIGN)
        world.take("lan", "start", item)
        if item in LAWFUL:
            _live_lawfully(world, item, number)
        elif item in PLANTED:
            _submit(world, item, "lan")
            append(world, item, "lan", "item.approved/1", **APPROVED)
        elif item == NEAR_MISS:
            _submit(world, item, "binh")
            world.take("binh", "withdraw", item, reason="Nhầm tệp.")
            _submit(world, item, "lan")
            world.take("hoa", "approve", item, quality="good")
        else:
            append(world, item, "hoa", "item.approved/1", **APPROVED | {"from": "in_progress"})
        world.take("nam", "close", item)
    return world


def _task(number: int, title: str) -> NewTask:
    return NewTask(ref=f"III.{number}", title=title, text=f"{title}.", area="2")


APPROVED = {"from": "submitted", "to": "approved", "quality": "good", "comment": None}


def _live_lawfully(world: World, item: str, number: int) -> None:
    """Take a task to its approval, each on another way; the first approval of the first is taken back."""
    if number % 2:
        world.take("lan", "report_progress", item, percent="40")
        world.take("lan", "ask_extension", item, due="2026-08-31", reason="Chờ số liệu.")
        world.take("hoa", "grant_extension", item, due="2026-08-31")
    _submit(world, item, "lan")
    if number > 1:
        world.take("hoa", "return", item, reason="Thiếu biên bản.", defects="1")
        _submit(world, item, "lan")
    if not number:
        world.take("nam", "approve", item, quality="good")
        commands.undo_step(world.ws, item, world.order("nam"))
    world.take("hoa" if number else "nam", "approve", item, quality="good")


def _submit(world: World, item: str, actor: str) -> None:
    world.wait(seconds=5)
    world.take(actor, "submit", item, **RESULT)


def append(world: World, item: str, actor: str, event: str, **data: Any) -> None:
    """Record an event of an item past all rules, as a program could that writes to the log itself."""
    stream = f"item-{item}"
    change = Change(stream, world.ws.log.version(stream, world.ws.log.size()), (Draft(event, data),))
    meta = Meta(actor=actor, time=world.time, command_id=world.ws.new_id(), command_digest=b"\0" * 32)
    world.ws.log.append([change], meta)
