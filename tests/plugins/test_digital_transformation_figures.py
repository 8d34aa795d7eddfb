"""The monthly figures of digital transformation: signed documents and services, and their readings."""

import pytest
from support import digital
from support.digital import DOCUMENTS, documents
from support.registers import AreaWorld, go_to

from cchc_flow import commands
from cchc_flow.commands.asking import RuleBroken
from cchc_flow.errors import NotAllowed
from cchc_flow.workflow.item import Item

SERVICES = {"services": "80", "mobile": "76", "users": "1.250", "identified": "1.200"}

world = digital.world


def services(world: AreaWorld, month: str, **numbers: str) -> Item:
    return world.write("online_services", f"Dịch vụ công {month}", period=month, **SERVICES | numbers)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"secret": "413"}, "Số văn bản mật nhiều hơn tổng số văn bản"),
        ({"signed": "401"}, "Có 400 văn bản không mật, không thể có 401 văn bản ký số"),
        ({"signed": "1,5"}, "Số 1,5 không phải số nguyên"),
    ],
)
def test_documents_that_cannot_be_are_refused(
    world: AreaWorld, numbers: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        documents(world, "2026-02", **numbers)
    entry = documents(world, "2026-02")
    with pytest.raises(RuleBroken, match=sentence):
        world.take("lan", "correct", entry.id, **DOCUMENTS | numbers)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"mobile": "81"}, "Dịch vụ dùng được trên nhiều phương tiện: 81, nhiều hơn tổng 80"),
        ({"identified": "1.251"}, r"Người được định danh: 1\.251, nhiều hơn tổng 1\.250"),
        ({"users": "0,5", "identified": "0"}, "không phải số nguyên"),
    ],
)
def test_services_that_cannot_be_are_refused(
    world: AreaWorld, numbers: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        services(world, "2026-02", **numbers)
    entry = services(world, "2026-02")
    with pytest.raises(RuleBroken, match=sentence):
        world.take("lan", "correct", entry.id, **SERVICES | numbers)


@pytest.mark.parametrize("period", ["2026-Q1", "2026"])
def test_monthly_figures_are_those_of_one_month(world: AreaWorld, period: str) -> None:
    with pytest.raises(RuleBroken, match="không phải một tháng"):
        documents(world, period)


def test_a_month_whose_window_has_not_begun_has_no_figures(world: AreaWorld) -> None:
    documents(world, "2026-03")
    with pytest.raises(RuleBroken, match="Chưa đến kỳ số liệu của tháng 4/2026"):
        documents(world, "2026-04")
    go_to(world, "2026-03-15")
    documents(world, "2026-04")


def test_a_unit_tells_a_month_once(world: AreaWorld) -> None:
    entry = documents(world, "2026-02")
    with pytest.raises(RuleBroken, match="Đơn vị đã ghi số liệu tháng 2/2026"):
        documents(world, "2026-02")
    documents(world, "2026-02", lead="tram-y-te")
    world.take("hoa", "void", entry.id, reason="Nhầm đơn vị.")
    documents(world, "2026-02")


def test_a_month_is_final_only_after_its_window_and_by_a_head(world: AreaWorld) -> None:
    entry = documents(world, "2026-03")
    with pytest.raises(RuleBroken, match="Kỳ số liệu của tháng 3/2026 đến hết 14/03/2026"):
        world.take("binh", "confirm", entry.id)
    go_to(world, "2026-03-15")
    with pytest.raises(NotAllowed):
        world.take("lan", "confirm", entry.id)
    assert world.take("binh", "confirm", entry.id).item.state == "confirmed"
    assert world.take("hoa", "reconsider", entry.id, reason="Thiếu văn bản.").item.state == "reported"


def test_the_figures_of_services_are_final_only_after_the_window(world: AreaWorld) -> None:
    entry = services(world, "2026-03")
    with pytest.raises(RuleBroken, match="đến hết 14/03/2026"):
        world.take("binh", "confirm", entry.id)


def test_secret_documents_are_left_out_of_the_share_of_signed_ones(world: AreaWorld) -> None:
    """396 of 400 and 200 of 200: 596 of 600 is 99.33 %."""
    first = documents(world, "2026-01")
    documents(world, "2026-02", total="230", secret="30", signed="200")
    reading = world.measure("signed_2026")
    assert (reading.value, reading.count, reading.of) == ("99.33", 596, 600)
    assert reading.note == "Chưa đạt mức 100\xa0%."
    assert [(one.kind, one.words) for one in world.badges(first.id)] == [("soon", "Ký số 99\xa0%")]


def test_where_all_documents_are_secret_there_is_nothing_to_count(world: AreaWorld) -> None:
    entry = documents(world, "2026-02", total="5", secret="5", signed="0")
    reading = world.measure("signed_2026")
    assert (reading.value, reading.of, reading.note) == (None, 0, "")
    assert reading.absence == "Không phát sinh"
    assert [one.words for one in world.badges(entry.id)] == ["Không phát sinh"]


def test_a_share_just_below_the_aim_is_not_said_to_meet_it(world: AreaWorld) -> None:
    documents(world, "2026-02", total="1.000.000", secret="0", signed="999.999")
    reading = world.measure("signed_2026")
    assert (reading.value, reading.note) == ("100", "Chưa đạt mức 100\xa0%.")


def test_the_newest_month_tells_of_services_and_all_months_of_users(world: AreaWorld) -> None:
    """76 of 80 in January, 80 of 80 in February; users 1 200 of 1 250 and 750 of 750: 1 950 of 2 000."""
    services(world, "2026-01")
    newest = services(world, "2026-02", mobile="80", users="750", identified="750")
    mobile, identified = world.measure("mobile_2026"), world.measure("identified_2026")
    assert (mobile.value, mobile.items, mobile.note) == (
        "100",
        (newest.id,),
        "Đạt mức 100\xa0%.",
    )
    assert "số liệu tháng 2/2026" in mobile.title
    assert (identified.value, identified.count, identified.of) == ("97.5", 1950, 2000)


def test_without_entries_there_is_nothing_to_count(world: AreaWorld) -> None:
    found = world.ask("measures")
    yearly = {f"{key}_2026" for key in ("signed", "mobile", "identified", "reports", "plan")}
    assert {one.key for one in found} == yearly | {"accounts", "certificates"}
    assert [one.value for one in found] == [None] * 7


def test_last_years_readings_stay_last_years(world: AreaWorld) -> None:
    documents(world, "2026-01")
    go_to(world, "2027-01-10")
    assert world.measure("signed_2026").value == "99"
    assert world.measure("signed_2027").value is None


def test_an_aim_follows_its_figure(world: AreaWorld) -> None:
    documents(world, "2026-02")
    commands.set_figure(
        world.ws, "digital_transformation", "signed", "99", "QĐ 9/QĐ-UBND", world.order("hoa")
    )
    assert world.measure("signed_2026").note == "Đạt mức 99\xa0%."
