"""Short Vietnamese names of event types, actors and plugin origins."""

from collections.abc import Mapping

from cchc_flow.workflow import events as ev
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
    "system:province": "Hệ thống (thay mặt tỉnh)",
}
TYPE_TITLES: dict[type[ev.Data], str] = {
    ev.ItemOpened: "Lập công việc",
    ev.ItemAssigned: "Giao việc",
    ev.ItemStarted: "Nhận việc",
    ev.ItemDeclined: "Trả lại nhiệm vụ",
    ev.ItemProgressReported: "Báo cáo tiến độ",
    ev.ItemSubmitted: "Nộp kết quả",
    ev.ItemWithdrawn: "Rút lại kết quả",
    ev.ItemReturned: "Trả lại kết quả",
    ev.ItemApproved: "Duyệt kết quả",
    ev.ItemClosed: "Hoàn thành",
    ev.ItemReopened: "Mở lại công việc",
    ev.ItemCommented: "Trao đổi",
    ev.ItemUndone: "Hoàn tác",
    ev.ItemDistributed: "Giao nhiều đơn vị, nhiều kỳ",
    ev.ItemFollowed: "Theo các phần việc",
    ev.ItemExtensionRequested: "Xin gia hạn",
    ev.ItemExtensionGranted: "Đồng ý gia hạn",
    ev.ItemExtensionRefused: "Từ chối gia hạn",
    ev.ItemDueSet: "Đặt hạn",
    ev.ItemSuspended: "Tạm dừng",
    ev.ItemResumed: "Tiếp tục sau tạm dừng",
    ev.ItemCancelled: "Hủy công việc",
    ev.ItemExcused: "Miễn phần việc",
    ev.ItemHandedOver: "Chuyển xử lý",
    ev.ItemSupportChanged: "Đổi đơn vị phối hợp",
    ev.ItemDelegated: "Giao cho công chức",
    ev.ItemRecalled: "Lấy lại việc",
    ev.ItemReminded: "Đôn đốc",
    ev.ItemWeighted: "Quy đổi sản phẩm",
    ev.ItemWorkflowChanged: "Chuyển phiên bản quy trình",
    ev.ItemAdvanced: "Ghi bước của sổ theo dõi",
    ev.ItemOverruled: "Làm tiếp dù có cảnh báo",
    ev.ItemReported: "Ghi nội dung báo cáo",
    ev.ItemRemarked: "Nhận xét báo cáo",
    ev.PlanAdopted: "Đưa kế hoạch vào theo dõi",
    ev.PlanAreaAdopted: "Đưa lĩnh vực của kế hoạch vào theo dõi",
    ev.PlanReadingCorrected: "Chỉnh cách đọc văn bản kế hoạch",
    ev.PlanLearningDiscarded: "Bỏ những gì đã học khi đọc kế hoạch",
    ev.PlanTemplateReceived: "Nhận kế hoạch mẫu của tỉnh",
    ev.PlanTemplatePutAside: "Để riêng kế hoạch mẫu của tỉnh",
    ev.TargetSet: "Phân công chỉ tiêu",
    ev.TargetMeasured: "Ghi số liệu chỉ tiêu",
    ev.TargetCorrected: "Sửa số liệu chỉ tiêu",
    ev.WorkflowPublished: "Công bố quy trình",
    ev.SettingChanged: "Sửa thiết lập",
    ev.PluginLoaded: "Nạp lĩnh vực",
    ev.PluginMissing: "Thiếu lĩnh vực",
    ev.PluginEnabled: "Bật lĩnh vực",
    ev.PluginDisabled: "Tắt lĩnh vực",
    ev.PluginConfigured: "Sửa số liệu của lĩnh vực",
    ev.UnitAdded: "Thêm đơn vị",
    ev.UnitChanged: "Sửa đơn vị",
    ev.PersonAdded: "Thêm người",
    ev.PersonChanged: "Sửa thông tin người",
    ev.RoleGranted: "Giao vai trò",
    ev.RoleRevoked: "Thôi vai trò",
    ev.AbsenceSet: "Ghi vắng mặt",
    ev.AbsenceEnded: "Thôi vắng mặt",
    ev.ReportEdited: "Soạn báo cáo của xã",
    ev.ReportIssued: "Ban hành báo cáo của xã",
    ev.ReportSent: "Gửi báo cáo của xã",
    ev.ReportRecalled: "Thu hồi báo cáo của xã",
    ev.ReportSigned: "Ký số báo cáo của xã",
    ev.DocumentNumbered: "Cấp số văn bản",
    ev.DocumentRecalled: "Thu hồi văn bản",
    ev.SamplePlanned: "Lập cách chọn mẫu",
    ev.SampleDrawn: "Rút mẫu",
    ev.ContentErased: "Xóa nội dung trong kho",
    ev.LogOpened: "Mở sổ nhật ký",
    ev.LogKeyRotated: "Đổi khóa niêm phong",
    ev.LogRollbackAccepted: "Nhận nhật ký bị lùi lại",
    ev.LogClockConfirmed: "Xác nhận đồng hồ máy chủ",
    ev.LogMigrated: "Đổi cấu trúc bảng của nhật ký",
    ev.LogExported: "Tải nhật ký về",
    ev.LogReadsClosed: "Khóa sổ lượt xem",
    ev.LogReadsDeleted: "Xóa sổ lượt xem hết hạn giữ",
    ev.SignedIn: "Đăng nhập",
    ev.SignedOut: "Đăng xuất",
    ev.SessionsEnded: "Kết thúc phiên đăng nhập",
    ev.PasswordSet: "Đặt mật khẩu",
    ev.SignInRefused: "Đăng nhập sai",
    ev.AccountLocked: "Tạm khóa đăng nhập",
    ev.UnknownRefused: "Đăng nhập bằng tên không có",
    ev.FeedUsed: "Đọc lịch cá nhân",
    ev.ProvinceFounded: "Lập không gian của tỉnh",
    ev.CommuneListed: "Tỉnh ghi xã vào danh sách",
    ev.CommuneUnlisted: "Tỉnh bỏ xã khỏi danh sách",
    ev.ProvinceJoined: "Tham gia tỉnh",
    ev.ProvinceLeft: "Rời tỉnh",
    ev.ProvinceVisited: "Người của tỉnh vào xem",
    ev.ProvinceTemplateIssued: "Ban hành kế hoạch mẫu",
    ev.ProvinceTemplateGiven: "Giao kế hoạch mẫu cho xã",
}


def event_type_title(event_type: str) -> str:
    """Return the short name of an event type; an unknown type comes back as it is."""
    cls = ev.CLASSES.get(newest_name(event_type))
    return TYPE_TITLES[cls] if cls else event_type


def actor_name(actor: str, names: Names) -> str:
    """Return the name of the person, or of the part of the system, that caused an event."""
    if actor in SYSTEM_ACTORS:
        return SYSTEM_ACTORS[actor]
    if actor.startswith(PLUGIN):
        plugin = actor.removeprefix(PLUGIN)
        return f"Hệ thống (theo quy tắc của lĩnh vực «{names.get(f'plugin:{plugin}', plugin)}»)"
    if actor.startswith(SYSTEM):
        return f"Hệ thống (tài khoản máy chủ «{actor.removeprefix(SYSTEM)}»)"
    return names.get(actor, actor)


def plugin_origin(origin: str) -> str:
    """Return in words where a plugin came from: delivered with the program, or from a package."""
    return "đi kèm chương trình" if origin == BUILT_IN else f"từ gói {origin}"
