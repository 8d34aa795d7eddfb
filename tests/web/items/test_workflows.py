"""The workflow on an item's page, and its definition as a file."""

from lxml import etree
from support.workflows import NEXT, NOW, next_version
from support.world import TASK

from cchc_flow import commands
from cchc_flow.commands.workspace_setup import publish

ITEM = f"items/{TASK}"


def drawing(page: str) -> etree._Element:
    return etree.fromstring(page.split('aria-label="Sơ đồ quy trình">')[1].split("</div>")[0])


def marked_groups(picture: etree._Element, style: str, name: str) -> list[str]:
    return [group.get(name, "") for group in picture.iterfind(".//{*}g") if group.get("class") == style]


def test_the_page_draws_where_the_item_is_and_which_way_it_took(world, get):
    world.submitted()
    picture = drawing(get("thu", ITEM).text)
    assert marked_groups(picture, "state here", "data-state") == ["submitted"]
    assert marked_groups(picture, "move taken", "data-step") == ["assign", "start", "submit"]


def test_a_step_that_was_undone_is_not_on_the_way(world, get):
    world.submitted()
    commands.undo_step(world.ws, TASK, world.order("lan"))
    picture = drawing(get("lan", ITEM).text)
    assert marked_groups(picture, "state here", "data-state") == ["in_progress"]
    assert marked_groups(picture, "move taken", "data-step") == ["assign", "start"]


def test_an_item_is_drawn_in_the_version_that_it_follows(world, get):
    publish(world.ws, next_version())
    assert f"phiên bản {NOW}" in get("lan", ITEM).text
    assert "Kiểm tra hồ sơ" not in get("lan", ITEM).text
    commands.migrate(world.ws, "task", NEXT, [TASK], world.order("hoa"))
    page = get("lan", ITEM).text
    assert "Kiểm tra hồ sơ" in page
    assert f"phiên bản {NEXT}" in page
    assert f"xa-mau/workflows/task/{NEXT}.bpmn" in page


def test_the_definition_is_a_file_to_be_saved(world, get):
    answer = get("thu", f"workflows/task/{NOW}.bpmn")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="quy-trinh-task-{NOW}.bpmn"'
    assert etree.fromstring(answer.data).tag.endswith("}definitions")


def test_a_definition_that_was_not_published_is_not_found(get):
    for name in ("task/99", "viec/1", "task/0", f"task/{10**30}"):
        assert get("thu", f"workflows/{name}.bpmn").status_code == 404


def test_a_stranger_gets_no_definition(nobody):
    assert nobody.get(f"/xa-mau/workflows/task/{NOW}.bpmn").status_code in (302, 303)
