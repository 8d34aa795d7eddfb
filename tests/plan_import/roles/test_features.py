"""What a line shows by where it stands: the sections that the headings above it name."""

from cchc_flow.plan_import.roles.features import Sheet, find_features
from cchc_flow.plan_import.training.labels import read_lines

TEXT = """KẾ HOẠCH

I. KINH PHÍ THỰC HIỆN

1. Cấp xã

a) Thôn

- Mua giấy in cho bộ phận một cửa.

II. NHIỆM VỤ TRỌNG TÂM CỦA XÃ TRONG NĂM

1. Rà soát văn bản.
"""


def features_by_text() -> dict[str, list[str]]:
    lines = read_lines("plan.txt", TEXT.encode())
    return dict(zip((line.text for line in lines), find_features(Sheet(lines, ())), strict=True))


def test_a_line_far_below_a_heading_knows_the_section_that_it_names() -> None:
    features = features_by_text()
    assert "under funding leaf" in features["Mua giấy in cho bộ phận một cửa."]
    assert "under work leaf" in features["Rà soát văn bản."]
    assert not any(name.startswith("under") for name in features["KINH PHÍ THỰC HIỆN"])


def test_a_heading_of_a_few_words_says_its_section_more_surely_than_a_long_one() -> None:
    features = features_by_text()
    assert "says funding briefly" in features["KINH PHÍ THỰC HIỆN"]
    assert "says work briefly" not in features["NHIỆM VỤ TRỌNG TÂM CỦA XÃ TRONG NĂM"]
