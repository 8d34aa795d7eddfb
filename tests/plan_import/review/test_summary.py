"""What a person at a terminal reads first: what it is, what is doubtful, what went nowhere."""

from msgspec.structs import replace

from cchc_flow.plan_import.proposal import Passage, Proposal
from cchc_flow.plan_import.review.summary import summary


def passage(place: int, text: str, **fields: object) -> Passage:
    usual = Passage(place, None, "", text, "other", "other", 1.0)
    return replace(usual, **fields)


def test_the_least_sure_line_stands_first_with_its_other_reading(sample: Proposal) -> None:
    plan = replace(
        sample,
        passages=(
            passage(4, "Soát văn bản.", role="task", ref="III.1.1", confidence=0.5, other="duty", page=2),
            passage(5, "Đăng văn bản.", role="task", ref="III.1.2", confidence=0.4, other="target"),
            passage(6, "Niêm yết.", role="task", ref="III.1.3", confidence=0.9, other="target"),
            passage(7, "TM. UBND", role="signature", ref="Kết thúc", confidence=0.2, other="recipients"),
        ),
    )
    lines = summary(plan).splitlines()
    start = lines.index("Chưa chắc đọc đúng (2 đoạn):")
    assert lines[start + 1 : start + 4] == [
        "  đoạn 5 (III.1.2): đọc là công việc, có thể là chỉ tiêu: «Đăng văn bản.»",
        "  trang 2, đoạn 4 (III.1.1): đọc là công việc, có thể là nhiệm vụ của đơn vị: «Soát văn bản.»",
        "",
    ]
    assert start < next(place for place, line in enumerate(lines) if "63 công việc" in line)


def test_unread_lines_are_named_and_formal_sentences_folded(sample: Proposal) -> None:
    plan = replace(
        sample,
        passages=(
            passage(3, "UBND xã ban hành Kế hoạch năm 2026 như sau:"),
            passage(9, "Xã có mười hai thôn."),
            passage(60, "Trên đây là Kế hoạch của xã."),
        ),
    )
    text = summary(plan)
    assert "Không đưa vào kế hoạch (1 đoạn):\n  đoạn 9: «Xã có mười hai thôn.»\n" in text
    assert "Lời mở đầu, lời kết, chỉ để đọc: đoạn 3, đoạn 60." in text


def test_only_the_first_ten_are_named_unless_all_are_asked_for(sample: Proposal) -> None:
    plan = replace(sample, passages=tuple(passage(place, f"Câu {place}.") for place in range(1, 15)))
    assert "… và 4 đoạn nữa" in summary(plan) and "«Câu 11.»" not in summary(plan)
    assert "«Câu 14.»" in summary(plan, is_full=True)
