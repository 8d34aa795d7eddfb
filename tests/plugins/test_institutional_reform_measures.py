"""What is counted of documents and of monitoring, and where it is told: marks, report, panel, page."""

from typing import Any

from support import lawmaking
from support.lawmaking import AREA, CONCLUDED, PUBLISHED, WAY, document, facts, item, monitoring, walk
from support.visitors import Site
from support.world import TASK, World

from cchc_flow.hookspecs import Measure
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugins import institutional_reform
from cchc_flow.web import create_app
from cchc_flow.workflow import periods

LATE = {"published_on": "2026-03-09", "override": "Lỗi mạng."}

plugins, world = lawmaking.plugins, lawmaking.world


# What is counted


def measured(world: World) -> dict[str, Measure]:
    return {one.key: one for one in institutional_reform.measures(facts(world))}


def test_without_documents_nothing_arises(world: World) -> None:
    found = measured(world)
    assert list(found) == ["lawful", "communicated", "self_checked", "handled", "monitored"]
    assert {(one.value, one.of, one.items) for one in found.values()} == {(None, 0, ())}


def test_the_shares_of_a_year_as_counted_by_hand(world: World) -> None:
    """Eight documents: see beside each what it adds."""
    good = walk(world, document(world, "A", due="2026-04-30"), "self_check", number="1")
    late = walk(world, document(world, "B"), "publish", number="2", **LATE)
    waits = walk(world, document(world, "C"), "sign", signed_on="2026-03-31", effective_on="2026-04-30")
    overdue = walk(world, document(world, "D"), "sign")
    document(world, "E")
    unlawful = walk(world, document(world, "F"), "self_check", number="3", outcome="unlawful")
    world.take("hoa", "drop", document(world, "G"), decision="1/TB", reason="Thôi.")
    unposted = document(world, "H")
    world.take("lan", "appraise", unposted, override="Rút gọn.", **WAY[2][1])
    found = {key: (one.value, one.count, one.of) for key, one in measured(world).items()}
    assert found["lawful"] == ("25", 1, 4)  # A of A B D F: C may still be published in time
    assert found["communicated"] == ("83.33", 5, 6)  # A B C D F of these and H: E is still being drafted
    assert found["self_checked"] == ("66.67", 2, 3)  # A F of A B F
    assert found["handled"] == ("0", 0, 1)  # F
    assert set(measured(world)["lawful"].items) == {good, late, overdue, unlawful}
    assert set(measured(world)["communicated"].items) == {good, late, waits, overdue, unlawful, unposted}
    world.take("lan", "handle", unlawful, handled_on="2026-03-30", handled_by="6/2026/QĐ-UBND")
    assert measured(world)["handled"].value == "100"


def test_a_document_signed_after_its_due_day_is_not_in_time(world: World) -> None:
    entry = document(world, due="2026-04-02")
    world.wait(days=5)
    walk(
        world, entry, "publish", signed_on="2026-04-03", effective_on="2026-04-20", published_on="2026-04-04"
    )
    assert (measured(world)["lawful"].value, measured(world)["lawful"].of) == ("0", 1)


def test_a_document_counts_in_the_year_of_its_signing(world: World) -> None:
    walk(world, document(world), "publish")
    waiting = document(world, "Còn đang soạn thảo")
    world.take("lan", "post", waiting, **WAY[0][1])
    world.wait(days=300)
    assert measured(world)["lawful"].value is None
    assert measured(world)["communicated"].items == (waiting,)


def test_monitoring_is_counted_without_what_was_given_up(world: World) -> None:
    first, _, _, dropped = (monitoring(world, title) for title in "ABCD")
    world.take("lan", "conclude", first, **CONCLUDED)
    world.take("nam", "drop", dropped, decision="2/TB", reason="Gộp vào đợt khác.")
    found = measured(world)["monitored"]
    assert (found.value, found.count, found.of) == ("33.33", 1, 3)


# What is told


def words(world: World, entry: str) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in institutional_reform.badges(item(world, entry), facts(world))]


def test_a_signed_document_shows_how_long_it_may_still_wait(world: World) -> None:
    entry = walk(world, document(world, task=TASK), "sign", signed_on="2026-03-30", effective_on="2026-05-01")
    assert words(world, entry) == [("soon", "Còn 1 ngày để công bố")]
    assert words(world, TASK) == [("soon", "Chờ công bố 1 văn bản")]
    world.wait(days=1)
    assert words(world, entry) == [("soon", "Phải công bố hôm nay")]
    world.wait(days=2)
    assert words(world, entry) == [("late", "Chậm công bố 2 ngày")]
    late = PUBLISHED | {"published_on": "2026-04-04", "override": "Lỗi mạng."}
    world.take("lan", "publish", entry, **late)
    assert words(world, entry) == [("done_late", "Công bố chậm")]
    assert words(world, TASK) == []


def test_a_document_with_findings_shows_them_until_they_are_handled(world: World) -> None:
    entry = walk(world, document(world), "self_check", outcome="unlawful")
    assert words(world, entry) == [("late", "Có nội dung phải xử lý")]
    walk(world, entry, "handle")
    assert words(world, entry) == []


def test_the_section_of_a_report_tells_what_fell_into_its_days(world: World) -> None:
    """March 2026 is 15 February to 14 March: posting lies before, the self-check after."""
    walk(world, document(world, "A"))
    walk(world, document(world, "B", form="council_resolution"), "publish", number="02/2026/NQ-HĐND", **LATE)
    world.take("lan", "conclude", monitoring(world), **(CONCLUDED | {"done_on": "2026-03-14"}))
    monitoring(world, "Kiểm tra")
    section = institutional_reform.report_section(periods.parse("2026-03"), facts(world))
    assert section.paragraphs == (
        "Số liệu tháng 3/2026 tính từ ngày 15/02/2026 đến ngày 14/03/2026.",
        "Văn bản quy phạm pháp luật: đăng lấy ý kiến 0 dự thảo; ký ban hành 2 văn bản "
        "(1 nghị quyết của HĐND, 1 quyết định của UBND); công bố 2; tự kiểm tra 0.",
        "Công bố chậm so với thời hạn 3 ngày: 1 văn bản.",
        "Theo dõi thi hành pháp luật: thực hiện 1 nhiệm vụ trong kỳ, lũy kế 1/2 nhiệm vụ.",
    )
    assert section.rows[1] == (
        "05/2026/QĐ-UBND", "A", "04/03/2026", "07/03/2026", "11/03/2026", "xamau.vn/van-ban/5"
    )  # fmt: skip
    assert [row[1] for row in section.rows] == ["B", "A"]


def test_a_period_in_which_nothing_was_signed_does_not_tell_by_form(world: World) -> None:
    walk(world, document(world), "close_opinions")
    section = institutional_reform.report_section(periods.parse("2026-02"), facts(world))
    assert section.paragraphs[1] == (
        "Văn bản quy phạm pháp luật: đăng lấy ý kiến 1 dự thảo; "
        "ký ban hành 0 văn bản; công bố 0; tự kiểm tra 0."
    )


def test_an_empty_register_has_no_figures_yet(world: World) -> None:
    section = institutional_reform.report_section(periods.parse("2026-03"), facts(world))
    assert section.paragraphs[1:] == (
        "Văn bản quy phạm pháp luật: chưa có số liệu.",
        "Theo dõi thi hành pháp luật: chưa có số liệu.",
    )
    assert section.rows == ()
    assert {one.absence for one in measured(world).values()} == {"Chưa có số liệu"}


def test_a_year_and_a_period_without_documents_are_valid_answers_of_a_register_that_is_kept(
    world: World,
) -> None:
    walk(world, document(world), "self_check")
    assert measured(world)["handled"].absence == "Không phát sinh"
    world.wait(days=365)
    found = measured(world)
    assert {found[key].absence for key in ("lawful", "communicated", "self_checked", "handled")} == {
        "Không phát sinh"
    }
    section = institutional_reform.report_section(periods.parse("2027-03"), facts(world))
    assert section.paragraphs[1] == "Văn bản quy phạm pháp luật: không phát sinh."
    document(world)
    assert measured(world)["lawful"].absence == "Chưa có số liệu"


def test_the_panel_tells_where_documents_stand_and_what_waits(world: World) -> None:
    walk(world, document(world, "A"), "sign")
    walk(world, document(world, "B"), "publish")
    walk(world, document(world, "C"), "self_check", number="3", outcome="unlawful")
    document(world, "D")
    values = institutional_reform.panel(facts(world)).values
    stages: Any = values["stages"]
    assert dict(stages)["Đang soạn thảo"] == dict(stages)["Đã công bố"] == 1
    waiting: Any = values["waiting"]
    assert {(title, words) for _, title, words, _ in waiting} == {
        ("A", "Chậm công bố 25 ngày"), ("B", "Chờ tự kiểm tra"), ("C", "Chờ xử lý")
    }  # fmt: skip


def test_the_page_of_the_area_draws_its_panel_measures_and_rules(world: World, plugins: Plugins) -> None:
    walk(world, document(world, "Quyết định về chợ"), "publish")
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=plugins)
    text = site.visitor("lan").get(f"/xa-mau/areas/{AREA}").text
    for told in ("Chờ tự kiểm tra", "100\xa0%", "Chưa có số liệu", "Văn bản trong năm", "do xã quyết định"):
        assert told in text
    assert "Không vẽ được" not in text and "Không lấy được" not in text
