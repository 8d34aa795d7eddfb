"""The figures on grades, each with its decree and the day from which it holds."""

from datetime import date
from functools import partial

from cchc_flow.hookspecs import Figure

DECREE, UNITS = "Nghị định 335/2025/NĐ-CP", "Nghị định 233/2026/NĐ-CP"
_figure = partial(Figure, source=DECREE, since=date(2026, 1, 1), checked=True, high="100")
_unit_figure = partial(Figure, source=UNITS, since=date(2026, 7, 1), checked=True, high="100")
GRADE_FIGURES = (
    _figure("excellent", "Hoàn thành xuất sắc nhiệm vụ, từ", "90", "điểm"),
    _figure("good", "Hoàn thành tốt nhiệm vụ, từ", "70", "điểm"),
    _figure("done", "Hoàn thành nhiệm vụ, từ", "50", "điểm"),
    _figure("general_most", "Điểm tiêu chí chung, nhiều nhất", "30", "điểm"),
    _figure("results_most", "Điểm kết quả, nhiều nhất", "70", "điểm"),
    _figure("best", "Xuất sắc không quá, so với số hoàn thành tốt", "20", "%"),
    _figure("best_outstanding", "Như trên, ở đơn vị có thành tích xuất sắc, nổi trội", "25", "%"),
    _unit_figure("unit_failed", "Đơn vị sự nghiệp không hoàn thành khi xong dưới", "70", "%"),
    _unit_figure("unit_late", "Đơn vị sự nghiệp hoàn thành khi chậm không quá", "20", "%"),
    _unit_figure(
        "people_day", "Cá nhân xếp loại trước ngày", "5", "tháng 12", low="2", high="31", whole=True
    ),
    _unit_figure("units_day", "Đơn vị xếp loại trước ngày", "15", "tháng 12", low="2", high="31", whole=True),
)
