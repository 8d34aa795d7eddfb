"""Short Vietnamese names of event types, actors and plugin origins."""

from collections.abc import Mapping

from cchc_flow.workflow.policy import BUILT_IN, PLUGIN
from cchc_flow.workflow.upcast import newest_name

Names = Mapping[str, str]

SYSTEM = "system:"
SYSTEM_ACTORS = {
    "system": "Hệ thống",
    "system:import": "Hệ thống (nhập kế hoạch)",
    "system:setup": "Hệ thống (cài đặt ban đầu)",
    "system:demo": "Hệ thống (dữ liệu dùng thử)",
    "system:remind": "Hệ thống (nhắc hạn)",
    "system:clock": "Hệ thống (theo lịch)",
}
TYPE_TITLES = {
    "item.opened/2": "Lập công việc",
    "item.assigned/1": "Giao việc",
    "item.started/1": "Nhận việc",
    "item.declined/1": "Trả lại nhiệm vụ",
    "item.progress_reported/1": "Báo cáo tiến độ",
    "item.submitted/1": "Nộp kết quả",
    "item.withdrawn/1": "Rút lại kết quả",
    "item.returned/1": "Trả lại kết quả",
    "item.approved/1": "Duyệt kết quả",
    "item.closed/1": "Hoàn thành",
    "item.reopened/1": "Mở lại công việc",
    "item.commented/1": "Trao đổi",
    "item.undone/1": "Hoàn tác",
    "item.distributed/1": "Giao nhiều đơn vị, nhiều kỳ",
    "item.followed/1": "Theo các phần việc",
    "item.extension_requested/1": "Xin gia hạn",
    "item.extension_granted/1": "Đồng ý gia hạn",
    "item.extension_refused/1": "Từ chối gia hạn",
    "item.suspended/1": "Tạm dừng",
    "item.resumed/1": "Tiếp tục sau tạm dừng",
    "item.cancelled/1": "Hủy công việc",
    "item.excused/1": "Miễn phần việc",
    "item.handed_over/1": "Chuyển xử lý",
    "item.reminded/1": "Đôn đốc",
    "item.workflow_changed/1": "Chuyển phiên bản quy trình",
    "item.advanced/1": "Ghi bước của sổ theo dõi",
    "item.overruled/1": "Làm tiếp dù có cảnh báo",
    "plan.adopted/1": "Đưa kế hoạch vào theo dõi",
    "workflow.published/1": "Công bố quy trình",
    "settings.changed/1": "Sửa thiết lập",
    "plugin.loaded/1": "Nạp lĩnh vực",
    "plugin.enabled/1": "Bật lĩnh vực",
    "plugin.disabled/1": "Tắt lĩnh vực",
    "plugin.configured/1": "Sửa số liệu của lĩnh vực",
    "directory.unit_added/1": "Thêm đơn vị",
    "directory.unit_changed/1": "Sửa đơn vị",
    "directory.person_added/1": "Thêm người",
    "directory.person_changed/1": "Sửa thông tin người",
    "directory.role_granted/1": "Giao vai trò",
    "directory.role_revoked/1": "Thôi vai trò",
    "log.opened/1": "Mở sổ nhật ký",
    "log.key_rotated/1": "Đổi khóa niêm phong",
}


def event_type_title(event_type: str) -> str:
    """Return the short name of an event type; an unknown type comes back as it is."""
    return TYPE_TITLES.get(newest_name(event_type), event_type)


def actor_name(actor: str, names: Names) -> str:
    """Return the name of the person, or of the part of the system, that caused an event."""
    if actor in SYSTEM_ACTORS:
        return SYSTEM_ACTORS[actor]
    if actor.startswith(PLUGIN):
        return "Hệ thống (theo quy tắc của lĩnh vực)"
    if actor.startswith(SYSTEM):
        return f"Hệ thống (tài khoản máy chủ «{actor.removeprefix(SYSTEM)}»)"
    return names.get(actor, actor)


def plugin_origin(origin: str) -> str:
    """Return in words where a plugin came from: delivered with the program, or from a package."""
    return "đi kèm chương trình" if origin == BUILT_IN else f"từ gói {origin}"
