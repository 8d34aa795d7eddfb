"""The figures of the area: where the bands of self-financing begin, each with its source."""

from cchc_flow.hookspecs import Figure

DECREE = "Nghị định 60/2021/NĐ-CP"
FIGURES = (
    Figure("full", "Mức tự bảo đảm của nhóm 1 và nhóm 2, từ", "100", "%", DECREE, high="100"),
    Figure("high", "Nhóm 3, mức cao, từ", "70", "%", DECREE, high="100"),
    Figure("middle", "Nhóm 3, mức giữa, từ", "30", "%", DECREE, high="100"),
    Figure("low", "Nhóm 3, mức thấp, từ", "10", "%", DECREE, high="100"),
)
