"""A scanned plan is read through Tesseract where it is installed, and all of it stays in doubt."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from support.plan_samples.forms import render_as
from support.plan_samples.scoring import score_reading, total_of
from support.plan_samples.source import load_sources
from support.plan_samples.truth import tell_truth
from support.plans import read_plan_bytes
from support.scans import scan_pdf

from cchc_flow.errors import BadInput
from cchc_flow.plan_import import Proposal, as_json
from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers import scan
from cchc_flow.plan_import.readers.scan import find_tesseract
from cchc_flow.plan_import.readers.scan.assembling import assemble_blocks
from cchc_flow.plan_import.readers.scan.drawing import MOST_PAGES, draw_document, long_runs
from cchc_flow.plan_import.readers.scan.drawings import Drawings, DrawnPage
from cchc_flow.plan_import.readers.scan.misreadings import mend
from cchc_flow.plan_import.readers.scan.recognition import read_pages
from cchc_flow.plan_import.review.doubts import is_doubtful, where_words

needs_tesseract = pytest.mark.skipif(
    find_tesseract() is None, reason="tesseract-ocr with tesseract-ocr-vie is not on this machine"
)
HOCR = """<div class='ocr_page' id='page_1' title='image "1.png"; bbox 0 0 1654 2339; ppageno 0'>
 <span class='ocr_line' title="bbox 200 300 900 340; baseline 0 -8; x_size 40; x_descenders 8">
  <span class='ocrx_word' title='bbox 200 302 232 340; x_wconf 95'>-</span>
  <span class='ocrx_word' title='bbox 250 302 300 340; x_wconf 90'>R&amp;D</span>
  <span class='ocrx_word' title='bbox 302 302 350 340; x_wconf 60'>/số,</span>
  <span class='ocrx_word' title='bbox 500 302 540 340; x_wconf 90'>|</span>
  <span class='ocrx_word' title='bbox 600 302 640 340; x_wconf 5'>vết</span>
 </span></div>"""
PAGE = DrawnPage(595.0, 842.0, 1654 / 595, [], [])


def source(name: str, kind: str = "own") -> bytes:
    return scan_pdf(render_as(next(one for one in load_sources(kind) if one.name == name), "PDF")[1])


@pytest.fixture(scope="module")
def reading() -> Proposal:
    return read_plan_bytes("scan.pdf", source("19-marks-alone"))


@needs_tesseract
def test_a_scan_is_read_nearly_as_the_plan_it_was_made_of(reading: Proposal) -> None:
    plan = next(one for one in load_sources("own") if one.name == "19-marks-alone")
    assert total_of(score_reading(tell_truth(plan), as_json(reading))[0]).f1 > 0.9


@needs_tesseract
def test_every_line_of_a_scan_is_in_doubt_and_says_why(reading: Proposal) -> None:
    content = [line for line in reading.passages if line.role in ("task", "target", "duty", "unit")]
    assert content and all(is_doubtful(line) and line.legibility for line in content)
    assert where_words(content[0]).endswith(", đọc bằng OCR")
    assert "đọc bằng OCR" in reading.warnings[0].message and reading.warnings[0].rank == "decide"


@needs_tesseract
def test_the_cells_of_a_scanned_table_are_kept_apart() -> None:
    reading = read_plan_bytes("scan.pdf", source("22-tasks-only-in-the-appendix"))
    tasks = [task for area in reading.areas for task in area.tasks]
    assert len(tasks) >= 6 and sum(task.lead is not None for task in tasks) >= 6


def test_without_tesseract_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_tesseract", lambda: None)
    with pytest.raises(BadInput, match=r"bản quét.*cài tesseract-ocr và tesseract-ocr-vie"):
        scan.read_text_or_scan(scan_pdf(blank_pages(1)))


def test_a_scan_of_which_nothing_comes_back_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_tesseract", lambda: Path("/usr/bin/tesseract"))
    monkeypatch.setattr(scan, "ask_process", lambda module, *_, **__: b'{"pages":[]}' * ("drawing" in module))
    with pytest.raises(BadInput, match="Không nhận dạng được chữ"):
        scan.read_text_or_scan(scan_pdf(blank_pages(1)))


def test_a_scan_of_too_many_pages_is_refused_before_they_are_drawn(tmp_path: Path) -> None:
    drawings = draw_document(blank_pages(MOST_PAGES + 1), tmp_path)
    assert "chỉ đọc được tối đa 40 trang" in drawings.why and not list(tmp_path.iterdir())


def test_a_page_of_a_great_size_is_drawn_with_no_more_pixels_than_others(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(4000, 4000)
    draw_document(saved(document), tmp_path)
    with Image.open(tmp_path / "001.png") as picture:
        assert 11e6 < picture.width * picture.height < 12.1e6


def test_the_words_of_a_page_have_their_places_in_points_and_spots_are_none() -> None:
    page = read_pages(HOCR, Drawings((PAGE,)))[0]
    assert [word.text for word in page.page.words] == ["-", "R&D", "/số,"]
    first, second, third = page.page.words
    assert first.left == pytest.approx(200 / PAGE.scale) and first.y == pytest.approx(842 - 332 / PAGE.scale)
    assert (second.has_space, third.has_space) == (True, False)
    assert page.sureness == {"-": 0.95, "R&D": 0.9, "/số,": 0.6}


def test_a_page_that_lay_aslant_is_set_straight() -> None:
    aslant = HOCR.replace("baseline 0 -8", "baseline 0.01 -8").replace(
        "600 302 640 340; x_wconf 5", "600 306 640 344; x_wconf 95"
    )
    words = read_pages(aslant, Drawings((PAGE,)))[0].page.words
    first, last = words[0], words[-1]
    assert (first.text, last.text) == ("-", "vết") and abs(first.y - last.y) < 0.2
    straight = read_pages(HOCR, Drawings((PAGE,)))[0].page.words[0]
    assert first.left > straight.left


def test_a_block_is_as_legible_as_its_words() -> None:
    block = assemble_blocks(read_pages(HOCR.replace("302 302 350", "320 302 350"), Drawings((PAGE,))))[0]
    assert isinstance(block, Paragraph)
    assert (block.text, block.legibility) == ("- R&D /số,", 0.82)


def test_a_rule_is_a_long_dark_row_and_a_stroke_of_a_letter_is_none() -> None:
    picture = Image.new("L", (400, 100), 255)
    ImageDraw.Draw(picture).line((20, 50, 380, 50), fill=0)
    ImageDraw.Draw(picture).line((20, 70, 50, 70), fill=0)
    assert long_runs(picture, 200 / 72) == [(50, 20, 381)]


def test_a_hook_that_was_misread_is_put_right_only_where_the_word_is_none_without_it() -> None:
    misread = "Tố chức tối thiếu 05 buối về CHUYẾN ĐỐI số, hăng quý phố biến thế chế cụ thế."
    assert mend(misread) == "Tổ chức tối thiểu 05 buổi về CHUYỂN ĐỔI số, hằng quý phổ biến thể chế cụ thể."
    right = "Phố Huế hăng hái, thế giới đối thoại, chuyến đi thiếu buồm."
    assert mend(right) == right


def blank_pages(count: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(595, 842)
    return saved(document)


def saved(document: pypdfium2.PdfDocument) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()
