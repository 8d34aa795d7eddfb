"""What the shipped plan holds, counted from its paragraphs without the importer."""

import re
import unicodedata
import zipfile
from itertools import pairwise

import pytest
from docx import Document

from cchc_flow.samples import SAMPLE_PLAN

MARK = re.compile(r"[-+] |[IV]+\. |\d+\. |[a-zđ]\) ")


def marks_between(paragraphs: list[str], heading: str, end: str) -> str:
    """Return the first sign of every paragraph after `heading` and before `end`."""
    start = paragraphs.index(heading)
    return "".join(text[0] for text in paragraphs[start + 1 : paragraphs.index(end, start)])


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    return [p.text for p in Document(str(SAMPLE_PLAN)).paragraphs if p.text.strip()]


def test_every_area_has_its_tasks_and_sub_tasks(paragraphs):
    start, end = paragraphs.index("III. NHIỆM VỤ"), paragraphs.index("IV. KINH PHÍ")
    edges = [i for i in range(start, end + 1) if re.match(r"\d\. |IV", paragraphs[i])]
    areas = ["".join(text[0] for text in paragraphs[a + 1 : b]) for a, b in pairwise(edges)]
    assert areas == ["-----", "---++-++++++--", "----", "----------++", "-" * 14, "-" * 8, "-" * 9]


def test_objectives_requirements_and_targets_are_all_there(paragraphs):
    assert marks_between(paragraphs, "1. Mục tiêu", "2. Yêu cầu") == "----"
    assert marks_between(paragraphs, "2. Yêu cầu", "II. CÁC CHỈ TIÊU CHỦ YẾU") == "----"
    start, end = paragraphs.index("II. CÁC CHỈ TIÊU CHỦ YẾU"), paragraphs.index("III. NHIỆM VỤ")
    assert [text.split(".")[0] for text in paragraphs[start + 1 : end]] == [str(n) for n in range(1, 23)]


def test_four_general_assignments_and_six_units_follow(paragraphs):
    text = marks_between(paragraphs, "V. TỔ CHỨC THỰC HIỆN", paragraphs[-1])
    assert text == "1abcd2a--b--c" + "-" * 11 + "d--đ---e---"


def test_every_deadline_is_written_out(paragraphs):
    text = "\n".join(paragraphs)
    assert text.count("trước ngày 25/01/2026") == 1
    assert text.count("ngày 15 hằng tháng và ngày 10 của tháng cuối quý, 6 tháng, năm") == 5
    assert text.count("ngày 25 hằng tháng và ngày 20 của tháng cuối quý, 6 tháng, năm") == 1


def test_one_paragraph_carries_one_mark(paragraphs):
    assert [text for text in paragraphs if "\n" in text or MARK.match(text.split(None, 1)[1])] == []


def test_the_words_are_clean_nfc(paragraphs):
    for text in paragraphs:
        assert text == unicodedata.normalize("NFC", text).strip()
        assert not re.search(r"\*|<|>|\xa0|\t", text)


def test_nine_recipients_stand_beside_the_signature():
    left, right = Document(str(SAMPLE_PLAN)).tables[-1].rows[0].cells
    assert [p.text[:2] for p in left.paragraphs] == ["Nơ"] + ["- "] * 9
    assert right.paragraphs[-1].text == "Nguyễn Văn Mẫu"


def test_the_file_is_small_and_names_no_vendor():
    assert SAMPLE_PLAN.stat().st_size < 60_000
    properties = Document(str(SAMPLE_PLAN)).core_properties
    assert (properties.author, properties.last_modified_by) == ("cchc-flow", "cchc-flow")
    with zipfile.ZipFile(SAMPLE_PLAN) as package:
        assert not [name for name in package.namelist() if re.search("app.xml|custom|theme|thumbnail", name)]
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
