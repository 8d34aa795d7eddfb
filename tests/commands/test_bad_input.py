"""Bad input on a real log: one clear sentence for each, nothing appended and nothing kept."""

from typing import Any

import pytest
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.errors import CchcError, MissingData, NotFound
from cchc_flow.workflow.commands import TakeStep

MEGABYTE = "a" * 1_000_000
SHARED = {"units": ["phong-kinh-te", "tram-y-te"]}


def kept(world: World) -> int:
    return sum(path.is_file() for path in (world.ws.folder / "vault").rglob("*"))


def refused(world: World, actor: str, step: str, item: str = TASK, **data: Any) -> str:
    """Return what is said; the log and the vault are as they were."""
    before = world.ws.log.size(), kept(world)
    with pytest.raises(CchcError) as said:
        commands.take_step(world.ws, item, TakeStep(step, data), world.order(actor))
    assert (world.ws.log.size(), kept(world)) == before
    assert "\n" not in str(said.value)
    return str(said.value)


@pytest.fixture
def begun(world: World) -> World:
    """The commune, with one task under way that is due on 30/06/2026."""
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    return world


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        ("2026-03-01", "Hạn: ngày 01/03/2026 đã qua."),
        ("2027-01-01", "Hạn: không được sau ngày kế hoạch kết thúc (31/12/2026)."),
        ("2026-02-30", "Hạn hoàn thành: phải là một ngày, như 25/01/2026."),
    ],
)
def test_a_day_that_cannot_be_a_due_day(world: World, due: str, sentence: str) -> None:
    assert refused(world, "hoa", "assign", **ASSIGN | {"due": due}) == sentence
    data = {"title": "Việc mới", "text": "Nội dung.", "area": "1", "due": due}
    size = world.ws.log.size()
    with pytest.raises(MissingData, match=r"Hạn"):
        commands.open_task(world.ws, data, world.order("hoa"))
    assert world.ws.log.size() == size


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        ("2026-02-01", "Hạn mới: phải sau hạn hiện tại (30/06/2026)."),
        ("2026-06-30", "Hạn mới: phải sau hạn hiện tại (30/06/2026)."),
        ("2027-02-01", "Hạn: không được sau ngày kế hoạch kết thúc (31/12/2026)."),
        ("", "Hãy nhập hạn mới đề nghị."),
    ],
)
def test_a_day_that_cannot_be_asked_for(begun: World, due: str, sentence: str) -> None:
    assert refused(begun, "lan", "ask_extension", due=due, reason="Chờ số liệu.") == sentence


def test_a_day_that_passed_while_the_request_waited(begun: World) -> None:
    begun.take("lan", "ask_extension", due="2026-07-10", reason="Chờ số liệu.")
    begun.wait(days=140)
    assert refused(begun, "nam", "grant_extension", due="2026-07-10") == "Hạn: ngày 10/07/2026 đã qua."


@pytest.mark.parametrize(
    ("item", "step", "data"),
    [
        (TASK, "hand_over", {"lead": "tram-y-te", "reason": "Đúng việc hơn."}),
        (TASK, "assign", {"lead": "tram-y-te"}),
        ("2026-III.1.1", "distribute", SHARED),
    ],
)
def test_a_unit_that_no_longer_exists_gets_no_work(
    begun: World, item: str, step: str, data: dict[str, Any]
) -> None:
    commands.change_unit(begun.ws, "tram-y-te", "Trạm Y tế", [], False, begun.order())
    assert refused(begun, "hoa", step, item, **data).endswith("đơn vị này không có trong danh bạ.")


@pytest.mark.parametrize(
    ("actor", "step", "data"),
    [
        ("lan", "ask_extension", {"due": "2026-07-31", "reason": MEGABYTE}),
        ("nam", "suspend", {"reason": MEGABYTE}),
        ("nam", "cancel", {"decision": "15/QĐ-UBND", "reason": MEGABYTE}),
        ("hoa", "hand_over", {"lead": "tram-y-te", "reason": MEGABYTE}),
        ("hoa", "remind", {"text": MEGABYTE}),
        ("nam", "comment", {"text": MEGABYTE}),
        ("lan", "submit", {"result": MEGABYTE}),
    ],
)
def test_words_of_a_megabyte(begun: World, actor: str, step: str, data: dict[str, Any]) -> None:
    assert refused(begun, actor, step, **data).endswith(": dài quá 20.000 ký tự.")


def test_a_decision_of_a_megabyte(begun: World) -> None:
    said = refused(begun, "nam", "cancel", decision=MEGABYTE, reason="Theo chỉ đạo.")
    assert said == "Số, ngày quyết định: dài quá 500 ký tự."


@pytest.mark.parametrize("key", ["2026-04", "2026-02", "2026-13", "2027-01", "9999-12"])
def test_a_period_that_is_not_open(world: World, key: str) -> None:
    world.take("hoa", "distribute", cadence="monthly", **SHARED)
    said = refused(world, "lan", "start", f"{TASK}:phong-kinh-te:{key}")
    assert said.startswith("Kỳ này của công việc chưa mở")


def test_a_part_of_a_unit_that_was_not_asked(world: World) -> None:
    world.take("hoa", "distribute", cadence="monthly", **SHARED)
    assert refused(world, "hoa", "excuse", f"{TASK}:phong-la:2026-03", reason="x").startswith("Kỳ này")


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("2025-12-31", "Bắt đầu từ: năm kế hoạch bắt đầu ngày 01/01/2026."),
        ("0001-01-01", "Bắt đầu từ: năm kế hoạch bắt đầu ngày 01/01/2026."),
        ("2027-01-01", "Bắt đầu từ: không được sau ngày kế hoạch kết thúc (31/12/2026)."),
    ],
)
def test_recurring_work_that_would_begin_outside_the_year(world: World, since: str, sentence: str) -> None:
    assert refused(world, "hoa", "distribute", cadence="monthly", since=since, **SHARED) == sentence


def test_recurring_work_in_a_year_that_is_over(world: World) -> None:
    world.wait(days=365)
    said = refused(world, "hoa", "distribute", cadence="monthly", **SHARED)
    assert said == "Bắt đầu từ: không được sau ngày kế hoạch kết thúc (31/12/2026)."


def test_an_item_that_there_is_not(world: World) -> None:
    assert refused(world, "hoa", "assign", "2026-IX.1", **ASSIGN).startswith(
        "Không có công việc «2026-IX.1», hoặc bạn không được xem."
    )
    with pytest.raises(NotFound):
        commands.load_item(world.ws, "2026-IX.1:phong-kinh-te:2026-03")
