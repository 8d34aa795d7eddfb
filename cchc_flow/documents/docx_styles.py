"""The styles of a .docx file, as Nghị định 30/2020/NĐ-CP prescribes them."""

from typing import cast

from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FACE = "Times New Roman"
INDENT = Mm(12.7)
"""How far the first line of a paragraph stands in."""
SEAL = "Dấu niêm phong"
TEXT = ("Body Text", "Căn cứ", "Heading 1", "Heading 2", "Heading 3")
"""The styles of the running text: justified, their first line stands in."""
LINES = ("Title", "Trích yếu", "Phụ lục", "Tên phụ lục", "Kèm theo", "Kính gửi", "Caption", SEAL)
"""The styles of single lines, most of them centred."""
BOLD = {"Heading 1", "Heading 2", "Title", "Trích yếu", "Phụ lục", "Tên phụ lục", "Caption"}
ITALIC = {"Căn cứ", "Kèm theo"}
AT_THE_LEFT = {"Kính gửi", "Caption", SEAL}
SIZES = {"Caption": 13, SEAL: 8}
BEFORE = {"Title": 16, "Trích yếu": 0, "Kính gửi": 0, "Phụ lục": 0, "Tên phụ lục": 0, "Caption": 8, SEAL: 0}
AFTER = {"Caption": 4}
"""Points above and below a paragraph where they are not those of the running text, 6 and 0."""


def define_styles(file: File) -> None:
    """Set the styles of an empty file."""
    normal = _style(file, "Normal")
    _set_letters(normal, bold=False, italic=False)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    for name in (*TEXT, *LINES):
        style = _style(file, name)
        _set_letters(style, bold=name in BOLD, italic=name in ITALIC)
        style.font.size = Pt(SIZES.get(name, 14))
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(BEFORE.get(name, 6)), Pt(AFTER.get(name, 0))
        form.line_spacing = 1.0
        if name in TEXT:
            form.first_line_indent, form.alignment = INDENT, WD_ALIGN_PARAGRAPH.JUSTIFY
        else:
            form.alignment = None if name in AT_THE_LEFT else WD_ALIGN_PARAGRAPH.CENTER
            form.keep_with_next = name != SEAL


def _style(file: File, name: str) -> ParagraphStyle:
    """Return a style of the template, or a new one."""
    if name in file.styles:
        return cast(ParagraphStyle, file.styles[name])
    style = cast(ParagraphStyle, file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = file.styles["Normal"]
    return style


def _set_letters(style: ParagraphStyle, *, bold: bool, italic: bool) -> None:
    """Set a style in black letters of the text's size, without what the template has of its own."""
    font = style.font
    font.name, font.size, font.bold, font.italic = FACE, Pt(14), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FACE)
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
