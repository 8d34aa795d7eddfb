"""Reads the file of a report from a form."""

from flask import request

from cchc_flow.audit.document_check import LARGEST_FILE
from cchc_flow.errors import MissingData


def read_report_file(field: str) -> bytes:
    """Return the uploaded file; raise MissingData without one, and for one that is too large."""
    file = request.files.get(field)
    if file is None or not file.filename:
        raise MissingData({field: "Chưa chọn tệp nào: hãy chọn tệp PDF của báo cáo."})
    content: bytes = file.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise MissingData({field: "Tệp lớn quá 40 MB: hãy chọn đúng tệp PDF của báo cáo."})
    return content
