"""Vietnamese clauses about an item's events: what happened, as the rest of a sentence after who acted.

`names` has the names of units, people, steps and states by id; what it lacks is shown by its id.
"""

from collections.abc import Callable
from typing import Any

from cchc_flow.audit.kind_words import kind_words, step_clause, undone_step_title
from cchc_flow.audit.phrases import (
    attachment_phrases,
    by_decision_phrase,
    cadence_phrase,
    day_phrase,
    join_clauses,
    join_words,
    number_phrase,
)
from cchc_flow.audit.words import Names
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.inspection import FINDING
from cchc_flow.workflow.periods import STEPS
from cchc_flow.workflow.register_step import OPENING
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.shares import in_percent
from cchc_flow.workflow.task import TASK
from cchc_flow.workflow.task_steps.review import QUALITY

OPENED_WORDS = {TASK.kind: "đã lập công việc", REPORT.kind: "đã mở báo cáo"}
STATE_TITLES = {state.name: state.title for flow in (REPORT, TASK) for state in flow.states}


def _describe_opened(data: ev.ItemOpened, names: Names) -> str:
    lead = data.suggested_lead
    return join_clauses(
        _opened_what(data, names) + (f" theo mục {data.ref}" if data.ref else ""),
        f"dự kiến {names.get(lead, lead)} chủ trì" if lead else "",
        f"sản phẩm: {data.product}" if data.product else "",
        f"hạn {day_phrase(data.due)}" if data.due else "",
        cadence_phrase(data.cadence),
    )


def _opened_what(data: ev.ItemOpened, names: Names) -> str:
    """Return what was opened: a task, a report, or an entry of a register."""
    if data.kind in OPENED_WORDS:
        return f"{OPENED_WORDS[data.kind]} «{data.title}»"
    lead = f", {names.get(data.unit, data.unit)} chủ trì" if data.unit else ""
    return f"đã ghi «{data.title}» vào sổ «{names.get(f'kind:{data.kind}', data.kind)}»{lead}"


def _describe_assigned(data: ev.ItemAssigned, names: Names) -> str:
    support = [names.get(unit, unit) for unit in data.support]
    verb = "đã giao cho" if data.from_ == TASK.initial else "đã giao lại cho"
    return join_clauses(
        f"{verb} {names.get(data.lead, data.lead)} chủ trì",
        f"{join_words(support)} phối hợp" if support else "",
        f"{names.get(data.officer, data.officer)} phụ trách" if data.officer else "",
        f"hạn {day_phrase(data.due)}" if data.due else "không đặt hạn",
        cadence_phrase(data.cadence),
    )


def _describe_started(data: ev.ItemStarted, names: Names) -> str:
    return "đã nhận việc"


def _describe_declined(data: ev.ItemDeclined, names: Names) -> str:
    return "đã trả lại nhiệm vụ cho người giao, có nêu lý do"


def _describe_progress(data: ev.ItemProgressReported, names: Names) -> str:
    attached = (["nội dung đã làm"] if data.note else []) + attachment_phrases(data.evidence)
    return f"đã báo cáo tiến độ {in_percent(data.percent)}" + (
        f" kèm {join_words(attached)}" if attached else ""
    )


def _describe_submitted(data: ev.ItemSubmitted, names: Names) -> str:
    files, what = attachment_phrases(data.evidence), kind_words(names, data).result
    return f"đã nộp {what} kèm {files[0]}" if files else f"đã nộp {what}, không kèm tệp minh chứng"


def _describe_withdrawn(data: ev.ItemWithdrawn, names: Names) -> str:
    return f"đã rút lại {kind_words(names, data).result} để làm tiếp, có nêu lý do"


def _describe_returned(data: ev.ItemReturned, names: Names) -> str:
    words = kind_words(names, data)
    defects = f"{data.defects} lỗi chất lượng" if data.defects else "không tính lỗi chất lượng"
    return join_clauses(
        f"đã trả lại {words.result} để làm tiếp",
        "" if words.flow is FINDING else defects,
        "có nêu lý do",
    )


def _describe_approved(data: ev.ItemApproved, names: Names) -> str:
    quality = dict(QUALITY).get(data.quality, data.quality)
    opinion = "có ý kiến kèm theo" if data.comment else ""
    return join_clauses("đã duyệt kết quả", f"chất lượng: {quality.lower()}", opinion)


def _describe_closed(data: ev.ItemClosed, names: Names) -> str:
    return kind_words(names, data).closed


def _describe_reopened(data: ev.ItemReopened, names: Names) -> str:
    return f"đã mở lại {kind_words(names, data).item} để làm tiếp, có nêu lý do"


def _describe_commented(data: ev.ItemCommented, names: Names) -> str:
    people = join_words([names.get(person, person) for person in data.mentions])
    act = f"đã trao đổi về {kind_words(names).item}"
    return join_clauses(act, f"nhắc đến {people}" if data.mentions else "")


def _describe_undone(data: ev.ItemUndone, names: Names) -> str:
    return f"đã hoàn tác bước «{undone_step_title(data, names)}», trở lại «{_state_title(data.to, names)}»"


def _describe_distributed(data: ev.ItemDistributed, names: Names) -> str:
    units, support = ([names.get(unit, unit) for unit in some] for some in (data.units, data.support))
    return join_clauses(
        f"đã giao cho {join_words(units)}",
        f"{join_words(support)} phối hợp" if support else "",
        cadence_phrase(data.cadence),
        f"từ ngày {day_phrase(data.since)}" if data.cadence in STEPS else "",
        f"hạn {day_phrase(data.due)}" if data.due else "",
        f"đến hạn ngày {data.due_day} của tháng cuối kỳ" if data.due_day else "",
    )


def _describe_followed(data: ev.ItemFollowed, names: Names) -> str:
    if data.to == "closed":
        return "đã xong phần việc cuối cùng, công việc chung hoàn thành"
    return "đã mở lại một phần việc, công việc chung tiếp tục"


def _describe_suspended(data: ev.ItemSuspended, names: Names) -> str:
    return f"đã cho tạm dừng từ ngày {day_phrase(data.on)}{by_decision_phrase(data.decision)}, có nêu lý do"


def _describe_resumed(data: ev.ItemResumed, names: Names) -> str:
    return join_clauses("đã cho tiếp tục", f"hạn mới {day_phrase(data.due)}" if data.due else "")


def _describe_cancelled(data: ev.ItemCancelled, names: Names) -> str:
    return f"đã hủy công việc{by_decision_phrase(data.decision)}, có nêu lý do"


def _describe_excused(data: ev.ItemExcused, names: Names) -> str:
    what = "báo cáo" if kind_words(names, data).flow is REPORT else "phần việc"
    return f"đã miễn {what} này, có nêu lý do"


def _describe_handed_over(data: ev.ItemHandedOver, names: Names) -> str:
    officer = f"{names.get(data.officer, data.officer)} phụ trách" if data.officer else ""
    lead = f"đã chuyển cho {names.get(data.lead, data.lead)} chủ trì"
    return join_clauses(lead, officer, "có nêu lý do")


def _describe_support_changed(data: ev.ItemSupportChanged, names: Names) -> str:
    after, before = ([names.get(unit, unit) for unit in units] for units in (data.support, data.previous))
    return join_clauses(
        f"đã đổi đơn vị phối hợp: {join_words(after) if after else 'không có'}",
        f"trước là {join_words(before)}" if before else "",
        "có nêu lý do" if data.reason else "theo công việc chung",
    )


def _describe_delegated(data: ev.ItemDelegated, names: Names) -> str:
    before = f" thay {names.get(data.previous, data.previous)}" if data.previous else ""
    said = "có lời dặn kèm theo" if data.note else ""
    return join_clauses(f"đã giao việc cho {names.get(data.officer, data.officer)}{before}", said)


def _describe_recalled(data: ev.ItemRecalled, names: Names) -> str:
    reason = "có nêu lý do" if data.note else ""
    return join_clauses(f"đã lấy lại việc từ {names.get(data.officer, data.officer)}", reason)


def _describe_weighted(data: ev.ItemWeighted, names: Names) -> str:
    return f"đã đặt hệ số quy đổi của sản phẩm là {number_phrase(data.weight)}"


def _describe_workflow_changed(data: ev.ItemWorkflowChanged, names: Names) -> str:
    what = kind_words(names).item
    return f"đã chuyển {what} từ quy trình phiên bản {data.previous} sang phiên bản {data.workflow}"


def _describe_advanced(data: ev.ItemAdvanced, names: Names) -> str:
    files = attachment_phrases(data.evidence)
    act = step_clause(data.step, names) or f"đã ghi bước «{_step_title(data.step, names)}»"
    return act + (f" kèm {files[0]}" if files else "")


def _describe_overruled(data: ev.ItemOverruled, names: Names) -> str:
    rules = [f"«{names.get(f'rule:{rule}', rule).rstrip('.')}»" for rule in data.rules]
    warning = f" dù có cảnh báo của quy tắc {join_words(rules)}" if rules else ""
    act = "đã ghi mục này" if data.step == OPENING else f"đã làm bước «{_step_title(data.step, names)}»"
    return f"{act}{warning}, có nêu lý do"


def _step_title(name: str, names: Names) -> str:
    """Return the title of a step, its name when `names` lacks it."""
    return names.get(f"step:{name}", name)


def _state_title(name: str, names: Names) -> str:
    """Return the title of a state: from `names` for a register, else from the built-in workflows."""
    return names.get(f"state:{name}") or STATE_TITLES.get(name, name)


ITEM_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.ItemOpened: _describe_opened,
    ev.ItemAssigned: _describe_assigned,
    ev.ItemStarted: _describe_started,
    ev.ItemDeclined: _describe_declined,
    ev.ItemProgressReported: _describe_progress,
    ev.ItemSubmitted: _describe_submitted,
    ev.ItemWithdrawn: _describe_withdrawn,
    ev.ItemReturned: _describe_returned,
    ev.ItemApproved: _describe_approved,
    ev.ItemClosed: _describe_closed,
    ev.ItemReopened: _describe_reopened,
    ev.ItemCommented: _describe_commented,
    ev.ItemUndone: _describe_undone,
    ev.ItemDistributed: _describe_distributed,
    ev.ItemFollowed: _describe_followed,
    ev.ItemSuspended: _describe_suspended,
    ev.ItemResumed: _describe_resumed,
    ev.ItemCancelled: _describe_cancelled,
    ev.ItemExcused: _describe_excused,
    ev.ItemHandedOver: _describe_handed_over,
    ev.ItemSupportChanged: _describe_support_changed,
    ev.ItemDelegated: _describe_delegated,
    ev.ItemRecalled: _describe_recalled,
    ev.ItemWeighted: _describe_weighted,
    ev.ItemWorkflowChanged: _describe_workflow_changed,
    ev.ItemAdvanced: _describe_advanced,
    ev.ItemOverruled: _describe_overruled,
}
