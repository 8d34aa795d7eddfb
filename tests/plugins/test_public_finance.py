"""Public finance as a whole: its definitions and schemas, the plan's tasks, its report and its page."""

import pytest
from jsonschema import Draft202012Validator
from support import finance
from support.finance import PROOF, RECOMMENDATION, collect, pay, record
from support.registers import AreaWorld, go_to, refuse_unsound, schemas, section
from support.visitors import Site
from support.world import TASK

from cchc_flow.commands.asking import RuleBroken
from cchc_flow.plugin_host import loading
from cchc_flow.web import create_app
from cchc_flow.workflow.item import Item

MODULE = loading.load_manager().get_plugin("public_finance")

world, road, advice = finance.world, finance.road, finance.advice


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound("public_finance", MODULE.workflows())


def test_every_figure_has_a_source_and_every_rule_its_words() -> None:
    assert {one.key: one.value for one in MODULE.figures()} == {
        "disbursement": "95",
        "revenue_growth": "10",
        "recommendations": "100",
        "payment_days": "31",
    }
    assert all(one.source for one in MODULE.figures())
    assert len({one.key for one in MODULE.rules()}) == len(MODULE.rules()) == 15


def test_without_a_plan_there_is_nothing_to_count(world: AreaWorld) -> None:
    assert [one.value for one in world.ask("measures")] == [None, None, None]
    assert [one.note for one in world.ask("measures")] == ["", "", ""]


# The plan's tasks


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("investment_project", {"code": "1", "budget_year": "2026"}),
        ("revenue", {"period": "2026-01", "this_year": "1", "last_year": "1"}),
        ("audit_recommendation", RECOMMENDATION),
    ],
)
def test_a_task_is_not_closed_before_what_is_written_for_it(
    world: AreaWorld, kind: str, fields: dict[str, str]
) -> None:
    entry = world.write(kind, "Việc phải xong trước", task=TASK, **fields)
    assert [one.words for one in world.badges(TASK)] == ["1 mục tài chính chưa xong"]
    world.submitted()
    world.take("hoa", "approve", quality="met")
    with pytest.raises(RuleBroken, match="1 mục ghi cho nhiệm vụ này chưa xong: «Việc phải xong trước»"):
        world.take("nam", "close")
    world.take("hoa", "void", entry.id, reason="Ghi nhầm nhiệm vụ.")
    world.take("nam", "close")
    assert world.entry(TASK).state == "closed" and world.badges(TASK) == []


@pytest.mark.parametrize("kind", ["investment_project", "audit_recommendation"])
def test_an_entry_names_only_tasks_of_the_area(world: AreaWorld, kind: str) -> None:
    fields = RECOMMENDATION if kind == "audit_recommendation" else {"code": "1", "budget_year": "2026"}
    with pytest.raises(RuleBroken, match="không thuộc tài chính công"):
        world.write(kind, "Nhầm", task="2026-III.1.1", **fields)


def test_a_task_without_entries_is_done_as_ever(world: AreaWorld) -> None:
    world.submitted()
    world.take("hoa", "approve", quality="met")
    world.take("nam", "close")
    assert world.entry(TASK).state == "closed"


# What is shown


def test_the_report_tells_what_was_paid_collected_and_carried_out(
    world: AreaWorld, road: Item, advice: Item
) -> None:
    pay(world, road, "6.250.000.000", "6.250.000.000")
    collect(world, "2026-01", "1.100", "1.000")
    collect(world, "2026-02", "1.300", "1.000")
    told = section(world, "2026-02")
    assert told.rows == (
        ("Đường thôn 3 (vốn năm 2026)", "10.000.000.000", "6.250.000.000", "62,5\xa0%"),
        ("Thu ngân sách tháng 2/2026", "1.000", "1.300", "+30\xa0%"),
    )
    words = " ".join(told.paragraphs)
    assert "Số liệu ghi đến ngày 02/03/2026." in words
    assert "Tỷ lệ giải ngân vốn đầu tư công năm 2026: 62,5\xa0%." in words
    assert "Mức tăng thu ngân sách năm 2026 so với cùng kỳ năm 2025: +20\xa0%." in words
    assert "năm 2026: 0\xa0% (0/1 kiến nghị)." in words
    assert section(world, "2026-01").rows[-1] == (
        "Thu ngân sách tháng 1/2026",
        "1.000",
        "1.100",
        "+10\xa0%",
    )


def test_the_report_of_january_still_tells_of_last_years_money(world: AreaWorld, road: Item) -> None:
    go_to(world, "2027-01-20")
    told = section(world, "2027-01")
    assert [row[0] for row in told.rows] == ["Đường thôn 3 (vốn năm 2026)"]
    assert any("năm 2027: chưa có số liệu" in words for words in told.paragraphs)
    go_to(world, "2027-02-20")
    assert section(world, "2027-02").rows == ()


def test_the_page_of_the_area_draws_whole(world: AreaWorld, road: Item, advice: Item) -> None:
    pay(world, road, "6.250.000.000", "6.250.000.000")
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=world.ws.plugins)
    text = site.visitor("lan").get("/xa-mau/areas/public_finance").text
    for words in (
        "Đường thôn 3 (vốn năm 2026)",
        "62,5\xa0%",
        "Thu hồi chi sai định mức",
        "125.500.000",
        "năm 2026: đến hết 31/01/2027",
        "Thời gian còn được thanh toán vốn",
        "Tỷ lệ kiến nghị thanh tra, kiểm toán đã thực hiện xong năm 2026",
    ):
        assert words in text, words
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_every_event_of_the_registers_fits_its_schema(world: AreaWorld, road: Item, advice: Item) -> None:
    pay(world, road, "5.000", "5.000")
    back = {"amount": "1.000", "paid_total": "4.000", "paid_on": "2026-03-02", "voucher": "9/KB"}
    world.take("lan", "recover", road.id, reason="Thanh toán thừa.", **back)
    world.take("hoa", "finish", road.id, override="Hết khối lượng.")
    world.take("hoa", "resume", road.id, reason="Còn khối lượng.")
    entry = collect(world, "2026-01", "110", "100", task=TASK)
    given = {"this_year": "115", "last_year": "100", "document": "18/KB", "confirmed_on": "2026-02-02"}
    world.take("lan", "confirm", entry.id, **given)
    record(world, advice, "125.500.000", evidence=PROOF, note="Đã nộp ngân sách.")
    world.take("hoa", "close", advice.id, closed_on="2026-03-02")
    known = schemas("public_finance")
    told = [pair for pair in world.told() if not pair[0].startswith("task/")]
    assert len(told) == 11
    for name, fields in told:
        Draft202012Validator(known[name]).validate(fields)
        assert all(value is None or isinstance(value, str) for value in fields.values())
