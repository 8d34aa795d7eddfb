"""Short titles for cards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import.extraction.titles import LONGEST, short_title


def test_a_short_text_is_its_own_title_without_the_end_mark() -> None:
    assert short_title("Rà soát quy định nội bộ:") == "Rà soát quy định nội bộ"


def test_a_long_text_ends_before_a_new_phrase() -> None:
    text = "Xây dựng cơ sở dữ liệu dùng chung của xã để phục vụ người dân, doanh nghiệp tra cứu mọi nơi."
    assert short_title(text) == "Xây dựng cơ sở dữ liệu dùng chung của xã"


@pytest.mark.parametrize("last", ["và", "của", "để", "với", "trong", "theo", "các"])
def test_no_title_ends_in_a_dangling_word(last: str) -> None:
    text = f"Tuyên truyền sâu rộng {last} " + "nội dung " * 20
    assert not short_title(text).endswith(f" {last}")


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Rà soát, sắp xếp các tổ chức, đơn vị sự nghiệp thuộc Ủy ban nhân dân xã",
         "theo hướng tinh gọn, cơ cấu lại đội ngũ"),
        ("Phối hợp với Mặt trận và các tổ chức chính trị - xã hội của xã",
         "trong giám sát việc giải quyết thủ tục hành chính cho dân"),
        ("Gửi đầy đủ, đúng hạn báo cáo định kỳ, đột xuất",
         "cho Chính phủ, bộ, ngành trung ương và Ủy ban nhân dân tỉnh theo quy định"),
        ("Bồi dưỡng nghiệp vụ cho tổ chấm thầu, thực hiện đấu thầu qua mạng",
         "đối với mọi gói thầu mua sắm thường xuyên"),
        ("Báo cáo đúng hạn toàn bộ nhiệm vụ",
         "do Thường trực Đảng ủy, Chủ tịch và các Phó Chủ tịch Ủy ban nhân dân tỉnh giao"),
        ("Thực hiện nghiêm chế độ báo cáo thống kê",
         "đảm bảo theo đúng biểu mẫu và thời hạn mà Sở Nội vụ đã ban hành từ đầu năm 2026"),
        ("Đẩy nhanh tiến độ giải ngân vốn đầu tư công",
         "; tháo gỡ vướng mắc về mặt bằng và thủ tục đất đai của từng dự án."),
        ("Khắc phục dứt điểm mọi tồn tại",
         "được UBND tỉnh, Chủ tịch và các Phó Chủ tịch chỉ ra năm 2025 tại xã"),
        ("Giữ liên lạc thường xuyên với tổ công nghệ số cộng đồng",
         ", kịp thời tháo gỡ khó khăn, vướng mắc khi bà con nộp hồ sơ tại nhà văn hóa"),
        ("Lập danh sách chi tiết những người tiếp nhận công việc",
         "từ các xã cũ đã nhập thành đơn vị hành chính mới"),
    ],
)  # fmt: skip
def test_a_title_ends_where_a_reader_would_pause(title: str, rest: str) -> None:
    gap = "" if rest[0] in ",;" else " "
    assert short_title(f"{title}{gap}{rest}") == title


@pytest.mark.parametrize(
    "pair", ["cơ cấu lại", "tồn tại", "công việc", "cân bằng", "thống nhất", "tiếp theo"]
)
def test_a_word_is_not_mistaken_for_one_that_waits(pair: str) -> None:
    assert short_title(f"Sắp xếp, {pair}.") == f"Sắp xếp, {pair}"


@pytest.mark.parametrize("pair", ["đảm bảo", "đối với", "thông qua", "nhất là", "góp phần"])
def test_no_title_ends_in_two_words_that_wait_together(pair: str) -> None:
    assert short_title(f"Tuyên truyền sâu rộng {pair}") == "Tuyên truyền sâu rộng"


def test_a_bracket_is_not_left_open() -> None:
    text = "Nâng cấp cổng thông tin điện tử (bao gồm giao diện, máy chủ, đường truyền, nội dung) trong quý II"
    assert short_title(text) == "Nâng cấp cổng thông tin điện tử"


def test_one_endless_word_is_cut_at_the_limit() -> None:
    assert len(short_title("a" * 500)) == LONGEST


@given(st.lists(st.text(alphabet="aăâbcđeêghiôơuưy", min_size=1, max_size=9), min_size=1, max_size=60))
def test_a_title_begins_the_text_and_ends_with_a_word(words: list[str]) -> None:
    text = " ".join(words)
    title = short_title(text)
    assert 1 <= len(title) <= LONGEST
    assert text.startswith(title)
    assert text[len(title) :][:1] in ("", " ")
