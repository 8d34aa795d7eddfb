"""Plugins that misbehave: whatever one does, a sentence names it, and the rest of the product goes on."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from support.plugging import plugged
from support.visitors import Site
from support.world import ASSIGN, TASK, World

from cchc_flow import handling, patience, schemas, soundness
from cchc_flow.cli import run
from cchc_flow.handling.asking import RuleNotAsked
from cchc_flow.hookspecs import Area, Panel, Violation, hookimpl
from cchc_flow.plugins import ANSWERS, Fault, Manager, Plugins
from cchc_flow.projections import items
from cchc_flow.web import create_app
from cchc_flow.workflow.definition import Field, State, Transition, Workflow

AREA = Area("good", "Lĩnh vực tốt", "LT", "#123456", ("linh vuc tot",))
CLOSED = ("check", "fields")
"""The hooks without whose answer a step is not taken."""
DRAWN = {
    "measures": "areas/bad",
    "report_section": "areas/bad",
    "panel": "areas/bad",
    "badges": f"items/{TASK}",
}
"""The hooks that only draw, and the page on which each is told."""
BROUGHT = ("areas", "figures", "rules", "workflows")
REGISTER = Workflow(
    "question",
    1,
    "Câu hỏi",
    "received",
    (State("received", "Đã nhận"), State("answered", "Đã trả lời", final=True)),
    (Transition(name="answer", title="Trả lời", fact="answers", event="item.advanced/1",
                from_=("received",), to="answered", by=("lead_unit",)),),
    asks=(Field("number", "line", "Số"),),
    openers=("coordinator",),
)  # fmt: skip


def bad(hook: str, does: Callable[[], Any]) -> ModuleType:
    """Return a plugin that answers one hook, so."""
    module = ModuleType("bad", "Lĩnh vực hỏng")
    arguments = "item" if hook in ("check", "react", "badges") else ""
    exec(f"def {hook}({arguments}):\n    return does()", {"does": does}, made := {})  # noqa: S102
    setattr(module, hook, hookimpl(made[hook]))
    return module


class Good:
    """Lĩnh vực tốt"""

    @hookimpl
    def areas(self) -> list[Area]:
        return [AREA]

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [REGISTER]


class Broken(Good):
    """Lĩnh vực mượn mã"""


def broken() -> Any:
    raise RuntimeError("hỏng rồi")


def commune(tmp_path: Path, **plugins: object) -> tuple[World, Site]:
    known = plugged(good=Good(), **plugins)
    known.patience = 0.8
    world = World(tmp_path / "data", plugins=known).settle()
    return world, site_of(world, known)


def site_of(world: World, known: Plugins) -> Site:
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=known)
    return site


def read(site: Site, path: str) -> str:
    answer = site.visitor("hoa").get(f"/xa-mau/{path}")
    assert answer.status_code == 200
    return answer.text


def goes_on(site: Site) -> None:
    """Look at what has nothing to do with the bad plugin."""
    assert "Câu hỏi" in read(site, "areas/good")
    assert "Rà soát thủ tục" in read(site, "board")
    assert "Rà soát thủ tục" in read(site, f"items/{TASK}")


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """What comes at the end of a test: until then, who waits for it hangs."""
    event = threading.Event()
    yield event
    event.set()


# Raises, or answers something else


def test_every_hook_is_tried_here() -> None:
    assert {*CLOSED, *DRAWN, *BROUGHT, "react"} == set(ANSWERS)


@pytest.mark.parametrize(
    "does", [broken, lambda: "không phải", lambda: exit(1)], ids=["raises", "type", "exits"]
)
@pytest.mark.parametrize("hook", CLOSED)
def test_a_step_is_not_taken_without_the_answer_that_it_needs(
    tmp_path: Path, hook: str, does: Callable[[], Any]
) -> None:
    world, site = commune(tmp_path, bad=bad(hook, does))
    with pytest.raises(RuleNotAsked, match="«Lĩnh vực hỏng»"):
        world.take("hoa", "assign", **ASSIGN)
    goes_on(site)


@pytest.mark.parametrize("does", [broken, lambda: 7, lambda: exit(1)], ids=["raises", "type", "exits"])
@pytest.mark.parametrize("hook", DRAWN)
def test_a_page_tells_what_cannot_be_drawn(tmp_path: Path, hook: str, does: Callable[[], Any]) -> None:
    _, site = commune(tmp_path, bad=bad(hook, does))
    assert "«Lĩnh vực hỏng»" in read(site, DRAWN[hook])
    goes_on(site)


@pytest.mark.parametrize("does", [broken, lambda: [7], lambda: exit(1)], ids=["raises", "type", "exits"])
@pytest.mark.parametrize("hook", BROUGHT)
def test_what_a_plugin_cannot_bring_is_told_at_the_start_and_on_its_page(
    tmp_path: Path, hook: str, does: Callable[[], Any]
) -> None:
    world, site = commune(tmp_path, bad=bad(hook, does))
    (fault,) = handling.faults(world.ws)
    assert fault.words.startswith("Trình cắm «bad» không cho biết")
    assert "Trình cắm «bad» không cho biết" in read(site, "areas/bad")
    world.take("hoa", "assign", **ASSIGN)
    goes_on(site)


@pytest.mark.parametrize("does", [broken, lambda: 7, lambda: exit(1)], ids=["raises", "type", "exits"])
def test_a_consequence_that_cannot_be_told_is_logged_and_the_step_is_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, does: Callable[[], Any]
) -> None:
    world, site = commune(tmp_path, bad=bad("react", does))
    with caplog.at_level(logging.ERROR):
        world.take("hoa", "assign", **ASSIGN)
    assert "plugin bad: react to item.assigned/1" in caplog.text
    assert items.item(world.ws.read(), TASK).state == "assigned"
    goes_on(site)


def test_a_wrong_type_deep_in_an_answer_is_found_before_anybody_uses_it(tmp_path: Path) -> None:
    wrong = Violation("key", None)  # type: ignore[arg-type]
    world, _ = commune(tmp_path, bad=bad("check", lambda: [wrong]))
    with pytest.raises(RuleNotAsked, match="ValidationError"):
        world.take("hoa", "assign", **ASSIGN)


def test_not_even_what_ends_a_thread_leaves_a_step_without_an_answer(tmp_path: Path) -> None:
    def interrupted() -> Any:
        raise KeyboardInterrupt

    world, _ = commune(tmp_path, bad=bad("check", interrupted))
    for _ in range(patience.SEATS + 1):
        with pytest.raises(RuleNotAsked, match="KeyboardInterrupt"):
            world.take("hoa", "assign", **ASSIGN)


# Hangs


@pytest.mark.parametrize("hook", DRAWN)
def test_a_page_does_not_wait_for_a_plugin_that_hangs(
    tmp_path: Path, released: threading.Event, hook: str
) -> None:
    world, site = commune(tmp_path, bad=bad(hook, lambda: released.wait(10)))
    begun = time.monotonic()
    assert "«Lĩnh vực hỏng»" in read(site, DRAWN[hook])
    goes_on(site)
    assert time.monotonic() - begun < 5
    assert world.ws.plugins.late.keys() == {"bad"}


def test_a_page_does_not_wait_a_second_time_for_a_plugin_that_hung_just_now(
    tmp_path: Path, released: threading.Event
) -> None:
    asked = []
    world, site = commune(tmp_path, bad=bad("badges", lambda: (asked.append(1), released.wait(10))))
    for _ in range(3):
        assert "không trả lời" in read(site, f"items/{TASK}")
    assert len(asked) == 1
    world.ws.plugins.late["bad"] -= patience.REST_SECONDS
    assert "không trả lời" in read(site, f"items/{TASK}")
    assert len(asked) == 2


@pytest.mark.parametrize("hook", CLOSED)
def test_a_step_does_not_wait_for_a_plugin_that_hangs(
    tmp_path: Path, released: threading.Event, hook: str
) -> None:
    world, _ = commune(tmp_path, bad=bad(hook, lambda: released.wait(10)))
    begun = time.monotonic()
    with pytest.raises(RuleNotAsked, match=r"«Lĩnh vực hỏng» \(không trả lời"):
        world.take("hoa", "assign", **ASSIGN)
    assert time.monotonic() - begun < 5


def test_a_plugin_that_hangs_does_not_keep_those_after_it_from_being_asked(
    tmp_path: Path, released: threading.Event
) -> None:
    hung, later = bad("react", lambda: released.wait(10)), []
    world, _ = commune(tmp_path, bad=hung, later=bad("react", lambda: later.append(1) or []))
    world.take("hoa", "assign", **ASSIGN)
    assert later == [1]


# Takes what is another's


def test_of_two_areas_with_one_code_the_first_stays_and_the_second_is_told(tmp_path: Path) -> None:
    world, site = commune(tmp_path, other=Broken())
    assert soundness.areas(world.ws.plugins) == [AREA]
    words = "Lĩnh vực «good» của trình cắm «other»: mã này đã là của trình cắm «good»."
    assert Fault("other", words) in handling.faults(world.ws)
    assert words in read(site, "areas/other")
    goes_on(site)


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        (Area("other", "Khác", "LT", "#123456", ()), "tên tắt «LT» đã là của trình cắm «good»"),
        (Area("other", "Khác", "KH", "red;}body{display:none", ()), "không có dạng #rrggbb"),
        (Area("Lĩnh vực", "Khác", "KH", "#123456", ()), "mã phải là chữ thường"),
    ],
)
def test_an_area_that_cannot_be_is_told_with_its_plugin(area: Area, sentence: str) -> None:
    (fault,) = soundness.faults(plugged(good=Good(), zoo=bad("areas", lambda: [area])))
    assert fault.plugin == "zoo" and sentence in fault.words


def test_the_program_s_own_areas_come_first_whatever_the_names_of_others() -> None:
    known = plugged(good=Good(), another=Broken())
    known.about["another"] = known.about["another"].__class__("another", "Gói ngoài", "1", "goi-ngoai")
    assert {fault.plugin for fault in soundness.faults(known)} == {"another"}


# Does not draw, does not agree with itself


@pytest.mark.parametrize(
    "template", ["{{ 1 / 0 }}", "{% if %}", "{{ {}.none.such }}", "{% include 'khong-co' %}"]
)
def test_a_template_that_does_not_render_is_told_and_the_rest_is_drawn(tmp_path: Path, template: str) -> None:
    site = commune_with_panel(tmp_path, template)
    assert "Không vẽ được phần riêng của lĩnh vực «Lĩnh vực hỏng»" in read(site, "areas/bad")
    goes_on(site)


def test_a_template_that_never_ends_is_given_up_and_the_rest_is_drawn(
    tmp_path: Path, released: threading.Event
) -> None:
    site = commune_with_panel(tmp_path, "{{ wait() }}", wait=released.wait)
    told = read(site, "areas/bad")
    assert "Không vẽ được phần riêng của lĩnh vực «Lĩnh vực hỏng»: không trả lời trong 0.8 giây" in told
    goes_on(site)


def commune_with_panel(tmp_path: Path, template: str, **values: object) -> Site:
    """Return the pages of a commune with a plugin whose panel has this template."""
    folder = tmp_path / "bad" / "templates" / "bad"
    folder.mkdir(parents=True)
    (folder / "panel.html").write_text(template)
    plugin = bad("panel", lambda: Panel("Phần riêng", "panel.html", values))
    plugin.__path__ = [str(tmp_path / "bad")]
    return commune(tmp_path, bad=plugin)[1]


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        ('{"$defs": {"a/1/open": {"type": "object", "examples": [7]}}}', "ví dụ của a/1/open sai: 7 is not"),
        ('{"$defs": {"a/1/open": {"type": "object"}}}', "a/1/open không có ví dụ"),
        ('{"$defs": {"a/1/open": {"type": "objekt"}}}', "SchemaError"),
        ("{", "JSONDecodeError"),
        ("[]", "SchemaError"),
    ],
)
def test_a_schema_that_breaks_its_own_examples_is_told_with_its_plugin(
    tmp_path: Path, schema: str, sentence: str
) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "a.json").write_text(schema)
    plugin = ModuleType("bad", "Lĩnh vực hỏng")
    plugin.__path__ = [str(tmp_path)]
    (fault,) = schemas.faults(plugged(bad=plugin))
    assert fault.words.startswith("Lược đồ «a.json» của trình cắm «bad»: ") and sentence in fault.words


def test_a_schema_that_forgets_a_field_of_its_register_is_told_with_its_plugin(tmp_path: Path) -> None:
    entry = {"type": "object", "properties": {}, "examples": [{}]}
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "question.json").write_text(json.dumps({"$defs": {"question/1/open": entry}}))
    plugin = bad("workflows", lambda: [REGISTER])
    plugin.__path__ = [str(tmp_path)]
    assert [fault.words for fault in schemas.faults(plugged(bad=plugin))] == [
        "Lược đồ «question.json» của trình cắm «bad»: bước open không nói về «number»."
    ]


# Cannot be loaded, or is gone


def torn() -> Plugins:
    """Return the good plugin, and the sentence that another one could not be loaded."""

    def load() -> object:
        raise ImportError("thiếu thư viện")

    manager = Manager()
    manager.bring("bad", load, "1.0", "goi-hong")
    manager.bring("good", Good, "1.0", "goi-tot")
    return Plugins(manager)


def test_a_plugin_that_was_never_in_use_and_cannot_be_loaded_is_told_and_nothing_waits_for_it(
    tmp_path: Path,
) -> None:
    world = World(tmp_path / "data", plugins=torn()).settle()
    site = site_of(world, torn())
    assert "Trình cắm «bad» không nạp được: ImportError: thiếu thư viện." in read(site, "areas")
    world.take("hoa", "assign", **ASSIGN)
    goes_on(site)


def test_rules_in_force_that_cannot_be_loaded_refuse_until_they_are_switched_off(tmp_path: Path) -> None:
    world, _ = commune(tmp_path, bad=bad("rules", list))
    world.ws = handling.open_workspace(world.data, "xa-mau", world.ws.now, torn())
    site = site_of(world, torn())
    assert "Trình cắm «bad» không nạp được" in read(site, "areas/bad")
    with pytest.raises(RuleNotAsked, match=r"«Lĩnh vực hỏng» \(không nạp được.*trang Lĩnh vực"):
        world.take("hoa", "assign", **ASSIGN)
    goes_on(site)
    handling.switch_plugin(world.ws, "bad", False, world.order("hoa"))
    world.take("hoa", "assign", **ASSIGN)


def test_items_of_a_plugin_that_disappeared_are_drawn_moved_and_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, _ = commune(tmp_path)
    given = {"title": "Bao giờ có chữ ký số?", "lead": "phong-kinh-te", "number": "12"}
    entry = handling.open_entry(world.ws, "question", given, world.order("hoa")).item
    world.ws = handling.open_workspace(world.data, "xa-mau", world.ws.now, plugged())
    site = site_of(world, plugged())
    assert "không còn đi kèm chương trình" in read(site, "areas/good")
    assert "Bao giờ có chữ ký số?" in read(site, "board?kind=question")
    assert "Bao giờ có chữ ký số?" in read(site, f"items/{entry.id}")
    world.take("lan", "answer", entry.id)
    assert items.item(world.ws.read(), entry.id).state == "answered"
    assert "Trả lời" in read(site, f"items/{entry.id}")
    for command in (
        ["workflow", "draw", "question", str(tmp_path / "a.svg")],
        ["verify", "--all"],
        ["items"],
    ):
        assert run(["--data", str(world.data), *command]) == 0, capsys.readouterr().err
    assert "Đã trả lời" in (tmp_path / "a.svg").read_text()
    assert "Bao giờ có chữ ký số?" in capsys.readouterr().out
