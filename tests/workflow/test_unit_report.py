"""What a unit tells in its report (figures, words, that nothing arose), and what is remarked on it."""

from datetime import date
from typing import Any

import msgspec
import pytest
from support.story import CONTEXT, COORDINATOR, OFFICER, Event, Story

from cchc_flow.conversion import convert
from cchc_flow.errors import MissingData
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workflow.decide import decide
from cchc_flow.workflow.definition import Field, State, Transition, Workflow
from cchc_flow.workflow.events import NAMES, ItemRemarked, ItemReported, ReportedReading, Tally
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.report_outline import CLOSING_SECTIONS, AskedReading, ReportOutline

ON_TIME, SATISFIED = AskedReading("II.2.8", 1, "Hồ sơ đúng hạn", "%"), AskedReading("II.9", 2, "Mức hài lòng")
OUTLINE = ReportOutline(
    words={"1": "Cải cách thể chế", "2": "Cải cách thủ tục hành chính", **CLOSING_SECTIONS},
    readings=(ON_TIME, SATISFIED),
    totals={"documents": "38", "meetings": None},
)


class ReportStory(Story):
    """The story of a unit's report on March, due on the 15th, whose outline is known."""

    def __init__(self) -> None:
        super().__init__(REPORT, unit="kinh-te", period="2026-03", due="2026-03-13", ref=None, area=None)

    @property
    def context(self) -> Any:
        return msgspec.structs.replace(super().context, outline_of=lambda item: OUTLINE)

    def submit(self, **report: Any) -> "ReportStory":
        """Submit the report with these values of its form."""
        self.take(OFFICER, "submit", report=report)
        return self

    def reported(self) -> ItemReported:
        """Return what was told last."""
        events = [event for event in self.events if event.type == NAMES[ItemReported]]
        return convert(events[-1].data, ItemReported)


def types(story: Story) -> list[str]:
    return [event.type for event in story.events]


def refused(**report: Any) -> dict[str, str]:
    """Return what is wrong with a report, by the name of the input."""
    with pytest.raises(MissingData) as refusal:
        ReportStory().submit(**report)
    return refusal.value.fields


def test_a_report_is_told_before_it_is_submitted() -> None:
    story = ReportStory().submit(documents="14", **{"words:2": "Đã rà soát 40 thủ tục."})
    assert types(story)[1:] == ["item.reported/1", "item.submitted/1"]
    assert story.it.state == "submitted"
    assert list(story.reported().passages) == ["2"]


def test_the_running_total_is_added_up_where_it_is_not_typed() -> None:
    told = ReportStory().submit(documents="14", documents_before="61", meetings="3").reported()
    assert told.documents == Tally(count="14", total="52", before="61")
    assert told.meetings == Tally(count="3", total=None, before=None)


def test_a_year_begins_with_its_first_period_s_number_as_the_total() -> None:
    class First(ReportStory):
        @property
        def context(self) -> Any:
            return msgspec.structs.replace(CONTEXT, outline_of=lambda item: ReportOutline())

    assert First().submit(documents="14").reported().documents == Tally(count="14", total="14", before=None)


def test_a_typed_total_stands_and_is_never_less_than_the_period_s_number() -> None:
    told = ReportStory().submit(documents="14", documents_total="1.050").reported()
    assert told.documents == Tally(count="14", total="1050", before=None)
    assert refused(documents="14", documents_total="9") == {
        "report.documents_total": "Văn bản hành chính ban hành: lũy kế không thể nhỏ hơn số trong kỳ."
    }


def test_readings_are_told_with_their_notes_and_those_left_empty_are_not() -> None:
    told = ReportStory().submit(**{"reading:II.2.8:1": "97,5 %", "note:II.2.8:1": "Trễ 1 hồ sơ."}).reported()
    (reading,) = told.readings
    assert (reading.target, reading.measure, reading.value) == ("II.2.8", 1, "97.5")
    assert reading.note is not None


def test_nothing_arose_is_a_reading_without_value() -> None:
    told = ReportStory().submit(**{"reading:II.9:2": "Không phát sinh"}).reported()
    assert told.readings == (ReportedReading(target="II.9", measure=2, value=None, note=None),)


def test_each_wrong_input_is_named_by_itself_in_one_sentence() -> None:
    wrong = refused(
        **{
            "documents": "12,5",
            "meetings": "−3",
            "reading:II.2.8:1": "n/a",
            "reading:II.9:2": "1,250",
            "words:1": "a" * 200_000,
        }
    )
    assert wrong == {
        "report.documents": "Văn bản hành chính ban hành, trong kỳ: «12,5» không phải số nguyên.",
        "report.meetings": "Cuộc họp, trong kỳ: «−3» nhỏ hơn 0; hãy ghi một số từ 0 trở lên.",
        "report.reading:II.2.8:1": "Hồ sơ đúng hạn: «n/a» không phải là số; hãy ghi như 12,5 hoặc 1.250,"
        " để trống nếu chưa có số liệu, ghi «Không phát sinh» nếu không có gì.",
        "report.reading:II.9:2": "Mức hài lòng: «1,250» hiểu được hai cách; hãy ghi 1.250 hoặc 1,25.",
        "report.words:1": "Cải cách thể chế: dài quá 20.000 ký tự.",
    }


def test_a_note_without_a_figure_asks_for_the_figure() -> None:
    assert refused(**{"note:II.9:2": "Chưa khảo sát."}) == {
        "report.reading:II.9:2": "Mức hài lòng: có ghi chú mà chưa có số liệu; hãy nhập số,"
        " hoặc ghi «Không phát sinh»."
    }


def test_what_the_report_does_not_ask_for_any_more_is_not_lost_in_silence() -> None:
    (sentence,) = refused(documents="1", **{"reading:II.77:1": "5"}).values()
    assert sentence == (
        "Báo cáo này không còn hỏi: số liệu chỉ tiêu II.77 (đã nhập «5»)."
        " Hãy chép lại nếu cần, kiểm tra rồi gửi lại."
    )


def test_that_nothing_arose_says_so_of_everything_and_is_not_empty() -> None:
    story = ReportStory().submit(nothing="1")
    told = story.reported()
    assert told.nothing
    assert told.documents == Tally(count="0", total="38", before=None)
    assert [reading.target for reading in told.readings] == ["II.2.8", "II.9"]
    assert {reading.value for reading in told.readings} == {None}
    assert (story.it.fields["nothing"], story.it.fields["documents"]) == ("1", "0")


def test_an_empty_report_with_words_of_its_own_does_not_say_that_nothing_arose() -> None:
    story = ReportStory()
    story.take(OFFICER, "submit", result="Gửi kèm tệp.")
    told = story.reported()
    assert (told.nothing, told.documents, told.readings) == (False, None, ())


def test_nothing_arose_beside_something_that_did_is_refused_with_the_places() -> None:
    told = {"nothing": "1", "documents": "2", "words:2": "Đã rà soát.", "reading:II.9:2": "5"}
    assert refused(**told) == {
        "report": "Đã chọn «Không phát sinh» nhưng còn nội dung ở mục: Văn bản hành chính ban hành,"
        " Số liệu chỉ tiêu, Cải cách thủ tục hành chính."
        " Hãy xóa nội dung đó, hoặc nộp báo cáo như bình thường."
    }


def test_a_late_report_says_by_how_many_days() -> None:
    assert ReportStory().submit(documents="1").reported().late == 0
    story = ReportStory()
    story.wait(60 * 24 * 14)
    assert story.submit(documents="1").reported().late == 3
    assert story.it.fields["late"] == "3"


def test_a_report_on_a_day_off_is_in_time_until_the_day_to_which_it_rolls() -> None:
    item = msgspec.structs.replace(ReportStory().it, due="2026-03-14")  # a Saturday
    settings = convert({"deadlines": {"roll": True}}, type(CONTEXT.settings))
    context = msgspec.structs.replace(CONTEXT, today=date(2026, 3, 16), settings=settings)
    events = decide(REPORT, item, TakeStep("submit", {"report": {"documents": "1"}}), OFFICER, context).events
    assert isinstance(events[0], ItemReported)
    assert events[0].late == 0


def test_remarks_on_sections_precede_the_return_and_those_left_empty_are_none() -> None:
    story = ReportStory().submit(documents="14")
    remarks = {"documents": "Chưa trừ văn bản sao gửi.", "words:2": ""}
    with pytest.raises(MissingData):  # of a section by another name
        story.take(COORDINATOR, "return", reason="x", defects="1", remarks={"9": "Thiếu."})
    story.take(
        COORDINATOR, "return", reason="Xem từng mục.", defects="1", remarks=remarks | {"2": "Thiếu số."}
    )
    assert types(story)[-2:] == ["item.remarked/1", "item.returned/1"]
    assert list(convert(story.events[-2].data, ItemRemarked).remarks) == ["documents", "2"]


def test_a_return_without_remarks_is_one_event() -> None:
    story = ReportStory().submit(documents="14")
    story.take(COORDINATOR, "return", reason="Thiếu phụ lục.", defects="1")
    assert types(story)[-1] == "item.returned/1"
    assert NAMES[ItemRemarked] not in types(story)


def test_undone_the_submission_is_taken_back_and_what_was_told_stays() -> None:
    story = ReportStory().submit(documents="14")
    story.undo(OFFICER)
    assert (story.it.state, story.it.submitted_by, story.it.fields["documents"]) == ("due", None, "14")


def test_a_report_without_a_summary_is_handed_in_with_words_that_say_where_it_stands() -> None:
    def size(event: Event) -> int:
        return int(event.data["result"]["size"])

    told, nothing = ReportStory().submit(documents="14"), ReportStory().submit(nothing="1")
    assert size(told.events[-1]) == len("Theo nội dung các mục của báo cáo.".encode())
    assert size(nothing.events[-1]) == len("Không phát sinh.".encode())


def test_a_register_may_have_a_field_by_the_name_of_report() -> None:
    step = Transition(
        name="end",
        title="Kết thúc",
        fact="ends",
        event="item.advanced/1",
        from_=("open",),
        to="ended",
        by=("coordinator",),
        fields=(Field("report", "files", "Báo cáo kết quả"),),
    )
    states = (State("open", "Đang mở"), State("ended", "Đã kết thúc", final=True))
    story = Story(Workflow("inspection", 1, "Kiểm tra", "open", states, (step,)))
    story.take(COORDINATOR, "end", report=[Upload("kl.pdf", b"%PDF", "application/pdf")])
    assert types(story)[1:] == ["item.advanced/1"]
