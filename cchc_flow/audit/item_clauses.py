"""What happened to an item, as the rest of a sentence after who did it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from cchc_flow.audit.phrases import (
    attachment_phrases,
    cadence_phrase,
    day_phrase,
    decision_phrase,
    join_clauses,
    join_words,
)
from cchc_flow.audit.words import Names, event_type_title
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import due_words
from cchc_flow.workflow.events.base import Move
from cchc_flow.workflow.periods import STEPS
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.shares import in_percent
from cchc_flow.workflow.task import QUALITY, TASK

OPENED = {TASK.kind: "đã lập công việc", REPORT.kind: "đã mở báo cáo"}
STATES = {state.name: state.title for flow in (REPORT, TASK) for state in flow.states}
OPEN = "open"
"""How the log calls the writing of an entry, which no definition names."""
OF_REPORTS = {state.name for state in REPORT.states} - {state.name for state in TASK.states}


def _opened(data: ev.ItemOpened, names: Names) -> str:
    lead = data.suggested_lead
    return join_clauses(
        _began(data, names) + (f" theo mục {data.ref}" if data.ref else ""),
        f"dự kiến {names.get(lead, lead)} chủ trì" if lead else "",
        f"sản phẩm: {data.product}" if data.product else "",
        f"hạn {day_phrase(data.due)}" if data.due else "",
        cadence_phrase(data.cadence),
    )


def _began(data: ev.ItemOpened, names: Names) -> str:
    """Return what was opened, in the word of its kind."""
    if data.kind in OPENED:
        return f"{OPENED[data.kind]} «{data.title}»"
    lead = f", {names.get(data.unit, data.unit)} chủ trì" if data.unit else ""
    return f"đã ghi «{data.title}» vào sổ «{names.get(f'kind:{data.kind}', data.kind)}»{lead}"


def _assigned(data: ev.ItemAssigned, names: Names) -> str:
    support = [names.get(unit, unit) for unit in data.support]
    given = "đã giao cho" if data.from_ == TASK.initial else "đã giao lại cho"
    return join_clauses(
        f"{given} {names.get(data.lead, data.lead)} chủ trì",
        f"{join_words(support)} phối hợp" if support else "",
        f"{names.get(data.officer, data.officer)} phụ trách" if data.officer else "",
        f"hạn {day_phrase(data.due)}" if data.due else "không đặt hạn",
        cadence_phrase(data.cadence),
    )


def _started(data: ev.ItemStarted, names: Names) -> str:
    return "đã nhận việc"


def _declined(data: ev.ItemDeclined, names: Names) -> str:
    return "đã trả lại nhiệm vụ cho người giao, có nêu lý do"


def _progress(data: ev.ItemProgressReported, names: Names) -> str:
    attached = (["nội dung đã làm"] if data.note else []) + attachment_phrases(data.evidence)
    return f"đã báo cáo tiến độ {in_percent(data.percent)}" + (
        f" kèm {join_words(attached)}" if attached else ""
    )


def _submitted(data: ev.ItemSubmitted, names: Names) -> str:
    given, what = attachment_phrases(data.evidence), _product(data)
    return f"đã nộp {what} kèm {given[0]}" if given else f"đã nộp {what}, không kèm tệp minh chứng"


def _withdrawn(data: ev.ItemWithdrawn, names: Names) -> str:
    return f"đã rút lại {_product(data)} để làm tiếp, có nêu lý do"


def _returned(data: ev.ItemReturned, names: Names) -> str:
    defects = f"{data.defects} lỗi chất lượng" if data.defects else "không tính lỗi chất lượng"
    return f"đã trả lại {_product(data)} để làm tiếp, {defects}, có nêu lý do"


def _approved(data: ev.ItemApproved, names: Names) -> str:
    quality = dict(QUALITY).get(data.quality, data.quality)
    opinion = "có ý kiến kèm theo" if data.comment else ""
    return join_clauses("đã duyệt kết quả", f"chất lượng: {quality.lower()}", opinion)


def _closed(data: ev.ItemClosed, names: Names) -> str:
    return "đã tiếp nhận báo cáo" if _is_report(data) else "đã xác nhận công việc hoàn thành"


def _reopened(data: ev.ItemReopened, names: Names) -> str:
    return f"đã mở lại {'báo cáo' if _is_report(data) else 'công việc'} để làm tiếp, có nêu lý do"


def _commented(data: ev.ItemCommented, names: Names) -> str:
    return "đã trao đổi về công việc"


def _undone(data: ev.ItemUndone, names: Names) -> str:
    return f"đã hoàn tác bước «{_taken_back(data)}», trở lại «{_state(data.to, names)}»"


def _distributed(data: ev.ItemDistributed, names: Names) -> str:
    units = [names.get(unit, unit) for unit in data.units]
    return join_clauses(
        f"đã giao cho {join_words(units)}",
        cadence_phrase(data.cadence),
        f"từ ngày {day_phrase(data.since)}" if data.cadence in STEPS else "",
        f"hạn {day_phrase(data.due)}" if data.due else "",
        f"đến hạn ngày {data.due_day} của tháng cuối kỳ" if data.due_day else "",
    )


def _followed(data: ev.ItemFollowed, names: Names) -> str:
    if data.to == "closed":
        return "đã xong phần việc cuối cùng, công việc chung hoàn thành"
    return "đã mở lại một phần việc, công việc chung tiếp tục"


def _extension_requested(data: ev.ItemExtensionRequested, names: Names) -> str:
    return f"đã xin gia hạn đến {day_phrase(data.due)}, có nêu lý do"


def _extension_granted(data: ev.ItemExtensionGranted, names: Names) -> str:
    other = f" (đề nghị: {day_phrase(data.asked)})" if data.asked != data.due else ""
    opinion = "có ý kiến kèm theo" if data.comment else ""
    return join_clauses(f"đã đồng ý gia hạn đến {day_phrase(data.due)}{other}", opinion)


def _extension_refused(data: ev.ItemExtensionRefused, names: Names) -> str:
    return f"đã từ chối gia hạn đến {day_phrase(data.asked)}, có nêu lý do"


def _suspended(data: ev.ItemSuspended, names: Names) -> str:
    return f"đã cho tạm dừng từ ngày {day_phrase(data.on)}{decision_phrase(data.decision)}, có nêu lý do"


def _resumed(data: ev.ItemResumed, names: Names) -> str:
    return join_clauses("đã cho tiếp tục", f"hạn mới {day_phrase(data.due)}" if data.due else "")


def _cancelled(data: ev.ItemCancelled, names: Names) -> str:
    return f"đã hủy công việc{decision_phrase(data.decision)}, có nêu lý do"


def _excused(data: ev.ItemExcused, names: Names) -> str:
    return f"đã miễn {'báo cáo' if _is_report(data) else 'phần việc'} này, có nêu lý do"


def _handed_over(data: ev.ItemHandedOver, names: Names) -> str:
    officer = f"{names.get(data.officer, data.officer)} phụ trách" if data.officer else ""
    lead = f"đã chuyển cho {names.get(data.lead, data.lead)} chủ trì"
    return join_clauses(lead, officer, "có nêu lý do")


def _reminded(data: ev.ItemReminded, names: Names) -> str:
    people = join_words([names.get(one, one) for one in data.people])
    if data.stage is None:
        return f"đã đôn đốc {people}, có nội dung kèm theo"
    due = f" về hạn {day_phrase(data.due)}" if data.due else ""
    return join_clauses(f"đã nhắc {people}{due}", _stage(data.stage))


def describe_reminder_at_the_time(data: ev.ItemReminded, names: Names, last: date, on: date) -> str:
    """Return what a reminder of the clock said on its day, which may be later than its stage."""
    people = join_words([names.get(one, one) for one in data.people])
    due = due_words(date.fromisoformat(str(data.due)), last)
    return join_clauses(f"đã nhắc {people} về hạn {due}", _left((last - on).days))


def _workflow_changed(data: ev.ItemWorkflowChanged, names: Names) -> str:
    return f"đã chuyển công việc từ quy trình phiên bản {data.previous} sang phiên bản {data.workflow}"


def _advanced(data: ev.ItemAdvanced, names: Names) -> str:
    with_ = attachment_phrases(data.evidence)
    return f"đã ghi bước «{_step(data.step, names)}»" + (f" kèm {with_[0]}" if with_ else "")


def _overruled(data: ev.ItemOverruled, names: Names) -> str:
    words = [f"«{names.get(f'rule:{one}', one).rstrip('.')}»" for one in data.rules]
    warned = f" dù có cảnh báo của quy tắc {join_words(words)}" if words else ""
    deed = "đã ghi mục này" if data.step == OPEN else f"đã làm bước «{_step(data.step, names)}»"
    return f"{deed}{warned}, có nêu lý do"


def _is_report(data: Move) -> bool:
    """Tell whether a move was one of a report: its events are those of tasks, its states are not."""
    return bool({data.from_, data.to} & OF_REPORTS)


def _taken_back(data: ev.ItemUndone) -> str:
    """Return what the step was called that was undone: a report is received where a task is finished."""
    own = (step.title for step in REPORT.transitions if (step.event, step.to) == (data.step, data.from_))
    return next(own, event_type_title(data.step)) if _is_report(data) else event_type_title(data.step)


def _product(data: Move) -> str:
    return "báo cáo" if _is_report(data) else "kết quả"


def _step(name: str, names: Names) -> str:
    return names.get(f"step:{name}", name)


def _state(name: str, names: Names) -> str:
    """Return the title of a state: of a register as its names tell, of the core's own kinds anyhow."""
    return names.get(f"state:{name}") or STATES.get(name, name)


def _left(days: int) -> str:
    """Return how far off a due day was then."""
    if days < 0:
        return f"khi đó đã quá hạn {-days} ngày"
    return f"khi đó còn {days} ngày" if days else "khi đó là ngày cuối của hạn"


def _stage(name: str) -> str:
    """Return by which stage of a due day somebody was reminded; nothing for one whose name says no days."""
    side, _, days = name.partition("-")
    words = {"before": "trước hạn", "late": "sau hạn"}.get(side)
    return f"theo mốc nhắc {days} ngày {words}" if words and days != "0" else ""


ITEM_CLAUSES: dict[str, Callable[[Any, Names], str]] = {
    "item.opened/2": _opened,
    "item.assigned/1": _assigned,
    "item.started/1": _started,
    "item.declined/1": _declined,
    "item.progress_reported/1": _progress,
    "item.submitted/1": _submitted,
    "item.withdrawn/1": _withdrawn,
    "item.returned/1": _returned,
    "item.approved/1": _approved,
    "item.closed/1": _closed,
    "item.reopened/1": _reopened,
    "item.commented/1": _commented,
    "item.undone/1": _undone,
    "item.distributed/1": _distributed,
    "item.followed/1": _followed,
    "item.extension_requested/1": _extension_requested,
    "item.extension_granted/1": _extension_granted,
    "item.extension_refused/1": _extension_refused,
    "item.suspended/1": _suspended,
    "item.resumed/1": _resumed,
    "item.cancelled/1": _cancelled,
    "item.excused/1": _excused,
    "item.handed_over/1": _handed_over,
    "item.reminded/1": _reminded,
    "item.workflow_changed/1": _workflow_changed,
    "item.advanced/1": _advanced,
    "item.overruled/1": _overruled,
}
