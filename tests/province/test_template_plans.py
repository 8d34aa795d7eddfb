"""A template plan given to communes: each receives it once, and one in trouble holds up no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.postgres import TestDatabase
from support.province import INSIDE, OTHER, OUTSIDE
from support.templates import BOTH, GIVER, TemplateWorld, new_template
from support.world import adoption

from cchc_flow import commands
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.commands import provinces
from cchc_flow.commands.plan_templates import put_template_aside, receive_template, stream_of
from cchc_flow.commands.province_templates import give_template, issue_template
from cchc_flow.errors import MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.eventlog.moved_mark import MOVED, Mark, write_mark
from cchc_flow.projections import plan_templates
from cchc_flow.projections.plan_templates import Template
from cchc_flow.province import template_plans
from cchc_flow.province.template_plans import LEFT, RECEIVED, load_contents
from cchc_flow.workflow.commands import Upload
from cchc_flow.workspace import Workspace


@pytest.fixture
def scene(tmp_path: Path) -> TemplateWorld:
    return TemplateWorld(tmp_path)


@pytest.fixture(params=["folder", "database"])
def scene_of_home(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> TemplateWorld:
    if request.param == "database":
        database: TestDatabase = request.getfixturevalue("postgres")
        monkeypatch.setenv("CCHC_FLOW_LOG", database.url)
    return TemplateWorld(tmp_path)


def states(scene: TemplateWorld, template: Template) -> dict[str, str]:
    return {name: one.state for name, one in scene.look(template).items()}


def test_each_commune_receives_it_with_its_contents_in_its_own_vault(scene_of_home: TemplateWorld) -> None:
    scene = scene_of_home
    order = scene.world.order(scene.ws, "lan.tran")
    template = issue_template(scene.ws, new_template(draft='{"year": "2027"}'), order)
    found = scene.give(template)
    assert {name: one.state for name, one in found.items()} == {INSIDE: RECEIVED, OTHER: RECEIVED}
    ws = scene.world.open(INSIDE)
    (received,) = plan_templates.received_templates(ws.read())
    assert ws.vault.load(received.document) == "kế hoạch mẫu".encode()
    assert received.draft is not None
    assert ws.vault.load(received.draft) == b'{"year": "2027"}'
    assert (received.id, received.province_name, received.giver_name) == (
        template.id,
        "tỉnh Đắk Lắk",
        "Người lan.tran",
    )
    assert plan_templates.is_waiting(ws.read(), received)
    ws.close()


def test_the_commune_sees_that_the_system_wrote_for_the_province_and_no_work_was_opened(
    scene: TemplateWorld,
) -> None:
    scene.give(scene.issue(), INSIDE)
    ws = scene.world.open(INSIDE)
    event = ws.log.event(ws.log.size())
    assert (event.type, event.actor, event.channel) == ("plan.template_received/1", "system:province", "web")
    sentence = event_sentence(event, {})
    assert sentence.startswith("Hệ thống (thay mặt tỉnh) đã nhận kế hoạch mẫu «Kế hoạch cải cách hành chính")
    assert "của tỉnh Đắk Lắk, do Người lan.tran giao; chưa có gì vào bảng" in sentence


def test_given_twice_it_is_received_once_and_the_province_says_it_once(scene: TemplateWorld) -> None:
    template = scene.issue()
    scene.give(template)
    size = scene.ws.log.size()
    scene.opened.clear()
    scene.give(template)
    assert scene.opened == []
    assert scene.ws.log.size() == size
    ws = scene.world.open(INSIDE)
    other = GIVER.__class__(None, None, "terminal:duy")
    receive_template(ws, scene.ws, load_contents(scene.ws, template), other)
    assert len(ws.log.stream(stream_of(template.id))) == 1
    ws.close()


def test_one_commune_s_trouble_is_named_and_stops_no_other_and_giving_again_finishes(
    scene: TemplateWorld,
) -> None:
    template, log = scene.issue(), scene.world.data / OTHER / "events.db"
    log.rename(log.with_name("away.db"))
    log.write_bytes(b"no log at all" * 100)
    found = scene.give(template)
    assert found[INSIDE].state == RECEIVED
    assert (found[OTHER].state, bool(found[OTHER].trouble)) == (LEFT, True)
    log.with_name("away.db").replace(log)
    assert scene.carry_on(template)[OTHER].state == LEFT, "it is not tried again at once"
    scene.giving.try_again(scene.ws, template.id)
    scene.seconds += 61
    assert scene.carry_on(template)[OTHER].state == RECEIVED


def test_a_commune_that_moved_away_is_named_and_the_others_receive_it(scene: TemplateWorld) -> None:
    write_mark(scene.world.data / OTHER, Mark(MOVED, "postgresql://may-khac/cchc"))
    found = scene.give(scene.issue())
    assert found[INSIDE].state == RECEIVED
    assert (found[OTHER].state, "chuyển" in found[OTHER].trouble) == (LEFT, True)


def test_one_commune_is_open_at_a_time(scene: TemplateWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    open_now: list[set[str]] = []
    inner = scene.borrow
    names: set[str] = set()

    @contextmanager
    def counted(name: str) -> Iterator[Workspace]:
        is_first = name not in names
        names.add(name)
        open_now.append(set(names))
        with inner(name) as ws:
            yield ws
        if is_first:
            names.discard(name)

    monkeypatch.setattr(scene, "borrow", counted)
    scene.giving = scene.node()
    scene.give(scene.issue())
    assert {len(one) for one in open_now} == {1}


def test_what_fails_in_the_program_is_that_commune_s_trouble_only(
    scene: TemplateWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = receive_template

    def fail_at_one(ws, *rest):  # type: ignore[no-untyped-def]
        if ws.name == INSIDE:
            raise ZeroDivisionError
        return receive(ws, *rest)

    monkeypatch.setattr(template_plans, "receive_template", fail_at_one)
    found = scene.give(scene.issue())
    assert found[OTHER].state == RECEIVED
    assert found[INSIDE].trouble == "Phần mềm gặp lỗi khi giao kế hoạch mẫu (ZeroDivisionError)."


def test_a_giving_that_runs_out_of_time_goes_on_where_it_was_also_in_another_process(
    scene: TemplateWorld,
) -> None:
    template = scene.issue()
    give_template(scene.ws, template.id, BOTH, scene.world.order(scene.ws, "lan.tran"))
    scene.giving.give(scene.ws, template, GIVER, scene.today, until=0.0)
    assert sorted(states(scene, template).values()) == [LEFT, RECEIVED]
    scene.giving = scene.node()
    assert {one.state for one in scene.carry_on(template).values()} == {RECEIVED}


def test_a_commune_that_left_receives_nothing_and_is_named(scene: TemplateWorld) -> None:
    ws = scene.world.open(INSIDE)
    provinces.leave_province(ws, scene.world.order(ws))
    size = ws.log.size()
    found = scene.give(scene.issue())
    assert "đã rời" in found[INSIDE].trouble
    assert found[OTHER].state == RECEIVED
    assert ws.log.size() == size
    ws.close()


def test_a_commune_that_leaves_at_this_very_moment_receives_nothing(
    scene: TemplateWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = load_contents(scene.ws, scene.issue())
    ws, still_belongs = scene.world.open(INSIDE), provinces.belongs_to

    def leave_behind_its_back(commune: Workspace, its_province: Workspace) -> bool:
        belonged = still_belongs(commune, its_province)
        if belonged:
            other = scene.world.open(INSIDE)
            provinces.leave_province(other, scene.world.order(other))
            other.close()
        return belonged

    monkeypatch.setattr(provinces, "belongs_to", leave_behind_its_back)
    with pytest.raises(NotAllowed):
        receive_template(ws, scene.ws, template, GIVER)
    assert plan_templates.received_templates(ws.read()) == []
    ws.close()


def test_a_commune_that_the_province_does_not_list_is_refused_by_name(scene: TemplateWorld) -> None:
    with pytest.raises(NotFound, match=OUTSIDE):
        scene.give(scene.issue(), OUTSIDE)
    template = load_contents(scene.ws, scene.issue())
    with pytest.raises(NotAllowed):
        receive_template(scene.world.outside, scene.ws, template, GIVER)


def test_a_workspace_that_is_no_province_issues_nothing(scene: TemplateWorld) -> None:
    ws = scene.world.outside
    with pytest.raises(Refusal, match="không phải không gian của tỉnh"):
        issue_template(ws, new_template(), scene.world.order(ws))


@pytest.mark.parametrize("login", ["minh", "thu", "quan.tri"])
def test_only_the_coordinator_issues_and_gives(scene: TemplateWorld, login: str) -> None:
    template = scene.issue()
    with pytest.raises(NotAllowed):
        issue_template(scene.ws, new_template("khác"), scene.world.order(scene.ws, login))
    with pytest.raises(NotAllowed):
        give_template(scene.ws, template.id, [INSIDE], scene.world.order(scene.ws, login))


def test_the_same_document_is_issued_once(scene: TemplateWorld) -> None:
    first = scene.issue()
    size = scene.ws.log.size()
    assert scene.issue() == first
    assert scene.issue(replaces=first.id) == first
    assert scene.ws.log.size() == size


def test_a_changed_template_is_a_second_edition_and_the_first_waits_no_more(scene: TemplateWorld) -> None:
    first = scene.issue()
    scene.give(first, INSIDE)
    second = scene.issue("kế hoạch mẫu đã sửa", replaces=first.id)
    assert (second.edition, second.replaces) == (2, first.id)
    assert plan_templates.current_templates(scene.ws.read()) == [second]
    with pytest.raises(Refusal, match="bản sau thay thế"):
        scene.give(first, OTHER)
    with pytest.raises(Refusal, match="bản khác thay rồi"):
        scene.issue("một bản sửa nữa", replaces=first.id)
    scene.give(second)
    ws = scene.world.open(INSIDE)
    waiting = [
        one.id
        for one in plan_templates.received_templates(ws.read())
        if plan_templates.is_waiting(ws.read(), one)
    ]
    assert waiting == [second.id]
    ws.close()


def test_the_same_decisions_about_other_lines_are_another_edition_of_the_same_document(
    scene: TemplateWorld,
) -> None:
    first = scene.issue()
    changed = new_template(draft='{"read@3": "target 0123456789abcdef"}', replaces=first.id)
    second = issue_template(scene.ws, changed, scene.world.order(scene.ws, "lan.tran"))
    assert second.edition == 2
    again = issue_template(scene.ws, changed, scene.world.order(scene.ws, "lan.tran"))
    assert again == second


def test_the_commune_adopts_it_as_its_own_plan_and_the_province_sees_which_and_when(
    scene: TemplateWorld,
) -> None:
    template = scene.issue()
    scene.give(template)
    ws = scene.world.open(INSIDE)
    document = Upload("ke-hoach.txt", "kế hoạch mẫu".encode(), "text/plain")
    plan = adoption(document)
    commands.adopt_plan(ws, plan, scene.world.order(ws))
    assert not plan_templates.is_waiting(ws.read(), plan_templates.received_templates(ws.read())[0])
    ws.close()
    scene.giving = scene.node()
    assert scene.look(template)[INSIDE].is_waiting, "its log has grown"
    with scene.borrow(INSIDE):
        pass
    standing = reread(scene, template)[INSIDE].standing
    assert standing is not None
    assert (standing.plan, standing.adopted) == ("2026", "2026-03-02")


def reread(scene: TemplateWorld, template: Template) -> dict[str, object]:
    """Read the communes that wait to be read, and return how each stands."""
    overview = scene.giving._overview  # as the page of the overview does it
    listed = [template_plans.Commune(name, name) for name in BOTH]
    overview.read_waiting(listed, scene.today)
    return scene.look(template)  # type: ignore[return-value]


def test_a_commune_puts_it_aside_with_a_reason_once(scene: TemplateWorld) -> None:
    template = scene.issue()
    scene.give(template)
    ws = scene.world.open(INSIDE)
    for login, role in (("hoa", "coordinator"), ("lan", "officer")):
        scene.world.add_person(ws, login, role)
    with pytest.raises(NotAllowed):
        put_template_aside(ws, template.id, "đã có kế hoạch", scene.world.order(ws, "lan"))
    with pytest.raises(NotAllowed):
        put_template_aside(ws, template.id, "đã có kế hoạch", scene.world.order(ws, "lan.tran@tinh-dak-lak"))
    with pytest.raises(MissingData):
        put_template_aside(ws, template.id, "  ", scene.world.order(ws, "hoa"))
    put_template_aside(ws, template.id, "đã có kế hoạch", scene.world.order(ws, "hoa"))
    with pytest.raises(Refusal, match="không còn chờ"):
        put_template_aside(ws, template.id, "lần nữa", scene.world.order(ws, "hoa"))
    with pytest.raises(NotFound):
        put_template_aside(ws, "không có", "lý do", scene.world.order(ws, "hoa"))
    ws.close()
    one = reread(scene, template)[INSIDE]
    assert one.state == template_plans.ASIDE  # type: ignore[attr-defined]


def test_somebody_of_the_province_adopts_nothing_for_a_commune(scene: TemplateWorld) -> None:
    scene.give(scene.issue())
    ws = scene.world.open(INSIDE)
    for actor in ("lan.tran@tinh-dak-lak", "lan.tran"):
        with pytest.raises(NotAllowed):
            commands.adopt_plan(ws, adoption(), scene.world.order(ws, actor))
    ws.close()


def test_a_template_whose_document_was_erased_is_given_to_nobody(scene: TemplateWorld) -> None:
    template = scene.issue()
    scene.ws.vault.erase(template.document)
    with pytest.raises(NotFound, match="không còn trong kho"):
        scene.give(template)
