"""Digital transformation as a whole: its definitions and schemas, its report and its page."""

from jsonschema import Draft202012Validator
from support import digital
from support.digital import AREA, DOCUMENTS, dispatch, documents, finish, planned, report, roll_out, update
from support.registers import AreaCommune, go_to, kept_fields, refuse_unsound, schemas

from cchc_flow.plugin_host import loading

MODULE = loading.load_manager().get_plugin(AREA)

commune = digital.commune


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound(AREA, MODULE.workflows())


def test_every_figure_has_a_source_and_every_rule_its_words() -> None:
    assert {figure.value for figure in MODULE.figures()} == {"100"}
    assert all(figure.source for figure in MODULE.figures())
    assert len({rule.key for rule in MODULE.rules()}) == len(MODULE.rules()) == 15


def test_the_report_tells_the_figures_of_its_months(commune: AreaCommune) -> None:
    documents(commune, "2026-01")
    documents(commune, "2026-02", total="230", secret="30", signed="200")
    rows = {row[0]: row[1:] for row in commune.section("2026-02").rows}
    title = "Tỷ lệ văn bản gửi điện tử có chữ ký số (trừ văn bản mật)"
    assert rows[f"{title}, tháng 2/2026"] == ("100\xa0%", "200/200", "100\xa0%")
    quarter = {row[0]: row[1:] for row in commune.section("2026-Q1").rows}
    assert quarter[f"{title}, quý I/2026"] == ("99,33\xa0%", "596/600", "100\xa0%")
    assert rows["Tỷ lệ người có tài khoản"] == ("Chưa có số liệu", "", "100\xa0%")


def test_the_report_names_what_was_late(commune: AreaCommune) -> None:
    report(commune, "Báo cáo tháng 3", "2026-03-05")
    assert len(commune.section("2026-03").paragraphs) == 1
    go_to(commune, "2026-03-06")
    assert commune.section("2026-03").paragraphs[1] == "Báo cáo trễ hạn: Báo cáo tháng 3."


def test_the_page_of_the_area_draws_whole(commune: AreaCommune) -> None:
    report(commune, "Báo cáo tháng 3", "2026-03-05")
    update(commune, roll_out(commune), "20", "18", "15")
    go_to(commune, "2026-03-06")
    text = commune.page(f"areas/{AREA}", "officer")
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


def test_every_event_of_the_registers_fits_its_schema(commune: AreaCommune) -> None:
    finish(commune, planned(commune, "1", task=commune.task(AREA)))
    dropped = planned(commune, "2")
    commune.take("coordinator", "drop", dropped, decision="60/QĐ-UBND", decided_on="2026-03-01")
    unit = roll_out(commune)
    update(commune, unit, "20", "20", "20")
    commune.take("unit_head", "complete", unit)
    item = report(commune, "Báo cáo tháng 3", "2026-03-05")
    dispatch(commune, item, "2026-03-02")
    commune.take("coordinator", "take_back", item, reason="Cấp trên trả lại.")
    entry = documents(commune, "2026-02")
    commune.take("officer", "correct", entry, **DOCUMENTS)
    commune.take("coordinator", "confirm", entry)
    known = schemas(AREA)
    recorded = [pair for pair in kept_fields(commune.ws) if not pair[0].startswith("task/")]
    assert len(recorded) == 14
    for name, fields in recorded:
        Draft202012Validator(known[name]).validate(fields)
