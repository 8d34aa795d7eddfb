"""The pages of the area of direction: its panel, the forms of its registers, the pages of their entries."""

import pytest
from support import directing
from support.directing import KINH_TE, Y_TE, DirectionCommune
from support.forms import send
from support.visitors import Site

from cchc_flow import commands

commune = directing.commune


@pytest.fixture
def site(commune: DirectionCommune) -> Site:
    return Site(commune.ws)


def page(site: Site, path: str) -> str:
    """Return a page as an officer sees it, its spaces made even."""
    return " ".join(site.visitor("officer").get(f"/xa-mau/{path}").text.split())


def test_the_panel_tells_of_each_unit_and_of_the_petitions_that_wait(
    commune: DirectionCommune, site: Site
) -> None:
    commune.recognise(KINH_TE)
    commune.initiative(Y_TE)
    commune.inspect(KINH_TE, findings=2)
    commune.figures(Y_TE, "2026-01", 80, 100, 11, 10)
    commune.dialogue(petitions=1)
    text = page(site, "areas/direction")
    for words in (
        "<strong>1/3</strong> đơn vị",
        "Chưa có sáng kiến: Phòng Văn hóa - Xã hội.",
        "Sáng kiến của tram-y-te</a> (chờ công nhận)",
        "02/03/2026</a>, 2 tồn tại",
        "80, năm trước 100: giảm 20 %",
        "11, năm trước 10: tăng 10 %",
        "Kiến nghị 1: Mục dialogue</a>, hạn 23/03/2026",
    ):
        assert words in text


def test_a_petition_that_is_due_on_a_day_off_tells_until_when_it_counts(
    commune: DirectionCommune, site: Site
) -> None:
    commands.change_setting(commune.ws, "deadlines", {"roll": True}, "Quy chế", commune.order("coordinator"))
    commune.dialogue(petitions=1)
    day_off = {"days": [{"day": "2026-03-23", "working": False, "name": "Nghỉ bão"}]}
    commands.change_setting(commune.ws, "calendar", day_off, "Lệnh", commune.order("coordinator"))
    assert "hạn 23/03/2026 (ngày nghỉ, tính đến 24/03/2026)" in page(site, "areas/direction")


def test_a_petition_is_written_for_a_dialogue_that_is_not_over(commune: DirectionCommune, site: Site) -> None:
    over = commune.dialogue()
    commune.do(over, "close", notice="31/TB-UBND", noticed_on="2026-03-02")
    dialogue = commune.dialogue()
    form = page(site, "areas/registers/petition/new")
    assert f'<option value="{dialogue.id}">Mục dialogue</option>' in form and over.id not in form
    entry = commune.open("petition", "officer", KINH_TE, dialogue=dialogue.id)
    link = f'<a href="/xa-mau/items/{dialogue.id}">Mục dialogue</a>'
    assert link in page(site, f"items/{entry.id}")


def test_what_a_rule_keeps_out_is_said_above_the_form(commune: DirectionCommune, site: Site) -> None:
    new, action = "/xa-mau/areas/registers/inspection/new", "/xa-mau/areas/registers/inspection"
    given = {"title": "Kiểm tra", "lead": Y_TE, "inspected": Y_TE, "form": "surprise"}
    refused = send(site.visitor("coordinator"), new, action, **given)
    assert refused.status_code == 422 and "Đơn vị không tự kiểm tra mình." in refused.text
    assert (
        send(site.visitor("coordinator"), new, action, **(given | {"inspected": KINH_TE})).status_code == 303
    )
