"""The numbers that the rules and measures of the area rest on, each with its source."""

from functools import partial

from cchc_flow.hookspecs import Figure
from cchc_flow.plugin_kit import percent_figure

from .registers import PARTS

PLAN = "Kế hoạch CCHC năm 2026 của xã"
CUSTOM = "Thông lệ của xã"
_whole_figure = partial(Figure, whole=True)
FIGURES = (
    percent_figure(
        "initiative_share", "Đơn vị có sáng kiến hoặc giải pháp mới", "100", f"{PLAN}, chỉ tiêu 2"
    ),
    percent_figure("documents_cut", "Mức giảm văn bản hành chính", "15", f"{PLAN}, chỉ tiêu 3"),
    percent_figure(
        "meetings_cut", "Mức giảm cuộc họp, hội nghị", "10", f"{PLAN}, chỉ tiêu 3 (không nêu năm gốc)"
    ),
    percent_figure("sipas", "Mức độ hài lòng với cơ quan hành chính", "98", f"{PLAN}, chỉ tiêu 13"),
    percent_figure("health", "Mức độ hài lòng với dịch vụ y tế công lập", "90", f"{PLAN}, chỉ tiêu 13"),
    percent_figure(
        "education", "Mức độ hài lòng với dịch vụ giáo dục công lập", "90", f"{PLAN}, chỉ tiêu 13"
    ),
    _whole_figure(
        "dialogues", "Số cuộc đối thoại trong năm", "2", "cuộc", f"{PLAN}, chỉ tiêu 14", high="100"
    ),
    percent_figure("petition_share", "Kiến nghị được giải quyết", "100", f"{PLAN}, chỉ tiêu 14"),
    percent_figure("inspected_share", "Đơn vị được kiểm tra CCHC trong năm", "50", CUSTOM),
    _whole_figure(
        "rank_gain", "Số bậc tăng của Chỉ số CCHC", "5", "bậc", f"{PLAN}, mục tiêu chung", high="200"
    ),
    _whole_figure(
        "petition_days", "Thời hạn giải quyết một kiến nghị", "15", "ngày làm việc", CUSTOM, "1", "90"
    ),
    _whole_figure(
        "conclusion_days", "Thời hạn kết luận sau khi kiểm tra", "15", "ngày làm việc", CUSTOM, "1", "90"
    ),
    _whole_figure(
        "most_petitions", "Số kiến nghị nhiều nhất của một cuộc", "100", "kiến nghị", CUSTOM, "1", "500"
    ),
    *(
        Figure(
            f"weight_{key}",
            f"Trọng số PAR Index: {title}",
            "1",
            "phần",
            "Do xã quyết định; chưa có quyết định thì các nội dung ngang nhau",
            high="100",
        )
        for key, title in PARTS
    ),
)
