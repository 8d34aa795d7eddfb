"""Eight people who move cards at the same time: nothing is lost, and each open board gets all of it."""

import re
from concurrent.futures import ThreadPoolExecutor

from support.visitors import Site, csrf
from support.world import ASSIGN, World, adoption

from cchc_flow import commands
from cchc_flow.commands import NewTask

PEOPLE, EACH = 8, 5


def test_eight_people_who_move_cards_at_once_lose_none(new_world: World) -> None:
    world = new_world
    tasks = tuple(
        NewTask(ref=f"III.2.{number}", title=f"Việc {number}", text="Việc.", area="2")
        for number in range(PEOPLE * EACH)
    )
    commands.adopt_plan(world.ws, adoption(tasks=tasks), world.order())
    for login, role, unit in (("hoa", "coordinator", None), ("lan", "officer", "phong-kinh-te")):
        commands.add_person(world.ws, login, login.title(), None, unit, world.order())
        commands.grant_role(world.ws, login, role, world.order())
    for task in tasks:
        world.take("hoa", "assign", f"2026-{task.ref}", **ASSIGN)
    site = Site(world.ws)
    page = site.visitor("hoa").get("/xa-mau/board").text
    since, day = re.findall(r'data-since="(\d+)" data-day="([^"]+)"', page)[0]
    visitors = [site.visitor("lan") for _ in range(PEOPLE)]

    def move(number: int) -> list[int]:
        visitor = visitors[number]
        headers = {"HX-Request": "true", "X-CSRFToken": csrf(visitor.get("/xa-mau/board").text)}
        mine = tasks[number * EACH : (number + 1) * EACH]
        return [
            visitor.post(
                f"/xa-mau/items/2026-{task.ref}/moves",
                data={"to": "in_progress", "seen": "2", "command_id": f"{number}-{task.ref}"},
                headers=headers,
            ).status_code
            for task in mine
        ]

    with ThreadPoolExecutor(PEOPLE) as pool:
        statuses = [status for answers in pool.map(move, range(PEOPLE)) for status in answers]
    assert statuses == [200] * len(tasks)
    moved = [event.stream for event in world.ws.log.read_events() if event.type == "item.started/1"]
    assert sorted(moved) == sorted(f"item-2026-{task.ref}" for task in tasks)
    answer = site.visitor("hoa").get(f"/xa-mau/changes?page=board&since={since}&day={day}").text
    assert len(re.findall(r'<li id="i-', answer)) == len(tasks)
    assert "Lan vừa cập nhật 40 việc trên bảng." in answer
