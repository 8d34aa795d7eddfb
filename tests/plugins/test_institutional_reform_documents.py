"""The way of a legal document: in the order of its days; what warns on it, and what blocks it."""

import pytest
from support import lawmaking
from support.forms import send
from support.lawmaking import AREA, DRAFTED, PUBLISHED, WAY, document, walk
from support.registers import AreaCommune
from support.visitors import Site

from cchc_flow import commands
from cchc_flow.errors import IllegalMove, MissingData, NotAllowed
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned

STATES = {
    "post": "posted",
    "close_opinions": "opinions_closed",
    "appraise": "appraised",
    "sign": "signed",
    "publish": "published",
    "self_check": "self_checked",
    "handle": "self_checked",
}

commune = lawmaking.commune


# The steps


def test_a_document_goes_from_draft_to_self_check_and_keeps_its_days(commune: AreaCommune) -> None:
    task = commune.task(AREA)
    entry = document(commune, task=task)
    for step, data in WAY[:6]:
        commune.take("officer", step, entry, **data)
        assert commune.then(entry).state == STATES[step]
    kept = commune.then(entry).fields
    expected = {name: value for _, data in WAY[:6] for name, value in data.items()}
    assert {name: kept[name] for name in expected} == expected
    assert (kept["form"], kept["task"]) == ("committee_decision", task)


@pytest.mark.parametrize("missing", ["number", "published_on", "address"])
def test_a_document_is_published_only_with_number_day_and_address(commune: AreaCommune, missing: str) -> None:
    entry = walk(commune, document(commune), "sign")
    with pytest.raises(MissingData, match="Hãy nhập"):
        commune.take("officer", "publish", entry, **(PUBLISHED | {missing: ""}))
    assert commune.then(entry).state == "signed"


@pytest.mark.parametrize(("step", "data"), [one for one in WAY[1:] if one[0] != "appraise"])
def test_no_step_but_the_posting_is_skipped(commune: AreaCommune, step: str, data: dict[str, str]) -> None:
    with pytest.raises(IllegalMove):
        commune.take("officer", step, document(commune), **data)


def test_another_unit_takes_no_step(commune: AreaCommune) -> None:
    entry = document(commune, lead="phong-kinh-te")
    with pytest.raises(NotAllowed):
        commune.take("inspector", "post", entry, **WAY[0][1])


def test_a_draft_goes_back_and_its_second_round_has_days_of_its_own(commune: AreaCommune) -> None:
    entry = walk(commune, document(commune), "appraise")
    commune.take("officer", "revise", entry, reason="Thiếu đánh giá tác động.")
    assert commune.then(entry).state == "drafting"
    commune.take("officer", "post", entry, posted_on="2026-03-01", draft_address="xamau.vn/du-thao/6")
    commune.take("officer", "close_opinions", entry, opinions_closed_on="2026-03-21", opinions="0")
    commune.take("officer", "appraise", entry, appraised_on="2026-03-22", appraisal="fit")
    assert commune.then(entry).fields["appraised_on"] == "2026-03-22"


def test_giving_up_a_document_is_decided_by_coordinator_or_leader(commune: AreaCommune) -> None:
    entry = document(commune)
    given = {"decision": "15/TB-UBND", "reason": "Đã có quyết định của tỉnh."}
    with pytest.raises(NotAllowed):
        commune.take("officer", "drop", entry, **given)
    commune.take("coordinator", "drop", entry, **given)
    assert commune.then(entry).state == "dropped"


def test_an_officer_writes_a_document_and_publishes_it_by_forms(commune: AreaCommune) -> None:
    task, officer = commune.task(AREA), Site(commune.ws).visitor("officer")
    register = "/xa-mau/areas/registers/legal_document"
    wrong = send(officer, f"{register}/new", register, title="A", lead="phong-kinh-te")
    assert wrong.status_code == 422 and "Hãy chọn loại văn bản." in wrong.text
    assert send(officer, f"{register}/new", register, title="A", task=task, **DRAFTED).status_code == 303
    (entry,) = commune.entries("legal_document", task=task)
    walk(commune, entry.id, "sign")
    page = f"/xa-mau/items/{entry.id}/publications"
    warned = send(officer, f"{page}/new", page, **(PUBLISHED | {"published_on": "2026-03-20"}))
    assert warned.status_code == 422 and "quá thời hạn 3 ngày" in warned.text
    assert send(officer, f"{page}/new", page, **PUBLISHED).status_code == 303
    assert "<dd>05/2026/QĐ-UBND</dd>" in officer.get(f"/xa-mau/items/{entry.id}").text


# The order of the days


@pytest.mark.parametrize(
    ("step", "wrong", "sentence"),
    [
        ("close_opinions", {"opinions_closed_on": "2026-02-01"},
         r"Ngày kết thúc lấy ý kiến 01/02/2026 sớm hơn ngày đăng dự thảo 02/02/2026"),
        ("appraise", {"appraised_on": "2026-02-21"}, "Ngày thẩm định 21/02/2026 sớm hơn ngày kết thúc"),
        ("sign", {"signed_on": "2026-02-25"}, "Ngày ký 25/02/2026 sớm hơn ngày thẩm định 26/02/2026"),
        ("publish", {"published_on": "2026-03-03"}, "Ngày công bố 03/03/2026 sớm hơn ngày ký 04/03/2026"),
        ("self_check", {"checked_on": "2026-03-06"}, "Ngày tự kiểm tra 06/03/2026 sớm hơn ngày công bố"),
        ("handle", {"handled_on": "2026-03-19", "outcome": "unlawful"}, "sớm hơn ngày tự kiểm tra"),
    ],
)  # fmt: skip
def test_a_day_before_that_of_the_step_before_is_refused(
    commune: AreaCommune, step: str, wrong: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        walk(commune, document(commune), step, **wrong)


@pytest.mark.parametrize(("step", "data"), WAY)
def test_what_has_not_happened_yet_has_no_day(commune: AreaCommune, step: str, data: dict[str, str]) -> None:
    name = next(one for one in data if one.endswith("_on") and one != "effective_on")
    with pytest.raises(RuleBroken, match=r"02/04/2026 chưa đến"):
        walk(commune, document(commune), step, **{name: "2026-04-02", "outcome": "unlawful"})


def test_two_steps_may_fall_on_one_day(commune: AreaCommune) -> None:
    same = dict.fromkeys(("appraised_on", "signed_on", "published_on"), "2026-02-26")
    entry = walk(commune, document(commune), "publish", effective_on="2026-03-08", **same)
    assert commune.then(entry).state == "published"


# What warns


def test_publication_three_days_after_signing_is_in_time_and_on_the_fourth_late(commune: AreaCommune) -> None:
    walk(commune, document(commune), "publish", published_on="2026-03-07")
    entry = walk(commune, document(commune), "sign")
    late = PUBLISHED | {"number": "06/2026/QĐ-UBND", "published_on": "2026-03-08"}
    with pytest.raises(Warned, match=r"sau 4 ngày, quá thời hạn 3 ngày\. Nếu đúng như vậy, hãy nêu lý do"):
        commune.take("officer", "publish", entry, **late)
    commune.take("officer", "publish", entry, override="Trang thông tin bị lỗi.", **late)
    overruled = commune.ws.log.stream(f"item-{entry}")[-2]
    assert (overruled.type, overruled.data["rules"]) == (
        "item.overruled/1", ["institutional_reform.publication"]
    )  # fmt: skip


def test_the_days_for_publication_are_a_figure_with_its_source(commune: AreaCommune) -> None:
    entry = walk(commune, document(commune), "sign")
    order = commune.order("coordinator")
    commands.set_figure(commune.ws, AREA, "publication_days", "5", "QĐ 9/QĐ-UBND", order, since="01/03/2026")
    commune.take("officer", "publish", entry, **(PUBLISHED | {"published_on": "2026-03-09"}))
    assert commune.then(entry).state == "published"


@pytest.mark.parametrize(
    ("form", "adopted_on", "procedure", "effective_on", "said"),
    [
        ("committee_decision", "", "", "2026-03-14", ""),
        (
            "committee_decision",
            "",
            "ordinary",
            "2026-03-13",
            "13/03/2026 sớm hơn 10 ngày kể từ ngày ký 04/03",
        ),
        ("committee_decision", "", "shortened", "2026-03-04", ""),
        ("committee_decision", "", "shortened", "2026-03-03", "03/03/2026 sớm hơn ngày ký 04/03/2026"),
        ("council_resolution", "2026-02-27", "", "2026-03-09", ""),
        ("council_resolution", "2026-02-27", "", "2026-03-08", "sớm hơn 10 ngày kể từ ngày thông qua 27/02"),
        ("council_resolution", "2026-02-27", "shortened", "2026-02-27", ""),
    ],
)
def test_the_earliest_effect_by_article_53_of_law_64_of_2025(
    commune: AreaCommune, form: str, adopted_on: str, procedure: str, effective_on: str, said: str
) -> None:
    entry = walk(commune, document(commune, form=form), "appraise")
    given = {"adopted_on": adopted_on, "signed_on": "2026-03-04", "procedure": procedure}
    if said:
        with pytest.raises(Warned, match=said):
            commune.take("officer", "sign", entry, **given, effective_on=effective_on)
    else:
        commune.take("officer", "sign", entry, **given, effective_on=effective_on)
        assert commune.then(entry).state == "signed"


def test_what_was_signed_before_law_64_of_2025_keeps_the_seven_days_of_its_time(commune: AreaCommune) -> None:
    days = dict.fromkeys(("posted_on", "opinions_closed_on", "appraised_on", "signed_on"), "2025-03-31")
    walk(commune, document(commune), "sign", effective_on="2025-04-07", **days)
    with pytest.raises(Warned, match="sớm hơn 7 ngày kể từ ngày ký 31/03/2025"):
        walk(commune, document(commune), "sign", effective_on="2025-04-06", **days)
    days["signed_on"] = "2025-04-01"
    with pytest.raises(Warned, match="sớm hơn 10 ngày kể từ ngày ký 01/04/2025"):
        walk(commune, document(commune), "sign", effective_on="2025-04-10", **days)


def test_a_resolution_is_not_signed_without_the_day_of_its_adoption(commune: AreaCommune) -> None:
    entry = walk(commune, document(commune, form="council_resolution"), "appraise")
    with pytest.raises(RuleBroken, match="chưa ghi ngày thông qua"):
        commune.take("officer", "sign", entry, **WAY[3][1])
    with pytest.raises(RuleBroken, match="Ngày ký 04/03/2026 sớm hơn ngày thông qua 05/03/2026"):
        commune.take("officer", "sign", entry, **WAY[3][1], adopted_on="2026-03-05")
    assert commune.take("officer", "sign", entry, **WAY[3][1], adopted_on="2026-03-03").state == "signed"


def test_appraising_a_draft_that_was_not_posted_wants_a_reason(commune: AreaCommune) -> None:
    entry = document(commune)
    with pytest.raises(Warned, match="chưa được đăng lấy ý kiến"):
        commune.take("officer", "appraise", entry, **WAY[2][1])
    commune.take("officer", "appraise", entry, override="Trình tự rút gọn.", **WAY[2][1])
    assert commune.then(entry).state == "appraised"


def test_signing_what_the_appraisal_found_unfit_warns_as_no_law_was_found_that_forbids_it(
    commune: AreaCommune,
) -> None:
    entry = walk(commune, document(commune), "appraise", appraisal="unfit")
    with pytest.raises(Warned, match="chưa đủ điều kiện trình"):
        commune.take("officer", "sign", entry, **WAY[3][1])
    commune.take("officer", "revise", entry, reason="Theo báo cáo thẩm định.")
    commune.take("officer", "appraise", entry, appraised_on="2026-03-02", appraisal="fit")
    commune.take("officer", "sign", entry, **WAY[3][1])
    assert commune.then(entry).state == "signed"


# What blocks


def test_two_documents_of_one_form_never_share_a_number(commune: AreaCommune) -> None:
    walk(commune, document(commune, "Quyết định về chợ"), "publish")
    with pytest.raises(RuleBroken, match=r"Số 05/2026/QĐ-UBND đã ghi cho văn bản «Quyết định về chợ»"):
        walk(commune, document(commune), "publish")
    walk(commune, document(commune, form="council_resolution"), "publish", adopted_on="2026-03-03")


def test_only_what_the_self_check_found_is_handled(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="không thấy nội dung phải xử lý"):
        walk(commune, document(commune), "handle")
    entry = walk(commune, document(commune), "handle", outcome="unlawful", number="07/2026/QĐ-UBND")
    assert (commune.then(entry).state, commune.then(entry).fields["handled_by"]) == (
        "self_checked", "06/2026/QĐ-UBND"
    )  # fmt: skip


def test_a_correction_is_held_to_the_same_rules(commune: AreaCommune) -> None:
    entry = walk(commune, document(commune))
    given = PUBLISHED | {"effective_on": "2026-03-14", "reason": "Ghi nhầm số."}
    commune.take("officer", "correct", entry, **(given | {"number": "08/2026/QĐ-UBND"}))
    assert commune.then(entry).fields["number"] == "08/2026/QĐ-UBND"
    assert commune.then(entry).state == "self_checked"
    with pytest.raises(RuleBroken, match="Ngày tự kiểm tra 20/03/2026 sớm hơn ngày công bố 21/03/2026"):
        commune.take("officer", "correct", entry, **(given | {"published_on": "2026-03-21"}))
    with pytest.raises(Warned, match="sau 4 ngày"):
        commune.take("officer", "correct", entry, **(given | {"published_on": "2026-03-08"}))
    with pytest.raises(Warned, match="sớm hơn 10 ngày"):
        commune.take("officer", "correct", entry, **(given | {"effective_on": "2026-03-13"}))
