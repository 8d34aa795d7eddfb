"""Announcements: new procedures are made public within five working days."""

import pytest
from support import procedures
from support.procedures import ANNOUNCED, AREA, Centre, refused

from cchc_flow.plugin_host.rule_checks import Warned

centre = procedures.centre


def test_procedures_are_made_public_within_five_working_days(centre: Centre) -> None:
    entry = centre.entry("procedure_announcement", **ANNOUNCED)
    assert centre.then(entry).due == "2026-03-09"
    assert centre.badges(entry) == ["Công khai: còn 5 ngày làm việc"]
    centre.wait(days=7)
    after = centre.do(entry, "publish", published_on="2026-03-09", place="Bảng niêm yết")
    assert (after.state, centre.measure(AREA, "announcements").value) == ("published", "100")


def test_a_late_publication_asks_for_a_reason(centre: Centre) -> None:
    entry = centre.entry("procedure_announcement", **ANNOUNCED)
    centre.wait(days=8)
    late = {"published_on": "2026-03-10", "place": "Bảng niêm yết"}
    with pytest.raises(Warned, match="Công khai sau hạn 09/03/2026"):
        centre.do(entry, "publish", **late)
    centre.do(entry, "publish", override="Trang bị lỗi.", **late)
    assert centre.measure(AREA, "announcements").value == "0"


def test_nothing_is_made_public_before_it_was_announced(centre: Centre) -> None:
    entry = centre.entry("procedure_announcement", **ANNOUNCED)
    refused(
        centre,
        "trước ngày công bố",
        lambda: centre.do(entry, "publish", published_on="2026-03-01", place="Trang"),
    )
