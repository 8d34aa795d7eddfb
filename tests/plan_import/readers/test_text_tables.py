"""Tables of a plain text are tables; what only holds a tab or a bar is none."""

import contextlib
import time

import pytest

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.readers.txt import read_txt
from cchc_flow.plan_import.structure.cleaning import clean_blocks

HEAD = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian")
ROWS = (("1", "Lập danh mục", "Văn phòng", "Quý II/2026"), ("2", "Mở lớp", "Phòng Kinh tế", "30/9/2026"))


def read(text: str) -> list[Block]:
    return clean_blocks(read_txt(text.encode()))


def tabbed(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def test_lines_with_tabs_below_the_words_of_columns_are_a_table() -> None:
    before, table, after = read(f"PHỤ LỤC\n{tabbed(HEAD, *ROWS)}\nHết phụ lục")
    assert table == Table((HEAD, *ROWS))
    assert isinstance(before, Paragraph) and isinstance(after, Paragraph)


def test_a_row_may_span_all_columns_and_end_early() -> None:
    (table,) = read(f"{tabbed(HEAD)}\nI. Cải cách thể chế\n{tabbed(*ROWS)}\n3\tViệc không có hạn")
    assert isinstance(table, Table)
    assert table.rows[1] == ("I. Cải cách thể chế",) * 4
    assert table.rows[-1] == ("3", "Việc không có hạn", "", "")


def test_lines_with_tabs_and_typed_cells_need_no_head() -> None:
    (table,) = read(tabbed(*ROWS))
    assert table == Table(ROWS)


def test_a_quoted_cell_goes_on_over_lines() -> None:
    (table,) = read(tabbed(HEAD, ("1", '"Lập danh mục\nvà ""đăng"""', "Văn phòng", "Năm 2026")))
    assert isinstance(table, Table)
    assert table.rows[1][1] == 'Lập danh mục\nvà "đăng"'


@pytest.mark.parametrize("rule", ["|---|:--|--:|---|", "| --- | --- | --- | --- |"])
def test_a_table_of_bars_is_a_table(rule: str) -> None:
    bars = ["| " + " | ".join(row) + " |" for row in (HEAD, *ROWS)]
    (table,) = read("\n".join([bars[0], rule, *bars[1:]]))
    assert table == Table((HEAD, *ROWS))


def test_a_drawn_row_of_several_lines_is_one() -> None:
    rule = "+----+------------+"
    (table,) = read(
        "\n".join([rule, "| TT | Nhiệm vụ   |", rule, "| 1  | Lập danh  |", "|    | mục         |", rule])
    )
    assert table == Table((("TT", "Nhiệm vụ"), ("1", "Lập danh mục")))


def test_a_tab_behind_a_mark_is_a_space() -> None:
    texts = [
        block.text
        for block in read("1.\tCải cách\n-\tRà soát\n·\tĐăng tải\n\t+\tViệc nhỏ")
        if isinstance(block, Paragraph)
    ]
    assert texts == ["1. Cải cách", "- Rà soát", "• Đăng tải", "+ Việc nhỏ"]


def test_a_letterhead_in_two_columns_is_read_column_by_column() -> None:
    text = (
        "ỦY BAN NHÂN DÂN           CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "   XÃ TÂN LẬP                  Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/KH-UBND             Tân Lập, ngày 15 tháng 01 năm 2026\n\nKẾ HOẠCH\n"
    )
    table, title = read(text)
    assert isinstance(table, Table) and isinstance(title, Paragraph)
    left, right = table.rows[0]
    assert left.splitlines() == ["ỦY BAN NHÂN DÂN", "XÃ TÂN LẬP", "Số: 12/KH-UBND"]
    assert right.splitlines()[-1] == "Tân Lập, ngày 15 tháng 01 năm 2026"


def test_recipients_beside_the_signature_are_read_apart() -> None:
    text = (
        "Trên đây là Kế hoạch./.\n\n"
        "Nơi nhận:                        TM. ỦY BAN NHÂN DÂN\n"
        "- Sở Nội vụ;                          CHỦ TỊCH\n"
        "- Lưu: VT.\n\n\n"
        "                                      Lê Thị Mẫu\n"
    )
    table = read(text)[1]
    assert isinstance(table, Table)
    assert table.rows[0][1].splitlines() == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thị Mẫu"]


def test_a_head_of_unknown_words_belongs_to_its_table() -> None:
    (table,) = read(
        tabbed(("Số", "Gói", "Hẹn"), ("1", "Lập danh mục", "30/9/2026"), ("2", "Mở lớp", "1/10/2026"))
    )
    assert isinstance(table, Table)
    assert table.rows[0] == ("Số", "Gói", "Hẹn")


@pytest.mark.parametrize("line", ["a\tb\tc", "| a | b |", '"\t"a', "1\t2\t3"])
def test_a_hundred_thousand_rows_cost_seconds_or_are_refused(line: str) -> None:
    started = time.process_time()
    with contextlib.suppress(BadInput):
        read_txt(f"{line}\n".encode() * 100_000)
    assert time.process_time() - started < 10


def test_a_signature_behind_a_tab_stands_in_the_right_column() -> None:
    (table,) = read("Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tCHỦ TỊCH\n- Lưu: VT.\n\n\tLê Thị Mẫu")
    assert isinstance(table, Table)
    left, right = table.rows[0]
    assert left.splitlines() == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert right.splitlines() == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thị Mẫu"]
