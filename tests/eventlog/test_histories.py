"""The checker of histories finds what no log may do, and finds nothing in what one may."""

import pytest
from eventlog.histories import Read, Seen, Write, find_faults

A1, B1, A2 = Seen(1, "a", 1, "a-1"), Seen(2, "b", 1, "b-1"), Seen(3, "a", 2, "a-2")
WRITES = [
    Write("a-1", "a", 0, 0.0, 1.0, 1),
    Write("b-1", "b", 0, 0.5, 2.0, None),
    Write("a-2", "a", 1, 2.0, 3.0, 3),
    Write("a-x", "a", 1, 2.0, 3.5, None, is_refused=True),
]


def test_a_history_that_one_order_explains_has_no_fault() -> None:
    reads = [Read("r", 0.2, 0.9, [A1]), Read("r", 1.5, 1.9, [A1, B1]), Read("r", 4.0, 5.0, [A1, B1, A2])]
    assert find_faults(WRITES, reads) == []


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        ([A1, A2._replace(position=3)], "position 3 stands at place 2"),  # a skipped read
        ([A1, B1], "did not see a-2"),  # a lost update
        ([A1, B1, A2, Seen(4, "a", 3, "a-x")], "a-x was refused and is there"),  # a dirty read
        ([A1, B1, A2, Seen(4, "b", 2, "b-1")], "b-1 is there 2 times"),
        ([A1, Seen(2, "a", 2, "a-2"), Seen(3, "b", 1, "b-1")], "a-2 was acknowledged at 3"),
        ([A1, B1._replace(version=2), A2], "b has version 2 at its element 1"),
    ],
)
def test_what_no_log_may_do_is_found(events: list[Seen], fault: str) -> None:
    assert any(fault in found for found in find_faults(WRITES, [Read("r", 4.0, 5.0, events)]))


def test_a_reader_that_sees_less_than_before_or_another_order_is_found() -> None:
    reads = [Read("r", 0.1, 0.2, [A1, B1]), Read("r", 0.3, 0.4, [A1]), Read("s", 0.1, 0.2, [B1])]
    found = find_faults([], reads)
    assert "r saw less than before" in found and "s read what is no beginning of the log" in found


def test_positions_against_the_course_of_time_are_found() -> None:
    writes = [Write("late", "a", 0, 5.0, 6.0, 1), Write("early", "b", 0, 0.0, 1.0, 2)]
    seen = [Seen(1, "a", 1, "late"), Seen(2, "b", 1, "early")]
    assert find_faults(writes, [Read("r", 7.0, 8.0, seen)]) == [
        "early was answered before one at an earlier position was sent"
    ]
