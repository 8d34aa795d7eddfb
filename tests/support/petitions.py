"""An area with one register, some rules and a figure, another one that is broken, and their site."""

from pathlib import Path

import pytest
from support.plugging import plugged
from support.visitors import Site
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.hookspecs import Area, Facts, Figure, JsonObject, Measure, Panel, Rule, Violation, hookimpl
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.workflow.definition import Field, State, Transition, Workflow
from cchc_flow.workflow.item import Item

REGISTER = Workflow(
    "petition",
    1,
    "Phản ánh, kiến nghị",
    "received",
    (State("received", "Đã tiếp nhận"), State("answered", "Đã trả lời", final=True),
     State("dropped", "Đã bỏ", column="", final=True)),
    (Transition(name="answer", title="Trả lời", fact="answers", event="item.advanced/1",
                from_=("received",), to="answered", by=("lead_unit",),
                fields=(Field("answered_on", "day", "Ngày trả lời"), Field("words", "text", "Trả lời"),
                        Field("way", "choice", "Hình thức", choices=(("letter", "Văn bản"), ("talk", "Gặp"))),
                        Field("paid", "amount", "Kinh phí"), Field("file", "files", "Tệp"))),
     Transition(name="drop", title="Bỏ", fact="droppings", event="item.advanced/1",
                from_=("received",), to="dropped", by=("coordinator",))),
    "PAKN",
    (Field("number", "line", "Số phản ánh", required=True), Field("task", "task", "Nhiệm vụ"),
     Field("period", "period", "Kỳ"), Field("month", "period", "Tháng", choices=(("month", "Tháng"),))),
    ("coordinator",),
)  # fmt: skip


class Petitions:
    """Phản ánh, kiến nghị"""

    @hookimpl
    def areas(self) -> list[Area]:
        return [Area("petitions", "Phản ánh, kiến nghị", "PA", "#123456", ("phan anh",))]

    @hookimpl
    def rules(self) -> list[Rule]:
        return [Rule("evidence", "Kết quả phải kèm tệp."), Rule("slow", "Việc nhận chậm thì cảnh báo.")]

    @hookimpl
    def figures(self) -> list[Figure]:
        return [Figure("days", "Số ngày trả lời", "15", "ngày", "Nghị định 61", low="1", high="60")]

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [REGISTER]

    @hookimpl
    def fields(self, kind: str, step: str, item: Item | None) -> list[Field]:
        return [Field("cost", "count", "Kinh phí")] if step == "report_progress" else []

    @hookimpl
    def check(self, item: Item, step: Transition, data: JsonObject) -> list[Violation]:
        if step.name == "open" and item.fields["number"] == "PA-0":
            return [Violation("number", "Không có số PA-0.", "Hãy xem lại.")]
        if step.name == "open" and item.fields["number"] == "PA-9":
            return [Violation("slow", "Số PA-9 hiếm gặp.", "Hãy nêu lý do.", blocks=False)]
        if step.name == "approve" and data["quality"] == "good":
            return [Violation("published", "Kết quả chưa được công bố.", "Hãy công bố rồi duyệt.")]
        warning = Violation("slow", "Việc này đã quá 10 ngày.", "Hãy nêu lý do.", blocks=False)
        return [warning] if step.name == "start" else []

    @hookimpl
    def measures(self, facts: Facts) -> list[Measure]:
        found = facts.items("petition")
        done = [one.id for one in found if one.state == "answered"]
        return [Measure(key="answered", title="Tỷ lệ trả lời", unit="%", value="0" if found else None,
                        count=len(done), of=len(found), items=tuple(one.id for one in found))]  # fmt: skip

    @hookimpl
    def panel(self, facts: Facts) -> Panel:
        return Panel("Hôm nay", "khong-co.html")


class Broken:
    """Lĩnh vực hỏng"""

    @hookimpl
    def measures(self, facts: Facts) -> list[Measure]:
        raise RuntimeError("chia cho 0")


@pytest.fixture
def plugins() -> Plugins:
    return plugged(petitions=Petitions(), broken=Broken())


@pytest.fixture
def world(tmp_path: Path, plugins: Plugins) -> World:
    return World(tmp_path / "data", plugins=plugins).settle()


@pytest.fixture
def site(world: World, plugins: Plugins) -> Site:
    return Site(world.ws)


def petition(world: World, **more: str) -> str:
    """Write an entry, and return its id."""
    given = {"title": "Đường hỏng", "lead": "phong-kinh-te", "number": "PA-12", "task": TASK} | more
    return commands.open_entry(world.ws, "petition", given, world.order("hoa")).item.id
