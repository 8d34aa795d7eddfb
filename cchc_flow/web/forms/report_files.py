"""Reads the file of a report from a form."""

from flask import request

from cchc_flow.errors import MissingData

LARGEST = 40 * 1024 * 1024
"""In bytes: a report of some hundred pages with its signatures has a few megabytes."""


def read_report_file(field: str) -> bytes:
    """Return the uploaded file; raise MissingData without one, and for one that is too large."""
    file = request.files.get(field)
    if file is None or not file.filename:
        raise MissingData({field: "Chưa chọn tệp nào: hãy chọn tệp PDF của báo cáo."})
    content: bytes = file.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise MissingData({field: "Tệp lớn quá 40 MB: hãy chọn đúng tệp PDF của báo cáo."})
    return content
