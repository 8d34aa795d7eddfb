"""Grades of people and units: Nghị định 335/2025/NĐ-CP and 233/2026/NĐ-CP, rule by rule."""

from datetime import date

import pytest
from cchc_flow.plugins.civil_service.caps import caps
from support.civil_service import (
    AREA,
    DECIDED,
    GRADED,
    LEADING,
    UNIT_GRADED,
    case,
    evaluation,
    scored,
    unit_entry,
)
from support.registers import AreaCommune, communes_of

from cchc_flow.commands.dispatch import do_scheduled_work
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned
from cchc_flow.projections import directory, workflows
from cchc_flow.testing import login
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.policy import may_read

commune = communes_of(AREA)


def grade_as(commune: AreaCommune, item: Item, grade: str, score: str, **more: str) -> Item:
    return commune.take("leader", "grade", item.id, **GRADED | {"grade": grade, "score": score} | more)


# General points


@pytest.mark.parametrize("points", ["0", "30", "26,5", "0,01"])
def test_nd_335_2025_general_points_are_0_to_30(commune: AreaCommune, points: str) -> None:
    assert scored(commune, points).fields["general"] == points.replace(",", ".")


@pytest.mark.parametrize(
    ("points", "error", "said"),
    [
        ("30,01", RuleBroken, "từ 0 đến 30"),
        ("100", RuleBroken, "từ 0 đến 30"),
        ("-1", MissingData, "từ 0 trở lên"),
        ("26,555", MissingData, "hai chữ số thập phân"),
        ("", MissingData, "Hãy nhập điểm tiêu chí chung"),
    ],
)
def test_nd_335_2025_points_out_of_bounds_are_refused_in_a_sentence(
    commune: AreaCommune, points: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        scored(commune, points)


def test_nd_335_2025_a_correction_has_a_reason_and_the_figure_before_stays_in_the_log(
    commune: AreaCommune,
) -> None:
    item = scored(commune, "25")
    with pytest.raises(RuleBroken, match="Đã chấm 25 điểm"):
        commune.take("unit_head", "score", item.id, general="27")
    after = commune.take("unit_head", "score", item.id, general="27", correction="Cộng thiếu một tiêu chí.")
    assert after.fields["general"] == "27"
    events = commune.ws.log.stream(f"item-{item.id}")
    assert [event.data["fields"]["general"] for event in events if event.data.get("step") == "score"] == [
        "25",
        "27",
    ]


def test_nd_335_2025_the_head_scores_people_a_leader_the_heads_and_nobody_himself(
    commune: AreaCommune,
) -> None:
    staff, head = (
        evaluation(commune, period="2026"),
        evaluation(commune, "Vũ Bình", period="2026", group="head"),
    )
    with pytest.raises(NotFound):
        commune.take("officer", "score", staff.id, general="20")
    with pytest.raises(NotAllowed):
        commune.take("unit_head", "score_leader", head.id, **LEADING)
    with pytest.raises(RuleBroken, match="lãnh đạo UBND chấm"):
        commune.take("unit_head", "score", head.id, general="20")
    with pytest.raises(RuleBroken, match="không giữ chức vụ lãnh đạo"):
        commune.take("leader", "score_leader", staff.id, **LEADING)
    assert commune.take("leader", "score_leader", head.id, **LEADING).fields["unity"] == "80"
    own = evaluation(commune, "Tên khác", period="2026", account=login("unit_head"))
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        commune.take("unit_head", "score", own.id, general="30")
    assert commune.take("leader", "score", own.id, general="20").fields["general"] == "20"


def test_who_is_evaluated_reads_the_own_entry_and_a_colleague_does_not(commune: AreaCommune) -> None:
    own, other = evaluation(commune, period="2026", account=login("officer")), evaluation(commune, "B")
    flow = workflows.newest_workflow(commune.ws.read(), "evaluation")
    officer = directory.actor(commune.ws.read(), login("officer"))
    assert (may_read(flow, own, officer), may_read(flow, other, officer)) == (True, False)


# The grade


def test_nd_335_2025_no_grade_without_general_points(commune: AreaCommune) -> None:
    item = evaluation(commune, period="2026")
    with pytest.raises(RuleBroken, match="Chưa có điểm tiêu chí chung"):
        grade_as(commune, item, "good", "86")


@pytest.mark.parametrize(("general", "score"), [("16", "86.01"), ("25", "24")])
def test_nd_335_2025_what_is_left_of_the_sum_is_at_most_70(
    commune: AreaCommune, general: str, score: str
) -> None:
    item = scored(commune, general)
    with pytest.raises(RuleBroken, match="phải từ 0 đến 70 điểm kết quả"):
        grade_as(commune, item, "good" if score > "50" else "failed", score)


@pytest.mark.parametrize("form", ["reprimand", "warning", "removal", "dismissal"])
@pytest.mark.parametrize("grade", ["excellent", "good", "done"])
def test_nd_335_2025_discipline_in_the_year_blocks_every_grade_but_the_last(
    commune: AreaCommune, form: str, grade: str
) -> None:
    commune.take("leader", "decide", case(commune).id, **DECIDED | {"staff": "leader", "form": form})
    item = scored(commune)
    assert commune.badges(item.id) == ["Năm 2026 người này bị kỷ luật."]
    score = {"excellent": "92", "good": "86", "done": "60"}[grade]
    with pytest.raises(RuleBroken, match="Năm 2026 người này bị kỷ luật"):
        grade_as(commune, item, grade, score)
    assert grade_as(commune, item, "failed", score).state == "graded"


@pytest.mark.parametrize(
    ("recorded", "group"), [("degradation", "profession"), ("discipline", "support"), ("corruption", "head")]
)
def test_nd_335_2025_a_recorded_case_fails_and_can_be_taken_back(
    commune: AreaCommune, recorded: str, group: str
) -> None:
    item = evaluation(commune, period="2026", group=group)
    points = LEADING if group == "head" else {"general": "28"}
    commune.take("leader", "score_leader" if group == "head" else "score", item.id, **points)
    commune.take("leader", "fail", item.id, case=recorded, conclusion="12-KL/ĐU ngày 01/3/2026")
    with pytest.raises(RuleBroken, match="Hãy xếp «Không hoàn thành nhiệm vụ»"):
        grade_as(commune, item, "good", "86")
    commune.take("leader", "fail", item.id, case="none", conclusion="13-KL/ĐU ngày 02/3/2026")
    assert grade_as(commune, item, "good", "86", override="Đơn vị xếp loại sau.").state == "graded"


def test_nd_335_2025_discipline_for_a_breach_that_is_none_of_the_duty_does_not_fail(
    commune: AreaCommune,
) -> None:
    commune.take("leader", "decide", case(commune).id, **DECIDED)
    item = scored(commune)
    commune.take("leader", "fail", item.id, case="off_duty", conclusion="7/QĐ-UBND")
    assert commune.badges(item.id) == []
    assert grade_as(commune, item, "good", "86").state == "graded"


def test_nd_335_2025_corruption_in_the_unit_led_is_no_case_of_who_leads_nothing(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="chỉ với người giữ chức vụ lãnh đạo"):
        commune.take("leader", "fail", scored(commune).id, case="corruption", conclusion="1/KL")


def test_nd_335_2025_a_head_is_not_graded_above_the_unit(commune: AreaCommune) -> None:
    unit = unit_entry(commune)
    head = evaluation(commune, "Vũ Bình", period="2026", group="head")
    commune.take("leader", "score_leader", head.id, **LEADING)
    with pytest.raises(Warned, match="Đơn vị chưa được xếp loại"):
        grade_as(commune, head, "good", "86")
    commune.take("leader", "grade", unit.id, **UNIT_GRADED | {"grade": "done"})
    with pytest.raises(RuleBroken, match="người đứng đầu không cao hơn"):
        grade_as(commune, head, "good", "86")
    assert grade_as(commune, head, "done", "60").state == "graded"


@pytest.mark.parametrize(
    ("good", "waiting", "outstanding", "allowed"),
    [(5, 0, "no", 1), (4, 0, "no", 0), (4, 0, "yes", 1), (3, 2, "no", 1), (9, 0, "no", 1), (10, 0, "no", 2)],
)
def test_nd_335_2025_excellent_is_at_most_20_percent_of_good_25_in_an_outstanding_unit(
    commune: AreaCommune, good: int, waiting: int, outstanding: str, allowed: int
) -> None:
    if outstanding == "yes":
        commune.take("leader", "grade", unit_entry(commune).id, **UNIT_GRADED | {"outstanding": "yes"})
    for number in range(good + waiting):
        item = scored(commune, person=f"Người {number}")
        if number < good:
            grade_as(commune, item, "good", "86")
    for number in range(allowed):
        grade_as(commune, scored(commune, person=f"Giỏi {number}"), "excellent", "94")
    with pytest.raises(Warned, match="Số xuất sắc không quá"):
        grade_as(commune, scored(commune, person="Một người nữa"), "excellent", "94")


def test_the_caps_of_a_year_stand_on_the_page_of_the_area(commune: AreaCommune) -> None:
    for number in range(5):
        grade_as(commune, scored(commune, person=f"Người {number}"), "good", "86")
    scored(commune, person="Chưa xếp")
    grade_as(commune, scored(commune, person="Giỏi"), "excellent", "94")
    (cap,) = caps("2026", commune.facts(AREA))
    assert (cap.good, cap.excellent, cap.waiting, cap.most, cap.is_exceeded) == (5, 1, 1, 1, False)
    text = commune.page("areas/civil_service")
    assert "Chuyên môn, nghiệp vụ" in text and "1 (20\xa0% của 5)" in text.replace("&nbsp;", "\xa0")
    assert "cá nhân trước ngày 05/12, đơn vị trước ngày 15/12" in text


# Units


@pytest.mark.parametrize(
    ("done", "late", "grade", "result"),
    [
        (40, 8, "done", None),
        (40, 9, "done", Warned),
        (39, 0, "done", Warned),
        (28, 0, "good", Warned),
        (27, 0, "done", RuleBroken),
        (27, 0, "failed", None),
        (41, 0, "good", RuleBroken),
        (40, 41, "good", RuleBroken),
    ],
)
def test_nd_233_2026_the_tasks_of_a_service_unit_limit_its_grade(
    commune: AreaCommune, done: int, late: int, grade: str, result: type[Exception] | None
) -> None:
    item = unit_entry(commune)
    given = UNIT_GRADED | {"done": str(done), "late": str(late), "grade": grade}
    if result is None:
        assert commune.take("leader", "grade", item.id, **given).state == "graded"
    else:
        with pytest.raises(result):
            commune.take("leader", "grade", item.id, **given)


def test_a_unit_is_graded_once_a_year_and_an_agency_by_other_rules(commune: AreaCommune) -> None:
    item = unit_entry(commune, sort="agency")
    with pytest.raises(RuleBroken, match="đã có mục xếp loại năm 2026"):
        unit_entry(commune)
    assert commune.take("leader", "grade", item.id, **UNIT_GRADED | {"done": "20"}).state == "graded"


# The calendar


def test_nd_233_2026_a_yearly_entry_is_due_before_05_12_and_a_units_before_15_12(
    commune: AreaCommune,
) -> None:
    year, quarter, unit = (
        evaluation(commune, period="2026"), evaluation(commune, period="2026-Q1"), unit_entry(commune)
    )  # fmt: skip
    do_scheduled_work(commune.ws)
    assert [commune.then(item.id).due for item in (year, quarter, unit)] == ["2026-12-04", None, "2026-12-14"]
    with pytest.raises(Warned, match="chậm nhất 04/12/2026"):
        commune.take("leader", "schedule", year.id, due="2026-12-20")


def prompts_on(commune: AreaCommune, day: date) -> list[tuple[str, str]]:
    """Return what the coordinator is told on a day, and of which register."""
    commune.time = commune.time.replace(year=day.year, month=day.month, day=day.day)
    return [(prompt.words, prompt.kind) for prompt in commune.ask("prompts")]


def test_nd_233_2026_who_has_no_entry_yet_is_told_from_15_11_until_all_have_one(commune: AreaCommune) -> None:
    people, units = (dict(known) for known in (commune.facts(AREA).people, commune.facts(AREA).units))
    evaluation(commune, period="2025")
    evaluation(commune, period="2026-Q1")
    assert prompts_on(commune, date(2026, 11, 14)) == []
    assert prompts_on(commune, date(2026, 11, 15)) == [
        (
            f"{len(people)} người chưa có mục đánh giá, xếp loại năm 2026, phải xếp loại trước ngày 05/12",
            "evaluation",
        ),
        (
            f"{len(units)} đơn vị chưa có mục xếp loại năm 2026, phải xếp loại trước ngày 15/12",
            "unit_evaluation",
        ),
    ]
    (first, _), *others = people.items()
    evaluation(commune, "Ai đó khác tên", account=first, period="2026")
    for _, name in others:
        evaluation(commune, name.upper(), period="2026")
    for unit in units:
        unit_entry(commune, lead=unit)
    assert prompts_on(commune, date(2026, 12, 1)) == []


# What the page of grades asks


def test_the_assessments_of_a_period_are_those_of_its_entries_with_an_account(commune: AreaCommune) -> None:
    item = scored(commune, "26", account=login("officer"))
    scored(commune, "20", person="Không có tài khoản")
    (said,) = commune.ask("assessments", period=parse("2026"))
    assert (said.item, said.person, said.general, said.leads, said.failing) == (
        item.id, login("officer"), "26", False, (),
    )  # fmt: skip
    assert commune.ask("assessments", period=parse("2026-Q1")) == []
    commune.take("leader", "decide", case(commune).id, **DECIDED)
    (said,) = commune.ask("assessments", period=parse("2026"))
    assert said.failing == ("Năm 2026 người này bị kỷ luật.",)


def test_the_page_of_grades_adds_the_points_and_names_a_case_to_who_may_read_it(commune: AreaCommune) -> None:
    commune.take("leader", "decide", case(commune).id, **DECIDED)
    task = commune.submitted_task(AREA)
    commune.given(task, "approve")
    who = commune.then(task).officer or commune.then(task).submitted_by or ""
    address = f"grading?period=2026&by=person&who={who}"
    item = scored(commune, "20", person="Lê Văn Sơn", account=who)
    page = commune.page(address)
    assert "70/70" in page and "20/30" in page and "Hoàn thành xuất sắc nhiệm vụ" in page
    assert f'/items/{item.id}"' in page and f'/items/{item.id}"' in commune.page(address, by=who)
    commune.take("coordinator", "drop", item.id, reason="Nhầm.")
    scored(commune, "30", account=who)
    seen = {role: commune.page(address, by=role) for role in ("leader", who)}
    failed = '<td data-title="Mức" class="grade">Không hoàn thành nhiệm vụ'
    assert all(failed in page for page in seen.values())
    assert "Năm 2026 người này bị kỷ luật" in seen["leader"]
    assert "bị kỷ luật." not in seen[who] and "lãnh đạo UBND cho biết căn cứ" in seen[who]
