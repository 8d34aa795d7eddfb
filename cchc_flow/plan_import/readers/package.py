"""Opens a .docx without trusting it: sizes are checked before anything is unpacked, XML may have no DTD."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from cchc_flow.errors import BadInput

MOST_PARTS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_IN_ONE_PART = 24 * 1024 * 1024
MOST_IN_A_SMALL_PART = 6 * 1024 * 1024
MOST_RATIO = 200
SMALL_ENOUGH = 8 * 1024 * 1024  # below this a part may be packed as well as it likes: long tables repeat
MOST_ELEMENTS = 1_000_000
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
# What zipfile raises for damaged bytes: it seeks, unpacks and decodes by numbers that the file itself gives.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ValueError, LookupError, ArithmeticError,
    RuntimeError, EOFError, OSError,
)  # fmt: skip
BROKEN = "Tệp .docx bị hỏng hoặc không phải tệp Word; hãy mở bằng Word và lưu lại."
DANGEROUS = "Tệp .docx khai báo thực thể hoặc DTD trong XML, việc mà Word không làm; tệp này không được đọc."


class Package:
    """The parts of a .docx, each read once it is known to be small enough."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._parts = {entry.filename: entry for entry in self._zip.infolist()}
        except DAMAGED:
            raise BadInput(BROKEN) from None
        refuse_bomb(self._zip.infolist())

    def part(self, name: str, most: int = MOST_IN_ONE_PART) -> bytes | None:
        """The bytes of a part, or None if the package has none of that name."""
        if name not in self._parts:
            return None
        if self._parts[name].file_size > most:
            raise BadInput("Tệp .docx có phần văn bản quá lớn để là một kế hoạch; tệp không được đọc.")
        return refuse_dtd(self._unpacked(name))

    def _unpacked(self, name: str) -> bytes:
        try:
            with self._zip.open(name) as part:
                return part.read(MOST_IN_ONE_PART + 1)
        except DAMAGED:
            raise BadInput(BROKEN) from None


def refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """Raise BadInput if there are too many parts, too much in all, or one packed too well to be true."""
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BadInput("Tệp .docx giải nén ra quá lớn; tệp không được đọc.")
    if any(is_packed_too_well(entry) for entry in entries):
        raise BadInput("Tệp .docx được nén bất thường (giải nén ra lớn gấp hàng trăm lần); không đọc.")


def is_packed_too_well(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(SMALL_ENOUGH, MOST_RATIO * entry.compress_size)


def refuse_dtd(xml: bytes) -> bytes:
    # Another encoding would hide a DTD from this search; Word writes UTF-8 only.
    said = ENCODING.search(xml[:200])
    if (said and said[1].lower() != b"utf-8") or b"\x00" in xml[:200] or DTD.search(xml):
        raise BadInput(DANGEROUS)
    return xml


def parse_xml(xml: bytes) -> etree._Element:
    """The parsed part, for parts that were held small (styles, numbering)."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(BROKEN) from None
    return root


def walk_xml(xml: bytes) -> Iterator[tuple[str, etree._Element]]:
    """("start" | "end", element) in document order; the caller clears what it has read."""
    steps = etree.iterparse(
        io.BytesIO(xml), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    count = 0
    try:
        for event, element in steps:
            count += 1
            if count > 2 * MOST_ELEMENTS:
                raise BadInput("Tệp .docx có quá nhiều thành phần để là một kế hoạch; tệp không được đọc.")
            yield str(event), element
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(BROKEN) from None
