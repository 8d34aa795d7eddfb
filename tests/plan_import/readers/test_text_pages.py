"""Page numbers, running heads and form feeds of a plain text are no paragraphs, and break none."""

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers.txt import read_txt
from cchc_flow.plan_import.structure.cleaning import clean_blocks


def texts(text: str) -> list[str]:
    return [block.text for block in clean_blocks(read_txt(text.encode())) if isinstance(block, Paragraph)]


FIRST = "- Việc thứ nhất của xã được làm trong quý đầu của năm theo chỉ đạo của\n"
SECOND = "Phòng Kinh tế xã.\n- Việc thứ hai của xã được làm trong quý sau của năm theo chỉ đạo\n"
WHOLE = "- Việc thứ nhất của xã được làm trong quý đầu của năm theo chỉ đạo của Phòng Kinh tế xã."


def test_a_paragraph_goes_on_over_a_page_number() -> None:
    for number in ("2", "- 2 -", "Trang 2", "Trang 2/9"):
        assert texts(f"{FIRST}\n{number}\n\n{SECOND}của tỉnh.")[0] == WHOLE


def test_a_paragraph_goes_on_over_a_form_feed() -> None:
    assert texts(f"{FIRST}\f{SECOND}của tỉnh.")[0] == WHOLE
    assert texts(f"{FIRST}\n\f2\n\n{SECOND}của tỉnh.")[0] == WHOLE


def test_a_running_head_is_left_out() -> None:
    head = "Kế hoạch CCHC xã Tân Lập"
    pages = [f"{head}\n\n- Việc số {number}a.\n\n- Việc số {number}b.\n\n" for number in range(4)]
    assert texts("\f".join(pages)) == [f"- Việc số {number}{part}." for number in range(4) for part in "ab"]


def test_a_line_that_stands_once_is_no_running_head() -> None:
    assert texts("KẾ HOẠCH\n\fCăn cứ Luật;\n\n2\n\nI. MỤC TIÊU") == [
        "KẾ HOẠCH",
        "Căn cứ Luật;",
        "I. MỤC TIÊU",
    ]
