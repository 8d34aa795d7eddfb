"""The preview of a document in a browser: as it prints, with figures that lead on, and nothing that runs."""

import hashlib
import re
from base64 import b64encode
from decimal import Decimal
from html import unescape
from pathlib import Path

import msgspec
import pytest
from support.documents import ACROSS, LETTER, REPORT

from cchc_flow.documents.blocks import Column, Document, Number, Paragraph, Row, Table
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.preview import Preview, draw_preview

WAYS = (("/xa-mau/reports/2026-02", "‹ Về trang báo cáo"),)
FIGURES = (
    Paragraph(("Đã hoàn thành ", Number("05", "counts.done", Decimal(5)), " nhiệm vụ.")),
    Table((Column("Đơn vị"), Column("Số", "number")), (Row(("Trạm Y tế", Number("3", "units.y-te"))),)),
)


def preview(document: Document, folder: Path | None = None) -> Preview:
    return draw_preview(document, lambda key: f"/f/{key}", WAYS, folder)


def test_a_figure_of_the_text_and_one_of_a_table_lead_to_their_addresses() -> None:
    html = preview(msgspec.structs.replace(REPORT, blocks=FIGURES)).html
    assert '<a class="figure" href="/f/counts.done">05</a>' in html
    assert '<a class="figure" href="/f/units.y-te">3</a>' in html
    assert '<a href="/xa-mau/reports/2026-02">‹ Về trang báo cáo</a>' in html


@pytest.mark.parametrize("document", [REPORT, LETTER, ACROSS], ids=["report", "letter", "across"])
def test_the_preview_says_what_the_printed_page_says(document: Document) -> None:
    def words(html: str) -> str:
        body = re.sub(r'<nav class="bar".*?</nav>', "", html.partition("<body")[2], flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    assert words(preview(document).html) == words(draw_page(document))


def test_the_policy_allows_its_own_style_sheet_and_nothing_else() -> None:
    shown = preview(REPORT)
    (style,) = re.findall(r"<style>(.*?)</style>", shown.html, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in shown.policy
    assert shown.policy.startswith("default-src 'none';")
    assert not re.search(r"<script|<link|<img|\bstyle=|\bon\w+=", shown.html)


def test_words_are_no_markup() -> None:
    evil = msgspec.structs.replace(REPORT, blocks=(Paragraph(("<script>alert(1)</script>",)),))
    assert "<script>" not in preview(evil).html


def test_the_communes_own_style_is_part_of_the_preview(tmp_path: Path) -> None:
    (tmp_path / "official.css").write_text("body { color: #111 }", "utf-8")
    shown = preview(REPORT, tmp_path)
    assert "body { color: #111 }" in shown.html
    assert shown.policy != preview(REPORT).policy
