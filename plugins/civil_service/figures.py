"""The figures of the area: days, years and thresholds, each with its source."""

from functools import partial

from cchc_flow.hookspecs import Figure

CUSTOM = "Do xã quyết định, theo quy định về chuyển đổi vị trí công tác"
DECREE = "Nghị định 335/2025/NĐ-CP"
_whole = partial(Figure, whole=True)
FIGURES = (
    _whole("notice_days", "Thông báo trước khi chuyển đổi", "30", "ngày", CUSTOM, low="1", high="120"),
    _whole("shortest_years", "Giữ vị trí ít nhất", "2", "năm", CUSTOM, low="1", high="10"),
    _whole("longest_years", "Giữ vị trí nhiều nhất", "5", "năm", CUSTOM, low="1", high="15"),
    _whole("retiring_months", "Sắp nghỉ hưu là còn không quá", "18", "tháng", CUSTOM, low="1", high="60"),
    Figure("excellent", "Hoàn thành xuất sắc nhiệm vụ, từ", "90", "điểm", DECREE, high="100"),
    Figure("good", "Hoàn thành tốt nhiệm vụ, từ", "70", "điểm", DECREE, high="100"),
    Figure("done", "Hoàn thành nhiệm vụ, từ", "50", "điểm", DECREE, high="100"),
    _whole("discipline_days", "Xem xét kỷ luật trong", "90", "ngày", "Thông lệ của xã", low="1", high="365"),
)
