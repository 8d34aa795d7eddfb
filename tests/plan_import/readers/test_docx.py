"""Word documents: what is seen on the page is read, numbers that Word counts included."""

from collections.abc import Callable

import pytest

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.readers.docx import read_docx

Build = Callable[..., bytes]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = [
    ("upperRoman", "%1."),
    ("decimal", "%2."),
    ("lowerLetter", "%3)"),
    ("bullet", "-"),
    ("bullet", "\uf0b7"),
]


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def marks(blocks: list[Block]) -> list[str | None]:
    return [block.number for block in blocks if isinstance(block, Paragraph)]


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, depth: int = 0, num: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def numbering(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}</w:numbering>'


def level(depth: int, form: str, text: str, more: str = "") -> str:
    start = f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    return f'{start}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def test_typed_numbers_stay_in_the_text(word: Build) -> None:
    assert texts(read_docx(word(["I. MỤC TIÊU", "- Việc"]))) == ["I. MỤC TIÊU", "- Việc"]


def test_counted_numbers_are_those_on_the_page(word: Build) -> None:
    lines = ["0|A", "1|B", "2|C", "2|D", "3|E", "1|F", "2|G", "0|H", "1|I", "4|J"]
    assert marks(read_docx(word(lines, LEVELS))) == [
        "I.", "1.", "a)", "b)", "-", "2.", "a)", "II.", "1.", "•",
    ]  # fmt: skip


def test_a_level_may_show_the_numbers_above_it(word: Build) -> None:
    levels = [("decimal", "%1."), ("decimal", "%1.%2."), ("decimalZero", "%3/")]
    assert marks(read_docx(word(["0|A", "1|B", "1|C", "0|D", "1|E", "2|F"], levels))) == [
        "1.", "1.1.", "1.2.", "2.", "2.1.", "01/",
    ]  # fmt: skip


def test_a_second_list_goes_on_unless_it_says_where_to_start(raw_word: Build) -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = "".join(numbered("x", num=num) for num in (1, 1, 2, 3, 3))
    content = raw_word(body, numbering=numbering(level(0, "decimal", "%1."), nums))
    assert marks(read_docx(content)) == ["1.", "2.", "3.", "5.", "6."]


def test_a_level_told_never_to_restart_goes_on(raw_word: Build) -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    body = numbered("A") + numbered("x", 1) + numbered("B") + numbered("y", 1)
    assert marks(read_docx(raw_word(body, numbering=numbering(levels)))) == ["I.", "1.", "II.", "2."]


def test_a_style_may_bring_the_number(raw_word: Build) -> None:
    in_list = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:styles {W}><w:style w:styleId="Nen">{in_list}<w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="Muc"><w:basedOn w:val="Nen"/></w:style></w:styles>'
    )
    body = '<w:p><w:pPr><w:pStyle w:val="Muc"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>'
    (paragraph,) = read_docx(
        raw_word(body, styles=styles, numbering=numbering(level(0, "upperLetter", "%1.")))
    )
    assert isinstance(paragraph, Paragraph)
    assert (paragraph.number, paragraph.bold) == ("A.", True)


def test_a_paragraph_taken_out_of_its_list_has_no_number(raw_word: Build) -> None:
    content = raw_word(numbered("x", num=0), numbering=numbering(level(0, "decimal", "%1.")))
    assert marks(read_docx(content)) == [None]


def test_inserted_text_counts_and_deleted_text_does_not(raw_word: Build) -> None:
    body = (
        "<w:p><w:r><w:t>Giữ </w:t></w:r><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>dời</w:t></w:r></w:moveFrom></w:p>"
    )
    assert texts(read_docx(raw_word(body))) == ["Giữ thêm"]


def test_a_deleted_paragraph_end_makes_one_paragraph_of_two(raw_word: Build) -> None:
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Nửa đầu </w:t></w:r></w:p>" + p("nửa sau")
    assert texts(read_docx(raw_word(body))) == ["Nửa đầu nửa sau"]


def test_boxes_hidden_text_and_field_codes_are_not_body(raw_word: Build) -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('hộp')}</w:txbxContent></w:pict></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    body = f"<w:p><w:r><w:t>Thân</w:t></w:r>{box}{hidden}{field}</w:p>"
    assert texts(read_docx(raw_word(body, footnotes=f"<w:footnotes {W}>{p('chú')}</w:footnotes>"))) == [
        "Thân"
    ]


def test_a_line_break_parts_two_lines(raw_word: Build) -> None:
    body = "<w:p><w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Cải cách</w:t></w:r></w:p>"
    assert texts(read_docx(raw_word(body))) == ["KẾ HOẠCH", "Cải cách"]


def test_cells_that_span_have_their_text_in_each_place(raw_word: Build) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text)}</w:tc>"

    wide, first = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = (cell("Lĩnh vực", wide), cell("1", first) + cell("a"), cell("", "<w:vMerge/>") + cell("b"))
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    (table,) = read_docx(raw_word(body))
    assert table == Table((("Lĩnh vực", "Lĩnh vực"), ("1", "a"), ("1", "b")))


@pytest.mark.parametrize("content", [b"", b"van ban", b"PK\x03\x04 cut short"])
def test_what_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match="hỏng"):
        read_docx(content)


def test_a_truncated_document_is_refused(word: Build) -> None:
    content = word(["I. MỤC TIÊU"])
    with pytest.raises(BadInput, match="hỏng"):
        read_docx(content[: len(content) // 2])


def test_a_damaged_part_is_refused(word: Build) -> None:
    content = bytearray(word(["I. MỤC TIÊU"] * 50))
    at = content.index(b"word/document.xml") + 60
    content[at : at + 40] = bytes(40)
    with pytest.raises(BadInput, match="hỏng"):
        read_docx(bytes(content))


def test_xml_that_is_not_well_formed_is_refused(raw_word: Build) -> None:
    with pytest.raises(BadInput, match="hỏng"):
        read_docx(raw_word("<w:p>"))
