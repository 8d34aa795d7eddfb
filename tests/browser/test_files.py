"""The field of files: our words above the browser's, a list to take files out of, limits told at once."""

import pytest
from playwright.sync_api import expect
from support.browsing import violations
from support.world import ASSIGN, TASK

pytestmark = pytest.mark.browser


@pytest.fixture
def form(world, sit):
    """The form of a submission, before an officer with an English browser."""
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    return sit("lan", f"items/{TASK}/submissions/new", locale="en-US")


def test_files_are_listed_with_their_sizes_and_each_can_be_taken_out_again(form, world, tmp_path):
    papers = []
    for name, size in [("báo cáo.pdf", 2_000_000), ("phụ lục.docx", 30_000), ("ảnh.png", 900)]:
        papers.append(tmp_path / name)
        papers[-1].write_bytes(b"x" * size)
    field = form.get_by_label("Minh chứng")
    words = form.locator(".file-words")
    expect(words).to_have_text("Chọn tệp… Chưa chọn tệp. Có thể kéo tệp thả vào đây.")
    field.set_input_files(papers[:2])
    expect(words).to_have_text("Thêm tệp… 2 tệp, 2 MB")
    field.set_input_files(papers[2])
    expect(form.locator(".chosen li")).to_have_text(
        ["báo cáo.pdf 2 MBBỏ", "phụ lục.docx 29 kBBỏ", "ảnh.png 1 kBBỏ"]
    )
    assert violations(form) == []
    form.get_by_role("button", name="Bỏ tệp phụ lục.docx").click()
    expect(form.locator(".chosen li")).to_have_count(2)
    expect(field).to_be_focused()
    form.get_by_label("Kết quả").fill("Đã rà soát xong.")
    form.get_by_role("button", name="Nộp kết quả").click()
    expect(form.locator("#toasts")).to_contain_text("sang «Chờ duyệt»")
    evidence = world.ws.log.stream(f"item-{TASK}")[-1].data["evidence"]
    assert len(evidence) == 2


def test_a_dropped_file_that_is_too_large_is_left_out_and_those_before_it_stay(form, tmp_path):
    field = form.get_by_label("Minh chứng")
    paper = tmp_path / "báo cáo.pdf"
    paper.write_bytes(b"pdf")
    field.set_input_files(paper)
    film = form.evaluate_handle(
        """() => {
            const carried = new DataTransfer();
            carried.items.add(new File([new ArrayBuffer(27 * 1048576)], "phim.mp4"));
            return carried;
        }"""
    )
    form.locator(".file-input").dispatch_event("dragenter", {"dataTransfer": film})
    expect(form.locator(".file-input")).to_have_class("file-input over")
    field.evaluate(
        "(field, carried) => { field.files = carried.files; "
        "field.dispatchEvent(new Event('change', {bubbles: true})); }",
        film,
    )
    expect(form.get_by_role("alert")).to_have_text(
        "Tệp «phim.mp4» nặng 27 MB, mỗi tệp nhiều nhất 25 MB. Hãy chọn lại."
    )
    expect(form.locator(".chosen li")).to_have_count(1)
    assert field.evaluate("field => [...field.files].map((file) => file.name)") == ["báo cáo.pdf"]


def test_a_file_of_another_sort_is_told_before_it_is_sent(sit, tmp_path):
    page = sit("hoa", "plans", locale="en-US")
    scan = tmp_path / "ke-hoach.jpg"
    scan.write_bytes(b"\xff\xd8\xff\xe0")
    page.get_by_label("Văn bản kế hoạch").set_input_files(scan)
    expect(page.get_by_role("alert")).to_have_text(
        "Tệp «ke-hoach.jpg» không thuộc loại .docx, .doc, .pdf, .odt, .txt. Hãy chọn lại."
    )
    assert violations(page) == []
