"""The rules on grades in plain words, each with its decree and the day from which it holds."""

from datetime import date
from functools import partial

from cchc_flow.hookspecs import Rule

from .grade_figures import DECREE, UNITS

_rule = partial(Rule, source=DECREE, since=date(2026, 1, 1), checked=True)
_unit_rule = partial(Rule, source=UNITS, since=date(2026, 7, 1), checked=True)
GRADE_RULES = (
    Rule(
        "grade",
        "Xếp loại không cao hơn mức mà điểm đạt; thấp hơn thì cảnh báo. Mức ở đây là của quyết định xếp loại;"
        " trang «Chấm điểm» theo mức ở Thiết lập, «Chấm điểm»: sửa một nơi thì sửa cả nơi kia.",
        source=DECREE,
        checked=True,
        figures=("excellent", "good", "done"),
    ),
    _rule("points", "Điểm tiêu chí chung không quá mức.", figures=("general_most",)),
    Rule("correction", "Sửa điểm đã chấm phải có lý do."),
    Rule(
        "entitled",
        "Điểm của người giữ chức vụ lãnh đạo, quản lý ghi ở bước riêng, do lãnh đạo UBND chấm; thủ trưởng đơn"
        " vị chấm những người khác trong đơn vị. Trường hợp của lãnh đạo không ghi cho người khác.",
    ),
    _rule(
        "general",
        "Có điểm tiêu chí chung mới xếp loại; phần còn lại của tổng điểm không quá điểm kết quả.",
        figures=("results_most",),
    ),
    _rule(
        "failing",
        "Bị kỷ luật trong năm vì vi phạm liên quan đến công vụ, có kết luận suy thoái, hoặc đơn vị phụ trách"
        " có tham ô, tham nhũng, lãng phí thì không hoàn thành, dù bao nhiêu điểm.",
    ),
    Rule(
        "disciplined",
        "Trước năm 2026: người bị kỷ luật trong năm mà xếp loại tốt trở lên thì cảnh báo.",
        until=date(2025, 12, 31),
    ),
    _rule(
        "share",
        "Số xuất sắc vượt tỷ lệ so với số hoàn thành tốt trong cùng đơn vị, nhóm nhiệm vụ thì cảnh báo.",
        figures=("best", "best_outstanding"),
    ),
    _rule("head", "Người đứng đầu không xếp loại cao hơn đơn vị; đơn vị chưa xếp loại thì cảnh báo."),
    Rule("counts", "Số nhiệm vụ xong không vượt số được giao, số chậm không vượt số xong."),
    _unit_rule(
        "unit",
        "Đơn vị sự nghiệp xong dưới mức thì không hoàn thành; chưa xong hết, chậm quá mức thì cảnh báo.",
        figures=("unit_failed", "unit_late"),
    ),
    _unit_rule(
        "calendar", "Xếp loại năm sau ngày nghị định nêu thì cảnh báo.", figures=("people_day", "units_day")
    ),
)
