"""The figures of the area: where the bands of self-financing begin, each with its source."""

from functools import partial

from cchc_flow.hookspecs import Figure

AUTONOMY_DECREE = "Nghị định 60/2021/NĐ-CP, sửa đổi bởi Nghị định 111/2025/NĐ-CP"
DEPARTMENTS_DECREE = "Nghị định 150/2025/NĐ-CP, sửa đổi bởi Nghị định 370/2025/NĐ-CP"
_band = partial(Figure, unit="%", source=AUTONOMY_DECREE, high="100", checked=False)
FIGURES = (
    _band("full", "Mức tự bảo đảm của nhóm 1 và nhóm 2, từ", "100"),
    _band("high", "Nhóm 3, mức cao, từ", "70"),
    _band("middle", "Nhóm 3, mức giữa, từ", "30"),
    _band("low", "Nhóm 3, mức thấp, từ", "10"),
)
