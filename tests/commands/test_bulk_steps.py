"""One step with each of many items: each is a command, and a refusal stands in the way of no other."""

from support.world import ASSIGN, TASK, World

from cchc_flow.commands import load_item
from cchc_flow.commands.bulk_steps import Assigning, ItemAct, Reminding, SettingDue, take_each

OTHER = "2026-III.1.1"
LATE = "2026-III.2.10"


def assign_all(world: World, *acts: ItemAct, order_of: str = "hoa") -> dict[str, str]:
    results = take_each(world.ws, world.order(order_of), acts)
    return {result.item: result.refusal for result in results}


def test_each_item_goes_to_the_unit_that_the_plan_suggests_and_the_rest_stays_with_its_reason(
    world: World,
) -> None:
    refusals = assign_all(world, ItemAct(TASK, Assigning()), ItemAct(OTHER, Assigning()))
    assert refusals == {TASK: "", OTHER: "Kế hoạch không gợi ý đơn vị nào: hãy chọn đơn vị chủ trì."}
    item = load_item(world.ws, TASK).item
    assert (item.state, item.lead, item.due) == ("assigned", "phong-kinh-te", "2026-06-30")
    assert load_item(world.ws, OTHER).item.state == "planned"


def test_each_item_has_a_commit_and_an_order_of_its_own(world: World) -> None:
    before = world.ws.log.size()
    order = world.order("hoa")
    take_each(world.ws, order, [ItemAct(item, Assigning("tram-y-te")) for item in (TASK, OTHER)])
    events = list(world.ws.log.read_events(before))
    assert [event.command_id for event in events] == [f"{order.command_id}:{item}" for item in (TASK, OTHER)]
    assert {event.correlation_id for event in events} == {order.command_id}


def test_the_same_order_given_twice_acts_once(world: World) -> None:
    order, acts = world.order("hoa"), [ItemAct(TASK, Assigning())]
    first = take_each(world.ws, order, acts)
    size = world.ws.log.size()
    assert take_each(world.ws, order, acts) == first
    assert world.ws.log.size() == size


def test_an_item_that_was_moved_since_the_page_is_refused_and_says_who_moved_it(world: World) -> None:
    seen = load_item(world.ws, TASK).item.state_version
    world.take("nam", "assign", **ASSIGN)
    refusals = assign_all(world, ItemAct(TASK, Assigning("tram-y-te"), seen))
    assert "Phạm Nam đã chuyển công việc này sang «Đã giao»" in refusals[TASK]


def test_nobody_gets_around_the_rights_of_the_single_step(world: World) -> None:
    refusals = assign_all(world, ItemAct(TASK, Assigning()), order_of="lan")
    assert refusals[TASK] and load_item(world.ws, TASK).item.state == "planned"


def test_nobody_gets_around_the_rules_of_the_single_step(world: World) -> None:
    refusals = assign_all(world, ItemAct(TASK, Assigning(due="2027-05-01")))
    assert "không được sau ngày kế hoạch kết thúc" in refusals[TASK]


def test_a_due_day_that_is_set_leaves_unit_support_and_step_as_they_are(world: World) -> None:
    world.take("hoa", "assign", officer="lan", **ASSIGN)
    assert assign_all(world, ItemAct(TASK, SettingDue("2026-09-30", "Theo chỉ đạo."))) == {TASK: ""}
    item = load_item(world.ws, TASK).item
    assert (item.state, item.due, item.support, item.officer) == (
        "assigned",
        "2026-09-30",
        ("tram-y-te",),
        "lan",
    )


def test_a_due_day_is_set_on_work_under_way_which_stays_there_and_refused_where_nobody_has_it(
    world: World,
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    act = SettingDue("2026-09-30", "Theo chỉ đạo.")
    refusals = assign_all(world, ItemAct(TASK, act), ItemAct(OTHER, act))
    assert refusals[TASK] == "" and "chưa giao cho đơn vị nào" in refusals[OTHER]
    item = load_item(world.ws, TASK).item
    assert (item.state, item.due, item.taken_by) == ("in_progress", "2026-09-30", "lan")


def test_a_due_day_is_refused_in_review_and_while_a_request_waits_and_for_a_whole(world: World) -> None:
    world.submitted(TASK)
    world.take("hoa", "assign", LATE, **ASSIGN)
    world.take("binh", "ask_extension", LATE, due="2026-09-30", reason="Chờ số liệu.")
    world.take("hoa", "distribute", OTHER, units=["phong-kinh-te", "tram-y-te"])
    act = SettingDue("2026-08-31", "Theo chỉ đạo.")
    refusals = assign_all(world, *(ItemAct(item, act) for item in (TASK, LATE, OTHER)))
    assert "đang ở «Chờ duyệt»" in refusals[TASK]
    assert "Hãy quyết định đề nghị đó" in refusals[LATE]
    assert "Hãy chọn các phần việc" in refusals[OTHER]


def test_a_reminder_reaches_the_people_of_each_unit(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    refusals = assign_all(world, ItemAct(TASK, Reminding("Sắp đến hạn.")), ItemAct(OTHER, Reminding("Gấp.")))
    assert refusals[TASK] == "" and refusals[OTHER]
    newest = load_item(world.ws, TASK).events[-1]
    assert newest.type == "item.reminded/1" and newest.data["people"] == ["binh"]


def test_with_a_cadence_the_unit_gets_a_part_for_each_period(world: World) -> None:
    act = Assigning("tram-y-te", due="2026-06-05", cadence="quarterly")
    assert assign_all(world, ItemAct(OTHER, act)) == {OTHER: ""}
    parts = load_item(world.ws, OTHER).item.distribution
    assert parts and (parts.units, parts.cadence, parts.due_day) == (("tram-y-te",), "quarterly", 5)


def test_supporting_units_of_periodic_work_are_those_of_its_parts(world: World) -> None:
    act = Assigning("tram-y-te", ("phong-kinh-te", "tram-y-te"), cadence="monthly")
    assert assign_all(world, ItemAct(OTHER, act)) == {OTHER: ""}
    assert load_item(world.ws, f"{OTHER}:tram-y-te:2026-03").item.support == ("phong-kinh-te",)
