"""The figures of the area: days, years and thresholds, each with its source and its first day."""

from datetime import date
from functools import partial

from cchc_flow.hookspecs import Figure

from .grade_figures import GRADE_FIGURES
from .rotation_register import SECTORS

ROTATION_DECREE = "Nghị định 59/2019/NĐ-CP, quy định về chuyển đổi vị trí công tác"
DISCIPLINE_DECREE = "Nghị định 172/2025/NĐ-CP, thời hạn xử lý kỷ luật"
NO_BASIS = "Chưa có căn cứ trong quy định hiện hành; 0 là không nhắc, xã tự quyết định nếu cần"
ROTATION_SINCE, DISCIPLINE_SINCE = date(2019, 8, 15), date(2025, 7, 1)
YEARS = {
    "finance": ("2", "5"),
    "investment": ("3", "5"),
    "information": ("3", "5"),
    "inspection": ("3", "5"),
    "justice": ("5", "5"),
}
"""The least and the most years in a post of each sector that has years of its own."""
_whole = partial(Figure, whole=True)
_rotation = partial(_whole, source=ROTATION_DECREE, low="1", since=ROTATION_SINCE, checked=True)
_discipline = partial(_whole, source=DISCIPLINE_DECREE, low="1", since=DISCIPLINE_SINCE, checked=True)


def _sector_figures() -> list[Figure]:
    """Return the least and the most years of each sector, in pairs."""
    return [
        _rotation(f"{sector}_{bound}", f"{title}: giữ vị trí {words}", years, "năm", high="15")
        for sector, title in SECTORS
        for bound, words, years in zip(
            ("shortest", "longest"), ("ít nhất", "nhiều nhất"), YEARS[sector], strict=True
        )
    ]


FIGURES = (
    _rotation("shortest_years", "Lĩnh vực khác: giữ vị trí ít nhất", "2", "năm", high="15"),
    _rotation("longest_years", "Lĩnh vực khác: giữ vị trí nhiều nhất", "5", "năm", high="15"),
    *_sector_figures(),
    _rotation("retiring_months", "Chưa chuyển đổi người còn công tác dưới", "18", "tháng", high="60"),
    _whole("notice_days", "Thông báo trước khi chuyển đổi", "0", "ngày", NO_BASIS, high="120", checked=False),
    *GRADE_FIGURES,
    _discipline("discipline_days", "Xem xét kỷ luật trong", "90", "ngày", high="365"),
    _discipline("complicated_days", "Xem xét kỷ luật vụ việc phức tạp trong", "150", "ngày", high="365"),
)
