"""Readers turn the bytes of a file into paragraphs and tables: one reader for each file format."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block
from cchc_flow.plan_import.readers.docx import read_docx
from cchc_flow.plan_import.readers.txt import read_txt

Reader = Callable[[bytes], list[Block]]
READERS: Mapping[str, Reader] = MappingProxyType({".docx": read_docx, ".txt": read_txt})
MEGABYTE = 1024 * 1024
LIMITS: Mapping[str, int] = MappingProxyType({".docx": 20 * MEGABYTE, ".txt": 10 * MEGABYTE})


def reader_for(name: str) -> Reader:
    """Return the reader for a file of this name; raise BadInput if its format is not supported."""
    suffix = suffix_of(name)
    if suffix in READERS:
        return READERS[suffix]
    if not suffix:
        raise BadInput("Tên tệp không có đuôi; chỉ đọc được tệp .docx và .txt.")
    raise BadInput(f"Chưa đọc được tệp {suffix}; hãy lưu thành .docx rồi đưa lên lại.")


def limit_for(name: str) -> int:
    """Return the largest size in bytes that a file of this name may have; 0 for an unsupported format."""
    return LIMITS.get(suffix_of(name), 0)


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in lower case (".docx"), at most twelve characters."""
    return PurePath(name).suffix.lower()[:12]
