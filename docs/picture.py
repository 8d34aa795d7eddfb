"""Draw docs/board.png, the README's picture: .venv/bin/python docs/picture.py (set up as for `make test`)."""

import base64
import struct
import tempfile
import threading
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from cchc_flow import handling
from cchc_flow.accounts import Accounts, Client
from cchc_flow.demo import demo_workspace
from cchc_flow.handling import Order
from cchc_flow.projections import board, directory
from cchc_flow.web import create_app
from cchc_flow.workflow.commands import Step
from cchc_flow.workspace import Workspace

WIDTH, HEIGHT = 1280, 800
BEGIN = datetime(2026, 6, 8, 1, 0, tzinfo=UTC)
"""The picture of any year is the same."""
LIFE = (("start",), ("start", "report"), ("start", "submit"), ("start", "submit", "approve"), ())
LIFE += (("start", "submit", "approve", "close"), ("start",), (), ("start", "submit"), ("start", "report"))
PIXELS = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  return new Uint8Array(pen.getImageData(0, 0, image.width, image.height).data.buffer).toBase64();
}"""
DAYS = (25, 3, 40, 12, 60, 9, -2, 18, 5, 30)
FORMS = {
    "start": ("start", {}),
    "report": ("report_progress", {"percent": "55", "note": "Đã xong phần khảo sát."}),
    "submit": ("submit", {"result": "Đã hoàn thành theo kế hoạch."}),
    "approve": ("approve", {"quality": "good"}),
    "close": ("close", {}),
}


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def picture(path: Path) -> None:
    """Draw the board of the demo commune after a busy spring, as its coordinator sees it."""
    ticks = count()
    with tempfile.TemporaryDirectory() as folder:
        ws = demo_workspace(Path(folder), "demo", lambda: BEGIN + timedelta(seconds=next(ticks)))
        enliven(ws)
        with served(ws, Path(folder)) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            context = chromium.new_context(locale="vi-VN", viewport={"width": WIDTH, "height": HEIGHT})
            token = Accounts(ws.private).begin("dau.moi", Client("127.0.0.1", "docs"), ws.now())
            context.add_cookies([{"name": f"cchc-{ws.name}", "value": token, "url": address}])
            page = context.new_page()
            page.goto(f"{address}/{ws.name}/board")
            shot = base64.b64encode(page.screenshot()).decode()
            path.write_bytes(small_png(base64.b64decode(chromium.new_page().evaluate(PIXELS, shot))))
            chromium.close()


def small_png(pixels: bytes) -> bytes:
    """Return RGBA pixels as a PNG of the 256 commonest colours: only edges of letters differ."""
    colours = [tuple(pixels[at : at + 3]) for at in range(0, len(pixels), 4)]
    palette = [colour for colour, _ in Counter(colours).most_common(256)]
    place = {one: min(range(len(palette)), key=lambda at: far(one, palette[at])) for one in set(colours)}
    numbers = bytes(place[one] for one in colours)
    rows = b"".join(b"\0" + numbers[at : at + WIDTH] for at in range(0, len(numbers), WIDTH))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", bytes(chain(*palette))),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def far(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Return how far two colours are from each other."""
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def chunk(name: bytes, data: bytes) -> bytes:
    """Return one part of a PNG (RFC 2083, section 3.2)."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def enliven(ws: Workspace) -> None:
    """Give every unit an officer, and most tasks a life."""
    units = [unit.id for unit in directory.units(ws.read())]
    for number, unit in enumerate(units):
        handling.add_person(ws, f"can.bo.{number}", f"Cán bộ {number}", None, unit, order(ws, "system:demo"))
        handling.grant_role(ws, f"can.bo.{number}", "officer", order(ws, "system:demo"))
    waiting = [card.id for card in board.all_cards(ws.read()) if card.state == "planned"]
    for number, item in enumerate(one for place, one in enumerate(waiting) if place % 4):
        live(ws, item, number, units[number % len(units)])


def live(ws: Workspace, item: str, number: int, unit: str) -> None:
    """Take an item as far as its number says."""
    due = (BEGIN + timedelta(days=DAYS[number % len(DAYS)])).date().isoformat()
    take(ws, item, "dau.moi", ("assign", {"lead": unit, "due": due}))
    officer = next(
        one.id for one in directory.people(ws.read()) if one.unit == unit and "officer" in one.roles
    )
    for step in LIFE[number % len(LIFE)]:
        take(ws, item, "lanh.dao" if step in ("approve", "close") else officer, FORMS[step])


def take(ws: Workspace, item: str, actor: str, step: tuple[str, dict[str, str]]) -> None:
    """Take one step."""
    handling.take_step(ws, item, Step(*step), order(ws, actor))


def order(ws: Workspace, actor: str) -> Order:
    """Return a new order of a person."""
    return Order(actor, ws.new_id())


@contextmanager
def served(ws: Workspace, data: Path) -> Iterator[str]:
    """Serve the data folder, and give its address."""
    server = make_server("127.0.0.1", 0, create_app(data, ws.now), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    picture(Path(__file__).with_name("board.png"))
