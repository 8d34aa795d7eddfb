"""The figures of the area: days, thresholds and weights, each with its source and its first day."""

from datetime import date
from functools import partial

from cchc_flow.hookspecs import Edition, Figure

from .score_groups import PART_TITLES, SIX, SIX_SINCE

APOLOGY_DECREE = "Nghị định 118/2025/NĐ-CP, sửa đổi bởi Nghị định 367/2025/NĐ-CP"
APOLOGY_CUSTOM = f"Chưa tìm được quy định; căn cứ chung là {APOLOGY_DECREE}"
FEEDBACK_DECISION = "Quyết định 29/2026/QĐ-TTg"
PUBLISHING_DECREE = "Nghị định 63/2010/NĐ-CP, Điều 24"
BY_766 = "Quyết định 766/QĐ-TTg ngày 23/06/2022"
SIX_GROUPS = f"{BY_766}, sáu nhóm của Cổng Dịch vụ công quốc gia"
SIX_GROUPS_HERE = f"{SIX_GROUPS}; phần mềm tính theo sáu nhóm từ ngày 01/11/2026"
FIVE_GROUPS = f"{BY_766}, năm nhóm, cho các kỳ kết thúc trước ngày 01/11/2026"
PARTS = f"{BY_766}, điểm từng nội dung theo một nguồn thứ cấp"
WORKING_DAYS, PERCENT, MARKS = "ngày làm việc", "%", "điểm"
_whole = partial(Figure, whole=True, checked=False)
_feedback = partial(_whole, source=FEEDBACK_DECISION, low="1", since=date(2026, 7, 20))
_weight = partial(Figure, unit=MARKS, source=SIX_GROUPS, low="1", high="100", checked=True)
_full = partial(Figure, unit=PERCENT, source=PARTS, low="1", high="100", checked=False)


def _part_figures() -> list[Figure]:
    """Return the weight of each part of the six groups."""
    return [
        Figure(
            f"part_{pair}",
            f"{title}: {PART_TITLES[pair][:1].lower()}{PART_TITLES[pair][1:]}",
            weight,
            MARKS,
            PARTS,
            low="0.1",
            high="100",
            checked=False,
        )
        for _, title, parts in SIX
        for pair, _, weight in parts
    ]


FIGURES = [
    _feedback("refuse_days", "PAKN: hạn từ chối tiếp nhận", "2", WORKING_DAYS, high="60"),
    _feedback("supplement_days", "PAKN: hạn yêu cầu bổ sung", "5", WORKING_DAYS, high="60"),
    _feedback("answer_days", "PAKN: hạn trả lời", "15", WORKING_DAYS, high="120"),
    Figure(
        "publish_days",
        "Hạn công khai thủ tục sau quyết định công bố",
        "5",
        WORKING_DAYS,
        PUBLISHING_DECREE,
        "1",
        "60",
        whole=True,
        checked=True,
    ),
    _whole("apology_days", "Gửi văn bản xin lỗi trước ngày hẹn cũ", "1", "ngày", APOLOGY_CUSTOM, high="30"),
    _whole(
        "most_reappointments",
        "Số lần hẹn lại nhiều nhất của một hồ sơ",
        "1",
        "lần",
        APOLOGY_CUSTOM,
        high="10",
    ),
    _whole("most_supplements", "Số lần yêu cầu bổ sung nhiều nhất", "1", "lần", PARTS, high="10"),
    _weight("weight_public", "QĐ 766: điểm công khai, minh bạch", "18"),
    _weight("weight_progress", "QĐ 766: điểm tiến độ giải quyết", "20"),
    _weight(
        "weight_online",
        "QĐ 766: điểm dịch vụ công trực tuyến",
        "12",
        source=SIX_GROUPS_HERE,
        since=SIX_SINCE,
        editions=(Edition("22", FIVE_GROUPS, checked=False),),
    ),
    _weight(
        "weight_payment",
        "QĐ 766: điểm thanh toán trực tuyến",
        "10",
        source=SIX_GROUPS_HERE,
        since=SIX_SINCE,
    ),
    _weight("weight_satisfaction", "QĐ 766: điểm mức độ hài lòng", "18"),
    _weight("weight_digital", "QĐ 766: điểm số hóa hồ sơ", "22"),
    *_part_figures(),
    _full("full_public", "Đạt điểm tối đa: công khai, đồng bộ từ", "100"),
    _full("full_progress", "Đạt điểm tối đa: đúng hạn từ", "100"),
    _full("full_digital", "Đạt điểm tối đa: số hóa từ", "80"),
    _full("full_reuse", "Đạt điểm tối đa: sử dụng lại từ", "80"),
    _full("full_online", "Đạt điểm tối đa: nộp trực tuyến từ", "50"),
    _full("full_satisfaction", "Đạt điểm tối đa: hài lòng từ", "90"),
    _full("full_provided", "Đạt điểm tối đa: cung cấp dịch vụ công trực tuyến từ", "80"),
    _full("full_payable", "Đạt điểm tối đa: thủ tục thanh toán trực tuyến từ", "80"),
    _full("full_other", "Đạt điểm tối đa: các nội dung khác từ", "100"),
]
