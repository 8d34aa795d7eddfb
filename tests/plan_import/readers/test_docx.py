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


def test_hidden_text_field_codes_and_footnotes_are_not_body(raw_word: Build) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    body = f"<w:p><w:r><w:t>Thân</w:t></w:r>{hidden}{field}</w:p>"
    assert texts(read_docx(raw_word(body, footnotes=f"<w:footnotes {W}>{p('chú')}</w:footnotes>"))) == [
        "Thân"
    ]


def test_a_text_box_is_read_once(raw_word: Build) -> None:
    box = f"<w:pict><w:txbxContent>{p('hộp')}</w:txbxContent></w:pict>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = (
        f"<mc:AlternateContent {mc}><mc:Choice><w:drawing><w:txbxContent>{p('hộp')}</w:txbxContent>"
        f"</w:drawing></mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    for boxed in (box, both):
        body = f"<w:p><w:r><w:t>Thân</w:t></w:r><w:r>{boxed}</w:r></w:p>"
        assert sorted(texts(read_docx(raw_word(body)))) == ["Thân", "hộp"]


def test_a_deleted_text_box_and_a_moved_paragraph_are_read_where_they_stand(raw_word: Build) -> None:
    box = f"<w:del><w:r><w:pict><w:txbxContent>{p('hộp')}</w:txbxContent></w:pict></w:r></w:del>"
    mark = "<w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>"
    moved = f"<w:p>{mark}<w:moveFrom><w:r><w:t>Dời</w:t></w:r></w:moveFrom></w:p>"
    here = "<w:p><w:moveTo><w:r><w:t>Dời</w:t></w:r></w:moveTo></w:p>"
    body = f"<w:p>{box}<w:r><w:t>Thân</w:t></w:r></w:p>{moved}{p('Giữa')}{here}"
    assert texts(read_docx(raw_word(body))) == ["Thân", "Giữa", "Dời"]


def test_text_before_a_deleted_paragraph_end_is_not_lost_at_the_end(raw_word: Build) -> None:
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Cuối</w:t></w:r></w:p>"
    assert texts(read_docx(raw_word(body))) == ["Cuối"]


@pytest.mark.parametrize(
    ("run", "sign"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Wingdings 2" w:char="F050"/>', "✓"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>ü</w:t>', "✓"),
        ('<w:sym w:font="Wingdings" w:char="zzz"/>', ""),
        ("<w:noBreakHyphen/>", "-"),
    ],
)
def test_a_sign_in_a_cell_is_read(raw_word: Build, run: str, sign: str) -> None:
    body = f"<w:tbl><w:tr><w:tc>{p('Việc')}</w:tc><w:tc><w:p><w:r>{run}</w:r></w:p></w:tc></w:tr></w:tbl>"
    assert read_docx(raw_word(body)) == [Table((("Việc", sign),))]


def test_fields_content_controls_and_formulas_are_text(raw_word: Build) -> None:
    body = (
        '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>15/01/2026</w:t></w:r></w:fldSimple>'
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t> của xã</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{p('Cả đoạn')}</w:sdtContent></w:sdt>"
    )
    assert texts(read_docx(raw_word(body))) == ["15/01/2026 của xã", "Cả đoạn"]


def test_a_list_prints_its_own_text(raw_word: Build) -> None:
    levels = level(0, "lowerLetter", "%1)") + level(1, "lowerLetter", "đ)") + level(2, "none", "Mục: ")
    body = numbered("A") + numbered("B", 1) + numbered("C") + numbered("D", 2)
    assert marks(read_docx(raw_word(body, numbering=numbering(levels)))) == ["a)", "đ)", "b)", "Mục:"]


def test_letters_typed_in_an_old_font_are_unicode(raw_word: Build) -> None:
    def run(font: str, text: str) -> str:
        return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>{text}</w:r>'

    body = (
        f"<w:p>{run('.VnTimeH', '<w:t>kÕ ho¹ch</w:t>')}</w:p>"
        f"<w:p>{run('.VnTime', '<w:t>n</w:t><w:softHyphen/><w:t>íc</w:t>')}"
        f"{run('Arial', '<w:t> © Việt</w:t>')}</w:p>"
        f"<w:p>{run('VNI-Times', '<w:t>ca</w:t>')}{run('VNI-Times', '<w:t>ùc</w:t>')}</w:p>"
    )
    assert texts(read_docx(raw_word(body))) == ["KẾ HOẠCH", "nước © Việt", "các"]


def test_the_font_of_a_style_says_the_encoding(raw_word: Build) -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style></w:styles>'
    )
    assert texts(read_docx(raw_word(p("x· héi"), styles=styles))) == ["xã hội"]


def test_a_paragraph_knows_how_it_is_set(raw_word: Build) -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Goc"><w:name w:val="Gốc"/>'
        '<w:pPr><w:jc w:val="center"/><w:ind w:left="720"/></w:pPr><w:rPr><w:i/><w:caps/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/><w:basedOn w:val="Goc"/></w:style>'
        "</w:styles>"
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Muc"/><w:ind w:firstLine="360"/></w:pPr>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Mục tiêu</w:t></w:r><w:r><w:t> </w:t></w:r></w:p>"
    )
    (paragraph,) = read_docx(raw_word(body, styles=styles))
    assert paragraph == Paragraph("MỤC TIÊU", bold=True, italic=True, centred=True, indent=54.0, style="mục")


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


def test_rows_that_begin_late_and_cells_merged_the_old_way_keep_their_columns(raw_word: Build) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text)}</w:tc>"

    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("b")}</w:tr>'
    merged = f"""<w:tr>{cell("c", '<w:hMerge w:val="restart"/>')}{cell("", "<w:hMerge/>")}</w:tr>"""
    (table,) = read_docx(raw_word(f"<w:tbl>{late}{merged}</w:tbl>"))
    assert table == Table((("", "b"), ("c", "c")))
