"""What a reader should know about an act beside what it says: how it came, and who else could have acted."""

from collections.abc import Mapping

from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import access
from cchc_flow.workflow.calendar import moment_words

CHANNELS = {
    "web": "qua trang web",
    "clock": "tự động theo lịch",
    "setup": "khi thiết lập",
    "demo": "dữ liệu dùng thử",
    "program": "qua một chương trình",
}
BY_TABLE = "+table"


def channel_words(channel: str | None, names: Mapping[str, str]) -> str:
    """Return in words by which way an order came; "" for an event that does not tell."""
    if channel is None:
        return ""
    way, is_table = channel.removesuffix(BY_TABLE), channel.endswith(BY_TABLE)
    route, _, who = way.partition(":")
    match route:
        case "terminal":
            words = f"qua dòng lệnh của máy chủ, người dùng hệ thống «{who}»"
        case "plugin":
            words = f"theo quy tắc của lĩnh vực «{names.get(f'plugin:{who}', who)}»"
        case _:
            words = CHANNELS.get(way, way)
    return f"{words}, nhập từ bảng" if is_table else words


def marks_of(db: Database, event: RecordedEvent, names: Mapping[str, str]) -> list[str]:
    """Return the sentences to show beside an act: it was given on the server, or after a password's reset."""
    marks = []
    if (event.channel or "").startswith("terminal:") and not event.actor.startswith("system"):
        marks.append(f"Thao tác {channel_words(event.channel, names)}.")
    if reset := access.reset_that_marks(db, event):
        who, when = names.get(reset.actor, reset.actor), moment_words(reset.recordedtime)
        marks.append(f"Trước đó không quá 30 ngày, {who} đã đặt lại mật khẩu của tài khoản này ({when}).")
    return marks
