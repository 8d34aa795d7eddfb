"""What is counted of documents and of monitoring, and where it is told: marks, report, panel, page."""

from typing import Any

from support import lawmaking
from support.lawmaking import AREA, CONCLUDED, PUBLISHED, WAY, document, monitoring, walk
from support.registers import AreaCommune

from cchc_flow.hookspecs import Measure

LATE = {"published_on": "2026-03-09", "override": "Lỗi mạng."}

commune = lawmaking.commune


# What is counted


def measured(commune: AreaCommune) -> dict[str, Measure]:
    return {measure.key: measure for measure in commune.ask("measures")}


def test_without_documents_nothing_arises(commune: AreaCommune) -> None:
    found = measured(commune)
    assert list(found) == ["lawful", "communicated", "self_checked", "handled", "monitored"]
    assert {(one.value, one.of, one.items) for one in found.values()} == {(None, 0, ())}


def test_the_shares_of_a_year_as_counted_by_hand(commune: AreaCommune) -> None:
    """Eight documents: see beside each what it adds."""
    good = walk(commune, document(commune, "A", due="2026-04-30"), "self_check", number="1")
    late = walk(commune, document(commune, "B"), "publish", number="2", **LATE)
    waits = walk(commune, document(commune, "C"), "sign", signed_on="2026-03-31", effective_on="2026-04-30")
    overdue = walk(commune, document(commune, "D"), "sign")
    document(commune, "E")
    unlawful = walk(commune, document(commune, "F"), "self_check", number="3", outcome="unlawful")
    commune.take("coordinator", "drop", document(commune, "G"), decision="1/TB", reason="Thôi.")
    unposted = document(commune, "H")
    commune.take("officer", "appraise", unposted, override="Rút gọn.", **WAY[2][1])
    found = {key: (one.value, one.count, one.of) for key, one in measured(commune).items()}
    assert found["lawful"] == ("25", 1, 4)  # A of A B D F: C may still be published in time
    assert found["communicated"] == ("83.33", 5, 6)  # A B C D F of these and H: E is still being drafted
    assert found["self_checked"] == ("66.67", 2, 3)  # A F of A B F
    assert found["handled"] == ("0", 0, 1)  # F
    assert set(measured(commune)["lawful"].items) == {good, late, overdue, unlawful}
    assert set(measured(commune)["communicated"].items) == {good, late, waits, overdue, unlawful, unposted}
    commune.take("officer", "handle", unlawful, handled_on="2026-03-30", handled_by="6/2026/QĐ-UBND")
    assert measured(commune)["handled"].value == "100"


def test_a_document_signed_after_its_due_day_is_not_in_time(commune: AreaCommune) -> None:
    entry = document(commune, due="2026-04-02")
    commune.wait(days=5)
    walk(
        commune,
        entry,
        "publish",
        signed_on="2026-04-03",
        effective_on="2026-04-20",
        published_on="2026-04-04",
    )
    assert (measured(commune)["lawful"].value, measured(commune)["lawful"].of) == ("0", 1)


def test_a_document_counts_in_the_year_of_its_signing(commune: AreaCommune) -> None:
    walk(commune, document(commune), "publish")
    waiting = document(commune, "Còn đang soạn thảo")
    commune.take("officer", "post", waiting, **WAY[0][1])
    commune.wait(days=300)
    assert measured(commune)["lawful"].value is None
    assert measured(commune)["communicated"].items == (waiting,)


def test_monitoring_is_counted_without_what_was_given_up(commune: AreaCommune) -> None:
    first, _, _, dropped = (monitoring(commune, title) for title in "ABCD")
    commune.take("officer", "conclude", first, **CONCLUDED)
    commune.take("leader", "drop", dropped, decision="2/TB", reason="Gộp vào đợt khác.")
    found = measured(commune)["monitored"]
    assert (found.value, found.count, found.of) == ("33.33", 1, 3)


# What is told


def words(commune: AreaCommune, entry: str) -> list[tuple[str, str]]:
    return [(badge.kind, badge.words) for badge in commune.ask("badges", item=commune.then(entry))]


def test_a_signed_document_shows_how_long_it_may_still_wait(commune: AreaCommune) -> None:
    task = commune.task(AREA)
    entry = walk(
        commune, document(commune, task=task), "sign", signed_on="2026-03-30", effective_on="2026-05-01"
    )
    assert words(commune, entry) == [("soon", "Còn 1 ngày để công bố")]
    assert words(commune, task) == [("soon", "Chờ công bố 1 văn bản")]
    commune.wait(days=1)
    assert words(commune, entry) == [("soon", "Phải công bố hôm nay")]
    commune.wait(days=2)
    assert words(commune, entry) == [("late", "Chậm công bố 2 ngày")]
    late = PUBLISHED | {"published_on": "2026-04-04", "override": "Lỗi mạng."}
    commune.take("officer", "publish", entry, **late)
    assert words(commune, entry) == [("done_late", "Công bố chậm")]
    assert words(commune, task) == []


def test_a_document_with_findings_shows_them_until_they_are_handled(commune: AreaCommune) -> None:
    entry = walk(commune, document(commune), "self_check", outcome="unlawful")
    assert words(commune, entry) == [("late", "Có nội dung phải xử lý")]
    walk(commune, entry, "handle")
    assert words(commune, entry) == []


def test_the_section_of_a_report_tells_what_fell_into_its_days(commune: AreaCommune) -> None:
    """March 2026 is 15 February to 14 March: posting lies before, the self-check after."""
    walk(commune, document(commune, "A"))
    walk(
        commune,
        document(commune, "B", form="council_resolution"),
        "publish",
        number="02/2026/NQ-HĐND",
        adopted_on="2026-03-03",
        **LATE,
    )
    commune.take("officer", "conclude", monitoring(commune), **(CONCLUDED | {"done_on": "2026-03-14"}))
    monitoring(commune, "Kiểm tra")
    section = commune.section("2026-03")
    assert section.paragraphs == (
        "Số liệu tháng 3/2026 tính từ ngày 15/02/2026 đến ngày 14/03/2026.",
        "Văn bản quy phạm pháp luật: ký ban hành 2 văn bản "
        "(1 nghị quyết của HĐND, 1 quyết định của UBND); công bố 2 văn bản.",
        "Công bố chậm so với thời hạn 3 ngày: 1 văn bản.",
        "Theo dõi thi hành pháp luật: thực hiện 1 nhiệm vụ trong kỳ, lũy kế 1/2 nhiệm vụ.",
    )
    assert section.rows[1] == (
        "05/2026/QĐ-UBND", "A", "04/03/2026", "07/03/2026", "14/03/2026", "xamau.vn/van-ban/5"
    )  # fmt: skip
    assert [row[1] for row in section.rows] == ["B", "A"]


def test_a_period_in_which_nothing_was_signed_does_not_tell_by_form(commune: AreaCommune) -> None:
    walk(commune, document(commune), "close_opinions")
    section = commune.section("2026-02")
    assert section.paragraphs[1] == "Văn bản quy phạm pháp luật: đăng lấy ý kiến 1 dự thảo."


def test_an_empty_register_has_no_figures_yet(commune: AreaCommune) -> None:
    section = commune.section("2026-03")
    assert section.paragraphs[1:] == (
        "Văn bản quy phạm pháp luật: chưa có số liệu.",
        "Theo dõi thi hành pháp luật: chưa có số liệu.",
    )
    assert section.rows == ()
    assert {one.absence for one in measured(commune).values()} == {"Chưa có số liệu"}


def test_a_year_and_a_period_without_documents_are_valid_answers_of_a_register_that_is_kept(
    commune: AreaCommune,
) -> None:
    walk(commune, document(commune), "self_check")
    assert measured(commune)["handled"].absence == "Không phát sinh"
    commune.wait(days=365)
    found = measured(commune)
    assert {found[key].absence for key in ("lawful", "communicated", "self_checked", "handled")} == {
        "Không phát sinh"
    }
    section = commune.section("2027-03")
    assert section.paragraphs[1] == "Văn bản quy phạm pháp luật: không phát sinh."
    document(commune)
    assert measured(commune)["lawful"].absence == "Chưa có số liệu"


def test_the_panel_tells_where_documents_stand_and_what_waits(commune: AreaCommune) -> None:
    walk(commune, document(commune, "A"), "sign")
    walk(commune, document(commune, "B"), "publish")
    walk(commune, document(commune, "C"), "self_check", number="3", outcome="unlawful")
    document(commune, "D")
    values = commune.ask("panel").values
    stages: Any = values["stages"]
    assert dict(stages)["Đang soạn thảo"] == dict(stages)["Đã công bố"] == 1
    waiting: Any = values["waiting"]
    assert {(title, words) for _, title, words, _ in waiting} == {
        ("A", "Chậm công bố 25 ngày"), ("B", "Chờ tự kiểm tra"), ("C", "Chờ xử lý")
    }  # fmt: skip


def test_the_page_of_the_area_draws_its_panel_measures_and_rules(commune: AreaCommune) -> None:
    walk(commune, document(commune, "Quyết định về chợ"), "publish")
    text = commune.page(f"areas/{AREA}", "officer")
    for told in ("Chờ tự kiểm tra", "100\xa0%", "Chưa có số liệu", "Văn bản trong năm", "Điều 53"):
        assert told in text
    assert "Không vẽ được" not in text and "Không lấy được" not in text
