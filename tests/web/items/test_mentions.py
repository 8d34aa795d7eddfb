"""A comment mentions colleagues: offered, stored as references, told to who may read in the inbox."""

from support.visitors import Site
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.projections.notices import notices


def mentioned(world: World) -> list[str]:
    return world.ws.log.stream(f"item-{TASK}")[-1].data["mentions"]


def test_the_comment_keeps_who_was_mentioned_and_the_inbox_tells_until_an_answer(
    site: Site, world: World
) -> None:
    world.take("hoa", "comment", text="@Trần Thị Lan và @hoa xem giúp số liệu.")
    assert mentioned(world) == ["hoa", "lan"]
    (notice,) = notices(world.ws.read(), "lan", only_open=True)
    assert (notice.kind, notices(world.ws.read(), "hoa")) == ("mentioned", [])
    shown = site.visitor("lan").get("/xa-mau/inbox").text
    assert "Nhắc đến bạn" in shown and "nhắc đến Lê Thị Hoa và Trần Thị Lan" in shown
    assert "xem giúp số liệu" in shown
    world.take("lan", "comment", text="Đã xem.")
    assert notices(world.ws.read(), "lan", only_open=True) == []


def test_the_form_offers_who_may_read_but_not_the_writer(site: Site, world: World) -> None:
    commands.add_person(world.ws, "khach", "Khách Không Vai", None, None, world.order())
    for path in (f"/xa-mau/items/{TASK}", f"/xa-mau/items/{TASK}/comments/new"):
        page = site.visitor("hoa").get(path).text
        assert 'value="Trần Thị Lan" label="Trần Thị Lan" data-login="lan" data-unit="Phòng Kinh tế"' in page
        assert 'data-login="hoa"' not in page and "Khách Không Vai" not in page


def test_who_may_not_act_or_read_any_more_is_not_mentioned(world: World) -> None:
    commands.change_person(
        world.ws, "lan", "Trần Thị Lan", None, "phong-kinh-te", False, world.order(), roles=["officer"]
    )
    world.take("hoa", "comment", text="@Trần Thị Lan xem giúp.")
    assert mentioned(world) == []


def test_another_form_of_a_step_offers_nobody(site: Site, world: World) -> None:
    world.take("hoa", "assign", lead="phong-kinh-te")
    assert "data-people=" in site.visitor("binh").get(f"/xa-mau/items/{TASK}/comments/new").text
    form = site.visitor("binh").get(f"/xa-mau/items/{TASK}/refusals/new").text
    assert "<datalist" not in form
