"""Adopting a plan: one commit, once, and never over another."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from support.adopted_tasks import adopted_task
from support.world import DOCUMENT, PLAN, TASKS, World, adoption

from cchc_flow import commands
from cchc_flow.errors import CchcError, MissingData, NotAllowed, Refusal
from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import queries
from cchc_flow.workflow.commands import Upload


def test_a_plan_its_units_and_its_tasks_are_one_commit(new_world: World) -> None:
    size = new_world.ws.log.size()
    receipt = commands.adopt_plan(new_world.ws, adoption(), new_world.order())
    assert receipt
    assert (receipt.first, receipt.last) == (size + 1, size + 1 + 3 + 3)


def test_the_tasks_of_each_area_are_an_event_of_their_own_in_that_commit(new_world: World) -> None:
    tree = adopted_task("III.1.1", "Rà soát.", lead="Phòng Kinh tế", due_text="Quý I/2026")
    areas = [dict(PLAN["areas"][0], tasks=[tree]), PLAN["areas"][1]]
    plan = msgspec.structs.replace(adoption(), plan=dict(PLAN) | {"areas": areas})
    receipt = commands.adopt_plan(new_world.ws, plan, new_world.order())
    events = new_world.ws.log.stream("plan-2026")
    assert [event.type for event in events] == ["plan.adopted/2", "plan.area_adopted/2"]
    assert receipt and receipt.first == events[0].position
    assert [area["tasks"] for area in events[0].data["areas"]] == [1, 0]
    assert events[1].data["area"]["tasks"] == [tree]


@pytest.mark.parametrize("where", ["requirements", "areas"])
def test_a_plan_with_more_text_in_one_place_than_an_event_holds_is_refused_whole(
    new_world: World, where: str
) -> None:
    size, long = new_world.ws.log.size(), "Rất dài. " * 8000
    task = adopted_task("III.1.1", long)
    values = {
        "requirements": [{"ref": "I.2.1", "text": long}],
        "areas": [PLAN["areas"][0] | {"tasks": [task]}],
    }
    plan = msgspec.structs.replace(adoption(), plan=dict(PLAN) | {where: values[where]})
    with pytest.raises(Refusal, match="quá 65535 byte mà nhật ký nhận; chưa có gì được ghi"):
        commands.adopt_plan(new_world.ws, plan, new_world.order())
    assert new_world.ws.log.size() == size


def test_the_tasks_open_unassigned_with_the_suggested_lead(new_world: World) -> None:
    commands.adopt_plan(new_world.ws, adoption(), new_world.order())
    item = commands.load_item(new_world.ws, "2026-III.2.3.1").item
    assert (item.state, item.lead, item.suggested_lead) == ("planned", None, "phong-kinh-te")
    assert item.heading == "Đơn giản hóa:"


def test_the_same_document_again_changes_nothing(world: World) -> None:
    size = world.ws.log.size()
    assert commands.adopt_plan(world.ws, adoption(), world.order()) is None
    assert world.ws.log.size() == size


def test_another_document_of_the_year_is_refused_with_what_to_do_instead(world: World) -> None:
    other = Upload("khac.docx", b"khac", "application/octet-stream")
    with pytest.raises(Refusal, match="hãy thêm việc mới và hủy việc không còn"):
        commands.adopt_plan(world.ws, adoption(other), world.order())


def test_units_that_the_directory_has_are_not_added_again(new_world: World) -> None:
    commands.add_unit(new_world.ws, "PHÒNG KINH TẾ", [], new_world.order())
    commands.adopt_plan(new_world.ws, adoption(), new_world.order())
    names = [unit.name for unit in directory.units(new_world.ws.read())]
    assert names == ["PHÒNG KINH TẾ", "Phòng Văn hóa - Xã hội", "Trạm Y tế"]


def test_only_a_coordinator_adopts(world: World) -> None:
    with pytest.raises(NotAllowed, match="đầu mối CCHC"):
        commands.adopt_plan(world.ws, adoption(DOCUMENT), world.order("nam"))


@pytest.mark.parametrize("title", ["", "   ", "a" * 81])
def test_a_title_that_no_card_can_show_is_refused_by_its_reference(new_world: World, title: str) -> None:
    bad = msgspec.structs.replace(TASKS[0], title=title)
    with pytest.raises(MissingData) as refused:
        commands.adopt_plan(new_world.ws, adoption(tasks=(bad,)), new_world.order())
    assert list(refused.value.fields) == ["III.1.1"]


def test_two_tasks_of_one_number_are_refused_by_it(new_world: World) -> None:
    with pytest.raises(MissingData, match=r"III\.1\.1: hai công việc cùng mang số này"):
        commands.adopt_plan(new_world.ws, adoption(tasks=(TASKS[0], TASKS[0])), new_world.order())


def test_two_areas_of_one_number_are_refused_before_any_reader_stumbles(new_world: World) -> None:
    plan = dict(PLAN) | {"areas": [*PLAN["areas"], {"code": "1", "title": "Số trùng", "tasks": []}]}
    twice = msgspec.structs.replace(adoption(), plan=plan)
    with pytest.raises(MissingData, match="1: hai lĩnh vực cùng mang số này"):
        commands.adopt_plan(new_world.ws, twice, new_world.order())
    assert plans.plans(new_world.ws.read()) == []


def test_of_two_who_adopt_at_once_one_does(new_world: World) -> None:
    def adopt(number: int) -> bool:
        try:
            return commands.adopt_plan(new_world.ws, adoption(), new_world.order()) is not None
        except CchcError:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(adopt, range(4))).count(True) == 1
    assert len(plans.plans(new_world.ws.read())) == 1
    assert len(queries.all_cards(new_world.ws.read())) == 3
