"""Reading a plan as PDF, process and all, against pdfium alone; memory at 500 pages.

What was read is not kept here, as `read_pdf` keeps it: a plan that is read again takes a millisecond.
"""

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdf import PdfWriter

from bench.measure import Result, at_most, median_seconds, seconds
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.plan_import.readers.pdf import ask_reader

MANY_PAGES, FEW_PAGES = 500, 50
MOST_RATIO, MOST_MORE_S = 1.5, 0.5
MOST_GROWTH, MOST_MEGABYTES = 40, 300
CHILD = [sys.executable, "-I", "-B", "-m", "cchc_flow.plan_import.readers.pdf.child"]
STYLE = """<style>
@page { size: A4; margin: 20mm 20mm 20mm 30mm; @top-center { content: counter(page) } }
body { font: 14pt/1.3 Liberation Serif } p { margin: 0 0 6pt; text-align: justify; text-indent: 36pt }
table { border-collapse: collapse; width: 100% } td { border: 1px solid black; padding: 3pt }
</style>"""
SENTENCE = (
    "Rà soát, đơn giản hóa thủ tục hành chính giai đoạn 2026-2030 theo Nghị định số 30/2020/NĐ-CP, bảo đảm hồ"
    " sơ được trả đúng hạn, đúng quy trình và không phát sinh chi phí cho người dân trên địa bàn xã"
)


def plan_pages() -> bytes:
    """Return a plan of some eight pages: paragraphs, then a table over two pages."""
    tasks = "".join(f"<p>{number}. {SENTENCE}.</p>" for number in range(1, 62))
    row = f"<td>{SENTENCE}</td><td>Văn phòng HĐND và UBND</td><td>Quý I/2026</td>"
    rows = "".join(f"<tr><td>{number}</td>{row}</tr>" for number in range(1, 14))
    return make_pdf(
        f"<html lang='vi'><title>.</title>{STYLE}<p>KẾ HOẠCH</p>{tasks}<table>{rows}</table></html>"
    )


def repeat_pages(content: bytes, count: int) -> bytes:
    """Return a file of so many pages, those of another again and again."""
    writer, file = PdfWriter(), io.BytesIO()
    while len(writer.pages) < count:
        writer.append(io.BytesIO(content))
    while len(writer.pages) > count:
        writer.remove_page(writer.pages[-1])
    writer.write(file)
    return file.getvalue()


def extract_text(content: bytes) -> int:
    """Have pdfium extract the text by itself; return how much it is."""
    with pypdfium2.PdfDocument(content) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def rows() -> Iterator[Result]:
    """Time a plan and five hundred pages, and see the memory of the process that reads them."""
    plan = plan_pages()
    ours, own = median_seconds(lambda: ask_reader(plan), lambda: extract_text(plan))
    more = ours - MOST_RATIO * own
    with pypdfium2.PdfDocument(plan) as document:
        detail = f"{ours * 1000:.0f} ms, pdfium {own * 1000:.0f} ms, {len(document)} pages"
    yield at_most("a plan as PDF, less 1.5 times pdfium alone: s", more, MOST_MORE_S, detail)
    many, few = repeat_pages(plan, MANY_PAGES), repeat_pages(plan, FEW_PAGES)
    took, alone = seconds(lambda: ask_reader(many)), seconds(lambda: extract_text(many))
    yield Result("500 pages", f"{took:.1f} s  (pdfium {alone:.1f} s)", "", True)
    large, small = peak_megabytes(many), peak_megabytes(few)
    name = "memory at 500 pages, more than at 50: MB"  # the paragraphs that were read
    yield at_most(name, large - small, MOST_GROWTH, f"{large:.0f} less {small:.0f} MB")
    yield at_most("memory at 500 pages: MB", large, MOST_MEGABYTES, "the process that reads them")


def peak_megabytes(content: bytes) -> float:
    """Return the most MB that the process which reads a file takes."""
    process = subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin
    process.stdin.write(content)
    process.stdin.close()
    most = 0
    while process.poll() is None:
        most = max(most, high_water(process.pid))
        time.sleep(0.005)
    return most / 1024


def high_water(process: int) -> int:
    """Return the most kB that a process took until now; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
