"""What is seen of a signature: a picture, or a few words.

Words are set by WeasyPrint as a small PDF, for pyHanko 0.38 prints letters outside Latin-1 as single bytes.
"""

import io
from html import escape

from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from cchc_flow.documents.pdf import make_pdf
from cchc_flow.errors import BadInput
from cchc_flow.signatures.places import Place

MOST_PIXELS = 40_000_000
ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
"""How pictures end (PNG, section 11.2.5; ITU T.81, B.2.1); a camera may add bytes of its own behind it."""
LONGEST_TAIL = 64 * 1024
FILLING = SimpleBoxLayoutRule(
    AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, inner_content_scaling=InnerScaling.STRETCH_TO_FIT
)
PAGE = """<html lang="vi"><title>Chữ ký</title><style>
@page {{ size: {width:.2f}pt {height:.2f}pt; margin: 0 }}
body {{ margin: 0; font: 10pt/1.15 "Liberation Serif"; color: black; text-align: {align} }}
p {{ margin: 0 }}
</style>{lines}</html>"""


class StampPage(PdfContent):
    """The first page of a PDF as what is drawn."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        super().__init__()

    def render(self) -> bytes:
        """Return the operators that draw the page."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._content)))
        self.resources.xobject["/Stamp"] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Stamp Do"


def read_picture(content: bytes) -> Image.Image:
    """Return the picture of a signature or a seal; raise BadInput for what is none."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise BadInput("Hình chữ ký quá lớn.", "Hãy thu nhỏ hình rồi thử lại.")
        if not _is_whole(content, picture.format):
            raise OSError("the picture is cut off")
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadInput("Không đọc được hình chữ ký.", "Hãy dùng tệp PNG nền trong suốt.") from error
    return picture


def _is_whole(content: bytes, form: str | None) -> bool:
    """Tell whether a picture's file has its end; Pillow does not ask once WeasyPrint 70 has been imported."""
    return ENDS[form or ""] in content[-LONGEST_TAIL:]


def picture_stamp(picture: Image.Image) -> StaticStampStyle:
    """Return a stamp that is a picture and fills its place."""
    return _stamp(PdfImage(picture.convert("RGBA")))


def words_stamp(lines: tuple[str, ...], place: Place, align: str = "left") -> StaticStampStyle:
    """Return a stamp of a few lines of size 10."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = PAGE.format(width=place.width, height=place.height, align=align, lines=paragraphs)
    return _stamp(StampPage(make_pdf(page)))


def _stamp(content: PdfContent) -> StaticStampStyle:
    return StaticStampStyle(
        background=content, background_layout=FILLING, background_opacity=1.0, border_width=0
    )
