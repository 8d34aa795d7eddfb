"""Files that a form brings: their limits, their names, and reading them."""

from typing import Any
from unicodedata import combining

from flask import request
from werkzeug.datastructures import FileStorage

from cchc_flow.audit.evidence import MEGABYTE, size_words
from cchc_flow.errors import MissingData
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.typed_text import LONGEST_SPELLING, UnfitText, compose

FILE_LIMIT = 25 * MEGABYTE
TOTAL_LIMIT = 100 * MEGABYTE
NAME_LIMIT = 150
LONGEST_RAW = LONGEST_SPELLING * NAME_LIMIT
BINARY = "application/octet-stream"


def upload_limits() -> dict[str, Any]:
    """Return the limits in bytes that the browser checks before it sends files, and a hint with them."""
    each, total = size_words(FILE_LIMIT), size_words(TOTAL_LIMIT)
    hint = f"Chọn được nhiều tệp, mỗi tệp nhiều nhất {each}, tất cả nhiều nhất {total}"
    return {"limit": FILE_LIMIT, "total": TOTAL_LIMIT, "hint": hint}


def read_uploads(field: Field) -> list[Upload]:
    """Return the files that were uploaded for a field; raise MissingData if they are too large."""
    files = [file for file in request.files.getlist(field.name) if file.filename]
    _check_sizes(field, [(file_name(file.filename), _size(file)) for file in files])
    return [Upload(file_name(file.filename), file.read(), file.mimetype or BINARY) for file in files]


def file_name(uploaded_name: str | None) -> str:
    """Return a file's name without folders and control characters, cut to 150 with its ending kept."""
    bare = (uploaded_name or "").replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in _compose_name(bare[-LONGEST_RAW:]) if letter.isprintable()).strip()
    if len(plain) > NAME_LIMIT:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: NAME_LIMIT - 20]}{dot}{ending[:19]}" if dot else plain[:NAME_LIMIT]
    return plain or "tep"


def _compose_name(name: str) -> str:
    """Return a name in NFC; letters that carry a stack of marks lose them."""
    try:
        return compose(name)
    except UnfitText:
        return "".join(letter for letter in name if not combining(letter))


def _check_sizes(field: Field, sizes: list[tuple[str, int]]) -> None:
    """Raise MissingData if a file, or all together, exceed the limits."""
    for name, size in sizes:
        if size > FILE_LIMIT:
            most = size_words(FILE_LIMIT)
            why = f"{field.title}: tệp «{name}» nặng {size_words(size)}, mỗi tệp nhiều nhất {most}."
            raise MissingData({field.name: why})
    if sum(size for _, size in sizes) > TOTAL_LIMIT:
        why = f"{field.title}: tất cả tệp một lần gửi nhiều nhất {size_words(TOTAL_LIMIT)}."
        raise MissingData({field.name: why})


def _size(file: FileStorage) -> int:
    """Return the size of an uploaded file in bytes."""
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size
