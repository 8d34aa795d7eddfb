"""The parts of an .xlsx beside its sheets: which sheet people see first, its texts and its formats."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

import msgspec
from lxml import etree

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.readers.package import DAMAGED, DTD, parse_xml
from cchc_flow.register_import.number_formats import BUILTIN, UNKNOWN

MOST_UNPACKED = 40 * 1024 * 1024
SAVE_AGAIN = "Hãy mở bằng Excel, lưu lại dạng .xlsx hoặc .csv (UTF-8) rồi gửi lại."
CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")
"""What a sheet has that is not blank."""
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a sheet writes characters that XML has not."""
WORKBOOK = "xl/workbook.xml"
ON = ("1", "true", "on")


class Sheet(msgspec.Struct, frozen=True):
    """A sheet by the name on its tab; `part` is where it lies in the package."""

    name: str
    part: str
    is_hidden: bool
    place: int
    """How many sheets lie before it, charts too."""


class Workbook:
    """An .xlsx that can be read without danger; BadInput is raised for any other."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self._zip.infolist()
        except DAMAGED:
            raise damaged() from None
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise BadInput("Tệp .xlsx giải nén ra quá lớn; tệp không được đọc.", SAVE_AGAIN)
        self._parts = {part.filename: part for part in parts}
        root = self._tree(WORKBOOK)
        self._links = list(self._tree("xl/_rels/workbook.xml.rels").iterfind("{*}Relationship"))
        self.sheets = list(self._sheets(root))
        self.is_1904 = any(_is_on(found, "date1904") for found in root.iterfind("{*}workbookPr"))
        self.recounts = any(_is_on(found, "fullCalcOnLoad") for found in root.iterfind("{*}calcPr"))
        """Whether formulas are counted anew when the file is opened, so that stored values mean nothing."""
        view = root.find("{*}bookViews/{*}workbookView")
        self._on_top = view.get("activeTab") if view is not None else None

    def first_seen(self) -> Sheet:
        """Return the sheet that lies on top when the file is opened: never a hidden one."""
        visible = [sheet for sheet in self.sheets if not sheet.is_hidden]
        if not visible:
            raise BadInput("Tệp .xlsx không có trang tính nào hiện ra.", SAVE_AGAIN)
        return next((sheet for sheet in visible if str(sheet.place) == self._on_top), visible[0])

    def others_with_content(self, sheet: Sheet) -> list[Sheet]:
        """Return the other sheets that are not blank."""
        return [other for other in self.sheets if other != sheet and CONTENT.search(self.read(other.part))]

    def texts(self) -> list[str]:
        """Return the texts that cells refer to by number."""
        parts = self._targets("/sharedStrings").values()
        return [text_of(item) for part in parts for item in elements(self.read(part), "si")]

    def formats(self) -> list[str]:
        """Return the format code of each style that cells refer to by number."""
        part = next(iter(self._targets("/styles").values()), None)
        if part is None:
            return []
        root = self._tree(part)
        own = {code.get("numFmtId"): code.get("formatCode") for code in root.iterfind("{*}numFmts/{*}numFmt")}
        ids = [style.get("numFmtId", "0") for style in root.iterfind("{*}cellXfs/{*}xf")]
        return [own.get(id_) or BUILTIN.get(id_, UNKNOWN) for id_ in ids]

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; raise BadInput for one that is not there, is damaged or has a DTD."""
        try:
            with self._zip.open(self._parts[name]) as file:
                xml = file.read(self._parts[name].file_size)
        except (KeyError, *DAMAGED):
            raise damaged() from None
        if DTD.search(xml.replace(b"\0", b"")):
            raise BadInput("Tệp .xlsx khai báo thực thể XML; tệp không được đọc.", SAVE_AGAIN)
        return xml

    def _sheets(self, root: etree._Element) -> Iterator[Sheet]:
        targets = self._targets("/worksheet")
        for place, found in enumerate(root.iterfind("{*}sheets/{*}sheet")):
            target = next((value for key, value in found.items() if str(key).endswith("}id")), None)
            is_hidden = found.get("state", "visible") != "visible"
            if target in targets:
                yield Sheet(found.get("name", ""), targets[target], is_hidden, place)

    def _targets(self, kind: str) -> dict[str | None, str]:
        """Return where the parts of a kind lie, by the ids under which the book refers to them."""
        return {
            link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
            for link in self._links
            if link.get("Type", "").endswith(kind)
        }

    def _tree(self, name: str) -> etree._Element:
        """Return the root of a small part."""
        xml = self.read(name)
        try:
            return parse_xml(xml)
        except BadInput:
            raise damaged() from None


def elements(xml: bytes, *names: str) -> Iterator[etree._Element]:
    """Yield the elements with one of the names in their order; each is freed when the next is asked for."""
    tags = [f"{{*}}{name}" for name in names]
    try:
        for _, found in etree.iterparse(io.BytesIO(xml), tag=tags, resolve_entities=False, load_dtd=False):
            yield found
            found.clear()
            parent = found.getparent()
            while parent is not None and found.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        raise damaged() from None


def text_of(item: etree._Element) -> str:
    """Return the text of a cell or of a shared text, without the hints for reading Chinese letters."""
    words = "".join(text.text or "" for text in item.iter("{*}t") if not _is_hint(text))
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), words)


def _is_hint(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and etree.QName(parent).localname == "rPh"


def damaged() -> BadInput:
    """Return the error for a file that is no whole .xlsx."""
    return BadInput("Tệp .xlsx bị hỏng hoặc không phải tệp Excel.", SAVE_AGAIN)


def _is_on(element: etree._Element, name: str) -> bool:
    return element.get(name) in ON
