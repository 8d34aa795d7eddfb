"""The flags of events in words: what an inspector looks out for, each with its rule."""

import msgspec


class Flag(msgspec.Struct, frozen=True):
    """A flag as the filters call it, and the rule by which an event has it."""

    title: str
    rule: str


FLAGS = {
    "late": Flag("Nộp sau hạn", "kết quả nộp sau ngày đến hạn đang ghi (chưa tính dời hạn vì ngày nghỉ)"),
    "due_moved": Flag("Đổi hạn", "hạn của công việc đã có, sau sự kiện này là một ngày khác"),
    "due_passed": Flag(
        "Xin, cho gia hạn khi đã quá hạn", "xin gia hạn, đồng ý gia hạn hoặc đặt hạn khi hạn cũ đã qua"
    ),
    "returned": Flag("Trả lại", "kết quả hoặc nhiệm vụ bị trả lại"),
    "reopened": Flag("Mở lại", "công việc đã hoàn thành được mở lại"),
    "undone": Flag("Hoàn tác", "sự kiện bị hoàn tác, và sự kiện hoàn tác nó"),
    "overruled": Flag("Làm tiếp dù có cảnh báo", "quy tắc của lĩnh vực cảnh báo mà vẫn làm tiếp, có lý do"),
    "corrected": Flag("Sửa số liệu", "số liệu chỉ tiêu đã ghi được sửa"),
    "backdated": Flag("Ghi muộn", "ghi vào nhật ký hơn một giờ sau thời điểm ra lệnh"),
    "terminal": Flag("Qua dòng lệnh", "thao tác từ dòng lệnh của máy chủ"),
    "table": Flag("Nhập từ bảng", "nhiều mục nhập một lần từ bảng"),
    "admin": Flag("Quản trị thao tác công việc", "người dùng vai trò quản trị để thao tác trên công việc"),
    "after_reset": Flag(
        "Sau khi bị đặt lại mật khẩu",
        "trong 30 ngày trước đó người khác đã đặt lại mật khẩu của tài khoản này",
    ),
    "rights": Flag("Đổi quyền", "giao, thôi vai trò; sửa hoặc khóa tài khoản"),
    "rules": Flag("Đổi quy tắc", "bật, tắt, thiếu, sửa số liệu lĩnh vực; sửa thiết lập; công bố quy trình"),
    "erased": Flag("Có nội dung đã xóa", "sự kiện xóa nội dung, và sự kiện mà nội dung kèm theo đã bị xóa"),
}
"""By the name in the index (`projections.trail_items.FLAGS`), in the order in which they are shown."""
