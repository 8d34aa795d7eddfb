"""The pages of targets: how each measure stands on a day, its readings, and what may be done by whom."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.plugging import plugged
from support.targets import record, set_owner, targets_world
from support.visitors import Site
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow.commands.targets import record_computed_readings
from cchc_flow.errors import Refusal
from cchc_flow.hookspecs import Facts, Measure, hookimpl
from cchc_flow.web.targets.charts import BOTTOM, TOP, Plane

Send = Callable[..., TestResponse]


@pytest.fixture
def world(tmp_path: Path) -> Any:
    made = targets_world(tmp_path / "data")
    yield made
    made.ws.close()


def text(page: str) -> str:
    """Return the words of a page on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def row(page: str, title: str) -> str:
    """Return the words of the row of a measure."""
    lines = page.split("<tbody>")[1].split("</tr>")
    return text(next(line for line in lines if title in line))


def test_the_list_tells_how_each_measure_stands(world: World, get: Send) -> None:
    set_owner(world)
    record(world, "lan", "2026-02", "16")
    page = get("lan", "targets").text
    assert row(page, "Lượng văn bản") == (
        "II.1 Lượng văn bản hành chính Đạt Giảm ít nhất 15 % so với năm 2025 16 % tháng 2/2026 16 %"
        " Phòng Kinh tế"
    )
    assert "Chưa có số liệu" in row(page, "giải ngân") and "Chưa giao" in row(page, "giải ngân")
    assert 'aria-label="Lượng văn bản hành chính: 16\xa0%, mức phải đạt giảm ít nhất 15\xa0%' in page
    assert "5 thước đo của 4 chỉ tiêu" in text(page)


def test_the_menu_of_the_overview_leads_to_the_targets(world: World, get: Send) -> None:
    assert '"/xa-mau/targets' in get("lan", "overview").text
    assert 'aria-current="page"><span>Tổng quan</span>' in get("lan", "targets").text.replace("\n", "")


def test_the_list_is_narrowed_by_state_unit_and_words(world: World, get: Send) -> None:
    set_owner(world)
    record(world, "lan", "2026-02", "16")
    by_state = get("lan", "targets?state=met").text
    assert "Lượng văn bản" in by_state and "giải ngân" not in by_state
    by_unit = get("lan", "targets?unit=phong-kinh-te").text
    assert "Lượng văn bản" in by_unit and "giải ngân" not in by_unit
    by_words = get("lan", "targets?words=GIAI+ngan").text
    assert "giải ngân" in by_words and "Lượng văn bản" not in by_words
    assert "Không có chỉ tiêu nào khớp" in get("lan", "targets?words=xyz").text


def test_a_past_day_knows_no_later_reading(world: World, get: Send) -> None:
    world.wait(days=20)
    record(world, "hoa", "2026-02", "16")
    page = get("hoa", "targets?as_of=2026-03-10").text
    assert "Chưa có số liệu" in row(page, "Lượng văn bản")
    assert "Tính đến hết ngày 10/03/2026" in page
    past = get("hoa", "targets/II.1?as_of=2026-03-10").text
    assert "Ghi số liệu" not in past and "Chưa có số liệu của kỳ nào" in past


def test_a_target_shows_readings_forecast_and_chart(world: World, get: Send) -> None:
    set_owner(world, baseline="4210", baseline_unit="văn bản")
    for period, value in (("2026-01", "8"), ("2026-02", "10"), ("2026-03", "12")):
        record(world, "lan", period, value)
    page = get("lan", "targets/II.1").text
    words = text(page)
    assert "Dự báo cuối năm: 20,71 %." in words and "tăng 2 mỗi tháng, cho 9 tháng còn lại" in words
    assert "Số của năm gốc 4.210 văn bản" in words
    assert "Trong tầm Số gần nhất là 12 %" in words and "tăng so với kỳ trước" in words
    assert page.count("<circle") == 4 and "<title>Tháng 2/2026: 10\xa0%</title>" in page
    assert "Ghi số liệu" in page and "Phân công, nguồn" not in page


def test_the_chart_has_round_figures_and_the_unit_at_its_vertical_axis(world: World, get: Send) -> None:
    record(world, "hoa", "2026-02", "12,5")
    page = get("lan", "targets/II.1").text
    assert re.findall(r'<text class="level"[^>]*>([^<]*)</text>', page) == ["0", "5", "10", "15"]
    assert re.search(r'<text class="unit"[^>]*>%</text>', page)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("0", "1.05", ["0", "0,5", "1"]),
        ("0", "102.9", ["0", "50", "100"]),
        ("0", "4420.5", ["0", "2.000", "4.000"]),
        ("-6", "5.4", ["-5", "0", "5"]),
    ],
)
def test_the_levels_of_a_chart_are_few_and_lie_within_it(low: str, high: str, words: list[str]) -> None:
    plane = Plane(date(2026, 1, 1), date(2026, 12, 31), Decimal(low), Decimal(high))
    assert [label for _, label in plane.levels()] == words
    assert all(TOP <= y <= BOTTOM for y, _ in plane.levels())


def test_who_reads_the_log_finds_the_event_of_a_figure(world: World, get: Send) -> None:
    record(world, "hoa", "2026-02", "16")
    assert f'/events/{world.ws.log.size()}"' in get("thu", "targets/II.1").text
    assert "/events/" not in get("lan", "targets/II.1").text


def test_an_inspector_only_reads(world: World, get: Send) -> None:
    page = get("thu", "targets/II.1").text
    assert "Ghi số liệu" not in page and "Phân công, nguồn số liệu" not in page
    for path in ("settings/new", "readings/new"):
        assert get("thu", f"targets/II.1/1/{path}?plan=2026").status_code == 403


def test_a_reading_is_recorded_by_its_form(world: World, get: Send, send: Send) -> None:
    set_owner(world)
    form = get("lan", "targets/II.1/1/readings/new?plan=2026").text
    assert '<option value="2026-02"' in form and "Mức giảm (%)" in form
    sent = send("lan", "targets/II.1/1/readings?plan=2026", seen=1, period="2026-02", value="12,5 %", note="")
    assert sent.status_code == 303 and sent.location.endswith("/targets/II.1?plan=2026")
    assert "12,5\xa0%" in get("lan", "targets/II.1").text


def test_what_was_typed_comes_back_with_a_sentence(world: World, send: Send) -> None:
    form = {"period": "2026-02", "value": "1,250", "note": "Theo sổ."}
    refused = send("hoa", "targets/II.1/1/readings?plan=2026", seen=0, **form)
    assert refused.status_code == 422
    assert "hiểu được hai cách" in refused.text and 'value="1,250"' in refused.text
    assert "Theo sổ." in refused.text


def test_a_correction_is_shown_with_the_figure_before(world: World, get: Send, send: Send) -> None:
    record(world, "hoa", "2026-02", "12")
    assert "Tháng 2/2026" not in get("hoa", "targets/corrections").text
    form = get("hoa", "targets/II.1/1/readings/2026-02/corrections/new?plan=2026").text
    assert 'value="12"' in form and "12\xa0%" in form
    path = "targets/II.1/1/readings/2026-02/corrections?plan=2026"
    sent = send("hoa", path, seen=1, value="11", reason="Trùng <b>hai</b> văn bản.")
    assert sent.status_code == 303
    listed = get("hoa", "targets/corrections").text
    assert "Trùng &lt;b&gt;hai&lt;/b&gt; văn bản." in listed
    assert "Tháng 2/2026 Đơn vị báo cáo 12 % 11 %" in text(listed)
    assert "1 số liệu đã sửa sau khi báo cáo" in get("lan", "targets").text
    assert "(đã sửa, trước là 12\xa0%)" in get("lan", "targets/II.1").text
    assert "Tháng 2/2026" not in get("hoa", "targets/corrections?as_of=2026-03-01").text


def test_an_old_page_says_what_a_colleague_did(world: World, send: Send) -> None:
    record(world, "hoa", "2026-02", "12")
    path = "targets/II.1/1/readings/2026-02/corrections?plan=2026"
    assert send("nam", path, seen=1, value="10", reason="Sai.").status_code == 303
    late = send("hoa", path, seen=1, value="11", reason="Sai.")
    assert late.status_code == 409
    assert "Phạm Nam" in late.text and "đã sửa số liệu chỉ tiêu II.1" in late.text


def test_a_target_without_figures_is_judged_in_words(world: World, get: Send, send: Send) -> None:
    form = get("hoa", "targets/II.4/0/readings/new?plan=2026").text
    assert '<option value="0">Chưa đạt</option>' in form
    send("hoa", "targets/II.4/0/readings?plan=2026", seen=0, period="2026-02", value="0", note="")
    words = text(get("hoa", "targets/II.4").text)
    assert "Đánh giá định tính Nguy cơ Kỳ gần nhất được đánh giá là chưa đạt." in words
    assert "Chưa đạt Lê Thị Hoa" in words


def test_a_decision_keeps_what_the_form_says(world: World, get: Send, send: Send) -> None:
    form = {"owner": "tram-y-te", "source": "reported", "baseline": "1.250", "baseline_unit": "văn bản"}
    assert send("nam", "targets/II.1/1/settings?plan=2026", seen=0, **form).status_code == 303
    again = get("nam", "targets/II.1/1/settings/new?plan=2026").text
    assert '<option value="tram-y-te" selected' in again and 'value="1.250"' in again
    same = send("nam", "targets/II.1/1/settings?plan=2026", seen=1, **form)
    assert same.status_code == 303
    wrong = send("nam", "targets/II.1/1/settings?plan=2026", seen=1, source="computed", owner="")
    assert wrong.status_code == 422 and "hãy chọn thước đo" in wrong.text


@pytest.mark.parametrize(
    "path",
    [
        "targets/II.9",
        "targets/II.1/5/readings/new?plan=2026",
        "targets/II.1/1/readings/new?plan=2031",
        "targets/II.1/1/readings/2026-02/corrections/new?plan=2026",
    ],
)
def test_what_is_not_there_is_not_found(world: World, get: Send, path: str) -> None:
    assert get("hoa", path).status_code == 404


def test_computed_readings_of_a_wrong_period_are_refused(world: World, send: Send) -> None:
    for period in ("2025-12", "2026-12", "mai"):
        assert send("hoa", "targets/readings?plan=2026", period=period).status_code == 422
    assert send("lan", "targets/readings?plan=2026", period="2026-02").status_code == 403
    assert send("lan", "targets/suggestions?plan=2026").status_code == 403


class Flaky:
    """An area that counts at first and fails later."""

    def __init__(self) -> None:
        self.fails = False

    @hookimpl
    def measures(self, facts: Facts) -> list[Measure]:
        if self.fails:
            raise RuntimeError("kho số liệu hỏng")
        return [Measure(key="paid", title="Giải ngân", unit="%", value="40", items=("2026-III.1.1",))]


def test_an_area_that_fails_is_named_and_takes_nothing_else_along(tmp_path: Path) -> None:
    flaky = Flaky()
    world = targets_world(tmp_path / "flaky", plugged(flaky=flaky))
    visitor = Site(world.ws).visitor("hoa")
    set_owner(world, "II.2", source="both", computed="flaky:paid")
    shown = visitor.get("/xa-mau/targets/II.2").text
    assert "Giải ngân: 40" in shown and "1 mục làm căn cứ" in shown
    record(world, "hoa", "2026-02", "12", "II.2")
    flaky.fails = True
    page = visitor.get("/xa-mau/targets")
    assert page.status_code == 200 and "Chưa tính được số liệu của «" in page.text
    assert "12 %" in row(page.text, "giải ngân") and "Lượng văn bản" in page.text
    with pytest.raises(Refusal, match="Chưa tính được số liệu chỉ tiêu"):
        record_computed_readings(world.ws, "2026", "2026-03", world.order("hoa"))
    world.ws.close()


def test_a_plan_without_targets_says_so(new_world: World) -> None:
    world = new_world.settle()
    site = Site(world.ws)
    assert "Kế hoạch này không nêu chỉ tiêu nào" in site.visitor("hoa").get("/xa-mau/targets").text
