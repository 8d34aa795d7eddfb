"""A witness cosigns what adds to what it saw, and refuses forks, rollbacks and strangers (tlog-witness)."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from eventlog.appending import Clock, append_steps, meta
from eventlog.conftest import SampleLog

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.consistency_request import ConsistencyRequest, prove_consistency
from cchc_flow.eventlog.note import VerifierKey, parse_note
from cchc_flow.eventlog.sqlite import SqliteLog
from cchc_flow.eventlog.witnesses.asking import Refused, ask_witness, prepare_request
from cchc_flow.eventlog.witnesses.cosigned import Cosigned, add_cosignature
from cchc_flow.eventlog.witnesses.witness import Answer, Witness


def show(witness: Witness, log: SqliteLog, old: int) -> Answer:
    return witness.answer(prepare_request(log, old).text())


def test_the_first_checkpoint_is_cosigned_and_then_each_one_that_adds_to_it(
    log: SqliteLog, witness: Witness, clock: Clock
) -> None:
    first = show(witness, log, 0)
    assert first.status == 200
    append_steps(log, "item-1", 3, "bốn", "năm")
    second = show(witness, log, 4)
    cosigned = add_cosignature(log.checkpoint_for_witnesses(), second.text, witness.key)
    assert (cosigned.checkpoint.size, cosigned.at) == (6, clock.at)
    assert show(witness, log, 6).status == 200  # the same again, seen at a later time


def test_what_was_seen_is_on_the_disk_before_it_is_answered(
    log: SqliteLog, witness: Witness, tmp_path
) -> None:
    show(witness, log, 0)
    seen = Witness(tmp_path / "witness", Clock()).find_log(parse_checkpoint(log.checkpoint())[0].origin)
    assert seen is not None and seen.size == 4
    assert witness.key.cosigned_at(parse_note(seen.note)) is not None


def test_a_wrong_old_size_is_answered_with_the_right_one(log: SqliteLog, witness: Witness) -> None:
    show(witness, log, 0)
    append_steps(log, "item-1", 3, "bốn")
    assert show(witness, log, 3) == Answer(409, "4\n", "text/x.tlog.size")
    assert show(witness, log, 0) == Answer(409, "4\n", "text/x.tlog.size")


def test_a_proof_that_does_not_fit_and_one_where_none_belongs_are_refused(
    log: SqliteLog, witness: Witness
) -> None:
    wrong = ConsistencyRequest(0, (b"x" * 32,), log.checkpoint_for_witnesses())
    assert witness.answer(wrong.text()).status == 422
    show(witness, log, 0)
    append_steps(log, "item-1", 3, "bốn")
    right = prepare_request(log, 4)
    for path in ((), (*right.path, b"x" * 32), right.path[:-1], (b"x" * 32, *right.path[1:])):
        answer = witness.answer(ConsistencyRequest(4, path, right.note).text())
        assert (answer.status, answer.is_fork) == (422, True)
    assert witness.answer(right.text()).status == 200


def test_a_stranger_and_a_key_that_is_not_the_log_s_are_refused(
    log: SqliteLog, witness: Witness, tmp_path: Path
) -> None:
    other = SampleLog(tmp_path / "other").open()
    assert witness.answer(prepare_request(other, 0).text()).status == 404
    _, _, forged = other.checkpoint_for_witnesses().rpartition("\n\n")
    text = parse_note(log.checkpoint_for_witnesses()).text
    assert witness.answer(ConsistencyRequest(0, (), f"{text}\n{forged}").text()).status == 403
    assert witness.answer("gì đó").status == 400
    assert witness.answer(ConsistencyRequest(9, (), log.checkpoint_for_witnesses()).text()).status == 400


def test_after_a_change_of_key_the_witness_has_to_be_told_the_new_one(
    log: SqliteLog, witness: Witness
) -> None:
    show(witness, log, 0)
    log.rotate_key(meta("thay khóa"))
    assert show(witness, log, 4).status == 403
    assert len(witness.watch(VerifierKey.parse(log.verifier_key())).keys) == 2
    assert show(witness, log, 4).status == 200


def test_another_history_of_the_same_size_is_refused_and_both_checkpoints_are_kept(
    sample: SampleLog, log: SqliteLog, witness: Witness
) -> None:
    show(witness, log, 0)
    signer = sample.signer
    fork = Checkpoint(signer.verifier_key.name, 4, b"x" * 32).sign([signer])
    answer = witness.answer(ConsistencyRequest(4, (), fork).text())
    assert (answer.status, answer.text, answer.is_fork) == (409, "4\n", True)
    [kept] = witness.forks()
    words = kept.read_text("utf-8")
    assert fork in words and log.checkpoint_for_witnesses().split("\n")[2] in words
    assert show(witness, log, 4).status == 200  # the history that it saw goes on


def test_a_rewritten_history_signed_with_the_stolen_key_is_refused_at_any_size(
    sample: SampleLog, log: SqliteLog, witness: Witness
) -> None:
    show(witness, log, 0)
    signer = sample.signer
    for size in (5, 6, 7, 8, 40):
        fork = Checkpoint(signer.verifier_key.name, size, b"y" * 32).sign([signer])
        answer = witness.answer(ConsistencyRequest(4, (b"z" * 32, b"u" * 32), fork).text())
        assert (answer.status, answer.is_fork) == (422, True)


def test_of_two_requests_at_once_one_comes_after_the_other(log: SqliteLog, witness: Witness) -> None:
    show(witness, log, 0)
    append_steps(log, "item-1", 3, "bốn")
    early = prepare_request(log, 4).text()
    append_steps(log, "item-1", 4, "năm")
    late = prepare_request(log, 4).text()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(witness.answer, [early, late] * 8))
    assert sum(answer.status == 200 for answer in answers) == 1
    assert {answer.status for answer in answers} == {200, 409}


def test_a_spoilt_memory_is_told_and_never_begun_anew(
    log: SqliteLog, witness: Witness, tmp_path: Path
) -> None:
    show(witness, log, 0)
    [file] = (tmp_path / "witness" / "logs").glob("*.json")
    file.write_bytes(b"{}")
    with pytest.raises(BadInput, match="không biết đã thấy đến đâu"):
        show(witness, log, 0)


def test_a_folder_is_made_once_and_one_that_is_none_is_told(tmp_path: Path, witness: Witness) -> None:
    with pytest.raises(BadInput, match="đã là của một bên chứng kiến"):
        Witness.create(tmp_path / "witness", "khac", Clock())
    with pytest.raises(NotFound, match="không phải của một bên chứng kiến"):
        Witness(tmp_path / "none", Clock())
    (tmp_path / "witness" / "witness.key").write_text("tên\nhỏng\n")
    with pytest.raises(BadInput, match="Tệp khóa"):
        Witness(tmp_path / "witness", Clock())


class TestAsking:
    """The log's side."""

    def test_a_log_that_does_not_know_how_far_the_witness_is_learns_it(self, log, witness, post) -> None:
        show(witness, log, 0)
        append_steps(log, "item-1", 3, "bốn")
        cosigned = ask_witness(log, witness.key, 0, post)
        assert isinstance(cosigned, Cosigned) and cosigned.checkpoint.size == 5
        assert "time " not in cosigned.note.split("\n\n")[0]

    def test_an_older_log_in_the_place_of_a_newer_one_is_recognised(
        self, sample: SampleLog, log, witness, post, tmp_path: Path
    ) -> None:
        log.close()
        shutil.copytree(sample.folder, tmp_path / "backup")
        append_steps(log, "item-1", 3, "bốn", "năm")
        ask_witness(log, witness.key, 0, post)
        log.close()
        shutil.rmtree(sample.folder)
        shutil.copytree(tmp_path / "backup", sample.folder)
        (sample.private / "log-end.txt").unlink()
        restored = sample.open()
        told = ask_witness(restored, witness.key, 0, post)
        assert isinstance(told, Refused) and told.is_fork
        assert "đã chứng kiến 6 sự kiện nhưng nhật ký chỉ có 4" in told.words
        append_steps(restored, "item-9", 0, "một", "hai", "ba")  # and when it has grown beyond that
        told = ask_witness(restored, witness.key, 0, post)
        assert isinstance(told, Refused) and told.is_fork and "một lịch sử khác" in told.words

    @pytest.mark.parametrize(
        ("status", "answer", "words"),
        [
            (404, "", "không theo dõi nhật ký này"),
            (403, "", "không biết khóa niêm phong đang dùng"),
            (500, "", "trả lời mã 500"),
            (200, "gì đó", "một chữ ký không phải của khóa đã khai"),
        ],
    )
    def test_what_a_witness_answers_otherwise_is_told_in_words(
        self, log, witness, status, answer, words
    ) -> None:
        told = ask_witness(log, witness.key, 0, lambda text: (status, answer))
        assert isinstance(told, Refused) and words in told.words and not told.is_fork

    def test_one_that_cannot_be_reached_or_never_says_the_same_is_told(self, log, witness) -> None:
        def fail(text: str) -> tuple[int, str]:
            raise TimeoutError

        told = ask_witness(log, witness.key, 0, fail)
        assert isinstance(told, Refused) and "quá lâu không trả lời" in told.words
        sizes = iter((1, 2, 3))
        told = ask_witness(log, witness.key, 0, lambda text: (409, f"{next(sizes)}\n"))
        assert isinstance(told, Refused) and "mỗi lần trả lời một số sự kiện khác" in told.words


def test_large_counts_are_told_with_dots(log: SqliteLog, witness: Witness, post) -> None:
    refused = ask_witness(log, witness.key, 5692, post)
    assert isinstance(refused, Refused) and "đã chứng kiến 5.692 sự kiện" in refused.words
    with pytest.raises(BadInput, match=r"không có cỡ 12\.345\."):
        prove_consistency(log, 1, 12345)
