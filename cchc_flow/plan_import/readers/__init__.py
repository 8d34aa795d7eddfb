"""Readers turn the bytes of a file into paragraphs and tables: one reader for each file format.

A reader is imported when the first file of its format comes: what one format needs, another does without.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block

Reader = Callable[[bytes], list[Block]]
MEGABYTE = 1024 * 1024


class Format(msgspec.Struct, frozen=True):
    """A file format: its name for people, its media type, the largest file in MB, and who reads it.

    `reader` is a function of a module of this package ("txt.read_txt").
    """

    title: str
    media_type: str
    megabytes: int
    reader: str


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".docx": Format("Word", WORD, 20, "docx.read_docx"),
        ".doc": Format("Word đời cũ", "application/msword", 20, "doc.read_doc"),
        ".pdf": Format("PDF có chữ", "application/pdf", 20, "scan.read_text_or_scan"),
        ".odt": Format("LibreOffice", "application/vnd.oasis.opendocument.text", 20, "odt.read_odt"),
        ".txt": Format("văn bản thuần", "text/plain", 10, "txt.read_txt"),
    }
)
"""The formats that are read, by the suffix of the file's name; those that people have most come first."""


def reader_for(name: str) -> Reader:
    """Return the reader for a file of this name; raise BadInput if its format is not supported."""
    suffix = suffix_of(name)
    if suffix in FORMATS:
        module, _, function = FORMATS[suffix].reader.partition(".")
        reader: Reader = getattr(import_module(f"{__name__}.{module}"), function)
        return reader
    if not suffix:
        raise BadInput(f"Tên tệp không có đuôi; chỉ đọc được tệp {named_suffixes()}.")
    raise BadInput(f"Chưa đọc được tệp {suffix}; hãy lưu thành .docx rồi đưa lên lại.")


def limit_for(name: str) -> int:
    """Return the largest size in bytes that a file of this name may have; 0 for an unsupported format."""
    suffix = suffix_of(name)
    return FORMATS[suffix].megabytes * MEGABYTE if suffix in FORMATS else 0


def media_type_of(name: str) -> str:
    """Return the media type of a file of this name; raise BadInput if its format is not supported."""
    reader_for(name)
    return FORMATS[suffix_of(name)].media_type


def name_for(media_type: str) -> str:
    """Return a file name under which a document of this media type is read."""
    suffix = next((suffix for suffix, known in FORMATS.items() if known.media_type == media_type), ".docx")
    return f"ke-hoach{suffix}"


def named_suffixes() -> str:
    """Return the suffixes of all formats for people: ".docx, .pdf và .txt"."""
    *others, last = FORMATS
    return f"{', '.join(others)} và {last}"


def named_formats() -> str:
    """Return the names of all formats for people: "Word (.docx), PDF có chữ (.pdf) hoặc …"."""
    *others, last = (f"{known.title} ({suffix})" for suffix, known in FORMATS.items())
    return f"{', '.join(others)} hoặc {last}"


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in lower case (".docx"), at most twelve characters."""
    return PurePath(name).suffix.lower()[:12]
