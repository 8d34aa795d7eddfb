"""The area new_area in a commune of its own: its rule, its register, its measure and its panel."""

from cchc_flow.samples.plugin import new_area
from cchc_flow.testing import FILE, Commune, communes

commune = communes(new_area=new_area)


def test_all_that_the_plugin_brings_can_be_used(commune: Commune) -> None:
    assert commune.faults() == []


def test_a_result_without_a_file_is_refused(commune: Commune) -> None:
    task = commune.task("new_area")
    commune.given(task, "assign", "start")
    assert "Chưa có tệp minh chứng nào." in commune.when(task, "submit").refusal
    assert commune.then(task).state == "in_progress"


def test_a_result_with_a_file_is_submitted(commune: Commune) -> None:
    task = commune.task("new_area")
    commune.given(task, "assign", "start")
    assert commune.when(task, "submit", evidence=[FILE]).refusal == ""
    assert commune.then(task).state == "submitted"


def test_the_work_of_others_goes_on_as_it_did(commune: Commune) -> None:
    task = commune.task()
    commune.given(task, "assign", "start")
    assert commune.when(task, "submit").events == ("item.submitted/1",)


def test_an_entry_is_answered_by_its_unit(commune: Commune) -> None:
    entry = commune.entry("new_area_entry", about="Cấp lại mật khẩu")
    assert "đơn vị chủ trì" in commune.when(entry, "answer", by="leader").refusal
    assert commune.when(entry, "answer", by="officer").events == ("item.advanced/1",)
    assert commune.then(entry).fields["about"] == "Cấp lại mật khẩu"


def test_the_measure_counts_what_is_answered(commune: Commune) -> None:
    assert commune.measure("new_area", "answered").value is None
    first, second = commune.entry("new_area_entry"), commune.entry("new_area_entry")
    commune.given(first, "answer")
    measure = commune.measure("new_area", "answered")
    assert (measure.value, measure.count, set(measure.items)) == ("50", 1, {first, second})


def test_a_report_says_the_same_whatever_happens_after_its_cut_off(commune: Commune) -> None:
    first, second = commune.entry("new_area_entry"), commune.entry("new_area_entry")
    commune.given(first, "answer")
    cutoff = commune.cutoff()
    commune.given(second, "answer")
    assert commune.said("new_area", "2026-03", cutoff) == "Trong tháng 3/2026 đã trả lời 1 mục."
    assert commune.said("new_area", "2026-03") == "Trong tháng 3/2026 đã trả lời 2 mục."


def test_the_page_shows_what_waits(commune: Commune) -> None:
    assert "Không có mục nào đang chờ trả lời." in commune.page("areas/new_area")
    commune.entry("new_area_entry", title="Quên mật khẩu")
    assert "Quên mật khẩu" in commune.page("areas/new_area")
