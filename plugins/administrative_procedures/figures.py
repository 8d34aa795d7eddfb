"""The figures of the area: days, thresholds and weights, each with its source."""

from functools import partial

from cchc_flow.hookspecs import Figure

CUSTOM = "Thông lệ của xã khi giải quyết thủ tục hành chính; do xã quyết định"
BY_766 = "Quyết định 766"
WORKING_DAYS, PERCENT, MARKS = "ngày làm việc", "%", "điểm"
_whole = partial(Figure, whole=True)

FIGURES = [
    _whole("refuse_days", "PAKN: hạn từ chối tiếp nhận", "2", WORKING_DAYS, CUSTOM, low="1", high="60"),
    _whole("supplement_days", "PAKN: hạn yêu cầu bổ sung", "5", WORKING_DAYS, CUSTOM, low="1", high="60"),
    _whole("answer_days", "PAKN: hạn trả lời", "15", WORKING_DAYS, CUSTOM, low="1", high="120"),
    _whole("publish_days", "Hạn công khai thủ tục sau khi công bố", "5", WORKING_DAYS, CUSTOM, "1", "60"),
    _whole("apology_days", "Gửi phiếu xin lỗi trước ngày hẹn cũ", "1", "ngày", CUSTOM, high="30"),
    _whole("most_reappointments", "Số lần hẹn lại nhiều nhất của một hồ sơ", "1", "lần", CUSTOM, high="10"),
    _whole("most_supplements", "Số lần yêu cầu bổ sung nhiều nhất", "1", "lần", CUSTOM, high="10"),
    Figure("weight_public", "QĐ 766: điểm công khai, minh bạch", "18", MARKS, BY_766, high="100"),
    Figure("weight_progress", "QĐ 766: điểm tiến độ giải quyết", "20", MARKS, BY_766, high="100"),
    Figure("weight_digital", "QĐ 766: điểm số hóa hồ sơ", "22", MARKS, BY_766, high="100"),
    Figure("weight_online", "QĐ 766: điểm dịch vụ trực tuyến", "22", MARKS, BY_766, high="100"),
    Figure("weight_satisfaction", "QĐ 766: điểm mức độ hài lòng", "18", MARKS, BY_766, high="100"),
    Figure("full_public", "Đạt điểm tối đa: công khai từ", "100", PERCENT, BY_766, low="1", high="100"),
    Figure("full_progress", "Đạt điểm tối đa: đúng hạn từ", "100", PERCENT, BY_766, low="1", high="100"),
    Figure("full_digital", "Đạt điểm tối đa: số hóa từ", "80", PERCENT, BY_766, low="1", high="100"),
    Figure("full_reuse", "Đạt điểm tối đa: sử dụng lại từ", "80", PERCENT, BY_766, low="1", high="100"),
    Figure("full_online", "Đạt điểm tối đa: nộp trực tuyến từ", "50", PERCENT, BY_766, low="1", high="100"),
    Figure("full_satisfaction", "Đạt điểm tối đa: hài lòng từ", "90", PERCENT, BY_766, low="1", high="100"),
]  # fmt: skip
