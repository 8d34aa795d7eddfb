"""Every refusal of the table: one clear sentence for each, and nothing comes of it."""

import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from support.story import (
    CONTEXT,
    COORDINATOR,
    EVERYBODY,
    HEAD,
    INSPECTOR,
    LEADER,
    OFFICER,
    Story,
    closed_task,
    started_task,
)

from cchc_flow.errors import CchcError, FourEyes, IllegalMove, MissingData, NotAllowed
from cchc_flow.workflow.commands import DecisionContext, TakeStep
from cchc_flow.workflow.decide import decide
from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.distribution import Distribution
from cchc_flow.workflow.fields import missing_sentence
from cchc_flow.workflow.guards import CONDITIONS, RULES
from cchc_flow.workflow.inspection import AUDIT, FINDING
from cchc_flow.workflow.item import Extension, Item
from cchc_flow.workflow.policy import Actor, who_may
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK

TWO_HATS = Actor("hai", frozenset({"officer", "unit_head", "coordinator", "leader"}), "kinh-te")
SHARED = {"units": ["kinh-te", "tram-y-te"], "cadence": "", "due": "", "due_day": "", "since": ""}
MONTHLY = SHARED | {"cadence": "monthly"}
LATER = {"due": "2026-07-31", "reason": "Chờ số liệu."}


def due_report() -> Story:
    return Story(REPORT, unit="kinh-te", period="2026-03", due="2026-03-10", ref=None, area=None)


def observation() -> Story:
    return Story(FINDING, unit="kinh-te", due=None, ref=None, area=None)


def open_request() -> Story:
    return started_task().take(OFFICER, "ask_extension", **LATER)


def long_open_request() -> Story:
    return open_request().wait(60 * 24 * 200)


def without_due() -> Story:
    return Story(due=None).take(COORDINATOR, "assign", lead="kinh-te")


def part() -> Story:
    return Story(parent="2026-III.2", unit="kinh-te", period="2026-Q1")


def whole_that_is_finished() -> Story:
    return after(Story().take(COORDINATOR, "distribute", **SHARED), state="closed")


def led_by_nobody() -> Story:
    return after(started_task(), lead=None)


def given_task() -> Story:
    return started_task().take(HEAD, "delegate", officer="lan")


def led_by_the_unit_of_the_coordinator() -> Story:
    return after(started_task(), lead="van-hoa")


HEAD_OF_CULTURE = Actor("binh", frozenset({"unit_head"}), "van-hoa")


def led_by_a_unit_without_people() -> Story:
    return after(started_task(), lead="to-moi", officer=None)


def after(story: Story, **changes: Any) -> Story:
    """Return the story as if the item had come to be otherwise."""
    story.item = msgspec.structs.replace(story.it, **changes)
    return story


Case = tuple[str, Callable[[], Story], Actor, str, dict[str, Any], str]
ENDED, PAST = "không được sau ngày kế hoạch kết thúc (31/12/2026).", "Hạn: ngày 01/03/2026 đã qua."
NOT_LATER = "Hạn mới: phải sau hạn hiện tại (30/06/2026)."
NO_REQUEST = "Không có đề nghị gia hạn nào đang chờ quyết định."
FOREIGN = "Công chức phụ trách: phải thuộc đơn vị chủ trì."
OUT_OF_MONTH = "Ngày đến hạn trong kỳ: phải từ 1 đến 31."
TOO_EARLY = "Bắt đầu từ: năm kế hoạch bắt đầu ngày 01/01/2026."
TOO_FEW = "Một đơn vị, làm một lần: hãy dùng bước «Giao việc»."
TO_KINH_TE = {"lead": "kinh-te"}
REFUSED: list[Case] = [
    ("has_due", without_due, OFFICER, "ask_extension", LATER,
     "Công việc này không đặt hạn nên không có hạn để gia hạn."),
    ("no_request_open", open_request, HEAD, "ask_extension", LATER | {"due": "2026-08-31"},
     "Đã có một đề nghị gia hạn đến 31/07/2026 đang chờ quyết định."),
    ("request_open", started_task, LEADER, "grant_extension", LATER, NO_REQUEST),
    ("request_open", started_task, LEADER, "refuse_extension", LATER, NO_REQUEST),
    ("part_only", Story, LEADER, "excuse", LATER, "Chỉ miễn được phần việc của từng đơn vị."),
    ("no_request_to_decide", open_request, LEADER, "set_due", LATER,
     "Đơn vị đang xin gia hạn đến 31/07/2026, chưa được quyết định."),
    ("given_out", led_by_nobody, LEADER, "hand_over", TO_KINH_TE | {"reason": "x"},
     "Công việc chưa giao cho đơn vị nào."),
    ("given_out", led_by_nobody, LEADER, "change_support", {"support": [], "reason": "x"},
     "Công việc chưa giao cho đơn vị nào."),
    ("other_support", started_task, LEADER, "change_support", {"support": ["tram-y-te"], "reason": "x"},
     "Đơn vị phối hợp: vẫn là những đơn vị đang phối hợp."),
    ("other_support", started_task, LEADER, "change_support", {"support": ["kinh-te"], "reason": "x"},
     "Đơn vị phối hợp: không được gồm cả đơn vị chủ trì."),
    ("another_weight", started_task, LEADER, "weigh", {"weight": "0"},
     "Hệ số quy đổi: phải lớn hơn 0 và không quá 100."),
    ("another_weight", started_task, LEADER, "weigh", {"weight": "100,01"},
     "Hệ số quy đổi: phải lớn hơn 0 và không quá 100."),
    ("another_weight", started_task, LEADER, "weigh", {"weight": "1,00"},
     "Hệ số quy đổi: vẫn là hệ số hiện tại."),
    ("another_due", started_task, LEADER, "set_due", LATER | {"due": "2026-06-30"},
     "Hạn hoàn thành: vẫn là hạn hiện tại."),
    ("whole_only", part, LEADER, "distribute", SHARED, "Phần việc của một đơn vị không chia tiếp được."),
    ("without_parts", whole_that_is_finished, LEADER, "reopen", LATER,
     "Công việc này được làm theo từng phần việc."),
    ("whole_with_parts", closed_task, LEADER, "reopen_parts", {}, "Công việc này không có phần việc nào."),
    ("in_charge", started_task, HEAD, "recall", {}, "Việc này chưa giao cho người nào."),
    ("colleague", started_task, HEAD, "delegate", {"officer": "tam"},
     "Người làm: phải là người của đơn vị chủ trì."),
    ("colleague", started_task, HEAD, "delegate", {"officer": "nam"},
     "Người làm: phải là người của đơn vị chủ trì."),
    ("colleague", given_task, HEAD, "delegate", {"officer": "lan"}, "Người làm: việc đang ở người này rồi."),
    ("colleague", led_by_the_unit_of_the_coordinator, HEAD_OF_CULTURE, "delegate", {"officer": "hoa"},
     "Người làm: người này chưa có vai trò công chức hay thủ trưởng đơn vị."),
    ("team", Story, COORDINATOR, "assign", TO_KINH_TE | {"officer": "tam"}, FOREIGN),
    ("team", started_task, LEADER, "hand_over", TO_KINH_TE | {"officer": "tam", "reason": "x"}, FOREIGN),
    ("team", Story, COORDINATOR, "assign", TO_KINH_TE | {"support": ["kinh-te"]},
     "Đơn vị phối hợp: không được gồm cả đơn vị chủ trì."),
    ("another_team", started_task, LEADER, "hand_over", TO_KINH_TE | {"reason": "x"},
     "Đơn vị chủ trì mới: vẫn là đơn vị và người đang làm."),
    ("due_within_plan", Story, COORDINATOR, "assign", TO_KINH_TE | {"due": "2026-03-01"}, PAST),
    ("due_within_plan", Story, COORDINATOR, "assign", TO_KINH_TE | {"due": "2027-01-01"}, f"Hạn: {ENDED}"),
    ("due_within_plan", started_task, OFFICER, "ask_extension", LATER | {"due": "2027-01-01"},
        f"Hạn: {ENDED}"),
    ("due_within_plan", open_request, LEADER, "grant_extension", {"due": "2027-01-31"}, f"Hạn: {ENDED}"),
    ("due_within_plan", long_open_request, LEADER, "grant_extension", {"due": "2026-07-31"},
     "Hạn: ngày 31/07/2026 đã qua."),
    ("due_within_plan", started_task, LEADER, "set_due", LATER | {"due": "2026-03-01"}, PAST),
    ("due_within_plan", started_task, LEADER, "set_due", LATER | {"due": "2027-01-01"}, f"Hạn: {ENDED}"),
    ("due_later", started_task, OFFICER, "ask_extension", LATER | {"due": "2026-06-30"}, NOT_LATER),
    ("due_later", started_task, OFFICER, "ask_extension", LATER | {"due": "2026-05-01"}, NOT_LATER),
    ("due_later", open_request, LEADER, "grant_extension", {"due": "2026-06-30"}, NOT_LATER),
    ("due_ahead", observation, INSPECTOR, "establish",
     {"severity": "breach", "facts": "x", "remedy": "y", "due": "2026-03-01"}, PAST),
    ("parts_make_sense", Story, LEADER, "distribute", SHARED | {"units": []},
     "Hãy chọn các đơn vị thực hiện."),
    ("parts_make_sense", Story, LEADER, "distribute", SHARED | {"units": ["kinh-te"]}, TOO_FEW),
    ("parts_make_sense", Story, LEADER, "distribute", SHARED | {"due": "2026-03-01"}, PAST),
    ("parts_make_sense", Story, LEADER, "distribute", SHARED | {"due": "2027-03-01"}, f"Hạn: {ENDED}"),
    ("parts_make_sense", Story, LEADER, "distribute", MONTHLY | {"due_day": "0"}, OUT_OF_MONTH),
    ("parts_make_sense", Story, LEADER, "distribute", MONTHLY | {"due_day": "32"}, OUT_OF_MONTH),
    ("parts_make_sense", Story, LEADER, "distribute", MONTHLY | {"since": "2027-01-01"},
     f"Bắt đầu từ: {ENDED}"),
    ("parts_make_sense", Story, LEADER, "distribute", MONTHLY | {"since": "2025-12-31"}, TOO_EARLY),
    ("parts_make_sense", Story, LEADER, "distribute", MONTHLY | {"since": "0001-01-01"}, TOO_EARLY),
    ("decision_numbered", started_task, LEADER, "cancel", {"decision": "không có số", "reason": "x"},
     "Số, ngày quyết định: phải có số, như 15/QĐ-UBND ngày 03/4/2026."),
    ("decision_numbered", started_task, LEADER, "suspend", {"decision": "theo chỉ đạo", "reason": "x"},
     "Số, ngày quyết định: phải có số, như 15/QĐ-UBND ngày 03/4/2026."),
    ("somebody_to_remind", led_by_nobody, LEADER, "remind", {"text": "x"},
     "Công việc chưa giao cho ai nên chưa đôn đốc được."),
    ("somebody_to_remind", led_by_a_unit_without_people, LEADER, "remind", {"text": "x"},
     "Đơn vị chủ trì chưa có người dùng nào để nhận đôn đốc."),
    ("report_has_content", due_report, OFFICER, "submit", {"result": "  ", "report": {"documents": ""}},
     "Báo cáo chưa có nội dung: hãy điền ít nhất một mục, hoặc chọn «Không phát sinh»."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "begin", "actor", "step", "data", "sentence"), REFUSED)
def test_what_a_rule_forbids_is_refused_in_one_sentence(
    rule: str, begin: Callable[[], Story], actor: Actor, step: str, data: dict[str, Any], sentence: str
) -> None:
    story = begin()
    before = list(story.events)
    with pytest.raises(CchcError) as refused:
        story.take(actor, step, **data)
    assert str(refused.value).startswith(sentence)
    assert story.events == before


def test_no_rule_is_without_a_refusal_here() -> None:
    assert {case[0] for case in REFUSED} == {*CONDITIONS, *RULES}


def test_every_rule_that_a_definition_names_exists() -> None:
    for flow in (TASK, REPORT, AUDIT, FINDING):
        for step in flow.transitions:
            assert set(step.when) <= set(CONDITIONS)
            assert set(step.rules) <= set(RULES)


def test_after_the_end_of_the_year_nothing_recurs_any_more() -> None:
    with pytest.raises(MissingData, match=re.escape(ENDED)):
        Story().wait(60 * 24 * 365).take(LEADER, "distribute", **MONTHLY)


def test_before_its_year_recurring_work_begins_with_the_year() -> None:
    context = msgspec.structs.replace(CONTEXT, today=CONTEXT.today.replace(year=2025))
    (event,) = decide(TASK, Story().it, TakeStep("distribute", MONTHLY), LEADER, context).events
    assert getattr(event, "since", None) == "2026-01-01"


# What every step of every definition has in common


STEPS = [
    pytest.param(flow, step, id=f"{flow.kind}-{step.name}")
    for flow in (TASK, REPORT)
    for step in flow.transitions
]
FIELDS = [
    pytest.param(flow, step, field, id=f"{flow.kind}-{step.name}-{field.name}")
    for flow in (TASK, REPORT)
    for step in flow.transitions
    for field in step.fields
]
FORM: dict[str, Any] = {
    "lead": "tram-y-te",
    "units": ["kinh-te", "tram-y-te"],
    "due": "2026-07-31",
    "reason": "Lý do",
    "text": "Trao đổi",
    "result": "Kết quả",
    "defects": "0",
    "quality": "met",
    "percent": "50",
    "decision": "15/QĐ-UBND",
    "weight": "2",
}
WRONG = {
    "text": (["a" * 1_000_000], "dài quá 20.000 ký tự"),
    "line": (["a" * 501], "dài quá 500 ký tự"),
    "day": (["31/06/2026", "2026-02-30", "hôm nay"], "phải là một ngày, như 25/01/2026"),
    "percent": (["-1", "101", "nửa"], "phải là số nguyên từ 0 đến 100"),
    "count": (["-1", "1000001", "một"], "phải là số nguyên từ 0 đến 1.000.000"),
    "amount": (["-1", "1,234", "1.23.45", "1e3", "mười", "٤٠", "1" * 20], "phải là một số từ 0 trở lên"),
    "period": (["2026-13", "tháng 3", "2026-Q5"], "phải là một kỳ, như 11/2026"),
    "choice": (["khác"], "phải chọn một trong"),
    "unit": (["phong-ma"], "đơn vị này không có trong danh bạ"),
    "units": ([["phong-ma"]], "đơn vị này không có trong danh bạ"),
    "person": (["ai-do"], "người này không có trong danh bạ"),
    "colleague": (["ai-do"], "người này không có trong danh bạ"),
    "files": (["một tệp"], "không phải tệp"),
    "report": (["một báo cáo"], "phải gồm các ô của biểu mẫu báo cáo"),
    "remarks": (["một nhận xét"], "phải gồm các ô của biểu mẫu báo cáo"),
}


def ready(flow: Workflow, step: Transition) -> Item:
    """Return an item on which somebody may take the step now."""
    is_whole = "whole_with_parts" in step.when or step.name == "finish_parts"
    return msgspec.structs.replace(
        started_task().it,
        kind=flow.kind,
        state=step.from_[0],
        unit="kinh-te" if "part_only" in step.when else None,
        officer="tam" if "in_charge" in step.when else None,
        submitted_by="lan",
        extension=Extension("2026-07-31", "lan") if "request_open" in step.when else None,
        distribution=Distribution(("kinh-te",), "monthly", "2026-03-01", None, None) if is_whole else None,
        rests_since="2026-03-02",
        rests_in="assigned",
    )


def form_of(step: Transition) -> dict[str, Any]:
    """Return what a form of the step can take; only the unit's own people can be given its work."""
    return FORM | ({"officer": "lan"} if step.name == "delegate" else {})


def who_can(flow: Workflow, step: Transition) -> Actor:
    """Return somebody who may take the step."""
    for actor in (*EVERYBODY, Actor("ba", frozenset({"coordinator"}), coordinator_closes=True)):
        try:
            decide(flow, ready(flow, step), TakeStep(step.name, form_of(step)), actor, CONTEXT)
        except NotAllowed:
            continue
        return actor
    raise AssertionError(f"nobody may {step.name}")


def drafts_of(flow: Workflow, step: Transition, actor: Actor, item: Item, **form: Any) -> Any:
    context: DecisionContext = CONTEXT
    return decide(flow, item, TakeStep(step.name, form_of(step) | form), actor, context).events


@pytest.mark.parametrize(("flow", "step"), STEPS)
def test_who_may_not_is_told_who_may(flow: Workflow, step: Transition) -> None:
    with pytest.raises(NotAllowed) as refused:
        drafts_of(flow, step, Actor("khach"), ready(flow, step))
    assert f"«{step.title}»" in refused.value.why
    assert refused.value.now == f"Việc này do {who_may(step)} thực hiện."


@pytest.mark.parametrize(("flow", "step"), STEPS)
def test_a_step_that_the_state_does_not_have_is_refused_by_name(flow: Workflow, step: Transition) -> None:
    for state in flow.states:
        if state.name not in step.from_:
            with pytest.raises(IllegalMove) as refused:
                drafts_of(flow, step, TWO_HATS, msgspec.structs.replace(ready(flow, step), state=state.name))
            assert refused.value.why == f"Công việc đang ở «{state.title}» nên không thể «{step.title}»."


@pytest.mark.parametrize(("flow", "step"), [step for step in STEPS if step.values[1].four_eyes])
def test_nobody_judges_his_own_whatever_his_roles(flow: Workflow, step: Transition) -> None:
    item = ready(flow, step)
    own = msgspec.structs.replace(item, submitted_by="hai", extension=Extension("2026-07-31", "hai"))
    with pytest.raises(FourEyes, match="do chính mình"):
        drafts_of(flow, step, TWO_HATS, own)


@pytest.mark.parametrize(("flow", "step", "field"), [field for field in FIELDS if field.values[2].required])
def test_what_a_step_needs_and_does_not_get_is_named(flow: Workflow, step: Transition, field: Any) -> None:
    for missing in (None, "", "  "):
        with pytest.raises(MissingData) as refused:
            drafts_of(flow, step, who_can(flow, step), ready(flow, step), **{field.name: missing})
        assert refused.value.fields == {field.name: missing_sentence(field)}


@pytest.mark.parametrize(("flow", "step", "field"), FIELDS)
def test_a_value_that_a_field_cannot_take_is_refused_in_words(
    flow: Workflow, step: Transition, field: Any
) -> None:
    values, sentence = WRONG[field.kind]
    for value in values:
        with pytest.raises(MissingData) as refused:
            drafts_of(flow, step, who_can(flow, step), ready(flow, step), **{field.name: value})
        assert list(refused.value.fields) == [field.name]
        assert refused.value.fields[field.name].startswith(f"{field.title}: {sentence}")
