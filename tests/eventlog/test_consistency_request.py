"""What a log says to a witness is the body of C2SP's add-checkpoint, and nothing else passes for it."""

from collections.abc import Iterator

import pytest
from eventlog.conftest import SampleLog
from hypothesis import given
from hypothesis import strategies as st
from support.c2sp import open_checkpoint, open_consistency_proof

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.consistency_request import ConsistencyRequest, parse_request, prove_consistency
from cchc_flow.eventlog.sqlite import SqliteLog

# The example of the specification (C2SP tlog-witness), its proof and its note.
EXAMPLE = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""  # noqa: E501
NOTE = EXAMPLE.partition("\n\n")[2]
SIZE = 29


def test_the_example_of_the_specification_is_understood_and_written_as_it_was_read() -> None:
    request = parse_request(EXAMPLE)
    assert (request.old, len(request.path), request.note) == (20852014, 2, NOTE)
    assert request.text() == EXAMPLE


@given(st.integers(0, 2**60), st.lists(st.binary(min_size=32, max_size=32), max_size=63))
def test_a_request_reads_back(old: int, path: list[bytes]) -> None:
    request = ConsistencyRequest(old, tuple(path), NOTE)
    assert parse_request(request.text()) == request


@pytest.mark.parametrize(
    "text",
    [
        "",
        NOTE,
        EXAMPLE.replace("old 20852014", "old 020852014"),
        EXAMPLE.replace("old 20852014", "old -1"),
        EXAMPLE.replace("old 20852014", "old ٣"),
        EXAMPLE.replace("old 20852014", "size 20852014"),
        EXAMPLE.replace("PlRN", "PlR"),
        EXAMPLE.replace("Dpkaw=", "Dpkax="),  # other unused bits: the same hash written otherwise
        EXAMPLE.replace("PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=", "AAAA"),
        "old 5\n" + "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n" * 64 + "\n" + NOTE,
    ],
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(BadInput, match="không phải là tệp nối hai dấu niêm phong"):
        parse_request(text)


@pytest.fixture
def log(sample: SampleLog) -> Iterator[SqliteLog]:
    log = sample.open()
    yield log
    log.close()


def test_a_consistency_proof_between_any_sizes_is_followed_by_another_reader(log: SqliteLog) -> None:
    for old in range(1, SIZE + 1):
        text = prove_consistency(log, old).text()
        head = open_consistency_proof(text, (old, log.root(old)), log.verifier_key())
        assert head == (SIZE, log.root(SIZE))
        assert parse_request(text).text() == text


def test_a_proof_leads_to_an_older_checkpoint_too_but_only_where_there_is_one(log: SqliteLog) -> None:
    assert open_checkpoint(prove_consistency(log, 5, 13).note, log.verifier_key())[0] == 13
    with pytest.raises(BadInput, match="Không có dấu"):
        prove_consistency(log, 5, 7)
    with pytest.raises(BadInput, match="cỡ 30"):
        prove_consistency(log, 5, 30)
    with pytest.raises(BadInput, match="nhiều hơn"):
        prove_consistency(log, 20, 13)
    with pytest.raises(BadInput):
        prove_consistency(log, 0)
