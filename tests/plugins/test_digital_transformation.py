"""Digital transformation as a whole: its definitions and schemas, its report and its page."""

from jsonschema import Draft202012Validator
from support import digital
from support.digital import DOCUMENTS, dispatch, documents, finish, planned, report, roll_out, update
from support.registers import AreaWorld, go_to, refuse_unsound, schemas, section
from support.visitors import Site
from support.world import TASK

from cchc_flow.plugin_host import loading
from cchc_flow.web import create_app

MODULE = loading.load_manager().get_plugin("digital_transformation")

world = digital.world


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound("digital_transformation", MODULE.workflows())


def test_every_figure_has_a_source_and_every_rule_its_words() -> None:
    assert {one.value for one in MODULE.figures()} == {"100"}
    assert all(one.source for one in MODULE.figures())
    assert len({one.key for one in MODULE.rules()}) == len(MODULE.rules()) == 14


def test_the_report_tells_the_figures_of_its_months(world: AreaWorld) -> None:
    documents(world, "2026-01")
    documents(world, "2026-02", total="230", secret="30", signed="200")
    rows = {row[0]: row[1:] for row in section(world, "2026-02").rows}
    title = "Tỷ lệ văn bản gửi điện tử có chữ ký số (trừ văn bản mật)"
    assert rows[f"{title}, tháng 2/2026"] == ("100\xa0%", "200/200", "100\xa0%")
    quarter = {row[0]: row[1:] for row in section(world, "2026-Q1").rows}
    assert quarter[f"{title}, quý I/2026"] == ("99,33\xa0%", "596/600", "100\xa0%")
    assert rows["Tỷ lệ người có tài khoản"] == ("Chưa có số liệu", "", "100\xa0%")


def test_the_report_names_what_was_late(world: AreaWorld) -> None:
    report(world, "Báo cáo tháng 3", "2026-03-05")
    assert len(section(world, "2026-03").paragraphs) == 1
    go_to(world, "2026-03-06")
    assert section(world, "2026-03").paragraphs[1] == "Báo cáo trễ hạn: Báo cáo tháng 3."


def test_the_page_of_the_area_draws_whole(world: AreaWorld) -> None:
    report(world, "Báo cáo tháng 3", "2026-03-05")
    update(world, roll_out(world), "20", "18", "15")
    go_to(world, "2026-03-06")
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=world.ws.plugins)
    text = site.visitor("lan").get("/xa-mau/areas/digital_transformation").text
    for words in (
        "Báo cáo tháng 3",
        "05/03/2026",
        "Quá hạn",
        "<td>18</td>",
        "Do xã quyết định",
        "90\xa0%",
        "Phòng Kinh tế</a>",
    ):
        assert words in text, words
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_every_event_of_the_registers_fits_its_schema(world: AreaWorld) -> None:
    finish(world, planned(world, "1", task=TASK))
    dropped = planned(world, "2")
    world.take("hoa", "drop", dropped.id, decision="60/QĐ-UBND", decided_on="2026-03-01")
    unit = roll_out(world)
    update(world, unit, "20", "20", "20")
    world.take("binh", "complete", unit.id)
    item = report(world, "Báo cáo tháng 3", "2026-03-05")
    dispatch(world, item, "2026-03-02")
    world.take("hoa", "take_back", item.id, reason="Cấp trên trả lại.")
    entry = documents(world, "2026-02")
    world.take("lan", "correct", entry.id, **DOCUMENTS)
    world.take("hoa", "confirm", entry.id)
    known = schemas("digital_transformation")
    told = [pair for pair in world.told() if not pair[0].startswith("task/")]
    assert len(told) == 14
    for name, fields in told:
        Draft202012Validator(known[name]).validate(fields)
