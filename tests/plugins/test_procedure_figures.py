"""The figures of a period, the readings of the targets, the report, and the pages of the area."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from support import procedures
from support.forms import send
from support.procedures import ANNOUNCED, AREA, DOSSIER, FEEDBACK, SENT, Centre
from support.visitors import Site

from cchc_flow import commands, resources
from cchc_flow.errors import IllegalMove, MissingData
from cchc_flow.plugin_host.rule_checks import RuleBroken
from cchc_flow.plugins import administrative_procedures
from cchc_flow.workflow.definition import Field, Workflow, problems

REGISTERS = {one.kind: one for one in administrative_procedures.workflows()}
JANUARY = {
    "period": "2026-01",
    "received": "1.000",
    "online": "400",
    "tracked": "1000",
    "synced": "950",
    "settled": "900",
    "in_time": "855",
    "with_components": "500",
    "with_result": "600",
    "digitised": "360",
    "reusable": "300",
    "reused": "240",
    "rated": "100",
    "satisfied": "81",
    "procedures": "380",
    "one_stop": "380",
    "published": "361",
    "full_online": "120",
    "restructured": "90",
    "valid_results": "2.000",
    "valid_digitised": "1.500",
    "time_before": "240",
    "time_now": "150",
    "cost_before": "84.000.000,50",
    "cost_now": "42.000.000,25",
}
FEBRUARY = {
    "period": "2026-02",
    "received": "500",
    "online": "350",
    "settled": "600",
    "in_time": "600",
    "procedures": "380",
    "one_stop": "380",
    "published": "380",
}

centre = procedures.centre


@pytest.fixture
def filled(centre: Centre) -> Centre:
    centre.entry("service_figures", **JANUARY)
    centre.entry("service_figures", **FEBRUARY)
    return centre


# Readings, reckoned by hand from January and February


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("one_stop", "100"),
        ("published", "100"),  # a stock: February's 380 of 380, not January's
        ("late", "3"),  # 45 of 1500
        ("digitised", "40"),  # January's 360 of 900: February has none
        ("reused", "80"),
        ("valid_digitised", "75"),
        ("tracked", "100"),
        ("cut_time", "37.5"),  # from 240 to 150 days
        ("cut_cost", "50"),
        ("synced", "95"),
        ("restructured", "75"),
    ],
)
def test_each_target_is_read_from_the_figures(filled: Centre, key: str, value: str) -> None:
    assert filled.measure(AREA, key).value == value


def test_the_marks_of_the_year_are_those_of_the_five_groups(filled: Centre) -> None:
    # public 18 × (100 % + 95 %)/2 = 17.55; progress 20 × 97 % = 19.4; digital 22 × (40/80 + 80/80)/2 = 16.5;
    # online 750 of 1500 is 50 %: 22; satisfaction 18 × 81/90 = 16.2
    found = filled.measure(AREA, "score_766")
    assert found.value == "91.65" and found.note == "Trên 100 điểm của các nhóm có phát sinh."
    assert len(found.items) == 2


@pytest.mark.parametrize("key", ["late", "digitised", "cut_time", "apologies", "feedback", "score_766"])
def test_where_there_is_nothing_to_count_nothing_is_said_to_be_reached(centre: Centre, key: str) -> None:
    found = centre.measure(AREA, key)
    assert (found.value, found.absence) == (None, "Chưa có số liệu")


def test_a_denominator_of_nothing_is_nothing_to_count(centre: Centre) -> None:
    centre.entry("service_figures", period="2026-01", received="0", online="0", settled="10", in_time="9")
    found = centre.measure(AREA, "score_766")
    assert (found.value, found.note) == ("18", "Trên 20 điểm của các nhóm có phát sinh.")
    shares = {row[0]: row[2] for row in centre.section("2026-01").rows}
    assert shares["Hồ sơ nộp trực tuyến"] == "Không phát sinh"
    assert shares["Lượt đánh giá hài lòng"] == "Chưa có số liệu"
    centre.entry("service_figures", period="2026-02", settled="0", in_time="0")
    told = centre.section("2026-02").paragraphs
    assert told[0] == "Trong tháng 2/2026 không phát sinh hồ sơ phải giải quyết."
    assert told[-1] == "Điểm theo QĐ 766: không phát sinh."


def test_a_threshold_and_a_weight_follow_the_figures_of_the_commune(filled: Centre) -> None:
    for key, value in (("full_online", "100"), ("weight_online", "20")):
        commands.set_figure(filled.ws, AREA, key, value, "Quyết định 9", filled.order("coordinator"))
    assert Decimal(filled.measure(AREA, "score_766").value or "") == Decimal("91.65") - 22 + 10


def test_dropped_figures_count_no_more_and_their_period_may_be_written_again(filled: Centre) -> None:
    (february,) = [one.id for one in filled.entries("service_figures") if one.fields["period"] == "2026-02"]
    filled.do(february, "drop", reason="Nhầm số.")
    assert filled.measure(AREA, "late").value == "5"
    assert filled.entry("service_figures", **FEBRUARY | {"in_time": "570"})
    assert filled.measure(AREA, "late").value == "5"


def test_figures_are_confirmed_once(filled: Centre) -> None:
    one = filled.entries("service_figures")[0].id
    assert filled.do(one, "confirm", "coordinator").state == "confirmed"
    with pytest.raises(IllegalMove):
        filled.do(one, "confirm", "coordinator")


def test_answers_in_time_are_counted_and_what_is_past_its_day_without_one_too(centre: Centre) -> None:
    first, late = (centre.entry("feedback", **FEEDBACK | {"code": str(one)}) for one in range(2))
    centre.entry("feedback", **FEEDBACK | {"code": "3"})
    centre.wait(days=21)
    centre.do(first, "answer", answered_on="2026-03-23", answer="Đã sửa.")
    assert (centre.measure(AREA, "feedback").count, centre.measure(AREA, "feedback").of) == (1, 1)
    centre.wait(days=1)
    centre.do(late, "answer", answered_on="2026-03-24", answer="Đã sửa.")
    found = centre.measure(AREA, "feedback")
    assert (found.count, found.of, found.value) == (1, 3, "33.33")


# What cannot be


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"period": "2026-04"}, "Kỳ tháng 4/2026 chưa bắt đầu"),
        ({"online": "1.001"}, r"Nộp trực tuyến \(1001\) nhiều hơn Hồ sơ tiếp nhận \(1000\)"),
        ({"in_time": "901"}, "Đúng hạn và trước hạn"),
        ({"digitised": "501"}, "nhiều hơn Đã số hóa thành phần hồ sơ"),
        ({"with_result": "300"}, "nhiều hơn Có kết quả điện tử"),
        ({"reused": "301"}, "Đã khai thác, sử dụng lại"),
        ({"satisfied": "101"}, "Hài lòng"),
        ({"received": ""}, "Nộp trực tuyến: chưa có số «Hồ sơ tiếp nhận» để so"),
        ({"received": "1000,5"}, "Hồ sơ tiếp nhận: phải là số nguyên"),
    ],
)
def test_figures_that_cannot_be_are_refused(centre: Centre, changes: dict[str, str], why: str) -> None:
    size = centre.ws.log.size()
    with pytest.raises(RuleBroken, match=why):
        centre.entry("service_figures", **JANUARY | changes)
    assert centre.ws.log.size() == size


@pytest.mark.parametrize("period", ["2026-01", "2026-Q1", "2026-H1", "2026"])
def test_no_month_is_counted_twice(centre: Centre, period: str) -> None:
    centre.entry("service_figures", **JANUARY)
    with pytest.raises(RuleBroken, match="trùng với tháng 1/2026 đã ghi"):
        centre.entry("service_figures", **FEBRUARY | {"period": period})


def test_a_period_without_any_figure_is_refused(centre: Centre) -> None:
    with pytest.raises(RuleBroken, match="Chưa có số liệu nào"):
        centre.entry("service_figures", period="2026-01")


@pytest.mark.parametrize("period", ["", "tháng 1", "2026-13"])
def test_a_period_is_written_as_periods_are(centre: Centre, period: str) -> None:
    with pytest.raises(MissingData) as refusal:
        centre.entry("service_figures", **JANUARY | {"period": period})
    assert set(refusal.value.fields) == {"period"}


# The report


def test_the_report_of_a_quarter_tells_its_months_and_that_of_a_month_only_its_own(filled: Centre) -> None:
    quarter, month = filled.section("2026-Q1"), filled.section("2026-02")
    assert quarter.paragraphs[0] == (
        "Trong quý I/2026 đã giải quyết 1.500 hồ sơ, đúng hạn 1.455 hồ sơ (97\xa0%), trễ hạn 45 hồ sơ."
    )
    assert "đã giải quyết 600 hồ sơ" in month.paragraphs[0]
    assert filled.section("2026-03").paragraphs[0] == "Trong tháng 3/2026 chưa có số liệu giải quyết hồ sơ."
    assert (
        "Hồ sơ nộp trực tuyến",
        "750/1.500",
        "50\xa0%",
        "50\xa0%",
        "",
        "",
    ) in quarter.rows
    assert ("Tiến độ giải quyết", "", "", "", "19,4", "20") in quarter.rows


def test_the_report_tells_what_the_registers_had_in_its_window(centre: Centre) -> None:
    centre.entry("late_dossier", **DOSSIER)
    centre.do(centre.apology().id, "send", **SENT)
    centre.do(centre.entry("feedback", **FEEDBACK), "answer", answered_on="2026-03-02", answer="Đã sửa.")
    centre.entry("procedure_announcement", **ANNOUNCED)
    told = centre.section("2026-03").paragraphs
    assert "Tiếp nhận 1 phản ánh, kiến nghị, đã trả lời 1." in told
    assert "Ghi 1 hồ sơ trễ hạn, gửi 1 văn bản xin lỗi, hẹn lại." in told
    assert "Có 1 quyết định công bố thủ tục, chưa công khai." in told
    assert "Điểm theo QĐ 766: chưa có số liệu." in told and centre.section("2026-03").rows == ()
    quiet = centre.section("2026-05").paragraphs
    assert "Sổ không ghi phản ánh, kiến nghị nào." in quiet
    assert "Sổ không ghi hồ sơ trễ hạn nào." in quiet
    assert "Không có quyết định công bố thủ tục." in quiet


def test_the_page_tells_the_first_and_the_last_of_many_periods(filled: Centre) -> None:
    filled.entry("service_figures", period="2026-03", received="0")
    values = filled.ask("panel").values
    assert values["periods"] == "3 kỳ, từ tháng 1/2026 đến tháng 3/2026"
    assert "1.455/1.500" in [row.count for row in values["rows"]]


# Pages


@pytest.fixture
def site(filled: Centre) -> Site:
    return Site(filled.ws)


def test_the_page_of_the_area_shows_what_waits_and_the_five_groups(filled: Centre) -> None:
    filled.entry("feedback", title="Đường thôn 3 hỏng", **FEEDBACK)
    filled.entry("late_dossier", **DOSSIER)
    text = filled.page(f"areas/{AREA}")
    for words in (
        "Đường thôn 3 hỏng",
        "Trả lời: còn 15 ngày làm việc",
        "Xin lỗi và hẹn lại hồ sơ H15-0007",
        "Gửi chậm nhất ngày 04/03/2026",
        "<strong>91,65</strong> trên 100 điểm của các nhóm có phát sinh.",
        "Số liệu: tháng 1/2026, tháng 2/2026",
        "Quyết định 766/QĐ-TTg",
    ):
        assert words in text
    assert "Không vẽ được" not in text and "Không lấy được" not in text
    assert "registers/feedback/new" in text and "registers/apology/new" not in text


def test_figures_are_written_by_the_form_and_what_was_wrong_is_told_above_it(site: Site) -> None:
    page, action = "/xa-mau/areas/registers/service_figures/new", "/xa-mau/areas/registers/service_figures"
    typed = {"title": "Số liệu tháng 3", "lead": "phong-kinh-te", "period": "2026-03", "settled": "10"}
    wrong = send(site.visitor("officer"), page, action, **typed, in_time="11")
    assert wrong.status_code == 422 and "nhiều hơn Hồ sơ đã giải quyết" in wrong.text
    assert send(site.visitor("officer"), page, action, **typed, in_time="9").status_code == 303


def test_the_page_of_a_feedback_shows_its_clocks(filled: Centre) -> None:
    entry = filled.entry("feedback", **FEEDBACK)
    text = filled.page(f"items/{entry}", "officer")
    assert "Trả lời: còn 15 ngày làm việc" in text and "Cổng Dịch vụ công quốc gia" in text
    assert "theo quy tắc của lĩnh vực: tính lại hạn" not in text


# The contract of what is stored


def schemas(kind: str) -> dict[str, Any]:
    path = resources.folder("plugins") / AREA / "events" / f"{kind}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["$defs"]
    return found


def asked(workflow: Workflow) -> Iterator[tuple[str, tuple[Field, ...]]]:
    yield "open", workflow.asks
    yield from ((step.name, step.fields) for step in workflow.transitions)


@pytest.mark.parametrize("workflow", REGISTERS.values(), ids=lambda one: one.kind)
def test_the_schemas_have_the_fields_of_the_definitions(workflow: Workflow) -> None:
    assert problems(workflow) == []
    known = {
        name: schema
        for name, schema in schemas(workflow.kind).items()
        if name.startswith(f"{workflow.kind}/{workflow.version}/")  # those of older versions stay beside it
    }
    assert set(known) == {f"{workflow.kind}/{workflow.version}/{step}" for step, _ in asked(workflow)}
    for step, fields in asked(workflow):
        schema = known[f"{workflow.kind}/{workflow.version}/{step}"]
        assert schema["required"] == [one.name for one in fields if one.kind not in ("text", "files")]
        assert set(schema["properties"]) <= {one.name for one in fields}
        assert schema["additionalProperties"] is False
        for field in fields:
            told = schema["properties"].get(field.name, {"description": "in the vault"})
            assert told["description"] and (told.get("format") == "date") == (field.kind == "day")
            assert told.get("enum", [None])[:-1] == [one for one, _ in field.choices]


@pytest.mark.parametrize("kind", REGISTERS)
def test_the_examples_of_the_schemas_are_valid(kind: str) -> None:
    for schema in schemas(kind).values():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["examples"] or not schema["properties"]
        for example in schema["examples"]:
            jsonschema.validate(example, schema)


def test_what_is_stored_is_as_the_schemas_say(filled: Centre) -> None:
    dossier, apology = filled.entry("late_dossier", **DOSSIER), filled.apology().id
    filled.do(apology, "send", **SENT)
    filled.do(dossier, "return", returned_on="2026-03-02")
    dropped = filled.entry("late_dossier", **DOSSIER | {"code": "2"})
    filled.do(dropped, "drop", reason="Nhầm.")
    answered, refused = (filled.entry("feedback", **FEEDBACK | {"code": one}) for one in "34")
    filled.do(answered, "ask_supplement", asked_on="2026-03-02", request="Bản vẽ.")
    filled.do(answered, "supplement", supplemented_on="2026-03-02")
    filled.do(answered, "answer", answered_on="2026-03-02", answer="Đã sửa.")
    filled.do(refused, "refuse", refused_on="2026-03-02", reason="Trùng.")
    public = filled.entry("procedure_announcement", **ANNOUNCED)
    filled.do(public, "publish", published_on="2026-03-02", place="Bảng niêm yết")
    filled.do(filled.entries("service_figures")[0].id, "confirm", "coordinator")
    for kind in REGISTERS:
        known = schemas(kind)
        for entry in filled.entries(kind):
            for event in filled.ws.log.stream(f"item-{entry.id}"):
                name = f"{kind}/{REGISTERS[kind].version}/{event.data.get('step', 'open')}"
                jsonschema.validate(event.data["fields"], known[name])


def test_no_figure_is_without_a_source_and_every_rule_that_refuses_is_told_in_words() -> None:
    assert all(one.source for one in administrative_procedures.figures())
    keys = [one.key for one in administrative_procedures.figures()]
    assert len(set(keys)) == len(keys)
    assert all(one.words.endswith(".") for one in administrative_procedures.rules())
