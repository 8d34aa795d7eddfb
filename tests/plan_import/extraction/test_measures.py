"""Which figures a sentence asks for, and in which direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import.extraction.measures import measures

UP, DOWN, LEAST, MOST, SAME = "increase_at_least", "decrease_at_least", "at_least", "at_most", "equal"


def read(text: str) -> list[tuple[float, str | None, str, int | None]]:
    return [
        (measure.value, measure.unit, measure.direction, measure.baseline_year) for measure in measures(text)
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit", "direction"),
    [
        ("100% hồ sơ được số hóa.", 100, "%", SAME),
        ("Hoàn thành 100 % kế hoạch.", 100, "%", SAME),
        ("Tổ chức 02 lớp tập huấn.", 2, "lớp", SAME),
        ("Hoàn thành 04 nội dung trọng tâm.", 4, "nội dung", SAME),
        ("Có 02 lĩnh vực được khen.", 2, "lĩnh vực", SAME),
        ("Tối thiểu 80% hồ sơ nộp trực tuyến.", 80, "%", LEAST),
        ("Ít nhất 03 sáng kiến được công nhận.", 3, "sáng kiến", LEAST),
        ("Mỗi đơn vị có ít nhất một sáng kiến.", 1, "sáng kiến", LEAST),
        ("Mức độ hài lòng đạt tối thiểu 92,5%.", 92.5, "%", LEAST),
        ("Tối thiểu phải đạt 75% chỉ tiêu.", 75, "%", LEAST),
        ("Kiểm tra tối thiểu 50% số cơ quan.", 50, "%", LEAST),
        ("Tỷ lệ hài lòng đạt 95% trở lên.", 95, "%", LEAST),
        ("Từ 95% trở lên hồ sơ đúng hạn.", 95, "%", LEAST),
        ("Duy trì 02 cuộc đối thoại trở lên.", 2, "cuộc", LEAST),
        ("Chỉ số đạt trên 85 điểm.", 85, "điểm", LEAST),
        ("Trên 90% người dân hài lòng.", 90, "%", LEAST),
        ("Không dưới 70% công chức qua tập huấn.", 70, "%", LEAST),
        ("Hồ sơ trễ hạn không quá 1,5%.", 1.5, "%", MOST),
        ("Tổ chức tối đa 05 hội nghị.", 5, "hội nghị", MOST),
        ("Tỷ lệ trễ hạn dưới 2%.", 2, "%", MOST),
        ("Giải quyết không quá 05 ngày làm việc.", 5, "ngày làm việc", MOST),
        ("Số cuộc họp không vượt quá 12 cuộc.", 12, "cuộc", MOST),
        ("Chi khác từ 10 triệu đồng trở xuống.", 10, "triệu đồng", MOST),
        ("Tăng 05 bậc.", 5, "bậc", UP),
        ("Thu ngân sách tăng ít nhất 12%.", 12, "%", UP),
        ("Tăng thu ngân sách 7%.", 7, "%", UP),
        ("Giảm tối thiểu 15% số văn bản.", 15, "%", DOWN),
        ("Cắt giảm 50% thời gian giải quyết.", 50, "%", DOWN),
        ("Giảm thời gian và chi phí 30%.", 30, "%", DOWN),
        ("Có thêm 02 mô hình mới.", 2, "mô hình", UP),
        ("Có thêm ít nhất 03 trường đạt chuẩn.", 3, "trường", UP),
        ("Có thêm mô hình một cửa lưu động.", 1, "mô hình", UP),
        ("Thu đạt 1.000 triệu đồng.", 1000, "triệu đồng", SAME),
        ("98.5% hồ sơ đúng hạn.", 98.5, "%", SAME),
        ("Phấn đấu giảm tỷ lệ trễ hạn xuống dưới 2%.", 2, "%", MOST),
        ("Tăng tỷ lệ trực tuyến từ 60% lên 80%.", 80, "%", LEAST),
        ("Đạt 70-80% kế hoạch.", 70, "%", LEAST),
        ("Giảm 5 - 10% chi phí.", 5, "%", DOWN),
        ("Ít nhất mỗi quý 01 lần.", 1, "lần", LEAST),
        ("Tăng 5% trở lên.", 5, "%", UP),
        ("Thời gian chờ dưới 15 phút.", 15, "phút", MOST),
        ("Tăng trưởng GRDP từ 8% trở lên.", 8, "%", LEAST),
        ("Điểm hài lòng đạt ≥ 90%.", 90, "%", LEAST),
        ("Không để quá 2% hồ sơ trễ hạn.", 2, "%", MOST),
        ("Công khai thủ tục chậm nhất 05 ngày làm việc sau khi công bố.", 5, "ngày làm việc", MOST),
        ("Tỷ lệ hồ sơ trễ hạn không quá 1%/tháng.", 1, "%", MOST),
        ("Giảm thiểu số hồ sơ trễ hạn xuống dưới 1%.", 1, "%", MOST),
        ("Thời gian chờ không quá 15 phút/lượt.", 15, "phút", MOST),
        ("Thời gian giải quyết giảm từ 10 ngày xuống còn 07 ngày.", 7, "ngày", MOST),
        ("Tổ chức ít nhất 01 lần/năm hội nghị đối thoại.", 1, "lần", LEAST),
        ("Tăng cường kiểm tra, tối thiểu 02 cuộc/năm.", 2, "cuộc", LEAST),
        ("Duy trì tỷ lệ giải quyết đúng hạn từ 99% trở lên.", 99, "%", LEAST),
        ("Tỷ lệ hài lòng đạt từ 90% đến 95%.", 90, "%", LEAST),
        ("Nâng tỷ lệ hài lòng từ 90% lên 95%.", 95, "%", LEAST),
        ("Tăng tỷ lệ hồ sơ trực tuyến lên 85%.", 85, "%", LEAST),
        ("Điện tử hóa trên 2.000 hồ sơ lưu trữ.", 2000, "hồ sơ", LEAST),
        ("Đạt 85/100 điểm trở lên.", 85, "điểm", LEAST),
        ("Hoàn thành 20/20 tiêu chí chính quyền số.", 20, "tiêu chí", SAME),
        ("Bố trí 0,5% chi ngân sách cho chuyển đổi số.", 0.5, "%", SAME),
        ("Thu ngân sách đạt 1.250,5 tỷ đồng.", 1250.5, "tỷ đồng", SAME),
        ("Tăng tỷ lệ hồ sơ trực tuyến thêm 10%.", 10, "%", UP),
        ("Có thêm từ 2 đến 3 sáng kiến.", 2, "sáng kiến", UP),
        ("Có thêm 03-05 mô hình mới.", 3, "mô hình", UP),
        ("Tăng từ 3 đến 5 bậc.", 3, "bậc", UP),
        ("Tinh giản biên chế tối thiểu 5%.", 5, "%", DOWN),
        ("Rút ngắn thời gian giải quyết ít nhất 20%.", 20, "%", DOWN),
        ("Phấn đấu giảm nghèo 2%.", 2, "%", DOWN),
        ("Tỷ lệ giảm nghèo đạt 2%.", 2, "%", SAME),
        ("Tổ chức tối thiểu hai mươi bốn buổi trực tại thôn.", 24, "buổi", LEAST),
        ("Mỗi trường không quá ba cấp phó.", 3, "cấp phó", MOST),
        ("Cắt giảm một phần tư thời gian xử lý.", 25, "%", DOWN),
        ("Hai phần ba số thôn có tổ công nghệ.", 66.67, "%", SAME),
        ("3/4 số thôn có tổ công nghệ.", 75, "%", SAME),
        ("Xây dựng năm (05) mô hình mới.", 5, "mô hình", SAME),
        ("Xây dựng 06 (sáu) mô hình mới.", 6, "mô hình", SAME),
        ("Mở hai lớp bồi dưỡng.", 2, "lớp", SAME),
        ("Phấn đấu từ 92% đến 96% người dân hài lòng.", 92, "%", LEAST),
        ("Giảm ít nhất 1/4 số cuộc họp.", 25, "%", DOWN),
        ("Chỉ số tối thiểu đạt 8,5/10 điểm.", 8.5, "điểm", LEAST),
        ("Ít nhất 2/3 khu phố có tổ công nghệ.", 66.67, "%", LEAST),
        ("95% người dân được hỏi ý kiến trở lên hài lòng.", 95, "%", LEAST),
        ("Ít nhât 55% hồ sơ nộp trực tuyến.", 55, "%", LEAST),
        ("Giam 25% số cuộc họp.", 25, "%", DOWN),
        ("Hồ sơ trễ hạn tối đa năm phần trăm.", 5, "%", MOST),
    ],
)
def test_the_governing_word_gives_the_direction(
    text: str, value: float, unit: str | None, direction: str
) -> None:
    assert read(text) == [(value, unit, direction, None)]


@pytest.mark.parametrize(
    "text",
    [
        "100% văn bản được xử lý trên hệ thống.",
        "Trên địa bàn xã, 100% thôn có tổ công nghệ số.",
        "Trên hệ thống của tỉnh 100% hồ sơ được cập nhật.",
        "100% văn bản được gửi dưới dạng điện tử.",
        "Dưới dạng điện tử, 100% văn bản được trao đổi.",
        "Giảm thiểu hồ sơ trễ hạn, 100% hồ sơ được xử lý.",
        "100% đơn vị có giải pháp nhằm giảm thiểu phiền hà, tăng sự hài lòng.",
        "Tăng cường kiểm tra 100% đơn vị.",
        "Tăng sự hài lòng, xử lý 100% kiến nghị.",
        "Bảo đảm yêu cầu tối thiểu về hạ tầng cho 100% đơn vị.",
        "Giá trị gia tăng đạt 100% kế hoạch.",
        "Xếp loại tốt trở lên đối với 100% công chức.",
        "100% công chức xếp loại khá trở lên.",
        "Xử lý 100% phản ánh trên 2 nền tảng.",
        "Trả lời 100% phản ánh trong 05 ngày làm việc.",
        "Cả hai cơ quan, một số đơn vị trong năm cùng xử lý 100% phản ánh ở ba cấp.",
        "100% văn bản (trừ văn bản mật) được gửi điện tử.",
        "100% công chức dưới 40 tuổi thành thạo tin học.",
        "100% hồ sơ được nộp trực tuyến (năm 2025 đạt 65%).",
        "Xin lỗi 100% trường hợp trễ hạn quá 5 ngày.",
        "Tăng thu nhập cho 100% công chức.",
        "Hạn chế tối đa hồ sơ trễ hạn, 100% hồ sơ trễ hạn có thư xin lỗi.",
        "Thực hiện Nghị định số 118/2025/NĐ-CP, 100% hồ sơ phi địa giới.",
        "Từ ngày 01/7/2026, 100% giao dịch không dùng tiền mặt.",
    ],
)
def test_a_word_that_does_not_govern_the_figure_changes_nothing(text: str) -> None:
    assert read(text) == [(100, "%", SAME, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị định số 60/2021/NĐ-CP ngày 21/6/2021.",
        "Trong năm 2026, giai đoạn 2026 - 2030.",
        "Triển khai Đề án 06 và Nghị quyết 57.",
        "Báo cáo trước ngày 15 hằng tháng.",
        "Sơ kết 6 tháng đầu năm, quý 3 và tháng 9.",
        "Giảm số lượng đơn vị theo quy định.",
        "Dịch vụ công mức độ 3, mức độ 4.",
        "Để người dân có thêm điều kiện tiếp cận dịch vụ.",
        "Theo Điều 12, khoản 3 và Phụ lục 2.",
        "Phòng chống COVID-19, tiêu chuẩn TCVN ISO 9001:2015.",
        "Hỗ trợ người dân 24/7.",
        "Xếp trong nhóm 10 xã dẫn đầu tỉnh.",
        "Chỉ số xếp thứ 10 trong 102 xã, phường.",
        "Báo cáo trước 30/6 và 31/12 hằng năm.",
        "Giai đoạn 2026-2030, tầm nhìn 2045.",
    ],
)
def test_dates_names_and_periods_are_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Giảm 20% thời gian họp, 15% số cuộc họp.", [DOWN, DOWN]),
        ("Giảm 20% thời gian họp và 15% số cuộc họp.", [DOWN, DOWN]),
        ("Giảm tối thiểu 15% văn bản; 10% tổng số hội nghị.", [DOWN, DOWN]),
        ("Tăng tối thiểu 10% thu ngân sách, 5% thu phí.", [UP, UP]),
        ("Giảm 15% văn bản; 90% hồ sơ được nộp trực tuyến.", [DOWN, SAME]),
        ("Giảm 15% văn bản; 100% văn bản điện tử.", [DOWN, SAME]),
        ("Giảm 15% văn bản. 10% hội nghị trực tuyến.", [DOWN, SAME]),
        ("Giảm 15% văn bản, tổ chức 02 hội nghị.", [DOWN, SAME]),
        ("Tăng 5% và giảm 3%.", [UP, DOWN]),
        ("Phấn đấu giảm: 15% văn bản; 10% tổng số hội nghị.", [DOWN, DOWN]),
        ("Đạt tối thiểu: 95% hồ sơ đúng hạn.", [LEAST]),
        ("Tăng cường: 100% đơn vị tự kiểm tra.", [SAME]),
        ("Đạt trên 95%, không dưới 90% ở thôn.", [LEAST, LEAST]),
        ("Tổ chức 02 cuộc đối thoại và xử lý 100% kiến nghị.", [SAME, SAME]),
        ("Giảm: thời gian 20%; chi phí 10%; văn bản 15%.", [DOWN, DOWN, DOWN]),
        ("Giảm thời gian 20%, chi phí 10% và văn bản 15%.", [DOWN, DOWN, DOWN]),
        ("Tăng 5 bậc, hồ sơ đúng hạn 98%.", [UP, SAME]),
        ("Tổ chức 04 lớp tập huấn, mỗi lớp không quá 50 người.", [SAME, MOST]),
        ("100% người có công, trên 90% người già và không dưới 80% hộ nghèo.", [SAME, LEAST, LEAST]),
        ("100% thủ tục rút ngắn ít nhất 10% thời gian.", [SAME, DOWN]),
    ],
)
def test_a_list_keeps_the_change_that_opens_it(text: str, directions: list[str]) -> None:
    assert [measure.direction for measure in measures(text)] == directions


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Giảm 15% văn bản so với năm 2025; 10% tổng số hội nghị.", [2025, None]),
        ("Cắt giảm 50% thời gian, 50% chi phí so với năm 2024.", [2024, 2024]),
        ("Giảm 15% văn bản so với năm 2025, 10% hội nghị.", [2025, None]),
        ("So với năm 2025, giảm 15% văn bản, 10% hội nghị.", [2025, 2025]),
        ("Tăng 5 bậc so với năm 2025; giảm 15% văn bản so với năm 2023.", [2025, 2023]),
        ("Tăng 5 bậc so với cùng kỳ năm 2025.", [2025]),
        ("Giảm 15% so với tổng số văn bản của năm 2025.", [2025]),
        ("Xử lý 100% kiến nghị. Tăng 5% so với năm 2025.", [None, 2025]),
        ("Xử lý 100% kiến nghị, tăng 5% so với năm 2025.", [None, 2025]),
        ("Thu ngân sách năm 2026 tăng 10%.", [None]),
        ("Thu đạt 12.500 triệu đồng, tăng 8,5% so với cùng kỳ năm 2025.", [None, 2025]),
        ("Giảm số cuộc họp so với năm 2025 ít nhất 10%.", [2025]),
        ("Mức độ hài lòng cao hơn năm 2025 ít nhất 2%.", [2025]),
        ("Giảm 10% cuộc họp so với năm 2025, 15% văn bản so với năm 2024.", [2025, 2024]),
        ("Giảm thời gian 20%, chi phí 10% so với năm 2025.", [2025, 2025]),
    ],
)
def test_a_base_year_holds_for_its_own_clause(text: str, years: list[int | None]) -> None:
    assert [measure.baseline_year for measure in measures(text)] == years


def test_a_range_that_describes_is_no_measure() -> None:
    assert read("Có thêm ĐVSNCL tự bảo đảm từ 10% đến dưới 30% chi.") == [(1, "đơn vị", UP, None)]


def test_a_range_that_is_asked_for_gives_its_lower_end() -> None:
    assert read("Giảm từ 10% đến 15% số văn bản.") == [(10, "%", DOWN, None)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Tỷ lệ người dân hài lòng đạt tối thiểu 95%.", "Tỷ lệ người dân hài lòng"),
        ("Giảm 15% số văn bản giấy so với năm 2025.", "số văn bản giấy"),
        ("Tổ chức 02 cuộc đối thoại với dân và xử lý 100% kiến nghị.", "Tổ chức cuộc đối thoại với dân"),
    ],
)
def test_a_measure_says_what_it_measures(text: str, what: str) -> None:
    assert measures(text)[0].what == what


@pytest.mark.parametrize(
    ("text", "whats"),
    [
        ("Tổng thu trên địa bàn xã tăng tối thiểu 10% so với năm 2025.", ["Tổng thu trên địa bàn xã"]),
        ("Vốn sự nghiệp năm 2026 giải ngân đạt ít nhất 90% kế hoạch.", ["Vốn sự nghiệp năm 2026 giải ngân"]),
        ("Hoàn thành 100% nhiệm vụ được giao.", ["Hoàn thành nhiệm vụ được giao"]),
        ("Xử lý 100% phản ánh, mức hài lòng về y tế đạt 90%.", ["Xử lý phản ánh", "mức hài lòng về y tế"]),
        ("Tăng 05 bậc.", ["Tăng 05 bậc"]),
        ("Thu ngân sách xã đạt 9 tỷ đồng, tăng 8,5%.", ["Thu ngân sách xã", "Thu ngân sách xã"]),
        ("Tổ chức ít nhất 01 lần/năm hội nghị đối thoại.", ["Tổ chức hội nghị đối thoại"]),
        ("Tỷ lệ dưới chuẩn không vượt quá 3%.", ["Tỷ lệ dưới chuẩn"]),
        ("Đến hết năm 2026, 70% thủ tục được tái cấu trúc.", ["thủ tục được tái cấu trúc"]),
        ("Giảm thời gian họp 20%, chi phí đi lại 10%.", ["thời gian họp", "chi phí đi lại"]),
        ("Thời gian xử lý không quá 05 ngày đối với hồ sơ đất đai.",
         ["Thời gian xử lý đối với hồ sơ đất đai"]),
        ("Tỷ lệ giảm nghèo đạt 2%.", ["Tỷ lệ giảm nghèo"]),
        ("Trong năm, xã có thêm mô hình dân vận khéo.", ["mô hình dân vận khéo"]),
    ],
)  # fmt: skip
def test_what_is_measured_reads_as_a_phrase(text: str, whats: list[str]) -> None:
    assert [measure.what for measure in measures(text)] == whats


@given(st.text(alphabet=" 0123456789%,.;()/tăngiảmđếnừtrênốhểsovwcóđạtộhồ", min_size=1, max_size=200))
def test_what_is_measured_uses_only_words_of_the_text(text: str) -> None:
    for measure in measures(text):
        assert all(word in text for word in measure.what.split())


def test_a_whole_number_stays_whole() -> None:
    assert type(measures("Đạt 95,0% hồ sơ.")[0].value) is int


@given(st.text(alphabet=" 0123456789%,.;()-/tăngiảmđếnừtrênốhểsovwcó\n", max_size=300))
def test_any_text_has_measures_or_none(text: str) -> None:
    assert all(measure.unit != "" for measure in measures(text))


def test_a_comparison_without_a_year_does_not_take_the_year_of_the_next() -> None:
    text = "Thu phí tăng 5% so với dự toán được giao và tăng 7% so với thực hiện năm 2025."
    assert read(text) == [(5, "%", UP, None), (7, "%", UP, 2025)]
