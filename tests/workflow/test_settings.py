"""Settings: what each may be, what is refused and in which words, and how values of other releases read."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.errors import MissingData
from cchc_flow.workflow.settings.forms import FORMS
from cchc_flow.workflow.settings.parsing import parse_setting
from cchc_flow.workflow.settings.values import (
    ABOUT,
    FIRST_SETTINGS,
    Calendar,
    Day,
    Deadlines,
    Grading,
    Reminder,
    Reminders,
    Reporting,
    Settings,
    with_setting,
)
from cchc_flow.workflow.settings.wording import describe_setting

UNITS = ("phong-kinh-te", "tram-y-te")
SETTINGS = sorted(Settings.__struct_fields__)


def stored(value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_a_form_and_is_told_about(name: str) -> None:
    form, about = FORMS[name], ABOUT[name]
    inputs = {one.name for one in form.fields} | ({form.table.name} if form.table else set())
    assert inputs == set(type(getattr(Settings(), name)).__struct_fields__)
    assert all((about.title, about.decides, about.source))


@pytest.mark.parametrize("name", SETTINGS)
def test_the_default_is_a_value_that_its_form_accepts(name: str) -> None:
    default = getattr(Settings(), name)
    assert parse_setting(name, stored(default), UNITS) == default
    assert parse_setting(name, {}, UNITS) == getattr(FIRST_SETTINGS, name)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_default_reads_as_words_without_a_key_of_the_program(name: str) -> None:
    words = " ".join(f"{what}: {how}" for what, how in describe_setting(name, getattr(Settings(), name), {}))
    assert words
    assert not any(key in words for key in ("True", "False", "unit_head", "before_is", "()"))


def test_what_a_form_gives_is_read_like_what_is_stored() -> None:
    typed = {
        "stages": [
            {"days": "2", "before": "no", "to": ["leader", "officer"]},
            None,
            {"days": " 5 ", "before": "yes", "to": "officer"},
        ],
        "every": "14",
        "then": ["leader"],
    }
    value = parse_setting("reminders", typed, UNITS)
    assert value == Reminders(
        (Reminder(5, ("officer",)), Reminder(-2, ("officer", "leader"))), 14, ("leader",)
    )
    assert parse_setting("reminders", stored(value), UNITS) == value


def test_the_days_of_a_calendar_stand_in_their_order() -> None:
    late = {"day": "2026-12-31", "working": "no", "name": "Nghỉ cuối năm"}
    early = {"day": "2026-01-02", "working": "yes", "name": "  Làm   bù "}
    assert parse_setting("calendar", {"days": [late, early]}, UNITS) == Calendar(
        (Day(date(2026, 1, 2), True, "Làm bù"), Day(date(2026, 12, 31), False, "Nghỉ cuối năm"))
    )


A_DAY = {"day": "2026-01-02", "working": "no", "name": "Nghỉ"}
STAGE = {"days": "3", "before": "yes", "to": ["officer"]}


@pytest.mark.parametrize(
    ("name", "raw", "wrong"),
    [
        ("deadlines", {"soon": "-1"}, {"soon": "Sắp đến hạn khi còn: phải là số nguyên từ 0 đến 60."}),
        ("deadlines", {"soon": -1}, {"soon": "Sắp đến hạn khi còn: phải là số nguyên từ 0 đến 60."}),
        ("deadlines", {"soon": ""}, {"soon": "Sắp đến hạn khi còn: phải là số nguyên từ 0 đến 60."}),
        ("deadlines", {"soon": "9" * 40}, {"soon": "Sắp đến hạn khi còn: phải là số nguyên từ 0 đến 60."}),
        ("deadlines", {"soon": True}, {"soon": "Sắp đến hạn khi còn: phải là số nguyên từ 0 đến 60."}),
        (
            "deadlines",
            {"roll": "maybe"},
            {
                "roll": "Hạn rơi vào ngày nghỉ: phải chọn «Chuyển sang ngày làm việc tiếp theo» hoặc "
                "«Giữ nguyên ngày đó»."
            },
        ),
        ("deadlines", {"colour": "red"}, {"colour": "Thiết lập này không có mục «colour»."}),
        (
            "grading",
            {"quantity": "50"},
            {"quantity": "Ba tỷ trọng: cộng lại phải bằng 100\xa0%; hiện là 110\xa0%."},
        ),
        (
            "grading",
            {"excellent": "70", "done": 80},
            {
                "good": "Hoàn thành tốt từ: phải thấp hơn mức xuất sắc (70 điểm).",
                "done": "Hoàn thành từ: phải thấp hơn mức hoàn thành tốt (70 điểm).",
            },
        ),
        (
            "reporting",
            {"monthly_day": 0, "period_day": "32", "units": ["truong-hoc"]},
            {
                "monthly_day": "Đơn vị báo cáo tháng vào: phải là số nguyên từ 1 đến 31.",
                "period_day": "Đơn vị báo cáo kỳ vào: phải là số nguyên từ 1 đến 31.",
                "units": "Đơn vị phải báo cáo: «truong-hoc» không có trong danh bạ.",
            },
        ),
        (
            "calendar",
            {"days": [A_DAY, None, A_DAY]},
            {"days-2-day": "Dòng 3, Ngày: đã có ở dòng 1."},
        ),
        (
            "calendar",
            {"days": [{"day": "31/02/2026", "working": "no", "name": "x" * 201}]},
            {
                "days-0-day": "Dòng 1, Ngày: phải là một ngày, như 25/01/2026.",
                "days-0-name": "Dòng 1, Tên, lý do: cần từ 1 đến 200 ký tự.",
            },
        ),
        (
            "calendar",
            {"days": [A_DAY | {"day": "0026-01-02"}]},
            {"days-0-day": "Dòng 1, Ngày: phải trong các năm 2000 đến 2100."},
        ),
        (
            "reminders",
            {"stages": [STAGE, STAGE | {"to": ["leader"]}]},
            {"stages-1-days": "Dòng 2, Số ngày: đã có ở dòng 1."},
        ),
        (
            "reminders",
            {"stages": [{"days": "-3", "before": "yes", "to": []}]},
            {
                "stages-0-days": "Dòng 1, Số ngày: phải là số nguyên từ 0 đến 365.",
                "stages-0-to": "Dòng 1, Nhắc ai: chưa chọn ai.",
            },
        ),
        (
            "reminders",
            {"stages": [STAGE | {"to": ["admin"]}]},
            {
                "stages-0-to": "Dòng 1, Nhắc ai: phải chọn trong công chức phụ trách, thủ trưởng đơn vị, "
                "đầu mối CCHC, lãnh đạo UBND."
            },
        ),
        (
            "reminders",
            {"every": 7, "then": []},
            {"then": "Khi đó nhắc: chưa chọn ai; nếu không nhắc nữa, hãy ghi 0 ngày ở ô trên."},
        ),
        ("reminders", {"stages": [STAGE] * 31}, {"form": "Bảng có nhiều nhất 30 dòng."}),
        (
            "review",
            {"coordinator_closes": None},
            {
                "coordinator_closes": "Ai xác nhận hoàn thành: phải chọn «Lãnh đạo UBND hoặc đầu mối CCHC» "
                "hoặc «Chỉ lãnh đạo UBND»."
            },
        ),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence_for_each_input(
    name: str, raw: dict[str, Any], wrong: dict[str, str]
) -> None:
    with pytest.raises(MissingData) as refused:
        parse_setting(name, raw, UNITS)
    assert refused.value.fields == wrong


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
KEYS = sorted({key for name in SETTINGS for key in type(getattr(Settings(), name)).__struct_fields__})
LINES = st.lists(
    st.none() | st.dictionaries(st.sampled_from(["day", "working", "name", "days", "before", "to"]), JSON)
)
RAW = st.dictionaries(st.sampled_from([*KEYS, "later"]), JSON | LINES)


@given(st.sampled_from(SETTINGS), RAW)
def test_whatever_is_given_is_a_value_that_reads_the_same_again_or_is_refused(
    name: str, raw: dict[str, Any]
) -> None:
    try:
        value = parse_setting(name, raw, UNITS)
    except MissingData as refused:
        assert all(sentence.endswith(".") for sentence in refused.fields.values())
    else:
        assert getattr(with_setting(Settings(), name, stored(value)), name) == value
        assert parse_setting(name, stored(value), UNITS) == value


@given(st.sampled_from([*SETTINGS, "of-a-later-release"]), RAW)
def test_reading_what_any_release_stored_never_fails(name: str, value: dict[str, Any]) -> None:
    assert isinstance(with_setting(Settings(), name, value), Settings)


@pytest.mark.parametrize(
    ("name", "value", "means"),
    [
        ("deadlines", {"roll": True, "calendar_days": 3}, Deadlines(roll=True)),
        ("deadlines", {"soon": "three", "roll": True}, Deadlines(roll=True)),
        ("deadlines", {}, Deadlines()),
        ("grading", {"quantity": 10, "loss": {"quality": 25}}, Grading(quantity=10)),
        ("reporting", {"units": ["a", 7], "monthly_day": 31}, Reporting(units=("a",), monthly_day=31)),
        (
            "reminders",
            {"stages": [{"days": 2, "to": ["officer"]}, {"days": 1, "to": ["mayor"]}], "every": 5},
            Reminders(stages=(Reminder(2, ("officer",)),), every=5),
        ),
        (
            "calendar",
            {"days": [{"day": "2026-01-02", "working": False, "name": "Nghỉ", "half": True}, {"day": "x"}]},
            Calendar((Day(date(2026, 1, 2), False, "Nghỉ"),)),
        ),
    ],
)
def test_of_a_value_of_another_release_what_is_known_counts(
    name: str, value: dict[str, Any], means: object
) -> None:
    assert getattr(with_setting(Settings(), name, value), name) == means


def test_a_setting_of_a_later_release_changes_nothing() -> None:
    assert with_setting(Settings(), "colours", {"late": "red"}) == Settings()


def test_a_value_is_told_as_the_people_of_the_commune_say_it() -> None:
    assert describe_setting(
        "reminders", Reminders((Reminder(7, ("officer",)), Reminder(-1, ("leader",))), 0, ()), {}
    ) == [
        ("7 ngày trước hạn", "công chức phụ trách"),
        ("1 ngày sau hạn", "lãnh đạo UBND"),
        ("Qua mốc cuối cùng thì nhắc lại mỗi", "0 ngày"),
        ("Khi đó nhắc", "không ai"),
    ]
    assert describe_setting("reporting", Reporting(units=("a",)), {"a": "Phòng Kinh tế"})[-1] == (
        "Đơn vị phải báo cáo",
        "Phòng Kinh tế",
    )
    assert describe_setting("calendar", Calendar((Day(date(2026, 1, 2), True, "Làm bù"),)), {}) == [
        ("02/01/2026", "làm việc (làm bù): Làm bù")
    ]


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("Đơn vị báo cáo tháng vào", "ngày 15 hằng tháng"),
        ("Đơn vị báo cáo kỳ vào", "ngày 10 của tháng cuối kỳ"),
        ("Số liệu của kỳ tính từ", "ngày 15 của tháng trước kỳ"),
    ],
)
def test_a_day_of_reporting_is_told_as_a_day_and_not_as_a_number_of_months(what: str, how: str) -> None:
    assert dict(describe_setting("reporting", Reporting(), {}))[what] == how
