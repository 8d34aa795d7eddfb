"""The overview of a province: what is read again, what is not, and a commune that cannot be read."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.communes import Communes

from cchc_flow.province.summary_store import KeptSummary, SummaryStore


@pytest.fixture
def communes(tmp_path: Path) -> Communes:
    return Communes(tmp_path, "xa-bac", "xa-nam")


def test_each_commune_is_read_once_and_closed_again(communes: Communes) -> None:
    before = communes.overview.look(communes.communes, communes.today)
    assert [sighting.summary for sighting in before] == [None, None]
    found = communes.read()
    assert all(sighting.is_fresh for sighting in found.values())
    assert found["xa-bac"].summary is not None
    assert found["xa-bac"].summary.counts.total == 3
    assert communes.opened == ["xa-bac", "xa-nam"]


def test_an_unchanged_commune_is_not_opened_again_by_any_process_of_the_node(communes: Communes) -> None:
    first = communes.read()
    communes.overview = communes.node()
    assert communes.read() == first
    assert communes.opened == ["xa-bac", "xa-nam"]


def test_a_commune_in_which_something_happened_is_read_again_and_its_old_figures_are_seen_meanwhile(
    communes: Communes,
) -> None:
    communes.read()
    communes.worlds["xa-nam"].take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    north, south = communes.overview.look(communes.communes, communes.today)
    assert north.is_fresh
    assert south.is_waiting
    assert south.summary is not None
    assert communes.read()["xa-nam"].summary != south.summary
    assert communes.opened == ["xa-bac", "xa-nam", "xa-nam"]


def test_a_new_day_is_read_anew_since_work_becomes_late_by_itself(communes: Communes) -> None:
    assert communes.read()["xa-bac"].summary.counts.open_late == 0  # type: ignore[union-attr]
    for world in communes.worlds.values():
        world.wait(days=3)
    assert communes.read()["xa-bac"].summary.counts.open_late == 1  # type: ignore[union-attr]


def test_a_day_that_is_long_over_is_read_once_whatever_happens_later(communes: Communes) -> None:
    day = communes.today
    for world in communes.worlds.values():
        world.wait(days=9)
    first = communes.read(day)
    assert first["xa-nam"].summary is not None
    assert (first["xa-nam"].summary.day, first["xa-nam"].summary.counts.open_late) == (day, 0)
    communes.worlds["xa-nam"].take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    assert communes.read(day) == first  # opened once more to see that the province may still look
    assert communes.opened == ["xa-bac", "xa-nam", "xa-nam"]
    assert communes.read(day) == first
    assert communes.opened == ["xa-bac", "xa-nam", "xa-nam"]


def test_a_day_before_the_plan_was_adopted_has_no_plan(communes: Communes) -> None:
    summary = communes.read(date(2026, 1, 5))["xa-bac"].summary
    assert summary is not None
    assert (summary.plan, summary.counts.total, summary.targets) == (None, 0, None)


def test_a_commune_whose_log_is_damaged_is_named_with_its_reason_and_the_others_stay(
    communes: Communes,
) -> None:
    communes.worlds["xa-bac"].ws.close()
    (communes.data / "xa-bac" / "events.db").write_bytes(b"no database at all" * 100)
    found = communes.read()
    assert "xa-bac" not in found["xa-nam"].trouble
    assert found["xa-nam"].is_fresh
    assert found["xa-bac"].trouble
    assert not found["xa-bac"].is_waiting


def test_a_commune_in_trouble_is_tried_again_after_a_minute(communes: Communes) -> None:
    hidden = communes.data / "hidden"
    communes.worlds["xa-bac"].ws.close()
    (communes.data / "xa-bac").rename(hidden)
    assert "xa-bac" in communes.read()["xa-bac"].trouble
    hidden.rename(communes.data / "xa-bac")
    assert communes.read()["xa-bac"].trouble
    communes.seconds += 61
    assert communes.read()["xa-bac"].is_fresh


def test_reading_stops_when_its_time_is_over_and_the_rest_still_waits(communes: Communes) -> None:
    north, south = communes.overview.read_waiting(communes.communes, communes.today, until=communes.seconds)
    assert north.is_fresh
    assert south.is_waiting


def test_a_damaged_file_of_summaries_is_made_anew(communes: Communes) -> None:
    communes.read()
    (communes.data / "summaries.db").write_bytes(b"no database at all" * 100)
    assert communes.read()["xa-bac"].summary is not None
    assert communes.read()["xa-bac"].is_fresh


def test_summaries_of_another_program_or_other_plugins_are_not_used(communes: Communes) -> None:
    communes.read()
    other = SummaryStore(communes.data / "summaries.db", "another edition")
    assert other.of_day(communes.today) == {}


def test_only_days_asked_for_lately_are_kept(communes: Communes) -> None:
    summary = communes.read()["xa-bac"].summary
    assert summary is not None
    end = communes.store.ends()["xa-bac"]
    for number in range(70):
        communes.first.wait(seconds=1)
        day = date.fromordinal(communes.today.toordinal() + number)
        kept = KeptSummary(replace(summary, day=day), communes.first.time)
        communes.store.note_look("xa-bac", end, end, kept)
    assert communes.store.of_day(communes.today) == {}
    assert communes.store.of_day(day)


def test_a_commune_that_left_the_province_shows_nothing_of_any_day(communes: Communes) -> None:
    day = communes.today
    for world in communes.worlds.values():
        world.wait(days=9)
    communes.read(day)
    communes.read()
    communes.closed.add("xa-nam")
    communes.worlds["xa-nam"].take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    for each in (day, communes.today):
        sighting = communes.read(each)["xa-nam"]
        assert "chưa tham gia" in sighting.trouble
        assert sighting.summary is None
    assert communes.read()["xa-bac"].is_fresh
