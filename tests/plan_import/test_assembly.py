"""A proposal is built from the roles of lines, wherever they stand."""

from support.tagged_plans import read_tagged

from cchc_flow.plan_import.extraction.leads import task_leads
from cchc_flow.plan_import.proposal import Proposal, Task

HEAD = "P KẾ HOẠCH\nP Cải cách hành chính xã Đông Lĩnh năm 2026\n"


def read(body: str) -> Proposal:
    return read_tagged(HEAD + body)


def areas(plan: Proposal) -> list[tuple[str, list[str]]]:
    return [(area.title, [task.text for task in area.tasks]) for area in plan.areas]


def first_task(plan: Proposal) -> Task:
    return plan.areas[0].tasks[0]


def test_label_lines_are_attributes_of_the_task_above_and_no_part_of_its_text():
    plan = read("""
        H:W I. NHIỆM VỤ
        A 1. Thể chế
        W 1.1. Soát các quy chế cũ
        @ - Đơn vị chủ trì: Văn phòng.
        @ - Đơn vị phối hợp: Phòng Kinh tế; Công an xã.
        @ - Thời gian hoàn thành: Quý III/2026.
        @ - Sản phẩm: Danh mục quy chế.
        W 1.2. Mở lớp tập huấn
        @ Cơ quan chủ trì: Phòng Văn hóa
        @ Thời gian thực hiện: Tháng 4/2026
    """)
    assert areas(plan) == [("Thể chế", ["Soát các quy chế cũ", "Mở lớp tập huấn"])]
    first, second = plan.areas[0].tasks
    assert (first.lead, first.support, first.due, first.product) == (
        "Văn phòng", ("Phòng Kinh tế", "Công an xã"), "2026-09-30", "Danh mục quy chế",
    )  # fmt: skip
    assert (first.leaf, first.due_text) == (True, "Quý III/2026")
    assert (second.lead, second.support, second.due) == ("Phòng Văn hóa", (), "2026-04-30")
    assert not plan.unread


def test_attributes_in_brackets_or_behind_the_text_are_taken_out_of_it():
    plan = read("""
        H:W I. NHIỆM VỤ
        W 1. Lắp mạng ở ba thôn (Chủ trì: Công an xã; thời gian: Quý I/2026; sản phẩm: Biên bản).
        W 2. Đo mức hài lòng. Đơn vị chủ trì: Văn phòng; thời gian: hằng quý.
        W 3. Đăng văn bản (bản có chữ ký số).
    """)
    first, second, third = plan.areas[0].tasks
    assert (first.text, first.lead, first.due, first.product) == (
        "Lắp mạng ở ba thôn", "Công an xã", "2026-03-31", "Biên bản",
    )  # fmt: skip
    assert (second.text, second.lead, second.cadence) == ("Đo mức hài lòng.", "Văn phòng", "quarterly")
    assert (third.text, third.lead) == ("Đăng văn bản (bản có chữ ký số).", None)


def test_a_label_line_of_unknown_kind_stays_with_the_text_of_its_task():
    plan = read("H:W I. NHIỆM VỤ\nW 1. Soát quy chế\n@ - Nội dung: gồm mười quy chế\n@ - Chủ trì: Văn phòng")
    assert first_task(plan).text == "Soát quy chế Nội dung: gồm mười quy chế"
    assert first_task(plan).lead == "Văn phòng"


def test_attributes_of_a_heading_hold_for_its_tasks_unless_they_have_their_own():
    plan = read("""
        H:W I. NHIỆM VỤ
        A 1. Thể chế
        @ Đơn vị chủ trì: Văn phòng
        W - Soát quy chế.
        W - Đăng văn bản (chủ trì: Công an xã).
    """)
    assert [task.lead for task in plan.areas[0].tasks] == ["Văn phòng", "Công an xã"]
    assert plan.areas[0].lead == "Văn phòng"


def test_the_lead_that_a_task_names_is_suggested_by_the_name_of_the_plans_unit():
    plan = read("""
        H:W I. NHIỆM VỤ
        A 1. Thể chế
        W - Soát quy chế (chủ trì: Phòng Văn hoá – Xã hội xã).
        W - Đăng văn bản.
        H:D II. TỔ CHỨC THỰC HIỆN
        U 1. Phòng Văn hoá - Xã hội
        D - Theo dõi chung.
    """)
    assert task_leads(plan) == {"I.1.1": "Phòng Văn hoá - Xã hội", "I.1.2": None}


def test_tasks_without_an_area_belong_to_the_heading_above():
    plan = read("""
        H:W I. NHIỆM VỤ CHUNG
        W - Soát quy chế.
        H:W II. GIẢI PHÁP
        H:W 1. Về con người
        W - Cử người trực.
        W 2. Mua máy quét.
    """)
    assert areas(plan) == [
        ("NHIỆM VỤ CHUNG", ["Soát quy chế."]), ("Nhiệm vụ chung", ["Mua máy quét."]),
        ("Về con người", ["Cử người trực."]),
    ]  # fmt: skip


def test_goals_targets_and_tasks_are_found_inside_an_area():
    plan = read("""
        H:G I. YÊU CẦU CHUNG
        G Làm đến cùng.
        H:W II. MỤC TIÊU, NHIỆM VỤ
        A 1. Thể chế
        H:T 1.1. Mục tiêu
        T Tối thiểu 95% văn bản được đăng trong 3 ngày.
        H:W 1.2. Nhiệm vụ
        W Soát quy chế.
        W Họp thôn.
        A 2. Tài chính công
        H:T 2.1. Mục tiêu
        T Giảm ít nhất 8% chi hội nghị so với năm 2025.
        H:W 2.2. Nhiệm vụ
        W Khoán văn phòng phẩm.
    """)
    assert areas(plan) == [
        ("Thể chế", ["Soát quy chế.", "Họp thôn."]),
        ("Tài chính công", ["Khoán văn phòng phẩm."]),
    ]
    assert [(target.ref, target.measures[0].direction) for target in plan.targets] == [
        ("II.1.1.1", "at_least"), ("II.2.1.1", "decrease_at_least"),
    ]  # fmt: skip
    assert [part.text for part in plan.requirements] == ["Làm đến cùng."]
    assert not plan.unread


def test_targets_three_levels_down_in_the_section_of_goals_are_targets():
    plan = read("""
        H:G I. MỤC TIÊU, YÊU CẦU
        H:G 1. Mục tiêu
        H:G a) Mục tiêu chung
        G Bộ máy gọn.
        H:T b) Mục tiêu cụ thể
        T - Tối thiểu 98% hồ sơ đúng hẹn.
        H:G 2. Yêu cầu
        G - Làm thực chất.
    """)
    assert [goal.text for goal in plan.objectives] == ["Bộ máy gọn."]
    assert [target.ref for target in plan.targets] == ["I.1.b.1"]
    assert [part.ref for part in plan.requirements] == ["I.2.1"]


def test_any_heading_over_duties_is_a_unit():
    plan = read("""
        H:D II. TỔ CHỨC THỰC HIỆN
        O UBND xã giao các đơn vị những việc sau:
        U 1. Đồn Biên phòng Đông Lĩnh
        D - Tuyên truyền ở thôn giáp biên.
        U 2. Hiệu trưởng các trường
        D - Đo mức độ hài lòng.
        U 3. Đề nghị: Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội cùng các thôn
        D - Giám sát.
        U 4. Giao lãnh đạo các phòng, đơn vị
        D - Báo cáo trước ngày 20 hằng tháng.
        D 5. Giao Hạt Kiểm lâm nhận hồ sơ rừng.
    """)
    assert [(unit.name, len(unit.assignments)) for unit in plan.units] == [
        ("Đồn Biên phòng Đông Lĩnh", 1),
        ("Hiệu trưởng các trường", 1),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội cùng các thôn", 1),
    ]
    assert [part.ref for part in plan.general_assignments] == ["II.4.1", "II.5"]
    assert [passage.text for passage in plan.unread] == ["UBND xã giao các đơn vị những việc sau:"]


def test_a_unit_of_several_spellings_is_one_unit():
    plan = read("""
        H:D I. TỔ CHỨC THỰC HIỆN
        U 1. Phòng Văn hóa - Xã hội
        D - Một.
        U 2. Công an xã
        D - Hai.
        U 3. Phòng Văn hóa – Xã hội xã
        D - Ba.
    """)
    assert [(unit.name, unit.aliases, len(unit.assignments)) for unit in plan.units] == [
        ("Phòng Văn hóa - Xã hội", ("Phòng Văn hóa – Xã hội", "Phòng Văn hóa – Xã hội xã"), 2),
        ("Công an xã", (), 1),
    ]
    assert [unit.ref for unit in plan.units] == ["I.1", "I.2"]


def test_rules_on_reporting_are_kept_with_their_deadlines():
    plan = read("""
        H:D I. TỔ CHỨC THỰC HIỆN
        U 1. Công an xã
        D - Hai.
        H:R II. CHẾ ĐỘ BÁO CÁO
        R Các phòng gửi báo cáo trước ngày 12 hằng tháng.
    """)
    assert [rule.ref for rule in plan.reporting] == ["II.1"]
    assert [(deadline.monthly_day, deadline.ref) for deadline in plan.deadlines] == [(12, "II.1")]


def test_a_heading_with_nothing_but_attributes_below_is_a_task():
    plan = read("H:W I. NỘI DUNG\nA 1. Tổ chức tập huấn\n@ - Chủ trì: Công an xã\nA 2. Biên soạn tài liệu")
    assert areas(plan) == [("Nhiệm vụ chung", ["Tổ chức tập huấn", "Biên soạn tài liệu"])]


def test_a_stray_signature_in_the_body_ends_nothing():
    plan = read("""
        H:D I. TỔ CHỨC THỰC HIỆN
        S UBND xã giao những việc sau:
        U 1. Công an xã
        D - Hai.
        N Nơi nhận:
        N - Như trên;
        S CHỦ TỊCH
    """)
    assert [unit.name for unit in plan.units] == ["Công an xã"]
    assert [passage.text for passage in plan.unread] == ["UBND xã giao những việc sau:"]
    assert plan.recipients == ("Như trên",)


def test_a_bracket_without_labels_tells_who_leads_and_until_when():
    plan = read("""
        H:W I. NHIỆM VỤ
        A 1. Thể chế (Văn phòng chủ trì)
        W - Soát quy chế (Phòng Kinh tế chủ trì, Công an xã phối hợp; xong trong quý II/2026).
        W - Họp thôn (hằng quý).
        W - Đăng văn bản (chủ trì: Trạm Y tế; trước ngày 10/4/2026)
        W - Mua máy (loại mới, có bảo hành).
        W - Sửa mục lục (năm 2025).
    """)
    tasks = plan.areas[0].tasks
    assert [(task.text, task.lead, task.support, task.due) for task in tasks] == [
        ("Soát quy chế", "Phòng Kinh tế", ("Công an xã",), "2026-06-30"),
        ("Họp thôn", "Văn phòng", (), None),
        ("Đăng văn bản", "Trạm Y tế", (), "2026-04-09"),
        ("Mua máy (loại mới, có bảo hành).", "Văn phòng", (), None),
        ("Sửa mục lục (năm 2025).", "Văn phòng", (), None),
    ]
    assert tasks[1].cadence == "quarterly"


def test_labels_below_a_bare_label_are_attributes_each():
    plan = read("""
        H:W I. NHIỆM VỤ
        W 1. Xây dựng chiến lược
        W a) Nhiệm vụ: Soát chiến lược cũ.
        @ b) Cơ quan thực hiện:
        @ - Đơn vị chủ trì: Văn phòng.
        @ - Đơn vị phối hợp: Công an xã.
        @ c) Thời gian thực hiện:
        @ - Các thôn gửi góp ý trước ngày 10/5/2026.
    """)
    task = first_task(plan).children[0]
    assert (task.lead, task.support, task.before) == ("Văn phòng", ("Công an xã",), "2026-05-10")


def test_lines_that_name_an_area_and_its_task_are_divided_at_the_colon():
    plan = read("""
        H:W I. NHIỆM VỤ
        W 1. Cải cách thể chế: soát quy chế họp.
        W 2. Cải cách tài chính công: khoán xăng xe.
    """)
    assert areas(plan) == [
        ("Cải cách thể chế", ["soát quy chế họp."]), ("Cải cách tài chính công", ["khoán xăng xe."]),
    ]  # fmt: skip
    assert not plan.unread


def test_a_heading_of_tasks_inside_a_task_gives_way_to_them():
    plan = read("""
        H:W I. NHIỆM VỤ
        A 1. Dữ liệu
        W 1.1. Phát triển dữ liệu
        H:W a) Nhiệm vụ
        W - Soát dữ liệu.
        W - Số hóa hồ sơ.
        @ b) Đơn vị chủ trì: Văn phòng
    """)
    task = first_task(plan)
    assert [(child.text, child.lead) for child in task.children] == [
        ("Soát dữ liệu.", "Văn phòng"), ("Số hóa hồ sơ.", "Văn phòng"),
    ]  # fmt: skip


def test_a_bare_heading_of_work_gives_its_area_a_name():
    assert [title for title, _ in areas(read("H:W II. NỘI DUNG\nW - Soát quy chế."))] == ["Nhiệm vụ chung"]
    named = read("H:W II. NHIỆM VỤ\nA Lĩnh vực 1. Thể chế\nW - Soát quy chế.")
    assert [title for title, _ in areas(named)] == ["Thể chế"]


def test_who_has_a_duty_is_read_from_its_sentence():
    plan = read("""
        H:D II. TỔ CHỨC THỰC HIỆN
        D 1. Giám đốc Bưu điện xã có trách nhiệm trả kết quả tại nhà.
        D 2. Tổ hợp tác thôn Đông: Thu gom hồ sơ.
        D 3. Trong quá trình thực hiện có vướng mắc thì báo cáo UBND xã.
        D 4. Trường hợp chậm trễ, phải giải trình.
        D 5. Các phòng, đơn vị chủ động triển khai.
    """)
    assert [unit.name for unit in plan.units] == ["Giám đốc Bưu điện xã", "Tổ hợp tác thôn Đông"]
    assert [part.ref for part in plan.general_assignments] == ["II.3", "II.4", "II.5"]
