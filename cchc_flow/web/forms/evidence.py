"""Files as evidence: the upload by a form, and the download, which is always an attachment."""

from io import BytesIO
from typing import Any
from unicodedata import combining

from flask import Blueprint, Response, g, request, send_file
from werkzeug.datastructures import FileStorage

from cchc_flow import commands
from cchc_flow.audit.erasure import erasure_words
from cchc_flow.audit.evidence import MEGABYTE, evidence_name, evidence_of, size_words
from cchc_flow.errors import MissingData, NotFound
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import Evidence
from cchc_flow.workflow.typed_text import LONGEST_SPELLING, UnfitText, compose

bp = Blueprint("evidence", __name__)
FILE_LIMIT = 25 * MEGABYTE
TOTAL_LIMIT = 100 * MEGABYTE
NAME_LIMIT = 150
LONGEST_RAW = LONGEST_SPELLING * NAME_LIMIT
BINARY = "application/octet-stream"


@bp.get("/<workspace>/items/<item_id>/evidence/<digest>", endpoint="show")
def download(item_id: str, digest: str) -> Response:
    """Send one file of an item as a download; raise NotFound for a digest that is not of this item."""
    loaded = commands.read_item(g.ws, item_id, g.reader)
    for file in evidence_of(loaded.events):
        if file.content.digest == digest:
            return _download_response(file)
    raise NotFound("Công việc này không có tệp đó.", "Hãy mở lại từ trang công việc.")


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
    plain = "".join(letter for letter in _composed(bare[-LONGEST_RAW:]) if letter.isprintable()).strip()
    if len(plain) > NAME_LIMIT:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: NAME_LIMIT - 20]}{dot}{ending[:19]}" if dot else plain[:NAME_LIMIT]
    return plain or "tep"


def _composed(name: str) -> str:
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


def _download_response(file: Evidence) -> Response:
    """Send a file under a neutral media type and sandboxed, so that the browser cannot run what is in it."""
    if words := erasure_words(g.ws, file.content.digest):
        raise NotFound(f"Tệp này {words}.", "Nhật ký vẫn giữ mã băm của tệp.")
    content = BytesIO(g.ws.vault.load(file.content.digest))
    response: Any = send_file(
        content, mimetype=BINARY, as_attachment=True, download_name=evidence_name(g.ws, file)
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response  # type: ignore[no-any-return]
