"""Text files: signs between cells, quotes, encodings, and what is no value."""

import pytest
from register_import.reading import Reading, read

from cchc_flow.errors import BadInput


def of(text: str) -> Reading:
    return read(text.encode(), "bang.csv")


@pytest.mark.parametrize(
    "text",
    [
        "Tên;Mã\r\nĐường, cầu, cống;A-1\r\n",
        '"Tên";"Mã"\nĐường, cầu, cống;A-1',
        "Tên\tMã\nĐường, cầu, cống\tA-1",
        'Tên,Mã\r"Đường, cầu, cống",A-1\r',
        "sep=;\nTên;Mã\nĐường, cầu, cống;A-1",
        "\ufeff\nTên;Mã;;\n\nĐường, cầu, cống;A-1;;\n;;;\n",
    ],
)
def test_the_sign_between_cells_is_the_one_that_gives_the_headings(text: str) -> None:
    reading = of(text)
    assert (reading.values("title"), reading.values("code")) == (["Đường, cầu, cống"], ["A-1"])


def test_text_is_left_as_it_stands() -> None:
    assert of("Tên,Mã\n1.10,0012\n").values("code") == ["0012"]
    assert of("Tên,Mã\n1.10,0012\n").values("title") == ["1.10"]


def test_a_shifted_line_is_refused() -> None:
    reading = of("Tên,Mã\nĐường, cầu,A-1\nĐường,A-2\n")
    assert reading.faults == [
        "Dòng 2: Nội dung «A-1» ở cột 3 nằm ngoài các cột có tên; hãy xóa hoặc chuyển vào cột của nó."
    ]


def test_blank_lines_after_the_table_cost_nothing() -> None:
    assert of("Tên,Mã\nĐường,A-1\n" + ",,,\n" * 20_000).values("code") == ["A-1"]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("#N/A", "báo lỗi #N/A"),
        ("#####", "báo lỗi #####"),
        ("Err:502", "báo lỗi Err:502"),
        ("=A1&B1", "là công thức (bắt đầu bằng dấu =)"),
        ("Đư\ufffdng", "có chữ bị hỏng"),
        ("a" + "\u0301" * 30_000, "quá 4 dấu chồng lên nhau"),
    ],
)
def test_what_is_no_value_is_refused_by_line(cell: str, why: str) -> None:
    (fault,) = of(f"Tên,Mã\n{cell},A-1\n").faults
    assert fault.startswith("Dòng 2: Hãy nhập tên: cột 1 ") and why in fault


def test_a_long_list_of_lines_is_cut_in_a_note() -> None:
    lines = "".join(f"Đường,A-{number},{'riêng' if number % 2 else ''}\n" for number in range(60))
    assert of("Tên,Mã,\n" + lines).notes == [
        "Cột 3 không có tên nên không được đọc; có nội dung ở dòng 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25"
        " và 18 dòng khác."
    ]


@pytest.mark.parametrize("text", ['Tên,Mã\n"Đường,A-1\nCầu,A-2\n', 'Tên,Mã\n"Đường" hỏng,A-1\n'])
def test_an_open_quote_swallows_no_lines(text: str) -> None:
    with pytest.raises(BadInput, match=r"Tệp \.csv hỏng ở dòng 2: dấu ngoặc kép không khớp"):
        of(text)
