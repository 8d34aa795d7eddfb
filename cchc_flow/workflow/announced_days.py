"""The days off and worked Saturdays of the years that the state has announced, each day with its act.

The library `holidays` computes a Tết for any year and does not say that nobody has announced it yet; and what
is decided late in the year before, it lacks. So these years are a table of our own.
"""

from datetime import date

import msgspec

LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
IN_LIEU = "Bộ luật Lao động 2019, Điều 111 khoản 3"
CULTURE_DAY = "Nghị quyết 28/2026/QH16"
LETTER_2025 = "Công văn 8726/VPCP-KGVX ngày 26/11/2024"
NEW_YEAR_2026 = "Công văn 12729/VPCP-KGVX ngày 25/12/2025"
PLAN_2026 = "Phương án nghỉ Tết Âm lịch và Quốc khánh năm 2026 được Thủ tướng Chính phủ đồng ý"
LETTER_2027 = "Công văn 10065/VPCP-KGVX ngày 02/10/2026"


class StateDay(msgspec.Struct, frozen=True):
    """A day off, or a Saturday that is worked; `source` says who decided so."""

    day: date
    working: bool
    name: str
    source: str = LABOUR_CODE


def _off(year: int, month: int, day: int, name: str, source: str = LABOUR_CODE) -> StateDay:
    return StateDay(date(year, month, day), False, name, source)


def _worked(year: int, month: int, day: int, name: str, source: str) -> StateDay:
    return StateDay(date(year, month, day), True, name, source)


ANNOUNCED: tuple[StateDay, ...] = (
    _off(2025, 1, 1, "Tết Dương lịch"),
    _off(2025, 1, 27, "Tết Nguyên đán (28 tháng Chạp)", LETTER_2025),
    _off(2025, 1, 28, "Tết Nguyên đán (29 tháng Chạp)", LETTER_2025),
    _off(2025, 1, 29, "Tết Nguyên đán (mồng một)", LETTER_2025),
    _off(2025, 1, 30, "Tết Nguyên đán (mồng hai)", LETTER_2025),
    _off(2025, 1, 31, "Tết Nguyên đán (mồng ba)", LETTER_2025),
    _off(2025, 4, 7, "Giỗ Tổ Hùng Vương"),
    _worked(2025, 4, 26, "Làm bù cho ngày 02/05/2025", LETTER_2025),
    _off(2025, 4, 30, "Ngày Chiến thắng"),
    _off(2025, 5, 1, "Ngày Quốc tế lao động"),
    _off(2025, 5, 2, "Nghỉ Chiến thắng, Quốc tế lao động (làm bù ngày 26/04/2025)", LETTER_2025),
    _off(2025, 9, 1, "Quốc khánh (ngày liền kề)", LETTER_2025),
    _off(2025, 9, 2, "Quốc khánh"),
    _off(2026, 1, 1, "Tết Dương lịch"),
    _off(2026, 1, 2, "Nghỉ Tết Dương lịch (làm bù ngày 10/01/2026)", NEW_YEAR_2026),
    _worked(2026, 1, 10, "Làm bù cho ngày 02/01/2026", NEW_YEAR_2026),
    _off(2026, 2, 16, "Tết Nguyên đán (29 tháng Chạp)", PLAN_2026),
    _off(2026, 2, 17, "Tết Nguyên đán (mồng một)", PLAN_2026),
    _off(2026, 2, 18, "Tết Nguyên đán (mồng hai)", PLAN_2026),
    _off(2026, 2, 19, "Tết Nguyên đán (mồng ba)", PLAN_2026),
    _off(2026, 2, 20, "Tết Nguyên đán (mồng bốn)", PLAN_2026),
    _off(2026, 4, 26, "Giỗ Tổ Hùng Vương"),
    _off(2026, 4, 27, "Giỗ Tổ Hùng Vương (nghỉ bù)", IN_LIEU),
    _off(2026, 4, 30, "Ngày Chiến thắng"),
    _off(2026, 5, 1, "Ngày Quốc tế lao động"),
    _worked(2026, 8, 22, "Làm bù cho ngày 31/08/2026", PLAN_2026),
    _off(2026, 8, 31, "Nghỉ Quốc khánh (làm bù ngày 22/08/2026)", PLAN_2026),
    _off(2026, 9, 1, "Quốc khánh (ngày liền kề)", PLAN_2026),
    _off(2026, 9, 2, "Quốc khánh"),
    _off(2026, 11, 24, "Ngày Văn hóa Việt Nam", CULTURE_DAY),
    _off(2027, 1, 1, "Tết Dương lịch"),
    _off(2027, 2, 4, "Tết Nguyên đán (28 tháng Chạp)", LETTER_2027),
    _off(2027, 2, 5, "Tết Nguyên đán (29 tháng Chạp)", LETTER_2027),
    _off(2027, 2, 6, "Tết Nguyên đán (mồng một)", LETTER_2027),
    _off(2027, 2, 7, "Tết Nguyên đán (mồng hai)", LETTER_2027),
    _off(2027, 2, 8, "Tết Nguyên đán (mồng ba)", LETTER_2027),
    _off(2027, 2, 9, "Tết Nguyên đán (mồng bốn)", LETTER_2027),
    _off(2027, 2, 10, "Tết Nguyên đán (mồng năm)", LETTER_2027),
    _off(2027, 4, 16, "Giỗ Tổ Hùng Vương"),
    _off(2027, 4, 30, "Ngày Chiến thắng"),
    _off(2027, 5, 1, "Ngày Quốc tế lao động"),
    _off(2027, 5, 3, "Ngày Quốc tế lao động (nghỉ bù)", IN_LIEU),
    _off(2027, 9, 2, "Quốc khánh", LETTER_2027),
    _off(2027, 9, 3, "Quốc khánh (ngày liền kề)", LETTER_2027),
    _off(2027, 11, 24, "Ngày Văn hóa Việt Nam", CULTURE_DAY),
)
"""Every day off that the state has announced by November 2026, and the Saturdays that are worked for some."""
ANNOUNCED_YEARS = frozenset(each.day.year for each in ANNOUNCED)
"""The years whose table is whole: of a later year the days off are only to be expected."""
