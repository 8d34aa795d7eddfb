"""Tasks wait for the documents that they produce, and for the enforcement that is followed for them."""

from collections.abc import Iterator

import pytest
from support import lawmaking
from support.lawmaking import CONCLUDED, PUBLISHED, document, item, monitoring, walk
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands.asking import RuleBroken, Warned

plugins, world = lawmaking.plugins, lawmaking.world


def test_a_task_is_neither_approved_nor_closed_before_its_document_is_published(world: World) -> None:
    world.submitted()
    entry = walk(world, document(world, task=TASK), "sign")
    with pytest.raises(RuleBroken, match="«Quyết định về quản lý chợ» của nhiệm vụ này chưa được công bố"):
        world.take("hoa", "approve", quality="met")
    assert item(world, TASK).state == "submitted"
    world.take("lan", "publish", entry, **PUBLISHED)
    world.take("hoa", "approve", quality="met")
    second = document(world, "Quyết định thứ hai", task=TASK)
    with pytest.raises(RuleBroken, match="«Quyết định thứ hai»"):
        world.take("nam", "close")
    walk(world, second, "publish", number="09/2026/QĐ-UBND")
    world.take("nam", "close")
    assert item(world, TASK).state == "closed"


def test_a_document_that_was_given_up_holds_no_task_up(world: World) -> None:
    world.submitted()
    entry = document(world, task=TASK)
    world.take("hoa", "drop", entry, decision="15/TB-UBND", reason="Không còn cần.")
    world.take("hoa", "approve", quality="met")
    assert item(world, TASK).state == "approved"


def test_a_task_that_no_document_names_is_finished_as_ever(world: World) -> None:
    document(world)
    document(world, task="2026-III.1.1")
    world.submitted()
    world.take("hoa", "approve", quality="met")
    world.take("nam", "close")
    assert item(world, TASK).state == "closed"


def finished_parts(world: World) -> Iterator[str]:
    """Yield the parts of the task, one for each of two units, each ready to be closed."""
    world.take("hoa", "distribute", units=["phong-kinh-te", "phong-van-hoa-xa-hoi"], cadence="once")
    for unit, login in (("phong-kinh-te", "lan"), ("phong-van-hoa-xa-hoi", "mai")):
        part = f"{TASK}:{unit}"
        world.take(login, "start", part)
        world.take(login, "submit", part, **RESULT)
        yield part


def test_the_last_part_of_a_whole_waits_for_the_documents_of_the_whole(world: World) -> None:
    commands.add_person(world.ws, "mai", "Đỗ Mai", None, "phong-van-hoa-xa-hoi", world.order())
    commands.grant_role(world.ws, "mai", "officer", world.order())
    entry = document(world, task=TASK)
    first, last = finished_parts(world)
    for step, login, data in (("approve", "hoa", {"quality": "met"}), ("close", "nam", {})):
        world.take(login, step, first, **data)
    with pytest.raises(RuleBroken, match="chưa được công bố"):
        world.take("hoa", "approve", last, quality="met")
    walk(world, entry, "publish")
    world.take("hoa", "approve", last, quality="met")
    world.take("nam", "close", last)
    assert item(world, TASK).state == "closed"


def test_a_part_of_a_month_does_not_wait_for_the_document_of_the_year(world: World) -> None:
    document(world, task=TASK)
    world.take("hoa", "distribute", units=["phong-kinh-te"], cadence="monthly", since="2026-04-01")
    part = f"{TASK}:phong-kinh-te:2026-04"
    world.take("lan", "start", part)
    world.take("lan", "submit", part, **RESULT)
    world.take("hoa", "approve", part, quality="met")
    world.take("nam", "close", part)
    assert item(world, part).state == "closed"


def test_finishing_a_task_while_enforcement_is_followed_for_it_wants_a_reason(world: World) -> None:
    world.submitted()
    entry = monitoring(world, task=TASK)
    with pytest.raises(Warned, match="Còn 1 việc theo dõi thi hành pháp luật chưa có kết quả"):
        world.take("hoa", "approve", quality="met")
    world.take("lan", "conclude", entry, **CONCLUDED)
    world.take("hoa", "approve", quality="met")
    assert item(world, TASK).state == "approved"


def test_monitoring_is_not_concluded_on_a_day_to_come(world: World) -> None:
    with pytest.raises(RuleBroken, match="Ngày hoàn thành 02/04/2026 chưa đến"):
        world.take("lan", "conclude", monitoring(world), **(CONCLUDED | {"done_on": "2026-04-02"}))
