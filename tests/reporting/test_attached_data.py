"""What a report's PDF carries inside: figures, their events, and one proof for all of them."""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from support.history import commune

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.reporting.attached_data import (
    Origin,
    attached_data,
    read_figures,
    read_proofs,
)
from cchc_flow.reporting.figures import Figure
from cchc_flow.workspace import Workspace


def figure(key: str, value: str | None, *positions: int) -> Figure:
    return Figure(
        key=key, title="Số nhiệm vụ", value=value, unit="", source="log", positions=positions, rules=""
    )


FIGURES = (figure("tasks.all", "3", 5, 6, 7), figure("tasks.late", "0"), figure("tasks.open", "1", 7))


def origin(position: int) -> Origin:
    cut_off = Cutoff(position, date(2026, 3, 14))
    return Origin(workspace="xa-mau", period="2026-03", plan="2026", cut_off=cut_off, rules=None)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return commune(tmp_path)


def test_the_proof_leads_from_the_events_of_all_figures_to_the_root_that_was_sealed(ws):
    data = attached_data(ws.log, origin(9), FIGURES)
    told, proof = read_figures(data.figures), read_proofs(data.proofs)
    sealed, note = parse_checkpoint(told.checkpoint)
    assert VerifierKey.parse(told.key).has_signed(note)
    assert list(proof.leaves) == [5, 6, 7]
    assert proof.leaves[6] == merkle.leaf_hash(ws.log.body(6))
    assert (proof.size, proof.root) == (sealed.size, sealed.root)
    leaves = {position - 1: leaf for position, leaf in proof.leaves.items()}
    assert merkle.verify_multiproof(leaves, proof.size, proof.nodes, sealed.root)
    assert [Figure(**msgspec.structs.asdict(figure)) for figure in told.figures] == list(FIGURES)


def test_the_data_of_one_cut_off_are_the_same_bytes_whatever_is_recorded_after(ws):
    at = ws.log.size() - 6
    before = attached_data(ws.log, origin(at), FIGURES)
    assert parse_checkpoint(read_figures(before.figures).checkpoint)[0].size < ws.log.size()
    assert attached_data(ws.log, origin(at), FIGURES) == before


def test_a_figure_cannot_rest_on_what_came_after_the_checkpoint(ws):
    with pytest.raises(NotFound):
        attached_data(ws.log, origin(9), (figure("tasks.all", "1", ws.log.size()),))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "cchc-flow-proofs/99"),
        ("size", -1),
        ("size", 2**60),
        ("root", "không phải hex"),
        ("leaves", {"١": "00"}),
        ("leaves", {"01": "00"}),
        ("leaves", {"5": 7}),
        ("nodes", {"4": "00"}),
        ("nodes", {"4/x": "00"}),
        ("nodes", {"9" * 5000 + "/0": "00"}),
    ],
)
def test_a_proof_that_is_malformed_is_refused_in_one_sentence(ws, key, value):
    proofs = json.loads(attached_data(ws.log, origin(9), FIGURES).proofs) | {key: value}
    with pytest.raises(BadInput):
        read_proofs(json.dumps(proofs).encode())


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"format": "cchc-flow-report/1"}']
)
def test_other_files_are_no_figures(content):
    with pytest.raises(BadInput):
        read_figures(content)
