"""A commune with a good plugin beside a bad one, and what goes on whatever the bad one does."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from support.plugging import plugged
from support.visitors import Site, app_for
from support.world import TASK, World

from cchc_flow.hookspecs import Area, Panel, hookimpl
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.workflow.definition import Field, State, Transition, Workflow

AREA = Area("good", "Lĩnh vực tốt", "LT", "#123456", ("linh vuc tot",))
CLOSED = ("check", "fields")
"""The hooks without whose answer a step is not taken."""
DRAWN = {
    "measures": "areas/bad",
    "report_section": "areas/bad",
    "panel": "areas/bad",
    "badges": f"items/{TASK}",
    "assessments": "grading?by=person",
    "prompts": "work",
}
"""The hooks that only draw, and the page on which each is told."""
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


def commune(tmp_path: Path, **plugins: object) -> tuple[World, Site]:
    """Return a commune with the good plugin and these, and its pages; it waits briefly for any."""
    known = plugged(good=Good(), **plugins)
    known.timeout = 0.8
    world = World(tmp_path / "data", plugins=known).settle()
    return world, site_of(world, known)


def commune_with_panel(tmp_path: Path, template: str, **values: object) -> Site:
    """Return the pages of a commune with a plugin whose panel has this template."""
    folder = tmp_path / "bad" / "templates" / "bad"
    folder.mkdir(parents=True)
    (folder / "panel.html").write_text(template)
    plugin = bad("panel", lambda: Panel("Phần riêng", "panel.html", values))
    plugin.__path__ = [str(tmp_path / "bad")]
    return commune(tmp_path, bad=plugin)[1]


def site_of(world: World, known: Plugins) -> Site:
    """Return the pages of a commune that has these plugins."""
    site = Site(world.ws)
    site.app = app_for(world.data, world.ws.now, known)
    return site


def read(site: Site, path: str) -> str:
    """Return a page as the coordinator sees it."""
    answer = site.visitor("hoa").get(f"/xa-mau/{path}")
    assert answer.status_code == 200
    return answer.text


def goes_on(site: Site) -> None:
    """Look at what has nothing to do with the bad plugin."""
    assert "Câu hỏi" in read(site, "areas/good")
    assert "Rà soát thủ tục" in read(site, "board")
    assert "Rà soát thủ tục" in read(site, f"items/{TASK}")
