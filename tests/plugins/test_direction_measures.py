"""The area of direction: its measures by hand-calculated examples, its badges, its report."""

from support import directing
from support.directing import AREA, KINH_TE, VHXH, Y_TE, DirectionCommune

from cchc_flow import commands

commune = directing.commune


def reads(commune: DirectionCommune, key: str) -> tuple[str | None, int | None, int | None]:
    measure = commune.area_measure(key)
    return measure.value, measure.count, measure.of


# Measures


def test_of_nothing_there_is_nothing_to_count(commune: DirectionCommune) -> None:
    assert {measure.key: measure.value for measure in commune.ask("measures")} == {
        "inspected": "0",
        "initiatives": "0",
        "documents_cut": None,
        "meetings_cut": None,
        "sipas": None,
        "health": None,
        "education": None,
        "par": None,
        "rank_gain": None,
        "self_assessed": None,
        "dialogues": "0",
        "petitions": None,
    }


def test_a_unit_is_counted_once_however_often_it_was_inspected(commune: DirectionCommune) -> None:
    commune.inspect(KINH_TE)
    second = commune.inspect(KINH_TE, override="Kiểm tra lại.")
    commune.do(commune.inspection(Y_TE), "hold", held_on="2026-03-02")
    # One unit of three: what is not concluded does not count.
    assert reads(commune, "inspected") == ("33.33", 1, 3)
    assert len(commune.area_measure("inspected").items) == 1 and second.state == "concluded"
    assert "tối thiểu 50\xa0%, chưa đạt" in commune.area_measure("inspected").note


def test_half_of_the_units_is_enough(commune: DirectionCommune) -> None:
    commune.inspect(KINH_TE)
    commands.change_unit(commune.ws, Y_TE, "Trạm Y tế", (), False, commune.order("admin"))
    assert reads(commune, "inspected") == ("50", 1, 2)
    assert "đã đạt" in commune.area_measure("inspected").note


def test_a_unit_that_is_gone_is_neither_inspected_nor_one_of_all(commune: DirectionCommune) -> None:
    commune.inspect(KINH_TE)
    commands.change_unit(commune.ws, KINH_TE, "Phòng Kinh tế", (), False, commune.order("admin"))
    assert reads(commune, "inspected") == ("0", 0, 2)


def test_an_inspection_of_another_year_does_not_count(commune: DirectionCommune) -> None:
    commune.inspect(KINH_TE, on="2025-12-30")
    assert reads(commune, "inspected") == ("0", 0, 3)


def test_units_with_a_recognised_initiative_count_and_those_that_wait_are_told(
    commune: DirectionCommune,
) -> None:
    commune.recognise(KINH_TE)
    commune.recognise(KINH_TE)
    commune.recognise(VHXH)
    commune.initiative(Y_TE)
    # Two units of three; the third waits.
    assert reads(commune, "initiatives") == ("66.67", 2, 3)
    assert "Thêm 1 đơn vị chờ công nhận" in commune.area_measure("initiatives").note


def test_documents_and_meetings_are_compared_with_the_same_time_a_year_earlier(
    commune: DirectionCommune,
) -> None:
    commune.figures(KINH_TE, "2026-01", 80, 100, 9, 10)
    commune.figures(KINH_TE, "2026-02", 90, 100, 10, 10)
    commune.figures(Y_TE, "2026-Q1", 1060, 1300, 18, 20)
    # Documents 80 + 90 + 1060 = 1230 of 1500: 270 fewer, 18 %. Meetings 37 of 40: 3 fewer, 7.5 %.
    documents, meetings = commune.area_measure("documents_cut"), commune.area_measure("meetings_cut")
    assert (documents.value, meetings.value) == ("18", "7.5")
    assert documents.note == "1.230 văn bản, cùng kỳ 1.500. Mục tiêu: tối thiểu 15\xa0%, đã đạt."
    assert meetings.note == "37 cuộc, cùng kỳ 40. Mục tiêu: tối thiểu 10\xa0%, chưa đạt."
    assert len(documents.items) == 3


def report(commune: DirectionCommune, unit: str, period: str, *, accept: bool = True, **told: str) -> None:
    """Submit a unit's report, and accept it."""
    item = f"2026-report:{unit}:{period}"
    commune.take("officer", "submit", item, report=told)
    if accept:
        commune.take("coordinator", "accept", item)


def test_what_a_unit_reported_goes_before_what_stands_in_the_register(commune: DirectionCommune) -> None:
    commune.figures(KINH_TE, "2026-01", 80, 100, 9, 10)
    commune.figures(Y_TE, "2026-01", 45, 50, 5, 5)
    commands.do_scheduled_work(commune.ws)
    told = {"documents": "90", "documents_before": "150", "meetings": "4"}
    report(commune, KINH_TE, "2026-Q1", accept=False, **told)
    documents = commune.area_measure("documents_cut")
    assert documents.note.startswith("125 văn bản, cùng kỳ 150.")  # 80 + 45: the report is not accepted yet
    commune.take("coordinator", "accept", f"2026-report:{KINH_TE}:2026-Q1")
    documents, meetings = commune.area_measure("documents_cut"), commune.area_measure("meetings_cut")
    assert documents.note.startswith("135 văn bản, cùng kỳ 200.")  # 90 + 45 of 150 + 50
    assert (documents.value, len(documents.items)) == ("32.5", 2)
    assert meetings.note.startswith("14 cuộc, cùng kỳ 15.")  # nothing to compare the four meetings with


def test_of_the_reports_of_a_unit_the_newest_has_the_running_totals(commune: DirectionCommune) -> None:
    commands.do_scheduled_work(commune.ws)
    report(commune, KINH_TE, "2026-Q1", documents="90", documents_before="100")
    commune.wait(days=31)
    commands.do_scheduled_work(commune.ws)
    report(commune, KINH_TE, "2026-04", documents="30", documents_before="150")
    assert commune.area_measure("documents_cut").note.startswith("120 văn bản, cùng kỳ 150.")


def test_more_documents_than_before_are_a_cut_below_zero(commune: DirectionCommune) -> None:
    commune.figures(KINH_TE, "2026-01", 105, 100, 0, 0)
    assert (commune.area_measure("documents_cut").value, commune.area_measure("meetings_cut").value) == (
        "-5",
        None,
    )


def test_the_reading_that_was_published_last_counts(commune: DirectionCommune) -> None:
    commune.reading("sipas", "98,4", on="2026-03-01")
    commune.reading("sipas", "97", on="2026-02-01")
    commune.reading("sipas", "99", period="2025")
    commune.reading("health", "90")
    commune.reading("education", "89,99")
    assert [commune.area_measure(key).value for key in ("sipas", "health", "education")] == [
        "98.4",
        "90",
        "89.99",
    ]
    notes = [commune.area_measure(key).note for key in ("sipas", "health", "education")]
    assert ["chưa đạt" in note for note in notes] == [False, False, True]
    assert notes[0] == "Theo Báo cáo 9/BC-UBND. Mục tiêu: tối thiểu 98\xa0%, đã đạt."


def test_the_rank_is_compared_with_that_of_the_year_before(commune: DirectionCommune) -> None:
    commune.reading("par", "88,2", rank=41, rank_before=46)
    assert (commune.area_measure("par").value, commune.area_measure("rank_gain").value) == ("88.2", "5")
    assert commune.area_measure("rank_gain").note.startswith("Hạng 46 năm trước, hạng 41 năm nay.")


def test_without_a_rank_there_is_no_gain(commune: DirectionCommune) -> None:
    commune.reading("par", "88,2", rank=41)
    assert commune.area_measure("rank_gain").value is None


def test_the_self_assessment_is_the_mean_by_the_weights_in_force(commune: DirectionCommune) -> None:
    commune.reading("part_procedures", "90")
    commune.reading("part_digital", "60")
    assert (commune.area_measure("self_assessed").value, commune.area_measure("self_assessed").note) == (
        "75", "Đã chấm 2/7 nội dung."
    )  # fmt: skip
    commands.set_figure(commune.ws, AREA, "weight_part_procedures", "2", "QĐ 9", commune.order("coordinator"))
    # (2 × 90 + 1 × 60) / 3
    assert commune.area_measure("self_assessed").value == "80"


def test_dialogues_and_their_petitions_are_counted(commune: DirectionCommune) -> None:
    commune.dialogue(petitions=3, people=40)
    commune.dialogue(people=60)
    commune.dialogue(petitions=1, on="2025-12-01")
    mine = [petition for petition in commune.petitions() if "2026-03" in (petition.due or "")]
    first, second, _ = mine
    commune.do(first, "handle", handled_on="2026-03-02", result="explained")
    commune.do(second, "drop", reason="Trùng.")
    assert commune.area_measure("dialogues").value == "2"
    assert commune.area_measure("dialogues").note == "100 lượt người dự. Mục tiêu: tối thiểu 2 cuộc, đã đạt."
    # Of the three of this year one was dropped: one of two.
    assert reads(commune, "petitions") == ("50", 1, 2)


def test_what_is_wanted_is_a_figure(commune: DirectionCommune) -> None:
    commune.reading("sipas", "97")
    commands.set_figure(commune.ws, AREA, "sipas", "96.5", "QĐ 9", commune.order("coordinator"))
    assert commune.area_measure("sipas").note.endswith("tối thiểu 96,5\xa0%, đã đạt.")


# Badges


def test_a_dialogue_shows_how_many_petitions_wait_and_whether_one_is_late(commune: DirectionCommune) -> None:
    dialogue = commune.dialogue(petitions=2)
    assert commune.badges_with_kinds(dialogue.id) == [("soon", "Còn 2 kiến nghị")]
    commune.wait(days=30)
    assert commune.badges_with_kinds(dialogue.id) == [("late", "Còn 2 kiến nghị")]
    for petition in commune.petitions():
        commune.do(petition, "handle", handled_on="2026-03-20", result="settled")
    assert commune.badges_with_kinds(dialogue.id) == [("done_in_time", "Đã giải quyết mọi kiến nghị")]


def test_an_inspection_shows_until_when_it_is_concluded(commune: DirectionCommune) -> None:
    held = commune.do(commune.inspection(KINH_TE), "hold", held_on="2026-03-02")
    assert commune.badges_with_kinds(held.id) == [("soon", "Kết luận chậm nhất ngày 23/03/2026")]
    commune.wait(days=23)
    assert commune.badges_with_kinds(held.id) == [("late", "Chậm kết luận 2 ngày")]


def test_figures_of_a_period_that_is_not_over_are_an_estimate(commune: DirectionCommune) -> None:
    estimate = commune.figures(KINH_TE, "2026-03", 5, 6, 1, 1, counted_to="2026-03-01")
    whole = commune.figures(KINH_TE, "2026-02", 5, 6, 1, 1, counted_to="2026-02-28")
    assert [commune.badges_with_kinds(entry.id) for entry in (estimate, whole)] == [
        [("soon", "Ước thực hiện")],
        [],
    ]


def test_a_reading_shows_whether_it_is_enough(commune: DirectionCommune) -> None:
    badges = [commune.badges_with_kinds(commune.reading("health", value).id) for value in ("90", "89,9")]
    assert badges == [
        [("done_in_time", "Đạt 90\xa0%")],
        [("late", "Dưới 90\xa0%")],
    ]
    assert commune.badges_with_kinds(commune.reading("par", "70").id) == []
    assert commune.badges_with_kinds(commune.initiative(KINH_TE).id) == []


# The report


def test_a_dialogue_without_petitions_tells_that_none_arose_and_no_figures_that_there_are_none_yet(
    commune: DirectionCommune,
) -> None:
    petitions = "Tỷ lệ kiến nghị sau đối thoại đã giải quyết (chỉ tiêu 14)"
    fewer = "Mức giảm văn bản hành chính so với cùng kỳ năm trước (chỉ tiêu 3)"
    assert report_values(commune, petitions, fewer) == ["Chưa có số liệu", "Chưa có số liệu"]
    commune.dialogue(people=25, on="2026-02-15")
    assert report_values(commune, petitions, fewer) == ["Không phát sinh", "Chưa có số liệu"]


def report_values(commune: DirectionCommune, *titles: str) -> list[str]:
    """Return the values of some measures in the report of March."""
    rows = {row[0]: row[2] for row in commune.section("2026-03").rows}
    return [rows[title] for title in titles]


def test_the_section_tells_what_was_held_within_the_days_of_the_period(commune: DirectionCommune) -> None:
    commune.dialogue(petitions=2, people=40, on="2026-02-14")
    commune.dialogue(people=25, on="2026-02-15")
    commune.inspect(KINH_TE, on="2026-03-02")
    section = commune.section("2026-03")
    assert section.paragraphs == (
        "Trong tháng 3/2026, xã tổ chức 1 cuộc đối thoại với 25 lượt người dự;"
        " không có kiến nghị phải giải quyết.",
        "Kiểm tra cải cách hành chính 1 cuộc, 1 cuộc đã có kết luận; lũy kế trong năm 1/3 đơn vị.",
    )
    rows = {row[0]: row[1:3] for row in section.rows}
    assert rows["Số cuộc đối thoại đã tổ chức (chỉ tiêu 14)"] == ("cuộc", "2")
    assert rows["Tỷ lệ đơn vị được kiểm tra CCHC (chỉ tiêu 1)"] == ("%", "33,33")
    assert all(len(row) == len(section.columns) for row in section.rows)
