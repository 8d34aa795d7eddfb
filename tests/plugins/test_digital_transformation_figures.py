"""The monthly figures of digital transformation: signed documents and services, and their readings."""

import re

import pytest
from support import digital
from support.digital import AREA, DOCUMENTS, documents
from support.registers import AreaCommune, go_to

from cchc_flow import commands
from cchc_flow.plugin_host.rule_checks import RuleBroken

SERVICES = {"services": "80", "mobile": "76", "users": "1.250", "identified": "1.200"}

commune = digital.commune


def services(commune: AreaCommune, month: str, **numbers: str) -> str:
    return commune.entry("online_services", title=f"Dịch vụ công {month}", period=month, **SERVICES | numbers)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"secret": "413"}, "Số văn bản mật nhiều hơn tổng số văn bản"),
        ({"signed": "401"}, "Có 400 văn bản không mật, không thể có 401 văn bản ký số"),
        ({"signed": "1,5"}, "Số 1,5 không phải số nguyên"),
    ],
)
def test_documents_that_cannot_be_are_refused(
    commune: AreaCommune, numbers: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        documents(commune, "2026-02", **numbers)
    entry = documents(commune, "2026-02")
    assert sentence in commune.when(entry, "correct", "officer", **DOCUMENTS | numbers).refusal


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"mobile": "81"}, "Dịch vụ dùng được trên nhiều phương tiện: 81, nhiều hơn tổng 80"),
        ({"identified": "1.251"}, r"Người được định danh: 1\.251, nhiều hơn tổng 1\.250"),
        ({"users": "0,5", "identified": "0"}, "không phải số nguyên"),
    ],
)
def test_services_that_cannot_be_are_refused(
    commune: AreaCommune, numbers: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        services(commune, "2026-02", **numbers)
    entry = services(commune, "2026-02")
    assert re.search(sentence, commune.when(entry, "correct", "officer", **SERVICES | numbers).refusal)


@pytest.mark.parametrize("period", ["2026-Q1", "2026"])
def test_monthly_figures_are_those_of_one_month(commune: AreaCommune, period: str) -> None:
    with pytest.raises(RuleBroken, match="không phải một tháng"):
        documents(commune, period)


def test_a_month_whose_window_has_not_begun_has_no_figures(commune: AreaCommune) -> None:
    documents(commune, "2026-03")
    with pytest.raises(RuleBroken, match="Chưa đến kỳ số liệu của tháng 4/2026"):
        documents(commune, "2026-04")
    go_to(commune, "2026-03-15")
    documents(commune, "2026-04")


def test_a_unit_tells_a_month_once(commune: AreaCommune) -> None:
    entry = documents(commune, "2026-02")
    with pytest.raises(RuleBroken, match="Đơn vị đã ghi số liệu tháng 2/2026"):
        documents(commune, "2026-02")
    documents(commune, "2026-02", lead="tram-y-te")
    commune.take("coordinator", "void", entry, reason="Nhầm đơn vị.")
    documents(commune, "2026-02")


def test_a_month_is_final_only_after_its_window_and_by_a_head(commune: AreaCommune) -> None:
    entry = documents(commune, "2026-03")
    refusal = commune.when(entry, "confirm", "unit_head").refusal
    assert "Kỳ số liệu của tháng 3/2026 đến hết 14/03/2026" in refusal
    go_to(commune, "2026-03-15")
    refusal = commune.when(entry, "confirm", "officer").refusal
    assert "Việc này do thủ trưởng đơn vị chủ trì hoặc đầu mối CCHC thực hiện." in refusal
    assert commune.take("unit_head", "confirm", entry).state == "confirmed"
    assert commune.take("coordinator", "reconsider", entry, reason="Thiếu văn bản.").state == "reported"


def test_the_figures_of_services_are_final_only_after_the_window(commune: AreaCommune) -> None:
    entry = services(commune, "2026-03")
    refusal = commune.when(entry, "confirm", "unit_head").refusal
    assert "đến hết 14/03/2026" in refusal


def test_secret_documents_are_left_out_of_the_share_of_signed_ones(commune: AreaCommune) -> None:
    """396 of 400 and 200 of 200: 596 of 600 is 99.33 %."""
    first = documents(commune, "2026-01")
    documents(commune, "2026-02", total="230", secret="30", signed="200")
    reading = commune.measure(AREA, "signed_2026")
    assert (reading.value, reading.count, reading.of) == ("99.33", 596, 600)
    assert reading.note == "Chưa đạt mức 100\xa0%."
    assert commune.badges_with_kinds(first) == [("soon", "Ký số 99\xa0%")]


def test_where_all_documents_are_secret_there_is_nothing_to_count(commune: AreaCommune) -> None:
    entry = documents(commune, "2026-02", total="5", secret="5", signed="0")
    reading = commune.measure(AREA, "signed_2026")
    assert (reading.value, reading.of, reading.note) == (None, 0, "")
    assert reading.absence == "Không phát sinh"
    assert commune.badges(entry) == ["Không phát sinh"]


def test_a_share_just_below_the_aim_is_not_said_to_meet_it(commune: AreaCommune) -> None:
    documents(commune, "2026-02", total="1.000.000", secret="0", signed="999.999")
    reading = commune.measure(AREA, "signed_2026")
    assert (reading.value, reading.note) == ("100", "Chưa đạt mức 100\xa0%.")


def test_the_newest_month_tells_of_services_and_all_months_of_users(commune: AreaCommune) -> None:
    """76 of 80 in January, 80 of 80 in February; users 1 200 of 1 250 and 750 of 750: 1 950 of 2 000."""
    services(commune, "2026-01")
    newest = services(commune, "2026-02", mobile="80", users="750", identified="750")
    mobile, identified = commune.measure(AREA, "mobile_2026"), commune.measure(AREA, "identified_2026")
    assert (mobile.value, mobile.items, mobile.note) == (
        "100",
        (newest,),
        "Đạt mức 100\xa0%.",
    )
    assert "số liệu tháng 2/2026" in mobile.title
    assert (identified.value, identified.count, identified.of) == ("97.5", 1950, 2000)


def test_without_entries_there_is_nothing_to_count(commune: AreaCommune) -> None:
    measures = commune.ask("measures")
    yearly = {f"{key}_2026" for key in ("signed", "mobile", "identified", "reports", "plan")}
    assert {measure.key for measure in measures} == yearly | {"accounts", "certificates"}
    assert [measure.value for measure in measures] == [None] * 7


def test_last_years_readings_stay_last_years(commune: AreaCommune) -> None:
    documents(commune, "2026-01")
    go_to(commune, "2027-01-10")
    assert commune.measure(AREA, "signed_2026").value == "99"
    assert commune.measure(AREA, "signed_2027").value is None


def test_an_aim_follows_its_figure(commune: AreaCommune) -> None:
    documents(commune, "2026-02")
    commands.set_figure(commune.ws, AREA, "signed", "99", "QĐ 9/QĐ-UBND", commune.order("coordinator"))
    assert commune.measure(AREA, "signed_2026").note == "Đạt mức 99\xa0%."
