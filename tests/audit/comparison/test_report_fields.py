"""The figures that a unit's report keeps are called by their titles where two moments are compared."""

from support.year import Year

from cchc_flow.audit.event_changes import event_changes
from cchc_flow.audit.report_contents import KEPT_FIELDS
from cchc_flow.workflow.item_changes import REPORTED_FIELDS


def test_every_figure_that_a_report_keeps_has_a_title() -> None:
    assert KEPT_FIELDS.keys() == REPORTED_FIELDS


def test_what_a_report_tells_is_compared_in_words(year: Year) -> None:
    told = next(event for event in year.ws.log.read_events() if event.type.startswith("item.reported/"))
    words = {change.title: (change.before, change.after) for change in event_changes(year.ws, told, None)}
    assert not REPORTED_FIELDS & words.keys()
    assert words["Không phát sinh"] in {("không có", "không"), ("không có", "có")}
    assert "Văn bản hành chính ban hành, trong kỳ" in words
