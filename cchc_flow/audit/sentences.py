"""Each event as one administrative Vietnamese sentence: who, what, to whom, with which figures.

What people typed is not in the event (law 6), so a sentence says that a reason was given, not which.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import msgspec

from cchc_flow.audit.words import Names as Names
from cchc_flow.audit.words import type_words as type_words
from cchc_flow.audit.words import who as who
from cchc_flow.eventlog.port import Recorded
from cchc_flow.workflow import events as ev
from cchc_flow.workflow import upcast
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.periods import CADENCE, STEPS
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.settings import ABOUT
from cchc_flow.workflow.task import QUALITY, TASK

STATES = {state.name: state.title for flow in (REPORT, TASK) for state in flow.states}


def sentence(event: Recorded, names: Names) -> str:
    """Return what happened on one line; who or what has no name in `names` is shown by its id."""
    return " ".join(f"{_who_in_office(event, names)} {_deed(event, names)}.".split())


def _who_in_office(event: Recorded, names: Names) -> str:
    person = who(event.actor, names)
    return f"{person} ({names.get(event.unit, event.unit)})" if event.unit else person


def _deed(event: Recorded, names: Names) -> str:
    name, data = upcast.newest(event.type, event.data)
    cls = ev.CLASSES.get(name)
    if cls is None:
        return f"đã ghi sự kiện «{event.type}»"
    try:
        return DEEDS[name](msgspec.convert(data, cls), names)
    except msgspec.ValidationError:
        return f"đã ghi sự kiện «{type_words(event.type)}», nhưng dữ liệu không đúng mẫu nên không đọc được"


def _opened(data: ev.ItemOpened, names: Names) -> str:
    lead = data.suggested_lead
    return _clauses(
        f"đã lập công việc «{data.title}»" + (f" theo mục {data.ref}" if data.ref else ""),
        f"dự kiến {names.get(lead, lead)} chủ trì" if lead else "",
        f"sản phẩm: {data.product}" if data.product else "",
        f"hạn {_day(data.due)}" if data.due else "",
        _every(data.cadence),
    )


def _assigned(data: ev.ItemAssigned, names: Names) -> str:
    support = [names.get(unit, unit) for unit in data.support]
    given = "đã giao cho" if data.from_ == TASK.initial else "đã giao lại cho"
    return _clauses(
        f"{given} {names.get(data.lead, data.lead)} chủ trì",
        f"{_list(support)} phối hợp" if support else "",
        f"{names.get(data.officer, data.officer)} phụ trách" if data.officer else "",
        f"hạn {_day(data.due)}" if data.due else "không đặt hạn",
        _every(data.cadence),
    )


def _started(data: ev.ItemStarted, names: Names) -> str:
    return "đã nhận việc"


def _declined(data: ev.ItemDeclined, names: Names) -> str:
    return "đã trả lại nhiệm vụ cho người giao, có nêu lý do"


def _progress(data: ev.ItemProgressReported, names: Names) -> str:
    attached = (["nội dung đã làm"] if data.note else []) + _files(data.evidence)
    return f"đã báo cáo tiến độ {data.percent} %" + (f" kèm {_list(attached)}" if attached else "")


def _submitted(data: ev.ItemSubmitted, names: Names) -> str:
    files = _files(data.evidence)
    return f"đã nộp kết quả kèm {files[0]}" if files else "đã nộp kết quả, không kèm tệp minh chứng"


def _withdrawn(data: ev.ItemWithdrawn, names: Names) -> str:
    return "đã rút lại kết quả để làm tiếp, có nêu lý do"


def _returned(data: ev.ItemReturned, names: Names) -> str:
    defects = f"{data.defects} lỗi chất lượng" if data.defects else "không tính lỗi chất lượng"
    return f"đã trả lại kết quả để làm tiếp, {defects}, có nêu lý do"


def _approved(data: ev.ItemApproved, names: Names) -> str:
    quality = dict(QUALITY).get(data.quality, data.quality)
    opinion = "có ý kiến kèm theo" if data.comment else ""
    return _clauses("đã duyệt kết quả", f"chất lượng: {quality.lower()}", opinion)


def _closed(data: ev.ItemClosed, names: Names) -> str:
    return "đã xác nhận công việc hoàn thành"


def _reopened(data: ev.ItemReopened, names: Names) -> str:
    return "đã mở lại công việc để làm tiếp, có nêu lý do"


def _commented(data: ev.ItemCommented, names: Names) -> str:
    return "đã trao đổi về công việc"


def _undone(data: ev.ItemUndone, names: Names) -> str:
    return f"đã hoàn tác bước «{type_words(data.step)}», công việc trở lại «{STATES.get(data.to, data.to)}»"


def _distributed(data: ev.ItemDistributed, names: Names) -> str:
    units = [names.get(unit, unit) for unit in data.units]
    return _clauses(
        f"đã giao cho {_list(units)}",
        _every(data.cadence),
        f"từ ngày {_day(data.since)}" if data.cadence in STEPS else "",
        f"hạn {_day(data.due)}" if data.due else "",
        f"đến hạn ngày {data.due_day} của tháng cuối kỳ" if data.due_day else "",
    )


def _followed(data: ev.ItemFollowed, names: Names) -> str:
    if data.to == "closed":
        return "đã xong phần việc cuối cùng, công việc chung hoàn thành"
    return "đã mở lại một phần việc, công việc chung tiếp tục"


def _extension_requested(data: ev.ItemExtensionRequested, names: Names) -> str:
    return f"đã xin gia hạn đến {_day(data.due)}, có nêu lý do"


def _extension_granted(data: ev.ItemExtensionGranted, names: Names) -> str:
    other = f" (đề nghị: {_day(data.asked)})" if data.asked != data.due else ""
    opinion = "có ý kiến kèm theo" if data.comment else ""
    return _clauses(f"đã đồng ý gia hạn đến {_day(data.due)}{other}", opinion)


def _extension_refused(data: ev.ItemExtensionRefused, names: Names) -> str:
    return f"đã từ chối gia hạn đến {_day(data.asked)}, có nêu lý do"


def _suspended(data: ev.ItemSuspended, names: Names) -> str:
    return f"đã cho tạm dừng từ ngày {_day(data.on)}{_by(data.decision)}, có nêu lý do"


def _resumed(data: ev.ItemResumed, names: Names) -> str:
    return _clauses("đã cho tiếp tục", f"hạn mới {_day(data.due)}" if data.due else "")


def _cancelled(data: ev.ItemCancelled, names: Names) -> str:
    return f"đã hủy công việc{_by(data.decision)}, có nêu lý do"


def _excused(data: ev.ItemExcused, names: Names) -> str:
    return "đã miễn phần việc này, có nêu lý do"


def _handed_over(data: ev.ItemHandedOver, names: Names) -> str:
    officer = f"{names.get(data.officer, data.officer)} phụ trách" if data.officer else ""
    lead = f"đã chuyển cho {names.get(data.lead, data.lead)} chủ trì"
    return _clauses(lead, officer, "có nêu lý do")


def _reminded(data: ev.ItemReminded, names: Names) -> str:
    people = _list([names.get(one, one) for one in data.people])
    if data.stage is None:
        return f"đã đôn đốc {people}, có nội dung kèm theo"
    due = f" về hạn {_day(data.due)}" if data.due else ""
    return _clauses(f"đã nhắc {people}{due}", _stage(data.stage))


def _stage(name: str) -> str:
    """Return a stage of a due day in words; nothing for one whose name says no days."""
    side, _, days = name.partition("-")
    words = {"before": "trước hạn", "late": "quá hạn"}.get(side)
    return f"đợt nhắc {words} {days} ngày" if words and days != "0" else ""


def _workflow_changed(data: ev.ItemWorkflowChanged, names: Names) -> str:
    return f"đã chuyển công việc từ quy trình phiên bản {data.previous} sang phiên bản {data.workflow}"


def _advanced(data: ev.ItemAdvanced, names: Names) -> str:
    told = [value for value in data.fields.values() if value]
    with_ = [f"{len(told)} số liệu"] if told else []
    with_ += [f"{len(data.texts)} nội dung"] if data.texts else []
    with_ += _files(data.evidence)
    step = names.get(f"step:{data.step}", data.step)
    return f"đã ghi bước «{step}»" + (f" kèm {_list(with_)}" if with_ else "")


def _overruled(data: ev.ItemOverruled, names: Names) -> str:
    return f"đã làm tiếp dù có cảnh báo của {len(data.rules)} quy tắc, có nêu lý do"


def _plugin_loaded(data: ev.PluginLoaded, names: Names) -> str:
    return f"đã nạp lĩnh vực «{data.title}», bản {data.version} ({data.origin})"


def _plugin_enabled(data: ev.PluginEnabled, names: Names) -> str:
    return f"đã bật các quy tắc của «{data.plugin}»"


def _plugin_disabled(data: ev.PluginDisabled, names: Names) -> str:
    return f"đã tắt các quy tắc của «{data.plugin}»"


def _plugin_configured(data: ev.PluginConfigured, names: Names) -> str:
    return f"đã đặt «{data.figure}» của «{data.plugin}» là {data.value}, căn cứ: {data.source}"


def _setting_changed(data: ev.SettingChanged, names: Names) -> str:
    about = ABOUT.get(data.setting)
    return f"đã sửa thiết lập «{about.title if about else data.setting}», căn cứ: {data.source}"


def _adopted(data: ev.PlanAdopted, names: Names) -> str:
    number = f" số {data.number}" if data.number else ""
    issuer = f" của {data.issuer}" if data.issuer else ""
    leaves = sum(_leaves(area.tasks) for area in data.areas)
    return (
        f"đã đưa kế hoạch năm {data.year}{number}{issuer} «{data.title}» vào theo dõi: "
        f"{len(data.areas)} lĩnh vực, {leaves} nhiệm vụ, {len(data.targets)} chỉ tiêu, "
        f"{len(data.deadlines)} thời hạn báo cáo; năm kế hoạch kết thúc ngày {_day(data.closing_day)}"
    )


def _published(data: ev.WorkflowPublished, names: Names) -> str:
    title = data.definition.get("title", data.kind)
    return f"đã công bố quy trình «{title}» phiên bản {data.version} cho các công việc mới"


def _unit_added(data: ev.UnitAdded, names: Names) -> str:
    return _clauses(f"đã thêm đơn vị «{data.name}»", _aliases(data.aliases))


def _unit_changed(data: ev.UnitChanged, names: Names) -> str:
    if not data.active:
        return f"đã cho đơn vị «{data.name}» ngừng hoạt động"
    return _clauses(f"đã sửa thông tin đơn vị «{data.name}»", _aliases(data.aliases))


def _person_added(data: ev.PersonAdded, names: Names) -> str:
    unit = names.get(data.unit, data.unit) if data.unit else ""
    return _clauses(f"đã thêm {data.name} (tài khoản {data.person})", data.title or "", unit)


def _person_changed(data: ev.PersonChanged, names: Names) -> str:
    account = f"{data.name} (tài khoản {data.person})"
    if not data.active:
        return f"đã ngừng quyền sử dụng của {account}"
    unit = names.get(data.unit, data.unit) if data.unit else ""
    return _clauses(f"đã sửa thông tin của {account}", data.title or "", unit)


def _granted(data: ev.RoleGranted, names: Names) -> str:
    return f"đã giao vai trò {ROLES.get(data.role, data.role)} cho {names.get(data.person, data.person)}"


def _revoked(data: ev.RoleRevoked, names: Names) -> str:
    return f"đã thôi giao vai trò {ROLES.get(data.role, data.role)} cho {names.get(data.person, data.person)}"


def _log_opened(data: ev.LogOpened, names: Names) -> str:
    workspace = f"«{data.name}»" + (" (dùng thử)" if data.demo else "")
    return f"đã mở sổ nhật ký của không gian làm việc {workspace} với khóa niêm phong {_key(data.key)}"


def _key_rotated(data: ev.LogKeyRotated, names: Names) -> str:
    return f"đã đổi khóa niêm phong sang {_key(data.key)}, thay cho {_key(data.previous)}"


def _day(day: str) -> str:
    try:
        return day_words(date.fromisoformat(day))
    except ValueError:
        return day


def _by(decision: str | None) -> str:
    return f" theo {decision}" if decision else ""


def _every(cadence: str | None) -> str:
    known = cadence if cadence != "once" else None
    return f"định kỳ: {dict(CADENCE).get(known, known).lower()}" if known else ""


def _clauses(*clauses: str) -> str:
    return ", ".join(clause for clause in clauses if clause)


def _list(words: Iterable[str]) -> str:
    *first, last = list(words) or ["không ai"]
    return f"{', '.join(first)} và {last}" if first else last


def _files(evidence: tuple[ev.Evidence, ...]) -> list[str]:
    return [f"{len(evidence)} tệp minh chứng"] if evidence else []


def _leaves(tasks: tuple[ev.Task, ...]) -> int:
    return sum(task.leaf + _leaves(task.children) for task in tasks)


def _aliases(aliases: tuple[str, ...]) -> str:
    return f"tên gọi khác: {', '.join(aliases)}" if aliases else ""


def _key(vkey: str) -> str:
    """Return a C2SP verifier key without its last part, the 44 characters that only machines compare."""
    return "+".join(vkey.split("+")[:2])


DEEDS: dict[str, Callable[[Any, Names], str]] = {
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
    "plugin.loaded/1": _plugin_loaded,
    "plugin.enabled/1": _plugin_enabled,
    "plugin.disabled/1": _plugin_disabled,
    "plugin.configured/1": _plugin_configured,
    "plan.adopted/1": _adopted,
    "workflow.published/1": _published,
    "settings.changed/1": _setting_changed,
    "directory.unit_added/1": _unit_added,
    "directory.unit_changed/1": _unit_changed,
    "directory.person_added/1": _person_added,
    "directory.person_changed/1": _person_changed,
    "directory.role_granted/1": _granted,
    "directory.role_revoked/1": _revoked,
    "log.opened/1": _log_opened,
    "log.key_rotated/1": _key_rotated,
}
