"""The styles of a .docx file, as Nghị định 30/2020/NĐ-CP prescribes them."""

from typing import NamedTuple, cast

from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FACE = "Times New Roman"
INDENT = Mm(12.7)
"""How far the first line of a paragraph stands in."""
CENTRED, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY


class Form(NamedTuple):
    """How the paragraphs of a style look: sizes and distances in points; `keeps` them with what follows."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = CENTRED
    before: float = 6
    after: float = 0
    stands_in: bool = False
    keeps: bool = False


SEAL, CELL_HEAD, CELL_GROUP = "Dấu niêm phong", "Đầu bảng", "Nhóm trong bảng"
CELLS = {"words": "Chữ trong bảng", "number": "Số trong bảng", "day": "Ngày trong bảng"}
"""The styles of cells by what their column holds."""
FORMS = {
    "Body Text": Form(align=JUSTIFIED, stands_in=True),
    "Căn cứ": Form(italic=True, align=JUSTIFIED, stands_in=True),
    "Heading 1": Form(bold=True, align=LEFT, stands_in=True, keeps=True),
    "Heading 2": Form(bold=True, align=LEFT, stands_in=True, keeps=True),
    "Heading 3": Form(align=LEFT, stands_in=True, keeps=True),
    "Title": Form(bold=True, before=19, keeps=True),
    "Trích yếu": Form(bold=True, before=0, keeps=True),
    "Kính gửi": Form(align=LEFT, before=0, keeps=True),
    "Phụ lục": Form(bold=True, before=0, keeps=True),
    "Tên phụ lục": Form(bold=True, before=0, keeps=True),
    "Kèm theo": Form(italic=True, keeps=True),
    "Caption": Form(13, bold=True, align=LEFT, before=8, after=4, keeps=True),
    CELL_HEAD: Form(12, bold=True, before=0, keeps=True),
    CELL_GROUP: Form(12, bold=True, align=LEFT, before=0, keeps=True),
    CELLS["words"]: Form(12, align=LEFT, before=0),
    CELLS["number"]: Form(12, align=RIGHT, before=0),
    CELLS["day"]: Form(12, before=0),
    SEAL: Form(8, align=LEFT, before=0),
}


def define_styles(file: File) -> None:
    """Set the styles of an empty file."""
    normal = _style(file, "Normal")
    _set_letters(normal, Form())
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    for name, form in FORMS.items():
        style = _style(file, name)
        _set_letters(style, form)
        lines = style.paragraph_format
        lines.space_before, lines.space_after, lines.line_spacing = Pt(form.before), Pt(form.after), 1.0
        lines.first_line_indent = INDENT if form.stands_in else Mm(0)
        lines.alignment, lines.keep_with_next = form.align, form.keeps


def id_of(name: str) -> str:
    """Return the id of a style that is not in the template, as python-docx makes it from the name."""
    return name.replace(" ", "")


def _style(file: File, name: str) -> ParagraphStyle:
    """Return a style of the template, or a new one."""
    if name in file.styles:
        return cast(ParagraphStyle, file.styles[name])
    style = cast(ParagraphStyle, file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = file.styles["Normal"]
    return style


def _set_letters(style: ParagraphStyle, form: Form) -> None:
    """Set a style in black letters, without what the template has of its own."""
    font = style.font
    font.name, font.size, font.bold, font.italic = FACE, Pt(form.size), form.bold, form.italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FACE)
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
