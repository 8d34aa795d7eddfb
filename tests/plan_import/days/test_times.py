"""Days, periods and rules as Vietnamese plans write them."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import.days import Day, Ongoing, Rule, Span, find_times

SPANS = [
    ("Quý II/2026", "2026-04-01", "2026-06-30", "quarter"),
    ("Quí IV-2026", "2026-10-01", "2026-12-31", "quarter"),
    ("quý 2 năm 2026", "2026-04-01", "2026-06-30", "quarter"),
    ("Q.III/2026", "2026-07-01", "2026-09-30", "quarter"),
    ("QII/2026", "2026-04-01", "2026-06-30", "quarter"),
    ("quý III", "2026-07-01", "2026-09-30", "quarter"),
    ("trong tháng 3/2026", "2026-03-01", "2026-03-31", "month"),
    ("tháng 3", "2026-03-01", "2026-03-31", "month"),
    ("cuối tháng 2/2028", "2028-02-01", "2028-02-29", "month"),
    ("12/2026", "2026-12-01", "2026-12-31", "month"),
    ("tháng 3 - tháng 5/2026", "2026-03-01", "2026-05-31", "month"),
    ("Tháng 3-5/2026", "2026-03-01", "2026-05-31", "month"),
    ("Quý I đến quý III/2026", "2026-01-01", "2026-09-30", "quarter"),
    ("6 tháng đầu năm", "2026-01-01", "2026-06-30", "half"),
    ("sáu tháng cuối năm 2026", "2026-07-01", "2026-12-31", "half"),
    ("9 tháng năm 2026", "2026-01-01", "2026-09-30", "nine"),
    ("đầu năm 2026", "2026-01-01", "2026-03-31", "quarter"),
    ("2026 - 2027", "2026-01-01", "2027-12-31", "year"),
    ("giai đoạn 2026-2030", "2026-01-01", "2030-12-31", "year"),
    ("năm 2026", "2026-01-01", "2026-12-31", "year"),
    ("2026", "2026-01-01", "2026-12-31", "year"),
    ("từ 01/3 đến 30/4", "2026-03-01", "2026-04-30", "days"),
    ("từ ngày 01/3/2026 đến hết ngày 30/4/2026", "2026-03-01", "2026-04-30", "days"),
    ("ngày 10-15/3/2026", "2026-03-10", "2026-03-15", "days"),
    ("đầu tháng 3", "2026-03-01", "2026-03-10", "part"),
    ("tuần đầu của tháng 5", "2026-05-01", "2026-05-07", "part"),
    ("tuần cuối tháng 5/2026", "2026-05-22", "2026-05-31", "part"),
]


@pytest.mark.parametrize(("text", "first", "last", "precision"), SPANS)
def test_a_period_is_read_with_its_first_and_last_day(
    text: str, first: str, last: str, precision: str
) -> None:
    (span,) = find_times(text, 2026)
    assert isinstance(span, Span)
    assert (span.first, span.last, span.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "iso", "bound"),
    [
        ("trước ngày 15 tháng 12 năm 2026", "2026-12-15", "before"),
        ("chậm nhất ngày 25 tháng 11", "2026-11-25", "by"),
        ("trước 15/4", "2026-04-15", "before"),
        ("đến hết ngày 05.3.2026", "2026-03-05", "by"),
        ("15/12", "2026-12-15", ""),
        ("15/3/26", "2026-03-15", ""),
        ("trước 17 giờ 00 ngày 05/3", "2026-03-05", "by"),
        ("trước ngày 31 tháng 01 năm sau", "2027-01-31", "before"),
        ("Theo Quyết định số 5/QĐ-UBND ngày 21/6/2021", "2021-06-21", "cited"),
        ("kể từ ngày 01/7/2026", "2026-07-01", "from"),
        ("Mua sắm xong, hoàn thành ngày 28/02/2026.", "2026-02-28", "by"),
        ("Đăng danh mục, ngày 28/02/2026.", "2026-02-28", "in"),
    ],
)
def test_a_day_is_read_with_what_the_words_before_make_of_it(text: str, iso: str, bound: str) -> None:
    (day,) = find_times(text, 2026)
    assert isinstance(day, Day)
    assert (day.iso, day.bound) == (iso, bound)


@pytest.mark.parametrize(
    ("text", "cadence", "day", "is_after"),
    [
        ("hằng quý", "quarterly", None, False),
        ("hàng tháng", "monthly", None, False),
        ("định kỳ 6 tháng", "half_yearly", None, False),
        ("định kỳ hằng tháng, quý, năm", "monthly", None, False),
        ("Hằng quý, năm", "quarterly", None, False),
        ("6 tháng một lần", "half_yearly", None, False),
        ("01 lần/quý", "quarterly", None, False),
        ("hai lần/năm", "half_yearly", None, False),
        ("mỗi năm", "yearly", None, False),
        ("ngày 15 hằng tháng", "monthly", 15, False),
        ("trước ngày 25 của tháng cuối quý", "quarterly", 25, False),
        ("ngày 20 tháng cuối của kỳ báo cáo", "quarterly", 20, False),
        ("ngày 10 của các quý", "quarterly", 10, False),
        ("ngày 05 của tháng sau", "monthly", 5, True),
        ("ngày 05 tháng đầu quý sau", "quarterly", 5, True),
        ("ngày làm việc cuối cùng của tháng", "monthly", 31, False),
        ("ngày cuối tháng", "monthly", 31, False),
        ("ngày mùng 5 hằng tháng", "monthly", 5, False),
        ("trước 25 hằng tháng", "monthly", 25, False),
        ("ngày 25/tháng", "monthly", 25, False),
        ("hằng tháng chậm nhất ngày 15", "monthly", 15, False),
        ("báo cáo quý gửi trước ngày 10", "quarterly", 10, False),
        ("Định kỳ ngày 14 của tháng cuối quý", "quarterly", 14, False),
    ],
)
def test_what_recurs_is_read_as_a_rule(text: str, cadence: str, day: int | None, is_after: bool) -> None:
    (rule,) = find_times(text, 2026)
    assert isinstance(rule, Rule)
    assert (rule.cadence, rule.day, rule.is_after) == (cadence, day, is_after)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("trước ngày 01/6 và ngày 15/11 hằng năm", ((6, 1), (11, 15))),
        ("chậm nhất ngày 15 tháng 12 hàng năm", ((12, 15),)),
        ("Hằng năm, trước ngày 20/11", ((11, 20),)),
        ("15/3, 15/6, 15/9 mỗi năm", ((3, 15), (6, 15), (9, 15))),
        ("tháng 6 và tháng 12 hằng năm", ((6, 0), (12, 0))),
        ("Quý IV hằng năm", ((12, 0),)),
    ],
)
def test_days_of_each_year_are_one_rule(text: str, days: tuple[tuple[int, int], ...]) -> None:
    (rule,) = find_times(text)
    assert isinstance(rule, Rule)
    assert (rule.cadence, rule.yearly) == ("yearly", days)


def test_a_list_shares_its_year_and_what_stands_before_it() -> None:
    times = find_times("Hoàn thành trong quý II, quý IV/2027.", 2026)
    assert [(time.last, time.bound) for time in times if isinstance(time, Span)] == [
        ("2027-06-30", "in"),
        ("2027-12-31", "in"),
    ]
    assert [time.last for time in find_times("Tháng 6, 12", 2026) if isinstance(time, Span)] == [
        "2026-06-30",
        "2026-12-31",
    ]


@pytest.mark.parametrize("text", ["Thường xuyên", "hằng ngày", "mỗi tuần", "liên tục"])
def test_work_without_an_end_is_ongoing(text: str) -> None:
    assert [type(time) for time in find_times(text)] == [Ongoing]


@pytest.mark.parametrize(
    "text",
    [
        "trước ngày 31/02/2026",
        "hoàn thành 3/4 số thôn",
        "đạt 18/20 tiêu chí",
        "Nghị định số 60/2021/NĐ-CP",
        "27/CT-UBND",
        "ngay sau khi có hướng dẫn",
        "theo kế hoạch",
        "nhóm quý khách, tháng lương",
        "tuần đầu của tháng",
        "năm đơn vị",
        "tháng 13/2026",
        "quý V/2026",
    ],
)
def test_what_is_no_time_or_no_day_is_none(text: str) -> None:
    assert [time for time in find_times(text, 2026) if time.bound != "cited"] == []


def test_without_a_plan_year_a_day_needs_its_own() -> None:
    assert find_times("trước 15/4") == ()
    assert len(find_times("trước 15/4/2026")) == 1


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(DAYS, st.sampled_from(("trước ngày {}", "chậm nhất {}", "Việc A xong {}; việc B.", "({})")), st.data())
def test_a_day_in_any_spelling_reads_back(day: date, frame: str, data: st.DataObject) -> None:
    width = data.draw(st.sampled_from(("", "02")))
    spelling = data.draw(
        st.sampled_from(("{d}/{m}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "ngày {d} tháng {m} năm {y}"))
    )
    words = spelling.format(d=format(day.day, width), m=format(day.month, width), y=day.year)
    (found,) = find_times(frame.format(words))
    assert isinstance(found, Day)
    assert found.iso == day.isoformat()


@given(st.integers(1, 12), st.integers(2020, 2035), st.data())
def test_a_month_in_any_spelling_reads_back(month: int, year: int, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(("tháng", "Tháng", "THÁNG", "cuối tháng", "trong tháng")))
    joint = data.draw(st.sampled_from(("/", "-", " năm ", " / ", ", năm ")))
    (span,) = find_times(f"{name} {month}{joint}{year}")
    assert isinstance(span, Span)
    following = date(year + month // 12, month % 12 + 1, 1)
    assert (span.first, span.last) == (
        date(year, month, 1).isoformat(),
        (following - timedelta(days=1)).isoformat(),
    )


@given(st.text(st.sampled_from("0123456789 /-.,;() ngày tháng quý năm hằng IV trước"), max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for found in find_times(text, 2026):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["1/", "ngày 15, ", "quý I, ", "hằng tháng, ", "từ ngày 1 ", "tháng ", "2026-"]
)
def test_time_grows_with_the_length_of_the_text_only(piece: str) -> None:
    text = (piece * (100_000 // len(piece)))[:100_000]
    begin = time.process_time()
    find_times(text, 2026)
    assert time.process_time() - begin < 5
