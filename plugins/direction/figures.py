"""The numbers that the rules and measures of the area rest on, each with its source."""

from functools import partial

from cchc_flow.hookspecs import Figure
from cchc_flow.plugin_kit import percent_figure

from .registers import PARTS

PLAN = "Kế hoạch CCHC năm 2026 của xã"
SET_BY_COMMUNE = "Chưa tìm được quy định; do xã quyết định"
CUSTOM = "Thông lệ của xã"
OWN_LIMIT = "Giới hạn của phần mềm, để không mở nhầm quá nhiều mục"
PROVINCES_INDEX = "Bộ chỉ số CCHC cấp xã do tỉnh quy định; chưa có của năm 2026, nên các nội dung ngang nhau"
_aim = partial(percent_figure, checked=False)
_count = partial(Figure, whole=True, checked=False)
FIGURES = (
    _aim("initiative_share", "Đơn vị có sáng kiến hoặc giải pháp mới", "100", f"{PLAN}, chỉ tiêu 2"),
    _aim("documents_cut", "Mức giảm văn bản hành chính", "15", f"{PLAN}, chỉ tiêu 3"),
    _aim("meetings_cut", "Mức giảm cuộc họp, hội nghị", "10", f"{PLAN}, chỉ tiêu 3 (không nêu năm gốc)"),
    _aim("sipas", "Mức độ hài lòng với cơ quan hành chính", "98", f"{PLAN}, chỉ tiêu 13"),
    _aim("health", "Mức độ hài lòng với dịch vụ y tế công lập", "90", f"{PLAN}, chỉ tiêu 13"),
    _aim("education", "Mức độ hài lòng với dịch vụ giáo dục công lập", "90", f"{PLAN}, chỉ tiêu 13"),
    _count("dialogues", "Số cuộc đối thoại trong năm", "2", "cuộc", f"{PLAN}, chỉ tiêu 14", high="100"),
    _aim("petition_share", "Kiến nghị được giải quyết", "100", f"{PLAN}, chỉ tiêu 14"),
    _aim("inspected_share", "Đơn vị được kiểm tra CCHC trong năm", "50", CUSTOM),
    _count("rank_gain", "Số bậc tăng của Chỉ số CCHC", "5", "bậc", f"{PLAN}, mục tiêu chung", high="200"),
    _count(
        "petition_days", "Thời hạn giải quyết một kiến nghị", "15", "ngày làm việc", SET_BY_COMMUNE, "1", "90"
    ),
    _count(
        "conclusion_days", "Thời hạn kết luận sau kiểm tra", "15", "ngày làm việc", SET_BY_COMMUNE, "1", "90"
    ),
    _count(
        "most_petitions", "Số kiến nghị nhiều nhất của một cuộc", "100", "kiến nghị", OWN_LIMIT, "1", "500"
    ),
    *(
        Figure(
            f"weight_{key}",
            f"Trọng số PAR Index: {title}",
            "1",
            "phần",
            PROVINCES_INDEX,
            high="100",
            checked=False,
        )
        for key, title in PARTS
    ),
)
