"""OpenDocument texts: what is seen on the page is read, in order, with the numbers that lists count."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.readers import reader_for
from cchc_flow.plan_import.readers.docx import read_docx
from cchc_flow.plan_import.readers.odt import read_odt

Build = Callable[..., bytes]
NAMES = ("office", "text", "table", "style", "drawing", "xsl-fo-compatible", "svg-compatible")
PREFIXES = ("office", "text", "table", "style", "draw", "fo", "svg")
XMLNS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in zip(PREFIXES, NAMES, strict=True)
)
MIMETYPE = "application/vnd.oasis.opendocument.text"


def odt(body: str, automatic: str = "", styles: str = "", *, prolog: str = "", **parts: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {XMLNS}>'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    common = (
        f"<office:document-styles {XMLNS}><office:styles>{styles}</office:styles></office:document-styles>"
    )
    return packed({"mimetype": MIMETYPE, "styles.xml": common, "content.xml": content, **parts})


def packed(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*texts: str, attributes: str = "") -> str:
    inner = "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)
    return f'<text:list text:style-name="L" {attributes}>{inner}</text:list>'


def level(depth: int, form: str, suffix: str, more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{depth}" style:num-format="{form}"'
        f' style:num-suffix="{suffix}" {more}/>'
    )


LEVELS = (
    level(1, "I", ".")
    + level(2, "1", ".")
    + level(3, "1", ".", 'text:display-levels="2"')
    + '<text:list-level-style-bullet text:level="4" text:bullet-char="-"/>'
)
LIST = f'<text:list-style style:name="L">{LEVELS}</text:list-style>'


def text_style(name: str, properties: str) -> str:
    inside = f"<style:text-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="text">{inside}</style:style>'


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def marks(blocks: list[Block]) -> list[str | None]:
    return [block.number for block in blocks if isinstance(block, Paragraph)]


def test_spaces_tabs_and_breaks_are_those_on_the_page() -> None:
    body = p('hai<text:s text:c="2"/>dấu<text:tab/>rồi\n   <text:span>dòng</text:span><text:line-break/>mới')
    assert texts(read_odt(odt(body))) == ["hai  dấu\trồi dòng", "mới"]


def test_lists_count_as_their_styles_say() -> None:
    inner = items(p("B"), p("C") + items(p("D"), p("E")))
    body = items(p("A") + inner, p("F") + items(p("G")))
    assert marks(read_odt(odt(body, LIST))) == ["I.", "1.", "2.", "2.1.", "2.2.", "II.", "1."]


def test_a_list_goes_on_where_it_says_so() -> None:
    first = items(p("A"), attributes='xml:id="one"')
    other = items(p("x")).replace('"L"', '"M"')
    again = items(p("B"), attributes='xml:id="two" text:continue-numbering="true"')
    back = items(p("C"), attributes='text:continue-list="two"')
    new = items(p("D"))
    more = LIST + LIST.replace('"L"', '"M"')
    body = first + p("giữa") + other + again + back + new
    assert marks(read_odt(odt(body, more))) == ["I.", None, "I.", "II.", "III.", "I."]


def test_only_an_items_first_paragraph_has_a_number_and_a_header_has_none() -> None:
    body = (
        '<text:list text:style-name="L"><text:list-header><text:p>đầu</text:p></text:list-header>'
        f'<text:list-item text:start-value="4">{p("A")}{p("tiếp")}</text:list-item></text:list>'
    )
    assert marks(read_odt(odt(body, LIST))) == [None, "IV.", None]


def test_an_item_that_only_wraps_a_list_counts_nothing() -> None:
    body = items(items(items(items(p("gạch"))))) + items(p("A"))
    assert marks(read_odt(odt(body, LIST))) == ["-", "I."]


def test_headings_are_counted_by_the_outline() -> None:
    styles = (
        '<text:outline-style style:name="O">'
        '<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        "</text:outline-style>"
    )
    body = '<text:h text:outline-level="1">A</text:h><text:h text:outline-level="2">b</text:h>'
    assert marks(read_odt(odt(body, styles=styles))) == ["I.", None]


def test_deleted_text_notes_comments_and_hidden_text_are_not_body() -> None:
    changes = f"<text:tracked-changes><text:deletion>{p('bỏ')}</text:deletion></text:tracked-changes>"
    inside = f"<text:note-citation>1</text:note-citation><text:note-body>{p('chú')}</text:note-body>"
    note = f"<text:note>{inside}</text:note>"
    comment = f"<office:annotation>{p('ý')}</office:annotation>"
    hidden = text_style("H", 'text:display="none"')
    body = changes + p(
        f'Giữ{note}<text:change-start text:change-id="a"/> thêm{comment}'
        '<text:span text:style-name="H"> ẩn</text:span>'
    )
    assert texts(read_odt(odt(body, hidden))) == ["Giữ thêm"]


def test_fields_content_controls_and_unknown_elements_are_text() -> None:
    body = p(
        '<text:date>15/01/2026</text:date><x:content-control xmlns:x="urn:x"> của xã</x:content-control>'
        "<text:a><text:span> Tân Lập</text:span></text:a>"
    )
    assert texts(read_odt(odt(f"<text:section>{body}</text:section>"))) == ["15/01/2026 của xã Tân Lập"]


def test_a_box_is_read_once_and_the_text_behind_it_stays() -> None:
    box = f"<draw:frame><draw:text-box>{p('hộp')}</draw:text-box><svg:desc>ảnh</svg:desc></draw:frame>"
    assert texts(read_odt(odt(p(f"trước {box}sau")))) == ["hộp", "trước sau"]


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{p(text)}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_cells_that_span_have_their_text_in_each_place() -> None:
    wide, tall = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
    rows = row(cell("Lĩnh vực", wide), COVERED) + row(cell("1", tall), cell("a")) + row(COVERED, cell("b"))
    (table,) = read_odt(
        odt(f"<table:table><table:table-header-rows>{rows}</table:table-header-rows></table:table>")
    )
    assert table == Table((("Lĩnh vực", "Lĩnh vực"), ("1", "a"), ("1", "b")))


def test_a_table_in_a_cell_is_text_of_the_cell() -> None:
    inner = f"<table:table>{row(cell('x'), cell('y'))}</table:table>"
    outer = row(f"<table:table-cell>{p('a')}{inner}</table:table-cell>", cell("b"))
    assert read_odt(odt(f"<table:table>{outer}</table:table>")) == [Table((("a\nx y", "b"),))]


def test_cells_and_rows_repeated_without_end_cost_nothing() -> None:
    repeated = 'table:number-columns-repeated="999999"'
    rows = row(cell("a"), cell("", repeated)) + row(
        cell("", repeated), more='table:number-rows-repeated="999999"'
    )
    (table,) = read_odt(odt(f"<table:table>{rows}</table:table>"))
    assert isinstance(table, Table)
    assert (len(table.rows), len(table.rows[0])) == (2, 64)


def test_a_paragraph_knows_how_it_is_set() -> None:
    styles = (
        '<style:style style:name="Muc" style:display-name="Mục lớn" style:family="paragraph">'
        '<style:paragraph-properties fo:text-align="center" fo:margin-left="1in"/>'
        '<style:text-properties fo:font-weight="bold" fo:text-transform="uppercase"/></style:style>'
    )
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Muc">'
        '<style:paragraph-properties fo:text-indent="-0.5in"/>'
        '<style:text-properties fo:font-style="italic"/></style:style>'
    )
    (paragraph,) = read_odt(odt(p("Mục tiêu", "P1"), automatic, styles))
    assert paragraph == Paragraph(
        "MỤC TIÊU", bold=True, italic=True, centred=True, indent=36.0, style="mục lớn"
    )


def test_letters_typed_in_an_old_font_are_unicode() -> None:
    font = text_style("T", "fo:font-family=\"'.VnTime'\"")
    body = p('<text:span text:style-name="T">n\u00adíc x· héi</text:span> © 2026')
    assert texts(read_odt(odt(body, font))) == ["nước xã hội © 2026"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "hỏng"),
        (b"van ban", "không phải tệp LibreOffice"),
        (packed({"word/document.xml": "<a/>"}), "không phải tệp LibreOffice"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "không phải văn bản"),
        (odt("<text:p>"), "hỏng"),
        (odt("", prolog='<!DOCTYPE x [<!ENTITY a "ha">]>'), "DTD"),
        (odt("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "mật khẩu"),
        (odt("<text:span>" * 5_000 + "</text:span>" * 5_000), "hỏng"),
        (odt(p("<text:s/>" * 150_000)), "đoạn quá lớn"),
        (packed({"content.xml": "<a>" + " " * 20_000_000 + "</a>"}), "nén bất thường"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(content: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refusal:
        read_odt(content)
    assert refusal.value.why.endswith(".") and ".docx bị" not in refusal.value.why


def test_a_truncated_document_is_refused() -> None:
    content = odt(p("x") * 50)
    with pytest.raises(BadInput, match="hỏng"):
        read_odt(content[: len(content) // 2])


def test_the_suffix_names_the_reader() -> None:
    assert reader_for("KE-HOACH.ODT") is read_odt


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there to write an .odt")
def test_a_word_document_saved_by_libreoffice_reads_equal(tmp_path: Path) -> None:
    sample = Path(__file__).parents[3] / "cchc_flow" / "samples" / "ke-hoach-mau-2026.docx"
    shutil.copy(sample, tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), "a.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert read_odt((tmp_path / "a.odt").read_bytes()) == read_docx((tmp_path / "a.docx").read_bytes())
