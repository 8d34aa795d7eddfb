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

from cchc_flow.accounts import Accounts, Client
from cchc_flow.plugin_host import loading
from cchc_flow.simulation.trial import year_workspace
from cchc_flow.web import create_app
from cchc_flow.workspace import Workspace

WIDTH, HEIGHT = 1280, 800
MORNING = datetime(2026, 5, 19, 1, 0, tzinfo=UTC)
"""In the middle of the simulated year; the picture of any day is the same."""
PIXELS = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  return new Uint8Array(pen.getImageData(0, 0, image.width, image.height).data.buffer).toBase64();
}"""


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def picture(path: Path) -> None:
    """Draw the board of the simulated commune after a busy spring, as its coordinator sees it."""
    ticks, known = count(), loading.load_plugins()
    with tempfile.TemporaryDirectory() as folder:
        ws = year_workspace(
            Path(folder), "demo", lambda: MORNING + timedelta(seconds=next(ticks)), plugins=known
        )
        with served(ws, Path(folder)) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"]
            )
            context = chromium.new_context(locale="vi-VN", viewport={"width": WIDTH, "height": HEIGHT})
            token = Accounts(ws.private).start_session("dau.moi", Client("127.0.0.1", "docs"), ws.now())
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


@contextmanager
def served(ws: Workspace, data: Path) -> Iterator[str]:
    """Serve the data folder, and give its address."""
    app = create_app(data, ws.now, plugins=ws.plugins)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
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
