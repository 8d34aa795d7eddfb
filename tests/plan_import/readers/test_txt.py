"""Plain text in Unicode is read; anything else is refused in words."""

import pytest

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers.text_pages import split_lines
from cchc_flow.plan_import.readers.txt import read_txt

TEXT = "KẾ HOẠCH\n\nCải cách hành chính\ndòng tiếp\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_text_is_read(encoding: str) -> None:
    texts = [block.text for block in read_txt(TEXT.encode(encoding)) if isinstance(block, Paragraph)]
    assert texts == ["KẾ HOẠCH", "Cải cách hành chính", "dòng tiếp"]


def test_a_reader_says_before_which_lines_an_empty_one_stood() -> None:
    gaps = [block.after_gap for block in read_txt(TEXT.encode()) if isinstance(block, Paragraph)]
    assert gaps == [True, True, False]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"K\xd5 ho\xb9ch c\xb6i c\xb8ch h\xb5nh ch\xddnh", "UTF-8"),
        ("Kê\u0301 hoa\u0323ch ca\u0309i ca\u0301ch".encode("cp1258"), "UTF-8"),
        (b"PK\x03\x04rest", ".docx"),
        (b"\xd0\xcf\x11\xe0rest", "Word"),
        (b"%PDF-1.7", "PDF"),
        (b"\n" * 300_000, "quá nhiều dòng"),
    ],
)
def test_other_content_is_refused_in_one_sentence(content: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_txt(content)


def test_a_head_that_stands_once_above_a_page_number_is_no_text() -> None:
    pages = "- Lắp trạm phát điện cho điểm\n\fKế hoạch của UBND xã\n     2\ntruy cập ở thôn.\n"
    assert split_lines(pages) == ["- Lắp trạm phát điện cho điểm", "truy cập ở thôn.", ""]
