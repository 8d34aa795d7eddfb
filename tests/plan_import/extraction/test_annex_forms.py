"""Tables of tasks in the forms that communes give them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.annex import annex_rows
from cchc_flow.plan_import.extraction.table_cells import is_unit_name, number_level, split_units
from cchc_flow.plan_import.proposal import AnnexRow

HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")


def read(*rows: tuple[str, ...]) -> tuple[AnnexRow, ...]:
    return annex_rows([Table(rows, place=20, page=3)], 2026)


def test_each_row_has_its_reference_place_and_page() -> None:
    rows = read(HEAD, ("1", "Việc thứ nhất", "Văn phòng", "", ""), ("2", "Việc thứ hai", "Văn phòng", "", ""))
    assert [(row.ref, row.place, row.page) for row in rows] == [("PL.1", 21, 3), ("PL.2", 22, 3)]


def test_a_head_in_two_rows_is_read_with_its_lower_row() -> None:
    (row,) = read(
        ("STT", "Nội dung", "Đơn vị thực hiện", "Đơn vị thực hiện", "Thời gian"),
        ("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("1", "Lập danh mục", "Văn phòng", "Công an xã", "Tháng 5"),
    )
    assert (row.task, row.lead, row.support, row.due.value) == (
        "Lập danh mục",
        "Văn phòng",
        ("Công an xã",),
        "2026-05-31",
    )


def test_the_empty_cells_of_a_second_head_row_are_head_too() -> None:
    (row,) = read(
        ("STT", "Nội dung", "Đơn vị thực hiện", "Đơn vị thực hiện", "Thời gian"),
        ("", "", "Chủ trì", "Phối hợp", ""),
        ("1", "Lập danh mục", "Văn phòng", "Công an xã", "Tháng 5"),
    )
    assert (row.lead, row.support) == ("Văn phòng", ("Công an xã",))


def test_a_head_repeated_on_the_next_page_is_no_task_and_a_torn_row_is_one() -> None:
    rows = read(
        HEAD,
        ("1", "Soát các quy chế đang", "Văn phòng", "Phòng Kinh tế", "Quý I/2026"),
        HEAD,
        ("", "áp dụng ở xã", "", "Công an xã", ""),
        ("2", "Đo mức hài lòng", "Phòng Kinh tế", "", "Hằng quý"),
    )
    assert [(row.task, row.support) for row in rows] == [
        ("Soát các quy chế đang áp dụng ở xã", ("Phòng Kinh tế", "Công an xã")),
        ("Đo mức hài lòng", ()),
    ]


def test_columns_without_a_head_are_known_by_their_cells() -> None:
    rows = read(
        ("TT", "Nhiệm vụ", "Cơ quan", "Tham gia", "Mốc"),
        ("1", "Lập danh mục văn bản của xã", "Văn phòng", "Công an xã", "Quý II/2026"),
        ("2", "Mở lớp soạn thảo văn bản", "Phòng Kinh tế", "Các thôn", "15/12"),
    )
    assert [(row.lead, row.support, row.due.value) for row in rows] == [
        ("Văn phòng", ("Công an xã",), "2026-06-30"),
        ("Phòng Kinh tế", ("Các thôn",), "2026-12-15"),
    ]


WORK_THAT_BEGINS_LIKE_A_UNIT = (
    "Tổ chức rà soát quy trình nội bộ",
    "Ban hành danh mục thủ tục",
    "Phòng, chống lãng phí trong mua sắm",
    "Hội nghị đối thoại với người dân",
    "Đoàn kết nội bộ trong cơ quan",
    "Bộ chỉ số đánh giá được công khai",
)


@pytest.mark.parametrize("lead_head", ["Cơ quan chủ trì", "Đơn vị"])
def test_work_that_begins_like_a_unit_is_work(lead_head: str) -> None:
    head = ("TT", "Nhiệm vụ", lead_head, "Thời gian hoàn thành")
    rows = read(
        head,
        *(
            (str(number), work, "Phòng Kinh tế", "Quý II")
            for number, work in enumerate(WORK_THAT_BEGINS_LIKE_A_UNIT, 1)
        ),
    )
    assert [(row.task, row.lead) for row in rows] == [
        (work, "Phòng Kinh tế") for work in WORK_THAT_BEGINS_LIKE_A_UNIT
    ]
    assert not any(map(is_unit_name, WORK_THAT_BEGINS_LIKE_A_UNIT))


@pytest.mark.parametrize(
    "name", ["Tổ chức chính trị - xã hội xã", "Tổ chức đảng", "Ban Chỉ huy Quân sự", "Tổ Công nghệ số"]
)
def test_units_with_such_words_are_units(name: str) -> None:
    assert is_unit_name(name)


@pytest.mark.parametrize("tick", ["x", "X", "✓", "☑"])
def test_a_tick_in_the_column_of_a_unit_says_who_leads(tick: str) -> None:
    rows = read(
        ("TT", "Nhiệm vụ", "Văn phòng", "Phòng Kinh tế", "Công an xã", "Thời hạn"),
        ("1", "Lập danh mục", tick, "", "", "Quý I"),
        ("2", "Mở lớp", "", tick, "", "Quý II"),
        ("3", "Giữ trật tự", "", "", tick, "Quý III"),
    )
    assert [row.lead for row in rows] == ["Văn phòng", "Phòng Kinh tế", "Công an xã"]


def test_marks_of_leading_and_helping_tell_the_units_apart() -> None:
    (first, _) = read(
        ("TT", "Nhiệm vụ", "Văn phòng", "Phòng Kinh tế"),
        ("1", "Lập danh mục", "CT", "PH"),
        ("2", "Mở lớp", "PH", "CT"),
    )
    assert (first.lead, first.support) == ("Văn phòng", ("Phòng Kinh tế",))


def test_numbers_of_rows_say_which_rows_head_others() -> None:
    rows = read(
        HEAD,
        ("I", "Cải cách thể chế", "", "", ""),
        ("1", "Soạn thảo", "", "", ""),
        ("1.1", "Lập danh mục", "Văn phòng", "", "Quý I"),
        ("1.2", "Đăng văn bản", "", "", ""),
        ("II", "Tài chính công", "", "", ""),
        ("1", "Giải ngân", "Phòng Kinh tế", "", ""),
        ("2", "Công khai ngân sách", "", "", ""),
    )
    assert [(row.area, row.task) for row in rows] == [
        ("Soạn thảo", "Lập danh mục"),
        ("Soạn thảo", "Đăng văn bản"),
        ("Tài chính công", "Giải ngân"),
        ("Tài chính công", "Công khai ngân sách"),
    ]


def test_one_column_can_name_who_leads_and_who_helps() -> None:
    rows = read(
        ("TT", "Nhiệm vụ", "Đơn vị chủ trì, phối hợp", "Thời gian"),
        ("1", "Lập danh mục", "Chủ trì: Văn phòng\nPhối hợp: Công an xã; Các thôn", "Quý I"),
        ("2", "Mở lớp", "Phòng Kinh tế\nVăn phòng", "Quý I"),
    )
    assert [(row.lead, row.support) for row in rows] == [
        ("Văn phòng", ("Công an xã", "Các thôn")),
        ("Phòng Kinh tế", ("Văn phòng",)),
    ]


def test_a_table_without_a_head_goes_on_from_the_one_before_it() -> None:
    first = Table((HEAD, ("1", "Lập danh mục", "Văn phòng", "", "Quý I")), place=1)
    second = Table((("2", "Mở lớp", "Phòng Kinh tế", "", "Quý II"),), place=4)
    assert [row.lead for row in annex_rows([first, second], 2026)] == ["Văn phòng", "Phòng Kinh tế"]


def test_a_table_that_goes_on_keeps_the_area_of_the_one_before_it() -> None:
    first = Table(
        (HEAD, ("I", "Thể chế", "", "", ""), ("1", "Lập danh mục", "Văn phòng", "", "Quý I")), place=1
    )
    bare = Table((("2", "Mở lớp", "Phòng Kinh tế", "", "Quý II"),), place=5)
    headed = Table((HEAD, ("3", "Họp dân", "Các thôn", "", "Quý II")), place=7)
    another = Table((HEAD, ("1", "Đo đạc", "Các thôn", "", "Quý II")), place=9)
    rows = annex_rows([first, bare, headed, another], 2026)
    assert [row.area for row in rows] == ["Thể chế", "Thể chế", "Thể chế", None]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Phòng Kinh tế\nCông an xã", ("Phòng Kinh tế", "Công an xã")),
        ("Phòng Kinh tế; Công an xã.", ("Phòng Kinh tế", "Công an xã")),
        ("Phòng Kinh tế, Công an xã và các thôn", ("Phòng Kinh tế", "Công an xã", "các thôn")),
        ("Phòng Văn hóa, Khoa học và Thông tin", ("Phòng Văn hóa, Khoa học và Thông tin",)),
        ("Văn phòng HĐND và UBND", ("Văn phòng HĐND và UBND",)),
        ("Văn phòng HĐND\nvà UBND", ("Văn phòng HĐND và UBND",)),
        ("- Phòng Văn hóa -\nXã hội\n- Đội quản lý chợ", ("Phòng Văn hóa - Xã hội", "Đội quản lý chợ")),
        ("Phòng Kinh tế Công an xã", ("Phòng Kinh tế", "Công an xã")),
        ("Công an xã Phòng Kinh tế", ("Công an xã", "Phòng Kinh tế")),
        ("Trung tâm Phục vụ hành chính công Các thôn", ("Trung tâm Phục vụ hành chính công", "Các thôn")),
        ("Chánh Văn phòng HĐND và UBND", ("Chánh Văn phòng HĐND và UBND",)),
        ("Thường trực Hội đồng nhân dân", ("Thường trực Hội đồng nhân dân",)),
        ("Ban Chấp hành Đoàn xã", ("Ban Chấp hành Đoàn xã",)),
        ("", ()),
    ],
)
def test_the_units_of_a_cell_are_told_apart(cell: str, units: tuple[str, ...]) -> None:
    assert split_units(cell) == units


def test_the_number_of_a_row_says_how_deep_it_stands() -> None:
    assert [number_level(number) for number in ("A", "IV", "1", "1.2", "1.2.3", "a)", "", "Ghi chú")] == [
        0, 1, 2, 3, 4, 9, None, None,
    ]  # fmt: skip


def test_a_table_of_units_and_their_work_is_no_table_of_tasks() -> None:
    rows = [
        ("TT", "Đơn vị", "Nhiệm vụ"),
        ("1", "Văn phòng", "Theo dõi việc thực hiện Kế hoạch"),
        ("2", "Công an xã", "Gửi số liệu định danh điện tử"),
    ]
    assert read(*rows) == ()


UNITS = ("Văn phòng", "Phòng Kinh tế", "Công an xã", "Trạm Y tế", "Đội Quản lý chợ")
DUES = {
    "Quý II/2026": "2026-06-30",
    "Tháng 5": "2026-05-31",
    "15/12": "2026-12-15",
    "Chậm nhất ngày 03/9/2026": "2026-09-03",
    "Năm 2026": "2026-12-31",
    "6 tháng đầu năm": "2026-06-30",
    "Thường xuyên": None,
    "Hằng quý": None,
}
WORDS = (
    "Lập danh mục",
    "Mở lớp",
    "Soát quy chế",
    "Đăng văn bản",
    "Kiểm kê tài sản",
    "Họp dân",
    "Đo hài lòng",
)
ROW = st.tuples(
    st.sampled_from(WORDS),
    st.sampled_from(UNITS),
    st.lists(st.sampled_from(UNITS), max_size=3, unique=True),
    st.sampled_from(tuple(DUES)),
)
HEADS = {
    "task": ("Nhiệm vụ", "Nội dung công việc", "NỘI DUNG", "Nhiệm vụ cụ thể"),
    "lead": ("Cơ quan chủ trì", "Chủ trì", "Đơn vị thực hiện", "Đơn vị\nchủ trì", "Đầu mối"),
    "support": ("Phối hợp", "Đơn vị phối hợp", "Cơ quan phối hợp thực hiện"),
    "due": ("Thời gian", "Thời hạn hoàn thành", "Tiến độ", "Thời gian thực hiện"),
}


@given(st.lists(ROW, min_size=1, max_size=12), st.permutations(tuple(HEADS)), st.data())
def test_any_appendix_reads_back(
    rows: list[tuple[str, str, list[str], str]], order: list[str], data: st.DataObject
) -> None:
    head = ("STT", *(data.draw(st.sampled_from(HEADS[name])) for name in order))
    joint = data.draw(st.sampled_from(("\n", "; ", ";\n", "\n- ")))
    table = [head]
    for number, (task, lead, support, due) in enumerate(rows, 1):
        cells = {"task": task, "lead": lead, "support": joint.join(support), "due": due}
        table.append((str(number), *(cells[name] for name in order)))
        if data.draw(st.booleans()):
            table.append(head)
    assert [(row.task, row.lead, row.support, row.due.value) for row in read(*table)] == [
        (task, lead, tuple(support), DUES[due]) for task, lead, support, due in rows
    ]


def test_a_very_long_table_is_read_in_linear_time() -> None:
    rows = [
        (str(n), "Lập danh mục văn bản", "Văn phòng", "Công an xã", "Quý II/2026") for n in range(1, 3001)
    ]
    begin = time.process_time()
    assert len(read(HEAD, *rows)) == 3000
    assert time.process_time() - begin < 3


@pytest.mark.parametrize("head", ["Đơn vị", "Cơ quan, đơn vị", "Đơn vị thực hiện"])
@pytest.mark.parametrize("work", ["Nhiệm vụ được giao", "Trách nhiệm"])
def test_units_before_their_work_make_no_table_of_tasks_behind_an_appendix_either(
    head: str, work: str
) -> None:
    appendix = Table((HEAD, ("1", "Lập danh mục", "Văn phòng", "", "Quý I")), place=1)
    duties = Table(
        (
            ("STT", head, work),
            ("1", "Đồn Biên phòng", "Thường xuyên kiểm tra"),
            ("2", "Quỹ tín dụng", "Báo cáo trước ngày 15 hằng tháng"),
        ),
        place=4,
    )
    assert [row.task for row in annex_rows([appendix, duties], 2026)] == ["Lập danh mục"]
