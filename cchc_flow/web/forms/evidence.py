"""Files as evidence: what a form uploads, and the download that only ever is an attachment."""

import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import msgspec
from flask import Blueprint, Response, g, request, send_file
from werkzeug.datastructures import FileStorage

from cchc_flow import commands
from cchc_flow.errors import MissingData, NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.eventlog.vault import Vault
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import Evidence

bp = Blueprint("evidence", __name__)
MEGABYTE = 1024 * 1024
FILE_LIMIT = 25 * MEGABYTE
TOTAL_LIMIT = 100 * MEGABYTE
NAME_LIMIT = 150
BINARY = "application/octet-stream"
ERASED_NAME = "(tên tệp đã bị xóa)"


class EvidenceFile(msgspec.Struct, frozen=True):
    """A file of an item as pages list it; `is_kept` is False when its content was erased or is missing."""

    digest: str
    name: str
    size: str
    is_kept: bool


@bp.get("/<workspace>/items/<item_id>/evidence/<digest>")
def show(item_id: str, digest: str) -> Response:
    """Return one file of an item as a download; raise NotFound for a digest that is not of this item."""
    loaded = commands.load(g.ws, item_id)
    for one in evidence_of(loaded.events):
        if one.content.digest == digest:
            return _download_response(g.ws.vault, one)
    raise NotFound("Công việc này không có tệp đó.", "Hãy mở lại từ trang công việc.")


def evidence_of(events: Sequence[RecordedEvent]) -> Iterator[Evidence]:
    """Yield all files that the events of an item refer to, those of steps that were undone as well."""
    for event in events:
        for one in event.data.get("evidence") or ():
            yield msgspec.convert(one, Evidence)


def evidence_files(vault: Vault, evidence: Sequence[Evidence]) -> list[EvidenceFile]:
    """Return the files as a page lists them."""
    return [
        EvidenceFile(
            one.content.digest,
            evidence_name(vault, one),
            size_words(one.content.size),
            vault.has(one.content.digest),
        )
        for one in evidence
    ]


def evidence_name(vault: Vault, one: Evidence) -> str:
    """Return the name that the file was given with; it was typed by somebody, so it can have been erased."""
    try:
        return vault.read(one.name.digest).decode()
    except NotFound:
        return ERASED_NAME


def size_words(size: int) -> str:
    """Return a size as people read it: 512 byte, 31 kB, 2,4 MB, 25 MB."""
    if size < 1024:
        return f"{size} byte"
    if size < MEGABYTE:
        return f"{size / 1024:.0f} kB"
    return f"{size / MEGABYTE:.1f} MB".replace(".0", "").replace(".", ",")


def upload_limits() -> dict[str, Any]:
    """Return what a form says of files, and what the browser checks before it sends any (sizes in bytes)."""
    each, total = size_words(FILE_LIMIT), size_words(TOTAL_LIMIT)
    hint = f"Chọn được nhiều tệp, mỗi tệp nhiều nhất {each}, tất cả nhiều nhất {total}"
    return {"limit": FILE_LIMIT, "total": TOTAL_LIMIT, "hint": hint}


def read_uploads(field: Field) -> list[Upload]:
    """Return the files that the form gave for a field; raise MissingData when they are too large."""
    files = [file for file in request.files.getlist(field.name) if file.filename]
    _check_sizes(field, [(file_name(file.filename), _size(file)) for file in files])
    return [Upload(file_name(file.filename), file.read(), file.mimetype or BINARY) for file in files]


def file_name(given_name: str | None) -> str:
    """Return the bare name of a file, without folders and control characters, its ending kept."""
    bare = (given_name or "").replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in unicodedata.normalize("NFC", bare) if letter.isprintable()).strip()
    if len(plain) > NAME_LIMIT:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: NAME_LIMIT - 20]}{dot}{ending[:19]}" if dot else plain[:NAME_LIMIT]
    return plain or "tep"


def _check_sizes(field: Field, sizes: list[tuple[str, int]]) -> None:
    for name, size in sizes:
        if size > FILE_LIMIT:
            most = size_words(FILE_LIMIT)
            why = f"{field.title}: tệp «{name}» nặng {size_words(size)}, mỗi tệp nhiều nhất {most}."
            raise MissingData({field.name: why})
    if sum(size for _, size in sizes) > TOTAL_LIMIT:
        why = f"{field.title}: tất cả tệp một lần gửi nhiều nhất {size_words(TOTAL_LIMIT)}."
        raise MissingData({field.name: why})


def _size(file: FileStorage) -> int:
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size


def _download_response(vault: Vault, one: Evidence) -> Response:
    """The browser never learns a type that it could draw, and what it would draw gets no rights at all."""
    content = BytesIO(vault.read(one.content.digest))
    sent: Any = send_file(
        content, mimetype=BINARY, as_attachment=True, download_name=evidence_name(vault, one)
    )
    sent.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return sent  # type: ignore[no-any-return]
