"""A month's report of the simulated year as PDF, against WeasyPrint alone in a warm process of its own."""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from bench.measure import Result, at_most, median_seconds, seconds
from cchc_flow import commands, simulation
from cchc_flow.documents.attachments import Attachment
from cchc_flow.documents.equipment import FONTS
from cchc_flow.documents.files import FORMATS
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.documents.press import PRESS
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.reporting.issuing import build_draft
from cchc_flow.workspace import Workspace

PERIOD, DAY = "2026-05", date(2026, 5, 24)
RUNS = 7
MOST_RATIO, MOST_MEMORY = 1.2, 1.3
MOST_COLD_S, MOST_AGAIN_MS = 1.0, 50.0

ALONE = """
import json, sys
import weasyprint
html, files = json.load(open(sys.argv[1]))
def make():
    own = [weasyprint.Attachment(string=content, name=name) for name, content in files]
    return weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-3a", attachments=own)
weasyprint.HTML(string="<p>Ă <b>Ă <i>Ă</i></b> <i>Ă</i>").write_pdf(pdf_variant="pdf/a-3a")
print("ready", flush=True)
for line in sys.stdin:
    print(len(make()), flush=True)
"""


class Alone:
    """WeasyPrint in a process of its own, which has made a page before and makes one document."""

    def __init__(self, html: str, attachments: tuple[Attachment, ...], folder: Path) -> None:
        page = folder / "page.json"
        page.write_text(json.dumps([html, [(file.name, file.content.decode()) for file in attachments]]))
        self.process = subprocess.Popen(
            [sys.executable, "-c", ALONE, str(page)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={"FONTCONFIG_FILE": str(FONTS / "fonts.conf")},
        )
        self._answer()

    def make(self) -> None:
        """Make the document."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self._answer()

    def _answer(self) -> None:
        assert self.process.stdout and self.process.stdout.readline()


def rows() -> Iterator[Result]:
    """Simulate a year with all areas, and set the report on one of its months."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = simulation.SimulatedClock(simulation.BEGIN)
        ws = commands.create_workspace(folder, "xa-do", title="xã Đo", clock=clock, plugins=load_plugins())
        simulation.simulate(ws, clock)
        yield from _rows(ws, folder)
        ws.close()


def _rows(ws: Workspace, folder: Path) -> Iterator[Result]:
    built = build_draft(ws, PERIOD, ws.cutoff(DAY))
    html = draw_page(built.document, folder=ws.templates)
    figures = json.dumps([figure.value for figure in built.figures]).encode()
    files = (
        Attachment(name="figures.json", media_type="application/json", content=figures, words="", day=DAY),
    )
    alone, ours = Alone(html, files, folder), partial(make_pdf, html, files)
    mine, plain = median_seconds(ours, alone.make, RUNS)
    detail = f"{mine:.2f} of {plain:.2f} s, {len(built.figures)} figures"
    yield at_most("a month's report as PDF / WeasyPrint alone", mine / plain, MOST_RATIO, detail)
    yield _cold(ours, mine)
    yield _memory(ours, alone)
    alone.process.kill()
    yield from _again(ws)


def _cold(ours: Callable[[], None], warm: float) -> Result:
    """Tell how much longer the first document takes, for which the process has to be started."""
    more = []
    for _ in range(3):
        PRESS.stop()
        more.append(seconds(ours) - warm)
    took = statistics.median(more)
    name = "the same, when its process has to be started: more"
    return Result(name, f"{took:+.2f} s", f"<= {MOST_COLD_S}", took <= MOST_COLD_S)


def _memory(ours: Callable[[], None], alone: Alone) -> Result:
    """Compare how much memory each takes at most, what processes share being counted once."""
    assert PRESS._process
    mine, plain = _peak(PRESS._process.pid, ours), _peak(alone.process.pid, alone.make)
    detail = f"{mine / 1024:.0f} of {plain / 1024:.0f} MB"
    return at_most("memory of that / of WeasyPrint alone", mine / plain, MOST_MEMORY, detail)


def _peak(process: int, job: Callable[[], None]) -> int:
    """Return the most kB that a process and its forks take while a job is done."""
    worker, most = threading.Thread(target=job), 0
    worker.start()
    while worker.is_alive():
        most = max(most, sum(map(_proportional, (process, *_children(process)))))
        time.sleep(0.01)
    worker.join()
    return most


def _children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _proportional(process: int) -> int:
    """Return the kB of a process, a page that n of them share being an n-th; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _again(ws: Workspace) -> Iterator[Result]:
    """Time the whole report at a cut-off at which it was made before."""
    cutoff = ws.cutoff(DAY)

    def again() -> None:
        FORMATS["pdf"].write(build_draft(ws, PERIOD, cutoff).document, ws.templates)

    again()
    took = statistics.median(seconds(again) for _ in range(RUNS)) * 1000
    name = "the whole report again, at the same cut-off"
    yield Result(name, f"{took:.1f} ms", f"<= {MOST_AGAIN_MS}", took <= MOST_AGAIN_MS)
