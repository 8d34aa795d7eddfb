"""What the system reports, in the reader's words."""

import errno
import os
import socket

import pytest

from cchc_flow.errors import describe_os_error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "ổ đĩa đã đầy"),
        (PermissionError(errno.EACCES, "Permission denied"), "không có quyền"),
        (TimeoutError("timed out"), "quá thời gian chờ"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "không tìm thấy máy có tên này"),
        (OSError(errno.ELOOP, "Too many levels of symbolic links"), "Too many levels of symbolic links"),
        (OSError("chưa rõ"), "chưa rõ"),
    ],
)
def test_an_error_of_the_system_is_told_in_vietnamese_where_users_meet_it(error: OSError, words: str) -> None:
    assert describe_os_error(error) == words
