"""What is recorded of reading, what is not, and that nobody is kept from reading by it."""

import logging
import shutil

import pytest
from support.world import World

from cchc_flow.audit import reads


def test_what_is_known_begins_with_the_first_entry(world):
    assert reads.known_since(world.ws) is None
    reads.record_read(world.ws, "nam", reads.OPENED, "item-1")
    begun = world.time
    world.wait(days=60)
    reads.record_read(world.ws, "nam", reads.OPENED, "item-1")
    assert reads.known_since(world.ws) == begun


def test_a_search_is_recorded_by_its_filters_and_never_by_what_was_typed():
    thing = reads.search_thing(
        "events",
        {"q": "Nguyễn Văn A", "item": "đơn của ông B", "type": "item.submitted/1", "from": "2026-03-01"},
    )
    assert thing == "events?from=2026-03-01&item&q&type=item.submitted/1"


@pytest.mark.parametrize(
    ("filters", "thing"),
    [
        ({"person": "Nguyễn Văn A"}, "events?person"),
        ({"nguyen_van_a": "1", "unit": ""}, "events"),
        ({"before": "120"}, "events"),
        ({}, "events"),
    ],
)
def test_what_is_no_value_of_a_filter_is_left_out(filters, thing):
    assert reads.search_thing("events", filters) == thing


def block_folder(world: World) -> None:
    (world.ws.folder / "reads").write_text("một tệp ở chỗ của thư mục")


def spoil_file(world: World) -> None:
    (world.ws.folder / "reads").mkdir()
    (world.ws.folder / "reads" / "2026-03.db").write_bytes(b"SQLite format 3\0" + b"x" * 4000)


@pytest.mark.parametrize("harm", [block_folder, spoil_file])
def test_what_cannot_be_recorded_is_told_to_the_security_log_and_raises_nothing(world, harm, caplog):
    harm(world)
    with caplog.at_level(logging.INFO, "cchc_flow.security"):
        assert not reads.record_read(world.ws, "nam", reads.OPENED, "item-1")
    assert caplog.messages == ["read_not_recorded"]
    assert caplog.records[0].facts["account"] == "nam"


def test_without_the_key_of_the_log_nothing_is_recorded_and_nothing_raised(world, caplog):
    log = world.ws.log
    log._keys._loaded.clear()
    shutil.rmtree(world.ws.private / "keys")
    with caplog.at_level(logging.INFO, "cchc_flow.security"):
        assert not reads.record_read(world.ws, "nam", reads.OPENED, "item-1")
    assert caplog.records[0].facts["why"] == "LogBroken"
    assert not list(reads.reads_of(world.ws))
