"""What can go wrong, in words for the person who asked. No error here knows of HTTP or of exit codes."""

import errno
import socket

OS_ERROR_WORDS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết dung lượng được cấp",
    errno.EIO: "ổ đĩa có lỗi",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.EADDRINUSE: "đang có chương trình khác dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
    errno.ECONNREFUSED: "máy bên kia từ chối kết nối",
    errno.ECONNRESET: "máy bên kia ngắt kết nối",
    errno.EHOSTUNREACH: "không có đường tới máy bên kia",
    errno.ENETUNREACH: "không có mạng",
    errno.ETIMEDOUT: "quá thời gian chờ",
    socket.EAI_NONAME: "không tìm thấy máy có tên này",
    socket.EAI_AGAIN: "không hỏi được tên máy",
}


def describe_os_error(error: OSError) -> str:
    """Return what the system's error means; its own words where it is one that users hardly meet."""
    number = errno.ETIMEDOUT if isinstance(error, TimeoutError) else error.errno
    return OS_ERROR_WORDS.get(number or 0) or error.strerror or str(error)


class CchcError(Exception):
    """Base of all errors that a reader may see: `why` says what is wrong, `now` what to do."""

    def __init__(self, why: str, now: str = "") -> None:
        super().__init__(f"{why} {now}".strip())
        self.why = why
        self.now = now


class BadInput(CchcError):
    """What was given cannot be used: a file that is no plan, a form with a wrong field."""


class NotFound(CchcError):
    """What was asked for is not there."""


class Refusal(CchcError):
    """A command that may not be carried out now, by this person, or with these data."""


class IllegalMove(Refusal):
    """The workflow has no such step from the item's state."""


class NotAllowed(Refusal):
    """The step exists, but this person may not take it."""


class FourEyes(NotAllowed):
    """Nobody reviews or closes his own submission."""


class MissingData(Refusal):
    """The step asks for data that were not given or are not valid: `fields` maps each name to a sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class ItemMoved(Refusal):
    """Somebody moved the item since the page was drawn."""


class Conflict(CchcError):
    """The stream was not at the version that the writer had read; nothing was appended."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(
            f"Dòng sự kiện «{stream}» đang ở phiên bản {actual}, không phải {expected}.",
            "Hãy tải lại trang rồi thử lại.",
        )
        self.stream, self.expected, self.actual = stream, expected, actual


class CommandReused(CchcError):
    """The command id was used before, for something else."""


class LogBroken(CchcError):
    """The log on disk is not a log that this program may write to."""
