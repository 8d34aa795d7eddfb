"""Small whole plans whose days, numbers and tables were read wrongly; each case beside a twin of our own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.plans import read_plan, read_plan_bytes

from cchc_flow.plan_import import Proposal

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared" / "plan-cases"
HEAD = "KẾ HOẠCH\nCải cách hành chính xã Bình Thạnh năm 2026\n\n"
WORK = "NHIỆM VỤ\n1. Cải cách thể chế\n- Soạn văn bản.\n- Gửi văn bản.\n\n"


def read_case(name: str) -> Proposal:
    path = next(CASES.glob(f"{name}-*.[dt]*x*"), None)
    if path is None:
        pytest.skip("no plan-cases beside the project: they are kept outside of it")
    return read_plan(path)


def read_text(text: str) -> Proposal:
    return read_plan_bytes("a.txt", text.encode())


def figures(plan: Proposal) -> list[tuple[float, str | None, str, int | None]]:
    return [
        (measure.value, measure.unit, measure.direction, measure.baseline_year)
        for goal in (*plan.objectives, *plan.targets)
        for measure in goal.measures
    ]


def test_the_cells_of_an_appendix_are_read_in_case_14() -> None:
    rows = read_case("14").annex
    assert rows[0].support == ("Phòng Kinh tế", "Công an xã")
    assert [(row.due.kind, row.due.value) for row in rows] == [
        ("quarter", "2026-12-31"),
        ("year", "2027-12-31"),
        ("year", "2026-12-31"),
        ("other", None),
        ("recurring", None),
        ("date", "2026-12-15"),
    ]
    assert rows[3].due.days == ("2026-06-30", "2026-12-31")
    assert rows[4].due.cadence == "quarterly"


def test_the_cells_of_an_appendix_are_read_in_any_spelling(word: Callable[..., bytes]) -> None:
    cells = ("Quí III - 2026", "2026-2028", "Năm 2026", "Tháng 3, tháng 9/2026", "Hàng tháng", "20/10")
    rows = [["TT", "Nội dung", "Chủ trì", "Phối hợp", "Tiến độ"]]
    rows += [[str(n), "Việc", "Văn phòng", "Trạm Y tế\nCác thôn", cell] for n, cell in enumerate(cells, 1)]
    lines = [line for line in f"{HEAD}I. {WORK}PHỤ LỤC".splitlines() if line]
    annex = read_plan_bytes("a.docx", word(lines, table=rows)).annex
    assert annex[0].support == ("Trạm Y tế", "Các thôn")
    assert [(row.due.kind, row.due.last_day, row.due.cadence) for row in annex] == [
        ("quarter", "2026-09-30", None),
        ("year", "2028-12-31", None),
        ("year", "2026-12-31", None),
        ("other", "2026-09-30", None),
        ("recurring", None, "monthly"),
        ("date", "2026-10-20", None),
    ]


def test_numbers_in_words_are_measures_in_case_15() -> None:
    assert figures(read_case("15")) == [
        (36, "buổi", "at_least", None),
        (2, "cấp phó", "at_most", None),
        (33.33, "%", "decrease_at_least", 2025),
        (4, "mô hình", "equal", None),
    ]


def test_numbers_in_words_are_measures_of_a_whole_plan() -> None:
    targets = (
        "1. Mở ít nhất hai mươi lăm lớp.\n2. Không quá năm cấp phó.\n"
        "3. Giảm hai phần ba giấy tờ so với năm 2025.\n4. Xây dựng sáu (06) mô hình.\n\n"
    )
    assert figures(read_text(f"{HEAD}I. CHỈ TIÊU\n{targets}II. {WORK}")) == [
        (25, "lớp", "at_least", None),
        (5, "cấp phó", "at_most", None),
        (66.67, "%", "decrease_at_least", 2025),
        (6, "mô hình", "equal", None),
    ]


def test_a_table_of_tabs_is_an_appendix_in_case_18() -> None:
    assert [(row.lead, row.support, row.due.value) for row in read_case("18").annex] == [
        ("Văn phòng", ("Phòng Kinh tế", "Công an xã"), "2026-06-30"),
        ("Phòng Văn hóa - Xã hội", ("Văn phòng",), "2026-09-30"),
    ]


def test_a_table_of_tabs_is_an_appendix_of_a_whole_plan() -> None:
    table = (
        "TT\tNội dung công việc\tĐơn vị chủ trì\tThời hạn\n"
        "1\tKiểm kê tài sản\tKế toán\tTrước ngày 20/8/2026\n"
        "2\tĐối chiếu sổ\tPhòng Kinh tế\tQuý IV\n"
    )
    annex = read_text(f"{HEAD}I. {WORK}PHỤ LỤC\n{table}").annex
    assert [(row.task, row.lead, row.due.value) for row in annex] == [
        ("Kiểm kê tài sản", "Kế toán", "2026-08-20"),
        ("Đối chiếu sổ", "Phòng Kinh tế", "2026-12-31"),
    ]
