"""Twenty small plans that were once read wrongly: what is right for each, in the project's own words.

Each is the twin of one kept outside the project; `shared` is what is right for that one, `own` for ours.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from cchc_flow.plan_import.proposal import Proposal, leaves

HEAD = "KẾ HOẠCH\nCải cách hành chính xã Đông Lĩnh năm 2026\n\n"
LETTERHEAD = "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG LĨNH\nSố: {number}\nĐông Lĩnh, ngày {day} tháng {month} năm {year}\n\n"

Facts = dict[str, Any]


class Case(msgspec.Struct, frozen=True):
    """A case: its file outside the project, our own text (or a table of it), and what is right for each."""

    name: str
    shared: Facts
    text: str
    own: Facts
    table: tuple[tuple[str, ...], ...] = ()


def tasks_of(plan: Proposal) -> list[tuple[str, list[str]]]:
    return [(area.title, [leaf.text for task in area.tasks for leaf in leaves(task)]) for area in plan.areas]


def counts_of(plan: Proposal) -> list[tuple[str, int]]:
    return [(title, len(texts)) for title, texts in tasks_of(plan)]


def particulars_of(plan: Proposal) -> list[tuple[Any, ...]]:
    tasks = [leaf for area in plan.areas for task in area.tasks for leaf in leaves(task)]
    return [(task.text, task.lead, list(task.support), task.due, task.product) for task in tasks]


def measures_of(plan: Proposal) -> list[tuple[Any, ...]]:
    return [
        (measure.value, measure.unit, measure.direction, measure.baseline_year)
        for target in plan.targets
        for measure in target.measures
    ]


def deadlines_of(plan: Proposal) -> list[tuple[Any, ...]]:
    return sorted(
        (deadline.who, deadline.kind, deadline.date, deadline.monthly_day, deadline.period_day)
        for deadline in plan.deadlines
    )


def days_of(plan: Proposal) -> list[tuple[Any, ...]]:
    """Who has to report by which day, or by which day after a period; without the kind of rule."""
    return sorted((deadline.who, deadline.date, deadline.period_day) for deadline in plan.deadlines)


def annex_of(plan: Proposal) -> list[tuple[Any, ...]]:
    return [(row.task, row.lead, list(row.support), row.due.kind, row.due.value) for row in plan.annex]


FACTS: dict[str, Callable[[Proposal], Any]] = {
    "counts": counts_of,
    "tasks": tasks_of,
    "particulars": particulars_of,
    "measures": measures_of,
    "targets": lambda plan: [target.text for target in plan.targets],
    "subjects": lambda plan: [target.text.split(":")[0] for target in plan.targets],
    "objectives": lambda plan: [goal.text for goal in plan.objectives],
    "units": lambda plan: [(unit.name, len(unit.assignments)) for unit in plan.units],
    "duties": lambda plan: [part.text for unit in plan.units for part in unit.assignments],
    "general": lambda plan: [part.text for part in plan.general_assignments],
    "deadlines": deadlines_of,
    "days": days_of,
    "annex": annex_of,
    "cadences": lambda plan: [row.due.cadence for row in plan.annex],
    "title": lambda plan: plan.title,
    "year": lambda plan: plan.year,
    "closing_day": lambda plan: plan.closing_day,
    "number": lambda plan: plan.number,
}


CASES = (
    Case(
        "01-task-attribute-lines.txt",
        shared={
            "counts": [("Cải cách thể chế", 2)],
            "particulars": [
                ("Lập danh mục văn bản của xã cần bãi bỏ", "Văn phòng HĐND và UBND xã",
                 ["Phòng Kinh tế", "Công an xã"], "2026-06-30", "Danh mục được Chủ tịch UBND xã phê duyệt"),
                ("Mở lớp soạn thảo văn bản cho công chức", "Phòng Văn hóa - Xã hội", [], "2026-05-31", None),
            ],
        },
        text=LETTERHEAD.format(number="21/KH-UBND", day="09", month="01", year="2026") + HEAD
        + "I. CHỈ TIÊU\n1. Tối thiểu 96% hồ sơ đúng hẹn.\n\nII. NHIỆM VỤ\n1. Cải cách thể chế\n"
        "1.1. Rà quy chế họp của xã\n- Cơ quan chủ trì: Văn phòng xã.\n"
        "- Cơ quan phối hợp: Công an xã; Trạm Y tế.\n"
        "- Thời hạn hoàn thành: Quý III/2026.\n- Sản phẩm: Quy chế mới được ký.\n"
        "1.2. Tập huấn viết văn bản\nĐơn vị chủ trì: Phòng Kinh tế\nThời gian: Tháng 4/2026\n\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế\n- Theo dõi chung.\n",
        own={
            "particulars": [
                ("Rà quy chế họp của xã", "Văn phòng xã", ["Công an xã", "Trạm Y tế"], "2026-09-30",
                 "Quy chế mới được ký"),
                ("Tập huấn viết văn bản", "Phòng Kinh tế", [], "2026-04-30", None),
            ],
        },
    ),
    Case(
        "02-heading-names-two-roles.txt",
        shared={
            "counts": [("Cải cách thể chế", 2), ("Cải cách thủ tục hành chính", 1)],
            "units": [("Phòng Kinh tế", 1)],
        },
        text=HEAD + "I. MỤC ĐÍCH, YÊU CẦU\n- Để dân ít phải đi lại.\n\n"
        "II. NỘI DUNG THỰC HIỆN VÀ PHÂN CÔNG NHIỆM VỤ\n1. Cải cách tài chính công\n- Khoán xăng xe.\n"
        "- Công khai dự toán.\n2. Cải cách thể chế\n- Soát quy chế họp.\n\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng xã\n- Chủ trì việc văn bản.\n",
        own={
            "counts": [("Cải cách tài chính công", 2), ("Cải cách thể chế", 1)],
            "units": [("Văn phòng xã", 1)],
        },
    ),
    Case(
        "03-goal-word-in-work-heading.txt",
        shared={
            "counts": [("Cải cách thể chế", 2), ("Cải cách tài chính công", 1)],
            "measures": [(95, "%", "at_least", None), (8, "%", "decrease_at_least", 2025)],
        },
        text=HEAD + "I. YÊU CẦU\nNói đi đôi với làm.\n\nII. MỤC TIÊU VÀ NHIỆM VỤ TỪNG LĨNH VỰC\n"
        "1. Cải cách thủ tục hành chính\n1.1. Mục tiêu\nÍt nhất 90% hồ sơ nộp qua mạng.\n1.2. Nhiệm vụ\n"
        "Bố trí máy tính cho dân nộp hồ sơ.\nNiêm yết thủ tục ở nhà văn hóa.\n2. Cải cách thể chế\n"
        "2.1. Mục tiêu\nGiảm ít nhất 12% văn bản giấy so với năm 2025.\n2.2. Nhiệm vụ\nSoát quy chế họp.\n",
        own={
            "counts": [("Cải cách thủ tục hành chính", 2), ("Cải cách thể chế", 1)],
            "measures": [(90, "%", "at_least", None), (12, "%", "decrease_at_least", 2025)],
        },
    ),
    Case(
        "04-work-section-without-keyword.txt",
        shared={"counts": [("Cải cách thể chế", 2), ("Đường truyền và thiết bị ở thôn", 1)]},
        text=HEAD + "I. MỤC TIÊU\n1. Tối thiểu 85% hồ sơ đúng hẹn.\n\nII. NHỮNG LĨNH VỰC ƯU TIÊN\n"
        "1. Cải cách tài chính công\na) Khoán xăng xe.\nb) Công khai dự toán.\n2. Phòng họp và máy móc\n"
        "a) Sửa phòng họp thôn.\n\nIII. LỜI KÊU GỌI\n1. Toàn dân nộp hồ sơ qua mạng!\n"
        "2. Cán bộ gương mẫu!\n\n"
        "IV. TỔ CHỨC THỰC HIỆN\n1. Văn phòng xã\na) Theo dõi chung.\n",
        own={"counts": [("Cải cách tài chính công", 2), ("Phòng họp và máy móc", 1)]},
    ),
    Case(
        "05-report-with-title-on-one-line.txt",
        shared={"refused": "báo cáo"},
        text=LETTERHEAD.format(number="35/BC-UBND", day="18", month="9", year="2026")
        + "BÁO CÁO\nKết quả cải cách hành chính 9 tháng năm 2026\n\n"
        "Thực hiện Kế hoạch số 21/KH-UBND của UBND xã, kết quả như sau:\n\nI. KẾT QUẢ\n1. Thể chế\n"
        "- Đã ban hành 02 quy chế.\n\nII. NHIỆM VỤ QUÝ IV\n- Soát thủ tục đất đai.\n",
        own={"refused": "báo cáo"},
    ),
    Case(
        "06-decision-citing-a-plan.txt",
        shared={"refused": "quyết định"},
        text=LETTERHEAD.format(number="44/QĐ-UBND", day="03", month="3", year="2026")
        + "QUYẾT ĐỊNH\nVề việc kiện toàn Tổ công nghệ số\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ\n"
        "Căn cứ Kế hoạch số 21/KH-UBND của UBND xã;\n\nQUYẾT ĐỊNH\nĐiều 1. Kiện toàn Tổ gồm 07 người.\n"
        "Điều 2. Nhiệm vụ của Tổ:\n- Giúp dân nộp hồ sơ.\n- Báo cáo hằng tháng.\n"
        "Điều 3. Có hiệu lực từ ngày ký.\n",
        own={"refused": "quyết định"},
    ),
    Case(
        "07-units-outside-the-word-list.txt",
        shared={
            "units": [
                ("Đồn Biên phòng An Khê", 1), ("Hạt Kiểm lâm khu vực", 1), ("Hiệu trưởng các trường", 1),
                ("Sở Nội vụ", 1),
                ("Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội trực thuộc cùng các"
                 " thôn", 1),
            ],
            "general": [],
        },
        text=HEAD + "I. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Chi cục Thuế khu vực\n- Nhận hồ sơ thuế tại xã vào thứ Ba.\n"
        "2. Bưu điện xã\n- Trả kết quả tại nhà.\n3. Đồng chí Bí thư các chi bộ thôn\n- Vận động người dân.\n"
        "4. Đề nghị: Ban Chỉ huy Quân sự xã cùng các hội đặc thù và toàn thể các ban công tác mặt trận ở"
        " thôn\n"
        "- Giám sát việc thực hiện.\n",
        own={
            "units": [
                ("Chi cục Thuế khu vực", 1), ("Bưu điện xã", 1), ("Đồng chí Bí thư các chi bộ thôn", 1),
                ("Ban Chỉ huy Quân sự xã cùng các hội đặc thù và toàn thể các ban công tác mặt trận ở"
                 " thôn", 1),
            ],
            "general": [],
        },
    ),
    Case(
        "08-goals-with-figures-only-under-muc-tieu.txt",
        shared={"measures": [(100, "%", "equal", None), (60, "%", "at_least", None)]},
        text=HEAD + "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Dân hài lòng hơn.\n\nII. MỤC TIÊU\n"
        "1. 100% văn bản được ký số.\n2. Phấn đấu ít nhất 70% phí nộp qua mạng.\n\n"
        "III. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.\n",
        own={
            "measures": [(100, "%", "equal", None), (70, "%", "at_least", None)],
            "objectives": ["Dân hài lòng hơn."],
        },
    ),
    Case(
        "09-specific-goals-three-levels-down.txt",
        shared={
            "measures": [(98, "%", "at_least", None), (12, "phút", "at_most", None)],
            "objectives": ["Bộ máy gọn, làm nhanh."],
        },
        text=HEAD + "I. MỤC TIÊU, YÊU CẦU\n1. Mục tiêu\na) Mục tiêu tổng quát\nPhục vụ dân nhanh, gọn.\n"
        "b) Mục tiêu cụ thể\n- Tối thiểu 97% hồ sơ đúng hẹn.\n- Thời gian chờ không quá 15 phút.\n"
        "2. Yêu cầu\n"
        "- Làm thật.\n\nII. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.\n",
        own={
            "measures": [(97, "%", "at_least", None), (15, "phút", "at_most", None)],
            "objectives": ["Phục vụ dân nhanh, gọn."],
        },
    ),
    Case(
        "10-targets-in-a-table.docx",
        shared={
            "subjects": ["Hồ sơ trả đúng hẹn", "Thời gian chờ", "Văn bản giấy so với năm 2025"],
            "measures": [
                (97, "%", "at_least", None), (12, "phút", "at_most", None),
                (20, "%", "decrease_at_least", 2025),
            ],
        },
        text=HEAD + "I. MỤC TIÊU\n1. Gọn, nhanh.\nII. CHỈ TIÊU\nCác chỉ tiêu phải đạt:\n{table}"
        "III. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.",
        table=(
            ("STT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2026"),
            ("I", "Giải quyết thủ tục", "", ""),
            ("1", "Hồ sơ nộp qua mạng", "%", "≥ 90"),
            ("2", "Thời gian trả lời kiến nghị", "ngày", "Không quá 5"),
            ("3", "Số cuộc họp so với năm 2025", "%", "Giảm 15"),
        ),
        own={
            "subjects": ["Hồ sơ nộp qua mạng", "Thời gian trả lời kiến nghị", "Số cuộc họp so với năm 2025"],
            "measures": [
                (90, "%", "at_least", None), (5, "ngày", "at_most", None),
                (15, "%", "decrease_at_least", 2025),
            ],
        },
    ),
    Case(
        "11-wrapped-line-that-looks-like-a-mark.txt",
        shared={
            "counts": [("Cải cách thể chế", 2)],
            "units": [("Phòng Kinh tế", 2), ("Công an xã", 1)],
        },
        text=HEAD + "I. NHIỆM VỤ\n1. Cải cách thể chế\n"
        "- Rà soát các quy chế đang dùng theo đúng tinh thần chỉ đạo của tỉnh tại văn bản\n"
        "31/CV-UBND; gửi kết quả rà soát về Sở Tư pháp để tổng hợp chung trước ngày\n10/5/2026.\n"
        "- Niêm yết danh mục quy chế còn hiệu lực tại trụ sở và nhà văn hóa của các thôn.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng xã\n"
        "- Chủ trì các việc về văn bản cùng những nội dung khác mà kế hoạch đã giao tại mục 3\nphần I.\n"
        "- Tổng hợp số liệu văn bản của các phòng rồi gửi cho Chủ tịch vào cuối mỗi tháng.\n"
        "2. Trạm Y tế\n- Niêm yết giá.\n",
        own={
            "counts": [("Cải cách thể chế", 2)],
            "units": [("Văn phòng xã", 2), ("Trạm Y tế", 1)],
        },
    ),
    Case(
        "12-paragraph-beginning-with-UBND.txt",
        shared={
            "units": [("Phòng Kinh tế", 1), ("Công an xã", 1)],
            "deadlines": [("Phòng Kinh tế", "recurring", None, 20, None)],
        },
        text=HEAD + "I. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\nUBND xã yêu cầu các đơn vị làm những việc sau:\n1. Văn phòng xã\n"
        "- Theo dõi chung; báo cáo trước ngày 18 hằng tháng.\n2. Trạm Y tế\n- Niêm yết giá.\n",
        own={
            "units": [("Văn phòng xã", 1), ("Trạm Y tế", 1)],
            "deadlines": [("Văn phòng xã", "recurring", None, 18, None)],
        },
    ),
    Case(
        "13-yearly-and-month-deadlines.txt",
        shared={"days": [
            ("Các cơ quan, đơn vị", None, 12), ("Công an xã", "2026-11-25", None),
            ("Phòng Kinh tế", "2026-03-31", None), ("Phòng Văn hóa - Xã hội", "2026-06-01", None),
            ("Phòng Văn hóa - Xã hội", "2026-11-15", None),
        ]},
        text=HEAD + "I. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng xã\n"
        "- Báo cáo Sở Nội vụ trước ngày 05/6 và ngày 10/11 hằng năm.\n"
        "2. Trạm Y tế\n- Trình phương án xếp lịch, xong trong tháng 4/2026.\n3. Công an xã\n"
        "- Gửi số liệu cư trú chậm nhất ngày 20 tháng 10.\n\nIII. CHẾ ĐỘ BÁO CÁO\n"
        "Các phòng gửi báo cáo quý trước ngày 14 tháng cuối quý.\n",
        own={"days": [
            ("Các cơ quan, đơn vị", None, 14), ("Công an xã", "2026-10-20", None),
            ("Trạm Y tế", "2026-04-30", None), ("Văn phòng xã", "2026-06-05", None),
            ("Văn phòng xã", "2026-11-10", None),
        ]},
    ),
    Case(
        "14-annex-cells.docx",
        shared={
            "annex": [
                ("Lập danh mục", "Văn phòng", ["Phòng Kinh tế", "Công an xã"], "quarter", "2026-12-31"),
                ("Mở lớp", "Phòng Kinh tế", ["Văn phòng"], "year", "2027-12-31"),
                ("Soát quy chế", "Văn phòng", ["Phòng Kinh tế"], "year", "2026-12-31"),
                ("Đo hài lòng", "Văn phòng", ["Phòng Kinh tế"], "other", None),
                ("Báo cáo", "Văn phòng", ["Phòng Kinh tế"], "recurring", None),
                ("Tổng kết", "Văn phòng", ["Phòng Kinh tế"], "date", "2026-12-15"),
            ],
            "cadences": [None, None, None, None, "quarterly", None],
        },
        text=HEAD + "I. MỤC TIÊU\n1. Gọn, nhanh.\nII. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n"
        "- Đăng quy chế.\nPHỤ LỤC\n{table}",
        table=(
            ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Tiến độ"),
            ("1", "Soát quy chế", "Văn phòng", "Công an xã\nTrạm Y tế", "Quí III-2026"),
            ("2", "Mua máy quét", "Phòng Kinh tế", "Văn phòng", "Năm 2026 - 2027"),
            ("3", "Sửa phòng họp", "Văn phòng", "Phòng Kinh tế", "2026"),
            ("4", "Giao ban", "Văn phòng", "Công an xã", "Hằng tháng"),
            ("5", "Tổng kết", "Văn phòng", "Công an xã", "10/12"),
        ),
        own={
            "annex": [
                ("Soát quy chế", "Văn phòng", ["Công an xã", "Trạm Y tế"], "quarter", "2026-09-30"),
                ("Mua máy quét", "Phòng Kinh tế", ["Văn phòng"], "year", "2027-12-31"),
                ("Sửa phòng họp", "Văn phòng", ["Phòng Kinh tế"], "year", "2026-12-31"),
                ("Giao ban", "Văn phòng", ["Công an xã"], "recurring", None),
                ("Tổng kết", "Văn phòng", ["Công an xã"], "date", "2026-12-10"),
            ],
        },
    ),
    Case(
        "15-numbers-in-words.txt",
        shared={"measures": [
            (36, "buổi", "at_least", None), (2, "cấp phó", "at_most", None),
            (33.33, "%", "decrease_at_least", 2025), (4, "mô hình", "equal", None),
        ]},
        text=HEAD + "I. CHỈ TIÊU\n1. Tổ chức tối thiểu hai mươi bốn buổi tư vấn tại thôn.\n"
        "2. Không quá ba cấp phó ở mỗi phòng.\n3. Giảm một phần tư số cuộc họp so với năm 2025.\n"
        "4. Nhân rộng năm (05) mô hình hay.\n\nII. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n",
        own={"measures": [
            (24, "buổi", "at_least", None), (3, "cấp phó", "at_most", None),
            (25, "%", "decrease_at_least", 2025), (5, "mô hình", "equal", None),
        ]},
    ),
    Case(
        "16-period-plan-year.txt",
        shared={"year": (None, 2026)},
        text=LETTERHEAD.format(number="90/KH-UBND", day="19", month="12", year="2025")
        + "KẾ HOẠCH\nCải cách hành chính xã Đông Lĩnh giai đoạn 2026 - 2028\n\n"
        "I. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.\n",
        own={"year": (None, 2026)},
    ),
    Case(
        "17-second-plan-line-in-the-body.txt",
        shared={
            "title": "Cải cách hành chính xã An Khê Đông năm 2026",
            "counts": [("Cải cách thể chế", 2)], "units": [("Phòng Kinh tế", 1)],
        },
        text=HEAD + "I. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng xã\n- Theo dõi chung.\n\n"
        "KẾ HOẠCH TIẾP DÂN (gửi kèm)\n1. Tại nhà văn hóa thôn Một: tháng 5.\n2. Tại trụ sở: tháng 10.\n",
        own={
            "title": "Cải cách hành chính xã Đông Lĩnh năm 2026",
            "counts": [("Cải cách thể chế", 2)], "units": [("Văn phòng xã", 1)],
        },
    ),
    Case(
        "18-table-pasted-as-tabs.txt",
        shared={"annex": [
            ("Lập danh mục văn bản", "Văn phòng", ["Phòng Kinh tế", "Công an xã"], "quarter", "2026-06-30"),
            ("Mở lớp soạn thảo", "Phòng Văn hóa - Xã hội", ["Văn phòng"], "date", "2026-09-30"),
        ]},
        text=HEAD + "I. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế.\n- Đăng quy chế.\n\nPHỤ LỤC\n"
        "TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n"
        "1\tRà quy chế họp\tVăn phòng\tCông an xã; Trạm Y tế\tQuý III/2026\n"
        "2\tMua máy quét\tPhòng Kinh tế\tVăn phòng\t31/10/2026\n",
        own={"annex": [
            ("Rà quy chế họp", "Văn phòng", ["Công an xã", "Trạm Y tế"], "quarter", "2026-09-30"),
            ("Mua máy quét", "Phòng Kinh tế", ["Văn phòng"], "date", "2026-10-31"),
        ]},
    ),
    Case(
        "19-mark-alone-on-its-line.txt",
        shared={"counts": [("Cải cách thể chế", 2), ("Cải cách tài chính công", 1)]},
        text=HEAD + "I.\n\nNHIỆM VỤ\n\n1.\n\nCải cách tài chính công\n\na)\n\nKhoán xăng xe.\n\n2.\n\n"
        "Cải cách thể chế\n\na)\n\nSoát quy chế.\n\nb)\n\nĐăng quy chế.\n",
        own={"counts": [("Cải cách tài chính công", 1), ("Cải cách thể chế", 2)]},
    ),
    Case(
        "20-capital-title-signed-in-december.txt",
        shared={"year": (2026,), "closing_day": "2026-12-31"},
        text=LETTERHEAD.format(number="95/KH-UBND", day="29", month="12", year="2025")
        + "KẾ HOẠCH\nCẢI CÁCH HÀNH CHÍNH XÃ ĐÔNG LĨNH NĂM 2026\n\n"
        "I. NHIỆM VỤ\n1. Cải cách thể chế\n- Soát quy chế, xong trong quý II/2026.\n- Đăng quy chế.\n",
        own={"year": (2026,), "closing_day": "2026-12-31"},
    ),
)  # fmt: skip
