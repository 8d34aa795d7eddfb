"""`python -m bench.plan_scans`: how much of our own plans is read when they come as scans, by Tesseract.

Each plan is set as a PDF, its pages are drawn, and the pictures alone make another PDF, as a scanner would
without dust or slant. Beside it stands what is read of the PDF with its text.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

from bench.measure import Result, at_most, without_aim
from cchc_flow.plan_import.readers.scan import find_tesseract

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.plan_samples.forms import render_as
from support.plan_samples.reading import read_document
from support.plan_samples.scoring import BESIDE, PARTS, Score, score_reading, total_of
from support.plan_samples.source import Source, load_sources
from support.plan_samples.truth import tell_truth
from support.scans import DOTS_PER_INCH, scan_pdf

MOST_SECONDS_A_PAGE = 3.0


def score_forms(source: Source) -> tuple[dict[str, Score], dict[str, Score], list[str], float]:
    """The scores of a plan as PDF with text and as scan, the scan's mistakes, and its seconds a page."""
    _, content = render_as(source, "PDF")
    truth, scan = tell_truth(source), scan_pdf(content)
    begun = time.perf_counter()
    reading = read_document("plan.pdf", scan)
    took = (time.perf_counter() - begun) / len(pypdfium2.PdfDocument(content))
    plain, _ = score_reading(truth, read_document("plan.pdf", content))
    scanned, mistakes = score_reading(truth, reading)
    return plain, scanned, mistakes, took


def rows(kind: str = "own", shows_mistakes: bool = False) -> Iterator[Result]:
    """The F1 of our own plans as scans, by part, and how long a page takes."""
    if find_tesseract() is None:
        yield without_aim("F1 of what is read of scans", "no Tesseract with Vietnamese on this machine")
        return
    sums = [{part: Score() for part in (*PARTS, *BESIDE)} for _ in range(2)]
    times = []
    for source in load_sources(kind):
        plain, scanned, mistakes, took = score_forms(source)
        times.append(took)
        for total, scores in zip(sums, (plain, scanned), strict=True):
            total |= {part: total[part] + scores[part] for part in total}
        if shows_mistakes:
            sys.stdout.write("\n  ".join([f"{source.name} {total_of(scanned).f1:.2f}", *mistakes]) + "\n")
    for name, total in zip(("PDF with text", "scans"), sums, strict=True):
        details = " ".join(f"{part} {total[part].f1:.2f}" for part in PARTS)
        yield without_aim(f"F1 of our own plans as {name}", f"{total_of(total).f1:.3f}  ({details})")
    yield at_most(
        "seconds for a page of a scan", sum(times) / len(times), MOST_SECONDS_A_PAGE, f"{DOTS_PER_INCH} dpi"
    )


def main(arguments: Sequence[str]) -> None:
    """Print the figures, and the mistakes if they are asked for."""
    parser = argparse.ArgumentParser("bench.plan_scans", description=__doc__)
    parser.add_argument("--mistakes", action="store_true")
    parser.add_argument("--kind", default="own")
    asked = parser.parse_args(arguments)
    for row in rows(asked.kind, asked.mistakes):
        sys.stdout.write(f"{row}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
