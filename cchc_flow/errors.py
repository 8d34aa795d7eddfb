"""The errors of the program, with messages for its users; they know no HTTP status and no exit code."""

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
    """Return an operating system error in Vietnamese; a rare one in the system's own words."""
    number = errno.ETIMEDOUT if isinstance(error, TimeoutError) else error.errno
    return OS_ERROR_WORDS.get(number or 0) or error.strerror or str(error)


class CchcError(Exception):
    """Base of all errors shown to users, in Vietnamese: `why` says what is wrong, `now` what to do."""

    def __init__(self, why: str, now: str = "") -> None:
        super().__init__(f"{why} {now}".strip())
        self.why = why
        self.now = now


class BadInput(CchcError):
    """The input cannot be used, such as a file that is no plan or an option with a wrong value."""


class NotFound(CchcError):
    """There is nothing with the requested name or id."""


class Refusal(CchcError):
    """A command is refused: not now, not by this person, or not with these data."""


class IllegalMove(Refusal):
    """The workflow has no such transition from the item's state."""


class NotAllowed(Refusal):
    """The transition exists, but this person may not take it."""


class FourEyes(NotAllowed):
    """Four-eyes rule: nobody reviews or closes their own submission."""


class MissingData(Refusal):
    """Required data are missing or not valid: `fields` maps each field's name to a sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class ItemMoved(Refusal):
    """Somebody moved the item, or changed what else the page shows, since it was drawn."""


class ClockInDoubt(Refusal):
    """The machine's clock may be wrong, so nothing is recorded until somebody has confirmed it."""


class NotRecorded(Refusal):
    """The machine could not record something now: another program holds the log, or a disk is full."""


class Conflict(CchcError):
    """The stream was not at the expected version; nothing was appended."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(
            f"Dòng sự kiện «{stream}» đang ở phiên bản {actual}, không phải {expected}.",
            "Hãy tải lại trang rồi thử lại.",
        )
        self.stream, self.expected, self.actual = stream, expected, actual


class CommandReused(CchcError):
    """The command id was used before, for a command with other content."""


class LogBroken(CchcError):
    """The log or its read models are damaged, or made by a newer release."""
