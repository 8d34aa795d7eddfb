"""Where the appendix and the text contradict each other."""

from collections.abc import Callable

from msgspec.structs import replace
from support.plans import read_plan_bytes

from cchc_flow.plan_import.extraction.annex_joining import join_annex
from cchc_flow.plan_import.review.appendix import appendix_conflicts

ROWS = [
    ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"],
    ["1", "Rà soát văn bản của xã", "Văn phòng", "Thường xuyên"],
    ["2", "Ban hành kế hoạch kiểm tra", "Phòng Tư pháp", "Quý III/2026"],
]


def test_another_day_in_the_appendix_is_told_with_both_days(
    small_plan: str, word: Callable[..., bytes]
) -> None:
    plan = read_plan_bytes("a.docx", word([line for line in small_plan.splitlines() if line], table=ROWS))
    plan = replace(plan, annex=join_annex(plan.annex, plan.areas))
    assert [row.matches for row in plan.annex] == ["III.1.1", "III.1.2"]
    (remark,) = appendix_conflicts(plan)
    assert (remark.ref, remark.rank) == ("III.1.2", "decide")
    assert "hạn 30/09/2026, phần lời 29/06/2026" in remark.message
