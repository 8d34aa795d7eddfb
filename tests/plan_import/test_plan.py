"""The two whole plans: what must be data in the reference text, and the same in the shipped sample."""

import re
import unicodedata

import pytest

from cchc_flow.plan_import import Proposal, as_json
from cchc_flow.plan_import.proposal import Goal, Task, leaves


def tasks(plan: Proposal) -> list[Task]:
    return [task for area in plan.areas for task in area.tasks]


def target(plan: Proposal, number: int) -> Goal:
    return next(target for target in plan.targets if target.ref == f"II.{number}")


def shape(goal: Goal) -> list[tuple[float, str | None, str, int | None]]:
    return [
        (measure.value, measure.unit, measure.direction, measure.baseline_year) for measure in goal.measures
    ]


def remarks_on(plan: Proposal, ref: str) -> str:
    return " ".join(remark.message for remark in plan.warnings if remark.ref == ref)


def test_there_are_seven_areas(plan: Proposal) -> None:
    assert [area.code for area in plan.areas] == ["1", "2", "3", "4", "5", "6", "7"]


def test_each_area_is_known_by_its_words(plan: Proposal) -> None:
    assert [area.topic for area in plan.areas] == [
        "institutional_reform",
        "administrative_procedures",
        "organisation",
        "civil_service",
        "public_finance",
        "digital_transformation",
        "direction",
    ]


def test_each_area_has_its_tasks_and_sub_tasks(plan: Proposal) -> None:
    per_area = [(len(area.tasks), sum(len(task.children) for task in area.tasks)) for area in plan.areas]
    assert per_area == [(5, 0), (6, 8), (4, 0), (10, 2), (14, 0), (8, 0), (9, 0)]


def test_three_tasks_only_head_sub_tasks_and_63_are_leaves(plan: Proposal) -> None:
    assert len(tasks(plan)) == 56
    assert [task.ref for task in tasks(plan) if not task.leaf] == ["III.2.3", "III.2.4", "III.4.10"]
    assert sum(len(leaves(task)) for task in tasks(plan)) == 63


def test_sub_tasks_are_named_under_their_task(plan: Proposal) -> None:
    heading = next(task for task in tasks(plan) if task.ref == "III.2.3")
    assert [child.ref for child in heading.children] == ["III.2.3.1", "III.2.3.2"]


def test_every_ref_is_used_once(plan: Proposal) -> None:
    refs = [leaf.ref for task in tasks(plan) for leaf in (task, *task.children)]
    refs += [
        part.ref for part in (*plan.targets, *plan.objectives, *plan.requirements, *plan.general_assignments)
    ]
    refs += [assignment.ref for unit in plan.units for assignment in unit.assignments]
    assert len(refs) == len(set(refs))


def test_there_are_22_targets_with_24_measures(plan: Proposal) -> None:
    assert [target.ref for target in plan.targets] == [f"II.{number}" for number in range(1, 23)]
    assert sum(len(target.measures) for target in plan.targets) == 24


def test_four_targets_are_qualitative(plan: Proposal) -> None:
    assert [target.ref for target in plan.targets if not target.measures] == [
        "II.1",
        "II.10",
        "II.11",
        "II.12",
    ]


@pytest.mark.parametrize("number", [2, 5, 6, 7, 8, 18, 19, 20, 21, 22])
def test_a_bare_hundred_percent_is_to_be_met_exactly(plan: Proposal, number: int) -> None:
    assert shape(target(plan, number)) == [(100, "%", "equal", None)]


@pytest.mark.parametrize(
    ("number", "measures"),
    [
        (3, [(15, "%", "decrease_at_least", 2025), (10, "%", "decrease_at_least", None)]),
        (4, [(100, "%", "equal", None), (100, "%", "equal", None)]),
        (9, [(50, "%", "decrease_at_least", 2024), (50, "%", "decrease_at_least", 2024)]),
        (13, [(98, "%", "at_least", None), (90, "%", "at_least", None)]),
        (14, [(2, "cuộc", "equal", None), (100, "%", "equal", None)]),
        (15, [(95, "%", "at_least", None)]),
        (16, [(10, "%", "increase_at_least", 2025)]),
        (17, [(1, "đơn vị", "increase_at_least", None), (1, "đơn vị", "increase_at_least", 2025)]),
    ],
)
def test_a_target_states_these_figures(plan: Proposal, number: int, measures: list[object]) -> None:
    assert shape(target(plan, number)) == measures


def test_the_third_objective_states_three_figures(plan: Proposal) -> None:
    assert shape(plan.objectives[2]) == [
        (5, "bậc", "increase_at_least", 2025),
        (15, "%", "decrease_at_least", 2025),
        (10, "%", "decrease_at_least", None),
    ]


def test_there_are_four_objectives_and_four_requirements(plan: Proposal) -> None:
    assert [objective.ref for objective in plan.objectives] == ["I.1.1", "I.1.2", "I.1.3", "I.1.4"]
    assert [requirement.ref for requirement in plan.requirements] == ["I.2.1", "I.2.2", "I.2.3", "I.2.4"]


def test_six_units_have_23_assignments(plan: Proposal) -> None:
    assert [len(unit.assignments) for unit in plan.units] == [2, 2, 11, 2, 3, 3]
    assert plan.units[4].assignments[0].ref == "V.2.đ.1"


def test_four_assignments_go_to_everybody(plan: Proposal) -> None:
    assert [assignment.ref for assignment in plan.general_assignments] == ["V.1.a", "V.1.b", "V.1.c", "V.1.d"]


def test_one_deadline_is_once_and_six_recur(plan: Proposal) -> None:
    once = [deadline for deadline in plan.deadlines if deadline.kind == "once"]
    assert [(deadline.date, deadline.ref) for deadline in once] == [("2026-01-25", "V.1.a")]
    recurring = [
        (deadline.monthly_day, deadline.period_day)
        for deadline in plan.deadlines
        if deadline.kind == "recurring"
    ]
    assert recurring == [(15, 10), (15, 10), (25, 20), (15, 10), (15, 10), (15, 10)]


def test_each_deadline_says_who_reports_to_whom(plan: Proposal) -> None:
    towards = {deadline.ref: (deadline.who, deadline.to or "") for deadline in plan.deadlines}
    assert towards["V.2.đ.2"][0] == "Phòng Kinh tế"
    assert towards["V.2.c.11"][1].startswith("Sở Nội vụ")
    assert all(to.startswith("Phòng Văn hóa") for ref, (_, to) in towards.items() if ref != "V.2.c.11")


def test_recipients_and_signature_are_no_tasks(plan: Proposal) -> None:
    everything = " ".join(task.text for task in tasks(plan)) + " ".join(
        assignment.text for unit in plan.units for assignment in unit.assignments
    )
    assert len(plan.recipients) == 9
    assert plan.signer is not None
    assert plan.signer.title == "CHỦ TỊCH"
    assert "Lưu: VT" not in everything
    assert "CHỦ TỊCH" not in everything


def test_no_markup_is_left_and_everything_is_nfc(plan: Proposal) -> None:
    everything = str(as_json(plan))
    assert unicodedata.is_normalized("NFC", everything)
    assert not re.search(r"\*|</?http|<https|\./\.", everything)


def test_the_opening_is_understood(plan: Proposal) -> None:
    assert plan.year == 2026
    assert plan.number is None
    assert plan.closing_day == "2026-12-31"
    assert plan.title.startswith("Cải cách hành chính nhà nước xã")
    assert (plan.issuer or "").startswith("UBND xã ")
    assert len(plan.legal_bases) == 4
    assert "76/NQ-CP" in plan.legal_bases[0]


def test_titles_are_short_beginnings_that_end_on_a_whole_word(plan: Proposal) -> None:
    for task in tasks(plan):
        for item in (task, *task.children):
            rest = item.text[len(item.title) :]
            assert 10 <= len(item.title) <= 80
            assert item.text.startswith(item.title)
            assert not rest[:1].isalnum()
            assert not re.search(r"[,;:]$|\s(?:và|của|để|với|trong|theo|về|các|cho)$", item.title)


def test_areas_are_led_by_the_units_that_the_assignments_name(plan: Proposal) -> None:
    leads = {area.code: area.lead for area in plan.areas}
    assert leads.pop("6") is None
    assert leads == {
        "1": "Văn phòng HĐND và UBND xã",
        "2": "Trung tâm Phục vụ hành chính công xã",
        "3": "Phòng Văn hóa - Xã hội",
        "4": "Phòng Văn hóa - Xã hội",
        "5": "Phòng Kinh tế",
        "7": "Phòng Văn hóa - Xã hội",
    }


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("Số", "để trống"),
        ("Ngày", "để trống"),
        ("II.3", "nhắc lại mục tiêu I.1.3"),
        ("II.3", "không ghi năm so sánh"),
        ("II.19", "II.8"),
        ("II.3", "2 số liệu"),
        ("II.4", "2 số liệu"),
        ("II.9", "2 số liệu"),
        ("II.13", "2 số liệu"),
        ("II.14", "2 số liệu"),
        ("II.17", "thêm 1"),
        ("I.1.3", "tăng 5 bậc"),
        ("V.1.a", "không kể ngày đó"),
        ("V.1.a", "Chủ nhật"),
        ("V.1.b", "không có Phụ lục"),
        ("V.2", "dùng lại"),
        ("III.6", "Không đơn vị nào"),
    ],
)
def test_a_person_is_warned(plan: Proposal, ref: str, words: str) -> None:
    assert words in remarks_on(plan, ref)


def test_only_the_area_without_a_lead_is_said_to_have_none(plan: Proposal) -> None:
    assert [remark.ref for remark in plan.warnings if "Không đơn vị nào" in remark.message] == ["III.6"]


def test_no_appendix_is_invented(plan: Proposal) -> None:
    assert plan.annex == ()


def test_the_two_broken_paragraphs_of_the_reference_are_whole(reference: Proposal) -> None:
    joined = [remark.ref for remark in reference.warnings if "ngắt đôi" in remark.message]
    assert joined == ["III.5.2", "III.7.2"]
    texts = {task.ref: task.text for task in tasks(reference)}
    assert "môi trường đầu tư" in texts["III.5.2"]
    assert "CCHC thuộc trách nhiệm" in texts["III.7.2"]


def test_the_sample_has_no_broken_paragraphs(sample: Proposal) -> None:
    assert not any("ngắt đôi" in remark.message for remark in sample.warnings)


def test_another_dash_in_a_name_is_the_same_unit(reference: Proposal) -> None:
    unit = next(unit for unit in reference.units if unit.name == "Phòng Văn hóa - Xã hội")
    assert unit.aliases == ("Phòng Văn hóa – Xã hội",)
    assert len(reference.units) == 6


def test_slips_of_an_abbreviation_are_shown_and_kept(reference: Proposal) -> None:
    messages = " ".join(remark.message for remark in reference.warnings)
    for slip in ("CBCCV", "CBCCCVC", "CBCCVV", "CBCCVN"):
        assert f"«{slip}»" in messages
        assert slip in str(as_json(reference))


def texts_of(value: object) -> set[str]:
    """Every text in the proposal, whatever it is called there."""
    if isinstance(value, dict):
        return set().union(*(texts_of(item) for item in value.values()))
    if isinstance(value, (list, tuple)):
        return set().union(*(texts_of(item) for item in value))
    return {value} if isinstance(value, str) else set()


def test_every_listed_text_of_the_reference_is_there_in_full(
    reference: Proposal, reference_text: str
) -> None:
    body = reference_text[reference_text.index("1. Mục tiêu") : reference_text.index("Trên đây là")]
    listed = re.findall(r"(?m)^(?:[-+] |[a-zđ]\) |\d+\. )(.{40,})$", body)
    plain = {re.sub(r"[*<>]", "", text) for text in listed}
    broken = {text for text in plain if not text.endswith((".", ":"))}
    headings = {text for text in plain if text.startswith(("Giao các phòng", "Giao Lãnh đạo"))}
    assert len(plain) > 110
    assert plain - broken - headings <= texts_of(as_json(reference))


def test_the_json_has_the_keys_that_were_promised(plan: Proposal) -> None:
    data = as_json(plan)
    assert list(data)[:14] == [
        "is_plan", "title", "number", "year", "issuer", "legal_bases", "objectives", "requirements", "areas",
        "targets", "units", "general_assignments", "deadlines", "annex",
    ]  # fmt: skip
    assert data["is_plan"] is True
    assert list(data["areas"][0]["tasks"][0])[:5] == ["ref", "text", "title", "leaf", "children"]
    assert list(data["targets"][1]["measures"][0]) == ["value", "unit", "direction", "baseline_year", "what"]
    assert list(data["deadlines"][0])[:7] == [
        "kind", "who", "to", "date", "monthly_day", "period_day", "text",
    ]  # fmt: skip
    assert set(data["warnings"][0]) == {"ref", "message", "rank"}
