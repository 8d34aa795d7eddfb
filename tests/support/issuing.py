"""A commune that has issued its report on February, and files that claim to be it."""

import atexit
import io
import json
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from pypdf import PdfWriter
from support.world import World

from cchc_flow.commands.commune_reports import Frozen, Issue, Issuing, issue_report
from cchc_flow.commands.document_numbers import FrozenFile
from cchc_flow.plugin_host.loading import NONE, Plugins
from cchc_flow.previews.process import attached_files
from cchc_flow.reporting.attached_data import FIGURES, PROOFS
from cchc_flow.reporting.issuing import freezer

PERIOD = "2026-02"
ISSUE = Issue(
    day="02/03/2026",
    signer="Phạm Nam",
    signer_lines=("TM. Ủy ban nhân dân", "Chủ tịch"),
    accepts_gaps=True,
)
Change = Callable[[dict[str, Any]], object]


def say_numbering(issuing: Issuing) -> Frozen:
    """Return in the place of a report one file that says with what it is issued."""
    words = f"{issuing.number:02d}/{issuing.symbol}, {issuing.day}, {issuing.cut_off.position}"
    files = [FrozenFile("pdf", "bao-cao.pdf", "application/pdf", words.encode())]
    return Frozen(subject="Kết quả CCHC tháng 02 năm 2026", make_files=lambda: files)


def issue_february(folder: Path) -> tuple[World, bytes]:
    """Return a commune that has issued the report on February, and its PDF: a copy of one and the same."""
    shutil.copytree(_issued_once(), folder, dirs_exist_ok=True)
    world = World(folder, is_there=True)
    return world, issued_pdf(world)


@cache
def _issued_once() -> Path:
    """Return the data folder of a commune that has issued its report; it is there until the tests end."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    world, _ = issue_anew(folder)
    world.ws.close()
    return folder


def issue_anew(folder: Path, plugins: Plugins = NONE) -> tuple[World, bytes]:
    """Return a commune with a log of its own that has issued the report on February, and its PDF."""
    world = World(folder, plugins=plugins).settle()
    world.take("hoa", "assign", lead="phong-kinh-te", support=["tram-y-te"], due="2026-06-30")
    issue_report(world.ws, PERIOD, ISSUE, world.order("hoa"), freezer(world.ws))
    return world, issued_pdf(world)


def issued_pdf(world: World, period: str = PERIOD) -> bytes:
    """Return the PDF of the report that was issued last."""
    events = world.ws.log.stream(f"report-2026-{period}")
    (issued, *_) = [event for event in reversed(events) if event.type.startswith("report.issued/")]
    (digest,) = [
        file["file"]["content"]["digest"] for file in issued.data["files"] if file["format"] == "pdf"
    ]
    return world.ws.vault.load(digest)


def forge(content: bytes, figures: Change = dict, proofs: Change = dict) -> bytes:
    """Return another PDF that carries the data of a report with changes of them."""
    attached, writer, made = _attached(content), PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    for name, change in ((FIGURES, figures), (PROOFS, proofs)):
        data = json.loads(attached[name])
        change(data)
        writer.add_attachment(name, json.dumps(data).encode())
    writer.write(made)
    return made.getvalue()


@cache
def _attached(content: bytes) -> dict[str, bytes]:
    return attached_files(content)
