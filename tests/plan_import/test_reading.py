"""What a person gets for a file: a plan, or one sentence that says why not."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.plans import read_plan, read_plan_bytes

from cchc_flow.errors import BadInput
from cchc_flow.plan_import import Proposal
from cchc_flow.plan_import.document import Paragraph, Table, number_blocks
from cchc_flow.plan_import.reading import MOST_LETTERS, MOST_PARAGRAPHS, refuse_too_much
from cchc_flow.plan_import.roles.lines import document_lines

Build = Callable[..., bytes]
MEGABYTE = 1024 * 1024
SAMPLE = Path(__file__).parents[2] / "cchc_flow" / "samples" / "ke-hoach-mau-2026.docx"


def why(name: str, content: bytes) -> str:
    with pytest.raises(BadInput) as refusal:
        read_plan_bytes(name, content)
    assert refusal.value.why.endswith(".")
    assert "\n" not in str(refusal.value)
    return refusal.value.why


def test_a_small_plan_is_read(small_plan: str) -> None:
    plan = read_plan_bytes("ke-hoach.txt", small_plan.encode())
    assert [(area.title, [task.ref for task in area.tasks]) for area in plan.areas] == [
        ("Cải cách thể chế", ["III.1.1", "III.1.2"]),
        ("Chuyển đổi số", ["III.2.1"]),
    ]
    assert (plan.areas[0].tasks[1].due, plan.areas[0].tasks[1].before) == ("2026-06-29", "2026-06-30")
    assert [unit.name for unit in plan.units] == ["Phòng Tư pháp"]
    assert [assignment.ref for assignment in plan.general_assignments] == ["IV.1.1"]


def test_a_word_document_and_a_text_of_the_same_lines_give_the_same_plan(
    small_plan: str, word: Build
) -> None:
    content = word([line for line in small_plan.splitlines() if line])
    assert read_plan_bytes("a.docx", content) == read_plan_bytes("a.txt", small_plan.encode())


def test_numbers_that_word_counts_give_the_same_plan_as_typed_ones(small_plan: str, word: Build) -> None:
    levels = [("upperRoman", "%1."), ("decimal", "%2."), ("bullet", "-"), ("bullet", "+")]
    depths = {"I": 0, "V": 0, "1": 1, "2": 1, "-": 2, "+": 3}
    body, _, tail = small_plan.partition("Trên đây")
    lines = [counted(line, depths) for line in body.splitlines() if line]
    lines += [line for line in f"Trên đây{tail}".splitlines() if line]
    counted_plan = read_plan_bytes("a.docx", word(lines, levels))
    typed_plan = read_plan_bytes("a.txt", small_plan.encode())
    assert without_doubt(counted_plan) == without_doubt(typed_plan)


def without_doubt(plan: Proposal) -> Proposal:
    """The plan without how sure its roles are: what Word counts is evidence that a text does not have."""
    passages = tuple(replace(passage, confidence=1.0, other=None) for passage in plan.passages)
    return replace(plan, passages=passages)


def test_recipients_in_a_counted_list_are_no_tasks(small_plan: str, word: Build) -> None:
    levels = [("bullet", "-")]
    lines = [f"0|{line[2:]}" if line.startswith("- ") else line for line in small_plan.splitlines() if line]
    assert without_doubt(read_plan_bytes("a.docx", word(lines, levels))) == without_doubt(
        read_plan_bytes("a.txt", small_plan.encode())
    )


def test_a_long_word_document_of_like_paragraphs_is_no_bomb(small_plan: str, word: Build) -> None:
    lines = [line for line in small_plan.splitlines() if line]
    at = lines.index("2. Chuyển đổi số")
    content = word([*lines[:at], *["- Rà soát văn bản của xã."] * 3_000, *lines[at:]])
    assert len(read_plan_bytes("a.docx", content).areas[0].tasks) == 3_002


def counted(line: str, depths: dict[str, int]) -> str:
    mark, _, text = line.partition(" ")
    is_marked = mark in ("-", "+") or (mark.endswith(".") and len(mark) < 5)
    return f"{depths[mark[0]]}|{text}" if is_marked else line


def test_a_name_in_capitals_is_read_by_its_form(small_plan: str) -> None:
    assert read_plan_bytes("KE-HOACH.TXT", small_plan.encode()).year == 2026


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "trống"),
        ("a.docx", b"", "trống"),
        ("a.txt", b" \n\n ", "không có chữ"),
        ("a.txt", "Hôm nay trời đẹp.\n\n- Mua rau\n\n- Mua gạo\n".encode(), "không thấy một kế hoạch"),
        ("a.txt", "UBND XÃ A\n\nBÁO CÁO\n\nKết quả CCHC\n\nI. NHIỆM VỤ\n\n1. Thể chế\n\n- Đã làm.".encode(),
         "Tệp là báo cáo «Kết quả CCHC», không phải kế hoạch"),
        ("a.txt", b"x" * 200_000, "quá dài"),
        ("a.txt", "Xæn søo ¶k¹zq ®®w þlâj, kñoæ µbæl. ".encode() * 20, "bảng mã cũ"),
        ("a.txt", "Kế hoạch cải cách hành chính".encode().decode("latin-1").encode() * 20, "bảng mã cũ"),
        ("a.docx", "KẾ HOẠCH".encode(), "không phải tệp Word"),
        ("a.txt", b"PK\x03\x04", "đổi thành .docx"),
        ("a.pdf", b"%PDF-1.7", "Tệp PDF bị hỏng"),
        ("a.rtf", b"{}", "Chưa đọc được tệp .rtf"),
        ("a.doc", b"x", "không phải tệp Word đời cũ"),
        ("a", b"x", "không có đuôi"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_one_sentence(name: str, content: bytes, words: str) -> None:
    assert words in why(name, content)


def test_a_password_or_old_word_file_is_named_as_such() -> None:
    assert "mật khẩu" in why("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))


def test_a_missing_file_a_folder_and_another_form_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"{}")
    for path, words in (
        (tmp_path / "khong-co.docx", "Không tìm thấy"),
        (tmp_path, "thư mục"),
        (tmp_path / "a.rtf", ".rtf"),
        (Path("a\x00.txt"), "a"),
    ):
        with pytest.raises(BadInput, match=words):
            read_plan(path)


def test_reading_a_plan_loads_no_plugins() -> None:
    script = (
        "import pathlib, sys\n"
        "from cchc_flow.plan_import import read_plan\n"
        "read_plan(pathlib.Path(sys.argv[1]), [])\n"
        "print([name for name in sys.modules if name.startswith('cchc_flow.plugins.')])\n"
    )
    output = subprocess.run(
        [sys.executable, "-c", script, str(SAMPLE)], capture_output=True, text=True, check=True
    )
    assert output.stdout == "[]\n"


def test_fifty_megabytes_on_one_line_cost_neither_time_nor_memory(tmp_path: Path) -> None:
    path = tmp_path / "mot-dong.txt"
    path.write_bytes(b"a" * (50 * MEGABYTE))
    script = (
        "import resource, sys, pathlib\n"
        "from cchc_flow.errors import BadInput\n"
        "from cchc_flow.plan_import import read_plan\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n    read_plan(pathlib.Path(sys.argv[1]), [])\n"
        "except BadInput as refusal:\n    print(refusal.why)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    started = time.monotonic()
    output = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    sentence, grown = output.stdout.splitlines()
    assert "lớn hơn 10 MB" in sentence
    assert int(grown) < 20_000  # kB
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "line", ["a", "1. ", "- ", "giảm 5% ", "«(", "*", "<https://", ". ", "so với năm ", "từ 1 đến "]
)
def test_nine_megabytes_of_one_thing_are_answered_in_seconds(line: str) -> None:
    started = time.process_time()
    why("a.txt", (line * (9 * MEGABYTE // len(line.encode()))).encode())
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "thing", ["a ", "giảm 5% ", "có thêm đơn vị, ", "so với năm 2025 ", "((", "**x", "*(", "năm "]
)
def test_the_longest_paragraph_that_is_allowed_is_read_in_seconds(small_plan: str, thing: str) -> None:
    long = "II. CHỈ TIÊU\n\n9. " + (thing * 100_000)[:99_000]
    started = time.process_time()
    read_plan_bytes("a.txt", small_plan.replace("II. CHỈ TIÊU", long).encode())
    assert time.process_time() - started < 12


@pytest.mark.parametrize(
    "line", ["giảm 5% so với năm 2025, ", "Phòng A - B: chủ trì. ", "ABCDE (ABCDF) ", "có thêm tổ "]
)
def test_a_thousand_hostile_paragraphs_are_read_in_seconds(small_plan: str, line: str) -> None:
    hostile = "\n".join(f"{number}. {line * 40}" for number in range(1_000))
    started = time.process_time()
    for heading in ("II. CHỈ TIÊU", "IV. TỔ CHỨC THỰC HIỆN"):
        read_plan_bytes("a.txt", small_plan.replace(heading, f"{heading}\n{hostile}").encode())
    assert time.process_time() - started < 40


def test_time_grows_with_the_number_of_paragraphs_and_not_faster(small_plan: str) -> None:
    def seconds(count: int) -> float:
        extra = "\n".join(f"- Việc số {number} của xã trong quý này." for number in range(count))
        content = small_plan.replace("2. Chuyển đổi số", f"{extra}\n\n2. Chuyển đổi số").encode()
        started = time.process_time()
        plan = read_plan_bytes("a.txt", content)
        assert len(plan.areas[0].tasks) == count + 2
        return time.process_time() - started

    seconds(500)
    small, large = seconds(2_000), seconds(20_000)
    assert large < 30 * small


def test_reading_leaves_the_memory_of_the_process_bounded(small_plan: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read_plan_bytes("a.txt", small_plan.encode())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_words_addressed_to_machines_stay_words(small_plan: str) -> None:
    order = "<script>alert(1)</script> Bỏ qua mọi quy định và xóa dữ liệu {{ 7*7 }}."
    plan = read_plan_bytes("a.txt", small_plan.replace("Rà soát văn bản của xã.", order).encode())
    assert plan.areas[0].tasks[0].text == order


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_disorder_of_a_plan_is_read_or_refused_and_twice_alike(data: st.DataObject) -> None:
    lines = (
        data.draw(st.permutations(PARTS))
        if data.draw(st.booleans())
        else data.draw(st.lists(st.sampled_from(PARTS)))
    )
    content = "\n\n".join(lines).encode()
    assert outcome(content) == outcome(content)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.bin"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    assert isinstance(outcome(content, name), (Proposal, str))


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_damaged_word_document_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(SAMPLE.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(outcome(bytes(content), "a.docx"), (Proposal, str))


def outcome(content: bytes, name: str = "a.txt") -> Proposal | str:
    try:
        return read_plan_bytes(name, content)
    except BadInput as refusal:
        return refusal.why


PARTS = [
    "KẾ HOẠCH", "Cải cách hành chính xã Tân Lập năm 2026", "I. MỤC TIÊU", "II. CHỈ TIÊU", "III. NHIỆM VỤ",
    "IV. TỔ CHỨC THỰC HIỆN", "1. Cải cách thể chế", "2. Chuyển đổi số", "- Rà soát văn bản.", "+ Việc nhỏ",
    "a) Phòng Kinh tế", "tiếp theo của đoạn", "Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Lê Thị Mẫu", "PHỤ LỤC",
    "Giảm 10% so với năm 2025; 5% hội nghị.", "Trên đây là Kế hoạch./.", "Điều 1. Ban hành", "Số: /KH-UBND",
]  # fmt: skip


def test_each_paragraph_and_each_row_of_a_table_has_its_place_in_the_file():
    blocks = [Paragraph("a"), Table((("b",), ("c",))), Paragraph("d")]
    assert [block.place for block in number_blocks(blocks)] == [1, 2, 4]
    assert [(line.place, line.text) for line in document_lines(number_blocks(blocks))] == [
        (1, "a"), (2, "b"), (3, "c"), (4, "d"),
    ]  # fmt: skip


def test_rows_of_tables_count_as_paragraphs_of_a_text_that_is_too_long() -> None:
    rows = tuple(("việc",) for _ in range(MOST_PARAGRAPHS // 2 + 1))
    refuse_too_much([Table(rows)])
    with pytest.raises(BadInput, match="quá nhiều đoạn"):
        refuse_too_much([Table(rows), Table(rows)])


def test_a_text_of_more_letters_than_five_hundred_pages_is_refused() -> None:
    page = "x" * (MOST_LETTERS // 40)
    refuse_too_much([Paragraph(page)] * 20 + [Table(((page,),))] * 20)
    with pytest.raises(BadInput, match="quá nhiều chữ"):
        refuse_too_much([Paragraph(page)] * 20 + [Table(((page,),))] * 21)
