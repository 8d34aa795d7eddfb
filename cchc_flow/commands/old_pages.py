"""Refuses a command that was given on a page older than what it would overwrite."""

from collections.abc import Callable

from cchc_flow.commands.unit_of_work import UnitOfWork
from cchc_flow.errors import ItemMoved
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import directory
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import moment_words


def _all_events(event: RecordedEvent) -> bool:
    return True


def refuse_old_page(
    uow: UnitOfWork,
    stream: str,
    seen: int | None,
    deed: str,
    *,
    concerns: Callable[[RecordedEvent], bool] = _all_events,
) -> None:
    """Raise ItemMoved if a stream was changed after a page had shown it at version `seen` (None: no page).

    `deed` says in the sentence what the colleague has done, such as "sửa đơn vị này". Only the events that
    `concerns` picks count. What is appended between this look and the command's own append is found there:
    the command expects the version that was read here.
    """
    if seen is None:
        return
    newest = position(uow.db)
    later = [
        event
        for event in uow.ws.log.stream(stream)
        if seen < event.version and event.position <= newest and concerns(event)
    ]
    if later:
        who = directory.names(uow.db).get(later[-1].actor, "Quản trị máy chủ")
        raise ItemMoved(
            f"{who} đã {deed} lúc {moment_words(later[-1].recordedtime)}, sau khi bạn mở"
            " trang, nên những gì bạn vừa gửi chưa được lưu.",
            "Hãy đối chiếu với thay đổi đó, rồi gửi lại nếu vẫn cần.",
        )
