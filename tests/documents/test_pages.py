"""The HTML of a document, from the product's templates and from a commune's own."""

from pathlib import Path

import pytest
from support.documents import REPORT

from cchc_flow.documents.pages import Pages
from cchc_flow.errors import BadInput


def test_a_commune_can_put_a_template_of_its_own_in_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "official.html").write_text("<title>{{ document.title }}</title>{{ number_words }}", "utf-8")
    assert Pages(tmp_path).draw(REPORT) == f"<title>{REPORT.title}</title>Số: 05/BC-UBND"


def test_one_template_can_be_the_communes_and_the_others_ours(tmp_path: Path) -> None:
    (tmp_path / "official.css").write_text("html { color: black }", "utf-8")
    page = Pages(tmp_path).draw(REPORT)
    assert "<style>html { color: black }</style>" in page and "Kính gửi: Sở Nội vụ tỉnh Mẫu" in page


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% if %}", "official.html, dòng 1"),
        ("{{ document.nothing.more }}", "Mẫu văn bản của xã có lỗi"),
        ("{{ document.__class__.__mro__ }}", "Mẫu văn bản của xã có lỗi"),
        ("{{ 1 / 0 }}", "Mẫu văn bản của xã có lỗi"),
        ("{% include 'khac.html' %}", "khac.html"),
    ],
)
def test_a_fault_in_a_template_is_told_with_its_place(tmp_path: Path, template: str, words: str) -> None:
    (tmp_path / "official.html").write_text(template, "utf-8")
    with pytest.raises(BadInput, match=words):
        Pages(tmp_path).draw(REPORT)
