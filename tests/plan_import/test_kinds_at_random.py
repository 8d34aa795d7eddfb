"""Any title over any sections: the title decides, and its number, never a word below them."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from support.official_documents import FORMS, Document, as_text
from support.plans import read_plan_bytes

from cchc_flow.errors import BadInput

KINDS = {
    "BÁO CÁO": "BC-UBND", "QUYẾT ĐỊNH": "QĐ-UBND", "CHỈ THỊ": "CT-UBND", "THÔNG BÁO": "TB-UBND",
    "HƯỚNG DẪN": "HD-UBND", "TỜ TRÌNH": "TTr-UBND", "NGHỊ QUYẾT": "NQ-HĐND", "BIÊN BẢN": "BB-UBND",
    "QUY CHẾ": "QC-UBND", "KẾT LUẬN": "KL-ĐU", "ĐỀ ÁN": "ĐA-UBND", "CÔNG ĐIỆN": "CĐ-UBND",
    "HỢP ĐỒNG": "HĐ-UBND",
}  # fmt: skip
SUBJECTS = (
    "Kết quả cải cách hành chính năm 2026", "Về việc triển khai Kế hoạch cải cách hành chính năm 2026",
    "Thực hiện chế độ báo cáo năm 2026", "Kiểm tra công vụ năm 2026", "Thông báo, tuyên truyền năm 2026",
    "TĂNG CƯỜNG KỶ LUẬT, KỶ CƯƠNG HÀNH CHÍNH NĂM 2026", "Phong trào thi đua năm 2026",
)  # fmt: skip
SECTIONS = (
    ("MỤC ĐÍCH, YÊU CẦU", "- Làm gọn, đúng hạn.", "- Có người chịu trách nhiệm."),
    ("MỤC TIÊU", "1. Hồ sơ đúng hẹn tối thiểu 98%.", "2. Giảm 10% cuộc họp so với năm 2025."),
    ("CHỈ TIÊU", "1. Tối thiểu 80% hồ sơ trực tuyến.", "2. 100% văn bản được đăng."),
    ("NHIỆM VỤ", "1. Cải cách thể chế", "- Soát quy chế.", "2. Chuyển đổi số", "- Lắp wifi ở thôn."),
    ("NỘI DUNG", "1. Cải cách thủ tục hành chính", "- Niêm yết thủ tục.", "- Trả lời phản ánh."),
    ("TỔ CHỨC THỰC HIỆN", "1. Phòng Kinh tế", "- Chủ trì tài chính công.", "2. Công an xã", "- Phối hợp."),
    ("KẾT QUẢ NĂM TRƯỚC", "- Đã ban hành 12 văn bản.", "- Đã trả đúng hẹn 97% hồ sơ."),
    ("TỒN TẠI, HẠN CHẾ", "- Còn hồ sơ trễ hẹn.", "- Máy móc cũ."),
    ("KINH PHÍ", "Ngân sách xã năm 2026."),
    ("KIẾN NGHỊ, ĐỀ XUẤT", "- Đề nghị cấp thêm máy quét."),
)  # fmt: skip
OPENINGS = (
    (), ("Căn cứ Kế hoạch số 14/KH-UBND của UBND xã;",), ("Thực hiện Báo cáo số 9/BC-UBND ngày 3/3/2026;",),
    ("Căn cứ Quyết định số 8/QĐ-UBND của UBND tỉnh ban hành Kế hoạch cải cách hành chính;",),
)  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, ...]:
    chosen = draw(st.lists(st.sampled_from(SECTIONS), min_size=2, max_size=5, unique=True))
    sections = (
        (f"{mark}. {heading}", *lines)
        for mark, (heading, *lines) in zip(("I", "II", "III", "IV", "V"), chosen, strict=False)
    )
    return (*draw(st.sampled_from(OPENINGS)), *(line for section in sections for line in section))


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([*KINDS]), st.sampled_from(SUBJECTS), bodies(), st.sampled_from([*FORMS]), st.booleans()
)
def test_another_title_is_refused_whatever_stands_below(
    kind: str, subject: str, body: tuple[str, ...], form: str, is_decomposed: bool
) -> None:
    content = as_text(FORMS[form](Document(kind, KINDS[kind], subject, body))).decode()
    content = unicodedata.normalize("NFD", content) if is_decomposed else content
    try:
        read_plan_bytes("a.txt", content.encode())
    except BadInput as refusal:
        assert refusal.why.startswith(f"Tệp là {kind.lower()}")
    else:
        raise AssertionError(f"{kind} «{subject}» was read as a plan")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["KH-UBND", "KH-MTTQ-BTT", "KH-BCĐ", "KH/ĐU"]),
    st.sampled_from(SUBJECTS),
    bodies(),
    st.sampled_from([*FORMS]),
)
def test_a_plan_is_shown_whatever_stands_below(
    code: str, subject: str, body: tuple[str, ...], form: str
) -> None:
    plan = read_plan_bytes("a.txt", as_text(FORMS[form](Document("KẾ HOẠCH", code, subject, body))))
    assert (plan.kind, plan.year) == ("plan", 2026)
    assert plan.title == subject


def test_a_subject_that_begins_as_a_task_does_is_the_title_below_a_torn_name() -> None:
    body = (
        "Thực hiện Báo cáo số 9/BC-UBND ngày 3/3/2026;",
        "I. MỤC TIÊU",
        "1. Hồ sơ đúng hẹn tối thiểu 98%.",
    )
    subject = "Thực hiện chế độ báo cáo năm 2026"
    plan = read_plan_bytes("a.txt", as_text(FORMS["torn"](Document("KẾ HOẠCH", "KH/ĐU", subject, body))))
    assert (plan.kind, plan.title) == ("plan", subject)
