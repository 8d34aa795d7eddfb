"""What is told when PostgreSQL does not do as it should: never with a password, never with a traceback."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout

from cchc_flow.errors import BadInput, CchcError, LogBroken, NotRecorded
from cchc_flow.eventlog.refusals import busy_refusal

Result = TypeVar("Result")
TRY_AGAIN = "Hãy thử lại sau ít phút; nếu vẫn vậy, hãy báo người quản trị cơ sở dữ liệu."
INSTALL = "Hãy chạy «cchc-flow postgres install» bằng tài khoản chủ sở hữu cơ sở dữ liệu."


class Unconfirmed(psycopg.OperationalError):
    """The database did not answer in time, or not as one that has a standby: an act may be done or not."""


def is_connection_lost(error: BaseException | None) -> bool:
    """Tell whether an error means that a connection is of no more use: it is gone, or leads to a standby."""
    if isinstance(error, Unconfirmed):
        return False
    gone = errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow, errors.ReadOnlySqlTransaction
    if isinstance(error, gone):
        return True
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and error.sqlstate in (
        None,
        *("08000", "08003", "08006", "57P05", "25P03"),
    )


def connect_refusal(name: str, error: psycopg.OperationalError) -> CchcError:
    """Return what is told when no connection can be had to the database of a name."""
    words = str(error)
    if "database" in words and "does not exist" in words:
        return BadInput(f"Không có cơ sở dữ liệu {name}.", "Hãy kiểm tra lại địa chỉ trong CCHC_FLOW_LOG.")
    if ("role" in words and "does not exist" in words) or "authentication" in words or "pg_hba" in words:
        return BadInput(
            f"Cơ sở dữ liệu {name} không nhận tài khoản đã cho.",
            "Hãy kiểm tra tên và mật khẩu trong CCHC_FLOW_LOG.",
        )
    if "unsupported startup parameter" in words:  # PgBouncer's own words
        return pooler_refusal(name)
    return NotRecorded(f"Không kết nối được với cơ sở dữ liệu {name}.", TRY_AGAIN)


def pooler_refusal(name: str) -> BadInput:
    """Return what is told when a pooler answers instead of the database of a name."""
    return BadInput(
        f"Địa chỉ của cơ sở dữ liệu {name} dẫn đến một bộ gom kết nối (như PgBouncer), nơi thiết lập của"
        " phiên không được giữ.",
        "Hãy đặt CCHC_FLOW_LOG thẳng đến máy chủ PostgreSQL: chương trình đã tự gom kết nối.",
    )


def find_refusal(error: BaseException) -> CchcError | None:
    """Return what is told of an error of PostgreSQL that is no fault of ours; else None."""
    match error:
        case Unconfirmed():
            return NotRecorded(
                "Cơ sở dữ liệu chưa xác nhận việc này (máy dự phòng của nó có thể đang chậm hoặc đã ngừng).",
                "Hãy gửi lại đúng yêu cầu này sau ít phút: dù gửi mấy lần, việc vẫn chỉ được ghi một lần.",
            )
        case errors.LockNotAvailable() | errors.QueryCanceled() | errors.DeadlockDetected():
            return busy_refusal()
        case errors.DiskFull() | errors.OutOfMemory():
            return NotRecorded("Máy chủ cơ sở dữ liệu đã hết chỗ, nên việc này chưa được ghi.", TRY_AGAIN)
        case errors.TooManyConnections() | PoolTimeout():
            return NotRecorded(
                "Cơ sở dữ liệu đang có quá nhiều kết nối, nên việc này chưa làm được.", TRY_AGAIN
            )
        case errors.InsufficientPrivilege():
            return BadInput(
                "Tài khoản cơ sở dữ liệu không có quyền của vai trò cchc_node.",
                "Chủ sở hữu cơ sở dữ liệu hãy chạy «GRANT cchc_node TO tài_khoản».",
            )
        case errors.InvalidSchemaName() | errors.UndefinedTable() | errors.UndefinedFunction():
            return LogBroken("Cơ sở dữ liệu chưa có các bảng của nhật ký, hoặc chúng đã bị sửa.", INSTALL)
        case _ if is_connection_lost(error):
            return NotRecorded("Mất kết nối với cơ sở dữ liệu.", TRY_AGAIN)
    return None


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Raise errors with sentences for those of PostgreSQL that have one; others pass as they are."""
    try:
        yield
    except (psycopg.Error, PoolTimeout) as error:
        if refusal := find_refusal(error):
            raise refusal from error
        raise


def again_if_lost(act: Callable[[], Result]) -> Result:
    """Return what an act returns that may be done twice; it is, when the first connection had been lost."""
    try:
        return act()
    except NotRecorded as error:
        if error.__cause__ is None or not is_connection_lost(error.__cause__):
            raise
    return act()
