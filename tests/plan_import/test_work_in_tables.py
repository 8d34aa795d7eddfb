"""Work that stands in a table is work, in the area that the heading above names."""

from support.plans import read_plan_bytes

from cchc_flow.plan_import import Proposal

HEAD = "KẾ HOẠCH\nCải cách hành chính xã Đông Lĩnh năm 2026\n\nI. MỤC TIÊU\n1. Phục vụ dân tốt hơn.\n\n"
END = "\nIII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng xã\n- Theo dõi chung.\n"
COLUMNS = "TT\tNhiệm vụ\tChủ trì\tThời hạn\n"


def read(work: str, end: str = END) -> Proposal:
    return read_plan_bytes("a.txt", f"{HEAD}II. NHIỆM VỤ\n{work}{end}".encode())


def areas(plan: Proposal) -> list[tuple[str, str, list[str]]]:
    return [(area.code, area.title, [task.text for task in area.tasks]) for area in plan.areas]


def test_a_heading_over_a_table_of_tasks_is_their_area() -> None:
    plan = read(
        f"1. Cải cách thể chế\n{COLUMNS}1\tSoát quy chế\tVăn phòng\tQuý II/2026\n"
        f"2\tĐăng quy chế\tVăn phòng\tHằng quý\n2. Chuyển đổi số\n{COLUMNS}"
        "1\tLắp wifi\tCông an xã\t30/6/2026\n2\tMua máy\tVăn phòng\t30/9/2026\n"
    )
    assert areas(plan) == [
        ("1", "Cải cách thể chế", ["Soát quy chế", "Đăng quy chế"]),
        ("2", "Chuyển đổi số", ["Lắp wifi", "Mua máy"]),
    ]
    assert (plan.areas[0].tasks[0].lead, plan.areas[0].tasks[0].due) == ("Văn phòng", "2026-06-30")
    assert not plan.unread


def test_a_sentence_that_leads_to_the_appendix_is_no_task() -> None:
    plan = read(
        "Nhiệm vụ cụ thể tại Phụ lục kèm theo Kế hoạch này.\n",
        f"{END}\nPHỤ LỤC\n{COLUMNS}1\tSoát quy chế\tVăn phòng\tQuý II/2026\n"
        "2\tLắp wifi\tVăn phòng\t30/6/2026\n",
    )
    assert [task.text for area in plan.areas for task in area.tasks] == ["Soát quy chế", "Lắp wifi"]
    assert [row.ref for row in plan.annex] == ["PL.1", "PL.2"]
