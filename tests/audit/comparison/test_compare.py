"""Two moments side by side: what became another between two positions of the log."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.targets import record, set_owner, targets_world
from support.world import ASSIGN, TASK, TASKS, World, adopt

from cchc_flow import commands
from cchc_flow.audit.comparison import compare as comparing
from cchc_flow.audit.comparison.compare import ADDED, CHANGED, CLOSED, DUE, MOVED, QUIET, SORTS, Comparison
from cchc_flow.audit.comparison.courses import COMPARED, NOT_COMPARED, Course
from cchc_flow.audit.comparison.scope import Scope
from cchc_flow.audit.comparison.wording import TITLES, FieldChange, Wording
from cchc_flow.commands import measures
from cchc_flow.errors import BadInput
from cchc_flow.workflow.item import Item

OTHER = "2026-III.2.10"
NEW = "2026-III.1.1"


def compare(world: World, since: int, scope: Scope = Scope(), upto: int | None = None) -> Comparison:  # noqa: B008  # never changes
    between = since, world.ws.log.size() if upto is None else upto
    return comparing.compare(world.ws, scope, between, None)


def ids(comparison: Comparison) -> dict[str, list[str]]:
    return {
        sort: [course.after.id for course in courses] for sort, courses in comparison.items.items() if courses
    }


def changes(world: World, comparison: Comparison, sort: str) -> list[tuple[str, str | None, str]]:
    lines = Wording(world.ws, None).item_lines(sort, comparison.items[sort])
    return [(one.title, one.before, one.after) for line in lines for one in line.changes]


def test_a_task_that_was_assigned_moved_and_has_the_fields_that_became_others(world: World) -> None:
    since = world.ws.log.size()
    world.take("hoa", "assign", TASK, **ASSIGN | {"due": "2026-05-31"})
    found = compare(world, since)
    assert ids(found) == {MOVED: [TASK], DUE: [TASK], CHANGED: [TASK]}
    assert changes(world, found, MOVED) == [("Trạng thái", "Chưa giao", "Đã giao")]
    assert changes(world, found, DUE) == [("Hạn", "30/06/2026", "31/05/2026")]
    assert changes(world, found, CHANGED) == [
        ("Chủ trì", "không có", "Phòng Kinh tế"),
        ("Phối hợp", "không có", "Trạm Y tế"),
    ]


def test_each_field_leads_to_the_events_that_changed_it_and_to_no_other(world: World) -> None:
    since = world.ws.log.size()
    world.take("hoa", "assign", TASK, **ASSIGN)
    assigned = world.ws.log.size()
    world.take("lan", "start", TASK)
    started = world.ws.log.size()
    world.take("lan", "report_progress", TASK, percent=40, note="Đã làm.", evidence=[])
    (line,) = Wording(world.ws, None).item_lines(CHANGED, compare(world, since).items[CHANGED])
    behind = {one.title: one.positions for one in line.changes}
    assert behind["Chủ trì"] == (assigned,)
    assert behind["Người nhận việc"] == (started,)
    assert behind["Tiến độ"] == (started + 1,)
    (moved,) = Wording(world.ws, None).item_lines(MOVED, compare(world, since).items[MOVED])
    assert [one.positions for one in moved.changes] == [(assigned, started)]


def test_what_was_closed_is_closed_and_not_also_moved(world: World) -> None:
    world.submitted()
    since = world.ws.log.size()
    world.take("hoa", "approve", quality="met")
    world.take("nam", "close")
    found = ids(compare(world, since))
    assert found[CLOSED] == [TASK]
    assert MOVED not in found


def test_a_task_that_is_opened_again_moved(world: World) -> None:
    world.submitted()
    world.take("hoa", "approve", quality="met")
    world.take("nam", "close")
    since = world.ws.log.size()
    world.take("nam", "reopen", reason="Còn thiếu hai thủ tục.")
    assert ids(compare(world, since))[MOVED] == [TASK]


def test_what_is_new_is_added_with_how_it_stands_at_the_end(world: World) -> None:
    since = world.ws.log.size()
    adopt(world, 2027, TASKS[:1])
    world.take("hoa", "assign", "2027-III.1.1", lead="tram-y-te")
    found = compare(world, since)
    assert ids(found) == {ADDED: ["2027-III.1.1"]}
    assert changes(world, found, ADDED) == [
        ("Trạng thái", None, "Đã giao"),
        ("Chủ trì", None, "Trạm Y tế"),
    ]
    (line,) = Wording(world.ws, None).item_lines(ADDED, found.items[ADDED])
    assert world.ws.log.event(line.positions[0]).type.startswith("item.opened/")


def test_what_was_undone_is_as_it_was_and_still_has_its_events(world: World) -> None:
    world.take("hoa", "assign", TASK, **ASSIGN)
    since = world.ws.log.size()
    world.take("lan", "start", TASK)
    commands.undo_step(world.ws, TASK, world.order("lan"))
    found = compare(world, since)
    assert ids(found) == {QUIET: [TASK]}
    assert found.items[QUIET][0].positions == (since + 1, since + 2)


def test_a_comment_changes_nothing(world: World) -> None:
    since = world.ws.log.size()
    world.take("hoa", "comment", TASK, text="Khi nào xong?")
    assert ids(compare(world, since)) == {QUIET: [TASK]}


def test_it_is_compared_up_to_the_later_moment_and_no_further(world: World) -> None:
    since = world.ws.log.size()
    world.take("hoa", "assign", TASK, **ASSIGN)
    upto = world.ws.log.size()
    world.take("lan", "start", TASK)
    assert changes(world, compare(world, since, upto=upto), MOVED) == [("Trạng thái", "Chưa giao", "Đã giao")]


def test_between_a_moment_and_itself_there_is_nothing(world: World) -> None:
    size = world.ws.log.size()
    assert compare(world, size).is_empty


def test_from_the_beginning_everything_is_new(world: World) -> None:
    assert ids(compare(world, 0)) == {ADDED: [NEW, TASK, OTHER]}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), [TASK, OTHER]),
        (Scope(plan="2026"), [TASK, OTHER]),
        (Scope(plan="2025"), []),
        (Scope(area="2"), [TASK, OTHER]),
        (Scope(area="1"), []),
        (Scope(unit="phong-kinh-te"), [TASK]),
        (Scope(unit="tram-y-te"), [OTHER]),
        (Scope(items=(OTHER,)), [OTHER]),
    ],
)
def test_a_scope_leaves_out_what_does_not_lie_in_it(world: World, scope: Scope, expected: list[str]) -> None:
    since = world.ws.log.size()
    world.take("hoa", "assign", TASK, **ASSIGN)
    world.take("hoa", "assign", OTHER, lead="tram-y-te", due="2026-03-04")
    assert ids(compare(world, since, scope)).get(MOVED, []) == expected


def test_what_left_a_unit_is_seen_in_the_scope_of_the_unit_that_it_left(world: World) -> None:
    world.take("hoa", "assign", TASK, **ASSIGN)
    since = world.ws.log.size()
    world.take("hoa", "assign", TASK, **ASSIGN | {"lead": "tram-y-te", "support": []})
    for unit in ("phong-kinh-te", "tram-y-te"):
        found = compare(world, since, Scope(unit=unit))
        assert ("Chủ trì", "Phòng Kinh tế", "Trạm Y tế") in changes(world, found, CHANGED)


def test_events_about_neither_items_nor_targets_are_told_by_their_type(world: World) -> None:
    since = world.ws.log.size()
    commands.add_unit(world.ws, "Văn phòng", [], world.order("system:test"))
    assert compare(world, since).others == {"directory.unit_added/1": (since + 1,)}
    assert compare(world, since, Scope(plan="2026")).others == {}


def test_more_events_than_can_be_compared_are_refused_in_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "MOST_EVENTS", 5)
    with pytest.raises(BadInput, match="quá nhiều để so một lần"):
        compare(world, 0)


def test_a_field_of_an_item_is_compared_or_it_stands_why_not() -> None:
    assert {*COMPARED} | NOT_COMPARED == {*Item.__struct_fields__}
    assert {*COMPARED} & NOT_COMPARED == set()
    assert TITLES.keys() == {*COMPARED} - {"fields"}


@pytest.fixture
def measured(tmp_path: Path) -> Iterator[World]:
    own = targets_world(tmp_path / "targets")
    yield own
    own.ws.close()


def readings(world: World, since: int, scope: Scope = Scope()) -> list[tuple[str, str, FieldChange]]:  # noqa: B008  # the same
    lines = Wording(world.ws, None).reading_lines(compare(world, since, scope).readings)
    return [(line.title, line.about, line.change) for line in lines]


def test_a_reading_that_was_recorded_and_one_that_was_corrected_are_told(measured: World) -> None:
    set_owner(measured)
    start = measured.ws.log.size()
    record(measured, "binh", "2026-01", "4")
    first = measured.ws.log.size()
    title = "Chỉ tiêu II.1 «lượng văn bản hành chính» của kế hoạch 2026"
    about = "Tháng 1/2026 · đơn vị báo cáo"
    assert readings(measured, start) == [
        (title, about, FieldChange("Số liệu", "Chưa có số liệu", "4 %", (first,)))
    ]
    correction = {"value": "6", "reason": "Đếm thiếu."}
    measures.correct_reading(measured.ws, ("2026", "II.1", 1), "2026-01", correction, measured.order("hoa"))
    last = measured.ws.log.size()
    assert readings(measured, first) == [(title, about, FieldChange("Số liệu", "4 %", "6 %", (last,)))]
    whole = readings(measured, start)
    assert whole == [(title, about, FieldChange("Số liệu", "Chưa có số liệu", "6 %", (first, last)))]


def test_who_answers_for_a_measure_is_told_and_units_see_their_own_targets(measured: World) -> None:
    start = measured.ws.log.size()
    set_owner(measured)
    ((_, about, change),) = readings(measured, start)
    assert about == ""
    assert change == FieldChange("Đơn vị theo dõi", "không có", "Phòng Kinh tế", (start + 1,))
    assert len(readings(measured, start, Scope(unit="phong-kinh-te"))) == 1
    assert readings(measured, start, Scope(unit="tram-y-te")) == []
    assert readings(measured, start, Scope(plan="2025")) == []


def test_items_stand_in_the_order_of_the_plan(world: World) -> None:
    since = world.ws.log.size()
    for item in (OTHER, TASK, NEW):
        world.take("hoa", "assign", item, lead="tram-y-te", due="2026-06-30")
    assert ids(compare(world, since))[MOVED] == [NEW, TASK, OTHER]


def test_every_sort_is_in_a_comparison(world: World) -> None:
    assert tuple(compare(world, 0).items) == SORTS
    assert isinstance(compare(world, 0).items[ADDED][0], Course)
