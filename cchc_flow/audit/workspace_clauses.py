"""Vietnamese clauses about all events but those of items, as the rest of a sentence after who acted."""

from collections.abc import Callable
from typing import Any

from cchc_flow.audit.phrases import day_phrase, join_clauses, moment_phrase
from cchc_flow.audit.plugin_clauses import PLUGIN_CLAUSES
from cchc_flow.audit.province_clauses import PROVINCE_CLAUSES
from cchc_flow.audit.words import Names
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workflow.settings.values import ABOUT
from cchc_flow.workflow.shares import format_number


def _describe_adopted(data: ev.PlanAdopted, names: Names) -> str:
    number = f" số {data.number}" if data.number else ""
    issuer = f" của {data.issuer}" if data.issuer else ""
    tasks = sum(area.tasks for area in data.areas)
    return (
        f"đã đưa kế hoạch năm {data.year}{number}{issuer} «{data.title}» vào theo dõi: "
        f"{len(data.areas)} lĩnh vực, {tasks} nhiệm vụ, {len(data.targets)} chỉ tiêu, "
        f"{len(data.deadlines)} thời hạn báo cáo; năm kế hoạch kết thúc ngày {day_phrase(data.closing_day)}"
    )


def _describe_area(data: ev.PlanAreaAdopted, names: Names) -> str:
    area, refs = data.area, [task.ref for task in data.area.tasks]
    extent = f"các mục {refs[0]} đến {refs[-1]}" if len(refs) > 1 else f"mục {''.join(refs)}"
    return (
        f"đã đưa lĩnh vực {area.code} «{area.title}» của kế hoạch năm {data.plan} vào theo dõi, gồm {extent}"
    )


def _describe_corrected_reading(data: ev.PlanReadingCorrected, names: Names) -> str:
    return (
        f"đã chỉnh hoặc xác nhận cách đọc {len(data.corrections)} đoạn"
        f" của văn bản kế hoạch năm {data.plan} khi nhập"
    )


def _describe_discarded_learning(data: ev.PlanLearningDiscarded, names: Names) -> str:
    return (
        f"đã bỏ những gì hệ thống học được từ {data.corrections} đoạn đã chỉnh;"
        " kế hoạch lại được đọc như lúc mới cài đặt"
    )


def _describe_published(data: ev.WorkflowPublished, names: Names) -> str:
    title = data.definition.get("title", data.kind)
    return f"đã công bố quy trình «{title}» phiên bản {data.version} cho các công việc mới"


def _describe_setting_changed(data: ev.SettingChanged, names: Names) -> str:
    setting = ABOUT.get(data.setting)
    return f"đã sửa thiết lập «{setting.title if setting else data.setting}», căn cứ: {data.source}"


def _describe_unit_added(data: ev.UnitAdded, names: Names) -> str:
    return join_clauses(f"đã thêm đơn vị «{data.name}»", _alias_clause(data.aliases))


def _describe_unit_changed(data: ev.UnitChanged, names: Names) -> str:
    if not data.active:
        return f"đã cho đơn vị «{data.name}» ngừng hoạt động"
    return join_clauses(f"đã sửa thông tin đơn vị «{data.name}»", _alias_clause(data.aliases))


def _describe_person_added(data: ev.PersonAdded, names: Names) -> str:
    unit = names.get(data.unit, data.unit) if data.unit else ""
    return join_clauses(f"đã thêm {data.name} (tài khoản {data.person})", data.title or "", unit)


def _describe_person_changed(data: ev.PersonChanged, names: Names) -> str:
    account = f"{data.name} (tài khoản {data.person})"
    if not data.active:
        return f"đã ngừng quyền sử dụng của {account}"
    unit = names.get(data.unit, data.unit) if data.unit else ""
    return join_clauses(f"đã sửa thông tin của {account}", data.title or "", unit)


def _describe_granted(data: ev.RoleGranted, names: Names) -> str:
    return f"đã giao vai trò {ROLES.get(data.role, data.role)} cho {names.get(data.person, data.person)}"


def _describe_revoked(data: ev.RoleRevoked, names: Names) -> str:
    return f"đã thôi giao vai trò {ROLES.get(data.role, data.role)} cho {names.get(data.person, data.person)}"


def _describe_absence(data: ev.AbsenceSet, names: Names) -> str:
    days = f"từ {day_phrase(data.since)} đến hết {day_phrase(data.until)}"
    person = names.get(data.person, data.person)
    stand_in = f"{names.get(data.stand_in, data.stand_in)} làm thay" if data.stand_in else ""
    return join_clauses(f"đã ghi {person} vắng mặt {days}", stand_in)


def _describe_absence_ended(data: ev.AbsenceEnded, names: Names) -> str:
    return f"đã ghi {names.get(data.person, data.person)} không còn vắng mặt"


def _describe_log_opened(data: ev.LogOpened, names: Names) -> str:
    workspace = f"«{data.name}»" + (" (dùng thử)" if data.demo else "")
    return f"đã mở sổ nhật ký của không gian làm việc {workspace} với khóa niêm phong {_short_key(data.key)}"


def _describe_key_rotated(data: ev.LogKeyRotated, names: Names) -> str:
    return f"đã đổi khóa niêm phong sang {_short_key(data.key)}, thay cho {_short_key(data.previous)}"


def _describe_migrated(data: ev.LogMigrated, names: Names) -> str:
    return f"đã đổi cấu trúc bảng của sổ nhật ký từ {data.from_[:12]}… sang {data.to[:12]}…"


def _describe_erased(data: ev.ContentErased, names: Names) -> str:
    basis = f"theo {data.legal_basis}" if data.legal_basis else ""
    decision = f"theo quyết định {data.decision}" if data.decision else ""
    return join_clauses(f"đã xóa nội dung {data.digest[:12]}… khỏi kho", basis, decision, "có nêu lý do")


def _describe_rollback_accepted(data: ev.LogRollbackAccepted, names: Names) -> str:
    return (
        f"đã nhận dùng tiếp nhật ký có {format_number(data.size)} sự kiện (mã gốc {data.root}), dù máy này"
        f" đã thấy {format_number(data.seen_size)} sự kiện (mã gốc {data.seen_root}), sự kiện cuối ghi lúc"
        f" {moment_phrase(data.seen_time)}"
    )


def _describe_signed_in(data: ev.SignedIn, names: Names) -> str:
    return f"đã đăng nhập (phiên {data.session})"


def _describe_signed_out(data: ev.SignedOut, names: Names) -> str:
    return f"đã đăng xuất (phiên {data.session})"


def _describe_sessions_ended(data: ev.SessionsEnded, names: Names) -> str:
    count = len(data.sessions)
    which = f"phiên {data.sessions[0]}" if count == 1 else f"{count} phiên"
    return f"đã kết thúc {which} đăng nhập của {names.get(data.person, data.person)}"


def _describe_password_set(data: ev.PasswordSet, names: Names) -> str:
    person = names.get(data.person, data.person)
    if data.temporary:
        return f"đã cấp mật khẩu tạm {'đầu tiên' if data.first else 'mới'} cho {person}"
    return f"đã đặt mật khẩu {'đầu tiên' if data.first else 'mới'} cho tài khoản {data.person}"


def _describe_refused(data: ev.SignInRefused, names: Names) -> str:
    person = names.get(data.person, data.person)
    since = moment_phrase(data.since)
    return f"đã ghi nhận {data.count} lần nhập sai mật khẩu của {person} trong một giờ, từ {since}"


def _describe_locked(data: ev.AccountLocked, names: Names) -> str:
    person = names.get(data.person, data.person)
    until = moment_phrase(data.until)
    return f"đã tạm khóa đăng nhập của {person} từ nơi nhập sai mật khẩu quá nhiều lần, đến {until}"


def _describe_unknown_refused(data: ev.UnknownRefused, names: Names) -> str:
    return f"đã ghi nhận {data.count} lần đăng nhập bằng tên không có trong ngày {day_phrase(data.day)}"


def _describe_feed_used(data: ev.FeedUsed, names: Names) -> str:
    person = names.get(data.person, data.person)
    return f"đã đưa lịch cá nhân của {person} cho phần mềm lịch, lần đầu trong ngày {day_phrase(data.day)}"


CLOCK_REASONS = {
    "ahead": "chạy trước lần ghi gần nhất hơn 30 ngày",
    "behind": "chạy sau lần ghi gần nhất",
    "jumped": "bị chỉnh trong khi chương trình chạy",
    "elsewhere": "một chương trình khác trên máy nghi nó sai",
}


def _describe_clock_confirmed(data: ev.LogClockConfirmed, names: Names) -> str:
    reason = CLOCK_REASONS.get(data.reason, data.reason)
    return f"đã xác nhận đồng hồ máy chủ là đúng, dù {reason} (lần ghi trước: {moment_phrase(data.previous)})"


def _describe_reads_closed(data: ev.LogReadsClosed, names: Names) -> str:
    return (
        f"đã khóa sổ lượt xem tháng {_month(data.month)}: {format_number(data.size)} lượt, mã gốc"
        f" {data.root[:12]}…"
    )


def _describe_reads_deleted(data: ev.LogReadsDeleted, names: Names) -> str:
    return (
        f"đã xóa sổ lượt xem tháng {_month(data.month)} ({format_number(data.size)} lượt, mã gốc"
        f" {data.root[:12]}…), vì sổ chỉ giữ {data.keep_months} tháng theo thiết lập"
    )


def _month(month: str) -> str:
    return f"{month[5:]}/{month[:4]}"


def _alias_clause(aliases: tuple[str, ...]) -> str:
    """Return the other names of a unit, empty without any."""
    return f"tên gọi khác: {', '.join(aliases)}" if aliases else ""


def _short_key(vkey: str) -> str:
    """Return a verifier key as name and key id, without the public key itself."""
    return "+".join(vkey.split("+")[:2])


WORKSPACE_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    **PLUGIN_CLAUSES,
    **PROVINCE_CLAUSES,
    ev.PlanAdopted: _describe_adopted,
    ev.PlanAreaAdopted: _describe_area,
    ev.PlanReadingCorrected: _describe_corrected_reading,
    ev.PlanLearningDiscarded: _describe_discarded_learning,
    ev.WorkflowPublished: _describe_published,
    ev.SettingChanged: _describe_setting_changed,
    ev.UnitAdded: _describe_unit_added,
    ev.UnitChanged: _describe_unit_changed,
    ev.PersonAdded: _describe_person_added,
    ev.PersonChanged: _describe_person_changed,
    ev.RoleGranted: _describe_granted,
    ev.RoleRevoked: _describe_revoked,
    ev.AbsenceSet: _describe_absence,
    ev.AbsenceEnded: _describe_absence_ended,
    ev.ContentErased: _describe_erased,
    ev.LogOpened: _describe_log_opened,
    ev.LogKeyRotated: _describe_key_rotated,
    ev.LogRollbackAccepted: _describe_rollback_accepted,
    ev.LogClockConfirmed: _describe_clock_confirmed,
    ev.LogMigrated: _describe_migrated,
    ev.LogReadsClosed: _describe_reads_closed,
    ev.LogReadsDeleted: _describe_reads_deleted,
    ev.SignedIn: _describe_signed_in,
    ev.SignedOut: _describe_signed_out,
    ev.SessionsEnded: _describe_sessions_ended,
    ev.PasswordSet: _describe_password_set,
    ev.SignInRefused: _describe_refused,
    ev.AccountLocked: _describe_locked,
    ev.UnknownRefused: _describe_unknown_refused,
    ev.FeedUsed: _describe_feed_used,
}
