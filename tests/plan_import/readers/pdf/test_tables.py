"""Tables of a PDF are read by their rules, over pages too."""

from support.pdfs import drawn_pdf, read_pages, tables, texts

from cchc_flow.plan_import.readers.pdf.document import read_document

HEAD = "<thead><tr><th>STT</th><th>Nhiệm vụ</th><th>Chủ trì</th><th>Thời gian</th></tr></thead>"
TASK = "Rà soát, đơn giản hóa thủ tục hành chính, công khai tại bộ phận một cửa của xã, lần thứ"


def row(number: int) -> str:
    return f"<tr><td>{number}</td><td>{TASK} {number}</td><td>Văn phòng</td><td>Quý I/2026</td></tr>"


def test_cells_are_read_with_their_lines_joined() -> None:
    rows = tables(read_pages(f"<p>PHỤ LỤC</p><table>{HEAD}{row(1)}{row(2)}</table><p>Sau bảng.</p>"))
    assert rows == [
        (
            ("STT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
            ("1", f"{TASK} 1", "Văn phòng", "Quý I/2026"),
            ("2", f"{TASK} 2", "Văn phòng", "Quý I/2026"),
        )
    ]


def test_a_table_goes_on_over_pages_with_its_head_repeated() -> None:
    found = tables(read_pages(f"<table>{HEAD}{''.join(map(row, range(1, 60)))}</table>"))
    assert [len(rows) for rows in found] == [60]
    assert [cells[0] for cells in found[0]] == ["STT", *map(str, range(1, 60))]
    assert {cells[1] for cells in found[0][1:]} == {f"{TASK} {number}" for number in range(1, 60)}


def test_a_merged_cell_repeats_its_text_in_each_place_that_it_covers() -> None:
    blocks = read_pages(
        "<table><tr><td>I</td><td colspan=2>Cải cách thể chế</td></tr>"
        "<tr><td>1</td><td>Soát văn bản</td><td rowspan=2>Văn phòng</td></tr>"
        "<tr><td>2</td><td>Đăng văn bản</td></tr></table>"
    )
    assert tables(blocks) == [
        (
            ("I", "Cải cách thể chế", "Cải cách thể chế"),
            ("1", "Soát văn bản", "Văn phòng"),
            ("2", "Đăng văn bản", "Văn phòng"),
        )
    ]


def test_text_around_a_table_stays_outside_of_it_and_in_order() -> None:
    blocks = read_pages(f"<p>Trước bảng.</p><table>{HEAD}{row(1)}</table><p>Sau bảng.</p>")
    assert texts(blocks) == ["Trước bảng.", "Sau bảng."]
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Table", "Paragraph"]


def test_a_table_without_rules_is_read_by_the_alignment_of_its_columns() -> None:
    spanning = "<tr><td>I</td><td colspan=3>Lĩnh vực cải cách thể chế và thi hành pháp luật của xã</td></tr>"
    blocks = read_pages(
        f"<p>{TASK} nhất và các việc khác.</p><table>{HEAD}{row(1)}{spanning}{row(2)}{row(3)}</table>"
        "<p>Sau bảng.</p>",
        "td, th { border: none; padding: 0 8pt 4pt 0; vertical-align: top }",
    )
    assert tables(blocks) == [
        (
            ("STT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
            ("1", f"{TASK} 1", "Văn phòng", "Quý I/2026"),
            ("I", "Lĩnh vực cải cách thể chế và thi hành pháp luật của xã", "", ""),
            ("2", f"{TASK} 2", "Văn phòng", "Quý I/2026"),
            ("3", f"{TASK} 3", "Văn phòng", "Quý I/2026"),
        )
    ]
    assert texts(blocks)[-1] == "Sau bảng."


def test_a_row_that_the_end_of_a_page_breaks_is_one_row() -> None:
    long = f"{TASK} đầu, gồm nhiều việc; " * 30
    filler = "<p>Dòng.</p>" * 20
    rows = tables(
        read_pages(
            f"{filler}<table>{HEAD}{row(1)}<tr><td>2</td><td>{long}</td><td>Công an xã</td>"
            f"<td>Năm 2026</td></tr>{row(3)}</table>",
            "tr { break-inside: auto }",
        )
    )
    assert [cells[0] for cells in rows[0]] == ["STT", "1", "2", "3"]
    assert rows[0][2][1] == long.strip()
    assert rows[0][2][2:] == ("Công an xã", "Năm 2026")


def test_a_table_on_a_page_that_lies_on_its_side_is_read() -> None:
    grid = "".join(f"{x} 100 m {x} 400 l S " for x in (100, 200, 300)) + "".join(
        f"100 {y} m 300 {y} l S " for y in (100, 400)
    )
    words = "".join(
        f"BT /F 12 Tf 0 1 -1 0 {x} 120 Tm ({text}) Tj ET "
        for x, text in ((150, "Nhiem vu"), (250, "Thoi gian"))
    )
    assert tables(read_document(drawn_pdf(grid + words, turned=90))) == [(("Nhiem vu",), ("Thoi gian",))]


def test_units_below_each_other_in_a_cell_stay_apart_and_torn_words_are_made_whole() -> None:
    narrow = "td { width: 92pt; overflow-wrap: anywhere } table { width: 276pt; table-layout: fixed }"
    cells = (
        "Phòng Kinh tế<br>Công an xã",
        "Văn phòng HĐND và UBND xã",
        "Hoàn thành xong cả trước 31/10/2026",
    )
    rows = tables(
        read_pages(f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>", narrow)
    )
    assert rows == [
        (("Phòng Kinh tế\nCông an xã", "Văn phòng HĐND và UBND xã", "Hoàn thành xong cả trước 31/10/2026"),)
    ]


def test_a_head_that_stands_upright_in_its_narrow_column_is_read() -> None:
    style = "th.up > div { transform: rotate(-90deg); width: 30pt; white-space: nowrap }"
    style += "th.up { height: 90pt; width: 30pt } td { text-align: center }"
    head = "".join(f"<th class='up'><div>{unit}</div></th>" for unit in ("Văn phòng", "Công an xã"))
    row = "<tr><td>Rà soát văn bản của xã</td><td>x</td><td></td></tr>"
    body = f"<table><tr><th>Nhiệm vụ</th>{head}</tr>{row}</table>"
    rows = tables(read_pages(f"<p>{TASK} nhất.</p>{body}", style))
    assert rows == [(("Nhiệm vụ", "Văn phòng", "Công an xã"), ("Rà soát văn bản của xã", "x", ""))]
