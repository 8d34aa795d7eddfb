from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_flow.audit.sentences import CLAUSES, event_sentence
from cchc_flow.audit.words import TYPE_TITLES, actor_name, event_type_title
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow.events import CLASSES, NAMES, AdoptedTask, Data

NAMES_OF = {"b.tran": "Trần Văn B", "u-kt": "Phòng Kinh tế", "u-yt": "Trạm Y tế", "u-th": "Trường Tiểu học"}
REASON = {"digest": "0" * 64, "size": 40, "media_type": "text/plain"}
FILE = {"name": REASON, "content": REASON}
Record = Callable[..., RecordedEvent]
AGAIN = "để làm tiếp, có nêu lý do"


def test_every_event_type_has_its_own_sentence_and_its_short_name():
    assert set(CLAUSES) == set(NAMES) == set(TYPE_TITLES)
    assert len(set(TYPE_TITLES.values())) == len(TYPE_TITLES)


@cache
def values(cls: type[Data]) -> st.SearchStrategy[Any]:
    """Any value of an event's class: the fields of every kind, with anything in them."""
    hints = get_type_hints(cls, include_extras=False)
    fields = {field.name: of_type(hints[field.name], cls) for field in msgspec.structs.fields(cls)}
    return st.builds(cls, **fields)


def of_type(kind: Any, inside: type) -> st.SearchStrategy[Any]:
    if kind == tuple[AdoptedTask, ...] and inside is AdoptedTask:
        return st.just(())
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return values(kind)
    if get_origin(kind) in (Union, UnionType):
        return st.one_of(*(of_type(option, inside) for option in get_args(kind)))
    if get_origin(kind) is tuple:
        return st.lists(of_type(get_args(kind)[0], inside), max_size=2).map(tuple)
    if get_origin(kind) is dict:
        return st.dictionaries(st.text(max_size=5), st.none() | st.text(max_size=5), max_size=2)
    return st.from_type(kind)


@pytest.mark.parametrize("name", CLASSES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), names=st.dictionaries(st.text(max_size=3), st.text(max_size=9), max_size=3))
def test_any_valid_event_reads_as_one_line_that_begins_with_who_acted(recorded, name, data, names):
    content = msgspec.to_builtins(data.draw(values(CLASSES[name])))
    words = event_sentence(recorded(name, content, unit="đơn-vị-lạ"), names)
    assert words.startswith("b.tran (đơn-vị-lạ) đã ")
    assert words.endswith(".")
    assert "\n" not in words


def test_an_assignment_names_its_units_the_officer_the_day_and_the_rhythm(recorded: Record):
    data = {"from": "planned", "to": "assigned", "lead": "u-kt", "support": ["u-yt", "u-th"]}
    data |= {"officer": "b.tran", "due": "2026-06-30", "cadence": "quarterly"}
    assert event_sentence(recorded("item.assigned/1", data, actor="a.le"), NAMES_OF) == (
        "a.le đã giao cho Phòng Kinh tế chủ trì, Trạm Y tế và Trường Tiểu học phối hợp, "
        "Trần Văn B phụ trách, hạn 30/06/2026, định kỳ: hằng quý."
    )


def test_a_second_assignment_says_that_it_is_one(recorded: Record):
    data = {"from": "in_progress", "to": "assigned", "lead": "u-yt", "support": []}
    data |= {"officer": None, "due": None, "cadence": None}
    assert event_sentence(recorded("item.assigned/1", data), NAMES_OF) == (
        "Trần Văn B đã giao lại cho Trạm Y tế chủ trì, không đặt hạn."
    )


def test_a_submission_counts_its_files_and_names_the_unit_of_who_submitted(recorded: Record):
    data = {"from": "in_progress", "to": "submitted", "result": REASON, "evidence": [FILE, FILE]}
    assert event_sentence(recorded("item.submitted/1", data, unit="u-kt"), NAMES_OF) == (
        "Trần Văn B (Phòng Kinh tế) đã nộp kết quả kèm 2 tệp minh chứng."
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("closed", {"from": "submitted", "to": "accepted"}, "đã tiếp nhận báo cáo"),
        (
            "submitted",
            {"from": "due", "to": "submitted", "result": REASON, "evidence": [FILE]},
            "đã nộp báo cáo kèm 1 tệp minh chứng",
        ),
        (
            "withdrawn",
            {"from": "submitted", "to": "due", "reason": REASON},
            f"đã rút lại báo cáo {AGAIN}",
        ),
        (
            "reopened",
            {"from": "accepted", "to": "due", "reason": REASON},
            f"đã mở lại báo cáo {AGAIN}",
        ),
        (
            "undone",
            {"from": "accepted", "to": "submitted", "undoes": "x", "step": "item.closed/1"},
            "đã hoàn tác bước «Tiếp nhận», trở lại «Đã nộp»",
        ),
    ],
)
def test_a_report_is_told_in_words_of_its_own(recorded: Record, name, data, words):
    titles = NAMES_OF | {"state:submitted": "Đã nộp"}
    assert event_sentence(recorded(f"item.{name}/1", data), titles) == f"Trần Văn B {words}."


def test_an_entry_is_written_into_its_register(recorded: Record):
    empty = ("plan", "parent", "period", "ref", "area", "heading", "product", "cadence", "suggested_lead")
    data = dict.fromkeys(empty) | {"from": None, "to": "late", "kind": "late_dossier", "workflow": 1}
    data |= {"unit": "u-kt", "title": "Hồ sơ A", "text": "", "due": "2026-03-20", "fields": {}}
    names = NAMES_OF | {"kind:late_dossier": "Hồ sơ trễ hạn"}
    assert event_sentence(recorded("item.opened/2", data), names) == (
        "Trần Văn B đã ghi «Hồ sơ A» vào sổ «Hồ sơ trễ hạn», Phòng Kinh tế chủ trì, hạn 20/03/2026."
    )


def test_an_undo_says_which_step_was_taken_back_and_where_the_item_is_now(recorded: Record):
    data = {"from": "submitted", "to": "in_progress", "undoes": "x", "step": "item.submitted/1"}
    assert event_sentence(recorded("item.undone/1", data), NAMES_OF) == (
        "Trần Văn B đã hoàn tác bước «Nộp kết quả», trở lại «Đang thực hiện»."
    )


def test_a_plan_is_told_with_its_figures_where_only_leaf_tasks_count(recorded: Record):
    leaf = {"ref": "III.1.1.1", "text": "t", "title": "t", "leaf": True, "children": []}
    head = {"ref": "III.1.1", "text": "t", "title": "t", "leaf": False, "children": [leaf, leaf]}
    data = {"plan": "p", "year": 2026, "number": "12/KH-UBND", "title": "Kế hoạch CCHC", "issuer": "UBND xã"}
    data |= {"closing_day": "2027-01-31", "document": FILE, "document_digest": "0"}
    data |= {"areas": [{"code": "1", "title": "Chung", "tasks": [head, leaf]}]}
    data |= {"legal_bases": [], "objectives": [], "requirements": [], "targets": [], "units": []}
    data |= {"general_assignments": [], "deadlines": []}
    assert event_sentence(recorded("plan.adopted/1", data, actor="system:import"), {}) == (
        "Hệ thống (nhập kế hoạch) đã đưa kế hoạch năm 2026 số 12/KH-UBND của UBND xã «Kế hoạch CCHC» "
        "vào theo dõi: 1 lĩnh vực, 3 nhiệm vụ, 0 chỉ tiêu, 0 thời hạn báo cáo; "
        "năm kế hoạch kết thúc ngày 31/01/2027."
    )


def test_the_system_is_named_by_the_part_of_it_that_acted():
    assert actor_name("system:import", {}) == "Hệ thống (nhập kế hoạch)"
    assert actor_name("system:setup", {}) == "Hệ thống (cài đặt ban đầu)"
    titles = {"plugin:household": "Hộ kinh doanh"}
    rule = "Hệ thống (theo quy tắc của lĩnh vực «{}»)"
    assert actor_name("system:plugin:household", titles) == rule.format("Hộ kinh doanh")
    assert actor_name("system:plugin:household", {}) == rule.format("household")
    assert actor_name("system:hoa", {}) == "Hệ thống (tài khoản máy chủ «hoa»)"
    assert actor_name("người.lạ", {}) == "người.lạ"


def test_a_type_of_a_later_release_is_shown_as_it_is_stored(recorded: Record):
    assert event_sentence(recorded("item.excused/7", {"x": 1}), NAMES_OF) == (
        "Trần Văn B đã ghi sự kiện «item.excused/7»."
    )
    assert event_type_title("item.excused/7") == "item.excused/7"


def test_data_that_were_tampered_with_are_called_unreadable_and_stop_nothing(recorded: Record):
    assert event_sentence(recorded("item.closed/1", {"from": "approved"}), NAMES_OF) == (
        "Trần Văn B đã ghi sự kiện «Hoàn thành», nhưng dữ liệu không đúng mẫu nên không đọc được."
    )


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("before-3", " về hạn 30/06/2026, theo mốc nhắc 3 ngày trước hạn."),
        ("late-10", " về hạn 30/06/2026, theo mốc nhắc 10 ngày sau hạn."),
        ("before-0", " về hạn 30/06/2026."),
        ("một-đợt-lạ", " về hạn 30/06/2026."),
    ],
)
def test_a_reminder_of_the_clock_says_at_which_stage_of_the_due_day(recorded: Record, stage: str, words: str):
    data = {"stage": stage, "due": "2026-06-30", "people": ["b.tran"], "text": None}
    assert event_sentence(recorded("item.reminded/1", data), NAMES_OF).endswith(f"đã nhắc Trần Văn B{words}")


@pytest.mark.parametrize(
    ("origin", "words"), [("built-in", "đi kèm chương trình"), ("cchc-phan-anh", "từ gói cchc-phan-anh")]
)
def test_where_a_plugin_came_from_is_told_in_words(recorded: Record, origin: str, words: str) -> None:
    data = {"plugin": "feedback", "title": "Phản ánh", "version": "1.2", "origin": origin}
    assert event_sentence(recorded("plugin.loaded/1", data), NAMES_OF).endswith(
        f"đã nạp lĩnh vực «Phản ánh», bản 1.2 ({words})."
    )


def test_a_due_day_that_was_set_is_told_with_the_one_before(recorded: Record) -> None:
    data = {"due": "2026-09-30", "previous": "2026-06-30", "reason": REASON}
    words = event_sentence(recorded("item.due_set/1", data, actor="a.le"), NAMES_OF)
    assert words == "a.le đã đặt hạn 30/09/2026 thay hạn 30/06/2026, có nêu lý do."
    first = event_sentence(recorded("item.due_set/1", data | {"previous": None}, actor="a.le"), NAMES_OF)
    assert first == "a.le đã đặt hạn 30/09/2026, có nêu lý do."


def test_a_change_of_supporting_units_is_told_with_those_before(recorded: Record) -> None:
    data = {"support": ["u-th"], "previous": ["u-yt"], "reason": REASON}
    words = event_sentence(recorded("item.support_changed/1", data, actor="a.le"), NAMES_OF)
    assert words == "a.le đã đổi đơn vị phối hợp: Trường Tiểu học, trước là Trạm Y tế, có nêu lý do."
    none = {"support": [], "previous": ["u-yt"], "reason": None}
    words = event_sentence(recorded("item.support_changed/1", none, actor="a.le"), NAMES_OF)
    assert words == "a.le đã đổi đơn vị phối hợp: không có, trước là Trạm Y tế, theo công việc chung."


def test_a_comment_that_mentions_nobody_names_nobody(recorded: Record) -> None:
    words = event_sentence(recorded("item.commented/2", {"text": REASON, "mentions": []}), NAMES_OF)
    assert words.endswith("đã trao đổi về công việc.")


def test_the_tasks_of_an_adopted_area_are_named_by_where_they_stand(recorded: Record):
    for refs, extent in (
        (["III.1.1"], "mục III.1.1"),
        (["III.1.1", "III.1.2"], "các mục III.1.1 đến III.1.2"),
    ):
        tasks = [{"ref": ref, "text": "", "title": "", "leaf": True, "children": []} for ref in refs]
        data = {"plan": "2026", "area": {"code": "1", "title": "Cải cách thể chế", "tasks": tasks}}
        assert event_sentence(recorded("plan.area_adopted/1", data), {}).endswith(
            f"đã đưa lĩnh vực 1 «Cải cách thể chế» của kế hoạch năm 2026 vào theo dõi, gồm {extent}."
        )
