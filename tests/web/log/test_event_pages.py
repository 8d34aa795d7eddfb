"""The page of an event: what it changed, old and new, and what it was caused by and led to."""

import re

from support.visitors import Site
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.eventlog.port import Change, Draft, Meta


def page(world: World, position: int | None = None, login: str = "thu") -> str:
    answer = Site(world.ws).visitor(login).get(f"/xa-mau/events/{position or world.ws.log.size()}")
    assert answer.status_code == 200
    return answer.text


def changes(text: str) -> dict[str, list[str]]:
    """Return the cells of the table of changes by the title of the row."""
    table = text.partition('class="changed"')[2].partition("</table>")[0]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table)
    return {title: re.findall(r"<td[^>]*>(.*?)</td>", cells) for title, cells in rows}


def test_a_due_day_and_a_lead_that_became_others_stand_beside_what_they_were(world: World) -> None:
    world.submitted()
    world.take("hoa", "return", reason="Thiếu biên bản.", defects="1")
    world.take("hoa", "set_due", due="2026-05-30", reason="Theo công văn mới.")
    assert changes(page(world)) == {"Hạn": ["30/06/2026", "30/05/2026"]}
    world.take("hoa", "hand_over", lead="tram-y-te", reason="Chuyển việc.")
    assert changes(page(world))["Chủ trì"] == ["Phòng Kinh tế", "Trạm Y tế"]


def test_the_first_event_of_an_item_tells_what_it_began_with(world: World) -> None:
    first = world.ws.log.stream(f"item-{TASK}")[0].position
    told = changes(page(world, first))
    assert told["Tên"] == ["Rà soát thủ tục"]
    assert told["Hạn"] == ["30/06/2026"]


def test_changes_of_people_and_settings_are_told_old_and_new(world: World) -> None:
    commands.change_person(world.ws, "lan", "Trần Lan", None, "tram-y-te", False, world.order())
    told = changes(page(world))
    assert told["Tên"] == ["Trần Thị Lan", "Trần Lan"]
    assert told["Đơn vị"] == ["Phòng Kinh tế", "Trạm Y tế"]
    assert told["Còn hoạt động"] == ["có", "không"]
    commands.change_setting(world.ws, "deadlines", {"roll": True}, "Quy chế", world.order("hoa"))
    assert len(changes(page(world))) == 1


def test_an_event_leads_to_its_cause_and_to_its_effects(world: World) -> None:
    world.submitted()
    cause = world.ws.log.event(world.ws.log.size())
    draft = Draft("item.commented/2", {"text": cause.data["result"], "mentions": []})
    version = world.ws.log.version("item-2026-III.1.1", cause.position)
    world.ws.log.append([Change("item-2026-III.1.1", version, (draft,))], caused_by(world, cause.id))
    effect = world.ws.log.size()
    led_to = page(world, cause.position).partition("Hệ quả")[2]
    assert f'href="/xa-mau/events/{effect}"' in led_to
    began_with = page(world, effect).partition("Nguyên nhân</h3>")[2].partition("Hệ quả</h3>")[0]
    assert f'href="/xa-mau/events/{cause.position}"' in began_with


def caused_by(world: World, event: str) -> Meta:
    return Meta(
        actor="system:plugin:x",
        time=world.time,
        command_id="effect",
        command_digest=b"x" * 32,
        causation_id=event,
        correlation_id="chain",
    )


def test_the_parts_of_a_whole_are_told_apart_by_unit_and_period(world: World) -> None:
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", units=units, cadence="quarterly", due_day="20")
    text = Site(world.ws).visitor("thu").get("/xa-mau/events?type=item.opened").text
    labels = [
        label for label in re.findall(r'href="/xa-mau/items/[^"]*">([^<]*)<', text) if "Rà soát" in label
    ]
    assert len(labels) == len(set(labels)) > 2
    assert "III.2.3.1 · quý I/2026 · Rà soát thủ tục (Trạm Y tế)" in labels
    choice = Site(world.ws).visitor("thu").get("/xa-mau/events?item=III.2.3.1").text
    assert choice.count("Rà soát thủ tục (Trạm Y tế)") >= 1
