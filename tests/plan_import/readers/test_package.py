"""A .docx is not trusted: bombs, entities and missing parts are refused before they cost anything."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.readers.docx import read_docx

Build = Callable[..., bytes]
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_without_a_document_is_refused() -> None:
    with pytest.raises(BadInput, match="không phải tệp Word"):
        read_docx(zipped({"hello.txt": b"hello"}))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"word/document.xml": b"<a>" + b" " * 80_000_000 + b"</a>"})
    tracemalloc.start()
    with pytest.raises(BadInput, match="nén bất thường"):
        read_docx(bomb)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5_000_000


def test_a_bomb_in_a_part_that_is_not_read_is_refused_too() -> None:
    with pytest.raises(BadInput, match="nén bất thường"):
        read_docx(zipped({"word/document.xml": b"<a/>", "word/media/x.bin": bytes(20_000_000)}))


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(BadInput, match="quá lớn"):
        read_docx(zipped({f"x{number}": b"" for number in range(2_001)}))


@pytest.mark.parametrize(
    "prolog", [LAUGHS, OUTSIDE, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "http://vidu.vn/x.dtd">']
)
def test_entities_and_dtds_are_refused(raw_word: Build, prolog: str) -> None:
    with pytest.raises(BadInput, match="DTD"):
        read_docx(raw_word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", prolog))


def test_a_dtd_in_the_numbering_is_refused(raw_word: Build) -> None:
    with pytest.raises(BadInput, match="DTD"):
        read_docx(raw_word("<w:p/>", numbering=f"{LAUGHS}<x>&b;</x>"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7"])
def test_a_dtd_does_not_hide_in_another_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}<x/>'.encode(encoding)
    with pytest.raises(BadInput, match="DTD"):
        read_docx(zipped({"word/document.xml": xml}))


def test_a_million_elements_in_one_paragraph_are_refused(raw_word: Build) -> None:
    with pytest.raises(BadInput, match="quá"):
        read_docx(raw_word("<w:p>" + "<w:r/>" * 150_000 + "</w:p>", padding="x" * 0))


def test_nesting_without_end_is_refused(raw_word: Build) -> None:
    with pytest.raises(BadInput):
        read_docx(raw_word("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000))


def test_a_text_in_angle_brackets_is_only_text(raw_word: Build) -> None:
    (paragraph,) = read_docx(raw_word("<w:p><w:r><w:t>&lt;!DOCTYPE x&gt;</w:t></w:r></w:p>"))
    assert paragraph.text == "<!DOCTYPE x>"  # type: ignore[union-attr]


def test_a_million_empty_paragraphs_are_refused_before_the_last(raw_word: Build) -> None:
    with pytest.raises(BadInput, match="quá nhiều đoạn"):
        read_docx(raw_word("<w:p/>" * 210_000))


def test_a_merged_cell_that_covers_too_much_is_refused(raw_word: Build) -> None:
    def row(text: str, more: str) -> str:
        properties = f'<w:tcPr><w:gridSpan w:val="64"/>{more}</w:tcPr>'
        return f"<w:tr><w:tc>{properties}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"

    first = row("x" * 9_000, '<w:vMerge w:val="restart"/>')
    with pytest.raises(BadInput, match="bảng quá lớn"):
        read_docx(raw_word(f"<w:tbl>{first}{row('', '<w:vMerge/>') * 20}</w:tbl>"))
