"""The page of an item on paper: a document upright on A4 that can be read, with all that happened."""

import io
from collections import Counter

import pypdfium2
import pytest
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow.workflow.commands import Upload

from .conftest import Sit

pytestmark = pytest.mark.browser
A4 = (595, 842)
WARNING = "để in cả quá trình"
MINUTES = Upload("biên bản họp.pdf", b"%PDF-1.7", "application/pdf")


def print_item(sit: Sit, path: str = f"items/{TASK}") -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(io.BytesIO(sit("nam", path).pdf(prefer_css_page_size=True)))


def words_of(sheet: pypdfium2.PdfDocument) -> str:
    """Return the words of all pages without their spaces, which a reader of PDF guesses from the gaps."""
    return squeeze("".join(page.get_textpage().get_text_range() for page in sheet))


def squeeze(words: str) -> str:
    return "".join(words.split())


def usual_size(sheet: pypdfium2.PdfDocument) -> float:
    """Return the size in points in which most letters are set."""
    sizes = Counter[float]()
    for page in sheet:
        words = page.get_textpage()
        for piece in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=words):
            scale = piece.get_matrix().d
            sizes[round(abs(piece.get_font_size() * scale), 1)] += len(piece.extract())
    return sizes.most_common(1)[0][0]


def test_an_item_is_printed_upright_to_be_read_with_its_evidence_and_whole_history(
    world: World, sit: Sit
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    world.take("lan", "report_progress", percent="40", note="Xong phần đầu.", evidence=[MINUTES])
    world.take("hoa", "comment", text="Gửi kèm biểu mẫu nhé.")
    world.take("lan", "submit", **RESULT)
    sheet = print_item(sit)
    assert tuple(map(round, sheet[0].get_size())) == A4
    assert 11 <= usual_size(sheet) <= 12
    words = words_of(sheet)
    for told in (
        "Rà soát thủ tục", "Rà soát thủ tục tại Đắk Lắk.", "Phòng Kinh tế", "biên bản họp.pdf", "báo cáo.pdf",
        "Gửi kèm biểu mẫu nhé.", "đã nhận việc", "đã báo cáo tiến độ 40", "Đã rà soát 40 thủ tục.",
        "In ngày 02/03/2026", "Trang 1/",
    ):  # fmt: skip
        assert squeeze(told) in words, told
    assert words.index("Phâncông") < words.index("Minhchứng") < words.index("Quátrình")
    assert squeeze("nhắc đến") not in words
    for act in (
        "Duyệt…",
        "Việc làm được bây giờ",
        "Đăng xuất",
        "Gửi trao đổi",
        "Bảng công việc",
        "Xem tại đây",
    ):
        assert squeeze(act) not in words, act


def test_a_long_history_is_printed_whole_once_all_of_it_is_shown(world: World, sit: Sit) -> None:
    for number in range(1, 106):
        world.take("hoa", "comment", text=f"Lời nhắn số {number}.")
    assert squeeze(WARNING) in words_of(print_item(sit))
    words = words_of(print_item(sit, f"items/{TASK}?history=all"))
    assert squeeze("đã lập công việc") in words and words.count(squeeze("Lời nhắn số 1.")) == 2
    assert squeeze(WARNING) not in words
