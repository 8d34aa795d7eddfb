"""Opens a .docx or .odt without trusting it: sizes are checked first, and XML with a DTD is refused."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

import msgspec
from lxml import etree

from cchc_flow.errors import BadInput

MOST_PARTS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_IN_ONE_PART = 24 * 1024 * 1024
MOST_IN_A_SMALL_PART = 6 * 1024 * 1024
MOST_RATIO = 200
SMALL_ENOUGH = 8 * 1024 * 1024  # below this a part may be packed as well as it likes: long tables repeat
MOST_ELEMENTS = 1_000_000
MOST_PARAGRAPHS = 200_000
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
# What zipfile raises for damaged bytes: it seeks, unpacks and decodes by numbers from the file itself.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ValueError, LookupError, ArithmeticError,
    RuntimeError, EOFError, OSError,
)  # fmt: skip


class Form(msgspec.Struct, frozen=True):
    """A format of documents in packages: the suffix of its files, and the program that writes them."""

    suffix: str
    program: str

    @property
    def broken(self) -> str:
        """Why a damaged file is refused."""
        return (
            f"Tệp {self.suffix} bị hỏng hoặc không phải tệp {self.program};"
            f" hãy mở bằng {self.program} và lưu lại."
        )

    @property
    def dangerous(self) -> str:
        """Why a file with a DTD is refused."""
        return (
            f"Tệp {self.suffix} khai báo thực thể hoặc DTD trong XML, việc mà {self.program} không làm;"
            " tệp này không được đọc."
        )


WORD, WRITER = Form(".docx", "Word"), Form(".odt", "LibreOffice")


class Package:
    """The parts of a package; BadInput is raised for a damaged one, or one that unpacks to too much."""

    def __init__(self, content: bytes, form: Form = WORD) -> None:
        self._form = form
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._parts = {entry.filename: entry for entry in self._zip.infolist()}
        except DAMAGED:
            raise BadInput(form.broken) from None
        refuse_bomb(self._zip.infolist(), form)

    def read_part(self, name: str, limit: int = MOST_IN_ONE_PART) -> bytes | None:
        """Return the bytes of a part, or None if there is none of that name.

        Raise BadInput for a part of more than `limit` bytes, or with a DTD.
        """
        if name not in self._parts:
            return None
        if self._parts[name].file_size > limit:
            raise BadInput(
                f"Tệp {self._form.suffix} có phần văn bản quá lớn để là một kế hoạch; tệp không được đọc."
            )
        xml = self._unpack(name)
        refuse_dtd(xml, self._form)
        return xml

    def _unpack(self, name: str) -> bytes:
        """Return the bytes of a part; raise BadInput if it is damaged."""
        try:
            with self._zip.open(name) as part:
                return part.read(MOST_IN_ONE_PART + 1)
        except DAMAGED:
            raise BadInput(self._form.broken) from None


def refuse_bomb(entries: list[zipfile.ZipInfo], form: Form) -> None:
    """Raise BadInput if the package has too many parts, is too large, or has a part compressed too well."""
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BadInput(f"Tệp {form.suffix} giải nén ra quá lớn; tệp không được đọc.")
    if any(is_packed_too_well(entry) for entry in entries):
        raise BadInput(
            f"Tệp {form.suffix} được nén bất thường (giải nén ra lớn gấp hàng trăm lần); không đọc."
        )


def is_packed_too_well(entry: zipfile.ZipInfo) -> bool:
    """Return whether a part unpacks to more than 8 MB and to more than 200 times its size."""
    return entry.file_size > max(SMALL_ENOUGH, MOST_RATIO * entry.compress_size)


def refuse_dtd(xml: bytes, form: Form = WORD) -> None:
    """Raise BadInput for XML with a DTD or an entity, or in another encoding, which would hide them."""
    encoding = ENCODING.search(xml[:200])
    if (encoding and encoding[1].lower() != b"utf-8") or b"\x00" in xml[:200] or DTD.search(xml):
        raise BadInput(form.dangerous)


def parse_xml(xml: bytes, form: Form = WORD) -> etree._Element:
    """Return the root element of a small part (styles, numbering), parsed as a whole."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(form.broken) from None
    return root


def refuse_paragraphs(count: int, form: Form) -> None:
    """Raise BadInput for a document of too many paragraphs, empty ones among them."""
    if count > MOST_PARAGRAPHS:
        raise BadInput(f"Tệp {form.suffix} có quá nhiều đoạn để là một kế hoạch; tệp không được đọc.")


def walk_xml(xml: bytes, form: Form = WORD) -> Iterator[tuple[str, etree._Element]]:
    """Yield ("start" or "end", element) in document order; the caller frees the elements that it has read."""
    events = etree.iterparse(
        io.BytesIO(xml), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    count = 0
    try:
        for event, element in events:
            count += 1
            if count > 2 * MOST_ELEMENTS:
                raise BadInput(
                    f"Tệp {form.suffix} có quá nhiều thành phần để là một kế hoạch; tệp không được đọc."
                )
            yield str(event), element
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(form.broken) from None
