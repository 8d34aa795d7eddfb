import hashlib
from pathlib import Path

import pytest
from eventlog.forging import open_without_triggers
from support.history import commune

from cchc_flow.audit.proof import prove_inclusion
from cchc_flow.projections import trail
from cchc_flow.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return commune(tmp_path)


def test_every_event_of_a_whole_log_is_proved_by_a_path_that_leads_to_the_sealed_root(ws):
    for position in range(1, ws.log.size() + 1):
        proof = prove_inclusion(ws.log, position)
        assert proof.is_valid
        assert proof.leaf == hashlib.sha256(b"\x00" + proof.body).digest()


def test_a_body_that_was_changed_is_not_proved_though_its_stored_leaf_was_left(ws):
    change(ws, "UPDATE events SET body = ? WHERE position = 3", ws.log.body(3) + b" ")
    assert not prove_inclusion(ws.log, 3).is_valid
    assert prove_inclusion(ws.log, 5).is_valid


def test_a_log_that_lost_a_node_of_its_tree_proves_nothing_and_stops_nothing(ws):
    change(ws, "DELETE FROM nodes WHERE level = 4 AND idx = 0")
    assert not prove_inclusion(ws.log, 20).is_valid


def test_the_neighbours_of_an_event_are_those_of_its_own_stream(ws):
    db, stream, upto = ws.read_history(), "item-2026-III.1.1", ws.log.size()
    positions = [event.position for event in ws.log.stream(stream)]
    first, last = positions[0], positions[-1]
    assert trail.neighbouring_positions(db, stream, first, upto=upto) == (None, positions[1])
    assert trail.neighbouring_positions(db, stream, last, upto=upto) == (positions[-2], None)
    assert trail.neighbouring_positions(db, stream, positions[-2], upto=last - 1)[1] is None


def change(ws: Workspace, sql: str, *values: object) -> None:
    with open_without_triggers(ws.folder) as connection:
        connection.execute(sql, values)
